"""The vocabulary of a workshop: who wishes what, what became fact, and what was refused.

Read this file first. Somebody *wishes* (a `Command`); the rules answer with *facts* (`Event`s) or with `Refused`;
the facts of one command are one `Commit`, the single entry of the log that it takes.
"""

from collections.abc import Mapping
from typing import ClassVar, Literal, NewType

import msgspec

WorkshopId = NewType("WorkshopId", str)
PersonId = NewType("PersonId", str)
"""A seat in the room. Never a name: names live in a hash of their own and can be erased on their own."""
SchoolId = NewType("SchoolId", str)
PhaseId = NewType("PhaseId", str)
StepId = NewType("StepId", str)
GroupId = NewType("GroupId", str)
PageId = NewType("PageId", str)
"""A shared text, `phase/kind/owner`, for example `write/vignette/p7f3`. It is written in a Yjs document."""
FrozenId = NewType("FrozenId", str)
"""A frozen copy of a page. Random, so that it tells nobody whose page it was."""
DeviceId = NewType("DeviceId", str)
"""One loaded browser page; its commands are numbered from 1."""
StaffId = NewType("StaffId", str)

Seq = NewType("Seq", int)
"""The number of a commit: `418` is the stream entry `418-0`."""

WORKSHOP: Literal[""] = ""
"""The scope of a command or an event of the workshop itself; every other scope is a `PhaseId`."""

Role = Literal["person", "moderator", "co_moderator", "observer", "screen", "clock", "host"]
"""Who acts. `clock` is the server's own timers, `host` the command line and the retention job."""

STAFF: frozenset[Role] = frozenset({"moderator", "co_moderator"})


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="type"):
    """A wish in the imperative, which may be refused: `CastVote`. Its tag is its class name."""


class Event(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type"):
    """A fact in the past tense, never refused; folding it never fails: `VoteCast`.

    Later versions of an event get a tag of their own (`VoteCast2`), so that a log of any age still folds.
    `concerns` says whose views it can change beside those of the room, the moderators and the screen: everybody's, or
    only those of its field `person` (and that person's groups), or of its field `group` (and its members), or those of
    the few in its attribute `people` (and their groups). Narrow it where many people act at once: with 1,000 people in
    a room a vote must not cost 1,000 views.
    """

    concerns: ClassVar[Literal["everybody", "person", "group", "people"]] = "everybody"


class OfPerson(Event, frozen=True):
    """A fact about one person."""

    concerns: ClassVar[Literal["everybody", "person", "group", "people"]] = "person"

    person: PersonId


class OfGroup(Event, frozen=True):
    """A fact about one group."""

    concerns: ClassVar[Literal["everybody", "person", "group", "people"]] = "group"

    group: GroupId


class Freezing(Command, frozen=True):
    """A command that freezes the text of `page`: its copy arrives in `Context.texts` before the rules decide."""

    page: PageId


class Saying(Command, frozen=True):
    """A command with a sentence in it; the log keeps only the name of its frozen copy, `Context.said`."""

    text: str


class Actor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who wishes. `id` is a person's or a staff member's; `typed_by` names the staff or person who typed for them."""

    role: Role
    id: str = ""
    typed_by: str = ""

    @property
    def person(self) -> PersonId | None:
        return PersonId(self.id) if self.role == "person" else None

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF


CLOCK = Actor("clock")
HOST = Actor("host")


class PageText(msgspec.Struct, frozen=True):
    """A page as it reads now: its fields in plain text, and the name under which its frozen copy is kept.

    `names` holds the marks (`server.core.naming`) of the registered names in it: the rules themselves know no names.
    """

    page: PageId
    frozen: FrozenId
    sha256: str
    fields: Mapping[str, str]
    names: tuple[str, ...] = ()


class Context(msgspec.Struct, frozen=True):
    """What the rules may know of the world: the time, one roll of the dice, who is here, and the texts to be frozen.

    `salt` is a roll that nobody can guess: `seed` may stand in the log beside what it decided.
    """

    now_ms: int
    seed: int
    present: frozenset[PersonId] = frozenset()
    texts: Mapping[PageId, PageText] = {}
    said: FrozenId | None = None
    salt: str = ""


class Act(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the log of the moderators' own acts: whom and which tables it was about.

    `number` is what was counted: minutes, a step or a turn from 1. `seq`, the number of its commit, comes on folding.
    """

    at_ms: int
    staff: str
    what: str
    phase: str | None = None
    detail: str = ""
    people: tuple[PersonId, ...] = ()
    tables: tuple[int, ...] = ()
    number: int = 0
    seq: int = 0


class Commit(msgspec.Struct, frozen=True, omit_defaults=True, array_like=True):
    """The facts of one command: one entry of the log. `facts` are pairs of a scope and the encoded event.

    `act` is the line that it adds to the log of the moderators' own acts.
    """

    at_ms: int
    actor: Actor
    device: DeviceId
    number: int
    facts: tuple[tuple[str, msgspec.Raw], ...]
    act: Act | None = None


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The rules say no. `code` is stable and translatable, `detail` says what to do, for a log or a developer."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
