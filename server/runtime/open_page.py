"""One page that somebody on this node has open: what waits to be kept, and to be passed on to its editors."""

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

WINDOW_BY_CUBE_S: Final = 0.000_000_020
"""So far apart go the frames of a page that is busy, by the cube of its editors: nothing that could be noticed among
five, 4 ms among sixty, 20 ms among a hundred, whose devices the frames would drown."""

LONGEST_WINDOW_S: Final = 0.05
AT_ONCE: Final = 3
"""So many frames may come before their time: people do not type by the clock, and are not slower for that."""

_encoder = msgspec.msgpack.Encoder()

Send = Callable[["OpenPage", bytes, str | None], None]
"""To everybody who has the page open, but for one connection."""


class Editor(msgspec.Struct):
    """Somebody who has the page open, and what they were last told that they may do."""

    actor: Actor
    right: Right


class OpenPage:
    """Its editors, and the updates of a moment: the first at once, those of a busy page kept and sent together.

    They are gathered before they are kept rather than after: then they cost one write to the disk as well as one frame,
    and nobody hears of them later than otherwise.
    """

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
        self._unkept: list[Callable[[], None]] = []
        self._pending: list[tuple[EntryId, bytes, str]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._busy_until = 0.0

    def __repr__(self) -> str:
        return f"<OpenPage {self.page} editors={len(self.editors)} pending={len(self._unkept) + len(self._pending)}>"

    @property
    def _window_s(self) -> float:
        return min(LONGEST_WINDOW_S, WINDOW_BY_CUBE_S * len(self.editors) ** 3)

    def keep(self, append: Callable[[], None]) -> None:
        """Call `append`, which begins to write an update to the disk: now, or soon with others."""
        self._unkept.append(append)
        self._turn_soon()

    def pass_on(self, entry: EntryId, update: bytes, sid: str) -> None:
        """To everybody here but whoever wrote it; `sid` is "" when another node did."""
        self._pending.append((entry, update, sid))
        self.unfolded += 1
        if not sid:
            self._turn_soon()

    def kept(self) -> None:
        """One that was under way has ended: what was kept together is passed on together."""
        if not self.under_way:
            self._flush()

    def _turn_soon(self) -> None:
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        wait_s = self._busy_until - AT_ONCE * self._window_s - loop.time()
        if wait_s <= 0:
            self.turn()
        else:
            self._timer = loop.call_later(wait_s, self.turn)

    def turn(self) -> None:
        """Nothing waits any longer: what is known goes out, and what is not yet kept is on its way to the disk."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._busy_until = max(self._busy_until, asyncio.get_running_loop().time()) + self._window_s
        self._flush()
        unkept, self._unkept = self._unkept, []
        for append in unkept:
            append()

    def _flush(self) -> None:
        pending, self._pending = self._pending, []
        if not pending:
            return
        upto, _, sid = pending[-1]
        merged = merge([update for _, update, _ in pending])
        # A frame with one writer's edits is no news to that writer; a merged one goes to all, encoded once.
        only = sid if all(writer == sid for _, _, writer in pending) else None
        self._send(self, _encoder.encode(PageUpdate(self.page, merged, upto)), only)

    def known_upto(self, entry: EntryId) -> None:
        """The tail goes on behind this entry, and will bring none of these."""
        self.own = {one for one in self.own if order(one) > order(entry)}
