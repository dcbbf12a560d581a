"""What is typed goes out at once, until a page is so busy that its frames would drown everybody."""

import asyncio
from collections.abc import AsyncIterator
from itertools import cycle

import msgspec
import pytest
from pycrdt import Doc, Text

from protocol.frames import PageUpdate
from server.core.messages import Actor, PageId
from server.runtime.open_page import Editor, OpenPage
from server.store.document_state import EMPTY, fold, text_fields
from server.store.replies import EntryId

WORDS_EACH_PER_S = 2
SECONDS = 1.5


class Crowd:
    """People who type into one page, two words a second each, and the frames that leave it."""

    def __init__(self, people: int) -> None:
        self.frames: list[PageUpdate] = []
        self.page = OpenPage(PageId("p/x/g"), self._sent)
        self.page.editors = {f"s{n}": Editor(Actor("person", f"p{n}"), "write") for n in range(people)}
        self.typed = 0
        self._doc: Doc[Text] = Doc()
        self._text = self._doc.get("text", type=Text)

    def _sent(self, _page: OpenPage, frame: bytes, _but: str | None) -> None:
        self.frames.append(msgspec.msgpack.decode(frame, type=PageUpdate))

    def write(self, sid: str) -> None:
        before = self._doc.get_state()
        self._text += "x"
        self.typed += 1
        self.page.pass_on(EntryId(f"{self.typed}-0"), self._doc.get_update(before), sid)

    async def type(self) -> None:
        every_s = 1 / (len(self.page.editors) * WORDS_EACH_PER_S)
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        for sid in cycle(self.page.editors):
            if loop.time() > began_s + SECONDS:
                return
            self.write(sid)
            await asyncio.sleep(max(0.0, began_s + self.typed * every_s - loop.time()))

    @property
    def read(self) -> str:
        return text_fields(fold(EMPTY, [frame.u for frame in self.frames])).get("text", "")


@pytest.fixture
async def crowd(request: pytest.FixtureRequest) -> AsyncIterator[Crowd]:
    made = Crowd(request.param)
    yield made
    made.page.flush()
    assert made.read == "x" * made.typed


@pytest.mark.parametrize("crowd", [5, 60], indirect=True)
async def test_nothing_waits_in_a_page_of_a_group_or_of_a_whole_room(crowd: Crowd) -> None:
    await crowd.type()
    assert len(crowd.frames) == crowd.typed


@pytest.mark.parametrize("crowd", [100], indirect=True)
async def test_what_a_hundred_write_at_once_is_gathered_and_nothing_of_it_is_lost(crowd: Crowd) -> None:
    await crowd.type()
    assert len(crowd.frames) < crowd.typed * 0.7


@pytest.mark.parametrize("crowd", [100], indirect=True)
async def test_the_first_word_after_a_silence_goes_out_at_once_however_many_read_it(crowd: Crowd) -> None:
    await crowd.type()
    await asyncio.sleep(1.5)
    sent = len(crowd.frames)
    crowd.write("s0")
    assert len(crowd.frames) == sent + 1
