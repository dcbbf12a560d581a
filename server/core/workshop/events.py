"""What became fact in the workshop itself."""

from typing import ClassVar, Literal

from server.core.activity import Progress
from server.core.attending import Member
from server.core.groups import Group
from server.core.messages import Event, FrozenId, GroupId, PersonId, PhaseId, Role, Seq, StaffId, StepId, WorkshopId
from server.core.path import Grouping, Pack
from server.core.view import Audience
from server.core.workshop.state import Life, Timer

Concern = Literal["everybody", "person", "group"]


class WorkshopCreated(Event, frozen=True):
    """The first fact of every log; the whole path travels in it, so that a pack may change and old rooms stay."""

    workshop: WorkshopId
    title: str
    code: str
    at_ms: int
    date: str
    language: str
    retention_days: int
    schedule: str
    pack: Pack
    pack_id: str
    seed: int


class WorkshopRenamed(Event, frozen=True):
    title: str


class LifeChanged(Event, frozen=True):
    life: Life
    at_ms: int


class PersonAdmitted(Event, frozen=True):
    concerns: ClassVar[Concern] = "person"
    person: PersonId
    member: Member


class ProfileChanged(Event, frozen=True):
    concerns: ClassVar[Concern] = "person"
    person: PersonId
    member: Member


class PersonLeft(Event, frozen=True):
    person: PersonId
    at_ms: int


class SeatOffered(Event, frozen=True):
    """A moderator has made a way to a seat from another device. A newer one replaces it while it is unused."""

    concerns: ClassVar[Concern] = "person"
    person: PersonId
    handover: str
    by: Role
    at_ms: int
    until_ms: int


class OfferAnswered(Event, frozen=True):
    concerns: ClassVar[Concern] = "person"
    person: PersonId
    handover: str
    allow: bool


class SeatOpened(Event, frozen=True):
    concerns: ClassVar[Concern] = "person"
    person: PersonId
    handover: str
    at_ms: int


class SeatClosed(Event, frozen=True):
    concerns: ClassVar[Concern] = "person"
    person: PersonId
    handover: str


class PersonPlaced(Event, frozen=True):
    """Somebody who came late, or came back, has a place: `groups` are the groups of that grouping from now on."""

    phase: PhaseId
    grouping: str
    person: PersonId
    group: GroupId
    groups: tuple[Group, ...]


class PairKept(Event, frozen=True):
    one: PersonId
    other: PersonId
    how: Literal["apart", "together", "apart_no_more", "together_no_more"]


class RoomMoved(Event, frozen=True):
    phase: PhaseId
    left: PhaseId | None
    at_ms: int
    mover: str


class MoveUndone(Event, frozen=True):
    at_ms: int


class ActUndone(Event, frozen=True):
    """What the act of commit `act` changed is as it was before."""

    act: Seq
    at_ms: int


class PhaseOpened(Event, frozen=True):
    phase: PhaseId
    at_ms: int


class PhaseClosed(Event, frozen=True):
    phase: PhaseId
    at_ms: int


class PhaseSkipped(Event, frozen=True):
    phase: PhaseId
    skip: bool


class PhaseWarned(Event, frozen=True):
    phase: PhaseId


class StepMoved(Event, frozen=True):
    """The room (`group` None) or a group is at a step; what single groups had run ahead or behind is brought along."""

    phase: PhaseId
    step: int
    at_ms: int
    group: GroupId | None = None


class TurnMoved(Event, frozen=True):
    concerns: ClassVar[Concern] = "group"
    phase: PhaseId
    group: GroupId
    step: int
    turn: int
    at_ms: int


class CatchUpBegun(Event, frozen=True):
    """This phase is open again for one person, and for nobody else."""

    concerns: ClassVar[Concern] = "person"
    phase: PhaseId
    person: PersonId


class MinutesChanged(Event, frozen=True):
    phase: PhaseId
    minutes: int
    at_ms: int


class OrderChanged(Event, frozen=True):
    phases: tuple[PhaseId, ...]


