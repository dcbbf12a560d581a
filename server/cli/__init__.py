"""The command line: serve, new, check-path, rehearse, backup, restore, erase."""

from server.cli.commands import main

__all__ = ["main"]
