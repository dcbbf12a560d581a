"""Kill -9 of a node or of Redis in the middle of everything: what was acknowledged is there, once."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from protocol.frames import Accepted, Saved
from server.core.messages import PageId, PhaseId
from server.core.workshop.commands import Announce
from server.core.workshop.evolve import KEPT_ANNOUNCEMENTS
from server.rehearsal.device import Device
from server.rehearsal.web import request
from server.store.document_state import text_fields
from server.store.opened import open_store
from tests.support.eventually import eventually
from tests.support.fold import numbers_in_log
from tests.support.node import RunningNode, node_processes, running_node
from tests.support.redis_server import RedisServer, own_redis
from tests.support.workshop import OpenWorkshop, move

pytestmark = pytest.mark.slow

TRIALS = 200
KILLS = 3
NODE_TRIALS = 6


@pytest.fixture
def durable() -> Iterator[RedisServer]:
    with own_redis(durable=True) as server:
        yield server


@asynccontextmanager
async def arrived(url: str) -> AsyncIterator[tuple[OpenWorkshop, Device, list[tuple[PageId, Device]]]]:
    """A workshop in its first phase: the moderator, and three people with a page of their own."""
    async with await OpenWorkshop.on(url) as workshop:
        moderator = await workshop.staff()
        await moderator.submit("", move(moderator, PhaseId("arrival")))
        seats = [await workshop.seat(f"P{number}") for number in range(3)]
        yield workshop, moderator, [(PageId(f"arrival/aim/{who}"), device) for who, device in seats]


async def announce(moderator: Device, enough: Callable[[int], bool]) -> int:
    """Messages, one after another, each sent until it is acknowledged; returns how many."""
    said = 0
    while not enough(said):
        assert isinstance(await moderator.submit("", Announce(f"Message {said}.")), Accepted)
        said += 1
    return said


async def type_on(page: PageId, device: Device, enough: Callable[[int], bool]) -> list[str]:
    words: list[str] = []
    while not enough(len(words)):
        words.append(f"word {len(words)}")
        assert isinstance(await device.write(page, f"f{len(words):03}", words[-1]), Saved)
    return words


def messages(device: Device) -> list[str]:
    room = device.views[("room", "")]
    return [room.texts[said["text"]]["text"] for said in room.body.get("messages", ())]


async def check(
    redis_url: str, workshop: OpenWorkshop, moderator: Device, said: int, typed: dict[PageId, list[str]]
) -> None:
    """Every acknowledged word and message is there, and none twice."""
    newest = [f"Message {number}." for number in range(said)][-KEPT_ANNOUNCEMENTS:]
    await eventually(lambda: messages(moderator) == newest)
    numbers = await numbers_in_log(redis_url, workshop.id)
    assert len(set(numbers.values())) == len(numbers)
    assert len([one for one in numbers.values() if one[0] == moderator.name]) == 1 + said
    async with open_store(redis_url) as store:
        for page, words in typed.items():
            stored = text_fields((await store.documents.open(workshop.id, page)).state)
            assert sorted(stored.values()) == sorted(words)


@pytest.mark.parametrize("victim", ["node", "redis"])
async def test_a_kill_in_the_middle_of_commands_loses_nothing_and_doubles_nothing(
    durable: RedisServer, victim: str
) -> None:
    async with AsyncExitStack() as stack:
        (node,) = stack.enter_context(node_processes(durable.url, "n1"))
        workshop, moderator, pages = await stack.enter_async_context(arrived(node.url))
        over = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            talking = tasks.create_task(announce(moderator, lambda _: over.is_set()))
            typing = {page: tasks.create_task(type_on(page, device, lambda _: over.is_set())) for page, device in pages}
            for _ in range(KILLS):
                await asyncio.sleep(0.1)
                if victim == "node":
                    node.kill()
                    node.start()
                    await asyncio.to_thread(node.wait_ready)
                else:
                    durable.kill()
                    await asyncio.to_thread(durable.start)
            over.set()
        typed = {page: task.result() for page, task in typing.items()}
        assert talking.result() > KILLS
        assert all(len(words) > KILLS for words in typed.values())
        await check(durable.url, workshop, moderator, talking.result(), typed)


async def test_an_acknowledged_edit_outlives_redis_killed_at_once(durable: RedisServer) -> None:
    async with running_node(durable.url) as node, arrived(node.url) as (workshop, _, pages):
        page, device = pages[0]
        for trial in range(TRIALS):
            assert isinstance(await device.write(page, f"f{trial:03}", "kept"), Saved)
            durable.kill()
            durable.start()
        async with open_store(durable.url) as store:
            stored = text_fields((await store.documents.open(workshop.id, page)).state)
        assert stored == {f"f{trial:03}": "kept" for trial in range(TRIALS)}


async def test_an_acknowledged_edit_outlives_node_and_redis_killed_at_once(durable: RedisServer) -> None:
    with node_processes(durable.url, "n1") as (node,):
        async with arrived(node.url) as (workshop, _, pages):
            for trial in range(NODE_TRIALS):
                for page, device in pages:
                    assert isinstance(await device.write(page, f"f{trial}", "kept"), Saved)
                node.kill()
                durable.kill()
                durable.start()
                node.start()
            async with open_store(durable.url) as store:
                for page, _ in pages:
                    stored = text_fields((await store.documents.open(workshop.id, page)).state)
                    assert stored == {f"f{trial}": "kept" for trial in range(NODE_TRIALS)}


async def test_while_redis_is_away_everybody_is_told_and_goes_on_by_itself(durable: RedisServer) -> None:
    async with AsyncExitStack() as stack:
        (node,) = stack.enter_context(node_processes(durable.url, "n1"))
        _, moderator, pages = await stack.enter_async_context(arrived(node.url))
        page, device = pages[0]
        durable.kill()
        await eventually(lambda: "away" in device.notices)
        await eventually(lambda: node.status() == 503)
        assert node.status("/healthz") == 200
        wishing = asyncio.create_task(announce(moderator, lambda said: said == 1))
        typing = asyncio.create_task(device.write(page, "text", "Typed while Redis was away."))
        await asyncio.sleep(0.1)
        assert not wishing.done()
        assert not typing.done()
        await asyncio.to_thread(durable.start)
        await eventually(lambda: device.notices[-1:] == ["back"] or device.connections > 1)
        assert isinstance(await typing, Saved)
        await wishing
        await eventually(lambda: node.status() == 200, within_s=10)


async def test_a_frozen_node_does_not_hold_up_the_other_and_is_itself_again_when_it_thaws(
    durable: RedisServer,
) -> None:
    with node_processes(durable.url, "n1", "n2") as (frozen, other):
        async with await OpenWorkshop.on(other.url) as workshop:
            near, far = await workshop.staff(base=frozen.url), await workshop.staff("moderator", other.url)
            frozen.send(signal.SIGSTOP)
            assert await asyncio.to_thread(frozen.status, "/readyz", 0.3) == 0
            await announce(far, lambda said: said == 5)
            frozen.send(signal.SIGCONT)
            await eventually(lambda: len(messages(near)) == 5, within_s=15)
            await eventually(lambda: frozen.status() == 200, within_s=15)


async def test_a_node_that_no_longer_hears_itself_is_not_ready(redis_url: str) -> None:
    async with running_node(redis_url) as node:
        await eventually(lambda: not node.parts.node.is_deaf)
        assert await ready(node)
        node.parts.node.tail.heard_canary_at -= 60
        assert not await ready(node)
        await eventually(lambda: ready(node))


async def ready(node: RunningNode) -> bool:
    return (await request("GET", f"{node.url}/readyz")).status == 200
