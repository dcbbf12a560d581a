"""Workshops in which something will end by time, although nobody may come back to them."""

from server.core.messages import WorkshopId
from server.store import keys
from server.store.connection import Connection
from server.store.replies import a_list, some_bytes

AT_ONCE = 20


class Waking:
    """By the time at which some node should look in, in Unix milliseconds. Waking twice does no harm."""

    def __init__(self, redis: Connection) -> None:
        self._redis = redis

    async def wake(self, workshop: WorkshopId, at_ms: int) -> None:
        await self._redis.call("ZADD", keys.WAKING, at_ms, workshop)

    async def rest(self, workshop: WorkshopId) -> None:
        await self._redis.call("ZREM", keys.WAKING, workshop)

    async def due(self, now_ms: int) -> list[WorkshopId]:
        found = await self._redis.call("ZRANGEBYSCORE", keys.WAKING, "-inf", now_ms, "LIMIT", 0, AT_ONCE)
        return [WorkshopId(some_bytes(name).decode()) for name in a_list(found)]
