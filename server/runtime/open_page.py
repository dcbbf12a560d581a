"""One page that somebody on this node has open, and what waits to be passed on to its editors."""

import asyncio
import math
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
28 ms for a hundred."""

LONGEST_WINDOW_S: Final = 0.05

AT_EASE_FRAMES_PER_S: Final = 10_000
"""So many frames a second, updates times editors, leave at once from one page; at twice as many the window is whole.
Sixty people who write two words a second each need 7,200."""

TRAFFIC_OVER_S: Final = 0.5

_encoder = msgspec.msgpack.Encoder()

Send = Callable[["OpenPage", bytes, str | None], None]
"""To everybody who has the page open, but for one connection."""


class Editor(msgspec.Struct):
    """Somebody who has the page open, and what they were last told that they may do."""

    actor: Actor
    right: Right


class Traffic:
    """How many updates a second there are, of about the last half second."""

    def __init__(self) -> None:
        self._per_s = 0.0
        self._at_s = 0.0

    def note(self, now_s: float) -> None:
        self._per_s = self.per_s(now_s) + 1 / TRAFFIC_OVER_S
        self._at_s = now_s

    def per_s(self, now_s: float) -> float:
        return self._per_s * math.exp((self._at_s - now_s) / TRAFFIC_OVER_S)


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
        self.under_way: dict[bytes, str] = {}
        """What is being written to the disk, and by which connection: the tail may bring it before its acknowledgement,
        and then it is not another node's."""
        self.unfolded = 0
        self._send = send
        self._pending: list[tuple[EntryId, bytes, str]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._sent_at = 0.0
        self._traffic = Traffic()

    def __repr__(self) -> str:
        return f"<OpenPage {self.page} editors={len(self.editors)} pending={len(self._pending)}>"

    def _window_s(self, now_s: float) -> float:
        """For how long updates wait for each other: not at all while their frames are few."""
        frames_per_s = self._traffic.per_s(now_s) * len(self.editors)
        share = min(1.0, max(0.0, frames_per_s / AT_EASE_FRAMES_PER_S - 1.0))
        return share * min(LONGEST_WINDOW_S, WINDOW_PER_PAIR_S * len(self.editors) ** 2)

    def pass_on(self, entry: EntryId, update: bytes, sid: str) -> None:
        """To everybody here but whoever wrote it; `sid` is "" when another node did."""
        loop = asyncio.get_running_loop()
        now_s = loop.time()
        self._traffic.note(now_s)
        self._pending.append((entry, update, sid))
        self.unfolded += 1
        if self._timer is not None:
            return
        wait_s = self._sent_at + self._window_s(now_s) - now_s
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
