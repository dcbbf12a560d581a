"""Nodes as the product runs them: inside the test, or as processes that may be killed and frozen."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from server.app.serving import Serving, serving
from server.app.settings import Settings
from tests.support.eventually import eventually_sync

ROOT = Path(__file__).parents[2]
START = "from server.cli import main; main(['serve'])"


class RunningNode:
    """A node in this process, listening."""

    def __init__(self, url: str, parts: Serving) -> None:
        self.url = url
        self.parts = parts

    def __repr__(self) -> str:
        return f"<RunningNode {self.url}>"


@asynccontextmanager
async def running_node(redis_url: str, name: str = "n1") -> AsyncIterator[RunningNode]:
    """Everybody may create workshops on it."""
    settings = Settings(port=0, redis_url=redis_url, open_creation=True, node=name)
    async with serving(settings, redis_url) as (parts, listener):
        port = listener.servers[0].sockets[0].getsockname()[1]
        try:
            yield RunningNode(f"http://127.0.0.1:{port}", parts)
        finally:
            listener.force_exit = True


class NodeProcess:
    """A node in a process of its own; it keeps its port when it is started again."""

    def __init__(self, redis_url: str, name: str = "n1") -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = Path(tempfile.mkdtemp(prefix="bc-node-"))
        self._settings = {"REDIS_URL": redis_url, "NODE": name, "DATA": str(self._folder), "OPEN_CREATION": "1"}
        self._process: subprocess.Popen[bytes] | None = None

    def __repr__(self) -> str:
        return f"<NodeProcess {'up' if self._process else 'down'} {self.url}>"

    def start(self) -> None:
        """Returns at once; `wait_ready` waits."""
        self._process = subprocess.Popen(
            [sys.executable, "-c", START],
            cwd=ROOT,
            env=os.environ | self._settings | {"PORT": str(self.port), "HOST": "127.0.0.1", "LOG_LEVEL": "warning"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    def wait_ready(self) -> None:
        eventually_sync(lambda: self.status() == 200, within_s=20)

    def status(self, path: str = "/readyz", within_s: float = 2.0) -> int:
        """The HTTP status of a page, 0 when nobody answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=within_s)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def send(self, number: signal.Signals) -> None:
        assert self._process is not None, "this node is not running"
        self._process.send_signal(number)

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        assert self._process is not None
        self._process.wait(timeout=10)
        self._process = None

    def remove(self) -> None:
        if self._process is not None:
            self.kill()
        shutil.rmtree(self._folder)


@contextmanager
def node_processes(redis_url: str, *names: str) -> Iterator[list[NodeProcess]]:
    nodes = [NodeProcess(redis_url, name) for name in names]
    try:
        for node in nodes:
            node.start()
        for node in nodes:
            node.wait_ready()
        yield nodes
    finally:
        for node in nodes:
            node.remove()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
