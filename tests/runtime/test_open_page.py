"""What is typed is kept and goes out at once; what follows closely in a large room is kept and sent together."""

import asyncio
import random
import selectors
from collections.abc import Awaitable, Callable
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
        self.at_once = 0
        """Words that were on their way in the moment in which they were typed."""
        self._dice = random.Random(people)
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
        """Nobody waits for the others: now two words come at once, now none for a while."""
        loop = asyncio.get_running_loop()
        ends_s = loop.time() + SECONDS
        for sid in cycle(self.page.editors):
            await asyncio.sleep(self._dice.expovariate(len(self.page.editors) * each_per_s))
            if loop.time() > ends_s:
                return
            sent = len(self.frames)
            self.write(sid)
            await asyncio.sleep(0)
            self.at_once += len(self.frames) > sent

    @property
    def read(self) -> str:
        return text_fields(fold(EMPTY, [frame.u for frame in self.frames])).get("text", "")


class TimeFlies(selectors.DefaultSelector):
    """Whoever would wait has waited: what a machine does beside is in no time of this loop."""

    def __init__(self) -> None:
        super().__init__()
        self.passed_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "somebody waits for ever"
        self.passed_s += timeout
        return super().select(0)


def flying() -> asyncio.AbstractEventLoop:
    clock = TimeFlies()
    loop = asyncio.SelectorEventLoop(clock)
    loop.time = lambda: clock.passed_s  # type: ignore[method-assign]
    return loop


def among(people: int, play: Callable[[Crowd], Awaitable[None]]) -> None:
    """Play it among so many; whatever they typed is read in the end."""

    async def played() -> None:
        crowd = Crowd(people)
        await play(crowd)
        crowd.page.turn()
        await asyncio.sleep(0)
        assert crowd.read == "x" * crowd.typed

    with asyncio.Runner(loop_factory=flying) as runner:
        runner.run(played())


def test_nothing_waits_in_a_page_of_a_group() -> None:
    async def play(crowd: Crowd) -> None:
        await crowd.type()
        assert len(crowd.frames) == crowd.syncs == crowd.at_once == crowd.typed

    among(5, play)


def test_words_that_come_unevenly_wait_for_nothing_in_a_plenary_and_a_storm_of_letters_is_gathered() -> None:
    async def play(crowd: Crowd) -> None:
        await crowd.type()
        assert crowd.at_once > crowd.typed * 0.95
        sent, typed = len(crowd.frames), crowd.typed
        await crowd.type(LETTERS_EACH_PER_S)
        assert len(crowd.frames) - sent < (crowd.typed - typed) * 0.8

    among(60, play)


def test_what_a_hundred_write_is_gathered_into_one_write_and_one_frame_and_nothing_is_lost() -> None:
    async def play(crowd: Crowd) -> None:
        await crowd.type()
        assert crowd.syncs < crowd.typed * 0.7
        assert len(crowd.frames) == crowd.syncs

    among(100, play)


@pytest.mark.parametrize("people", [60, 100])
def test_the_first_word_after_a_silence_goes_out_at_once_however_many_read_it(people: int) -> None:
    async def play(crowd: Crowd) -> None:
        await crowd.type()
        await asyncio.sleep(0.2)
        sent = len(crowd.frames)
        crowd.write("s0")
        await asyncio.sleep(0)
        assert len(crowd.frames) == sent + 1

    among(people, play)


def test_whoever_reads_the_page_makes_what_was_gathered_go_to_the_disk_first() -> None:
    async def play(crowd: Crowd) -> None:
        for number in range(10):
            crowd.write(f"s{number}")
        await asyncio.sleep(0)
        assert crowd.read == "x" * (1 + AT_ONCE)
        crowd.page.turn()
        await asyncio.sleep(0)
        assert crowd.read == "x" * 10

    among(100, play)
