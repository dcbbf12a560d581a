"""Who holds a token has a seat; Redis keeps only its hash, so a stolen backup opens no door."""

import hashlib
import secrets
from typing import Final

import msgspec

from server.core.messages import Actor, WorkshopId
from server.store import keys
from server.store.connection import Connection
from server.store.log import WorkshopGone
from server.store.replies import bytes_or_none, some_bytes
from server.store.tombstone import GONE


class Grant(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a token allows: to be `actor` in `workshop`. Closing the `handover` by which it came closes it, too."""

    workshop: WorkshopId
    actor: Actor
    handover: str = ""


_encode: Final = msgspec.msgpack.Encoder().encode
decode_grant: Final = msgspec.msgpack.Decoder(Grant).decode


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Tokens:
    def __init__(self, redis: Connection) -> None:
        self._redis = redis

    async def issue(self, grant: Grant) -> str:
        """A new secret for `grant`. It is told once, cannot be read back, and lives as long as its workshop."""
        token = secrets.token_urlsafe(24)
        key = keys.seat(hashed(token))
        # The door first: a seat that no workshop lists would survive the workshop's erasure.
        await self._redis.call("HSET", keys.doors(grant.workshop), key, grant.actor.id)
        await self._redis.call("SET", key, _encode(grant))
        return token

    async def open(self, token: str) -> Grant | None:
        """The grant behind a token, None for one that is unknown. Raises WorkshopGone when its workshop was erased."""
        key = keys.seat(hashed(token))
        packed = bytes_or_none(await self._redis.call("GET", key))
        if packed == GONE:
            raise WorkshopGone
        if packed is None:
            return None
        # Tokens of earlier versions lapsed sixty days after their last use, in the middle of a series of meetings.
        await self._redis.call("PERSIST", key)
        return decode_grant(packed)

    async def offer(self, grant: Grant, *, for_ms: int) -> str:
        """A secret that is no seat yet: whoever brings it asks for `grant`, once."""
        secret = secrets.token_urlsafe(24)
        await self._redis.call("SET", keys.offer(hashed(secret)), _encode(grant), "PX", for_ms)
        return secret

    async def offered(self, secret: str) -> Grant | None:
        packed = bytes_or_none(await self._redis.call("GET", keys.offer(hashed(secret))))
        return None if packed is None else decode_grant(packed)

    async def spend(self, secret: str) -> None:
        await self._redis.call("DEL", keys.offer(hashed(secret)))

    async def creation_key(self) -> str:
        """The secret of the link printed at start: made once per Redis, the same for every node."""
        offered = secrets.token_urlsafe(24)
        await self._redis.call("SET", keys.CREATION_KEY, offered, "NX")
        return some_bytes(await self._redis.call("GET", keys.CREATION_KEY)).decode()

    async def may_create(self, key: str) -> bool:
        return secrets.compare_digest(key.encode(errors="replace"), (await self.creation_key()).encode())
