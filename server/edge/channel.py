"""Puts a packet for a Socket.IO client with a WebSocket on the wire before the call returns; no task is woken for it.

Everything that leans on the insides of python-socketio, engine.io and uvicorn stands here;
`tests/edge/test_channel.py` notices when they move.
"""

import asyncio
import base64
import functools
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias
from weakref import WeakValueDictionary

import engineio
import msgspec
import socketio
from engineio.async_drivers.asgi import WebSocket
from engineio.packet import MESSAGE, Packet
from engineio.payload import Payload
from socketio.packet import EVENT
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from protocol.squeezing import squeezed
from server.edge.membership import Membership
from server.edge.packets import acknowledgement, one_frame

SCOPE_EXTENSION: Final = "boundary.channel"
BINARY_OPCODE: Final = 0x2
TEXT_OPCODE: Final = 0x1
TRY_AGAIN_LATER: Final = 1013
HANG_UP_GRACE_S: Final = 5.0
MAX_PACKETS_IN_A_POST: Final = 2000
READ_AHEAD_MESSAGES: Final = 16
AtOnce: TypeAlias = "Callable[[str, msgspec.Raw, Callable[..., None]], bool]"
"""Takes a client's sid, a frame, and what to call with the answer; False, and nothing done, when it needs a task."""

NOOP: Final = "6"
"""Engine.IO's packet without a meaning."""


def websocket_frame(message: bytes | str) -> bytes:
    """One final, unmasked, uncompressed server-to-client frame (RFC 6455, 5.2): the same bytes for everybody."""
    body = message.encode() if isinstance(message, str) else message
    opcode = 0x80 | (TEXT_OPCODE if isinstance(message, str) else BINARY_OPCODE)
    size = len(body)
    if size < 126:
        return bytes((opcode, size)) + body
    if size < 1 << 16:
        return bytes((opcode, 126)) + size.to_bytes(2, "big") + body
    return bytes((opcode, 127)) + size.to_bytes(8, "big") + body


class FramedPacket(Packet):  # type: ignore[misc]
    """A binary message encoded at most once for each transport, whoever receives it and by whichever."""

    def __init__(self, body: bytes) -> None:
        super().__init__(MESSAGE, body)
        self.frame: Final = websocket_frame(body)

    # The library caches whichever form is asked for first, and then hands a polling client the bytes of a WebSocket.
    def encode(self, b64: bool = False) -> bytes | str:
        body: bytes = self.data
        return self.text if b64 else body

    @functools.cached_property
    def text(self) -> str:
        """The form in which long polling carries it."""
        return "b" + base64.b64encode(self.data).decode("ascii")


class ChannelProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket protocol, which lets the application write ready frames; pass it to uvicorn as `ws`."""

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[SCOPE_EXTENSION] = self

    short_way: Callable[[bytes], bool] | None = None
    """Handles a binary message in one go and says True, or leaves it to the application."""
    is_idle = False
    """Whether the application waits for a message and does nothing else."""

    # uvicorn stops and starts the reading of the socket around every message: two system calls each. To be told that
    # reading has stopped already keeps it from that until so many wait.
    def send_receive_event_to_app(self) -> None:
        if self._went_the_short_way():
            self.frames = []
            return
        self.read_paused = self.queue.qsize() < READ_AHEAD_MESSAGES
        super().send_receive_event_to_app()

    # Handed to the application a message costs a queue, a task that wakes, and two turns of the event loop.
    def _went_the_short_way(self) -> bool:
        nothing_ahead = self.is_idle and self.queue.empty() and not self.close_sent
        if not nothing_ahead or self.short_way is None or self.curr_msg_data_type != "bytes":
            return False
        return self.short_way(self.frames[0] if len(self.frames) == 1 else b"".join(self.frames))

    def write_frame(self, frame: bytes) -> None:
        """Write a ready frame; a connection that is closing or not yet open swallows it."""
        if self.handshake_complete and not self.close_sent and not self.transport.is_closing():
            self.transport.write(frame)

    @property
    def unsent_bytes(self) -> int:
        """Bytes that the kernel has not taken from us."""
        return self.transport.get_write_buffer_size()

    def hang_up(self) -> None:
        """Close with a code that says "come back", and abort when the client does not even read that."""
        if not self.transport.is_closing():
            self.conn.send_close(TRY_AGAIN_LATER, "too_slow")
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.close_sent = True
            self.transport.close()
            self.loop.call_later(HANG_UP_GRACE_S, self.transport.abort)


class Outgoing(asyncio.Queue[Packet | None]):
    """The outgoing packets of one client: held for long polling, written straight through once it has a WebSocket."""

    def __init__(self) -> None:
        super().__init__()
        self._channel: ChannelProtocol | None = None
        self._socket: Any = None
        self._in_hand = 0
        self._held_bytes = 0

    def __repr__(self) -> str:
        way = "direct" if self._direct else "held"
        return f"<Outgoing {way} backlog_bytes={self.backlog_bytes}>"

    def write_now(self, frame: bytes) -> bool:
        """Write a ready frame if nothing is ahead of it; False, and nothing done, otherwise."""
        channel = self._channel
        if channel is None or self._in_hand or not self._socket.upgraded or channel.transport.get_write_buffer_size():
            return False
        channel.write_frame(frame)
        return True

    def attach(self, channel: ChannelProtocol, socket: Any) -> None:
        """From the moment that `socket` counts as upgraded, write its messages to `channel`."""
        self._channel, self._socket = channel, socket

    @property
    def channel(self) -> ChannelProtocol | None:
        return self._channel

    @property
    def backlog_bytes(self) -> int:
        unsent = 0 if self._channel is None else self._channel.unsent_bytes
        return self._held_bytes + unsent

    # A packet that the library's writer has taken but not yet sent is still ahead of this one.
    @property
    def _direct(self) -> bool:
        return self._channel is not None and self._in_hand == 0 and self._socket.upgraded

    def put_nowait(self, item: Packet | None) -> None:
        """Send `item` now if nothing is ahead of it, or hold it in order."""
        if item is not None and item.packet_type == MESSAGE:
            if self._direct:
                frame = item.frame if isinstance(item, FramedPacket) else websocket_frame(message_of(item))
                self._channel.write_frame(frame)  # type: ignore[union-attr]
                return
            if item.binary and not isinstance(item, FramedPacket):
                item = FramedPacket(item.data)
        self._in_hand += 1
        super().put_nowait(item)

    def task_done(self) -> None:
        super().task_done()
        self._in_hand -= 1

    def clear(self) -> None:
        """Forget what is held."""
        while not self.empty():
            self.get_nowait()
            self.task_done()

    def _put(self, item: Packet | None) -> None:
        self._held_bytes += size_of(item)
        super()._put(item)

    def _get(self) -> Packet | None:
        item: Packet | None = super()._get()
        self._held_bytes -= size_of(item)
        return item


def message_of(packet: Packet) -> bytes | str:
    """What a WebSocket carries of `packet`, past the cache that may hold the form for long polling."""
    message: bytes | str = packet.data if packet.binary else packet.encode()
    return message


def size_of(packet: Packet | None) -> int:
    """Length of a packet's content, in bytes or characters; control packets count as nothing."""
    return len(packet.data) if packet is not None and isinstance(packet.data, bytes | str) else 0


class ChannelSocket(WebSocket):  # type: ignore[misc]
    """engine.io's view of an accepted WebSocket."""

    channel: ChannelProtocol | None = None

    async def __call__(self, environ: dict[str, Any]) -> str:
        self.channel = environ["asgi.scope"].get("extensions", {}).get(SCOPE_EXTENSION)
        if self.channel is not None:
            engine_socket = self.handler.__self__
            engine_socket.queue.attach(self.channel, engine_socket)
        answer: str = await super().__call__(environ)
        return answer

    # The stock method may wait for the transport between two packets, and a direct write would overtake the second.
    async def send(self, message: bytes | str) -> None:
        if self.channel is None:
            await super().send(message)
        else:
            self.channel.write_frame(websocket_frame(message))

    # The library makes a task and a timer for every message that arrives, a third of what it costs. Control packets
    # still go that way, pongs among them, so that a device that falls silent is noticed as before.
    async def wait(self) -> bytes | str:
        if self.channel is None:
            packet: bytes | str = await super().wait()
            return packet
        engine_socket = self.handler.__self__
        began_s = time.monotonic()
        # The library takes a device for lost whose next packet it has waited for too long; a device whose frames wait
        # for their turn is not lost.
        while time.monotonic() - began_s < engine_socket.server.ping_interval:
            arrived = await self._next(self.channel, engine_socket)
            if arrived["type"] != "websocket.receive":
                raise OSError(arrived["type"])
            body: bytes | None = arrived.get("bytes")
            if body is None:
                text: str = arrived["text"]
                return text
            if len(body) > engine_socket.server.max_http_buffer_size:
                raise ValueError("packet is too large")
            if not engine_socket.upgraded:
                return body
            await engine_socket.server.on_message(engine_socket.sid, body)
        return NOOP

    async def _next(self, channel: ChannelProtocol, engine_socket: Any) -> Any:
        if channel.short_way is None and engine_socket.upgraded:
            channel.short_way = functools.partial(engine_socket.server.on_message_at_once, engine_socket)
        channel.is_idle = True
        try:
            return await self.asgi_receive()
        finally:
            channel.is_idle = False


