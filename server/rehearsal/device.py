"""A device with a seat: it keeps what it wished and wrote until the server has it, whatever happens in between."""

import asyncio
import contextlib
import secrets
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import msgspec

from protocol.frames import (
    VERSION,
    Accepted,
    Answer,
    Ask,
    Bye,
    CommandFrame,
    FromBrowser,
    FromServer,
    Hello,
    Here,
    Notice,
    Open,
    Opened,
    PageUpdate,
    RefusedFrame,
    Rights,
    Saved,
    TimeAsked,
    TimeTold,
    Update,
    Welcome,
)
from protocol.squeezing import unsqueezed
from server.core.messages import Command, PageId
from server.edge.packets import NIL, Envelope
from server.rehearsal.wire import ACK, CONNECT, CONNECT_ERROR, DISCONNECT, EVENT, Broken, Tap, Transport, Wire, dial
from server.store.document_state import EMPTY, diff, fold, seed_update, state_vector, text_fields

ANSWER_S: Final = 5.0
WELCOME_S: Final = 10.0
BEAT_EVERY_S: Final = 15.0
RETRY_S: Final = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0)

_encoder = msgspec.msgpack.Encoder()
_envelope = msgspec.msgpack.Decoder(Envelope)
_words = msgspec.msgpack.Decoder(list[msgspec.Raw])

AnswerT = TypeVar("AnswerT", bound=FromServer)


class Ended(Exception):  # noqa: N818 - the server's last word
    """The server ended this seat's connection for good."""

    def __init__(self, bye: Bye) -> None:
        super().__init__(f"{bye.code}: {bye.detail}")
        self.bye = bye


class ShownFrame(msgspec.Struct, frozen=True):
    """`protocol.frames.ViewFrame` with everything in it decoded."""

    a: str
    p: str
    seq: int
    body: dict[str, Any] | None = None
    names: dict[str, Any] = {}
    texts: dict[str, Any] = {}


class Seen(msgspec.Struct, frozen=True):
    """A view as it lies on the screen."""

    body: dict[str, Any]
    names: dict[str, Any]
    texts: dict[str, Any]
    seq: int


class HeldPage:
    """A page on the device: its Yjs state, and what the server last allowed."""

    def __init__(self) -> None:
        self.state = EMPTY
        self.right = "none"

    def __repr__(self) -> str:
        return f"<HeldPage {self.right} {self.fields}>"

    @property
    def fields(self) -> dict[str, str]:
        return text_fields(self.state)


