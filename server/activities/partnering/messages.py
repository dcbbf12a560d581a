"""What may be wished and what can happen between a wish and a partnership: facts without prose, wishes not for long."""

from typing import ClassVar, Literal

import msgspec

from server.core import consent
from server.core.activity import Tick
from server.core.match_facts import Fact
from server.core.matching import Quality, Unmatched, UnmatchedReason
from server.core.messages import Command, Event, Freezing, FrozenId, OfPerson, PersonId
from server.core.wishes import RelationKind, UnitId, Wish

UnitKind = Literal["school", "person"]


class SetWishes(Command, frozen=True):
    """How gladly a person would work with others, 0 to 3; None takes a wish back. What is not named stays as it was."""

    wants: dict[UnitId, Wish | None]


class SetVeto(Command, frozen=True):
    """Not with this one, without a reason; or again with it."""

    unit: UnitId
    on: bool = True


class ChooseUnits(Command, frozen=True):
    """A moderator: whether a school's team or each person forms a partnership. Before the first proposal."""

    kind: UnitKind


class SetRelation(Command, frozen=True):
    """A moderator: what stands between two units (`conflict` keeps them apart); or that it does not any more."""

    units: tuple[UnitId, UnitId]
    kind: RelationKind
    on: bool = True


class LeaveWishes(Command, frozen=True):
    """I cannot be there when partners are chosen: match my unit by the wishes that I leave; or I can, after all."""

    on: bool = True


class MatchByProxy(Command, frozen=True):
    """A moderator: this unit is absent, and takes part by the wishes that it set beforehand."""

    unit: UnitId
    on: bool = True


class ProposeMatching(Command, frozen=True):
    """A moderator: a draft for everybody who is here and has no partner. Again: another draft."""


class ArrangeProposal(Command, frozen=True):
    """A moderator changes the draft by hand, before anybody sees it."""

    groups: tuple[tuple[UnitId, ...], ...]


class ShowProposals(Command, frozen=True):
    """A moderator: everybody sees their own proposal, and may answer."""


class FindPlace(Command, frozen=True):
    """Somebody late, or whose partner left: the best free unit, or the best pair as a third, is proposed."""

    unit: UnitId


class ConfirmPact(Freezing, frozen=True):
    """One side: this is our issue, this is alike and this is different. Frozen when every side confirms the same."""


class ReopenPact(Command, frozen=True):
    """A member: we want to write on; every side confirms anew."""

    partnership: consent.PartnershipId


class ShowOnMap(Command, frozen=True):
    """My name may stand on the room's map of partnerships; it is shown once every side said so."""


class HideFromMap(Command, frozen=True):
    """At any time."""


class WishesSet(OfPerson, frozen=True):
    wants: dict[UnitId, Wish | None]


class VetoSet(Event, frozen=True):
    """`team`: who else has fewer left by it, since a school may rule out so many in all, whoever of it says so."""

    concerns: ClassVar[Literal["everybody", "person", "group", "people"]] = "people"

    person: PersonId
    unit: UnitId
    on: bool = True
    team: tuple[PersonId, ...] = ()

    @property
    def people(self) -> tuple[PersonId, ...]:
        return (self.person, *self.team)


class ShownOnMap(OfPerson, frozen=True):
    pass


class HiddenFromMap(OfPerson, frozen=True):
    pass


class SeenAnew(Event, frozen=True):
    """Whose own screens the other facts of its commit change: a yes of two must not cost a view of three hundred."""

    concerns: ClassVar[Literal["everybody", "person", "group", "people"]] = "people"

    people: tuple[PersonId, ...]


class _OfModerators(Event, frozen=True):
    """It changes what moderators see, and no screen of a person."""

    concerns: ClassVar[Literal["everybody", "person", "group", "people"]] = "people"

    @property
    def people(self) -> tuple[PersonId, ...]:
        return ()


class UnitsChosen(Event, frozen=True):
    kind: UnitKind


class RelationSet(_OfModerators, frozen=True):
    units: tuple[UnitId, UnitId]
    kind: RelationKind
    on: bool = True


class ProxySet(Event, frozen=True):
    unit: UnitId
    on: bool = True


