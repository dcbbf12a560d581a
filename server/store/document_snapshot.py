"""A page's snapshot and the log behind it: folded by whoever is first, and never to an older state."""

import asyncio
from typing import Final

import msgspec

from server.core.messages import DeviceId, PageId, PersonId, WorkshopId
from server.store import keys
from server.store.connection import Connection
from server.store.document_state import EMPTY, fold
from server.store.document_versions import KEPT, VERSION_EVERY_MS, packed_version
from server.store.replies import BEGINNING, Entry, EntryId, Reply, Word, a_list, bytes_or_none, entries, order
from server.store.tombstone import GONE

WINDOW_MS: Final = 120_000
"""Entries younger than this are never trimmed: the tail of a node that hiccups still finds them."""
VERSIONS_LOOKED_AT: Final = 5


class PageGone(Exception):  # noqa: N818 - a fact
    """The page was erased: nothing can be read from it or written into it any more."""


class Update(msgspec.Struct, frozen=True):
    """One entry of a page's stream."""

    entry: EntryId
    update: bytes
    person: PersonId
    device: DeviceId

    @property
    def at_ms(self) -> int:
        return order(self.entry)[0]


class Opened(msgspec.Struct, frozen=True):
    """A page as of the entry `upto`; follow its stream from there. `unfolded` updates wait for compaction."""

    state: bytes
    upto: EntryId
    unfolded: int

    def __repr__(self) -> str:
        return f"<Opened upto={self.upto} bytes={len(self.state)} unfolded={self.unfolded}>"


def update_of(entry: Entry) -> Update:
    """An entry as the tail delivers it; PageGone when it is a tombstone."""
    entry_id, fields = entry
    if GONE in fields:
        raise PageGone
    return Update(entry_id, fields[b"u"], PersonId(fields[b"p"].decode()), DeviceId(fields[b"d"].decode()))


def snapshot_commands(workshop: WorkshopId, page: PageId, known: EntryId) -> list[tuple[Word, ...]]:
    """Read the snapshot, and the log behind the entry that it is known to reach."""
    return [
        ("HMGET", keys.page_snapshot(workshop, page), "state", "upto"),
        ("XRANGE", keys.page_log(workshop, page), "-" if known == BEGINNING else f"({known}", "+"),
    ]


class Snapshot(msgspec.Struct, frozen=True):
    """What the two commands answered."""

    state: bytes
    upto: EntryId
    updates: list[Update]
    """Those that the snapshot does not hold yet."""

    @classmethod
    def read(cls, snapshot: Reply, log: Reply) -> "Snapshot":
        state, upto = (bytes_or_none(part) for part in a_list(snapshot))
        reached = EntryId(upto.decode()) if upto else BEGINNING
        read = [update_of(entry) for entry in entries(log)]
        return cls(state or EMPTY, reached, [update for update in read if order(update.entry) > order(reached)])

    @property
    def last(self) -> EntryId:
        return self.updates[-1].entry if self.updates else self.upto

    def folded(self, known: Opened | None = None) -> bytes:
        """The page now. From what is `known` of it, if that ends with one of the updates: then few are left to fold."""
        at = next((n for n, update in enumerate(self.updates) if known and update.entry == known.upto), None)
        if known is None or at is None:
            return fold(self.state, [update.update for update in self.updates])
        return fold(known.state, [update.update for update in self.updates[at + 1 :]])


async def reached(redis: Connection, workshop: WorkshopId, page: PageId) -> EntryId:
    """The entry up to which the snapshot holds everything; by the time it is used it may reach further."""
    upto = bytes_or_none(await redis.call("HGET", keys.page_snapshot(workshop, page), "upto"))
    return EntryId(upto.decode()) if upto else BEGINNING


async def compact(
    redis: Connection, workshop: WorkshopId, page: PageId, window_ms: int = WINDOW_MS, known: Opened | None = None
) -> bool:
    """Fold the log into the snapshot and trim what is older than the window; False when another node was faster."""
    snap, log, kept = (name(workshop, page) for name in (keys.page_snapshot, keys.page_log, keys.page_versions))
    async with redis.another() as own:
        # The compare-and-set: a node that froze here and wakes up later must not put back its older snapshot.
        await own.call("WATCH", snap)
        reading = snapshot_commands(workshop, page, await reached(own, workshop, page))
        reading += [("TIME",), ("XREVRANGE", kept, "+", "-", "COUNT", VERSIONS_LOOKED_AT)]
        snapshot, updates, time, versions = await asyncio.gather(*(own.call(*command) for command in reading))
        before = Snapshot.read(snapshot, updates)
        now_ms = int(bytes_or_none(a_list(time)[0]) or 0) * 1000
        earlier = entries(versions)
        writes: list[tuple[Word, ...]] = []
        versions_upto = [EntryId(fields[b"o"].decode()) for _, fields in earlier]
        if before.updates:
            state = before.folded(known)
            writes.append(("HSET", snap, "state", state, "upto", before.last))
            if not earlier or order(earlier[0][0])[0] + VERSION_EVERY_MS <= now_ms:
                authors = {update.person for update in before.updates if update.person}
                version = packed_version(state, before.last, authors)
                writes.append(("XADD", kept, "MAXLEN", KEPT, "*", *version))
                versions_upto.append(before.last)
        # Only what lies before a version is trimmed, so that from the last version on every state can be shown.
        old = [order(upto) for upto in versions_upto if order(upto)[0] <= now_ms - window_ms]
        if old:
            writes.append(("XTRIM", log, "MINID", "{}-{}".format(*max(old))))
        return await own.transaction(writes) is not None if writes else True
