"""What may be proposed, answered and left in a consent: every wish becomes facts that leave nobody in half a pair."""

from collections.abc import Iterable

from server.core.consent import (
    AdmitUnit,
    CloseConsent,
    Consent,
    ConsentClosed,
    ConsentCommand,
    ConsentEvent,
    LeavePartnership,
    MarkUnit,
    OpenRound,
    Origin,
    PartnershipConfirmed,
    PartnershipDissolved,
    PartnershipId,
    Proposal,
    ProposalId,
    ProposalMade,
    ProposalReleased,
    ProposeByHand,
    ProposePartner,
    ProposeThird,
    ReleaseExpired,
    RoundOpened,
    SayNotYet,
    SayYes,
    TalksOpened,
    ThirdJoined,
    UnitAdmitted,
    UnitLeftPartnership,
    UnitMarked,
    YesSaid,
    evolve,
    pairs_of,
)
from server.core.messages import Actor, Context, PersonId, Refused
from server.core.wishes import UnitId

Barred = frozenset[tuple[UnitId, UnitId]]
"""Pairs, lower id first, that a hard rule keeps apart. Given with each decision and never kept: vetoes are deleted."""
NOBODY: Barred = frozenset()
Events = tuple[ConsentEvent, ...]


def decide(state: Consent, command: ConsentCommand, actor: Actor, context: Context, barred: Barred = NOBODY) -> Events:
    """The facts that follow, or `Refused`. When the rounds are over, talks open for those still without a partner."""
    events = _decided(state, command, actor, context, barred)
    after = folded(state, events)
    rounds_over = after.round >= after.config.automatic_rounds or after.closed
    if not rounds_over or any(proposal.origin == "matching" for proposal in after.proposals.values()):
        return events
    alone = tuple(unit for unit in after.free() if not after.units[unit].talk)
    return (*events, TalksOpened(alone)) if alone else events


def folded(state: Consent, events: Iterable[ConsentEvent]) -> Consent:
    for event in events:
        state = evolve(state, event)
    return state


def decide_round(state: Consent, command: OpenRound, actor: Actor, context: Context, barred: Barred) -> Events:
    _only_staff(actor)
    if state.closed:
        raise Refused("consent_closed")
    if state.round >= state.config.automatic_rounds:
        raise Refused("no_rounds_left", "talk with them, or propose by hand")
    if any(proposal.origin == "matching" for proposal in state.proposals.values()):
        raise Refused("round_still_open")
    seen: set[UnitId] = set()
    for group in command.proposals:
        _check_group(state, group, barred)
        if seen & set(group):
            raise Refused("unit_proposed_twice")
        if pairs_of(group) & state.tried:
            raise Refused("already_tried")
        seen |= set(group)
    made = state
    events: list[ConsentEvent] = [RoundOpened(state.round + 1)]
    for group in command.proposals:
        events.append(_made(made, group, "matching", context))
        made = evolve(made, events[-1])
    return tuple(events)


def decide_by_hand(state: Consent, command: ProposeByHand, actor: Actor, context: Context, barred: Barred) -> Events:
    _only_staff(actor)
    _check_group(state, command.units, barred)
    if _open_between(state, command.units) is not None:
        raise Refused("already_proposed")
    return (_made(state, command.units, "moderator", context),)


def decide_partner(state: Consent, command: ProposePartner, actor: Actor, context: Context, barred: Barred) -> Events:
    own, person = _own_unit(state, actor)
    if state.closed:
        raise Refused("consent_closed")
    units = (own, command.unit)
    _check_group(state, units, NOBODY)
    if (crossing := _open_between(state, units)) is not None:
        return _yes(state, crossing, person, context)
    _check_limit(state, own, units)
    made = _made(state, units, "unit", context, by=own, silent=bool(pairs_of(units) & barred))
    return made, *_yes(evolve(state, made), made.proposal, person, context)


