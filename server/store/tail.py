"""One blocking read per node over everything that is live there: whatever any node appends is heard here, in order."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from server.store import keys
from server.store.connection import Connection, RedisRefused, StoreAway
from server.store.defects import about
from server.store.replies import BEGINNING, Entry, EntryId, Reply, a_list, entries, order, some_bytes
from server.store.wire import packed_word

BLOCK_MS: Final = 2000
CANARY_EVERY_S: Final = 1.0
CANARY_KEPT_S: Final = 3600
COMPANY_FOR_S: Final = 30.0
AT_ONCE: Final = 500
"""Entries per stream and read: bounds the memory of one answer after a long silence."""
RETRY_S: Final = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_READ: Final = [packed_word(word) for word in ("XREAD", "COUNT", str(AT_ONCE), "BLOCK", str(BLOCK_MS), "STREAMS")]

Heard = Callable[[list[Entry]], Awaitable[None] | None]

logger = structlog.get_logger(__name__)


class Tail:
    """Follows streams for one node. `run` belongs into the node's TaskGroup and ends only by cancellation.

    `on_gap` is called after every reconnection, before anything else is delivered: a stream may have been trimmed past
    our cursor meanwhile, which Redis answers with an empty list and no error. Documents must then be reloaded.

    `rest_s` (default none) is a pause after each read, in which entries gather: a read over 240 streams costs Redis as
    much as ten appends. It delays what other nodes wrote; what this node wrote it knows from the acknowledgement.
    `rest_alone_s` is the pause while nobody else has written for a while: whoever hears others says so (`not_alone`).
    """

    def __init__(
        self,
        redis: Connection,
        node: str,
        on_gap: Callable[[], Awaitable[None] | None],
        *,
        rest_s: float = 0.0,
        rest_alone_s: float = 0.0,
    ) -> None:
        self._redis = redis
        self._canary = keys.canary(node)
        self._on_gap = on_gap
        self._rest_s = rest_s
        self._rest_alone_s = max(rest_s, rest_alone_s)
        self._alone_from = 0.0
        self._cursors: dict[str, EntryId] = {}
        self._packed_cursors: dict[str, bytes] = {}
        self._packed_keys: bytes | None = None
        self._set_cursor(self._canary, BEGINNING)
        self._heard: dict[str, Heard] = {}
        self._broken = False
        self._openings = 0
        self.heard_canary_at: float = 0.0
        """On the monotonic clock, in seconds; 0 before the first."""

    def __repr__(self) -> str:
        return f"<Tail following={len(self._heard)} {'broken' if self._broken else 'whole'}>"

    def follow(self, key: str, after: EntryId, heard: Heard) -> None:
        """From now on `heard` gets every entry of `key` after `after`; an entry that is already there comes at once."""
        self._set_cursor(key, after)
        self._heard[key] = heard
        self._wake()

    def unfollow(self, key: str) -> None:
        if self._cursors.pop(key, None) is not None:
            del self._packed_cursors[key], self._heard[key]
            self._packed_keys = None

    def cursor(self, key: str) -> EntryId | None:
        """The last entry that was delivered, or None when the key is not followed."""
        return self._cursors.get(key) if key in self._heard else None

    def not_alone(self) -> None:
        """Another node has written what was just heard: for a while, hear the next of it soon."""
        self._alone_from = time.monotonic() + COMPANY_FOR_S

    @property
    def is_alone(self) -> bool:
        """Whether no other node has written for a while."""
        return time.monotonic() >= self._alone_from

    def _rest_now_s(self) -> float:
        return self._rest_alone_s if self.is_alone else self._rest_s

    def deaf_for_s(self) -> float:
        """How long ago this node last heard itself through Redis."""
        return time.monotonic() - self.heard_canary_at if self.heard_canary_at else float("inf")

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._sing())
            tasks.create_task(self._listen())

    def _wake(self) -> None:
        # A blocked XREAD does not know of a key that is followed later; without this it would wait for its timeout.
        waking = self._redis.call("XADD", self._canary, "MAXLEN", "~", 20, "*", "wake", "")
        waking.add_done_callback(_ignore_away)

    async def _sing(self) -> None:
        while True:
            try:
                await self._redis.call("XADD", self._canary, "MAXLEN", "~", 20, "*", "canary", "")
                await self._redis.call("EXPIRE", self._canary, CANARY_KEPT_S)
            except StoreAway:
                logger.warning("store_away", seen_by="canary")
            await asyncio.sleep(CANARY_EVERY_S)

    async def _listen(self) -> None:
        failures = 0
        async with self._redis.another(patience_s=BLOCK_MS / 1000 + 3) as blocking:
            while True:
                try:
                    if self._broken:
                        await blocking.ping()
                        self._openings = blocking.openings
                        await _called(self._on_gap())
                        self._broken = False
                    reply = await self._read(blocking)
                    if self._opened(blocking.openings):
                        continue
                    await self._deliver(reply)
                    failures = 0
                    if rest_s := self._rest_now_s():
                        await asyncio.sleep(rest_s)
                except StoreAway:
                    self._broken = True
                    await asyncio.sleep(RETRY_S[min(failures, len(RETRY_S) - 1)])
                    failures += 1

    def _opened(self, openings: int) -> bool:
        """Whether the connection has opened anew since the last read: a Redis that was away only while this rested
        may have come back with other streams, and nothing failed."""
        before, self._openings = self._openings, openings
        self._broken = before not in (0, openings)
        return self._broken

    async def _read(self, blocking: Connection) -> Reply:
        try:
            return await blocking.call_packed(self._packed_read())
        except RedisRefused as refused:
            # A workshop that is erased while its streams are read answers UNBLOCKED or WRONGTYPE: read again.
            logger.warning("tail_refused", error=str(refused))
            await asyncio.sleep(RETRY_S[0])
            return None

    def _packed_read(self) -> bytes:
        # Packing 240 keys anew for each read was most of what the tail cost.
        if self._packed_keys is None:
            self._packed_keys = b"".join(
                (b"*%d\r\n" % (len(_READ) + 2 * len(self._cursors)), *_READ, *map(packed_word, self._cursors))
            )
        return self._packed_keys + b"".join(self._packed_cursors.values())

    def _set_cursor(self, key: str, cursor: EntryId) -> None:
        if key not in self._cursors:
            self._packed_keys = None
        self._cursors[key] = cursor
        self._packed_cursors[key] = packed_word(cursor)

    async def _deliver(self, reply: Reply) -> None:
        for stream in a_list(reply):
            name, read = a_list(stream)
            key = some_bytes(name).decode()
            news = entries(read)
            if key == self._canary:
                self._set_cursor(key, news[-1][0])
                self.heard_canary_at = time.monotonic()
                continue
            heard = self._heard.get(key)
            before = self._cursors.get(key)
            if heard is None or before is None:
                continue
            # `follow` may have moved the cursor on while this answer was on its way: nothing is delivered twice.
            known = order(before)
            news = [entry for entry in news if order(entry[0]) > known]
            if news:
                self._set_cursor(key, news[-1][0])
                await self._tell(key, heard, news)

    async def _tell(self, key: str, heard: Heard, news: list[Entry]) -> None:
        try:
            await _called(heard(news))
        except StoreAway:
            # The listener could not read something more: it starts anew with the next gap.
            raise
        except Exception as error:  # noqa: BLE001 - one defect in one workshop must not make the node deaf for the others
            logger.error("tail_listener_failed", workshop=keys.workshop_of(key), **about(error))


async def _called(result: Awaitable[None] | None) -> None:
    if result is not None:
        await result


def _ignore_away(waking: "asyncio.Future[Reply]") -> None:
    # Away means that the tail is broken too; it reads every followed key when it comes back.
    if (
        not waking.cancelled()
        and isinstance(error := waking.exception(), Exception)
        and not isinstance(error, StoreAway)
    ):
        raise error
