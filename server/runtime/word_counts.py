"""How far people are with their texts, for the moderators: how many words, and when they changed. Never the words."""

import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Final

import msgspec

from server.core.messages import PageId, WorkshopId
from server.store.document_state import word_count
from server.store.flicker import Flicker

COUNT_EVERY_S: Final = 2.0
COUNTS_AT_ONCE: Final = 8

_encoder = msgspec.msgpack.Encoder()

Fields = Callable[[PageId], Awaitable[Mapping[str, str]]]


class Counted(msgspec.Struct, frozen=True, array_like=True):
    """What moderators may know of a page: how many words, and when it last changed. Never the words."""

    page: PageId
    words: int
    at_ms: int


class WordCounts:
    """Counts only pages of which an activity says that they may be counted; whichever node counts tells all."""

    def __init__(
        self, workshop: WorkshopId, flicker: Flicker, is_counted: Callable[[PageId], bool], fields: Fields
    ) -> None:
        self.changed = False
        self._workshop = workshop
        self._flicker = flicker
        self._is_counted = is_counted
        self._fields = fields
        self._counts: dict[PageId, Counted] = {}
        self._due: dict[PageId, float] = {}

    def __repr__(self) -> str:
        return f"<WordCounts {self._workshop} pages={len(self._counts)} due={len(self._due)}>"

    @property
    def known(self) -> tuple[Counted, ...]:
        return tuple(one for one in self._counts.values() if self._is_counted(one.page))

    def written(self, page: PageId) -> None:
        self._due.setdefault(page, time.monotonic() + COUNT_EVERY_S)

    def expect(self, pages: Iterable[PageId]) -> None:
        """After a start nobody knows how far these are."""
        for page in pages:
            self._due.setdefault(page, 0.0)

    async def count(self) -> None:
        """Count what was written a moment ago, a few pages at a time, for the moderators of all nodes."""
        now = time.monotonic()
        for page in [page for page, at in self._due.items() if at <= now][:COUNTS_AT_ONCE]:
            del self._due[page]
            if not self._is_counted(page):
                continue
            words = sum(word_count(text) for text in (await self._fields(page)).values())
            counted = Counted(page, words, time.time_ns() // 1_000_000)
            self._note(counted)
            self._flicker.publish(self._workshop, b"w" + _encoder.encode(counted))

    def heard(self, message: bytes) -> None:
        """What another node (or this one) has counted."""
        self._note(msgspec.msgpack.decode(message, type=Counted))

    def _note(self, counted: Counted) -> None:
        before = self._counts.get(counted.page)
        if before is None or before.words != counted.words:
            self._counts[counted.page] = counted
            self.changed = True