def decide_third(state: Consent, command: ProposeThird, actor: Actor, context: Context, barred: Barred) -> Events:
    pair = state.partnerships.get(command.partnership)
    if pair is None:
        raise Refused("no_such_partnership")
    if len(pair.units) > 2:
        raise Refused("partnership_full")
    if (third := state.units.get(command.unit)) is None or third.here == "left":
        raise Refused("unit_not_here")
    if state.partnership_of(command.unit) is not None:
        raise Refused("unit_has_partner")
    units = (*pair.units, command.unit)
    forbidden = any(pairs_of((unit, command.unit)) & barred for unit in pair.units)
    if actor.is_staff:
        if forbidden:
            raise Refused("blocked_by_a_hard_rule")
        if _open_between(state, units) is not None:
            raise Refused("already_proposed")
        return (_made(state, units, "third", context, joins=command.partnership),)
    own, person = _own_unit(state, actor)
    if own not in units:
        raise Refused("not_your_partnership")
    if (standing := _open_between(state, units)) is not None:
        return _yes(state, standing, person, context)
    _check_limit(state, own, units)
    made = _made(state, units, "third", context, by=own, joins=command.partnership, silent=forbidden)
    return made, *_yes(evolve(state, made), made.proposal, person, context)


def decide_yes(state: Consent, command: SayYes, actor: Actor, context: Context) -> Events:
    own, person = _own_unit(state, actor)
    _answerable(state, command.proposal, own)
    return _yes(state, command.proposal, person, context)


def decide_not_yet(state: Consent, command: SayNotYet, actor: Actor) -> Events:
    own, _ = _own_unit(state, actor)
    _answerable(state, command.proposal, own)
    return (ProposalReleased(command.proposal),)


def decide_expired(state: Consent, context: Context) -> Events:
    late = [key for key, proposal in state.proposals.items() if proposal.expires_at_ms <= context.now_ms]
    return tuple(ProposalReleased(key) for key in late)


def decide_admission(state: Consent, command: AdmitUnit) -> Events:
    if command.unit in state.units:
        raise Refused("unit_known", "mark it present instead")
    if not command.members or any(state.unit_of(person) for person in command.members):
        raise Refused("members_taken_or_missing")
    return (UnitAdmitted(command.unit, command.members),)


def decide_mark(state: Consent, command: MarkUnit, actor: Actor) -> Events:
    if not actor.is_staff and state.unit_of(actor.person) != command.unit:
        raise Refused("not_yours")
    if (unit := state.units.get(command.unit)) is None:
        raise Refused("unit_unknown")
    if unit.here == command.here:
        return ()
    marked = UnitMarked(command.unit, command.here)
    if command.here == "present":
        return (marked,)
    released = tuple(ProposalReleased(key) for key in state.proposals_of(command.unit))
    partnership = state.partnership_of(command.unit)
    if command.here == "away" or partnership is None:
        return (marked, *released)
    return (marked, *released, *_leaving(folded(state, released), partnership, command.unit))


def decide_leaving(state: Consent, command: LeavePartnership, actor: Actor) -> Events:
    own, _ = _own_unit(state, actor)
    if state.partnership_of(own) != command.partnership:
        raise Refused("not_your_partnership")
    return _leaving(state, command.partnership, own)


def _decided(state: Consent, command: ConsentCommand, actor: Actor, context: Context, barred: Barred) -> Events:
    match command:
        case OpenRound():
            return decide_round(state, command, actor, context, barred)
        case ProposeByHand():
            return decide_by_hand(state, command, actor, context, barred)
        case ProposePartner():
            return decide_partner(state, command, actor, context, barred)
        case ProposeThird():
            return decide_third(state, command, actor, context, barred)
        case SayYes():
            return decide_yes(state, command, actor, context)
        case SayNotYet():
            return decide_not_yet(state, command, actor)
        case _:
            return _decided_around(state, command, actor, context)


def _decided_around(
    state: Consent,
    command: ReleaseExpired | AdmitUnit | MarkUnit | LeavePartnership | CloseConsent,
    actor: Actor,
    context: Context,
) -> Events:
    match command:
        case MarkUnit():
            return decide_mark(state, command, actor)
        case LeavePartnership():
            return decide_leaving(state, command, actor)
        case ReleaseExpired():
            _only_staff(actor)
            return decide_expired(state, context)
        case AdmitUnit():
            _only_staff(actor)
            return decide_admission(state, command)
        case CloseConsent():
            _only_staff(actor)
            if state.closed:
                return ()
            return (*(ProposalReleased(key) for key in state.proposals), ConsentClosed())


