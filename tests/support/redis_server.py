"""A real Redis of the tests' own: on a unix socket in a short private folder, killed and frozen at will."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from server.store.embedded import find_binary
from tests.support.eventually import eventually_sync


class Disk:
    """A copy of an append-only file, as a backup of the machine would have it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._copy = Path(tempfile.mkdtemp(prefix="bc-disk-")) / "copy"
        shutil.copytree(folder, self._copy)

    def put_back(self) -> None:
        """While Redis is down."""
        shutil.rmtree(self._folder)
        shutil.copytree(self._copy, self._folder)
        shutil.rmtree(self._copy.parent)


class RedisServer:
    """Durable ones keep what they acknowledged through `kill()` and `start()`; the others are faster."""

    def __init__(self, *, durable: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bc-redis-"))
        self.url = f"unix://{self.folder}/redis.sock"
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None

    def __repr__(self) -> str:
        return f"<RedisServer {'up' if self._process else 'down'} {self.url}>"

    def start(self) -> None:
        binary, _ = find_binary()
        aof = ("--appendonly", "yes", "--appendfsync", "always") if self._durable else ("--appendonly", "no")
        self._process = subprocess.Popen(
            [
                binary,
                "--port",
                "0",
                "--unixsocket",
                "redis.sock",
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction",
                *aof,
            ],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        eventually_sync(self._answers, within_s=10)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        os.kill(self._running().pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self._running().pid, signal.SIGCONT)

    def disk(self) -> "Disk":
        """What is on disk now, to be put back later. Redis must be durable."""
        return Disk(self.folder / "appendonlydir")

    def flush(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def remove(self) -> None:
        if self._process is not None:
            self.kill()
        shutil.rmtree(self.folder)

    def _answers(self) -> bool:
        assert self._running().poll() is None, "redis-server ended while starting"
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False

    def _end(self, how: signal.Signals) -> None:
        process = self._running()
        process.send_signal(how)
        process.wait(timeout=10)
        self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "this Redis is not running"
        return self._process


@contextmanager
def own_redis(*, durable: bool = False) -> Iterator[RedisServer]:
    """Nobody else's, and gone afterwards."""
    server = RedisServer(durable=durable)
    server.start()
    try:
        yield server
    finally:
        server.remove()
