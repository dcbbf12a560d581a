"""Rules of flicker: told to whoever listens now, dropped when nobody can hear, back when Redis is back."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from server.core.messages import WorkshopId
from server.store.connection import Connection, StoreAway
from server.store.flicker import Flicker
from tests.store.conftest import Eventually
from tests.store.own_redis import OwnRedis


@contextlib.asynccontextmanager
async def running(flicker: Flicker) -> AsyncIterator[Flicker]:
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(flicker.run())
        yield flicker
        task.cancel()


async def test_a_cursor_reaches_the_other_node_and_stops_when_it_left(
    redis: Connection, workshop: WorkshopId, eventually: Eventually
) -> None:
    heard: list[bytes] = []
    async with running(Flicker(redis.another())) as other:
        other.listen(workshop, heard.append)

        def is_heard() -> bool:
            Flicker(redis).publish(workshop, b"caret")
            return bool(heard)

        await eventually(is_heard)
        other.leave(workshop)

        async def nobody_listens() -> bool:
            return await redis.call("PUBLISH", f"ws:{{{workshop}}}:flicker", b"more") == 0

        await eventually(nobody_listens)


async def test_listening_goes_on_after_redis_was_away(
    own_redis: OwnRedis, workshop: WorkshopId, eventually: Eventually
) -> None:
    heard: list[bytes] = []
    async with Connection(own_redis.address) as redis, running(Flicker(redis)) as flicker:
        flicker.listen(workshop, heard.append)
        own_redis.kill()
        with pytest.raises(StoreAway):
            await redis.ping()
        flicker.publish(workshop, b"dropped")
        with pytest.raises(StoreAway):
            await redis.ping()
        own_redis.start()

        def is_heard() -> bool:
            flicker.publish(workshop, b"caret")
            return bool(heard)

        await eventually(is_heard)
        assert set(heard) == {b"caret"}
