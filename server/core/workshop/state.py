"""A workshop in memory, as folded from its log; every struct is replaced, never changed."""

from collections.abc import Mapping
from typing import Literal

import msgspec
from msgspec.structs import replace

from server.core.activity import PhaseStatus, Progress
from server.core.attending import People, joined
from server.core.groups import Group
from server.core.meetings import Meetings, Pair
from server.core.messages import Act, FrozenId, GroupId, PersonId, PhaseId, Role, Seq, StaffId, StepId, WorkshopId
from server.core.path import Grouping, Pack, Phase, Step, Variant
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

    def with_more(self, ms: int, now_ms: int) -> "Timer":
        """More time counts from now when the time is already over: one press always gives the whole minute."""
        left = max(0, max(0, self.left(now_ms)) + ms)
        total = max(self.total_ms + ms, left)
        return Timer(total, 0, left) if self.paused else Timer(total, now_ms + left)


WhyRegrouped = Literal["formed", "by_hand", "repaired", "left", "late", "undone", "partners"]
"""What put a group together as it is: the dice, the moderator's hand, somebody alone who was taken in, somebody who
left for good, somebody who came, a change that was taken back, or that people chose each other or parted."""


class Shift(msgspec.Struct, frozen=True, omit_defaults=True):
    """The last change of who sits in a group: what the group is told about it."""

    why: WhyRegrouped
    came: tuple[PersonId, ...] = ()
    went: tuple[PersonId, ...] = ()


class PhaseRun(msgspec.Struct, frozen=True, omit_defaults=True):
    """One phase of this workshop: what the pack planned, and what has happened. Times are Unix milliseconds.

    `how` is the form that a moderator chose for a grouping instead of the path's. `ended` are the groups that were
    taken apart while the phase ran, with those who sat there last: what they wrote stays theirs to read. `without` are
    steps that are left out to win time.
    """

    id: PhaseId
    spec: str
    variant: str
    minutes: int
    meeting: int = 0
    counted: bool = True
    between: bool = False
    ahead: bool = False
    status: PhaseStatus = "planned"
    skipped: bool = False
    opened_ms: int = 0
    spent_ms: int = 0
    """Milliseconds that the room was in this phase, without the visit that is going on."""
    entered_ms: int = 0
    left_ms: int = 0
    """When the room last went on from it, or it was closed."""
    groups: Mapping[str, tuple[Group, ...]] = {}
    used: frozenset[GroupId] = frozenset()
    """Every group that this phase ever had: the pages of one that ended must not open for another of its name."""
    progress: Mapping[str, Progress] = {}
    how: Mapping[str, Grouping] = {}
    ended: Mapping[str, tuple[Group, ...]] = {}
    shifts: Mapping[GroupId, Shift] = {}
    without: tuple[StepId, ...] = ()
    by_hand: frozenset[str] = frozenset()
    """Groupings that a moderator changed by hand after they were formed: no rule puts them together anew."""
    catching_up: frozenset[PersonId] = frozenset()
    """For whom it is open although it is closed."""
    sat: Mapping[str, frozenset[Pair]] = {}
    """By grouping, who has really sat together in it."""

    @property
    def is_open(self) -> bool:
        return self.status in ("open", "warning", "reopened")

    @property
    def is_shown(self) -> bool:
        """Whether anybody has a view of it: it was opened, or is shown ahead."""
        return self.opened_ms > 0 or self.ahead


class Before(msgspec.Struct, frozen=True):
    """What `UndoMove` goes back to: where the room was, and how the phases and clocks stood. Content is untouched."""

    at: PhaseId | None
    phases: tuple[PhaseRun, ...]
    timers: Mapping[str, Timer]
    moved_ms: int
    mover: str
    life: Life | None = None
    """None: the move was written down by an older version, which did not change it."""


Signal = Literal["done", "need_time"]


