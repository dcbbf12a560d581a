"""Rules of the tail: what any node appends is heard, in order, once, also after Redis was away."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator

import pytest

from server.store.connection import Connection, StoreAway
from server.store.replies import BEGINNING, Entry, EntryId
from server.store.tail import Tail
from tests.store.conftest import Eventually
from tests.store.own_redis import OwnRedis


class Listener:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.last = BEGINNING

    def __call__(self, news: list[Entry]) -> None:
        self.words += [fields[b"w"].decode() for _, fields in news]
        self.last = news[-1][0]


@contextlib.asynccontextmanager
async def running(tail: Tail) -> AsyncIterator[Tail]:
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(tail.run())
        yield tail
        task.cancel()


async def say(redis: Connection, key: str, *words: str) -> None:
    for word in words:
        await redis.call("XADD", key, "*", "w", word)


async def test_a_stream_that_is_followed_while_the_tail_is_blocked_is_heard_at_once(
    redis: Connection, eventually: Eventually
) -> None:
    listener = Listener()
    async with running(Tail(redis, "n1", lambda: None)) as tail:
        await eventually(lambda: tail.deaf_for_s() < 1)
        await say(redis, "s", "ž1", "ž2")
        tail.follow("s", BEGINNING, listener)
        await eventually(lambda: listener.words == ["ž1", "ž2"])
        await say(redis, "s", "ž3")
        await eventually(lambda: listener.words == ["ž1", "ž2", "ž3"])


async def test_many_streams_are_heard_each_in_its_order(redis: Connection, eventually: Eventually) -> None:
    listeners = {f"s{number}": Listener() for number in range(50)}
    async with running(Tail(redis, "n1", lambda: None)) as tail:
        for key, listener in listeners.items():
            tail.follow(key, BEGINNING, listener)
        await asyncio.gather(*(say(redis, key, *map(str, range(40))) for key in listeners))
        await eventually(lambda: all(listener.words == [*map(str, range(40))] for listener in listeners.values()))


async def test_a_stream_that_is_no_longer_followed_is_silent(redis: Connection, eventually: Eventually) -> None:
    left, kept = Listener(), Listener()
    async with running(Tail(redis, "n1", lambda: None)) as tail:
        tail.follow("left", BEGINNING, left)
        tail.follow("kept", BEGINNING, kept)
        await say(redis, "left", "1")
        await eventually(lambda: left.words == ["1"])
        tail.unfollow("left")
        await say(redis, "left", "2")
        await say(redis, "kept", "3")
        await eventually(lambda: kept.words == ["3"])
        assert left.words == ["1"]


async def test_following_again_from_further_on_delivers_nothing_twice(
    redis: Connection, eventually: Eventually
) -> None:
    listener = Listener()
    async with running(Tail(redis, "n1", lambda: None)) as tail:
        await say(redis, "s", "1", "2")
        tail.follow("s", BEGINNING, listener)
        await eventually(lambda: len(listener.words) == 2)
        tail.follow("s", listener.last, listener)
        await say(redis, "s", "3")
        await eventually(lambda: len(listener.words) > 2)
        assert listener.words == ["1", "2", "3"]


async def test_a_defect_of_one_listener_leaves_the_others_hearing(redis: Connection, eventually: Eventually) -> None:
    def broken(news: list[Entry]) -> None:
        raise ValueError(news)

    listener = Listener()
    async with running(Tail(redis, "n1", lambda: None)) as tail:
        tail.follow("broken", BEGINNING, broken)
        tail.follow("s", BEGINNING, listener)
        await say(redis, "broken", "x")
        await say(redis, "s", "1")
        await eventually(lambda: listener.words == ["1"])


async def test_a_killed_redis_makes_a_gap_and_nothing_is_lost_or_repeated(
    own_redis: OwnRedis, eventually: Eventually
) -> None:
    gaps: list[str] = []
    listener = Listener()
    async with Connection(own_redis.address) as redis, running(Tail(redis, "n1", lambda: gaps.append("gap"))) as tail:
        tail.follow("s", BEGINNING, listener)
        await say(redis, "s", "1")
        await eventually(lambda: listener.words == ["1"])
        own_redis.kill()
        with pytest.raises(StoreAway):
            await say(redis, "s", "lost")
        own_redis.start()
        await say(redis, "s", "2")
        await eventually(lambda: listener.words == ["1", "2"])
        assert gaps == ["gap"]
        await eventually(lambda: tail.deaf_for_s() < 0.5)


async def test_a_trim_behind_our_back_is_told_as_a_gap_before_anything_else(
    own_redis: OwnRedis, eventually: Eventually
) -> None:
    told: list[str] = []
    listener = Listener()

    def heard(news: list[Entry]) -> None:
        listener(news)
        told.extend(fields[b"w"].decode() for _, fields in news)

    async with Connection(own_redis.address) as redis, running(Tail(redis, "n1", lambda: told.append("gap"))) as tail:
        tail.follow("s", BEGINNING, heard)
        await say(redis, "s", "1")
        await eventually(lambda: told == ["1"])
        own_redis.kill()
        with pytest.raises(StoreAway):
            await redis.ping()
        own_redis.start()
        await redis.all_of([("XADD", "s", "*", "w", "2"), ("XTRIM", "s", "MAXLEN", 0), ("XADD", "s", "*", "w", "3")])
        await eventually(lambda: told == ["1", "gap", "3"])


async def test_a_redis_that_hangs_is_away_and_the_tail_knows_it_is_deaf(
    own_redis: OwnRedis, eventually: Eventually
) -> None:
    async with Connection(own_redis.address, patience_s=0.2) as redis, running(Tail(redis, "n1", lambda: None)) as tail:
        await eventually(lambda: tail.deaf_for_s() < 1)
        own_redis.signal(signal.SIGSTOP)
        with pytest.raises(StoreAway):
            await redis.ping()
        await eventually(lambda: tail.deaf_for_s() > 1.5)
        own_redis.signal(signal.SIGCONT)
        await eventually(lambda: tail.deaf_for_s() < 1)


async def test_the_tail_of_an_empty_node_goes_on_from_where_another_left(
    redis: Connection, eventually: Eventually
) -> None:
    first, second = Listener(), Listener()
    async with running(Tail(redis, "n1", lambda: None)) as tail:
        tail.follow("s", BEGINNING, first)
        await say(redis, "s", "1", "2")
        await eventually(lambda: first.words == ["1", "2"])
        after: EntryId | None = tail.cursor("s")
    assert after == first.last
    await say(redis, "s", "3")
    async with running(Tail(redis, "n1", lambda: None)) as tail:
        tail.follow("s", first.last, second)
        await eventually(lambda: second.words == ["3"])
