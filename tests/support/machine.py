"""Says in one line what the tests need and this machine lacks, before the first test runs."""

import sys

from server.store.embedded import EmbeddedRedisError, find_binary
from tests.support.chromium import find_chromium
from tests.support.proxy import find_haproxy


def lacks() -> list[str]:
    """One line per missing program, each with the way to get it."""
    lines = []
    for find in (find_binary, find_chromium, find_haproxy):
        try:
            find()
        except (EmbeddedRedisError, RuntimeError) as reason:
            lines.append(str(reason))
    return lines


if __name__ == "__main__":
    for line in lacks():
        sys.stderr.write(f"{line}\n")
