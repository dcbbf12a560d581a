"""From wishes to proposals: a draft that only moderators see, the round that everybody sees, and places found later."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from server.activities.partnering.inputs import barred, drafted, explained, match_input, strengths
from server.activities.partnering.messages import (
    ArrangeProposal,
    Drafted,
    FindPlace,
    MatchingProposed,
    MatchVerified,
    PlaceMissed,
    ProposalArranged,
    ProposalExplained,
    ProxySet,
)
from server.activities.partnering.roll_call import DESK, arrivals, back, came_after_all, roll_call
from server.activities.partnering.state import Partnering, Record, evolve
from server.core.activity import Scene
from server.core.consent import (
    Consent,
    ConsentEvent,
    OpenRound,
    ProposalMade,
    ProposeByHand,
    ProposeThird,
    pairs_of,
)
from server.core.consent_rules import decide as consented
from server.core.match_facts import Fact
from server.core.match_record import digest, packed, unpacked
from server.core.matching import Partnership, UnmatchedReason, best_place, match
from server.core.messages import Actor, Context, Event, Refused
from server.core.wishes import Presence, UnitId

DAY_MS = 24 * 3600 * 1000


def after(state: Partnering, events: Iterable[Event]) -> Partnering:
    for event in events:
        state = evolve(state, event)
    return state


def propose(state: Partnering, scene: Scene, context: Context) -> Iterator[Event]:
    """The matching of everybody who is here, has no partner and no proposal; the rest with the reason."""
    _check_round(state.consent)
    came = [ProxySet(unit, on=False) for unit in came_after_all(state, scene, context)]
    yield from came
    state = after(state, came)
    called = roll_call(state, scene, context)
    yield from called
    state = after(state, called)
    given = match_input(state, scene, _seats(state), context.seed)
    found = match(given)
    groups = tuple(Drafted(pair.units, pair.facts, pair.remote) for pair in found.partnerships)
    number, stored = state.consent.round + 1, packed(given)
    sha256 = digest(context.salt, stored)
    yield MatchingProposed(number, context.seed, sha256, groups, found.unmatched, found.quality, context.salt, stored)
    if (drawn := strengths(given)) is not None:
        yield drawn


def arrange(state: Partnering, scene: Scene, command: ArrangeProposal) -> Iterator[Event]:
    if state.draft is None:
        raise Refused("no_draft", "let a matching be proposed first")
    placed = {unit for group in state.draft.groups for unit in group.units}
    known = placed | {one.unit for one in state.draft.unmatched}
    named = [unit for group in command.groups for unit in group]
    if len(set(named)) != len(named):
        raise Refused("unit_proposed_twice")
    if not known.issuperset(named):
        raise Refused("unit_unknown")
    if not placed.issubset(named):
        raise Refused("somebody_left_out", "everybody who had a place keeps one")
    if not all(2 <= len(group) <= 3 for group in command.groups):
        raise Refused("two_or_three_units")
    if not set(named).issubset(state.consent.free()):
        raise Refused("unit_not_here")
    together = {pair for group in command.groups for pair in pairs_of(group)}
    if together & barred(state, scene, named):
        raise Refused("blocked_by_a_hard_rule")
    if together & state.consent.tried:
        raise Refused("already_tried")
    before = {frozenset(group.units): group for group in state.draft.groups}
    yield ProposalArranged(
        tuple(before.get(frozenset(group)) or drafted(state, scene, group) for group in command.groups)
    )


def show(state: Partnering, scene: Scene, context: Context) -> Iterator[Event]:
    """Opens the round with the draft. Whoever left or agreed meanwhile is out of it; what is left of a trio stays."""
    draft = state.draft
    if draft is None:
        raise Refused("no_draft", "let a matching be proposed first")
    came = arrivals(state, scene)
    yield from came
    state = after(state, came)
    free = set(state.consent.free())
    groups = {_without_waiting(state, [unit for unit in group.units if unit in free]): group for group in draft.groups}
    standing = {units: group for units, group in groups.items() if len(units) > 1}
    hard = barred(state, scene, [unit for units in standing for unit in units])
    if any(pairs_of(units) & hard for units in standing):
        raise Refused("draft_outdated", "something has changed since: let a new one be proposed")
    opened = consented(state.consent, OpenRound(tuple(standing)), DESK, context, hard)
    facts = {
        units: group.facts if units == group.units else explained(state, scene, units)
        for units, group in standing.items()
    }
    if state.record is not None:
        yield MatchVerified(state.record.round, holds=_holds(state.record))
    yield from introduced(state, opened, facts, context)
    reasons = {one.unit: one.reason for one in draft.unmatched}
    placed = {unit for units in standing for unit in units}
    for unit in state.consent.free():
        if unit not in placed and not state.consent.proposals_of(unit):
            yield PlaceMissed(unit, reasons.get(unit, "no_place_within_rules"))


def _holds(record: Record) -> bool:
    """The stored input, matched again by whichever node shows the draft, gives what was proposed."""
    again = match(unpacked(record.inputs))
    groups = tuple(pair.units for pair in again.partnerships)
    return (again.seed, groups, again.unmatched) == (record.seed, record.groups, record.unmatched)


def _without_waiting(state: Partnering, units: Sequence[UnitId]) -> tuple[UnitId, ...]:
    """Two who are here do not wait for a third who is not: they are asked as partners whether it may join."""
    here = tuple(unit for unit in units if unit not in state.proxies)
    return here if len(here) > 1 else tuple(units)


def places_for_the_absent(state: Partnering, scene: Scene, context: Context) -> Iterator[Event]:
    """Once a round is answered, whoever left wishes and has no partner by it is proposed as somebody's third."""
    consent = state.consent
    if not state.proxies or not consent.round or any(it.origin == "matching" for it in consent.proposals.values()):
        return
    for unit in sorted(state.proxies):
        known = consent.units.get(unit)
        waits = known is not None and known.here == "present"
        if (
            waits
            and state.missed.get(unit, "joins_later") == "joins_later"
            and consent.partnership_of(unit) is None
            and not consent.proposals_of(unit)
        ):
            found = list(find_place(state, scene, FindPlace(unit), context))
            yield from found
            state = after(state, found)


