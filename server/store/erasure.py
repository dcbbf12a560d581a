"""Erasing a workshop closes its doors first, then everything in it, and leaves only tombstones."""

import asyncio
from typing import Final

from server.core.messages import WorkshopId
from server.store import keys
from server.store.connection import Connection
from server.store.replies import Word, a_list, pairs, some_bytes
from server.store.tombstone import GONE, bury

TOMBSTONE_FOR_S: Final = 7 * 24 * 3600
"""Longer than any node goes on with what it held in memory without having heard of the erasure."""

DOORS_SAY_SO_FOR_S: Final = 365 * 24 * 3600
"""Whoever comes by an old code or link within a year hears that this was erased: a hash, and nothing else, is kept."""


async def keys_of(redis: Connection, workshop: WorkshopId) -> dict[str, str]:
    """Every key of a workshop that exists, with its type."""
    cursor, found = b"0", set[str]()
    while True:
        reply = a_list(await redis.call("SCAN", cursor, "MATCH", keys.everything_of(workshop), "COUNT", 1000))
        cursor = some_bytes(reply[0])
        found.update(some_bytes(name).decode() for name in a_list(reply[1]))
        if cursor == b"0":
            break
    types = {name: some_bytes(await redis.call("TYPE", name)).decode() for name in sorted(found)}
    return {name: kind for name, kind in types.items() if kind != "none"}


async def erase_workshop(redis: Connection, workshop: WorkshopId) -> None:
    """Forget a workshop; erasing it twice does no harm. Whoever still follows it hears the tombstones.

    It is marked for sweeping before, or a node that ends in between would leave in the file what Redis has forgotten;
    and after, or a sweep that began in between would believe that it had cleared it.
    """
    await redis.call("INCR", keys.SWEEPING)
    doors = pairs(await redis.call("HGETALL", keys.doors(workshop)))
    await asyncio.gather(*(redis.call(*_shut(door)) for door in doors))
    here = await keys_of(redis, workshop)
    here.setdefault(keys.log(workshop), "stream")
    commands: list[tuple[Word, ...]] = []
    for key, kind in here.items():
        if kind == "stream":
            commands += [*bury(key), ("EXPIRE", key, TOMBSTONE_FOR_S)]
        else:
            commands.append(("DEL", key))
    await redis.all_of(commands)
    await redis.call("SREM", keys.INDEX, workshop)
    await redis.call("ZREM", keys.WAKING, workshop)
    await redis.call("INCR", keys.SWEEPING)


def _shut(door: bytes) -> tuple[Word, ...]:
    """Whoever comes with an old code hears that it was erased, too: as a wrong code they would type it for ever."""
    if keys.is_join_code(door.decode()):
        return ("EXPIRE", door, DOORS_SAY_SO_FOR_S)
    return ("SET", door, GONE, "EX", DOORS_SAY_SO_FOR_S)
