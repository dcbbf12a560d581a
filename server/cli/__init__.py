"""The command line: serve, new, check-path, rehearse."""

from server.cli.commands import main

__all__ = ["main"]
