"""A redis-server that a test may kill and start again over the same files."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from server.store.connection import Address


class OwnRedis:
    """A redis-server that can be killed and started again over the same files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.address = Address.parse(f"unix://{folder / 'redis.sock'}")

    def files_with(self, *words: bytes) -> list[str]:
        """The files in which one of these stands; one that Redis takes away meanwhile holds nothing any more."""
        found = []
        for file in self.folder.rglob("*"):
            with suppress(FileNotFoundError):
                held = file.read_bytes() if file.is_file() else b""
                found += [file.name] if any(word in held for word in words) else []
        return found

    def start(self) -> None:
        options = {"--port": "0", "--dir": str(self.folder), "--unixsocket": str(self.folder / "redis.sock")}
        options |= {"--appendonly": "yes", "--appendfsync": "always", "--save": "", "--loglevel": "warning"}
        self._process = subprocess.Popen(
            ["redis-server", *(word for pair in options.items() for word in pair)], stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 10
        while not self._answers():
            assert time.monotonic() < deadline, "redis-server does not start"
            os.sched_yield()

    def _answers(self) -> bool:
        told = subprocess.run(
            ["redis-cli", "-s", str(self.folder / "redis.sock"), "ping"], capture_output=True, check=False
        )
        return told.stdout.strip() == b"PONG"

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        assert self._process is not None
        self._process.wait()
        (self.folder / "redis.sock").unlink(missing_ok=True)
