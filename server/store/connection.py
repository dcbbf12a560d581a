"""A connection to Redis that opens itself when needed, pipelines whatever is asked at once, and says `StoreAway`."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, Self, TypeAlias, TypeVar

import structlog

from server.store.defects import about
from server.store.replies import Answer, Reply, Word, a_list
from server.store.wire import Address, RedisRefused, StoreAway, Wire, dial, packed

__all__ = ["Address", "Connection", "RedisRefused", "StoreAway", "settle"]

Heard: TypeAlias = Callable[[Answer], None]
"""What is called with an answer, or with the error that came instead of one."""
Owed: TypeAlias = "asyncio.Future[Reply] | Heard | None"
"""Whom an answer is for; None when nobody asked for it."""

PATIENCE_S: Final = 5.0
"""A Redis that is silent for so long while it owes an answer is away: it hangs, or the cable is cut."""

T = TypeVar("T")

logger = structlog.get_logger(__name__)


class Connection:
    """Commands leave in the order in which `call` was called, and are answered in that order.

    Any number of callers share it. It never retries by itself: a command that was under way when the connection broke
    may have happened, and only its caller knows whether repeating it is safe.
    """

    def __init__(self, address: Address, *, patience_s: float = PATIENCE_S) -> None:
        self.address = address
        self._patience_s = patience_s
        self._wire: Wire | None = None
        self._owed: deque[Owed] = deque()
        self._unsent: list[tuple[bytes, Sequence[Owed]]] = []
        self._dialling: asyncio.Task[None] | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._answers = 0
        self._closed = False
        self.openings = 0
        """How often this has opened: one that broke while nobody waited for an answer says so by nothing else."""

    def __repr__(self) -> str:
        state = "closed" if self._closed else "open" if self._wire else "idle"
        return f"<Connection {state} owed={len(self._owed)} unsent={len(self._unsent)}>"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def another(self, *, patience_s: float = PATIENCE_S) -> "Connection":
        """A second connection to the same Redis, for what must not share: blocking reads and WATCH."""
        return Connection(self.address, patience_s=patience_s)

    def call(self, *words: Word) -> asyncio.Future[Reply]:
        """Send one command; the answer is awaited. Raises StoreAway or RedisRefused when awaited."""
        return self.call_packed(packed(words))

    def call_packed(self, command: bytes) -> asyncio.Future[Reply]:
        """`call` for a command that the caller keeps packed, because it is long and sent often."""
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._send(command, (answer,))
        return answer

    def call_then(self, command: bytes, heard: Heard) -> None:
        """`call_packed` for whom a turn of the event loop between the answer and what follows from it is too much.

        `heard` gets the reply, a RedisRefused or a StoreAway, and may be called before this returns.
        """
        self._send(command, (heard,))

    def transaction(self, commands: Sequence[Sequence[Word]]) -> asyncio.Future[Reply]:
        """MULTI … EXEC in one breath; the answer is EXEC's, None when a watched key had changed."""
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        script = b"".join((packed(("MULTI",)), *map(packed, commands), packed(("EXEC",))))
        self._send(script, (None, *(None for _ in commands), answer))
        return answer

    async def all_of(self, commands: Sequence[Sequence[Word]]) -> list[Reply]:
        """One transaction whose every command must succeed."""
        answers = a_list(await self.transaction(commands))
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer
        return answers

    async def ping(self) -> None:
        """StoreAway when Redis cannot be reached."""
        await self.call("PING")

    async def close(self) -> None:
        self._closed = True
        if self._dialling is not None:
            self._dialling.cancel()
            await asyncio.wait([self._dialling])
        if self._wire is not None:
            self._wire.drop()
            await asyncio.sleep(0)  # the transport tells of its end on the next turn of the loop
        self._fail(StoreAway("the connection was closed"))

    def _send(self, script: bytes, answers: Sequence[Owed]) -> None:
        if self._wire is not None:
            self._write(self._wire, script, answers)
            return
        self._unsent.append((script, answers))
        if self._closed:
            self._fail(StoreAway("the connection was closed"))
        elif self._dialling is None:
            self._dialling = asyncio.get_running_loop().create_task(self._dial())

    def _write(self, wire: Wire, script: bytes, answers: Sequence[Owed]) -> None:
        wire.write(script)
        self._owed.extend(answers)
        if self._watch is None:
            self._watch = asyncio.get_running_loop().call_later(self._patience_s, self._check, self._answers)

    async def _dial(self) -> None:
        try:
            wire = await dial(self.address, self._heard, self._lost)
        except StoreAway as away:
            self._dialling = None
            self._fail(away)
            return
        self._wire, self._dialling = wire, None
        self.openings += 1
        for words in self.address.greeting():
            greeted: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
            greeted.add_done_callback(self._greeted)
            self._write(wire, packed(words), (greeted,))
        unsent, self._unsent = self._unsent, []
        for script, answers in unsent:
            self._write(wire, script, answers)

    def _greeted(self, greeted: asyncio.Future[Reply]) -> None:
        # Without this an unknown password would look like a defect of the first command after it.
        if not greeted.cancelled() and greeted.exception() is not None and self._wire is not None:
            self._wire.drop()

    def _heard(self, reply: Answer) -> None:
        self._answers += 1
        answer = self._owed.popleft()
        if answer is not None:
            _tell(answer, reply)

    def _check(self, answers_before: int) -> None:
        self._watch = None
        if not self._owed or self._wire is None:
            return
        if self._answers == answers_before:
            self._wire.drop()
        else:
            self._watch = asyncio.get_running_loop().call_later(self._patience_s, self._check, self._answers)

    def _lost(self) -> None:
        self._wire = None
        self._fail(StoreAway("the connection to Redis broke"))

    def _fail(self, away: StoreAway) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        failed = list(self._owed)
        failed.extend(answer for _, answers in self._unsent for answer in answers)
        self._owed.clear()
        self._unsent.clear()
        for answer in failed:
            if answer is not None:
                _tell(answer, StoreAway(*away.args))


def settle(waiting: "asyncio.Future[T]", outcome: "T | Exception") -> None:
    """Whoever awaits it hears the end, unless they have stopped waiting."""
    if waiting.done():
        return
    if isinstance(outcome, Exception):
        waiting.set_exception(outcome)
    else:
        waiting.set_result(outcome)


def _tell(owed: "asyncio.Future[Reply] | Heard", reply: Answer) -> None:
    if not isinstance(owed, asyncio.Future):
        try:
            owed(reply)
        except Exception as error:  # noqa: BLE001 - the answers behind this one are somebody else's
            logger.error("listener_failed", **about(error))
    else:
        settle(owed, reply)
