"""Who holds a token has a seat; Redis keeps only its hash, so a stolen backup opens no door."""

import hashlib
import secrets
from typing import Final

import msgspec

from server.core.messages import Actor, WorkshopId
from server.store import keys
from server.store.connection import Connection
from server.store.replies import an_int, bytes_or_none, pairs, some_bytes

SEAT_FOR_MS: Final = 60 * 24 * 3600 * 1000
"""A seat outlives the months between two meetings; each use begins the count anew."""


class Grant(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a token allows: to be `actor` in `workshop`, within `scope` when that is not empty."""

    workshop: WorkshopId
    actor: Actor
    scope: str = ""


_encode: Final = msgspec.msgpack.Encoder().encode
decode_grant: Final = msgspec.msgpack.Decoder(Grant).decode


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Tokens:
    def __init__(self, redis: Connection) -> None:
        self._redis = redis

    async def issue(self, grant: Grant, *, for_ms: int = SEAT_FOR_MS) -> str:
        """A new secret for `grant`. It is told once and cannot be read back."""
        token = secrets.token_urlsafe(24)
        await self.accept(token, grant, for_ms=for_ms)
        return token

    async def accept(self, token: str, grant: Grant, *, for_ms: int = SEAT_FOR_MS) -> None:
        """Let a token that somebody already holds open `grant`."""
        key = keys.seat(hashed(token))
        # The door first: a seat that no workshop lists would survive the workshop's erasure.
        await self._redis.call("HSET", keys.doors(grant.workshop), key, grant.actor.id)
        await self._redis.call("SET", key, _encode(grant), "PX", for_ms)

    async def open(self, token: str, *, for_ms: int = SEAT_FOR_MS) -> Grant | None:
        """The grant behind a token, whose expiry begins anew; None for a token that is unknown, expired or revoked."""
        packed = bytes_or_none(await self._redis.call("GETEX", keys.seat(hashed(token)), "PX", for_ms))
        return None if packed is None else decode_grant(packed)

    async def revoke(self, token: str) -> None:
        await self._redis.call("DEL", keys.seat(hashed(token)))

    async def revoke_all(self, workshop: WorkshopId, actor_id: str) -> int:
        """Close every door of one person or staff member; returns how many there were."""
        doors = pairs(await self._redis.call("HGETALL", keys.doors(workshop)))
        theirs = [door for door, whom in doors.items() if whom.decode() == actor_id]
        if not theirs:
            return 0
        closed = an_int(await self._redis.call("DEL", *theirs))
        await self._redis.call("HDEL", keys.doors(workshop), *theirs)
        return closed

    async def creation_key(self) -> str:
        """The secret of the link printed at start: made once per Redis, the same for every node."""
        offered = secrets.token_urlsafe(24)
        await self._redis.call("SET", keys.CREATION_KEY, offered, "NX")
        return some_bytes(await self._redis.call("GET", keys.CREATION_KEY)).decode()

    async def may_create(self, key: str) -> bool:
        return secrets.compare_digest(key.encode(), (await self.creation_key()).encode())