class Device:
    """Use it as a context: inside, it is connected or on its way back."""

    def __init__(
        self,
        base: str,
        token: str,
        *,
        transport: Transport = "websocket",
        name: str = "",
        tap: Tap | None = None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """`name` is the number space of its commands and outlives a reload; `changed` is called at every news."""
        self.base = base
        self.name = name or f"bot-{secrets.token_hex(6)}"
        self.number = 0
        self.welcome: Welcome | None = None
        self.views: dict[tuple[str, str], Seen] = {}
        self.pages: dict[PageId, HeldPage] = {}
        self.notices: list[str] = []
        self.byes: list[Bye] = []
        self.connections = 0
        self._token = token
        self._transport = transport
        self._tap = tap
        self._changed = changed
        self._wire: Wire | None = None
        self._live = asyncio.Event()
        self._acks: dict[int, asyncio.Future[msgspec.Raw]] = {}
        self._asked = 0
        self._turn = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []

    def __repr__(self) -> str:
        return f"<Device {self.name} {'live' if self._live.is_set() else 'away'} views={len(self.views)}>"

    # -- coming and going --------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(self._stay()), asyncio.create_task(self._beat())]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.cut()

    async def ready(self) -> None:
        """Until its views are here. Raises `Ended`."""
        await self._unless_ended(self._live.wait())

    async def cut(self) -> None:
        """As when the network drops: the server is not told."""
        wire, self._wire = self._wire, None
        if wire is not None:
            await wire.cut()

    async def _stay(self) -> None:
        failures = 0
        while True:
            try:
                await self._visit()
                failures = 0
            except (Broken, TimeoutError):
                failures = 0 if self._live.is_set() else failures + 1
            finally:
                self._lost()
            if self.byes and self.byes[-1].then == "stop":
                raise Ended(self.byes[-1])
            await asyncio.sleep(RETRY_S[min(failures, len(RETRY_S) - 1)])

    async def _visit(self) -> None:
        async with asyncio.timeout(WELCOME_S) as patience:
            wire = self._wire = await dial(self.base, self._transport)
            await wire.send(_packet(CONNECT, Hello(VERSION, self._token, self.name)))
            while True:
                message = unsqueezed(await wire.receive())
                if self._tap is not None:
                    self._tap(message)
                self._understand(message)
                if self._live.is_set():
                    patience.reschedule(None)

    def _lost(self) -> None:
        self._live.clear()
        self.welcome = None
        acks, self._acks = self._acks, {}
        for ack in acks.values():
            if not ack.done():
                ack.set_exception(Broken("the connection ended before the answer"))

    async def _unless_ended(self, waiting: Any) -> None:
        staying = self._tasks[0]
        task = asyncio.ensure_future(waiting)
        try:
            await asyncio.wait((task, staying), return_when=asyncio.FIRST_COMPLETED)
        finally:
            task.cancel()
        if staying.done():
            staying.result()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_EVERY_S)
            with contextlib.suppress(Broken, TimeoutError):
                await self.ask_once("here", Here(True))

    # -- what arrives ------------------------------------------------------------------------------------------------

    def _understand(self, message: bytes) -> None:
        envelope = _envelope.decode(message)
        match envelope.type:
            case x if x == EVENT:
                name, *arguments = _words.decode(envelope.data)
                self._event(msgspec.msgpack.decode(name, type=str), arguments[0])
            case x if x == ACK:
                ack = self._acks.pop(envelope.id or 0, None)
                if ack is not None and not ack.done():
                    words = _words.decode(envelope.data)
                    ack.set_result(words[0] if words else NIL)
            case x if x in (DISCONNECT, CONNECT_ERROR):
                raise Broken("the server ended the connection")
            case _:
                pass

    def _event(self, name: str, raw: msgspec.Raw) -> None:
        match name:
            case "welcome":
                self.welcome = msgspec.msgpack.decode(raw, type=Welcome)
                self.connections += 1
                # What the new connection does not show again is no longer ours to see.
                self.views.clear()
            case "views":
                for frame in msgspec.msgpack.decode(raw, type=list[ShownFrame]):
                    self._show(frame)
                if not self._live.is_set():
                    self._live.set()
                    self._tasks.append(asyncio.create_task(self._open_again()))
            case "update":
                update = msgspec.msgpack.decode(raw, type=PageUpdate)
                page = self.pages.setdefault(PageId(update.page), HeldPage())
                page.state = fold(page.state, [update.u])
                if update.vector and page.right == "write":
                    self._owe(PageId(update.page), diff(page.state, update.vector))
            case "rights":
                rights = msgspec.msgpack.decode(raw, type=Rights)
                self.pages.setdefault(PageId(rights.page), HeldPage()).right = rights.right
            case "notice":
                self.notices.append(msgspec.msgpack.decode(raw, type=Notice).code)
            case "bye":
                self.byes.append(msgspec.msgpack.decode(raw, type=Bye))
            case _:
                return
        self._changed()

    def _show(self, frame: ShownFrame) -> None:
        key = (frame.a, frame.p)
        held = self.views.get(key)
        if held is not None and held.seq > frame.seq:
            return
        if frame.body is None:
            self.views.pop(key, None)
            return
        self.views[key] = Seen(frame.body, frame.names, frame.texts, frame.seq)

    # -- asking ------------------------------------------------------------------------------------------------------

    async def ask_once(self, event: str, frame: FromBrowser | object) -> msgspec.Raw:
        """Send a frame on the connection that there is. Raises `Broken`, or TimeoutError."""
        wire = self._wire
        if wire is None or not self._live.is_set():
            raise Broken("not connected")
        self._asked += 1
        number = self._asked
        answer: asyncio.Future[msgspec.Raw] = asyncio.get_running_loop().create_future()
        self._acks[number] = answer
        await wire.send(_packet(EVENT, (event, frame), number))
        async with asyncio.timeout(ANSWER_S):
            return await answer

    async def ask_until(self, event: str, frame: FromBrowser, kind: type[AnswerT]) -> AnswerT | RefusedFrame:
        """The same frame again and again until there is an answer that is no `retry`. Raises `Ended`."""
        failures = 0
        while True:
            await self.ready()
            try:
                answer = answer_of(await self.ask_once(event, frame), kind)
                if not isinstance(answer, RefusedFrame) or answer.then == "stop":
                    return answer
            except (Broken, TimeoutError):
                pass
            await asyncio.sleep(RETRY_S[min(failures, len(RETRY_S) - 1)])
            failures += 1

    def wish(self, scope: str, command: Command, person: str = "") -> CommandFrame:
        """A numbered command, to be sent as often as needed."""
        self.number += 1
        return CommandFrame(self.name, self.number, scope, msgspec.Raw(_encoder.encode(command)), person)

    async def submit(self, scope: str, command: Command, person: str = "") -> Accepted | RefusedFrame:
        """Make a wish a fact, once; one at a time, so that none overtakes another. Raises `Ended`."""
        async with self._turn:
            return await self.ask_until("command", self.wish(scope, command, person), Accepted)

    async def question(self, command: Command) -> Any:
        """The answer to what would happen if, or the refusal."""
        asked = await self.ask_until("ask", Ask("", msgspec.Raw(_encoder.encode(command))), Answer)
        return msgspec.msgpack.decode(asked.body) if isinstance(asked, Answer) else asked

    async def server_ms(self) -> int:
        told = await self.ask_until("time", TimeAsked(0), TimeTold)
        return told.now_ms if isinstance(told, TimeTold) else 0

    # -- pages -------------------------------------------------------------------------------------------------------

    async def open(self, page: PageId) -> HeldPage | RefusedFrame:
        """What either side lacks is sent, and the page follows from then on."""
        held = self.pages.setdefault(page, HeldPage())
        opened = await self.ask_until("open", Open(page, state_vector(held.state)), Opened)
        if isinstance(opened, RefusedFrame):
            held.right = "none"
            return opened
        held.right = opened.right
        # What only came from the server it does not lack, though a difference always repeats every deletion.
        mine = held.state != EMPTY
        held.state = fold(held.state, [opened.update])
        lacking = diff(held.state, opened.vector) if mine else EMPTY
        if lacking != EMPTY and held.right == "write":
            await self.edit(page, lacking)
        return held

    def _owe(self, page: PageId, lacking: bytes) -> None:
        """The server came back with an older state: what it held once is sent again."""
        if lacking != EMPTY:
            self._tasks.append(asyncio.create_task(self._give(page, lacking)))

    async def _give(self, page: PageId, lacking: bytes) -> None:
        with contextlib.suppress(Ended):
            await self.edit(page, lacking)

    async def edit(self, page: PageId, update: bytes) -> Saved | RefusedFrame:
        """Send an edit until it is saved; meanwhile, and if it is refused, it stays on the device."""
        held = self.pages.setdefault(page, HeldPage())
        held.state = fold(held.state, [update])
        return await self.ask_until("update", Update(page, update), Saved)

    async def write(self, page: PageId, field: str, text: str) -> Saved | RefusedFrame:
        """Type into an empty field; two devices that type the same type it once."""
        return await self.edit(page, seed_update({field: text}))

    async def _open_again(self) -> None:
        for page in list(self.pages):
            with contextlib.suppress(Ended):
                await self.open(page)


def answer_of(raw: msgspec.Raw, kind: type[AnswerT]) -> AnswerT | RefusedFrame:
    """An acknowledgement in its own type, or the refusal."""
    tag = msgspec.msgpack.decode(raw, type=dict[str, msgspec.Raw]).get("t", msgspec.Raw(b"\xc0"))
    if msgspec.msgpack.decode(tag) == "no":
        return msgspec.msgpack.decode(raw, type=RefusedFrame)
    return msgspec.msgpack.decode(raw, type=kind)


def _packet(kind: int, data: object, number: int | None = None) -> bytes:
    fields = {"type": kind, "nsp": "/", "data": data}
    if number is not None:
        fields["id"] = number
    return _encoder.encode(fields)
