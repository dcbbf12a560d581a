"""Rules of shared pages: what is acknowledged is kept, whatever nodes do at the same time."""

import asyncio
import random
from collections.abc import Callable

import pytest
from pycrdt import Doc, Text

from server.core.messages import PageId, WorkshopId
from server.store import keys
from server.store.connection import Connection
from server.store.document_state import BadUpdate, fold, text_fields
from server.store.documents import Documents, PageGone, update_of
from server.store.replies import BEGINNING, Entry, EntryId, order
from server.store.tail import Tail
from tests.store.conftest import Eventually
from tests.store.own_redis import OwnRedis

PAGE = PageId("write/vignette/p1")


class Writer:
    """A browser that types into one field and hands over its updates."""

    def __init__(self, field: str = "situation") -> None:
        self.doc: Doc[Text] = Doc()
        self.text = self.doc.get(field, type=Text)
        self._updates: list[bytes] = []
        self._kept = self.doc.observe(lambda event: self._updates.append(event.update))

    def types(self, word: str) -> bytes:
        self.text += word
        return self._updates[-1]


async def read(documents: Documents, workshop: WorkshopId, page: PageId = PAGE) -> dict[str, str]:
    return text_fields((await documents.open(workshop, page)).state)


async def put_back(redis: Connection, workshop: WorkshopId) -> Documents:
    """Whoever has read a page whose last entry is gone since, as after a backup was put back."""
    documents, writer = Documents(redis), Writer()
    await documents.append(workshop, PAGE, writer.types("kept "))
    last = await documents.append(workshop, PAGE, writer.types("lost "))
    assert await read(documents, workshop) == {"situation": "kept lost "}
    await redis.call("XDEL", keys.page_log(workshop, PAGE), last)
    return documents


async def test_what_was_appended_is_read_by_who_opens(redis: Connection, workshop: WorkshopId) -> None:
    documents, writer = Documents(redis), Writer()
    for word in ("Učiteljica ", "in žoga ", "😀"):
        entry = await documents.append(workshop, PAGE, writer.types(word), person="p1", device="d1")
    opened = await documents.open(workshop, PAGE)
    assert (opened.upto, opened.unfolded) == (entry, 3)
    assert text_fields(opened.state) == {"situation": "Učiteljica in žoga 😀"}
    assert await documents.pages(workshop) == [PAGE]


async def test_a_page_that_was_never_written_is_empty(redis: Connection, workshop: WorkshopId) -> None:
    opened = await Documents(redis).open(workshop, PAGE)
    assert (text_fields(opened.state), opened.upto, opened.unfolded) == ({}, BEGINNING, 0)


async def test_a_page_that_is_read_again_is_read_from_where_it_was_known(
    redis: Connection, workshop: WorkshopId
) -> None:
    here, elsewhere, writer = Documents(redis), Documents(redis), Writer()
    for number in range(40):
        await elsewhere.append(workshop, PAGE, writer.types(f"{number} "))
        if number % 3 == 0:
            await here.open(workshop, PAGE)
        if number % 7 == 0:
            await elsewhere.compact(workshop, PAGE, window_ms=0)
        fresh = await Documents(redis).open(workshop, PAGE)
        again = await here.open(workshop, PAGE)
        assert (again.upto, text_fields(again.state)) == (fresh.upto, text_fields(fresh.state))
        assert again.unfolded >= fresh.unfolded
    assert (await here.open(workshop, PAGE)).unfolded < 10


async def test_a_page_that_was_put_back_to_an_older_state_is_read_as_it_is(
    redis: Connection, workshop: WorkshopId
) -> None:
    documents = await put_back(redis, workshop)
    assert await read(documents, workshop) == {"situation": "kept "}


@pytest.mark.parametrize("bad", [b"", b"\x00", b"abc", b"\xff" * 40, bytearray(b"\x00\x00"), "text", None, 7, [1]])
async def test_what_is_no_update_is_refused_and_the_page_stays_intact(
    redis: Connection, workshop: WorkshopId, bad: object
) -> None:
    documents = Documents(redis)
    await documents.append(workshop, PAGE, Writer().types("kept"))
    with pytest.raises(BadUpdate):
        await documents.append(workshop, PAGE, bad)  # type: ignore[arg-type]
    assert await redis.call("XLEN", keys.page_log(workshop, PAGE)) == 1
    assert await read(documents, workshop) == {"situation": "kept"}


async def test_mutilated_updates_are_refused_or_harmless(redis: Connection, workshop: WorkshopId) -> None:
    dice, documents, writer = random.Random(4), Documents(redis), Writer("other")
    await documents.append(workshop, PAGE, Writer().types("kept"))
    whole = writer.types("hello wörld")
    refused = 0
    for _ in range(300):
        cut = bytearray(whole)
        cut[dice.randrange(len(cut))] = dice.randrange(256)
        try:
            await documents.append(workshop, PAGE, bytes(cut[: dice.randrange(len(cut) + 1)]))
        except BadUpdate:
            refused += 1
    assert refused > 100
    assert await documents.compact(workshop, PAGE)
    assert (await read(documents, workshop))["situation"] == "kept"


