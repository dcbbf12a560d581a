"""Shared pages: an update is on disk before anybody else sees it, and opening a page never misses one."""

import asyncio
import functools
from collections.abc import Callable, Mapping
from typing import TypeAlias

from server.core.messages import PageId, WorkshopId
from server.store import keys
from server.store.connection import Connection, RedisRefused, settle
from server.store.document_reads import Reads
from server.store.document_snapshot import (
    WINDOW_MS,
    Opened,
    PageGone,
    Snapshot,
    Update,
    compact,
    reached,
    snapshot_commands,
    update_of,
)
from server.store.document_state import EMPTY, Checked, check, fold, seed_update
from server.store.document_versions import Version, Versions
from server.store.replies import BEGINNING, Answer, EntryId, Word, a_list, entries, order, some_bytes
from server.store.tombstone import EXHAUSTED, GONE, bury
from server.store.wire import packed

Outcome: TypeAlias = "EntryId | Exception"
"""The id of an entry that is on disk, or why there is none."""
Kept: TypeAlias = Callable[[Outcome], None]
"""Hears how an append ended."""

__all__ = ["WINDOW_MS", "Documents", "Opened", "PageGone", "Update", "update_of"]


class Documents:
    def __init__(self, redis: Connection) -> None:
        self._redis = redis
        self._versions = Versions(redis)
        self._reads = Reads(redis)
        self._listed: set[str] = set()

    async def append(
        self, workshop: WorkshopId, page: PageId, update: bytes, *, person: str = "", device: str = ""
    ) -> EntryId:
        """Keep an update; the entry's id is the acknowledgement. BadUpdate, PageGone or StoreAway otherwise.

        After StoreAway the update may have been kept; sending it again does no harm.
        """
        kept: asyncio.Future[EntryId] = asyncio.get_running_loop().create_future()
        self.start_append(workshop, page, check(update), functools.partial(settle, kept), person=person, device=device)
        return await kept

    def start_append(
        self, workshop: WorkshopId, page: PageId, update: Checked, then: Kept, *, person: str = "", device: str = ""
    ) -> None:
        """`append` whose end is told to `then`. Updates are kept in the order of the calls."""
        key = keys.page_log(workshop, page)
        if key not in self._listed:
            # First the index: a page that no list knows would outlive its workshop.
            self._redis.call_then(packed(("SADD", keys.pages(workshop), page)), functools.partial(self._list, key))

        def heard(reply: Answer) -> None:
            if isinstance(reply, RedisRefused) and EXHAUSTED in str(reply):
                self._redis.call_then(packed(("SREM", keys.pages(workshop), page)), _ignore)
                then(PageGone(page))
            else:
                then(reply if isinstance(reply, Exception) else EntryId(some_bytes(reply).decode()))

        self._redis.call_then(packed(("XADD", key, "*", "u", update, "p", person, "d", device)), heard)

    def _list(self, key: str, reply: Answer) -> None:
        if not isinstance(reply, Exception):
            self._listed.add(key)

    async def open(self, workshop: WorkshopId, page: PageId) -> Opened:
        """The page now. A page that was never written is empty."""
        again = await self._reads.since(workshop, page)
        if again is not None:
            return self._reads.keep(workshop, page, again)
        known = await reached(self._redis, workshop, page)
        # One transaction: between snapshot and log a compaction would take away what neither then holds. One since
        # `known` was read does no harm: its snapshot covers what it trimmed.
        snapshot, log = await self._redis.all_of(snapshot_commands(workshop, page, known))
        read = Snapshot.read(snapshot, log)
        # What was remembered has just proved to be of no use, and may be newer than a stream that was put back.
        self._reads.forget(workshop, page)
        return self._reads.keep(workshop, page, Opened(read.folded(), read.last, len(read.updates)))

    async def pages(self, workshop: WorkshopId) -> list[PageId]:
        """Every page that was ever written and not erased."""
        listed = a_list(await self._redis.call("SMEMBERS", keys.pages(workshop)))
        return sorted(PageId(some_bytes(page).decode()) for page in listed)

    async def seed(self, workshop: WorkshopId, page: PageId, fields: Mapping[str, str]) -> bool:
        """Write a template into a page that was never written; False when it was. Two nodes may try at once."""
        if await self._redis.call("EXISTS", keys.page_log(workshop, page)):
            return False
        await self.append(workshop, page, seed_update(fields))
        return True

    async def compact(self, workshop: WorkshopId, page: PageId, *, window_ms: int = WINDOW_MS) -> bool:
        """Fold the log into the snapshot and trim what is older than the window; False when another node was faster."""
        return await compact(self._redis, workshop, page, window_ms, self._reads.known(workshop, page))

    async def erase(self, workshop: WorkshopId, page: PageId) -> None:
        """Forget the page for good. Whoever follows its stream hears the tombstone."""
        snapshot = keys.page_snapshot(workshop, page)
        erasing: list[tuple[Word, ...]] = [
            *bury(keys.page_log(workshop, page)),
            ("DEL", snapshot, keys.page_versions(workshop, page)),
            # A compaction under way watches this key: it must fail, also when there was no snapshot yet.
            ("HSET", snapshot, GONE, 1),
            ("SREM", keys.pages(workshop), page),
        ]
        await self._redis.all_of(erasing)
        self._reads.forget(workshop, page)

    async def recent(self, workshop: WorkshopId, page: PageId) -> list[Update]:
        """Who wrote what in the last minutes, as far as the window reaches."""
        log = await self._redis.call("XRANGE", keys.page_log(workshop, page), "-", "+")
        return [update_of(entry) for entry in entries(log)]

    async def versions(self, workshop: WorkshopId, page: PageId) -> list[Version]:
        """The states that can be brought back, oldest first."""
        return await self._versions.all(workshop, page)

    async def name_version(self, workshop: WorkshopId, page: PageId, label: str, *, person: str = "") -> EntryId:
        """Keep the page as it is now under a name; returns the version's id."""
        opened = await self.open(workshop, page)
        return await self._versions.name(workshop, page, opened.state, opened.upto, [person] if person else [], label)

    async def version_state(self, workshop: WorkshopId, page: PageId, version: EntryId) -> bytes | None:
        """The page as it was in that version; None when it is no longer kept."""
        return await self._versions.state(workshop, page, version)

    async def state_at(self, workshop: WorkshopId, page: PageId, entry: EntryId) -> bytes | None:
        """The page right after one of its `recent` entries; None when that entry is no longer kept."""
        versions, recent = await asyncio.gather(self.versions(workshop, page), self.recent(workshop, page))
        if entry not in {update.entry for update in recent}:
            return None
        # What is trimmed lies before a version, so from the last version on the log is whole.
        base = next((known for known in reversed(versions) if order(known.upto) <= order(entry)), None)
        state = EMPTY if base is None else await self.version_state(workshop, page, base.id)
        after = BEGINNING if base is None else base.upto
        between = [update.update for update in recent if order(after) < order(update.entry) <= order(entry)]
        return None if state is None else fold(state, between)


def _ignore(_: Answer) -> None:
    """A page that stays listed though it is gone is found to be empty."""
