"""A workshop in memory, as folded from its log; every struct is replaced, never changed."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from server.core.activity import Member, PhaseStatus, Progress
from server.core.groups import Group
from server.core.meetings import Meetings
from server.core.messages import Act, FrozenId, GroupId, PersonId, PhaseId, StaffId, WorkshopId
from server.core.path import Pack, Phase, Step, Variant
from server.core.view import Audience

UNDO_MS = 60_000
"""How long a move can be undone with one press."""

Life = Literal["live", "follow_up", "closed", "erased"]


class Timer(msgspec.Struct, frozen=True, omit_defaults=True):
    """A clock that the server owns. Running: it ends at `ends_ms`. Paused: `left_ms` stands still. It never ejects."""

    total_ms: int
    ends_ms: int = 0
    left_ms: int = 0

    @property
    def paused(self) -> bool:
        return self.ends_ms == 0

    def left(self, now_ms: int) -> int:
        return self.left_ms if self.paused else self.ends_ms - now_ms


class PhaseRun(msgspec.Struct, frozen=True, omit_defaults=True):
    """One phase of this workshop: what the pack planned, and what has happened. Times are Unix milliseconds."""

    id: PhaseId
    spec: str
    variant: str
    minutes: int
    meeting: int = 0
    counted: bool = True
    between: bool = False
    status: PhaseStatus = "planned"
    skipped: bool = False
    opened_ms: int = 0
    spent_ms: int = 0
    """Milliseconds that the room was in this phase, without the visit that is going on."""
    entered_ms: int = 0
    groups: Mapping[str, tuple[Group, ...]] = {}
    progress: Mapping[str, Progress] = {}

    @property
    def is_open(self) -> bool:
        return self.status in ("open", "warning", "reopened")


class Before(msgspec.Struct, frozen=True):
    """What `UndoMove` goes back to: where the room was, and how the phases and clocks stood. Content is untouched."""

    at: PhaseId | None
    phases: tuple[PhaseRun, ...]
    timers: Mapping[str, Timer]
    moved_ms: int
    mover: str


class Signals(msgspec.Struct, frozen=True, omit_defaults=True):
    """What people tell the moderator by a tap, for the step where the room stands."""

    done: frozenset[PersonId] = frozenset()
    need_time: frozenset[PersonId] = frozenset()


class HelpCall(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody asks for the moderator. `group` is set when the whole group should see that somebody is coming."""

    person: PersonId
    at_ms: int
    group: GroupId | None = None
    reason: Literal["help", "partner_gone"] = "help"
    coming: StaffId | None = None


class Announcement(msgspec.Struct, frozen=True):
    """A message of the moderator to an audience; its words are a frozen text."""

    text: FrozenId
    to: Audience
    at_ms: int


class Keeping(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whom the moderator keeps apart and together, beside the rules of each grouping."""

    apart: frozenset[tuple[PersonId, PersonId]] = frozenset()
    together: frozenset[tuple[PersonId, PersonId]] = frozenset()


class Workshop(msgspec.Struct, frozen=True):
    """Everything that the log says. `activities` holds each phase's own state, which only its activity reads."""

    id: WorkshopId
    title: str
    code: str
    created_ms: int
    date: str
    language: str
    retention_days: int
    schedule: str
    pack: Pack
    pack_id: str
    seed: int
    phases: tuple[PhaseRun, ...]
    activities: Mapping[PhaseId, msgspec.Struct]
    life: Life = "live"
    at: PhaseId | None = None
    people: Mapping[PersonId, Member] = {}
    timers: Mapping[str, Timer] = {}
    before: Before | None = None
    signals: Signals = Signals()
    help: tuple[HelpCall, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    acts: tuple[Act, ...] = ()
    keeping: Keeping = Keeping()
    met: Meetings = Meetings()
    looking: Mapping[StaffId, GroupId] = {}
    assigned: Mapping[StaffId, tuple[GroupId, ...]] = {}

    def __repr__(self) -> str:
        return f"<Workshop {self.id} at={self.at or '-'} people={len(self.people)} life={self.life}>"

    def phase(self, which: str) -> PhaseRun | None:
        return next((run for run in self.phases if run.id == which), None)

    @property
    def current(self) -> PhaseRun | None:
        return self.phase(self.at) if self.at else None

    def spec(self, run: PhaseRun) -> Phase:
        return self.pack.phases[run.spec]

    def variant(self, run: PhaseRun) -> Variant:
        return self.spec(run).variants[run.variant]

    def steps(self, run: PhaseRun) -> tuple[Step, ...]:
        return self.variant(run).steps

    def joined(self) -> frozenset[PersonId]:
        """Everybody with a place in the room: not those only expected, nor those who left for good."""
        return frozenset(person for person, member in self.people.items() if member.state == "joined")


def grouping_at(run: PhaseRun, step: Step) -> tuple[Group, ...]:
    """The groups that work together in this step; none in a step for the room or for each alone."""
    return run.groups.get(step.groups, ())