@pytest.mark.parametrize("seed", range(5))
def test_folding_in_any_order_and_any_portions_gives_the_same_page(seed: int) -> None:
    dice = random.Random(seed)
    writers = [Writer() for _ in range(3)]
    updates: list[bytes] = []
    for _ in range(60):
        writer = dice.choice(writers)
        for update in dice.sample(updates, min(len(updates), 5)):
            writer.doc.apply_update(update)
        if len(writer.text) > 8 and dice.random() < 0.3:
            del writer.text[2:5]
            updates.append(writer._updates[-1])
        else:
            updates.append(writer.types(dice.choice("abcdef") * 3))
    whole = text_fields(fold(b"\x00\x00", updates))
    assert whole["situation"]
    for _ in range(10):
        shuffled = dice.sample(updates, len(updates)) + dice.sample(updates, 10)
        state = b"\x00\x00"
        while shuffled:
            portion = dice.randint(1, 9)
            state, shuffled = fold(state, shuffled[:portion]), shuffled[portion:]
        assert text_fields(state) == whole


async def test_an_older_snapshot_never_replaces_a_newer_one(redis: Connection, workshop: WorkshopId) -> None:
    documents, writer = Documents(redis), Writer()
    for word in "abc":
        await documents.append(workshop, PAGE, writer.types(word))
    won = await asyncio.gather(*(Documents(redis).compact(workshop, PAGE, window_ms=-2000) for _ in range(6)))
    assert any(won)
    assert not all(won)
    assert await read(documents, workshop) == {"situation": "abc"}


async def test_three_hundred_opens_against_compactors_and_writers_lose_nothing(
    redis: Connection, workshop: WorkshopId
) -> None:
    writing = 6
    written: list[tuple[EntryId, int, str]] = []

    async def write(number: int) -> None:
        async with redis.another() as own:
            documents, writer = Documents(own), Writer(f"f{number}")
            for turn in range(60):
                entry = await documents.append(workshop, PAGE, writer.types(f"{turn} "))
                written.append((entry, number, str(writer.text)))

    async def compact(done: asyncio.Event) -> int:
        async with redis.another() as own:
            won = 0
            while not done.is_set():
                won += await Documents(own).compact(workshop, PAGE, window_ms=-2000)
            return won

    async def open_often() -> None:
        async with redis.another() as own:
            for _ in range(100):
                known = list(written)
                opened = await Documents(own).open(workshop, PAGE)
                texts = text_fields(opened.state)
                for entry, number, text in known:
                    assert order(entry) <= order(opened.upto)
                    assert texts[f"f{number}"].startswith(text)

    done = asyncio.Event()
    compactors = [asyncio.ensure_future(compact(done)) for _ in range(2)]
    await asyncio.gather(*(write(number) for number in range(writing)), *(open_often() for _ in range(3)))
    done.set()
    assert min(await asyncio.gather(*compactors)) > 3
    everything = "".join(f"{turn} " for turn in range(60))
    assert await read(Documents(redis), workshop) == {f"f{number}": everything for number in range(writing)}


async def test_who_opens_and_follows_hears_every_later_update_once(
    redis: Connection, workshop: WorkshopId, eventually: Eventually
) -> None:
    documents, writer = Documents(redis), Writer()
    replica: Doc[Text] = Doc()
    heard: list[EntryId] = []

    def hear(news: list[Entry]) -> None:
        for update in map(update_of, news):
            heard.append(update.entry)
            replica.apply_update(update.update)

    tail = Tail(redis, "n1", lambda: None)
    running = asyncio.ensure_future(tail.run())
    before = [await documents.append(workshop, PAGE, writer.types(f"{turn} ")) for turn in range(20)]
    writing = asyncio.gather(*(documents.append(workshop, PAGE, writer.types(f"{turn} ")) for turn in range(20, 60)))
    opened = await documents.open(workshop, PAGE)
    replica.apply_update(opened.state)
    tail.follow(keys.page_log(workshop, PAGE), opened.upto, hear)
    after = await writing
    await eventually(lambda: str(replica.get("situation", type=Text)) == str(writer.text))
    expected = [entry for entry in before + after if order(entry) > order(opened.upto)]
    assert heard == sorted(expected, key=order)
    running.cancel()


async def test_a_template_seeded_by_two_nodes_appears_once(redis: Connection, workshop: WorkshopId) -> None:
    template = {"goal": "Cilj: ", "steps": "1. \n2. ž\n"}
    async with redis.another() as other:
        seeded = await asyncio.gather(*(Documents(node).seed(workshop, PAGE, template) for node in (redis, other) * 4))
    assert any(seeded)
    assert await redis.call("XLEN", keys.page_log(workshop, PAGE)) != 1, "the race that this test is about"
    assert await read(Documents(redis), workshop) == template
    assert not await Documents(redis).seed(workshop, PAGE, template)


