"""One page that somebody on this node has open, and what waits to be passed on to its editors."""

import asyncio
from collections.abc import Callable
from typing import Final

import msgspec

from protocol.frames import PageUpdate
from server.core.activity import Right
from server.core.messages import Actor, PageId
from server.runtime.page_rights import Basis
from server.store.document_state import merge
from server.store.replies import EntryId, order

WINDOW_PER_PAIR_S: Final = 0.000_002_8
"""While a page is busy its updates wait for each other by the square of its editors, as the frames they spare do:
nothing for five, 10 ms for 60, 28 ms for 100."""

LONGEST_WINDOW_S: Final = 0.05

_encoder = msgspec.msgpack.Encoder()

Send = Callable[["OpenPage", bytes, str | None], None]
"""To everybody who has the page open, but for one connection."""


class Editor(msgspec.Struct):
    """Somebody who has the page open, and what they were last told that they may do."""

    actor: Actor
    right: Right


class OpenPage:
    """Its editors, and the updates of a moment: the first at once, those that follow it closely merged."""

    def __init__(self, page: PageId, send: Send) -> None:
        self.page = page
        self.editors: dict[str, Editor] = {}
        self.basis: Basis | None = None
        """For which every editor here was told what they may do; None before the first time."""
        self.shown_by: Basis | None = None
        """For which every editor here may see the page."""
        self.own: set[EntryId] = set()
        """What this node wrote and passed on before its tail brought it."""
        self.unfolded = 0
        self._send = send
        self._pending: list[tuple[EntryId, bytes, str]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._sent_at = 0.0

    def __repr__(self) -> str:
        return f"<OpenPage {self.page} editors={len(self.editors)} pending={len(self._pending)}>"

    @property
    def window_s(self) -> float:
        return min(LONGEST_WINDOW_S, WINDOW_PER_PAIR_S * len(self.editors) ** 2)

    def pass_on(self, entry: EntryId, update: bytes, sid: str) -> None:
        """To everybody here but whoever wrote it; `sid` is "" when another node did."""
        self._pending.append((entry, update, sid))
        self.unfolded += 1
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        wait_s = self._sent_at + self.window_s - loop.time()
        if wait_s <= 0:
            self.flush()
        else:
            self._timer = loop.call_later(wait_s, self.flush)

    def flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        pending, self._pending = self._pending, []
        if not pending:
            return
        self._sent_at = asyncio.get_running_loop().time()
        merged = merge([update for _, update, _ in pending])
        writers = {sid for _, _, sid in pending}
        # A frame with one writer's edits is no news to that writer; a merged one goes to all, encoded once.
        only = next(iter(writers)) if len(writers) == 1 else None
        frame = _encoder.encode(PageUpdate(self.page, merged, pending[-1][0]))
        self._send(self, frame, only)

    def known_upto(self, entry: EntryId) -> None:
        """The tail goes on behind this entry, and will bring none of these."""
        self.own = {one for one in self.own if order(one) > order(entry)}