def by_hand(
    state: Partnering, scene: Scene, command: ProposeByHand | ProposeThird, actor: Actor, context: Context
) -> Iterator[Event]:
    """A moderator brings people together, or a third to a pair; both are told why they could fit."""
    came = arrivals(state, scene)
    yield from came
    state = after(state, came)
    units = _asked(state.consent, command)
    made = consented(state.consent, command, actor, context, barred(state, scene, units))
    yield from introduced(state, made, {tuple(units): explained(state, scene, units)}, context)


def find_place(state: Partnering, scene: Scene, command: FindPlace, context: Context) -> Iterator[Event]:
    """With somebody free, else as a third; never again with somebody a round has proposed already."""
    came = arrivals(state, scene)
    came += back(after(state, came).consent, command.unit)
    yield from came
    state = after(state, came)
    unit, consent = command.unit, state.consent
    _check_placeless(consent, unit)
    asked = {other for it in consent.proposals.values() if not it.silent for other in it.units}
    pairs = {agreed.units: key for key, agreed in consent.partnerships.items() if _is_open_pair(consent, agreed.units)}
    free = [other for other in consent.free() if other not in asked]
    seats: dict[UnitId, Presence] = dict.fromkeys(
        [unit, *free, *(other for units in pairs for other in units)], "present"
    )
    place = best_place(match_input(state, scene, seats, context.seed), unit, pairs, free)
    if not isinstance(place, Partnership):
        others = any(it.here == "present" for other, it in consent.units.items() if other != unit)
        full = place.reason == "nobody_else_here" and others
        reason: UnmatchedReason = "no_place_within_rules" if full else place.reason
        if state.missed.get(unit) != reason:
            yield PlaceMissed(unit, reason)
        return
    joins = next((key for units, key in pairs.items() if {*units, unit} == set(place.units)), None)
    asking = ProposeByHand(place.units) if joins is None else ProposeThird(joins, unit)
    units = _asked(consent, asking)
    made = consented(consent, asking, DESK, context, barred(state, scene, units))
    # As one of the matching's: what is released once is tried, and nobody is asked again until they give in.
    made = tuple(replace(one, origin="matching") if isinstance(one, ProposalMade) else one for one in made)
    yield from introduced(state, made, {tuple(units): explained(state, scene, units)}, context)