def _yes(state: Consent, key: ProposalId, person: PersonId, context: Context) -> Events:
    if person in state.proposals[key].yes:
        return ()
    own = state.unit_of(person)
    team = state.units[own].members if own is not None else ()
    said = YesSaid(key, person, tuple(other for other in team if other != person))
    after = evolve(state, said)
    proposal = after.proposals[key]
    if proposal.silent or not all(after.agrees(proposal, unit) for unit in proposal.units):
        return (said,)
    return (said, *_agreement(after, key, proposal, context))


def _agreement(state: Consent, key: ProposalId, proposal: Proposal, context: Context) -> Events:
    others = [(other, it) for other, it in state.proposals.items() if other != key]
    if proposal.joins is not None:
        unit = proposal.units[-1]
        over = [other for other, it in others if unit in it.units or it.joins == proposal.joins]
        return (ThirdJoined(proposal.joins, key, unit), *(ProposalReleased(other) for other in over))
    over = [other for other, it in others if set(it.units) & set(proposal.units)]
    confirmed = PartnershipConfirmed(PartnershipId(key), key, proposal.units, context.now_ms)
    return (confirmed, *(ProposalReleased(other) for other in over))


def _leaving(state: Consent, key: PartnershipId, unit: UnitId) -> Events:
    released = tuple(ProposalReleased(other) for other, it in state.proposals.items() if it.joins == key)
    left = UnitLeftPartnership(key, unit)
    if len(state.partnerships[key].units) > 2:
        return (*released, left)
    return (*released, left, PartnershipDissolved(key))


def _made(
    state: Consent,
    units: tuple[UnitId, ...],
    origin: Origin,
    context: Context,
    *,
    by: UnitId | None = None,
    joins: PartnershipId | None = None,
    silent: bool = False,
) -> ProposalMade:
    key = ProposalId(f"{state.config.prefix}{state.made + 1}")
    return ProposalMade(key, units, origin, context.now_ms + state.config.timeout_ms, by, joins, silent)


def _open_between(state: Consent, units: Iterable[UnitId]) -> ProposalId | None:
    wanted = frozenset(units)
    found = (key for key, it in state.proposals.items() if not it.silent and frozenset(it.units) == wanted)
    return next(found, None)


def _check_group(state: Consent, units: tuple[UnitId, ...], barred: Barred) -> None:
    if not 2 <= len(set(units)) == len(units) <= 3:
        raise Refused("two_or_three_units")
    for unit in units:
        if unit not in state.units:
            raise Refused("unit_unknown")
        if state.units[unit].here != "present":
            raise Refused("unit_not_here")
        if state.partnership_of(unit) is not None:
            raise Refused("unit_has_partner")
    if pairs_of(units) & barred:
        raise Refused("blocked_by_a_hard_rule")


def _check_limit(state: Consent, own: UnitId, units: tuple[UnitId, ...]) -> None:
    mine = [it for it in state.proposals.values() if it.by == own]
    if any(frozenset(it.units) == frozenset(units) for it in mine):
        raise Refused("already_proposed")
    if len(mine) >= state.config.own_proposals:
        raise Refused("too_many_proposals", "wait for the answer, or take the open one back")


def _answerable(state: Consent, key: ProposalId, own: UnitId) -> None:
    """The same refusal for what was released, never was, is not theirs or is hidden from them."""
    proposal = state.proposals.get(key)
    if proposal is None or own not in proposal.units or (proposal.silent and proposal.by != own):
        raise Refused("proposal_released")


def _own_unit(state: Consent, actor: Actor) -> tuple[UnitId, PersonId]:
    person = actor.person
    unit = state.unit_of(person)
    if person is None or unit is None:
        raise Refused("no_unit")
    return unit, person


def _only_staff(actor: Actor) -> None:
    if not actor.is_staff and actor.role != "clock":
        raise Refused("only_moderators")
