"""Our own server as `boundary-crossing serve` starts it, on a port that nobody has."""

import os
import socket

from server.cli.commands import main


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve() -> None:
    os.environ.setdefault("PORT", str(free_port()))
    main(["serve"])


if __name__ == "__main__":
    serve()
