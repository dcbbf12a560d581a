"""What crosses the wire, gathered from the protocol, the workshop and whatever activities there are."""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import msgspec

from protocol.frames import ASKED, TOLD, Hello, RefusedFrame
from scripts.typescript import Struct, named_unions, structs_in
from server.app.activities import all_activities
from server.core.activity import AnyActivity, Tick
from server.core.path import Pack
from server.core.workshop import board, preview, views
from server.core.workshop.commands import WORKSHOP_COMMANDS
from server.runtime.live import PagesView
from server.runtime.presence import PresenceView

FLICKER_VIEWS: dict[str, Struct] = {"~here": PresenceView, "~pages": PagesView}
"""The parts that are no phase, and what is seen in them."""

RESERVED = frozenset(
    {"Asked", "Body", "Commands", "FlickerViews", "Path", "Preview", "Question", "Refused", "Told", "Views"}
)
"""Names that the TypeScript gives to something else."""

WORKSHOP_VIEWS: dict[str, Struct] = {
    "room": views.RoomView,
    "person": views.PersonView,
    "group": views.GroupView,
    "moderators": board.ModeratorsView,
    "screen": board.ScreenView,
}


@dataclass(frozen=True)
class Wire:
    """The structs of the wire under the names by which other languages know them."""

    frames: tuple[Struct, ...]
    answers: tuple[Struct, ...]
    activities: dict[str, AnyActivity]
    names: dict[Struct, str]
    unions: dict[str, tuple[object, ...]]


@cache
def activities() -> dict[str, AnyActivity]:
    """Those that have a folder; a placeholder carries the name of the one that it stands for."""
    return {name: one for name, one in sorted(all_activities().items()) if one.name == name}


def wishes_of(activity: AnyActivity) -> tuple[Struct, ...]:
    """Its commands without the clock's."""
    return tuple(one for one in activity.commands if one is not Tick)


@cache
def gathered() -> Wire:
    asked = [kind for frame, answer in ASKED.values() for kind in (frame, answer) if kind is not None]
    frames = structs_in([Hello, *TOLD.values(), *asked, RefusedFrame])
    answers = tuple(kind for name, kind in vars(preview).items() if _is_preview(name, kind))
    core = structs_in([*WORKSHOP_COMMANDS, *WORKSHOP_VIEWS.values(), *preview.QUESTIONS, *answers])
    core += structs_in([*FLICKER_VIEWS.values(), Pack])
    found = dict.fromkeys([*frames, *core])
    for one in activities().values():
        found.update(dict.fromkeys(structs_in([*wishes_of(one), *one.views])))
    modules = [sys.modules[name] for name in dict.fromkeys(cls.__module__ for cls in found)]
    names = named(found)
    unions = {name: values for name, values in named_unions(modules).items() if name not in names.values()}
    return Wire(tuple(frames), answers, activities(), names, unions)


def _is_preview(name: str, kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct) and name.endswith("Preview")


def named(found: Iterable[Struct]) -> dict[Struct, str]:
    """Each struct's own name; those of activities that share one are called after their folder as well."""
    structs = list(found)
    borne = Counter(cls.__name__ for cls in structs)
    names = {cls: _name(cls, borne[cls.__name__]) for cls in structs}
    doubled = [name for name, times in Counter(names.values()).items() if times > 1]
    if doubled:
        raise ValueError(f"two structs of one folder are called {', '.join(doubled)}; rename one")
    return names


def _name(cls: Struct, borne: int) -> str:
    theirs = cls.__module__.startswith("server.activities.")
    crowded = cls.__name__ in RESERVED or (theirs and borne > 1)
    return f"{folder_of(cls)}{cls.__name__}" if crowded else cls.__name__


def folder_of(cls: type) -> str:
    """`server.activities.balance_wheel.views` is `BalanceWheel`."""
    return camel(cls.__module__.split(".")[-2])


def camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))
