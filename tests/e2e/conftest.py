"""Servers that many tests share, each with a Redis of its own: one for all situations, and one that may be killed."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.support.chromium import chromium
from tests.support.node import NodeProcess, node_processes, running_node
from tests.support.redis_server import own_redis
from tests.support.situation import Venue
from tests.support.writers import build_client


@pytest_asyncio.fixture(scope="session")
async def venue() -> AsyncIterator[Venue]:
    # The Redis of the other tests is emptied before each of them.
    with own_redis() as redis:
        async with running_node(redis.url, "venue") as node, chromium() as browser:
            yield Venue(node, browser)


@pytest.fixture(scope="session")
def node() -> Iterator[NodeProcess]:
    """A server in a process of its own. Whoever kills it starts it again."""
    build_client()
    with own_redis() as redis, node_processes(redis.url, "n1") as (one,):
        yield one
