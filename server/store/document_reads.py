"""The last reading of each page: the next takes from Redis only what was written since, if that is still all there."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from server.core.messages import PageId, WorkshopId
from server.store import keys
from server.store.connection import Connection
from server.store.document_snapshot import Opened, update_of
from server.store.document_state import fold
from server.store.replies import BEGINNING, EntryId, Word, bytes_or_none, entries, order

KEPT_BYTES: Final = 8 * 1024 * 1024
"""Of states in memory: some thousand vignettes."""


class Reads:
    """What was read of pages, the longest unread forgotten first."""

    def __init__(self, redis: Connection) -> None:
        self._redis = redis
        self._known: OrderedDict[str, Opened] = OrderedDict()
        self._bytes = 0

    def __repr__(self) -> str:
        return f"<Reads pages={len(self._known)} bytes={self._bytes}>"

    def known(self, workshop: WorkshopId, page: PageId) -> Opened | None:
        """The last reading: the page as it was up to its last entry, if the stream still has that one."""
        return self._known.get(keys.page_log(workshop, page))

    async def since(self, workshop: WorkshopId, page: PageId) -> Opened | None:
        """The page now, or None when it must be read whole. Raises `PageGone`, `StoreAway`."""
        key = keys.page_log(workshop, page)
        known = self._known.get(key)
        if known is None or known.upto == BEGINNING:
            return None
        reading: Sequence[Sequence[Word]] = [
            ("HGET", keys.page_snapshot(workshop, page), "upto"),
            ("XRANGE", key, known.upto, "+"),
        ]
        upto, log = await self._redis.all_of(reading)
        read = entries(log)
        # The entry that was the last is still there, so nothing behind it has been trimmed, and this is the same stream
        # as then: after a backup was put back, what we know may never have been.
        if not read or read[0][0] != known.upto:
            return None
        new = [update_of(entry) for entry in read[1:]]
        folded = order(EntryId((bytes_or_none(upto) or b"0-0").decode()))
        before = 0 if folded >= order(known.upto) else known.unfolded
        return Opened(
            state=fold(known.state, [update.update for update in new]),
            upto=new[-1].entry if new else known.upto,
            unfolded=before + sum(order(update.entry) > folded for update in new),
        )

    def keep(self, workshop: WorkshopId, page: PageId, opened: Opened) -> Opened:
        """Remember it, unless a later reading is remembered already."""
        key = keys.page_log(workshop, page)
        known = self._known.pop(key, None)
        newest = known if known is not None and order(known.upto) > order(opened.upto) else opened
        self._bytes += len(newest.state) - (len(known.state) if known else 0)
        self._known[key] = newest
        while self._bytes > KEPT_BYTES:
            _, oldest = self._known.popitem(last=False)
            self._bytes -= len(oldest.state)
        return opened

    def forget(self, workshop: WorkshopId, page: PageId) -> None:
        known = self._known.pop(keys.page_log(workshop, page), None)
        self._bytes -= len(known.state) if known else 0
