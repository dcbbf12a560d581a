"""One server with a Redis of its own and one browser for all situations."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.support.chromium import chromium
from tests.support.node import running_node
from tests.support.redis_server import RedisServer
from tests.support.situation import Venue


@pytest_asyncio.fixture(scope="session")
async def venue() -> AsyncIterator[Venue]:
    # The Redis of the other tests is emptied before each of them.
    redis = RedisServer()
    redis.start()
    try:
        async with running_node(redis.url, "venue") as node, chromium() as browser:
            yield Venue(node, browser)
    finally:
        redis.remove()
