"""A whole workshop as one file: what was dumped is restored as it was, on any Redis and any version of it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final, Literal

import msgspec

from server.core.messages import WorkshopId
from server.store import keys
from server.store.connection import Connection
from server.store.erasure import keys_of
from server.store.replies import EntryId, Reply, Word, a_list, an_int, bytes_or_none, entries, pairs, some_bytes
from server.store.tombstone import GONE

READING: Final = {"stream": ("XRANGE", "-", "+"), "hash": ("HGETALL",), "set": ("SMEMBERS",)}
"""How each kind is read; strings below a workshop are presence, which no backup keeps."""


class NotABackup(Exception):  # noqa: N818 - a fact about a file
    """The file is no backup of a workshop, or of a version that this server does not read."""


class _Kept(msgspec.Struct, frozen=True):
    """One key. `rows` are words for a set, field and value for a hash, id and fields for a stream."""

    key: str
    kind: Literal["stream", "hash", "set"]
    rows: list[list[bytes]]


class _Door(msgspec.Struct, frozen=True):
    """`for_ms`: 0 for one that lives as long as its workshop."""

    key: str
    value: bytes
    for_ms: int


class _File(msgspec.Struct, frozen=True, tag_field="backup", tag="boundary-crossing-1"):
    workshop: WorkshopId
    kept: list[_Kept]
    doors: list[_Door]


HEAD: Final = b"boundary-crossing backup 1\n"
LENGTH_BYTES: Final = 8
END: Final = bytes(LENGTH_BYTES)
"""After the last workshop: a file without it was cut off."""


async def write_all(redis: Connection, workshops: AsyncIterator[WorkshopId], file: Path) -> int:
    """Every one of these workshops into one file, each at one moment, while everybody works on; returns how many.

    The file appears under its name when it is complete, and only its owner can read it.
    """
    part = file.with_name(file.name + ".part")
    part.touch(mode=0o600)
    many = 0
    with part.open("wb") as out:
        out.write(HEAD)
        async for workshop in workshops:
            dumped = await dump(redis, workshop)
            out.write(len(dumped).to_bytes(LENGTH_BYTES) + dumped)
            many += 1
        out.write(END)
    part.replace(file)
    return many


def read_all(file: Path) -> Iterator[tuple[WorkshopId, bytes]]:
    """The workshops of a file, to be restored. Raises `NotABackup`, for one that was cut off before the first."""
    with file.open("rb") as kept:
        if kept.read(len(HEAD)) != HEAD:
            raise NotABackup("it does not begin like a backup of this server")
        places: list[tuple[int, int]] = []
        while (length := kept.read(LENGTH_BYTES)) != END:
            many = int.from_bytes(length)
            places.append((kept.tell(), many))
            if len(length) < LENGTH_BYTES or kept.seek(many, 1) > file.stat().st_size:
                raise NotABackup("its end is missing: the copy was cut off")
        for at, many in places:
            kept.seek(at)
            dumped = kept.read(many)
            yield _read(dumped).workshop, dumped


def _read(file: bytes) -> _File:
    try:
        return msgspec.msgpack.decode(file, type=_File)
    except msgspec.MsgspecError as error:
        raise NotABackup(str(error)) from error


async def dump(redis: Connection, workshop: WorkshopId) -> bytes:
    """Everything of the workshop at one moment, with its join code and seats."""
    found = [(key, kind) for key, kind in (await keys_of(redis, workshop)).items() if kind in READING]
    # One transaction: a log that is older than its people would name somebody who is not there.
    answers = await redis.all_of([(READING[kind][0], key, *READING[kind][1:]) for key, kind in found]) if found else []
    kept = [_kept(key, kind, answer) for (key, kind), answer in zip(found, answers, strict=True)]
    doors: list[_Door] = []
    for door in pairs(await redis.call("HGETALL", keys.doors(workshop))):
        value = bytes_or_none(await redis.call("GET", door))
        for_ms = an_int(await redis.call("PTTL", door))
        if value is not None:
            doors.append(_Door(door.decode(), value, max(0, for_ms)))
    return msgspec.msgpack.encode(_File(workshop, kept, doors))


async def restore(redis: Connection, file: bytes) -> WorkshopId:
    """Put a dumped workshop back, in place of what is there under its name; returns that name.

    A join code that another workshop has meanwhile stays with it.
    """
    backup = _read(file)
    there = await keys_of(redis, backup.workshop)
    writes: list[tuple[Word, ...]] = [("DEL", key) for key in there]
    for kept in backup.kept:
        writes += _writes(kept)
    await redis.all_of([*writes, ("SADD", keys.INDEX, backup.workshop)])
    for door in backup.doors:
        await _hang(redis, backup.workshop, door)
    return backup.workshop


async def _hang(redis: Connection, workshop: WorkshopId, door: _Door) -> None:
    there = bytes_or_none(await redis.call("GET", door.key))
    if there in (None, GONE, workshop.encode()):
        expiry: tuple[Word, ...] = ("PX", door.for_ms) if door.for_ms else ()
        await redis.call("SET", door.key, door.value, *expiry)


def _kept(key: str, kind: str, answer: Reply) -> _Kept:
    if kind == "stream":
        rows = [[entry.encode(), *_flat(fields)] for entry, fields in entries(answer)]
        return _Kept(key, "stream", rows)
    if kind == "hash":
        return _Kept(key, "hash", [[field, value] for field, value in pairs(answer).items()])
    return _Kept(key, "set", [[some_bytes(member)] for member in a_list(answer)])


def _flat(fields: dict[bytes, bytes]) -> list[bytes]:
    return [word for pair in fields.items() for word in pair]


def _writes(kept: _Kept) -> list[tuple[Word, ...]]:
    if kept.kind == "stream":
        return [("XADD", kept.key, EntryId(row[0].decode()), *row[1:]) for row in kept.rows]
    if kept.kind == "hash":
        return [("HSET", kept.key, *row) for row in kept.rows]
    return [("SADD", kept.key, *row) for row in kept.rows]