def introduced(
    state: Partnering,
    events: Iterable[ConsentEvent],
    facts: dict[tuple[UnitId, ...], tuple[Fact, ...]],
    context: Context,
) -> Iterator[Event]:
    """The facts of the consent; each proposal gets a table and its reasons, and one to somebody absent more time."""
    why = {frozenset(units): told for units, told in facts.items()}
    taken = _tables(state)
    for event in events:
        if not isinstance(event, ProposalMade):
            yield event
            continue
        yield _with_time(state, event, context)
        table = next(number for number in range(1, len(taken) + 2) if number not in taken)
        taken.add(table)
        yield ProposalExplained(event.proposal, table, why.get(frozenset(event.units), ()))


def _with_time(state: Partnering, event: ProposalMade, context: Context) -> ProposalMade:
    if state.proxies.isdisjoint(event.units):
        return event
    # As one of the matching's it would keep the round open until somebody at home has answered.
    return replace(event, origin="moderator", expires_at_ms=context.now_ms + state.config.proxy_days * DAY_MS)


def _tables(state: Partnering) -> set[int]:
    return {told.table for told in state.told.values()}


def _seats(state: Partnering) -> dict[UnitId, Presence]:
    """Everybody without a partnership and without a proposal that waits."""
    consent = state.consent
    taken = {unit for agreed in consent.partnerships.values() for unit in agreed.units}
    taken |= {unit for it in consent.proposals.values() if it.origin in ("matching", "moderator") for unit in it.units}
    return {unit: _presence(state, unit) for unit in consent.units if unit not in taken}


def _presence(state: Partnering, unit: UnitId) -> Presence:
    here = state.consent.units[unit]
    wished = any(state.wishes.get(person) for person in here.members)
    return "by_proxy" if here.here == "present" and unit in state.proxies and wished else here.here


def _check_round(consent: Consent) -> None:
    if consent.closed:
        raise Refused("consent_closed")
    if consent.round >= consent.config.automatic_rounds:
        raise Refused("no_rounds_left", "talk with them, or propose by hand")
    if any(it.origin == "matching" for it in consent.proposals.values()):
        raise Refused("round_still_open")


def _check_placeless(consent: Consent, unit: UnitId) -> None:
    if unit not in consent.units:
        raise Refused("unit_unknown")
    if consent.units[unit].here != "present":
        raise Refused("unit_not_here")
    if consent.partnership_of(unit) is not None:
        raise Refused("unit_has_partner")
    if any(it.origin != "unit" for it in consent.proposals_of(unit).values()):
        raise Refused("already_proposed")


def _is_open_pair(consent: Consent, units: Sequence[UnitId]) -> bool:
    waits = any(it.joins is not None and set(units) <= set(it.units) for it in consent.proposals.values())
    return len(units) == 2 and not waits and all(consent.units[unit].here != "left" for unit in units)


def _asked(consent: Consent, command: ProposeByHand | ProposeThird) -> tuple[UnitId, ...]:
    if isinstance(command, ProposeByHand):
        return command.units
    pair = consent.partnerships.get(command.partnership)
    return (*pair.units, command.unit) if pair else ()
