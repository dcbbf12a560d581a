"""What people and moderators may wish of the workshop itself, its people aside."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

from server.core.groups import Group
from server.core.messages import Command, GroupId, PersonId, PhaseId, Role, Saying, Seq, StaffId, StepId
from server.core.path import Grouping
from server.core.workshop.people_commands import (
    AdmitPeople,
    AdmitPerson,
    AnswerOffer,
    ChangeProfile,
    CloseSeat,
    KeepApart,
    KeepTogether,
    LeaveForGood,
    OfferSeat,
    OpenSeat,
    Slug,
    TakePlace,
    TakeSeat,
)

# -- phases ----------------------------------------------------------------------------------------------------------


class MoveRoom(Command, frozen=True):
    """Everybody goes to `phase`. `left` is where the moderator saw the room: two who press at once move it once.

    `groups` are those of the preview, by grouping: exactly these are formed, and who came meanwhile is placed too.
    """

    phase: PhaseId
    left: PhaseId | None
    groups: Mapping[Slug, tuple[Group, ...]] = {}


class UndoMove(Command, frozen=True):
    """Takes back the last move of the room within 60 seconds; nothing that was written or voted is touched."""


class UndoAct(Command, frozen=True):
    """Takes back one act of the moderators, by the number of its commit, within 60 seconds: groups formed or changed by
    hand, somebody who was let go, a change of the plan. What was written meanwhile stays readable."""

    act: Seq


class OpenPhase(Command, frozen=True):
    """Opens a phase for writing beside the one where the room is: reopened, or open between two meetings."""

    phase: PhaseId


class ClosePhase(Command, frozen=True):
    phase: PhaseId


class SkipPhase(Command, frozen=True):
    """Leaves a phase out of the plan, or takes it in again. What was made in it stays."""

    phase: PhaseId
    skip: bool = True


class MoveStep(Command, frozen=True):
    """The room, or one group, goes to a step. `left` is the step where the sender saw it."""

    phase: PhaseId
    step: Annotated[int, Meta(ge=0, le=40)]
    left: int
    group: GroupId | None = None


class MoveTurn(Command, frozen=True):
    """A group goes to another turn of its step: a member swaps, or the moderator does."""

    phase: PhaseId
    group: GroupId
    turn: Annotated[int, Meta(ge=0, le=40)]
    left: int


class ChangeMinutes(Command, frozen=True):
    phase: PhaseId
    minutes: Annotated[int, Meta(ge=0, le=600)]


class ChangeOrder(Command, frozen=True):
    """The remaining phases in a new order; every phase of the workshop, once."""

    phases: tuple[PhaseId, ...]


class ChangeVariant(Command, frozen=True):
    """Another length of a phase that has not begun: its short form, mostly."""

    phase: PhaseId
    variant: Slug


class CutStep(Command, frozen=True):
    """A step that is still ahead is left out to win its minutes, or taken in again."""

    phase: PhaseId
    step: StepId
    cut: bool = True


class ShareDelay(Command, frozen=True):
    """New minutes for several remaining phases at once: a delay that is shared by all is one act with one undo."""

    minutes: Mapping[PhaseId, Annotated[int, Meta(ge=1, le=600)]]


class WarnPhase(Command, frozen=True):
    """The clock says that the time of the current phase is nearly over."""

    phase: PhaseId


class CatchUp(Command, frozen=True):
    """Somebody who missed a phase, or was away, makes up for the least that is needed of it; the room goes on."""

    phase: PhaseId


# -- groups ----------------------------------------------------------------------------------------------------------


class FormGroups(Command, frozen=True):
    """Groups for one grouping of a phase. With `groups`, exactly those of the preview; else they are rolled now.

    `how` is the form and the rules that the moderator chose instead of the path's; latecomers are placed by it too.
    """

    phase: PhaseId
    grouping: Slug
    groups: tuple[Group, ...] = ()
    how: Grouping | None = None


class MovePerson(Command, frozen=True):
    phase: PhaseId
    grouping: Slug
    person: PersonId
    to: GroupId


class SwapPeople(Command, frozen=True):
    phase: PhaseId
    grouping: Slug
    one: PersonId
    other: PersonId


class MergeGroups(Command, frozen=True):
    phase: PhaseId
    grouping: Slug
    one: GroupId
    other: GroupId


class SplitGroup(Command, frozen=True):
    phase: PhaseId
    grouping: Slug
    group: GroupId
    leaving: tuple[PersonId, ...]


class RepairGroup(Command, frozen=True):
    """The one tap when somebody's partner is gone: the group is merged or paired anew as the console suggests."""

    phase: PhaseId
    grouping: Slug
    group: GroupId


