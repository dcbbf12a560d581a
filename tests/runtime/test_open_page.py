"""What is typed is kept and goes out at once; what follows closely in a large room is kept and sent together."""

import asyncio
from collections.abc import AsyncIterator
from itertools import cycle

import msgspec
import pytest
from pycrdt import Doc, Text

from protocol.frames import PageUpdate
from server.core.messages import Actor, PageId
from server.runtime.open_page import AT_ONCE, Editor, OpenPage
from server.store.document_state import EMPTY, fold, text_fields
from server.store.replies import EntryId

WORDS_EACH_PER_S = 2
LETTERS_EACH_PER_S = 10
SECONDS = 1.5


class Crowd:
    """People who type into one page, two words a second each, a disk, and the frames that leave the page."""

    def __init__(self, people: int) -> None:
        self.frames: list[PageUpdate] = []
        self.syncs = 0
        self.page = OpenPage(PageId("p/x/g"), self._sent)
        self.page.editors = {f"s{n}": Editor(Actor("person", f"p{n}"), "write") for n in range(people)}
        self.typed = 0
        self._doc: Doc[Text] = Doc()
        self._text = self._doc.get("text", type=Text)
        self._syncing: list[tuple[bytes, str]] = []

    def _sent(self, _page: OpenPage, frame: bytes, _but: str | None) -> None:
        self.frames.append(msgspec.msgpack.decode(frame, type=PageUpdate))

    def write(self, sid: str) -> None:
        before = self._doc.get_state()
        self._text += "x"
        self.typed += 1
        update = self._doc.get_update(before)
        self.page.keep(lambda: self._append(update, sid))

    def _append(self, update: bytes, sid: str) -> None:
        self.page.under_way[update] = sid
        if not self._syncing:
            asyncio.get_running_loop().call_soon(self._synced)
        self._syncing.append((update, sid))

    def _synced(self) -> None:
        self.syncs += 1
        done, self._syncing = self._syncing, []
        for number, (update, sid) in enumerate(done):
            self.page.under_way.pop(update)
            self.page.pass_on(EntryId(f"{self.syncs}-{number}"), update, sid)
            self.page.kept()

    async def type(self, each_per_s: int = WORDS_EACH_PER_S) -> None:
        every_s = 1 / (len(self.page.editors) * each_per_s)
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
    made.page.turn()
    await asyncio.sleep(0)
    assert made.read == "x" * made.typed


@pytest.mark.parametrize("crowd", [5], indirect=True)
async def test_nothing_waits_in_a_page_of_a_group(crowd: Crowd) -> None:
    await crowd.type()
    assert len(crowd.frames) == crowd.syncs == crowd.typed


@pytest.mark.parametrize("crowd", [60], indirect=True)
async def test_words_that_come_unevenly_wait_for_nothing_in_a_plenary_and_a_storm_of_letters_is_gathered(
    crowd: Crowd,
) -> None:
    await crowd.type()
    assert len(crowd.frames) > crowd.typed * 0.9
    sent, typed = len(crowd.frames), crowd.typed
    await crowd.type(LETTERS_EACH_PER_S)
    assert len(crowd.frames) - sent < (crowd.typed - typed) * 0.8


@pytest.mark.parametrize("crowd", [100], indirect=True)
async def test_what_a_hundred_write_is_gathered_into_one_write_and_one_frame_and_nothing_is_lost(crowd: Crowd) -> None:
    await crowd.type()
    assert crowd.syncs < crowd.typed * 0.7
    assert len(crowd.frames) == crowd.syncs


@pytest.mark.parametrize("crowd", [60, 100], indirect=True)
async def test_the_first_word_after_a_silence_goes_out_at_once_however_many_read_it(crowd: Crowd) -> None:
    await crowd.type()
    await asyncio.sleep(0.2)
    sent = len(crowd.frames)
    crowd.write("s0")
    await asyncio.sleep(0)
    assert len(crowd.frames) == sent + 1


@pytest.mark.parametrize("crowd", [100], indirect=True)
async def test_whoever_reads_the_page_makes_what_was_gathered_go_to_the_disk_first(crowd: Crowd) -> None:
    for number in range(10):
        crowd.write(f"s{number}")
    await asyncio.sleep(0)
    assert crowd.read == "x" * (1 + AT_ONCE)
    crowd.page.turn()
    await asyncio.sleep(0)
    assert crowd.read == "x" * 10
