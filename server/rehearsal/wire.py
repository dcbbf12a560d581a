"""One connection of the protocol's own kind, by WebSocket or by long polling, that may be cut like any real one."""

import asyncio
import base64
import contextlib
from collections.abc import Callable
from typing import Any, Final, Literal, Protocol

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from server.rehearsal.web import Unreachable, WebAnswer, request

Transport = Literal["websocket", "polling"]
Tap = Callable[[bytes], None]
"""Sees every message as it arrived, before anybody has understood it."""

OPENING_S: Final = 10.0
PATH: Final = "/socket.io/?EIO=4&transport="
SEPARATOR: Final = "\x1e"
PING, PONG, CLOSE = "2", "3", "1"

CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR = range(5)


class Broken(Exception):  # noqa: N818 - what networks do
    """The connection is gone; whatever was under way may or may not have arrived."""


class Wire(Protocol):
    """Messages of Engine.IO, whole, in order and in bytes."""

    async def send(self, message: bytes) -> None: ...

    async def receive(self) -> bytes: ...

    async def cut(self) -> None:
        """End it without a word."""


async def dial(base: str, transport: Transport) -> Wire:
    """Raises `Broken`."""
    return await (PollingWire.dial(base) if transport == "polling" else SocketWire.dial(base))


class SocketWire:
    """By WebSocket."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    @classmethod
    async def dial(cls, base: str) -> "SocketWire":
        url = f"ws{base.removeprefix('http')}{PATH}websocket"
        try:
            socket = await connect(
                url, compression=None, max_size=None, ping_interval=None, proxy=None, open_timeout=OPENING_S
            )
            await socket.recv()
        except (OSError, WebSocketException) as error:
            raise Broken(f"no WebSocket to {base}: {error}") from error
        return cls(socket)

    async def send(self, message: bytes) -> None:
        try:
            await self._socket.send(message)
        except (OSError, WebSocketException) as error:
            raise Broken(str(error)) from error

    async def receive(self) -> bytes:
        try:
            while True:
                message = await self._socket.recv()
                if isinstance(message, bytes):
                    return message
                if message == PING:
                    await self._socket.send(PONG)
                elif message == CLOSE:
                    raise Broken("the server closed the connection")
        except (OSError, WebSocketException) as error:
            raise Broken(str(error)) from error

    async def cut(self) -> None:
        self._socket.transport.abort()
        await self._socket.wait_closed()


class PollingWire:
    """By long polling: one request waits, others post. The cookies of a proxy are kept, as a browser does."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._url = f"{base}{PATH}polling"
        self._cookies: dict[str, str] = {}
        self._arrived: list[bytes] = []
        self._cut = asyncio.Event()
        self._posting = asyncio.Lock()

    @classmethod
    async def dial(cls, base: str) -> "PollingWire":
        wire = cls(base)
        answer = await wire._ask("GET")
        opened: dict[str, Any] = msgspec.json.decode(answer.body[1:].split(SEPARATOR.encode())[0])
        wire._url += f"&sid={opened['sid']}"
        return wire

    async def send(self, message: bytes) -> None:
        # In order: two posts at once may overtake each other.
        async with self._posting:
            await self._ask("POST", b"b" + base64.b64encode(message))

    async def receive(self) -> bytes:
        while not self._arrived:
            for part in (await self._ask("GET")).body.decode().split(SEPARATOR):
                if part == PING:
                    await self._ask("POST", PONG.encode())
                elif part == CLOSE:
                    raise Broken("the server closed the connection")
                elif part.startswith("b"):
                    self._arrived.append(base64.b64decode(part[1:]))
        return self._arrived.pop(0)

    async def cut(self) -> None:
        self._cut.set()

    async def _ask(self, method: str, body: bytes = b"") -> WebAnswer:
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        asking = asyncio.create_task(request(method, self._url, body, cookies if self._cookies else {}))
        cutting = asyncio.create_task(self._cut.wait())
        try:
            await asyncio.wait((asking, cutting), return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                raise Broken("cut")
            answer = asking.result()
        except Unreachable as error:
            raise Broken(str(error)) from error
        finally:
            cutting.cancel()
            asking.cancel()
            with contextlib.suppress(asyncio.CancelledError, Unreachable):
                await asking
        if answer.status != 200:
            raise Broken(f"{method} was answered with {answer.status}")
        name, _, value = answer.headers.get("set-cookie", "").partition(";")[0].partition("=")
        if name:
            self._cookies[name] = value
        return answer
