"""What a choice of partners has come to. Whoever is confirmed has no wishes in here any more."""

from collections.abc import Iterable, Mapping
from typing import TypeVar, get_args

import msgspec
from msgspec.structs import replace

from server.activities.partnering.messages import (
    ChoiceForgotten,
    Drafted,
    HeldByHand,
    HiddenFromMap,
    MatchingProposed,
    MatchVerified,
    PactConfirmed,
    PactReopened,
    PlaceMissed,
    ProposalArranged,
    ProposalExplained,
    ProxySet,
    RelationSet,
    ShownOnMap,
    StrengthsDrawn,
    UnitKind,
    UnitsChosen,
    VetoSet,
    WishesSet,
)
from server.core import consent
from server.core.consent import Consent, ConsentConfig, ConsentEvent, PartnershipId, ProposalId
from server.core.match_facts import Fact, FactCode
from server.core.matching import Quality, Unmatched, UnmatchedReason
from server.core.messages import Event, FrozenId, PersonId
from server.core.wishes import NOT_WITH_PERCENT, Relation, UnitId, Weights, Wish

K = TypeVar("K")
V = TypeVar("V")

SPENT_FACTS: frozenset[FactCode] = frozenset({"not_a_wish", "both_close"})
"""What a partnership was told of wishes and ratings: true for the choice, and forgotten once it is made."""


class PartneringConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`veto_share_percent`: how much of the room a person may rule out, at least one. `timeout_minutes`: how long a
    proposal waits for its answers. `rounds`: of proposals, before the moderator talks with those who are left."""

    unit: UnitKind = "school"
    veto_share_percent: int = NOT_WITH_PERCENT
    timeout_minutes: int = 5
    rounds: int = 2
    own_proposals: int = 1
    proxy_days: int = 14
    """How long a proposal to somebody absent waits."""
    keep_hours: int = 12
    """So long after the room has left the choice the wishes of those without a partner are kept: a moderator may come
    back to it after lunch, and a second round must know the first one's "not with"."""
    weights: Weights = Weights()


class Told(msgspec.Struct, frozen=True):
    table: int
    facts: tuple[Fact, ...] = ()


class Draft(msgspec.Struct, frozen=True):
    seed: int
    groups: tuple[Drafted, ...]
    unmatched: tuple[Unmatched, ...]
    by_hand: bool = False


class Record(msgspec.Struct, frozen=True):
    """What the draft was computed from, as it stands in the log, and what came of it."""

    round: int
    seed: int
    salt: str
    inputs: bytes
    groups: tuple[tuple[UnitId, ...], ...]
    unmatched: tuple[Unmatched, ...]


