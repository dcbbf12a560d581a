"""Earlier states of a page, to look at and to bring back: one every few minutes of writing, and those with a name."""

import zlib
from collections.abc import Collection
from typing import Final

import msgspec

from server.core.messages import PageId, PersonId, WorkshopId
from server.store import keys
from server.store.connection import Connection
from server.store.replies import Entry, EntryId, Word, entries, order, some_bytes

VERSION_EVERY_MS: Final = 2 * 60_000
KEPT: Final = 60
"""The oldest go: sixty states of a page of two thousand characters are about 100 kB."""


class Version(msgspec.Struct, frozen=True):
    """A state that can be brought back: as of the entry `upto` of the page's stream."""

    id: EntryId
    upto: EntryId
    authors: tuple[PersonId, ...]
    label: str

    @property
    def at_ms(self) -> int:
        return order(self.id)[0]


def packed_version(state: bytes, upto: EntryId, authors: Collection[str], label: str = "") -> tuple[Word, ...]:
    """The fields of a version's entry."""
    return ("s", zlib.compress(state), "o", upto, "a", " ".join(sorted(authors)), "l", label)


class Versions:
    def __init__(self, redis: Connection) -> None:
        self._redis = redis

    async def all(self, workshop: WorkshopId, page: PageId) -> list[Version]:
        """Oldest first."""
        kept = await self._redis.call("XRANGE", keys.page_versions(workshop, page), "-", "+")
        return [_version(entry) for entry in entries(kept)]

    async def state(self, workshop: WorkshopId, page: PageId, version: EntryId) -> bytes | None:
        """The page as it was then; None when that version is no longer kept."""
        found = entries(await self._redis.call("XRANGE", keys.page_versions(workshop, page), version, version))
        return zlib.decompress(found[0][1][b"s"]) if found else None

    async def name(
        self, workshop: WorkshopId, page: PageId, state: bytes, upto: EntryId, authors: Collection[str], label: str
    ) -> EntryId:
        """Keep a state as a version with a name, for example *before the swap*."""
        written = await self._redis.call(
            "XADD",
            keys.page_versions(workshop, page),
            "MAXLEN",
            KEPT,
            "*",
            *packed_version(state, upto, authors, label),
        )
        return EntryId(some_bytes(written).decode())


def _version(entry: Entry) -> Version:
    entry_id, fields = entry
    authors = tuple(PersonId(author) for author in fields[b"a"].decode().split())
    return Version(entry_id, EntryId(fields[b"o"].decode()), authors, fields[b"l"].decode())
