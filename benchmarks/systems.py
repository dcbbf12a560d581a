"""Every server that is measured: how it is started, alone on core 0, and stopped."""

import contextlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SERVER_CORE = "0"
LOAD_CORE = "1"
STARTING_WITHIN_S = 20.0
STOPPING_WITHIN_S = 5.0

ROOT = Path(__file__).parent.parent
LOAD = Path(__file__).parent / "load"


@dataclass(frozen=True)
class System:
    """A server under load. It prints `port N` once it listens; `connector` is the way in which editors speak to it."""

    name: str
    argv: tuple[str, ...]
    connector: str = ""


@dataclass(frozen=True)
class Running:
    """A started server."""

    pid: int
    port: int


def node(script: str) -> tuple[str, ...]:
    """A server beside the load generator."""
    return (shutil.which("node") or "node", str(LOAD / script))


def python(module: str, *arguments: str) -> tuple[str, ...]:
    """A server of this package."""
    return (sys.executable, "-m", f"benchmarks.peers.{module}", *arguments)


HOCUSPOCUS = System("Hocuspocus", node("hocuspocus.mjs"), "hocuspocus")
Y_WEBSOCKET = System("y-websocket", node("y_websocket.mjs"), "y-websocket")
PYCRDT_WEBSOCKET = System("pycrdt-websocket", python("pycrdt_rooms"), "pycrdt-websocket")
RELAY = System("python-socketio relay", python("relay"), "relay")
NODE_SOCKETIO = System("Socket.IO for Node", node("node_socketio.mjs"))
PYTHON_SOCKETIO = System("python-socketio", python("fanout", "stock"))
OUTBOX = System("our outbox alone", python("fanout", "direct"))


@contextlib.contextmanager
def running(system: System) -> Iterator[Running]:
    """Start `system` on its core and stop it again."""
    process = subprocess.Popen(
        ["taskset", "-c", SERVER_CORE, *system.argv], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        yield Running(process.pid, announced_port(process, system))
    finally:
        process.terminate()
        try:
            process.wait(STOPPING_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def announced_port(process: subprocess.Popen[bytes], system: System) -> int:
    """The port in the line `port N`; whatever stands before it is shown when the server dies instead."""
    assert process.stdout is not None
    deadline = time.monotonic() + STARTING_WITHIN_S
    said = b""
    while time.monotonic() < deadline:
        line = process.stdout.readline()
        if not line:
            break
        said += line
        if found := re.match(rb"port (\d+)", line):
            return int(found[1])
    raise RuntimeError(f"{system.name} did not start:\n{said.decode(errors='replace')}")
