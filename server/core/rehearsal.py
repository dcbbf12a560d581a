"""How a bot plays an activity: it looks at its views, and answers with what it would do next.

A script is a pure function without memory. Asked twice with the same views it says the same, and what it has done it
reads from its views and pages; so a bot may be interrupted, doubled or late like anybody else.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar

import msgspec

from server.core.messages import Command, PageId, PersonId, PhaseId
from server.core.path import Choice, Grouping, Step
from server.core.products import Product

Body: TypeAlias = Mapping[str, object]
"""A view's body as a browser gets it: builtins, with defaults left out."""


class BotView(msgspec.Struct, frozen=True):
    """What a bot's browser holds. `group` is the view of its group in the current step, `group_id`.

    `pages` are those that its views name (`named_pages`) and that it could open, as they read now.
    """

    person: PersonId
    phase: PhaseId
    status: str
    step: str
    turn: int
    group_id: str = ""
    room: Body = {}
    group: Body = {}
    me: Body = {}
    pages: Mapping[PageId, Mapping[str, str]] = {}

    @property
    def is_open(self) -> bool:
        return self.status in ("open", "warning", "reopened")

    def wrote(self, page: PageId, field: str) -> bool:
        return bool(self.pages.get(page, {}).get(field))


class Send(msgspec.Struct, frozen=True):
    command: Command


class Write(msgspec.Struct, frozen=True):
    """Type `text` into an empty field of a page."""

    page: PageId
    field: str
    text: str


class Wait(msgspec.Struct, frozen=True):
    """Something is still to come from others: a turn, a text, a decision."""


class Done(msgspec.Struct, frozen=True):
    """Nothing left to do in this phase."""


WAIT: Final = Wait()
DONE: Final = Done()
BotAct: TypeAlias = Send | Write | Wait | Done


class Dice(Protocol):
    """What a script needs of `random.Random`."""

    def random(self) -> float: ...

    def randrange(self, stop: int, /) -> int: ...


Script: TypeAlias = Callable[[PersonId, BotView, Dice], list[BotAct]]
Moderation: TypeAlias = Callable[[Body, str], list[Command]]
"""What a moderator does next, who sees the moderators' view of the phase in a step of this id."""
ConfigT = TypeVar("ConfigT", bound=msgspec.Struct)


def hands_off(_seen: Body, _step: str) -> list[Command]:
    return []


def nothing_before(_people: tuple[PersonId, ...]) -> tuple[Product, ...]:
    return ()


@dataclass(frozen=True)
class Example(Generic[ConfigT]):
    """An activity ready to be played: for rehearsals, for the conformance tests and for pictures of its screens.

    `before` makes the products of earlier phases that it needs; `withdrawals` are the commands that a closed phase
    still takes, to take something back or to look back; `by_staff` are commands as only moderators may send them,
    `mishaps` those that a day without mishaps does not need. Where a moderator must act before anybody can go on,
    `moderation` does. `lasting` are the kinds of pages that people go on writing when the phase is closed.
    """

    config: ConfigT
    steps: tuple[Step, ...]
    script: Script
    groups: Mapping[str, Grouping] = field(default_factory=dict)
    vocabularies: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    before: Callable[[tuple[PersonId, ...]], tuple[Product, ...]] = nothing_before
    withdrawals: tuple[type[Command], ...] = ()
    by_staff: tuple[Command, ...] = ()
    mishaps: tuple[type[Command], ...] = ()
    moderation: Moderation = hands_off
    lasting: tuple[str, ...] = ()


AnyExample: TypeAlias = Example[Any]


def named_pages(phase: PhaseId, body: object) -> Iterator[PageId]:
    """The pages of a phase that a view names: those that a browser with this view on its screen would open."""
    if isinstance(body, str):
        if body.startswith(f"{phase}/"):
            yield PageId(body)
    elif isinstance(body, Mapping):
        for value in body.values():
            yield from named_pages(phase, value)
    elif isinstance(body, list | tuple):
        for value in body:
            yield from named_pages(phase, value)
