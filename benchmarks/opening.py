"""What a node pays that has just been started, when everybody's document is opened at once, none of them folded yet."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pycrdt import Doc, Text

from server.core.messages import PageId, WorkshopId
from server.store.documents import Documents
from server.store.embedded import embedded_redis
from server.store.opened import open_store

WORKSHOP: Final = WorkshopId("opening")
UPDATES: Final = 500
AT_ONCE: Final = 100


def typed(letters: int) -> Iterator[bytes]:
    """One update for each letter, as an editor sends them to a text that nobody folds."""
    doc: Doc[Text] = Doc()
    text = doc.get("situation", type=Text)
    for number in range(letters):
        before = doc.get_state()
        text += chr(97 + number % 26)
        yield doc.get_update(before)


def page(number: int) -> PageId:
    return PageId(f"write/vignette/p{number}")


async def write(documents: Documents, count: int) -> None:
    for number in range(count):
        updates = list(typed(UPDATES))
        for at in range(0, UPDATES, AT_ONCE):
            await asyncio.gather(*(documents.append(WORKSHOP, page(number), one) for one in updates[at : at + AT_ONCE]))


def memory_mb(of: str) -> float:
    """`VmRSS`: now; `VmHWM`: the most there ever was. Not `getrusage`, which counts the parent's memory as well."""
    line = next(one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith(of))
    return int(line.split()[1]) / 1024


async def opened(url: str, count: int) -> dict[str, float | None]:
    async with open_store(url) as store:
        before_mb, began, worked = memory_mb("VmRSS"), time.perf_counter(), time.process_time()
        found = await asyncio.gather(*(store.documents.open(WORKSHOP, page(number)) for number in range(count)))
        return {
            "opened_ms": (time.perf_counter() - began) * 1_000,
            "cpu_ms": (time.process_time() - worked) * 1_000,
            "memory_mb": memory_mb("VmHWM") - before_mb,
            "unread": float(sum(one.unfolded != UPDATES for one in found)),
        }


async def measured(count: int) -> dict[str, float | None]:
    with tempfile.TemporaryDirectory() as folder:
        async with embedded_redis(Path(folder)) as url:
            async with open_store(url) as store:
                await write(store.documents, count)
            # A process of its own: what writing took of memory is not what opening takes.
            argv = [sys.executable, "-m", "benchmarks.opening", url, str(count)]
            done = await asyncio.to_thread(subprocess.run, argv, stdout=subprocess.PIPE, check=True)
            found: dict[str, float | None] = json.loads(done.stdout)
            return found


def measure(count: int) -> dict[str, float | None]:
    """What it takes until `count` documents of 500 updates are open."""
    return asyncio.run(measured(count))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(opened(sys.argv[1], int(sys.argv[2])))))
