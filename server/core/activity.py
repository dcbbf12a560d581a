"""The shape of an activity: one method of the path, as pure functions over frozen structs.

An activity never imports another. It knows its own state and a `Scene`: its settings, the groups, where each group
stands, and the products of what came before.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import msgspec

from server.core.attending import People, joined
from server.core.groups import Group, group_of
from server.core.messages import Actor, Command, Context, Event, GroupId, PageId, PersonId, PhaseId
from server.core.path import Choice, Step, Turn
from server.core.products import Product
from server.core.view import Audience, View

PhaseStatus = Literal["planned", "open", "warning", "closed", "reopened"]
SceneStatus = PhaseStatus | Literal["catching_up"]
"""`catching_up`: the phase is closed, and one person who missed it makes up for the least that is needed of it."""
Right = Literal["write", "read"]


class Guest(msgspec.Struct, frozen=True):
    """May write on somebody else's page from then on; what its author crossed out before is not theirs to look up."""

    since_ms: int


Grant: TypeAlias = Right | Guest | Literal["count"]
"""What an actor may do with a page. `count`, for moderators: know how many words stand there, and not one of them."""


def right_of(grant: Grant | None) -> Right | None:
    """What a grant lets somebody do with the words of a page."""
    if isinstance(grant, Guest):
        return "write"
    return None if grant == "count" else grant


class Progress(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a group (or, under the key "", the whole room) stands inside a phase."""

    step: int = 0
    turn: int = 0
    since_ms: int = 0
    spent_ms: tuple[int, ...] = ()
    """Milliseconds spent in each earlier turn of this step."""


P = TypeVar("P", bound=msgspec.Struct)


class Scene(msgspec.Struct, frozen=True):
    """What surrounds an activity while it decides and shows: held by the workshop, read-only here."""

    phase: PhaseId
    status: SceneStatus
    steps: tuple[Step, ...]
    groups: Mapping[str, tuple[Group, ...]]
    progress: Mapping[str, Progress]
    people: People
    products: tuple[Product, ...] = ()
    vocabularies: Mapping[str, tuple[Choice, ...]] = {}
    apart: frozenset[tuple[PersonId, PersonId]] = frozenset()
    """Whom the moderator keeps apart in the whole workshop."""
    left_ms: int = 0
    """When the room left this phase, or it was closed; 0 while it is open or has not begun."""
    ahead: bool = False
    """Shown before it begins: what it asks of each alone may be left beforehand."""
    ended: bool = False
    """The workshop goes on no more, or only with its follow-up."""

    @property
    def is_open(self) -> bool:
        return self.status in ("open", "warning", "reopened")

    @property
    def is_open_alone(self) -> bool:
        """Open for what a person makes by themselves, also when they come to it after everybody else.

        What people do together, what ends with a phase, and what was revealed asks for `is_open`.
        """
        return self.is_open or self.status == "catching_up"

    @property
    def joined(self) -> frozenset[PersonId]:
        """Everybody with a place in the room: not those only expected, nor those who left for good."""
        return joined(self.people)

    def group(self, which: GroupId) -> Group | None:
        return next((group for groups in self.groups.values() for group in groups if group.id == which), None)

    def group_of(self, person: PersonId, grouping: str) -> Group | None:
        return group_of(self.groups.get(grouping, ()), person)

    def standing(self, group: GroupId | str = "") -> Progress:
        """Where this group stands; a group that never moved by itself stands where the room stands."""
        return self.progress.get(group) or self.progress.get("") or Progress()

    def step(self, group: GroupId | str = "") -> Step:
        return self.steps[min(self.standing(group).step, len(self.steps) - 1)]

    def turn(self, group: Group) -> Turn | None:
        """The turn that this group is at in its step, or None in a step without turns."""
        turns = self.step(group.id).turns.of_size(len(group.taking_part))
        standing = self.standing(group.id)
        return turns[standing.turn] if standing.turn < len(turns) else None

    def speaker(self, group: Group, turn: Turn) -> PersonId:
        """Whose turn it is: turns come to those who take part."""
        return group.taking_part[turn.speaker % len(group.taking_part)]

    def of(self, kind: type[P]) -> tuple[P, ...]:
        """The products of one kind that earlier phases made, in the order of the path."""
        return tuple(product for product in self.products if isinstance(product, kind))


ConfigT = TypeVar("ConfigT", bound=msgspec.Struct)
StateT = TypeVar("StateT", bound=msgspec.Struct)


@dataclass(frozen=True)
class Activity(Generic[ConfigT, StateT]):
    """One method of the path. All functions are pure: time, dice and texts arrive in the `Context`.

    `commands` and `events` are the activity's own, each a union's members. `decide` answers with facts or raises
    `Refused`; `evolve` never fails; `view` returns None where an audience sees nothing of this activity; `documents`
    lists the pages that an actor may open, and how, and for moderators those whose words are counted; `products` is
    what later phases may use.
    `decide` is called only for people with a seat and staff; whether the phase is open is for `decide` to check
    (`scene.is_open`), since some wishes (withdrawing a text) are allowed at any time.
    """

    name: str
    config: type[ConfigT]
    commands: tuple[type[Command], ...]
    events: tuple[type[Event], ...]
    views: tuple[type[msgspec.Struct], ...]
    start: Callable[[ConfigT], StateT]
    decide: Callable[[StateT, Command, Actor, Scene, Context], Iterable[Event]]
    evolve: Callable[[StateT, Event], StateT]
    view: Callable[[StateT, Audience, Scene], View | None]
    documents: Callable[[StateT, Actor, Scene], Mapping[PageId, Grant]]
    products: Callable[[StateT, Scene], tuple[Product, ...]]


AnyActivity: TypeAlias = Activity[Any, Any]
"""An activity whose own types only it knows; the workshop passes its state back to it unread."""


class Tick(Command, frozen=True):
    """The clock looks in. Activities that list it are asked every few seconds whether time has made something a fact;
    no fact, no commit."""


def no_products(_state: msgspec.Struct, _scene: Scene) -> tuple[Product, ...]:
    return ()