class VariantChanged(Event, frozen=True):
    phase: PhaseId
    variant: str
    minutes: int


class StepCut(Event, frozen=True):
    phase: PhaseId
    step: StepId
    cut: bool
    minutes: int


class TurnsKept(Event, frozen=True):
    """The people of a group have changed while it took turns, and this is where it goes on."""

    concerns: ClassVar[Concern] = "group"
    phase: PhaseId
    group: GroupId
    progress: Progress


class GroupsFormed(Event, frozen=True):
    """The dice were rolled once, and this is what they said; also after every change by hand.

    `how`: see `FormGroups`. `at_ms`: when groups were formed anew in the middle of a step, and their turns begin.
    `without`: who was in the groups that the moderator wished for, and is no longer in the room. `follows`: these are
    merged of others, and go along with their change.
    """

    phase: PhaseId
    grouping: str
    groups: tuple[Group, ...]
    why: Literal["formed", "by_hand", "repaired", "left", "late"] = "formed"
    how: Grouping | None = None
    at_ms: int = 0
    without: tuple[PersonId, ...] = ()
    follows: bool = False


class TimerSet(Event, frozen=True):
    """The clock of the room (scope "") or of a group; None: it is gone."""

    scope: str
    timer: Timer | None


class TimeAdded(Event, frozen=True):
    """The room's minute reaches every clock that there is: the room's own, and that of each group at its turn."""

    ms: int
    at_ms: int


class TimersPaused(Event, frozen=True):
    """The room's pause stops every clock, and its end starts every clock again."""

    paused: bool
    at_ms: int


class DoneSignalled(Event, frozen=True):
    concerns: ClassVar[Concern] = "person"
    person: PersonId
    done: bool


class NeedTimeSignalled(Event, frozen=True):
    concerns: ClassVar[Concern] = "person"
    person: PersonId
    need: bool


class HelpCalled(Event, frozen=True):
    concerns: ClassVar[Concern] = "person"
    person: PersonId
    at_ms: int
    reason: Literal["help", "partner_gone"]
    group: GroupId | None = None


class HelpAnswered(Event, frozen=True):
    concerns: ClassVar[Concern] = "person"
    person: PersonId
    staff: StaffId


class HelpClosed(Event, frozen=True):
    concerns: ClassVar[Concern] = "person"
    person: PersonId


class Announced(Event, frozen=True):
    text: FrozenId
    to: Audience
    at_ms: int
    staff: str


class LookedInto(Event, frozen=True):
    staff: StaffId
    group: GroupId | None
    person: PersonId | None = None


class StaffWelcomed(Event, frozen=True):
    staff: StaffId
    role: Role


class GroupsAssigned(Event, frozen=True):
    """Of older logs: who looks after groups does so by their tables."""

    staff: StaffId
    groups: tuple[GroupId, ...]


class TablesAssigned(Event, frozen=True):
    staff: StaffId
    tables: tuple[int, ...]


WORKSHOP_EVENTS: tuple[type[Event], ...] = (
    WorkshopCreated,
    WorkshopRenamed,
    LifeChanged,
    PersonAdmitted,
    ProfileChanged,
    PersonLeft,
    SeatOffered,
    OfferAnswered,
    SeatOpened,
    SeatClosed,
    PersonPlaced,
    PairKept,
    RoomMoved,
    MoveUndone,
    ActUndone,
    PhaseOpened,
    PhaseClosed,
    PhaseSkipped,
    PhaseWarned,
    StepMoved,
    TurnMoved,
    TurnsKept,
    CatchUpBegun,
    MinutesChanged,
    OrderChanged,
    VariantChanged,
    StepCut,
    GroupsFormed,
    TimerSet,
    TimeAdded,
    TimersPaused,
    DoneSignalled,
    NeedTimeSignalled,
    HelpCalled,
    HelpAnswered,
    HelpClosed,
    Announced,
    LookedInto,
    StaffWelcomed,
    GroupsAssigned,
    TablesAssigned,
)