class Drafted(msgspec.Struct, frozen=True, omit_defaults=True):
    """Two or three who could work together, and what they may be told of why."""

    units: tuple[UnitId, ...]
    facts: tuple[Fact, ...] = ()
    remote: bool = False


class MatchingProposed(_OfModerators, frozen=True):
    """A draft with its proof: the seed and everything else that decided it (`server.core.match_record`), and a digest.

    `inputs` and `salt` are blanked as soon as the first of these people has a partner: they hold everybody's wishes.
    """

    round: int
    seed: int
    inputs_sha256: str
    groups: tuple[Drafted, ...]
    unmatched: tuple[Unmatched, ...]
    quality: Quality
    salt: str = ""
    inputs: bytes = b""


class MatchVerified(_OfModerators, frozen=True):
    """Before a draft was shown it was computed again from what the log held: the same (`holds`), or not."""

    round: int
    holds: bool


class ChoiceForgotten(Event, frozen=True):
    """The room has gone on long ago, or the workshop has ended: nothing of what people wished stays."""


class StrengthsDrawn(_OfModerators, frozen=True):
    """How strong each two are together, without direction: row n holds a shade 0 to 2 for each unit before the nth."""

    units: tuple[UnitId, ...]
    rows: tuple[str, ...]


class ProposalArranged(_OfModerators, frozen=True):
    groups: tuple[Drafted, ...]


class ProposalExplained(_OfModerators, frozen=True):
    """What those proposed to each other are told, and the table at which they meet."""

    proposal: consent.ProposalId
    table: int
    facts: tuple[Fact, ...] = ()


class PlaceMissed(_OfModerators, frozen=True):
    unit: UnitId
    reason: UnmatchedReason


class HeldByHand(_OfModerators, frozen=True):
    """A moderator, or they themselves, said that a unit is away; its phone does not know better."""

    unit: UnitId
    on: bool = True


class _OfMembers(Event, frozen=True):
    concerns: ClassVar[Literal["everybody", "person", "group", "people"]] = "people"


class PactConfirmed(_OfMembers, frozen=True):
    """`agreed`: with this every side has confirmed the same text."""

    partnership: consent.PartnershipId
    unit: UnitId
    frozen: FrozenId
    sha256: str
    people: tuple[PersonId, ...] = ()
    agreed: bool = False


class PactReopened(_OfMembers, frozen=True):
    partnership: consent.PartnershipId
    people: tuple[PersonId, ...] = ()


CONSENT_COMMANDS = (
    consent.ProposeByHand,
    consent.ProposePartner,
    consent.ProposeThird,
    consent.SayYes,
    consent.SayNotYet,
    consent.MarkUnit,
    consent.LeavePartnership,
    consent.CloseConsent,
)
CONSENT_EVENTS = (
    consent.RoundOpened,
    consent.ProposalMade,
    consent.YesSaid,
    consent.ProposalReleased,
    consent.PartnershipConfirmed,
    consent.ThirdJoined,
    consent.UnitLeftPartnership,
    consent.PartnershipDissolved,
    consent.UnitAdmitted,
    consent.UnitMarked,
    consent.TalksOpened,
    consent.ConsentClosed,
)
COMMANDS = (
    SetWishes,
    SetVeto,
    ChooseUnits,
    SetRelation,
    LeaveWishes,
    MatchByProxy,
    ProposeMatching,
    ArrangeProposal,
    ShowProposals,
    FindPlace,
    ConfirmPact,
    ReopenPact,
    ShowOnMap,
    HideFromMap,
    Tick,
    *CONSENT_COMMANDS,
)
EVENTS = (
    WishesSet,
    VetoSet,
    ShownOnMap,
    HiddenFromMap,
    UnitsChosen,
    RelationSet,
    ProxySet,
    SeenAnew,
    MatchingProposed,
    MatchVerified,
    StrengthsDrawn,
    ProposalArranged,
    ProposalExplained,
    PlaceMissed,
    ChoiceForgotten,
    HeldByHand,
    PactConfirmed,
    PactReopened,
    *CONSENT_EVENTS,
)
