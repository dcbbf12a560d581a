"""A real server on a free port, with an outbox, and real clients of it."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import msgpack
import socketio
import uvicorn
from socketio.msgpack_packet import MsgPackPacket

from protocol.squeezing import unsqueezed
from server.edge.channel import ChannelProtocol, ChannelServer
from server.edge.outbox import Outbox
from tests.support.eventually import eventually

SMALL_BUFFER_BYTES = 4096
TEXT, BINARY, CLOSE = 0x81, 0x82, 0x88


@dataclass
class Room:
    """A server with everybody in it."""

    sio: ChannelServer
    outbox: Outbox
    port: int
    sids: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    too_slow: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextlib.asynccontextmanager
async def open_room(ping_every_s: float = 25) -> AsyncIterator[Room]:
    """Serve until the block is left; the kernel holds little for a client that does not read."""
    sio = ChannelServer(
        async_mode="asgi",
        serializer="msgpack",
        async_handlers=False,
        ping_interval=ping_every_s,
        ping_timeout=ping_every_s,
    )
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL_BUFFER_BYTES)
    listener.bind(("127.0.0.1", 0))
    too_slow: list[str] = []
    room = Room(sio, Outbox(sio, too_slow.append), listener.getsockname()[1], too_slow=too_slow)

    async def connect(sid: str, _environ: object, _auth: object) -> None:
        room.sids.append(sid)

    async def disconnect(sid: str, _reason: str) -> None:
        room.left.append(sid)

    sio.on("connect", connect)
    sio.on("disconnect", disconnect)
    config = uvicorn.Config(
        socketio.ASGIApp(sio), ws=ChannelProtocol, ws_ping_interval=None, log_level="error", lifespan="off"
    )
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign, assignment]
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await eventually(lambda: server.started)
        yield room
    finally:
        server.should_exit = True
        server.force_exit = True
        await serving
        await sio.shutdown()


class UnsqueezingPacket(MsgPackPacket):  # type: ignore[misc]
    """The packets of python-socketio, and SPEC P6."""

    def decode(self, encoded_packet: bytes) -> None:
        super().decode(unsqueezed(encoded_packet))


@dataclass
class Client:
    """A participant's device, and what has reached it."""

    sio: socketio.AsyncClient
    heard: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def values(self) -> list[Any]:
        return [value for _, value in self.heard]


@contextlib.asynccontextmanager
async def client_of(room: Room, *transports: str) -> AsyncIterator[Client]:
    """A device that joined by the first of `transports` and may go on to the next."""
    client = Client(socketio.AsyncClient(serializer=UnsqueezingPacket, reconnection=False))
    client.sio.on("*", lambda event, value: client.heard.append((event, value)))
    await client.sio.connect(room.url, transports=list(transports))
    try:
        yield client
    finally:
        # A polite goodbye would wait for a long poll that the server holds for another half minute.
        loops = [loop for loop in (client.sio.eio.read_loop_task, client.sio.eio.write_loop_task) if loop is not None]
        await client.sio.eio.disconnect(abort=True)
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*loops, return_exceptions=True)


class DeafClient:
    """A device that joins by WebSocket and then reads only when it is told to."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def read_message(self) -> Any:
        """The next binary message, decoded; a close code as a number; `None` when the server has hung up."""
        while True:
            try:
                first, body = await self._read_frame()
            except (asyncio.IncompleteReadError, ConnectionResetError):
                return None
            if first == BINARY:
                return msgpack.loads(unsqueezed(body))
            if first == CLOSE:
                return int.from_bytes(body[:2], "big")

    async def answer_ping(self) -> None:
        """Wait for Engine.IO's next ping and answer it."""
        while await self._read_frame() != (TEXT, b"2"):
            pass
        await self.send(b"3", TEXT)

    async def _read_frame(self) -> tuple[int, bytes]:
        first, size = await self._reader.readexactly(2)
        if size == 126:
            size = int.from_bytes(await self._reader.readexactly(2), "big")
        elif size == 127:
            size = int.from_bytes(await self._reader.readexactly(8), "big")
        return first, await self._reader.readexactly(size)

    async def send(self, message: bytes, first: int = BINARY) -> None:
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(message))
        self._writer.write(bytes((first, 0x80 | len(message))) + mask + masked)
        await self._writer.drain()


@contextlib.asynccontextmanager
async def deaf_client_of(room: Room) -> AsyncIterator[DeafClient]:
    """A device whose buffers are as small as the kernel allows."""
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER_BYTES)
    connection.setblocking(False)
    await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", room.port))
    reader, writer = await asyncio.open_connection(sock=connection, limit=SMALL_BUFFER_BYTES)
    writer.write(
        b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    await reader.readuntil(b"\r\n\r\n")
    client = DeafClient(reader, writer)
    await client.send(msgpack.dumps({"type": 0, "nsp": "/"}))
    assert (await client.read_message())["type"] == 0
    try:
        yield client
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