async def test_an_erased_page_cannot_be_read_or_written_again(redis: Connection, workshop: WorkshopId) -> None:
    documents = Documents(redis)
    await documents.append(workshop, PAGE, Writer().types("Ána je"))
    await documents.compact(workshop, PAGE)
    await documents.append(workshop, PAGE, Writer().types("še"))
    await documents.erase(workshop, PAGE)
    await documents.erase(workshop, PAGE)
    attempts: list[Callable[[], object]] = [
        lambda: documents.append(workshop, PAGE, Writer().types("late")),
        lambda: Documents(redis).append(workshop, PAGE, Writer().types("late")),
        lambda: documents.open(workshop, PAGE),
        lambda: documents.compact(workshop, PAGE),
        lambda: documents.recent(workshop, PAGE),
    ]
    for attempt in attempts:
        with pytest.raises(PageGone):
            await attempt()  # type: ignore[misc]
    assert await documents.versions(workshop, PAGE) == []
    assert await documents.pages(workshop) == []


async def test_a_compaction_under_way_does_not_bring_an_erased_page_back(
    redis: Connection, workshop: WorkshopId
) -> None:
    documents = Documents(redis)
    for number in range(40):
        page = PageId(f"write/vignette/p{number}")
        await documents.append(workshop, page, Writer().types("secret"))
        await asyncio.gather(documents.compact(workshop, page), documents.erase(workshop, page), return_exceptions=True)
        assert await redis.call("HGET", keys.page_snapshot(workshop, page), "state") is None


async def test_who_follows_an_erased_page_hears_that_it_is_gone(
    redis: Connection, workshop: WorkshopId, eventually: Eventually
) -> None:
    documents = Documents(redis)
    entry = await documents.append(workshop, PAGE, Writer().types("x"))
    gone: list[bool] = []

    def hear(news: list[Entry]) -> None:
        with pytest.raises(PageGone):
            update_of(news[0])
        gone.append(True)

    tail = Tail(redis, "n1", lambda: None)
    running = asyncio.ensure_future(tail.run())
    tail.follow(keys.page_log(workshop, PAGE), entry, hear)
    await eventually(lambda: tail.deaf_for_s() < 1)
    await documents.erase(workshop, PAGE)
    await eventually(lambda: gone == [True])
    heard_at = tail.heard_canary_at
    await eventually(lambda: tail.heard_canary_at > heard_at)
    running.cancel()


async def test_earlier_versions_can_be_looked_at_and_name_their_authors(
    redis: Connection, workshop: WorkshopId
) -> None:
    documents, writer = Documents(redis), Writer()
    await documents.append(workshop, PAGE, writer.types("first "), person="p2")
    await documents.append(workshop, PAGE, writer.types("draft"), person="p1")
    await documents.compact(workshop, PAGE)
    named = await documents.name_version(workshop, PAGE, "before the swap", person="p1")
    await documents.append(workshop, PAGE, writer.types(", revised"), person="p1")
    automatic, kept = await documents.versions(workshop, PAGE)
    assert (automatic.authors, automatic.label, kept.id, kept.label) == (("p1", "p2"), "", named, "before the swap")
    state = await documents.version_state(workshop, PAGE, named)
    assert state is not None
    assert text_fields(state) == {"situation": "first draft"}
    assert await documents.version_state(workshop, PAGE, EntryId("1-1")) is None


async def test_the_page_can_be_shown_after_each_recent_edit(redis: Connection, workshop: WorkshopId) -> None:
    documents, writer = Documents(redis), Writer()
    entries = []
    for word in "abcdef":
        entries.append(await documents.append(workshop, PAGE, writer.types(word), person="p1", device="d1"))
        if word in "bd":
            await documents.compact(workshop, PAGE)
    states = [await documents.state_at(workshop, PAGE, entry) for entry in entries]
    assert [state and text_fields(state)["situation"] for state in states] == ["abcdef"[:n] for n in range(1, 7)]
    assert [update.entry for update in await documents.recent(workshop, PAGE)] == entries
    assert await documents.state_at(workshop, PAGE, EntryId("1-1")) is None


async def test_an_acknowledged_edit_is_on_disk(own_redis: OwnRedis, workshop: WorkshopId) -> None:
    writer = Writer()
    async with Connection(own_redis.address) as redis:
        documents = Documents(redis)
        for trial in range(40):
            await documents.append(workshop, PAGE, writer.types(f"{trial} "))
            own_redis.kill()
            own_redis.start()
            async with Connection(own_redis.address) as anew:
                assert await read(Documents(anew), workshop) == {"situation": str(writer.text)}