# -- timers ----------------------------------------------------------------------------------------------------------

Scope = Annotated[str, Meta(max_length=40)]


class StartTimer(Command, frozen=True):
    """A clock for the room (scope "") or for a group."""

    scope: Scope
    ms: Annotated[int, Meta(ge=1_000, le=36_000_000)]


class PauseTimer(Command, frozen=True):
    scope: Scope


class ResumeTimer(Command, frozen=True):
    scope: Scope


class AddTime(Command, frozen=True):
    scope: Scope
    ms: Annotated[int, Meta(ge=-3_600_000, le=3_600_000)]


class StopTimer(Command, frozen=True):
    scope: Scope


# -- signals and help ------------------------------------------------------------------------------------------------


class SignalDone(Command, frozen=True):
    done: bool = True


class SignalNeedTime(Command, frozen=True):
    need: bool = True


class CallHelp(Command, frozen=True):
    reason: Literal["help", "partner_gone"] = "help"
    for_group: bool = False


class CancelHelp(Command, frozen=True):
    """The caller, or the moderator who has been there, closes the call."""

    person: PersonId


class AnswerHelp(Command, frozen=True):
    """A moderator is coming; the caller and, if it was called for the group, the group see it."""

    person: PersonId


class Announce(Saying, frozen=True):
    """A message to the room, a group or a person."""

    to: Literal["room", "group", "person"] = "room"
    id: Annotated[str, Meta(max_length=40)] = ""


class LookInto(Command, frozen=True):
    """A moderator looks into a group, or at the screen of a person wherever the steps lead them. Whoever is looked at
    sees it; neither group nor person ends it."""

    group: GroupId | None = None
    person: PersonId | None = None


class WelcomeStaff(Command, frozen=True):
    """Somebody who runs the room too is here, or expected: from now on tables can be given to them."""

    staff: StaffId
    role: Role


class AssignTables(Command, frozen=True):
    """The tables that a co-moderator looks after, in every phase, whatever group sits there; none: all of the room."""

    staff: StaffId
    tables: tuple[Annotated[int, Meta(ge=1, le=2_000)], ...]


# -- the workshop ----------------------------------------------------------------------------------------------------


class ChangeLife(Command, frozen=True):
    """live, open for follow-up, or closed. Reopening a closed workshop is the moderator's."""

    life: Literal["live", "follow_up", "closed"]


class RenameWorkshop(Command, frozen=True):
    title: Annotated[str, Meta(min_length=1, max_length=108)]


WORKSHOP_COMMANDS: tuple[type[Command], ...] = (
    AdmitPerson,
    AdmitPeople,
    ChangeProfile,
    TakePlace,
    TakeSeat,
    LeaveForGood,
    OfferSeat,
    AnswerOffer,
    OpenSeat,
    CloseSeat,
    KeepApart,
    KeepTogether,
    MoveRoom,
    UndoMove,
    UndoAct,
    OpenPhase,
    ClosePhase,
    SkipPhase,
    MoveStep,
    MoveTurn,
    ChangeMinutes,
    ChangeOrder,
    ChangeVariant,
    CutStep,
    ShareDelay,
    WarnPhase,
    CatchUp,
    FormGroups,
    MovePerson,
    SwapPeople,
    MergeGroups,
    SplitGroup,
    RepairGroup,
    StartTimer,
    PauseTimer,
    ResumeTimer,
    AddTime,
    StopTimer,
    SignalDone,
    SignalNeedTime,
    CallHelp,
    CancelHelp,
    AnswerHelp,
    Announce,
    LookInto,
    WelcomeStaff,
    AssignTables,
    ChangeLife,
    RenameWorkshop,
)
