"""What Redis answers, read into Python's types at one gate: a reply of another shape is a defect and says so."""

from typing import NewType, TypeAlias

Word: TypeAlias = str | bytes | int | float
Reply: TypeAlias = "bytes | int | list[Reply] | None"
Answer: TypeAlias = "Reply | Exception"

EntryId = NewType("EntryId", str)
"""The id of a stream entry, `1722-0`."""
Entry: TypeAlias = tuple[EntryId, dict[bytes, bytes]]

BEGINNING = EntryId("0-0")


def order(entry: EntryId) -> tuple[int, int]:
    """Entry ids compare as numbers, never as text: `9-0` comes before `10-0`."""
    time_ms, _, turn = entry.partition("-")
    return int(time_ms), int(turn or 0)


def a_list(reply: Reply) -> "list[Reply]":
    if reply is None:
        return []
    if not isinstance(reply, list):
        raise TypeError(f"Redis answered {type(reply).__name__}, not a list")
    return reply


def some_bytes(reply: Reply) -> bytes:
    if not isinstance(reply, bytes):
        raise TypeError(f"Redis answered {type(reply).__name__}, not bytes")
    return reply


def bytes_or_none(reply: Reply) -> bytes | None:
    return None if reply is None else some_bytes(reply)


def an_int(reply: Reply) -> int:
    if not isinstance(reply, int):
        raise TypeError(f"Redis answered {type(reply).__name__}, not a number")
    return reply


def pairs(reply: Reply) -> dict[bytes, bytes]:
    """The flat list of a hash or of a stream entry's fields."""
    flat = [some_bytes(word) for word in a_list(reply)]
    return dict(zip(flat[::2], flat[1::2], strict=True))


def entries(reply: Reply) -> list[Entry]:
    """The answer of XRANGE, or one stream's part of the answer of XREAD."""
    read: list[Entry] = []
    for entry in a_list(reply):
        name, fields = a_list(entry)
        read.append((EntryId(some_bytes(name).decode()), pairs(fields)))
    return read
