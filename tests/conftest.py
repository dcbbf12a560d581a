"""Every test that needs Redis gets a real and empty one; the quick tests run first."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.support.chromium import kiosk
from tests.support.house import House, open_house
from tests.support.redis_server import RedisServer, own_redis


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """One private Redis for the whole run. A test that kills or freezes Redis starts a `RedisServer` of its own."""
    with own_redis() as server:
        yield server


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    redis_server.flush()
    return redis_server.url


@pytest.fixture(scope="session", autouse=True)
async def _kiosk() -> AsyncIterator[None]:
    yield
    await kiosk.close()


@pytest.fixture
async def house(redis_url: str, tmp_path: Path) -> AsyncIterator[House]:
    """A server with a workshop in it, for every test that asks."""
    async with open_house(redis_url, tmp_path) as found:
        yield found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_cost)


def _cost(item: pytest.Item) -> int:
    if item.get_closest_marker("browser") is not None:
        return 2
    return 1 if item.get_closest_marker("slow") is not None else 0
