"""The proxy of the compose file, from the same settings, in front of two nodes on loopback."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests.support.eventually import eventually_sync

SETTINGS = Path(__file__).parents[2] / "deploy" / "haproxy.cfg"
HOW_TO_GET_IT = "No haproxy was found: `sudo apt-get install haproxy`."


def find_haproxy() -> str:
    found = shutil.which("haproxy", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if found is None:
        raise RuntimeError(HOW_TO_GET_IT)
    return found


@contextmanager
def proxy(node1_port: int, node2_port: int) -> Iterator[int]:
    """The port of a running proxy. The nodes may start later; until one does, the proxy answers 503."""
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
        port = int(listener.getsockname()[1])
        # The proxy inherits the listening socket: a port merely looked up could be taken before it binds.
        process = subprocess.Popen(
            [find_haproxy(), "-db", "-f", SETTINGS],
            env=os.environ
            | {
                "BIND": f"fd@{listener.fileno()}",
                "NODE1": f"127.0.0.1:{node1_port}",
                "NODE2": f"127.0.0.1:{node2_port}",
            },
            pass_fds=(listener.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            eventually_sync(lambda: process.poll() is None and _status(port, "/proxyz") > 0)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=10)


def _status(port: int, path: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()
