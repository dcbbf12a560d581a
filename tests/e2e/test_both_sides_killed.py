"""Browser, server and Redis killed at one moment in the middle of writing: afterwards the text is whole.

With `BOTH_SIDES_KILLED=300` in the environment there are three hundred trials instead of a few.
"""

import asyncio
import contextlib
import os
import random
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Error, Playwright, async_playwright

from server.core.messages import PageId
from tests.support.chromium import FLAGS, find_chromium
from tests.support.eventually import eventually
from tests.support.node import NodeProcess, node_processes
from tests.support.redis_server import RedisServer, own_redis
from tests.support.workshop import OpenWorkshop
from tests.support.writers import ALPHABETS, FIELD, PATIENCE_S, Desk, Writer, build_client, writing_phase

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TRIALS = int(os.environ.get("BOTH_SIDES_KILLED", "3"))
SEED = int(os.environ.get("SEED", "11"))
KEPT_WITHIN_S = 0.4
"""Letters that are older when the blow falls lie on the device."""


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with own_redis(durable=True) as server:
        yield server


@pytest.fixture
def node(redis: RedisServer) -> Iterator[NodeProcess]:
    build_client()
    with node_processes(redis.url, "n1") as (one,):
        yield one


@asynccontextmanager
async def killable(playwright: Playwright, profile: Path) -> AsyncIterator[BrowserContext]:
    """A browser whose profile outlives it."""
    context = await playwright.chromium.launch_persistent_context(
        profile, executable_path=find_chromium(), args=[*FLAGS], locale="en-GB"
    )
    try:
        yield context
    finally:
        # Killed, there is nothing left to close.
        with contextlib.suppress(Error):
            await context.close()


def browsers_of(profile: Path) -> list[int]:
    """The processes of the browser that lives in this folder and nowhere else."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if f"--user-data-dir={profile}".encode() in words:
                found.append(int(entry.name))
    return found


async def kill_everything(profile: Path, node: NodeProcess, redis: RedisServer, dice: random.Random) -> None:
    def browser() -> None:
        for pid in browsers_of(profile):
            os.kill(pid, signal.SIGKILL)

    blows = [browser, node.kill, redis.kill]
    dice.shuffle(blows)
    for blow in blows:
        await asyncio.to_thread(blow)


async def write_until_the_blow(writer: Writer, dice: random.Random) -> int:
    """Returns how many letters must be there afterwards; those of the last moment may be."""
    await writer.context.set_offline(dice.random() < 0.5)
    await writer.type(dice.randrange(2, 12), delay_ms=dice.choice((0, 8, 30)))
    await asyncio.sleep(KEPT_WITHIN_S)
    must = len(writer.typed)
    if dice.random() < 0.7:
        await writer.type(dice.randrange(1, 8), delay_ms=0)
        await asyncio.sleep(dice.uniform(0, 0.1))
    return must


async def whole(made: Desk, writer: Writer, typed: str, must: int) -> str:
    """What stands on the screen and on the server, once it is the same: letters in their order, none twice."""

    found = ""

    async def same() -> bool:
        nonlocal found
        found = shown = await writer.shown()
        await made.device.open(PageId(made.text))
        assert shown == made.page.fields.get(FIELD, "")
        assert typed.startswith(shown), f"{shown!r} of {typed!r}"
        assert len(shown) >= must, f"{shown!r} of {typed!r}, at least {must} letters"
        return True

    await eventually(same, within_s=PATIENCE_S)
    return found


async def test_what_was_typed_is_whole_after_both_sides_were_killed(
    node: NodeProcess, redis: RedisServer, tmp_path: Path
) -> None:
    dice = random.Random(SEED)
    async with async_playwright() as playwright, await OpenWorkshop.on(node.url, "half_day") as workshop:
        phase = await writing_phase(await workshop.staff())
        author, token = await workshop.join("Ana")
        made = Desk(workshop, phase, author, await workshop.device(token))
        typed, must = "", 0
        for trial in range(TRIALS + 1):
            async with killable(playwright, tmp_path) as context:
                address = f"{node.url}/w/{workshop.id}#{token}"
                writer = Writer("Ana", author, context, context.pages[0], address, ALPHABETS[0])
                await writer.enter("")
                writer.typed = await whole(made, writer, typed, must)
                if trial < TRIALS:
                    await writer.box.press("Control+End")
                    must = await write_until_the_blow(writer, dice)
                    typed = writer.typed
                    await kill_everything(tmp_path, node, redis, dice)
            if trial < TRIALS:
                await asyncio.to_thread(redis.start)
                node.start()
                await asyncio.to_thread(node.wait_ready)
