"""Erasing a workshop closes its doors first, then everything in it, and leaves only tombstones."""

from typing import Final

from server.core.messages import WorkshopId
from server.store import keys
from server.store.connection import Connection
from server.store.replies import Word, a_list, pairs, some_bytes
from server.store.tombstone import bury

TOMBSTONE_FOR_S: Final = 7 * 24 * 3600
"""Longer than any node goes on with what it held in memory without having heard of the erasure."""


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
    """Forget a workshop; erasing it twice does no harm. Whoever still follows it hears the tombstones."""
    doors = pairs(await redis.call("HGETALL", keys.doors(workshop)))
    shut = [door for door in doors if not keys.is_join_code(door.decode())]
    if shut:
        await redis.call("DEL", *shut)
    for code in doors.keys() - set(shut):
        # Whoever comes with the old code hears that this was erased; as a wrong code they would type it for ever.
        await redis.call("EXPIRE", code, TOMBSTONE_FOR_S)
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
