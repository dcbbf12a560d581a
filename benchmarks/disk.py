"""What the disk takes of every edit: how long an append waits for its acknowledgement, synced and not.

No edit of ours can be faster than that, and no peer that stores nothing waits for it.
"""

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Final

from server.store.connection import Connection
from server.store.embedded import embedded_redis
from server.store.wire import Address

APPENDS_PER_S: Final = 800
"""As many as the edits of workload A."""
SECONDS: Final = 4.0
UPDATE: Final = b"x" * 40


async def waits_ms(redis: Connection, key: str) -> list[float]:
    """The wait of each append, shortest first."""
    waits: list[float] = []

    async def append() -> None:
        began = time.perf_counter()
        await redis.call("XADD", key, "*", "u", UPDATE)
        waits.append((time.perf_counter() - began) * 1_000)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for number in range(int(APPENDS_PER_S * SECONDS)):
            await asyncio.sleep(max(0.0, began + number / APPENDS_PER_S - time.perf_counter()))
            tasks.create_task(append())
    return sorted(waits)


async def measured() -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    with tempfile.TemporaryDirectory() as folder:
        async with embedded_redis(Path(folder)) as url, Connection(Address.parse(url)) as redis:
            for name, policy in (("synced", "always"), ("unsynced", "no")):
                await redis.call("CONFIG", "SET", "appendfsync", policy)
                waits = await waits_ms(redis, name)
                found |= {f"{name}_p{part}_ms": waits[len(waits) * part // 100] for part in (50, 95, 99)}
    return found


def measure() -> dict[str, float | None]:
    """Milliseconds from the command to its acknowledgement, with and without `appendfsync always`."""
    return asyncio.run(measured())
