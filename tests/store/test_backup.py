"""Rules of a backup: one file holds the whole workshop, and nothing of another."""

import asyncio

import pytest

from server.core.messages import Actor, FrozenId, PageId, PersonId, SchoolId, Seq, WorkshopId
from server.core.people import PersonRecord
from server.store import keys
from server.store.backup import NotABackup, dump, restore
from server.store.document_state import text_fields
from server.store.documents import PageGone, update_of
from server.store.erasure import erase_workshop
from server.store.log import SeqTaken, commit_of
from server.store.opened import Store, open_store
from server.store.replies import Entry, EntryId, Reply, a_list, some_bytes
from server.store.tail import Tail
from server.store.tokens import Grant
from tests.store.conftest import Eventually
from tests.store.own_redis import OwnRedis
from tests.store.test_documents import Writer
from tests.store.test_log import a_commit, word_of

PAGE = PageId("write/vignette/p1")
ANA = PersonId("p1")


async def fill(store: Store, workshop: WorkshopId) -> tuple[str, str]:
    writer = Writer()
    for seq in (1, 2, 3):
        await store.log.append(workshop, Seq(seq), a_commit(f"ž{seq}"))
        await store.documents.append(workshop, PAGE, writer.types(f"č{seq} "), person="p1", device="d1")
    await store.documents.compact(workshop, PAGE)
    await store.documents.append(workshop, PAGE, writer.types("konec"), person="p1", device="d1")
    await store.people.put(workshop, ANA, PersonRecord("Ána", SchoolId("s1"), "OŠ"))
    await store.frozen.put(workshop, FrozenId("f1"), {"goal": "več"})
    token = await store.tokens.issue(Grant(workshop, Actor("person", ANA)))
    return token, await store.codes.reserve(workshop)


@pytest.fixture
def url(shared_redis: OwnRedis, redis: object) -> str:
    assert redis is not None
    return f"unix://{shared_redis.address.path}"


async def content(store: Store, workshop: WorkshopId) -> dict[str, Reply]:
    names = sorted(some_bytes(key).decode() for key in a_list(await store.redis.call("KEYS", f"*{workshop}*")))
    return {name: await store.redis.call("DUMP", name) for name in names}


async def test_a_workshop_comes_back_as_it_was_also_after_its_erasure(url: str, workshop: WorkshopId) -> None:
    async with open_store(url) as store:
        token, code = await fill(store, workshop)
        await fill(store, WorkshopId("other"))
        before = await content(store, workshop)
        file = await dump(store.redis, workshop)
        assert b"other" not in file
        await erase_workshop(store.redis, workshop)
        assert await content(store, workshop) != before
        assert await restore(store.redis, file) == workshop
        assert sorted(await content(store, workshop)) == sorted(before)
        assert [word_of(commit) for _, commit in await store.log.read(workshop)] == ["ž1", "ž2", "ž3"]
        assert text_fields((await store.documents.open(workshop, PAGE)).state) == {"situation": "č1 č2 č3 konec"}
        assert await store.tokens.open(token) == Grant(workshop, Actor("person", ANA))
        assert await store.codes.workshop(code) == workshop
        assert (await store.people.everybody(workshop))[ANA].name == "Ána"
        assert await store.log.workshops() == sorted(["other", workshop])


async def test_a_restored_workshop_goes_on(url: str, workshop: WorkshopId) -> None:
    async with open_store(url) as store:
        await fill(store, workshop)
        await restore(store.redis, await dump(store.redis, workshop))
        with pytest.raises(SeqTaken):
            await store.log.append(workshop, Seq(3), a_commit("late"))
        await store.log.append(workshop, Seq(4), a_commit("on"))
        await store.documents.append(workshop, PAGE, Writer("more").types("on"))
        texts = text_fields((await store.documents.open(workshop, PAGE)).state)
        assert texts == {"situation": "č1 č2 č3 konec", "more": "on"}


async def test_a_page_that_was_erased_stays_erased_in_the_restored_workshop(url: str, workshop: WorkshopId) -> None:
    async with open_store(url) as store:
        await fill(store, workshop)
        await store.documents.erase(workshop, PAGE)
        await restore(store.redis, await dump(store.redis, workshop))
        with pytest.raises(PageGone):
            await store.documents.append(workshop, PAGE, Writer().types("late"))


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04", b"\x81\xa6backup\xa1x"])
async def test_another_file_is_refused_and_changes_nothing(url: str, workshop: WorkshopId, file: bytes) -> None:
    async with open_store(url) as store:
        await fill(store, workshop)
        before = await content(store, workshop)
        with pytest.raises(NotABackup):
            await restore(store.redis, file)
        assert await content(store, workshop) == before


async def test_a_node_that_starts_again_finds_everything_and_hears_what_follows(
    url: str, workshop: WorkshopId, eventually: Eventually
) -> None:
    async with open_store(url) as store:
        await fill(store, workshop)
    heard: list[str] = []
    async with open_store(url) as store, open_store(url) as other:
        log = await store.log.read(workshop)
        page = await store.documents.open(workshop, PAGE)
        tail = Tail(store.redis, "n1", lambda: None)

        def hear_log(news: list[Entry]) -> None:
            heard.extend(word_of(commit_of(entry)[1]) for entry in news)

        def hear_page(news: list[Entry]) -> None:
            heard.extend(text_fields(update_of(entry).update)["more"] for entry in news)

        tail.follow(keys.log(workshop), EntryId(f"{log[-1][0]}-0"), hear_log)
        tail.follow(keys.page_log(workshop, PAGE), page.upto, hear_page)
        running = asyncio.ensure_future(tail.run())
        await other.log.append(workshop, Seq(4), a_commit("ž4"))
        await eventually(lambda: heard == ["ž4"])
        await other.documents.append(workshop, PAGE, Writer("more").types("še"))
        await eventually(lambda: heard == ["ž4", "še"])
        assert repr(tail) == "<Tail following=2 whole>"
        running.cancel()
