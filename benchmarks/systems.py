"""Every server that is measured: how it is started, alone on core 0, and stopped."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SERVER_CORE = "0"
LOAD_CORE = "1"
STARTING_WITHIN_S = 20.0
STOPPING_WITHIN_S = 5.0

LISTENS = rb"^port (\d+)|is ready\.  Open http://[^:]+:(\d+)"
"""What a server says once it listens; the second is our own's, as its moderator reads it."""

ROOT = Path(__file__).parent.parent
LOAD = Path(__file__).parent / "load"


@dataclass(frozen=True)
class System:
    """A server under load. It says its port once it listens; `connector` is the way in which editors speak to it."""

    name: str
    argv: tuple[str, ...]
    connector: str = ""
    children: int = 0
    """How many processes of its own it needs: they count as part of it, and share its core."""


@dataclass(frozen=True)
class Running:
    """A started server. `pids` are those of its nodes, and after them those of its store."""

    pids: tuple[int, ...]
    ports: tuple[int, ...]
    environment: Mapping[str, str]


def node(script: str) -> tuple[str, ...]:
    """A server beside the load generator."""
    return (shutil.which("node") or "node", str(LOAD / script))


def python(module: str, *arguments: str) -> tuple[str, ...]:
    """A server of this package."""
    return (sys.executable, "-m", f"benchmarks.peers.{module}", *arguments)


OURS = System("Boundary Crossing", python("ours"), "ours", children=1)
UNSYNCED = System("the same, not synced", python("unsynced"), "ours", children=1)
HOCUSPOCUS = System("Hocuspocus", node("hocuspocus.mjs"), "hocuspocus")
Y_WEBSOCKET = System("y-websocket", node("y_websocket.mjs"), "y-websocket")
PYCRDT_WEBSOCKET = System("pycrdt-websocket", python("pycrdt_rooms"), "pycrdt-websocket")
RELAY = System("python-socketio relay", python("relay"), "relay")
NODE_SOCKETIO = System("Socket.IO for Node", node("node_socketio.mjs"))
PYTHON_SOCKETIO = System("python-socketio", python("fanout", "stock"))
OUTBOX = System("our outbox alone", python("fanout", "direct"))


@contextlib.contextmanager
def running(system: System, nodes: int = 1) -> Iterator[Running]:
    """Start `system` on its core and stop it again. Further nodes share the store of the first, on the load's core."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder,
        contextlib.ExitStack() as up,
    ):
        environment = {**os.environ, "DATA": folder, "HOST": "127.0.0.1", "OPEN_CREATION": "1", "LOG_LEVEL": "error"}
        pids, ports = zip(
            *(up.enter_context(started(system, number, environment)) for number in range(nodes)), strict=True
        )
        yield Running((*pids, *children_of(pids[0], system.children)), ports, environment)


@contextlib.contextmanager
def started(system: System, number: int, environment: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """One process of a system: its pid and its port."""
    core = LOAD_CORE if number else SERVER_CORE
    store = {"REDIS_URL": f"unix://{environment['DATA']}/redis.sock", "NODE": f"n{number}"} if number else {}
    process = subprocess.Popen(
        ["taskset", "-c", core, *system.argv],
        cwd=ROOT,
        env={**environment, **store},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        yield process.pid, announced_port(process, system)
    finally:
        process.terminate()
        try:
            process.wait(STOPPING_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def children_of(pid: int, count: int) -> tuple[int, ...]:
    """The processes that `pid` has started itself; the resource tracker of Python counts among them if it runs."""
    found = tuple(
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    )
    if len(found) != count:
        raise RuntimeError(f"{count} processes of the server were expected, and {len(found)} are there")
    return found


def announced_port(process: subprocess.Popen[bytes], system: System) -> int:
    """The port that it tells; whatever stands before it is shown when the server dies instead."""
    assert process.stdout is not None
    deadline = time.monotonic() + STARTING_WITHIN_S
    said = b""
    while time.monotonic() < deadline:
        line = process.stdout.readline()
        if not line:
            break
        said += line
        if found := re.search(LISTENS, line):
            return int(found[1] or found[2])
    raise RuntimeError(f"{system.name} did not start:\n{said.decode(errors='replace')}")
