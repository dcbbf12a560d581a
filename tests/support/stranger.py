"""A client written from protocol/SPEC.md alone: a WebSocket or plain requests, msgpack, and nothing of ours."""

import asyncio
import base64
import contextlib
import itertools
import secrets
import zlib
from collections.abc import AsyncIterator
from typing import Any, Protocol

import httpx
import msgpack
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

CONNECT, DISCONNECT, EVENT, ACK = range(4)
SEPARATOR = "\x1e"
PATIENCE_S = 5.0

Frame = dict[str, Any]


class Transport(Protocol):
    async def send(self, packet: bytes) -> None: ...

    async def receive(self) -> bytes | None: ...


class OverWebSocket:
    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def send(self, packet: bytes) -> None:
        await self._socket.send(packet)

    async def receive(self) -> bytes | None:
        while True:
            try:
                message = await self._socket.recv()
            except ConnectionClosed:
                return None
            if isinstance(message, bytes):
                return message
            if message == "2":
                await self._socket.send("3")
            if message == "1":
                return None


class OverPolling:
    def __init__(self, http: httpx.AsyncClient, sid: str) -> None:
        self._http = http
        self._query = {"EIO": "4", "transport": "polling", "sid": sid}
        self._arrived: list[str] = []

    async def send(self, packet: bytes) -> None:
        await self.send_text("b" + base64.b64encode(packet).decode())

    async def send_all(self, packets: list[bytes]) -> httpx.Response:
        return await self.send_text(SEPARATOR.join("b" + base64.b64encode(one).decode() for one in packets))

    async def send_text(self, text: str) -> httpx.Response:
        return await self._http.post("/socket.io/", params=self._query, content=text)

    async def receive(self) -> bytes | None:
        while True:
            while self._arrived:
                message = self._arrived.pop(0)
                if message.startswith("b"):
                    return base64.b64decode(message[1:])
                if message == "2":
                    await self.send_text("3")
                if message == "1":
                    return None
            answer = await self._http.get("/socket.io/", params=self._query)
            if answer.status_code != 200:
                return None
            self._arrived = answer.text.split(SEPARATOR)


class Stranger:
    """One connection. What is told unasked lies in `heard`, oldest first."""

    def __init__(self, transport: Transport, opening: Frame) -> None:
        self.opening = opening
        self.device = ""
        self.heard: list[tuple[str, Any]] = []
        self.acknowledgements: list[list[Any]] = []
        self.ended = asyncio.Event()
        self.transport = transport
        self._numbers = itertools.count(1)
        self._awaited: dict[int, asyncio.Future[list[Any]]] = {}
        self._news = asyncio.Condition()

    async def hello(self, token: str, device: str, **more: object) -> None:
        self.device = device
        await self.send({"type": CONNECT, "nsp": "/", "data": {"v": 1, "token": token, "device": device, **more}})

    async def send(self, packet: Frame) -> None:
        await self.transport.send(msgpack.packb(packet))

    async def send_bytes(self, packet: bytes) -> None:
        await self.transport.send(packet)

    async def acknowledged(self, event: str, frame: object) -> list[Any]:
        """The data of the acknowledgement."""
        number = next(self._numbers)
        answer = self.expect(number)
        await self.send({"id": number, "data": [event, frame], "nsp": "/", "type": EVENT})
        return await asyncio.wait_for(answer, PATIENCE_S)

    def expect(self, number: int) -> "asyncio.Future[list[Any]]":
        """What will acknowledge the event of this id."""
        self._awaited[number] = asyncio.get_running_loop().create_future()
        return self._awaited[number]

    async def ask(self, event: str, **frame: object) -> Frame:
        (answer,) = await self.acknowledged(event, frame)
        assert isinstance(answer, dict)
        return answer

    async def wish(self, n: int, body: Frame, *, device: str = "", scope: str = "", **more: object) -> Frame:
        return await self.ask("command", device=device or self.device, n=n, scope=scope, body=body, **more)

    def told(self, event: str) -> list[Any]:
        return [frame for name, frame in self.heard if name == event]

    async def hears(self, event: str, times: int = 1) -> Any:
        """The newest frame of an event, once there were so many."""
        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(lambda: len(self.told(event)) >= times)
        return self.told(event)[-1]

    @property
    def views(self) -> dict[tuple[str, str], Frame]:
        """What the rules V2 and V4 leave of all that was told."""
        found: dict[tuple[str, str], Frame] = {}
        for frame in itertools.chain.from_iterable(self.told("views")):
            found[frame["a"], frame["p"]] = frame
        return {spot: frame for spot, frame in found.items() if frame.get("body") is not None}

    async def listen(self) -> None:
        while (message := await self.transport.receive()) is not None:
            packet = msgpack.unpackb(zlib.decompress(message) if message.startswith(b"\x78") else message)
            async with self._news:
                self._take(packet)
                self._news.notify_all()
            if packet["type"] == DISCONNECT:
                break
        self.ended.set()

    def _take(self, packet: Frame) -> None:
        if packet["type"] == EVENT:
            name, frame = packet["data"]
            self.heard.append((name, frame))
        elif packet["type"] == ACK:
            self.acknowledgements.append(packet["data"])
            self._awaited.pop(packet["id"]).set_result(packet["data"])
        elif packet["type"] == CONNECT:
            self.heard.append(("connect", packet["data"]))

    async def has_ended(self) -> None:
        await asyncio.wait_for(self.ended.wait(), PATIENCE_S)


@contextlib.asynccontextmanager
async def opened(url: str, *, polling: bool = False) -> AsyncIterator[Stranger]:
    """A connection that has not said hello."""
    async with contextlib.AsyncExitStack() as stack:
        transport: Transport
        if polling:
            http = await stack.enter_async_context(httpx.AsyncClient(base_url=url, timeout=30))
            first = await http.get("/socket.io/", params={"EIO": "4", "transport": "polling"})
            opening = first.text
            transport = OverPolling(http, httpx.Response(200, text=opening[1:]).json()["sid"])
        else:
            address = f"{url.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket"
            socket = await stack.enter_async_context(connect(address, compression=None, max_size=None))
            message = await socket.recv()
            assert isinstance(message, str)
            opening = message
            transport = OverWebSocket(socket)
        assert opening.startswith("0")
        stranger = Stranger(transport, httpx.Response(200, text=opening[1:]).json())
        listening = asyncio.create_task(stranger.listen())
        try:
            yield stranger
        finally:
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening


@contextlib.asynccontextmanager
async def seated(url: str, token: str, device: str = "", *, polling: bool = False) -> AsyncIterator[Stranger]:
    """A connection that has been let in and has all its views."""
    async with opened(url, polling=polling) as stranger:
        await stranger.hello(token, device or secrets.token_urlsafe(12))
        await stranger.hears("views")
        yield stranger
