"""Frozen copies of pages: a text that people confirmed stays as it was, whatever is written afterwards."""

from collections.abc import Collection, Mapping
from typing import Final

import msgspec

from server.core.messages import FrozenId, WorkshopId
from server.store import keys
from server.store.connection import Connection
from server.store.replies import a_list, an_int, bytes_or_none

MAX_BYTES: Final = 256 * 1024

_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(dict[str, str]).decode


class TooLarge(Exception):  # noqa: N818 - a fact
    """A page that nobody would read on paper."""


class Frozen:
    def __init__(self, redis: Connection) -> None:
        self._redis = redis

    async def put(self, workshop: WorkshopId, name: FrozenId, fields: Mapping[str, str]) -> bool:
        """Keep the texts under `name`. A name that is taken stays as it is, and the answer is False."""
        packed = _encode(fields)
        if len(packed) > MAX_BYTES:
            raise TooLarge(f"{len(packed)} bytes; at most {MAX_BYTES}")
        return an_int(await self._redis.call("HSETNX", keys.frozen(workshop), name, packed)) == 1

    async def get(self, workshop: WorkshopId, names: Collection[FrozenId]) -> dict[FrozenId, dict[str, str]]:
        """The copies that exist; the others are missing from the answer."""
        asked = list(names)
        if not asked:
            return {}
        reply = a_list(await self._redis.call("HMGET", keys.frozen(workshop), *asked))
        found = ((name, bytes_or_none(packed)) for name, packed in zip(asked, reply, strict=True))
        return {name: _decode(packed) for name, packed in found if packed is not None}

    async def erase(self, workshop: WorkshopId, names: Collection[FrozenId]) -> int:
        """Forget these copies; returns how many there were."""
        return an_int(await self._redis.call("HDEL", keys.frozen(workshop), *names)) if names else 0
