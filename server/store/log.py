"""The log of a workshop: for every number exactly one commit, on disk before `append` returns."""

import asyncio
from collections.abc import Callable
from typing import Final

import msgspec

from server.core.messages import HOST, Commit, DeviceId, Seq, WorkshopId
from server.store import keys
from server.store.connection import Connection, RedisRefused
from server.store.replies import Entry, a_list, an_int, entries, some_bytes
from server.store.tombstone import EXHAUSTED, GONE

READ_AT_ONCE: Final = 2000
REWRITE_TRIES: Final = 200
NOTHING: Final = Seq(0)
"""The number before the first."""

_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Commit).decode


class SeqTaken(Exception):  # noqa: N818 - the expected answer to a lost race
    """Another commit has this number: read what was missed and decide again."""


class WorkshopGone(Exception):  # noqa: N818 - a fact
    """The workshop was erased: nothing may be written into it any more."""


def commit_of(entry: Entry) -> tuple[Seq, Commit]:
    """An entry as the tail delivers it; WorkshopGone when it is the tombstone that erasure leaves."""
    entry_id, fields = entry
    if GONE in fields:
        raise WorkshopGone
    return Seq(int(entry_id.partition("-")[0])), _decode(fields[b"c"])


class Log:
    def __init__(self, redis: Connection) -> None:
        self._redis = redis

    async def append(self, workshop: WorkshopId, seq: Seq, commit: Commit) -> None:
        """Make `commit` number `seq`, which must follow the last one; SeqTaken, WorkshopGone or StoreAway otherwise.

        Number 1 founds the workshop. After StoreAway the commit may still have been written: read before repeating.
        """
        key = keys.log(workshop)
        # Without NOMKSTREAM a node that had not heard of the erasure would found the workshop anew.
        founding = () if seq == 1 else ("NOMKSTREAM",)
        if seq == 1:
            # First the index: a log that no list knows would outlive every retention.
            await self._redis.call("SADD", keys.INDEX, workshop)
        try:
            written = await self._redis.call("XADD", key, *founding, f"{seq}-0", "c", _encode(commit))
        except RedisRefused as refused:
            if EXHAUSTED in str(refused):
                await self._redis.call("SREM", keys.INDEX, workshop)
                raise WorkshopGone(workshop) from refused
            if "equal or smaller" in str(refused):
                raise SeqTaken(f"{workshop} {seq}") from refused
            raise
        if written is None:
            raise WorkshopGone(workshop)

    async def read(self, workshop: WorkshopId, after: Seq = NOTHING) -> list[tuple[Seq, Commit]]:
        """Every commit after number `after`, in order."""
        read: list[tuple[Seq, Commit]] = []
        while True:
            reply = await self._redis.call(
                "XRANGE", keys.log(workshop), f"({after}-0" if after else "-", "+", "COUNT", READ_AT_ONCE
            )
            page = entries(reply)
            read.extend(commit_of(entry) for entry in page)
            if len(page) < READ_AT_ONCE:
                return read
            after = read[-1][0]

    async def holds(self, workshop: WorkshopId, seq: Seq) -> bool:
        """Whether there is a commit of that number. Raises `WorkshopGone` for an erased workshop."""
        after = entries(await self._redis.call("XRANGE", keys.log(workshop), f"{seq}-0", "+", "COUNT", 1))
        return bool(after) and commit_of(after[0])[0] == seq

    async def exists(self, workshop: WorkshopId) -> bool:
        return an_int(await self._redis.call("SISMEMBER", keys.INDEX, workshop)) == 1 and bool(
            await self._redis.call("EXISTS", keys.log(workshop))
        )

    async def workshops(self) -> list[WorkshopId]:
        """Every workshop that has a log, by name."""
        named = sorted(some_bytes(name).decode() for name in a_list(await self._redis.call("SMEMBERS", keys.INDEX)))
        there = await asyncio.gather(*(self._redis.call("EXISTS", keys.log(WorkshopId(name))) for name in named))
        return [WorkshopId(name) for name, found in zip(named, there, strict=True) if found]

    async def replace(self, workshop: WorkshopId, rewrite: Callable[[Commit], Commit | None]) -> int:
        """Rewrite every commit, None meaning *blank it*; returns how many changed. Numbers stay as they are.

        A blanked commit keeps its number, so that no number is ever given twice and no replica waits for a missing one.
        XDEL would not do: it only marks the entry, and the words stay in the append-only file.
        """
        async with self._redis.another() as redis:
            for _ in range(REWRITE_TRIES):
                await redis.call("WATCH", keys.log(workshop))
                old = entries(await redis.call("XRANGE", keys.log(workshop), "-", "+"))
                commits = [commit_of(entry) for entry in old]
                renewed = [(seq, commit, rewrite(commit)) for seq, commit in commits]
                changed = sum(commit is not new for _, commit, new in renewed)
                if not changed:
                    return 0
                temporary = f"{keys.log(workshop)}:renewed"
                writes: list[tuple[str | bytes, ...]] = [("DEL", temporary)]
                writes += [
                    ("XADD", temporary, f"{seq}-0", "c", _encode(_blank(commit) if new is None else new))
                    for seq, commit, new in renewed
                ]
                writes.append(("RENAME", temporary, keys.log(workshop)))
                # Marked before, or a node that ends in between would leave in the file what Redis has forgotten.
                await redis.call("INCR", keys.SWEEPING)
                if await redis.transaction(writes) is not None:
                    # And after, or a sweep that began in between would believe that it had cleared it.
                    await redis.call("INCR", keys.SWEEPING)
                    return changed
        raise RuntimeError(f"{workshop} is written to faster than its log can be rewritten")


def _blank(commit: Commit) -> Commit:
    return Commit(at_ms=commit.at_ms, actor=HOST, device=DeviceId(""), number=0, facts=())
