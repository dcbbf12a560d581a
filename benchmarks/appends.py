"""What one append to a log costs the server's process: redis-py's asyncio client beside our own connection.

`python -m benchmarks.appends` prints both, from one Redis and in turns, with as many writers as a busy room has.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import redis.asyncio

from server.store.connection import Connection
from server.store.embedded import embedded_redis
from server.store.wire import Address

ENTRY = b"x" * 120
"""About what one vote's commit takes."""

Append = Callable[[str], Awaitable[Any]]


async def cpu_us(append: Append, writers: int, appends: int) -> float:
    """Microseconds of this process's CPU time for one append."""

    async def write(number: int) -> None:
        for _ in range(appends):
            await append(f"log{number}")

    began = time.process_time()
    await asyncio.gather(*(write(number) for number in range(writers)))
    return (time.process_time() - began) * 1e6 / (writers * appends)


async def measured(writers: int, appends: int, rounds: int) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {"redis-py": [], "ours": []}
    with tempfile.TemporaryDirectory() as folder:
        async with embedded_redis(Path(folder)) as url:
            stock = redis.asyncio.Redis.from_url(url)
            async with Connection(Address.parse(url)) as own:
                ways: dict[str, Append] = {
                    "redis-py": lambda key: stock.xadd(key, {b"c": ENTRY}),
                    "ours": lambda key: own.call("XADD", key, "*", "c", ENTRY),
                }
                for _ in range(rounds):
                    for name, append in ways.items():
                        found[name].append(await cpu_us(append, writers, appends))
            await stock.aclose()
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.appends", description=__doc__)
    parser.add_argument("--writers", type=int, default=40)
    parser.add_argument("--appends", type=int, default=100, help="by each writer in a round")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    for name, costs in asyncio.run(measured(given.writers, given.appends, given.rounds)).items():
        rounds = " ".join(f"{cost:.1f}" for cost in costs)
        print(f"{name:10} {statistics.median(costs):6.1f} µs CPU per append   rounds: {rounds}")


if __name__ == "__main__":
    main()
