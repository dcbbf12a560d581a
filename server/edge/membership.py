"""Which rooms a connection is in, known by the connection.

The library looks through all rooms of all workshops when somebody goes: a thousand people whose network fails at one
moment cost two million looks.
"""

from collections.abc import Iterable
from typing import Any

import socketio


class Membership(socketio.AsyncManager):  # type: ignore[misc]
    """python-socketio's own table of rooms, with an index from the connection to its rooms beside it."""

    rooms: dict[str, Any]

    def __init__(self) -> None:
        super().__init__()
        self._rooms_of: dict[tuple[str, str], set[str | None]] = {}

    def __repr__(self) -> str:
        return f"<Membership connections={len(self._rooms_of)}>"

    def basic_enter_room(self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None) -> None:
        super().basic_enter_room(sid, namespace, room, eio_sid)
        self._rooms_of.setdefault((namespace, sid), set()).add(room)

    def basic_leave_room(self, sid: str, namespace: str, room: str | None) -> None:
        super().basic_leave_room(sid, namespace, room)
        self._rooms_of.get((namespace, sid), set()).discard(room)

    def basic_disconnect(self, sid: str, namespace: str, **options: Any) -> None:
        for room in self._rooms_of.pop((namespace, sid), set()):
            super().basic_leave_room(sid, namespace, room)
        # The library does the rest; of the rooms there is nothing left that it could find.
        everybody, self.rooms = self.rooms, {namespace: {}}
        try:
            super().basic_disconnect(sid, namespace, **options)
        finally:
            self.rooms = everybody

    def get_rooms(self, sid: str, namespace: str) -> list[str]:
        rooms: Iterable[str | None] = self._rooms_of.get((namespace, sid), set())
        return [room for room in rooms if room is not None]
