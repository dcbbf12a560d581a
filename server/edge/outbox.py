"""Sends one event to many sockets: encoded once, written to each in one turn of the loop, held up by no slow one."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from protocol.squeezing import squeezed
from server.edge.channel import ChannelServer, FramedPacket, websocket_frame

FLICKER_ABOVE_BYTES: Final = 64 * 1024
"""Beyond this a screen is seconds behind on a school's network, and a cursor would show where somebody was."""

HANG_UP_ABOVE_BYTES: Final = 4 * 1024 * 1024
"""More than any first view and open text together: reconnecting is then cheaper than catching up."""

SOCKETIO_EVENT: Final = 2


class EventPacket(msgspec.Struct, frozen=True):
    """A Socket.IO event as its msgpack parser writes it."""

    type: int
    data: tuple[str, object]
    nsp: str


encoder: Final = msgspec.msgpack.Encoder()


def encode_event(event: str, payload: object) -> bytes:
    """The Socket.IO packet; a `msgspec.Raw` anywhere in `payload` is spliced in as it stands."""
    return encoder.encode(EventPacket(SOCKETIO_EVENT, (event, payload), "/"))


class Outbox:
    """The way out for everything the server says unasked."""

    def __init__(self, sio: ChannelServer, on_slow: Callable[[str], None] | None = None) -> None:
        """`on_slow` hears the sid of each client that is hung up on, before its `disconnect`."""
        self._sio = sio
        self._on_slow = on_slow
        self._hanging_up: dict[str, asyncio.Task[None]] = {}

    def __repr__(self) -> str:
        return f"<Outbox hanging_up={len(self._hanging_up)}>"

    def send(self, sids: Iterable[str], event: str, payload: object, *, droppable: bool = False) -> int:
        """Send to every one of `sids` that is there, in order with all that was sent before; returns to how many.

        A droppable event is left out where the backlog is long already.
        """
        body = squeezed(encode_event(event, payload))
        frame = websocket_frame(body)
        held: FramedPacket | None = None
        sent = 0
        for sid in sids:
            outgoing = self._sio.outgoing(sid)
            if outgoing is None or sid in self._hanging_up:
                continue
            if outgoing.write_now(frame):
                sent += 1
                continue
            backlog_bytes = outgoing.backlog_bytes
            if backlog_bytes > HANG_UP_ABOVE_BYTES:
                self._hang_up(sid)
            elif not (droppable and backlog_bytes > FLICKER_ABOVE_BYTES):
                held = held or FramedPacket(body)
                outgoing.put_nowait(held)
                sent += 1
        return sent

    def backlog_bytes(self, sid: str) -> int:
        """Bytes that wait for this client; 0 when it has gone."""
        outgoing = self._sio.outgoing(sid)
        return 0 if outgoing is None else outgoing.backlog_bytes

    def members(self, room: str) -> list[str]:
        """The sids that are in `room` now."""
        return [sid for sid, _ in self._sio.manager.get_participants("/", room)]

    def _hang_up(self, sid: str) -> None:
        if self._on_slow is not None:
            self._on_slow(sid)
        task = asyncio.get_running_loop().create_task(self._sio.hang_up(sid))
        self._hanging_up[sid] = task
        task.add_done_callback(lambda _: self._hanging_up.pop(sid, None))
