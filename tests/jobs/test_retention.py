"""What was promised to the room is kept: at its end a workshop is gone, with everything that belongs to it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from server.app.activities import all_activities
from server.core.messages import HOST, WORKSHOP, Actor, Commit, DeviceId, PersonId, SchoolId, Seq, WorkshopId
from server.core.people import PersonRecord
from server.core.retention import DAY_MS
from server.core.workshop.events import WorkshopCreated, WorkshopRenamed
from server.core.workshop.rulebook import Rulebook
from server.jobs.retention import Retention
from server.paths.loading import bundled
from server.store.erasure import keys_of
from server.store.log import WorkshopGone
from server.store.opened import Store, open_store
from server.store.tokens import Grant
from tests.support.house import House
from tests.support.stranger import seated

MADE_MS = 1_800_000_000_000
KEPT_DAYS = 30
OVER_MS = MADE_MS + (KEPT_DAYS + 2) * DAY_MS
ENDED, GOES_ON = WorkshopId("w1"), WorkshopId("w2")


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[Store]:
    async with open_store(redis_url) as opened:
        yield opened


def retention(store: Store) -> Retention:
    return Retention(store, all_activities())


async def founded(store: Store, workshop: WorkshopId, *, days: int = KEPT_DAYS) -> str:
    """A workshop with a person in it, whose seat's token is returned."""
    created = WorkshopCreated(
        workshop, "A secret title", "ABCDEF", MADE_MS, "", "en", days, "half_day", bundled(), "b", 7
    )
    await append(store, workshop, 1, created)
    await store.people.put(workshop, PersonId("p1"), PersonRecord("Ana", SchoolId("s"), "OŠ"))
    return await store.tokens.issue(Grant(workshop, Actor("person", "p1")))


async def append(store: Store, workshop: WorkshopId, seq: int, event: WorkshopCreated | WorkshopRenamed) -> None:
    body = Rulebook(all_activities()).encode(event)
    await store.log.append(workshop, Seq(seq), Commit(MADE_MS, HOST, DeviceId(""), 0, ((WORKSHOP, body),)))


async def test_what_is_over_is_erased_with_all_its_keys_and_what_is_not_stays(store: Store) -> None:
    token = await founded(store, ENDED)
    kept = await founded(store, GOES_ON, days=365)
    assert await retention(store).look(OVER_MS - 2 * DAY_MS) == 0
    assert await retention(store).look(OVER_MS) == 1
    assert set(await keys_of(store.redis, ENDED)) == {f"ws:{{{ENDED}}}:log"}
    with pytest.raises(WorkshopGone):
        await store.log.read(ENDED)
    with pytest.raises(WorkshopGone):
        await store.tokens.open(token)
    assert await store.log.workshops() == [GOES_ON]
    assert await store.tokens.open(kept) is not None


async def test_many_nodes_may_do_it_at_once_and_a_node_that_died_half_way_is_no_harm(store: Store) -> None:
    await founded(store, ENDED)
    await asyncio.gather(*(retention(store).look(OVER_MS) for _ in range(6)))
    assert await store.log.workshops() == []
    await founded(store, GOES_ON)
    died = retention(store)
    state = (await died._fold(GOES_ON))[0]
    assert await died._end(GOES_ON, Seq(state + 1), OVER_MS)
    assert await retention(store).look(OVER_MS) == 1
    assert await store.log.workshops() == []


async def test_what_is_used_in_that_very_moment_is_not_erased(store: Store) -> None:
    await founded(store, ENDED)
    late = retention(store)
    await append(store, ENDED, 2, WorkshopRenamed("Once more"))
    assert not await late._end(ENDED, Seq(2), OVER_MS)
    assert len(await store.log.read(ENDED)) == 2


async def test_a_log_that_cannot_be_read_keeps_no_other_beyond_its_time(store: Store) -> None:
    await founded(store, GOES_ON)
    await store.redis.call("SADD", "ws:index", "broken")
    await store.redis.call("XADD", "ws:{broken}:log", "1-0", "c", b"no commit")
    assert await retention(store).look(OVER_MS) == 1
    assert await store.log.workshops() == ["broken"]


async def test_the_deletion_is_logged_without_a_word_of_what_was_in_it(store: Store) -> None:
    await founded(store, ENDED)
    with capture_logs() as logs:
        await retention(store).look(OVER_MS)
    (told,) = [entry for entry in logs if entry["event"] == "workshop_erased"]
    assert told == {
        "event": "workshop_erased",
        "log_level": "info",
        "workshop": ENDED,
        "why": "retention",
        "days": KEPT_DAYS,
    }


async def test_whoever_is_connected_hears_that_it_is_over(house: House) -> None:
    """SPEC B1."""
    ana = await house.join("Ana")
    live = house.serving.node.live[WorkshopId(house.workshop)]
    async with seated(house.url, ana["token"]) as phone:
        assert await house.serving.retention.look(live.now_ms() + 600 * DAY_MS) == 1
        assert (await phone.hears("bye"))["code"] == "erased"
