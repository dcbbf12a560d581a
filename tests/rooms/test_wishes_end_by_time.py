"""Wishes end although nobody presses End, nobody comes back, or a node ends first; and they leave the files as well."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.activities.partnering import messages as m
from server.core.consent import ProposalId, SayYes
from server.core.messages import HOST, WORKSHOP, PhaseId
from server.core.workshop.commands import ChangeLife, MoveRoom
from server.paths.loading import BUNDLED
from server.rehearsal.web import ask
from server.store.opened import open_store
from tests.store.own_redis import OwnRedis
from tests.support.choosing import CHOICE, ChoosingRoom, choosing
from tests.support.eventually import eventually
from tests.support.node import running_node
from tests.support.workshop import OpenWorkshop, move

SECRETS = (b"WishesSet", b"VetoSet")
NEXT = "dimensions"
SLOW_US = 20_000
"""Each rewriting of the file takes a second or two, as with a large one."""


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.runtime.forgetting.SETTLED_S", 0.2)
    monkeypatch.setattr("server.runtime.node.TICK_EVERY_S", 0.2)
    monkeypatch.setattr("server.runtime.node.WAKE_EVERY_S", 0.2)


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[OwnRedis]:
    redis = OwnRedis(tmp_path)
    redis.start()
    yield redis
    redis.kill()


async def in_log(redis_url: str, room: ChoosingRoom) -> bool:
    async with open_store(redis_url) as store:
        log = await store.log.read(room.workshop.id)
    return any(word in bytes(body) for word in SECRETS for _, commit in log for _, body in commit.facts)


async def wished(room: ChoosingRoom, *names: str) -> None:
    for name in names:
        await room.join(name)
    await eventually(lambda: all(seat.me.get("choices") for seat in room.seats.values()))
    for seat in room.seats.values():
        await seat.does(m.SetWishes({other.unit: 2 for other in room.seats.values() if other is not seat}))
    if len(names) > 2:
        await room[names[0]].does(m.SetVeto(room[names[-1]].unit))


async def forgotten(redis_url: str, room: ChoosingRoom) -> None:
    async def is_gone() -> bool:
        return not await in_log(redis_url, room)

    await eventually(is_gone, within_s=10)


async def test_when_the_room_goes_on_and_half_of_it_never_answered_wishes_end_by_time(redis_url: str) -> None:
    async with running_node(redis_url, "n1") as node, choosing(node.url) as room:
        await wished(room, "Ana", "Bor", "Cene")
        await room.leads(MoveRoom(room.moderator.views[("room", "")].body["phases"][-1]["id"], CHOICE), scope="")
        live = node.parts.node.live[room.workshop.id]
        assert await in_log(redis_url, room)
        now_ms = live.now_ms
        live.now_ms = lambda: now_ms() + 13 * 3_600_000  # type: ignore[method-assign]
        await forgotten(redis_url, room)
        await eventually(lambda: not room["Ana"].me.get("wishes"))


async def test_when_the_workshop_is_closed_wishes_end_at_once(redis_url: str) -> None:
    async with running_node(redis_url, "n1") as node, choosing(node.url) as room:
        await wished(room, "Ana", "Bor", "Cene")
        await room.leads(ChangeLife("closed"), scope="")
        await forgotten(redis_url, room)


async def test_a_node_that_ends_before_it_has_looked_leaves_that_to_whichever_loads_the_workshop(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.runtime.forgetting.SETTLED_S", 60.0)
    async with running_node(redis_url, "n1") as node, choosing(node.url) as room:
        await wished(room, "Ana", "Bor")
        await room.leads(ChangeLife("closed"), scope="")
        live = node.parts.node.live[room.workshop.id]
        await eventually(lambda: not live.forgetting._keeps(CHOICE))
        assert await in_log(redis_url, room)
        monkeypatch.setattr("server.runtime.forgetting.SETTLED_S", 0.2)
        async with running_node(redis_url, "n2") as second:
            await room.workshop.staff("moderator", second.url)
            await forgotten(redis_url, room)


async def test_a_workshop_to_which_nobody_comes_back_is_woken_for_it(redis_url: str) -> None:
    """The path keeps wishes for no hour at all, so that they end as soon as somebody looks."""
    pack = BUNDLED.read_text(encoding="utf-8").replace("      timeout_minutes: 5\n", "      keep_hours: 0\n", 1)
    async with running_node(redis_url, "n1") as node:
        created = await ask("POST", f"{node.url}/api/workshops", {"title": "T", "schedule": "half_day", "pack": pack})
        async with OpenWorkshop(created, node.url) as workshop:
            moderator = await workshop.staff()
            await moderator.submit("", move(moderator, CHOICE))
            room = ChoosingRoom(workshop, moderator, moderator, (node.url,))
            await wished(room, "Ana", "Bor")
            async with open_store(redis_url) as store:
                await eventually(lambda: store.waking.due(2**62))
        live = node.parts.node.live[workshop.id]
        await live.replica.post(HOST, WORKSHOP, MoveRoom(PhaseId(NEXT), CHOICE))
        node.parts.node.forget(workshop.id)
        assert await in_log(redis_url, room)
        async with open_store(redis_url) as store:
            await store.waking.wake(workshop.id, 0)
            await forgotten(redis_url, room)

            async def rests() -> bool:
                return workshop.id not in await store.waking.due(2**62)

            await eventually(rests)


@pytest.mark.slow
async def test_two_rooms_that_forget_one_after_the_other_leave_no_wish_in_the_append_only_files(
    own_redis: OwnRedis,
) -> None:
    """The second forgets while the file is being rewritten for the first."""
    url = f"unix://{own_redis.folder / 'redis.sock'}"

    async with running_node(url, "n1") as node, choosing(node.url) as one, choosing(node.url) as other:
        async with open_store(url) as store:
            await store.redis.call("CONFIG", "SET", "rdb-key-save-delay", SLOW_US)
        for room in (one, other):
            await wished(room, "Ana", "Bor")
            await room.leads(m.ProposeMatching())
        assert own_redis.files_with(*SECRETS)
        for room in (one, other):
            await agreed(room)
            await forgotten(url, room)
        await eventually(lambda: not own_redis.files_with(*SECRETS), within_s=30)


async def agreed(room: ChoosingRoom) -> None:
    await room.leads(m.ProposeMatching())
    await room.leads(m.ShowProposals())
    await eventually(lambda: all(seat.proposals for seat in room.seats.values()))
    await asyncio.gather(
        *(seat.does(SayYes(ProposalId(seat.proposals[0]["proposal"]))) for seat in room.seats.values())
    )
