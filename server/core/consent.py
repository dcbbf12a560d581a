"""From a proposal to a partnership: both sides say yes, or it ends without anybody learning whose no it was."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import ClassVar, Literal, NewType, TypeVar

import msgspec

from server.core.messages import Command, Event, PersonId
from server.core.wishes import UnitId

Key = TypeVar("Key")
Value = TypeVar("Value")

ProposalId = NewType("ProposalId", str)
PartnershipId = NewType("PartnershipId", str)

Here = Literal["present", "away", "left"]
Origin = Literal["matching", "moderator", "unit", "third"]


class ConsentConfig(msgspec.Struct, frozen=True, omit_defaults=True):
    timeout_ms: int = 300_000
    automatic_rounds: int = 2
    unit_says_yes: Literal["any_member", "all_members"] = "any_member"
    own_proposals: int = 1
    """How many of its own proposals a unit may have open at once."""
    prefix: str = "p"
    """Proposals are `p1`, `p2` …, and so is the partnership that comes of one."""


class ConsentUnit(msgspec.Struct, frozen=True, omit_defaults=True):
    members: tuple[PersonId, ...]
    here: Here = "present"
    talk: bool = False
    """The moderator talks with them: the rounds are over."""
    lost_partner: bool = False


class Proposal(msgspec.Struct, frozen=True, omit_defaults=True):
    """Open while it stands in `Consent.proposals`. `silent`: a hard rule forbids it, so only its author sees it."""

    units: tuple[UnitId, ...]
    origin: Origin
    expires_at_ms: int
    by: UnitId | None = None
    joins: PartnershipId | None = None
    silent: bool = False
    yes: frozenset[PersonId] = frozenset()


class Agreed(msgspec.Struct, frozen=True):
    """A confirmed partnership of two or three units. `proposals`: what was said yes to, a third's included."""

    units: tuple[UnitId, ...]
    confirmed_at_ms: int
    proposals: frozenset[ProposalId] = frozenset()


