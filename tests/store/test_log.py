"""Rules of the log: every number once, in order, on disk before it is acknowledged."""

import asyncio

import msgspec
import pytest

from server.core.messages import Actor, Commit, DeviceId, Seq, WorkshopId
from server.store.connection import Connection, StoreAway
from server.store.erasure import erase_workshop
from server.store.log import Log, SeqTaken, WorkshopGone
from tests.store.own_redis import OwnRedis


def a_commit(word: str, by: str = "p1") -> Commit:
    fact = msgspec.Raw(msgspec.msgpack.encode({"type": "Said", "word": word}))
    return Commit(at_ms=7, actor=Actor("person", by), device=DeviceId("d1"), number=1, facts=(("open", fact),))


def word_of(commit: Commit) -> str:
    return str(msgspec.msgpack.decode(commit.facts[0][1])["word"])


async def filled(redis: Connection, workshop: WorkshopId, count: int) -> Log:
    log = Log(redis)
    for seq in range(1, count + 1):
        await log.append(workshop, Seq(seq), a_commit(f"č{seq}", by=f"p{seq % 2}"))
    return log


async def test_what_was_appended_is_read_in_order_after_any_number(redis: Connection, workshop: WorkshopId) -> None:
    log = await filled(redis, workshop, 5)
    assert [(seq, word_of(commit)) for seq, commit in await log.read(workshop, Seq(3))] == [(4, "č4"), (5, "č5")]
    assert len(await log.read(workshop)) == 5


async def test_a_long_log_is_read_to_its_end(redis: Connection, workshop: WorkshopId) -> None:
    log = await filled(redis, workshop, 1)
    await asyncio.gather(*(log.append(workshop, Seq(seq), a_commit("x")) for seq in range(2, 4502)))
    assert [seq for seq, _ in await log.read(workshop)] == list(range(1, 4502))


async def test_a_number_is_given_once(redis: Connection, workshop: WorkshopId) -> None:
    log = await filled(redis, workshop, 2)
    with pytest.raises(SeqTaken):
        await log.append(workshop, Seq(2), a_commit("late"))
    assert [word_of(commit) for _, commit in await log.read(workshop)] == ["č1", "č2"]


async def test_eight_rivals_fill_the_log_without_a_gap(redis: Connection, workshop: WorkshopId) -> None:
    async def rival(name: str) -> None:
        async with redis.another() as own:
            log, head = Log(own), Seq(0)
            for turn in range(50):
                while True:
                    head = Seq(head + 1)
                    try:
                        await log.append(workshop, head, a_commit(f"{name}{turn}"))
                        break
                    except SeqTaken:
                        head = (await log.read(workshop, Seq(head - 1)))[-1][0]

    await asyncio.gather(*(rival(name) for name in "abcdefgh"))
    read = await Log(redis).read(workshop)
    assert [seq for seq, _ in read] == list(range(1, 401))
    assert len({word_of(commit) for _, commit in read}) == 400


async def test_a_workshop_exists_from_its_first_commit(redis: Connection, workshop: WorkshopId) -> None:
    log = Log(redis)
    assert not await log.exists(workshop)
    await log.append(workshop, Seq(1), a_commit("x"))
    assert await log.exists(workshop)
    assert await log.workshops() == [workshop]


async def test_nobody_writes_into_a_workshop_that_does_not_exist(redis: Connection, workshop: WorkshopId) -> None:
    with pytest.raises(WorkshopGone):
        await Log(redis).append(workshop, Seq(7), a_commit("x"))
    assert await redis.call("DBSIZE") == 0


async def test_nobody_writes_into_an_erased_workshop(redis: Connection, workshop: WorkshopId) -> None:
    log = await filled(redis, workshop, 3)
    await erase_workshop(redis, workshop)
    for seq in (1, 2, 4):
        with pytest.raises(WorkshopGone):
            await log.append(workshop, Seq(seq), a_commit("late"))
    with pytest.raises(WorkshopGone):
        await log.read(workshop)
    assert not await log.exists(workshop)
    assert await log.workshops() == []


async def test_a_blanked_commit_keeps_its_number_and_says_nothing(redis: Connection, workshop: WorkshopId) -> None:
    log = await filled(redis, workshop, 4)
    changed = await log.replace(workshop, lambda commit: None if commit.actor.id == "p0" else commit)
    assert changed == 2
    assert [(seq, commit.actor.id, len(commit.facts)) for seq, commit in await log.read(workshop)] == [
        (1, "p1", 1),
        (2, "", 0),
        (3, "p1", 1),
        (4, "", 0),
    ]
    with pytest.raises(SeqTaken):
        await log.append(workshop, Seq(4), a_commit("again"))
    await log.append(workshop, Seq(5), a_commit("next"))


async def test_rewriting_loses_no_commit_that_is_appended_meanwhile(redis: Connection, workshop: WorkshopId) -> None:
    log = await filled(redis, workshop, 2)

    async def others_go_on() -> None:
        for seq in range(3, 60):
            await log.append(workshop, Seq(seq), a_commit(str(seq)))

    await asyncio.gather(others_go_on(), *(log.replace(workshop, lambda commit: _redacted(commit)) for _ in range(3)))
    assert [seq for seq, _ in await log.read(workshop)] == list(range(1, 60))


def _redacted(commit: Commit) -> Commit:
    return commit if commit.number == 0 or commit.actor.id != "p0" else msgspec.structs.replace(commit, number=0)


async def test_what_was_acknowledged_survives_a_killed_redis(own_redis: OwnRedis, workshop: WorkshopId) -> None:
    async with Connection(own_redis.address) as redis:
        log = await filled(redis, workshop, 20)
        own_redis.kill()
        with pytest.raises(StoreAway):
            await log.append(workshop, Seq(21), a_commit("lost"))
        own_redis.start()
        assert [word_of(commit) for _, commit in await log.read(workshop)] == [f"č{seq}" for seq in range(1, 21)]
        await log.append(workshop, Seq(21), a_commit("on"))
