"""Rules of compaction: a page's log is folded and trimmed, and no letter of it changes."""

import asyncio

from server.core.messages import DeviceId, PersonId, WorkshopId
from server.store import keys
from server.store.connection import Connection
from server.store.document_snapshot import Opened, Snapshot, Update
from server.store.document_state import EMPTY, fold, text_fields
from server.store.documents import Documents
from server.store.replies import BEGINNING, EntryId
from tests.store.test_documents import PAGE, Writer, put_back, read


async def test_compaction_changes_no_letter_and_the_snapshot_is_small(redis: Connection, workshop: WorkshopId) -> None:
    documents, writer = Documents(redis), Writer()
    updates = [writer.types(letter) for letter in "abcdefghij" * 50]
    await asyncio.gather(*(documents.append(workshop, PAGE, update) for update in updates))
    before = await documents.open(workshop, PAGE)
    assert await documents.compact(workshop, PAGE)
    after = await documents.open(workshop, PAGE)
    assert (after.upto, after.unfolded) == (before.upto, 0)
    assert text_fields(after.state) == {"situation": "abcdefghij" * 50}
    assert len(after.state) < 600


async def test_compaction_never_takes_the_last_two_minutes_from_the_stream(
    redis: Connection, workshop: WorkshopId
) -> None:
    documents, writer = Documents(redis), Writer()
    now_s, _ = [int(part) for part in await redis.call("TIME")]  # type: ignore[arg-type, union-attr]
    key = keys.page_log(workshop, PAGE)
    for age in (600, 400, 130, 110, 1):
        entry = f"{(now_s - age) * 1000}-0"
        await redis.call("XADD", key, entry, "u", writer.types(f"{age} "), "p", "p1", "d", "d1")
        # Without its versions the page gets a new one each time, as it would after minutes.
        await redis.call("DEL", keys.page_versions(workshop, PAGE))
        await documents.compact(workshop, PAGE)
    kept = [update.at_ms for update in await documents.recent(workshop, PAGE)]
    assert kept == [(now_s - age) * 1000 for age in (130, 110, 1)]
    assert await read(documents, workshop) == {"situation": "600 400 130 110 1 "}


async def test_a_compaction_takes_what_a_reading_has_folded_already_and_only_the_rest_itself(
    redis: Connection, workshop: WorkshopId
) -> None:
    documents, writer = Documents(redis), Writer()
    for number in range(60):
        await documents.append(workshop, PAGE, writer.types(f"{number} "))
        if number % 7 == 3:
            await documents.open(workshop, PAGE)
        if number % 10 == 9:
            assert await documents.compact(workshop, PAGE, window_ms=-2000)
            assert await read(Documents(redis), workshop) == {"situation": str(writer.text)}
    updates = [
        Update(EntryId(f"{n}-0"), writer.types(word), PersonId("p"), DeviceId("d")) for n, word in ((1, "a"), (2, "b"))
    ]
    known = Opened(fold(EMPTY, [Writer("known").types("as it was read"), updates[0].update]), EntryId("1-0"), 1)
    taken = text_fields(Snapshot(EMPTY, BEGINNING, updates).folded(known))
    assert taken["known"] == "as it was read"
    assert "known" not in text_fields(Snapshot(EMPTY, BEGINNING, updates[1:]).folded(known))


async def test_a_compaction_keeps_nothing_of_a_page_that_was_put_back_to_an_older_state(
    redis: Connection, workshop: WorkshopId
) -> None:
    documents = await put_back(redis, workshop)
    assert await documents.compact(workshop, PAGE)
    assert await read(Documents(redis), workshop) == {"situation": "kept "}


async def test_what_is_older_than_the_window_is_trimmed_and_still_read(redis: Connection, workshop: WorkshopId) -> None:
    documents, writer = Documents(redis), Writer()
    for word in "abc":
        await documents.append(workshop, PAGE, writer.types(word))
    await documents.compact(workshop, PAGE, window_ms=-2000)
    assert await redis.call("XLEN", keys.page_log(workshop, PAGE)) == 1
    await documents.append(workshop, PAGE, writer.types("d"))
    assert await read(documents, workshop) == {"situation": "abcd"}


async def test_an_update_that_waits_for_a_lost_one_survives_compaction(redis: Connection, workshop: WorkshopId) -> None:
    documents, writer = Documents(redis), Writer()
    first, lost, third = [writer.types(word) for word in ("a", "b", "c")]
    del writer.text[0:1]
    deletion = writer._updates[-1]
    for update in (third, deletion):
        await documents.append(workshop, PAGE, update)
        assert await documents.compact(workshop, PAGE, window_ms=-2000)
    assert await read(documents, workshop) == {}
    for update in (first, lost):
        await documents.append(workshop, PAGE, update)
        assert await documents.compact(workshop, PAGE, window_ms=-2000)
    assert await read(documents, workshop) == {"situation": "bc"}
