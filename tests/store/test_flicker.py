"""Rules of flicker: told to whoever listens now, dropped when nobody can hear, back when Redis is back."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from server.core.messages import PersonId, WorkshopId
from server.store.connection import Connection, StoreAway
from server.store.flicker import Flicker
from server.store.replies import some_bytes
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


async def test_presence_is_counted_by_redis(redis: Connection, workshop: WorkshopId, eventually: Eventually) -> None:
    flicker = Flicker(redis)
    flicker.beat(workshop, PersonId("p1"), "here")

    async def is_here() -> bool:
        return await flicker.here(workshop, [PersonId("p1"), PersonId("p2")]) == {PersonId("p1"): "here"}

    await eventually(is_here)
    assert 0 < int(str(await redis.call("PTTL", f"ws:{{{workshop}}}:here:p1"))) <= 25_000


async def test_a_crowd_that_comes_in_at_once_is_a_handful_of_writes_to_the_disk(
    own_redis: OwnRedis, workshop: WorkshopId, eventually: Eventually
) -> None:
    crowd = [PersonId(f"p{number}") for number in range(300)]
    async with Connection(own_redis.address) as redis:
        flicker = Flicker(redis)
        before = await reads(redis)
        for person in crowd:
            flicker.beat(workshop, person, "here")
            await asyncio.sleep(0)

        async def all_are_here() -> bool:
            return len(await flicker.here(workshop, crowd)) == len(crowd)

        await eventually(all_are_here)
        assert await reads(redis) - before < len(crowd) / 3


async def reads(redis: Connection) -> int:
    """How often Redis has read from its sockets: it writes to the disk once after each."""
    stats = some_bytes(await redis.call("INFO", "stats")).decode()
    return int(stats.partition("total_reads_processed:")[2].split()[0])