class Consent(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where everybody stands. No unit is in two partnerships, no partnership has one unit."""

    config: ConsentConfig = ConsentConfig()
    units: Mapping[UnitId, ConsentUnit] = {}
    proposals: Mapping[ProposalId, Proposal] = {}
    partnerships: Mapping[PartnershipId, Agreed] = {}
    tried: frozenset[tuple[UnitId, UnitId]] = frozenset()
    """Proposed by the matching and released: not proposed automatically again."""
    parted: frozenset[tuple[UnitId, UnitId]] = frozenset()
    """Were partners until one of them left: not proposed automatically again, and not seated together."""
    round: int = 0
    made: int = 0
    closed: bool = False

    def unit_of(self, person: PersonId | None) -> UnitId | None:
        return next((unit for unit, it in self.units.items() if person is not None and person in it.members), None)

    def partnership_of(self, unit: UnitId) -> PartnershipId | None:
        return next((key for key, it in self.partnerships.items() if unit in it.units), None)

    def proposals_of(self, unit: UnitId) -> dict[ProposalId, Proposal]:
        return {key: it for key, it in self.proposals.items() if unit in it.units}

    def free(self) -> tuple[UnitId, ...]:
        """Present and without a partnership."""
        taken = {unit for agreed in self.partnerships.values() for unit in agreed.units}
        return tuple(unit for unit, it in self.units.items() if it.here == "present" and unit not in taken)

    def agrees(self, proposal: Proposal, unit: UnitId) -> bool:
        members = self.units[unit].members
        said = [person in proposal.yes for person in members]
        return any(said) if self.config.unit_says_yes == "any_member" else all(said)


class OpenRound(Command, frozen=True):
    """Propose what the matching found. Groups of two or three units."""

    proposals: tuple[tuple[UnitId, ...], ...]


class ProposeByHand(Command, frozen=True):
    units: tuple[UnitId, ...]


class ProposePartner(Command, frozen=True):
    """A unit asks another; when the other asks too, they agree."""

    unit: UnitId


class ProposeThird(Command, frozen=True):
    """A third joins a partnership, if all three say yes. Asked by the pair, by the third itself or by the moderator."""

    partnership: PartnershipId
    unit: UnitId


class SayYes(Command, frozen=True):
    proposal: ProposalId


class SayNotYet(Command, frozen=True):
    proposal: ProposalId


class ReleaseExpired(Command, frozen=True):
    """The clock's: proposals that nobody answered in time are released."""


class AdmitUnit(Command, frozen=True):
    """Somebody is late, or back."""

    unit: UnitId
    members: tuple[PersonId, ...]


class MarkUnit(Command, frozen=True):
    """Away may come back and keeps its partnership; left does not."""

    unit: UnitId
    here: Here


class LeavePartnership(Command, frozen=True):
    partnership: PartnershipId


class CloseConsent(Command, frozen=True):
    pass


class _OfFew(Event, frozen=True):
    """Whose own screens it changes depends on where everybody stands: the activity says it beside the fact."""

    concerns: ClassVar[Literal["everybody", "person", "group", "people"]] = "people"

    @property
    def people(self) -> tuple[PersonId, ...]:
        return ()


class RoundOpened(Event, frozen=True):
    round: int


class ProposalMade(_OfFew, frozen=True):
    proposal: ProposalId
    units: tuple[UnitId, ...]
    origin: Origin
    expires_at_ms: int
    by: UnitId | None = None
    joins: PartnershipId | None = None
    silent: bool = False


class YesSaid(Event, frozen=True):
    """`team`: who else of the person's unit sees that it has answered; the other sides do not."""

    concerns: ClassVar[Literal["everybody", "person", "group", "people"]] = "people"

    proposal: ProposalId
    person: PersonId
    team: tuple[PersonId, ...] = ()

    @property
    def people(self) -> tuple[PersonId, ...]:
        return (self.person, *self.team)


class ProposalReleased(_OfFew, frozen=True):
    """Says neither who nor why: a "not yet", a silence and a departure are the same fact."""

    proposal: ProposalId


class PartnershipConfirmed(_OfFew, frozen=True):
    partnership: PartnershipId
    proposal: ProposalId
    units: tuple[UnitId, ...]
    at_ms: int


class ThirdJoined(_OfFew, frozen=True):
    partnership: PartnershipId
    proposal: ProposalId
    unit: UnitId


class UnitLeftPartnership(_OfFew, frozen=True):
    partnership: PartnershipId
    unit: UnitId


class PartnershipDissolved(_OfFew, frozen=True):
    """One would be left alone in it: that one is free again, and may join a pair or be matched anew."""

    partnership: PartnershipId


class UnitAdmitted(_OfFew, frozen=True):
    unit: UnitId
    members: tuple[PersonId, ...]


class UnitMarked(_OfFew, frozen=True):
    unit: UnitId
    here: Here


class TalksOpened(_OfFew, frozen=True):
    """The rounds are over; the moderator talks with those who are still without a partner."""

    units: tuple[UnitId, ...]


class ConsentClosed(Event, frozen=True):
    pass


ConsentCommand = (
    OpenRound
    | ProposeByHand
    | ProposePartner
    | ProposeThird
    | SayYes
    | SayNotYet
    | ReleaseExpired
    | AdmitUnit
    | MarkUnit
    | LeavePartnership
    | CloseConsent
)
ConsentEvent = (
    RoundOpened
    | ProposalMade
    | YesSaid
    | ProposalReleased
    | PartnershipConfirmed
    | ThirdJoined
    | UnitLeftPartnership
    | PartnershipDissolved
    | UnitAdmitted
    | UnitMarked
    | TalksOpened
    | ConsentClosed
)


def start(units: Mapping[UnitId, tuple[PersonId, ...]], config: ConsentConfig | None = None) -> Consent:
    return Consent(config or ConsentConfig(), {unit: ConsentUnit(members) for unit, members in units.items()})


def pairs_of(units: Iterable[UnitId]) -> frozenset[tuple[UnitId, UnitId]]:
    return frozenset((min(pair), max(pair)) for pair in combinations(units, 2))


def pairs_with(unit: UnitId, others: Iterable[UnitId]) -> frozenset[tuple[UnitId, UnitId]]:
    return frozenset((min(unit, other), max(unit, other)) for other in others)


def evolve(state: Consent, event: ConsentEvent) -> Consent:
    """Folding never fails: a fact about something erased changes nothing."""
    change = msgspec.structs.replace
    match event:
        case RoundOpened(round=number):
            return change(state, round=number)
        case ProposalMade():
            return _with_proposal(state, event)
        case YesSaid(proposal=key, person=person):
            if (proposal := state.proposals.get(key)) is None:
                return state
            return change(state, proposals={**state.proposals, key: change(proposal, yes=proposal.yes | {person})})
        case ProposalReleased(proposal=key):
            return _released(state, key)
        case UnitAdmitted() | UnitMarked() | TalksOpened():
            return _with_units(state, event)
        case ConsentClosed():
            return change(state, closed=True)
        case _:
            return _with_partnership(state, event)


def _with_proposal(state: Consent, event: ProposalMade) -> Consent:
    if any(unit not in state.units for unit in event.units):
        return state
    proposal = Proposal(event.units, event.origin, event.expires_at_ms, event.by, event.joins, event.silent)
    proposals = {**state.proposals, event.proposal: proposal}
    return msgspec.structs.replace(state, proposals=proposals, made=state.made + 1)


def _released(state: Consent, key: ProposalId) -> Consent:
    if (proposal := state.proposals.get(key)) is None:
        return state
    tried = state.tried | pairs_of(proposal.units) if proposal.origin == "matching" else state.tried
    return msgspec.structs.replace(state, proposals=_without(state.proposals, key), tried=tried)


def _with_units(state: Consent, event: UnitAdmitted | UnitMarked | TalksOpened) -> Consent:
    change = msgspec.structs.replace
    units = dict(state.units)
    match event:
        case UnitAdmitted(unit=unit, members=members):
            known = units.get(unit)
            # A teammate who comes late changes who belongs to it, not where it stands.
            fresh = known is None or known.here == "left"
            units[unit] = ConsentUnit(members) if fresh else change(units[unit], members=members, here="present")
        case UnitMarked(unit=unit, here=here):
            if unit in units:
                units[unit] = change(units[unit], here=here)
        case TalksOpened(units=talking):
            units |= {unit: change(units[unit], talk=True) for unit in talking if unit in units}
    return change(state, units=units)


def _with_partnership(
    state: Consent, event: PartnershipConfirmed | ThirdJoined | UnitLeftPartnership | PartnershipDissolved
) -> Consent:
    change = msgspec.structs.replace
    key = event.partnership
    if isinstance(event, PartnershipConfirmed):
        agreed = Agreed(event.units, event.at_ms, frozenset({event.proposal}))
        settled = _settled(state.units, event.units)
        rest = _without(state.proposals, event.proposal)
        return change(state, partnerships={**state.partnerships, key: agreed}, proposals=rest, units=settled)
    if (standing := state.partnerships.get(key)) is None:
        return state
    match event:
        case ThirdJoined(proposal=proposal, unit=unit):
            wider = change(standing, units=(*standing.units, unit), proposals=standing.proposals | {proposal})
            rest = _without(state.proposals, proposal)
            settled = _settled(state.units, (unit,))
            return change(state, partnerships={**state.partnerships, key: wider}, proposals=rest, units=settled)
        case UnitLeftPartnership(unit=unit):
            smaller = change(standing, units=tuple(other for other in standing.units if other != unit))
            parted = state.parted | pairs_with(unit, smaller.units)
            return change(state, partnerships={**state.partnerships, key: smaller}, parted=parted)
        case PartnershipDissolved():
            lost = {
                unit: change(state.units[unit], lost_partner=True) for unit in standing.units if unit in state.units
            }
            return change(state, partnerships=_without(state.partnerships, key), units={**state.units, **lost})


def _settled(units: Mapping[UnitId, ConsentUnit], some: Iterable[UnitId]) -> dict[UnitId, ConsentUnit]:
    change = msgspec.structs.replace
    return {**units, **{unit: change(units[unit], talk=False, lost_partner=False) for unit in some if unit in units}}


def _without(mapping: Mapping[Key, Value], key: Key) -> dict[Key, Value]:
    return {other: value for other, value in mapping.items() if other != key}