class Check(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether a round was the same when it was computed again."""

    round: int
    holds: bool = False


class Strengths(msgspec.Struct, frozen=True):
    """Rows as in `StrengthsDrawn`."""

    units: tuple[UnitId, ...] = ()
    rows: tuple[str, ...] = ()


class Pact(msgspec.Struct, frozen=True):
    """`said`: the hash that each unit confirmed last. `agreed`: what all confirmed, kept while they rewrite."""

    said: Mapping[UnitId, str] = {}
    agreed: FrozenId | None = None
    sha256: str = ""


class Partnering(msgspec.Struct, frozen=True):
    config: PartneringConfig
    kind: UnitKind
    consent: Consent
    wishes: Mapping[PersonId, Mapping[UnitId, Wish]] = {}
    vetoes: Mapping[PersonId, frozenset[UnitId]] = {}
    relations: tuple[Relation, ...] = ()
    proxies: frozenset[UnitId] = frozenset()
    held: frozenset[UnitId] = frozenset()
    draft: Draft | None = None
    quality: Quality | None = None
    strengths: Strengths = Strengths()
    told: Mapping[ProposalId, Told] = {}
    missed: Mapping[UnitId, UnmatchedReason] = {}
    on_map: frozenset[PersonId] = frozenset()
    pacts: Mapping[PartnershipId, Pact] = {}
    former: Mapping[PartnershipId, tuple[PersonId, ...]] = {}
    """Who were partners to the end of a partnership: what they wrote in it stays theirs to read."""
    record: Record | None = None
    checks: tuple[Check, ...] = ()
    forgotten: bool = False
    """Wishes were forgotten once: what stood in the log before is not what somebody may wish since."""

    @property
    def keeps_secrets(self) -> bool:
        """Something is in here that will have to be forgotten."""
        return bool(self.wishes or self.vetoes or self.strengths.units or self.draft or self.record)


def start(config: PartneringConfig) -> Partnering:
    rules = ConsentConfig(
        timeout_ms=config.timeout_minutes * 60_000,
        automatic_rounds=config.rounds,
        own_proposals=config.own_proposals,
        prefix="pair",
    )
    return Partnering(config, config.unit, Consent(rules))


def evolve(state: Partnering, event: Event) -> Partnering:
    if isinstance(event, consent.UnitLeftPartnership):
        state = _parted(state, event)
    if isinstance(event, get_args(ConsentEvent)):
        return _agreed(replace(state, consent=consent.evolve(state.consent, event)), event)
    match event:
        case WishesSet(person=person, wants=wants):
            merged = {**state.wishes.get(person, {}), **wants}
            kept = {unit: wish for unit, wish in merged.items() if wish is not None}
            return replace(state, wishes={**state.wishes, person: kept})
        case VetoSet(person=person, unit=unit, on=on):
            before = state.vetoes.get(person, frozenset())
            return replace(state, vetoes={**state.vetoes, person: before | {unit} if on else before - {unit}})
        case ShownOnMap(person=person):
            return replace(state, on_map=state.on_map | {person})
        case HiddenFromMap(person=person):
            return replace(state, on_map=state.on_map - {person})
        case PactConfirmed() | PactReopened():
            return replace(state, pacts={**state.pacts, event.partnership: _pact(state, event)})
        case _:
            return _prepared(state, event)


def _prepared(state: Partnering, event: Event) -> Partnering:
    match event:
        case UnitsChosen(kind=kind):
            return replace(state, kind=kind)
        case RelationSet(units=units, kind=named, on=on):
            rest = tuple(one for one in state.relations if (one.units, one.kind) != (units, named))
            return replace(state, relations=(*rest, Relation(units, named)) if on else rest)
        case ProxySet(unit=unit, on=on):
            return replace(state, proxies=state.proxies | {unit} if on else state.proxies - {unit})
        case HeldByHand(unit=unit, on=on):
            return replace(state, held=state.held | {unit} if on else state.held - {unit})
        case MatchingProposed(seed=seed, groups=groups, unmatched=unmatched):
            fresh = Draft(seed, groups, unmatched)
            return replace(state, draft=fresh, quality=event.quality, record=_record(event))
        case MatchVerified(round=number, holds=holds):
            return replace(state, checks=(*state.checks, Check(number, holds)))
        case ChoiceForgotten():
            return _forgotten(state)
        case StrengthsDrawn(units=units, rows=rows):
            return replace(state, strengths=Strengths(units, rows))
        case ProposalArranged(groups=groups):
            draft = state.draft and replace(state.draft, groups=groups, by_hand=True)
            return replace(state, draft=draft)
        case ProposalExplained(proposal=key, table=table, facts=facts):
            return replace(state, told={**state.told, key: Told(table, facts)})
        case PlaceMissed(unit=unit, reason=reason):
            return replace(state, missed={**state.missed, unit: reason})
        case _:
            return state


def _agreed(state: Partnering, event: Event) -> Partnering:
    match event:
        case consent.RoundOpened():
            return replace(state, draft=None)
        case consent.ProposalMade(units=units):
            return replace(state, missed=_without(state.missed, units))
        case consent.ProposalReleased(proposal=key):
            return replace(state, told=_without(state.told, (key,)))
        case consent.PartnershipConfirmed(proposal=key, units=units):
            told = dict(state.told)
            if key in told:
                told[key] = replace(told[key], facts=lasting(told[key].facts))
            return _placed(replace(state, told=told), units)
        case consent.ThirdJoined(partnership=partnership, proposal=key, unit=unit):
            return _placed(replace(state, told=_told_of_three(state, ProposalId(partnership), key)), (unit,))
        case consent.PartnershipDissolved(partnership=key):
            return replace(state, told=_without(state.told, (ProposalId(key),)), pacts=_without(state.pacts, (key,)))
        case consent.ConsentClosed():
            return _forgotten(state)
        case _:
            return state


def _parted(state: Partnering, event: consent.UnitLeftPartnership) -> Partnering:
    """Where two go on, whoever left does not read on; where one is left, it has ended for both."""
    standing = state.consent.partnerships.get(event.partnership)
    if standing is None or len(standing.units) > 2 or event.unit not in standing.units:
        return state
    known = (state.consent.units.get(unit) for unit in standing.units)
    people = tuple(person for it in known if it for person in it.members)
    return replace(state, former={**state.former, event.partnership: people})


def _forgotten(state: Partnering) -> Partnering:
    return replace(state, wishes={}, vetoes={}, strengths=Strengths(), draft=None, record=None, forgotten=True)


def _record(event: MatchingProposed) -> Record | None:
    if not event.inputs:
        return None
    groups = tuple(group.units for group in event.groups)
    return Record(event.round, event.seed, event.salt, event.inputs, groups, event.unmatched)


def _told_of_three(state: Partnering, pair: ProposalId, third: ProposalId) -> Mapping[ProposalId, Told]:
    """They stay at their table, and are told why the third fits as well."""
    before, more = state.told.get(pair), state.told.get(third)
    told = _without(state.told, (third,))
    if before is None or more is None:
        return told
    return {**told, pair: replace(before, facts=tuple(dict.fromkeys((*before.facts, *lasting(more.facts)))))}


def _placed(state: Partnering, units: Iterable[UnitId]) -> Partnering:
    """Confirmed: what they wished is deleted, and nothing that was drawn from it stays."""
    some = frozenset(units)
    members = [person for unit in some if (it := state.consent.units.get(unit)) for person in it.members]
    return replace(
        state,
        wishes=_without(state.wishes, members),
        vetoes=_without(state.vetoes, members),
        proxies=state.proxies - some,
        missed=_without(state.missed, some),
        strengths=without(state.strengths, some),
        record=None,
    )


def lasting(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.code not in SPENT_FACTS)


def without(strengths: Strengths, gone: Iterable[UnitId]) -> Strengths:
    some = frozenset(gone)
    stays = [at for at, unit in enumerate(strengths.units) if unit not in some]
    if len(stays) == len(strengths.units):
        return strengths
    rows = tuple("".join(strengths.rows[at][other] for other in stays if other < at) for at in stays)
    return Strengths(tuple(strengths.units[at] for at in stays), rows)


def _pact(state: Partnering, event: PactConfirmed | PactReopened) -> Pact:
    pact = state.pacts.get(event.partnership, Pact())
    if isinstance(event, PactReopened):
        return replace(pact, said={})
    said = {**pact.said, event.unit: event.sha256}
    return Pact(said, event.frozen, event.sha256) if event.agreed else replace(pact, said=said)


def _without(mapping: Mapping[K, V], keys: Iterable[K]) -> Mapping[K, V]:
    gone = frozenset(keys)
    if gone.isdisjoint(mapping):
        return mapping
    return {key: value for key, value in mapping.items() if key not in gone}
