"""What was erased is in no append-only file, also when a rewriting was under way or a node ended in between."""

import asyncio

from server.core.messages import Seq, WorkshopId
from server.store.connection import Connection
from server.store.log import Log
from server.store.sweeping import Sweeping
from tests.store.own_redis import OwnRedis
from tests.store.test_log import a_commit
from tests.support.eventually import eventually

SECRET = b"nobody-else-may-read-this"
SLOW_US = 30_000
"""Redis waits so long before each key that it writes into a new file: as with a large one, or a slow disk."""


async def written(redis: Connection, name: str) -> WorkshopId:
    workshop = WorkshopId(name)
    log = Log(redis)
    await log.append(workshop, Seq(1), a_commit("first"))
    await log.append(workshop, Seq(2), a_commit(f"{SECRET.decode()}-{name}"))
    return workshop


async def erased(redis: Connection, workshop: WorkshopId) -> None:
    changed = await Log(redis).replace(workshop, lambda commit: None if SECRET in bytes(commit.facts[0][1]) else commit)
    assert changed == 1


async def slow(redis: Connection, keys: int = 20) -> None:
    for number in range(keys):
        await redis.call("SET", f"filler:{number}", "x" * 100)
    await redis.call("CONFIG", "SET", "rdb-key-save-delay", SLOW_US)


async def test_what_is_erased_leaves_the_files(own_redis: OwnRedis) -> None:
    async with Connection(own_redis.address) as redis:
        workshop = await written(redis, "w1")
        assert own_redis.files_with(SECRET)
        await erased(redis, workshop)
        assert await Sweeping(redis).sweep()
        assert own_redis.files_with(SECRET) == []
        assert not await Sweeping(redis).sweep(), "there is nothing more to do"


async def test_what_is_erased_while_a_rewriting_runs_is_cleared_by_another_one(own_redis: OwnRedis) -> None:
    """The rewriting that runs has taken its picture before: it would write down what is erased after it began."""
    async with Connection(own_redis.address) as redis:
        first, second = await written(redis, "w1"), await written(redis, "w2")
        await slow(redis)
        await erased(redis, first)
        sweeping = asyncio.create_task(Sweeping(redis).sweep())
        await eventually(lambda: is_rewriting(redis))
        await erased(redis, second)
        assert await Sweeping(redis).sweep()
        await sweeping
        assert own_redis.files_with(SECRET) == []


async def test_two_nodes_sweep_at_once_and_both_are_right(own_redis: OwnRedis) -> None:
    async with Connection(own_redis.address) as one, Connection(own_redis.address) as other:
        workshop = await written(one, "w1")
        await slow(one, keys=5)
        await erased(one, workshop)
        await asyncio.gather(Sweeping(one).sweep(), Sweeping(other).sweep())
        assert own_redis.files_with(SECRET) == []


async def test_a_node_that_ends_after_erasing_leaves_the_sweeping_to_the_next(own_redis: OwnRedis) -> None:
    async with Connection(own_redis.address) as redis:
        await erased(redis, await written(redis, "w1"))
    own_redis.kill()
    own_redis.start()
    assert own_redis.files_with(SECRET)
    async with Connection(own_redis.address) as redis:
        assert await Sweeping(redis).sweep()
    assert own_redis.files_with(SECRET) == []


async def is_rewriting(redis: Connection) -> bool:
    said = await redis.call("INFO", "persistence")
    assert isinstance(said, bytes)
    return b"aof_rewrite_in_progress:1" in said
