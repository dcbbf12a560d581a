"""The past of a page: who wrote when, and every state that is named can be looked at."""

from collections.abc import AsyncIterator

import pytest
from pycrdt import Doc, Text

from server.core.messages import PageId, WorkshopId
from server.runtime import past
from server.store.connection import Connection
from server.store.document_state import text_fields
from server.store.documents import Documents
from server.store.replies import EntryId
from tests.store.own_redis import OwnRedis

W, PAGE = WorkshopId("w1"), PageId("write/vignette/p1")


@pytest.fixture
async def documents(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Documents]:
    own = OwnRedis(tmp_path_factory.mktemp("redis"))
    own.start()
    async with Connection(own.address) as connection:
        yield Documents(connection)
    own.kill()


class Typist:
    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._doc: Doc[Text] = Doc()
        self._text = self._doc.get("stuck", type=Text)

    async def types(self, words: str, person: str) -> None:
        before = self._doc.get_state()
        self._text += words
        await self._documents.append(W, PAGE, self._doc.get_update(before), person=person)


async def said(documents: Documents, moment: str) -> str:
    state = await past.state_at(documents, W, PAGE, EntryId(moment))
    assert state is not None
    return text_fields(state).get("stuck", "")


async def test_writing_without_a_pause_is_one_moment_with_all_who_wrote(documents: Documents) -> None:
    typist = Typist(documents)
    await typist.types("The bell ", "p1")
    await typist.types("rings.", "p2")
    (moment,) = await past.moments(documents, W, PAGE)
    assert moment.authors == ("p1", "p2")
    assert await said(documents, moment.id) == "The bell rings."


async def test_a_state_that_was_given_a_name_says_what_it_said_then(documents: Documents) -> None:
    typist = Typist(documents)
    await typist.types("Before.", "p1")
    kept = "v" + await documents.name_version(W, PAGE, "Before the swap", person="p1")
    await typist.types(" After.", "p1")
    found = await past.moments(documents, W, PAGE)
    assert [one.label for one in found] == ["", "Before the swap"]
    assert found[1].id == kept
    assert await said(documents, kept) == "Before."
    assert await said(documents, found[0].id) == "Before. After."


async def test_a_name_given_in_the_millisecond_of_the_next_letter_still_stands_below_it(
    documents: Documents,
) -> None:
    typist = Typist(documents)
    for number in range(30):
        await typist.types(f"{number} ", "p1")
        await documents.name_version(W, PAGE, str(number), person="p1")
        await typist.types("and ", "p1")
    found = await past.moments(documents, W, PAGE)
    lengths = [len(await said(documents, one.id)) for one in found]
    assert len(found) == 31
    assert lengths == sorted(lengths, reverse=True)


async def test_a_page_that_was_never_written_has_no_past(documents: Documents) -> None:
    assert await past.moments(documents, W, PAGE) == ()
    assert await past.state_at(documents, W, PAGE, EntryId("1-0")) is None
