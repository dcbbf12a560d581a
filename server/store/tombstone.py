"""A stream that is erased stays erased: Redis itself refuses whatever a node that did not hear of it still appends."""

from typing import Final

from server.store.replies import EntryId, Word

LAST_POSSIBLE_ID: Final = EntryId("18446744073709551615-18446744073709551615")
GONE: Final = b"gone"
"""The only field of a tombstone; who follows the stream hears it."""
EXHAUSTED: Final = "exhausted the last possible ID"
"""How Redis refuses to append behind a tombstone."""


def bury(key: str) -> list[tuple[Word, ...]]:
    """Commands for one transaction that empty the stream and close it; burying it again does no harm.

    DEL alone would let Redis accept the old ids again, and a late writer would bring the stream back.
    """
    return [("DEL", key), ("XADD", key, LAST_POSSIBLE_ID, GONE, b"")]