class ChannelEngine(engineio.AsyncServer):  # type: ignore[misc]
    """engine.io with direct channels."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.on_message: Callable[[str, bytes], Awaitable[None]] = self.by_the_long_way
        self.on_message_at_once: Callable[[Any, bytes], bool] = lambda _socket, _body: False
        # The library drops all of a longer post and answers "ok": a device that comes back with its work would lose it.
        Payload.max_decode_packets = MAX_PACKETS_IN_A_POST
        drivers: dict[str, Any] = self._async  # type: ignore[has-type]
        self._async = {**drivers, "websocket": ChannelSocket}

    def create_queue(self, *_args: Any, **_options: Any) -> Outgoing:
        return Outgoing()

    async def by_the_long_way(self, eio_sid: str, body: bytes) -> None:
        """A message through every hand of the library, as one that was polled."""
        await self._trigger_event("message", eio_sid, body, run_async=False)


class ChannelServer(socketio.AsyncServer):  # type: ignore[misc]
    """python-socketio with direct channels: what it sends itself, acknowledgements too, takes the short way as well."""

    def __init__(self, **options: Any) -> None:
        super().__init__(client_manager=Membership(), **options)
        # Two tables of the library lie between a client and its socket; asked for every frame they cost as much as it.
        self._known: WeakValueDictionary[str, Any] = WeakValueDictionary()
        self.eio.on_message = self._on_message
        self.eio.on_message_at_once = self._on_message_at_once
        self.at_once: dict[str, AtOnce] = {}
        """Handlers by event for which no task is woken; when one says False, that of `on` is asked."""

    def _engineio_server_class(self) -> type[ChannelEngine]:
        return ChannelEngine

    def outgoing(self, sid: str) -> Outgoing | None:
        """The outgoing packets of a connected client, or None when it has gone."""
        engine_socket = self._known.get(sid)
        if engine_socket is None:
            engine_socket = self.eio.sockets.get(self.manager.eio_sid_from_sid(sid, "/"))
            if engine_socket is None:
                return None
            self._known[sid] = engine_socket
        if engine_socket.closed or engine_socket.closing:
            return None
        queue: Outgoing = engine_socket.queue
        return queue

    # Between the socket and a handler the library wraps each message in four coroutines and reads its type three times.
    async def _on_message(self, eio_sid: str, body: bytes) -> None:
        packet = self.packet_class(encoded_packet=body)
        if packet.packet_type == EVENT:
            try:
                await self._handle_event(eio_sid, packet.namespace, packet.id, packet.data)
            except Exception:
                self.logger.exception("message async handler error")
        else:
            await self.eio.by_the_long_way(eio_sid, body)

    # The library looks a handler up, asks what kind of function it is, and passes its answer through six others: at one
    # acknowledgement for each word that is typed that was a fifth of what a word cost.
    async def _handle_event(self, eio_sid: str, namespace: str, id: int | None, data: list[Any]) -> None:  # noqa: A002
        handler = self.handlers.get(namespace, {}).get(data[0])
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace)
        if handler is None or sid is None:
            await super()._handle_event(eio_sid, namespace, id, data)
            return
        answer = await handler(sid, *data[1:])
        engine_socket = self.eio.sockets.get(eio_sid)
        if engine_socket is None:
            return
        words = () if answer is None else answer if isinstance(answer, tuple) else (answer,)
        self._acknowledge(engine_socket, namespace, id, *words)

    def _on_message_at_once(self, engine_socket: Any, body: bytes) -> bool:
        event = one_frame(body)
        if event is None or len(body) > engine_socket.server.max_http_buffer_size:
            return False
        name, frame = event.data
        handler = self.at_once.get(name)
        sid = self.manager.sid_from_eio_sid(engine_socket.sid, "/")
        if handler is None or sid is None:
            return False
        return handler(sid, frame, functools.partial(self._acknowledge, engine_socket, "/", event.id))

    def _acknowledge(self, engine_socket: Any, namespace: str, number: int | None, *answers: object) -> None:
        if engine_socket.last_ping and time.time() - engine_socket.last_ping > self.eio.ping_timeout / 2:
            # The pong may lie behind frames that wait for their turn, and whoever sends those has not fallen silent.
            engine_socket.schedule_ping()
        if number is None or engine_socket.closed or engine_socket.closing:
            return
        body = squeezed(acknowledgement(number, namespace, *answers))
        if not engine_socket.queue.write_now(websocket_frame(body)):
            engine_socket.queue.put_nowait(FramedPacket(body))

    async def hang_up(self, sid: str) -> None:
        """Disconnect a client that does not keep up, without waiting for it; its own library connects again."""
        eio_sid = self.manager.eio_sid_from_sid(sid, "/")
        engine_socket = self.eio.sockets.get(eio_sid)
        if engine_socket is None:
            return
        engine_socket.queue.clear()
        if engine_socket.queue.channel is not None:
            engine_socket.queue.channel.hang_up()
        await engine_socket.close(wait=False, abort=True, reason=self.reason.TRANSPORT_ERROR)
