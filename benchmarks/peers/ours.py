"""Our own server as `boundary-crossing serve` starts it, with its private Redis, in a folder that goes with it."""

import os
import socket
import tempfile

from server.cli.commands import main


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ.setdefault("PORT", str(free_port()))
        os.environ.setdefault("DATA", folder)
        os.environ.update({"HOST": "127.0.0.1", "OPEN_CREATION": "1", "LOG_LEVEL": "warning"})
        main(["serve"])
