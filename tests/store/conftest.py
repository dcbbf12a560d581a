"""A Redis of our own for the tests of the store: real, on a socket, and as careful with its disk as the product."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest

from server.core.messages import WorkshopId
from server.store.connection import Connection
from tests.store.own_redis import OwnRedis

Eventually = Callable[[Callable[[], bool | Awaitable[bool]]], Awaitable[None]]


@pytest.fixture(scope="session")
def shared_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRedis]:
    redis = OwnRedis(tmp_path_factory.mktemp("redis"))
    redis.start()
    yield redis
    redis.kill()


@pytest.fixture
def own_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRedis]:
    """For tests that kill it."""
    redis = OwnRedis(tmp_path_factory.mktemp("own"))
    redis.start()
    yield redis
    redis.kill()


@pytest.fixture
async def redis(shared_redis: OwnRedis) -> AsyncIterator[Connection]:
    async with Connection(shared_redis.address) as connection:
        await connection.call("FLUSHALL")
        yield connection


@pytest.fixture
def workshop() -> WorkshopId:
    return WorkshopId("w1")


@pytest.fixture
def eventually() -> Eventually:
    """Ask again until it is true; fails after ten seconds."""

    async def ask(is_true: Callable[[], bool | Awaitable[bool]]) -> None:
        async with asyncio.timeout(10):
            while True:
                answer = is_true()
                if answer if isinstance(answer, bool) else await answer:
                    return
                await asyncio.sleep(0.002)

    return ask