class Signals(msgspec.Struct, frozen=True):
    """What people tell the moderator by a tap, for the step where the room stands: one thing at a time.

    Held in parts, of which a tap copies one: among a thousand people it costs what it costs among ten.
    """

    parts: tuple[Mapping[PersonId, Signal], ...] = ({},) * 32

    def of(self, person: PersonId) -> Signal | None:
        return self.parts[hash(person) % len(self.parts)].get(person)

    def saying(self, signal: Signal) -> frozenset[PersonId]:
        return frozenset(person for part in self.parts for person, said in part.items() if said == signal)

    def said(self, person: PersonId, signal: Signal) -> "Signals":
        at = hash(person) % len(self.parts)
        return self._with(at, {**self.parts[at], person: signal})

    def unsaid(self, person: PersonId, signal: Signal | None = None) -> "Signals":
        """Nothing any more; with `signal`, only if that was it."""
        at = hash(person) % len(self.parts)
        left = dict(self.parts[at])
        said = left.pop(person, None)
        return self if said is None or (signal and signal != said) else self._with(at, left)

    def _with(self, at: int, part: Mapping[PersonId, Signal]) -> "Signals":
        parts = list(self.parts)
        parts[at] = part
        return Signals(tuple(parts))


class HelpCall(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody asks for the moderator. `group` is set when the whole group should see that somebody is coming."""

    person: PersonId
    at_ms: int
    group: GroupId | None = None
    reason: Literal["help", "partner_gone"] = "help"
    coming: StaffId | None = None


class Handover(msgspec.Struct, frozen=True, omit_defaults=True):
    """A moderator's way to somebody's seat from another device: offered, answered by its owner, opened, closed."""

    person: PersonId
    by: Role
    offered_ms: int
    until_ms: int
    state: Literal["offered", "allowed", "refused", "opened", "closed"] = "offered"
    opened_ms: int = 0


class Announcement(msgspec.Struct, frozen=True):
    """A message of the moderator to an audience; its words are a frozen text."""

    text: FrozenId
    to: Audience
    at_ms: int


class Keeping(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whom the moderator keeps apart and together, beside the rules of each grouping."""

    apart: frozenset[tuple[PersonId, PersonId]] = frozenset()
    together: frozenset[tuple[PersonId, PersonId]] = frozenset()


class Undoable(msgspec.Struct, frozen=True):
    """What `UndoAct` goes back to: how the things that an act `touched` stood before it."""

    seq: Seq
    at_ms: int
    staff: str
    touched: frozenset[str]
    phases: tuple[PhaseRun, ...]
    people: People
    keeping: Keeping


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
    people: People = {}
    timers: Mapping[str, Timer] = {}
    before: Before | None = None
    signals: Signals = Signals()
    help: tuple[HelpCall, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    acts: tuple[Act, ...] = ()
    keeping: Keeping = Keeping()
    met: Meetings = Meetings()
    undoable: tuple[Undoable, ...] = ()
    looking: Mapping[StaffId, GroupId] = {}
    viewing: Mapping[StaffId, PersonId] = {}
    """Whose screen a moderator looks at. It lasts over steps and phases, as the person does."""
    staff: Mapping[StaffId, Role] = {}
    """The co-moderators who were ever here or expected, and moderators with a link of their own."""
    tables: Mapping[StaffId, tuple[int, ...]] = {}
    """The tables that a co-moderator looks after, whatever group sits there."""
    handovers: Mapping[str, Handover] = {}
    happened_ms: int = 0
    """When the room was last moved, opened, closed or ended; 0 before the first time."""

    def __repr__(self) -> str:
        return f"<Workshop {self.id} at={self.at or '-'} people={len(self.people)} life={self.life}>"

    def phase(self, which: str) -> PhaseRun | None:
        return next((run for run in self.phases if run.id == which), None)

    def with_run(self, changed: PhaseRun) -> "Workshop":
        return replace(self, phases=tuple(changed if run.id == changed.id else run for run in self.phases))

    @property
    def current(self) -> PhaseRun | None:
        return self.phase(self.at) if self.at else None

    def spec(self, run: PhaseRun) -> Phase:
        return self.pack.phases[run.spec]

    def variant(self, run: PhaseRun) -> Variant:
        return self.spec(run).variants[run.variant]

    def steps(self, run: PhaseRun) -> tuple[Step, ...]:
        """The steps that the room goes through, without those that were left out to win time."""
        return self.variant(run).steps_without(run.without)

    def grouping(self, run: PhaseRun, name: str) -> Grouping | None:
        """How a grouping is put together: as the moderator chose, else as the path says."""
        return run.how.get(name) or self.spec(run).groups.get(name)

    def joined(self) -> frozenset[PersonId]:
        """Everybody with a place in the room: not those only expected, nor those who left for good."""
        return joined(self.people)


def grouping_at(run: PhaseRun, step: Step) -> tuple[Group, ...]:
    """The groups that work together in this step; none in a step for the room or for each alone."""
    return run.groups.get(step.groups, ())
