"""The index of rooms says what the library's own search would, and goes on doing so when the library changes."""

import inspect
import random
import re
from types import SimpleNamespace
from typing import Any

from socketio import AsyncManager

from server.edge.membership import Membership

NAMESPACE = "/"
CONNECTIONS = 12
ROOMS = 7
STEPS = 3_000


def manager_of(kind: type[Any]) -> Any:
    made = kind()
    made.server = SimpleNamespace(eio=SimpleNamespace(generate_id=lambda: ""))
    return made


def connects(manager: Any, sid: str) -> None:
    manager.basic_enter_room(sid, NAMESPACE, None, eio_sid=f"engine of {sid}")
    manager.basic_enter_room(sid, NAMESPACE, sid, eio_sid=f"engine of {sid}")


def rooms(manager: Any) -> dict[str | None, dict[str, str]]:
    return {room: dict(members) for room, members in manager.rooms.get(NAMESPACE, {}).items()}


def test_a_day_of_coming_and_going_leaves_the_rooms_as_the_library_leaves_them() -> None:
    dice = random.Random(3)
    ours, theirs = manager_of(Membership), manager_of(AsyncManager)
    here: set[str] = set()
    for _ in range(STEPS):
        sid, room = f"s{dice.randrange(CONNECTIONS)}", f"room {dice.randrange(ROOMS)}"
        if sid not in here:
            here.add(sid)
            for manager in (ours, theirs):
                connects(manager, sid)
        elif dice.random() < 0.1:
            here.remove(sid)
            for manager in (ours, theirs):
                manager.pre_disconnect(sid, NAMESPACE)
                manager.basic_disconnect(sid, NAMESPACE)
        else:
            change = dice.choice(("basic_enter_room", "basic_leave_room"))
            for manager in (ours, theirs):
                getattr(manager, change)(sid, NAMESPACE, room)
        assert rooms(ours) == rooms(theirs)
        assert sorted(ours.get_rooms(sid, NAMESPACE)) == sorted(theirs.get_rooms(sid, NAMESPACE))
        assert ours.pending_disconnect == theirs.pending_disconnect
    assert repr(ours) == f"<Membership connections={len(here)}>"


def test_the_library_changes_its_rooms_by_these_two_ways_alone() -> None:
    written = re.compile(r"del self\.rooms\[|self\.rooms\[[^=\n]*\] = ")
    methods = inspect.getmembers(AsyncManager, inspect.isfunction)
    changing = {name for name, method in methods if written.search(inspect.getsource(method))}
    assert changing - {"__init__"} == {"basic_enter_room", "basic_leave_room"}
