"""What was erased must leave the append-only file too: marked when it is erased, unmarked when the file is new."""

import asyncio
from typing import Final

from server.store import keys
from server.store.connection import Connection, RedisRefused
from server.store.replies import some_bytes

LOOK_EVERY_S: Final = 0.2


class Sweeping:
    """The mark stands in Redis: whichever node is there when the file can be rewritten does it, after a restart too."""

    def __init__(self, redis: Connection) -> None:
        self._redis = redis

    async def mark(self) -> None:
        """Something is about to be erased: the file will hold more than Redis does."""
        await self._redis.call("INCR", keys.SWEEPING)

    async def sweep(self) -> bool:
        """Rewrite the file if it holds more; returns when what was erased before is in no file. True if it was done.

        A rewriting that runs already began before some of it was erased: it is waited for, and another one started.
        """
        marked = await self._redis.call("GET", keys.SWEEPING)
        if marked is None:
            return False
        await self._quiet()
        while not await self._begun():
            await self._quiet()
        if not await self._quiet():
            return False
        await self._unmark(some_bytes(marked))
        return True

    async def _begun(self) -> bool:
        try:
            await self._redis.call("BGREWRITEAOF")
        except RedisRefused as refused:
            if "in progress" not in str(refused):
                raise
            return False
        return True

    async def _quiet(self) -> bool:
        """Wait while the file is being rewritten; whether the last rewriting was good."""
        while True:
            said = await self._persistence()
            if said.get("aof_rewrite_in_progress", "0") == said.get("aof_rewrite_scheduled", "0") == "0":
                return said.get("aof_last_bgrewrite_status", "ok") == "ok"
            await asyncio.sleep(LOOK_EVERY_S)

    async def _persistence(self) -> dict[str, str]:
        lines = some_bytes(await self._redis.call("INFO", "persistence")).decode().splitlines()
        return {name: value for name, colon, value in (line.partition(":") for line in lines) if colon}

    async def _unmark(self, marked: bytes) -> None:
        """Unless more was erased meanwhile."""
        async with self._redis.another() as redis:
            await redis.call("WATCH", keys.SWEEPING)
            if await redis.call("GET", keys.SWEEPING) == marked:
                await redis.transaction([("DEL", keys.SWEEPING)])
