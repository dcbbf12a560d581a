"""What people type to come in: a join code for the room, a PIN for taking one's own seat to another device."""

import secrets
from typing import Final

import msgspec

from server.core.messages import WorkshopId
from server.store import keys
from server.store.connection import Connection
from server.store.replies import bytes_or_none
from server.store.tokens import Grant, decode_grant

LETTERS: Final = "3479ACDEFHJKMNPQRTUWXY"
"""Without 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, V: of each pair that looks alike on a projector at most one stays."""
CODE_LENGTH: Final = 6
PIN_LENGTH: Final = 6
PIN_FOR_MS: Final = 10 * 60 * 1000
TRIES: Final = 50

_encode: Final = msgspec.msgpack.Encoder().encode


def tidy(typed: str) -> str:
    """As people type it, `k7m-3qx `, to as it was issued, `K7M3QX`."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


class Codes:
    def __init__(self, redis: Connection) -> None:
        self._redis = redis

    async def reserve(self, workshop: WorkshopId, *, for_ms: int) -> str:
        """A join code that no other workshop has as long as it lives."""
        for _ in range(TRIES):
            code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
            await self._redis.call("HSET", keys.doors(workshop), keys.join_code(code), "")
            if await self._redis.call("SET", keys.join_code(code), workshop, "NX", "PX", for_ms):
                return code
            # Otherwise erasing this workshop would close the door of the one that has the code.
            await self._redis.call("HDEL", keys.doors(workshop), keys.join_code(code))
        raise RuntimeError(f"no free join code after {TRIES} tries")

    async def workshop(self, typed: str) -> WorkshopId | None:
        """The workshop that a join code leads to; None for a wrong or expired one."""
        name = bytes_or_none(await self._redis.call("GET", keys.join_code(tidy(typed))))
        return None if name is None else WorkshopId(name.decode())

    async def keep(self, code: str, *, for_ms: int) -> bool:
        """Let a code live longer; False when it had already expired."""
        return bool(await self._redis.call("PEXPIRE", keys.join_code(tidy(code)), for_ms))

    async def release(self, workshop: WorkshopId, code: str) -> None:
        if await self.workshop(code) == workshop:
            await self._redis.call("DEL", keys.join_code(tidy(code)))
            await self._redis.call("HDEL", keys.doors(workshop), keys.join_code(tidy(code)))

    async def pin(self, grant: Grant, *, for_ms: int = PIN_FOR_MS) -> str:
        """A PIN that gives `grant` to the first who types it in this workshop."""
        for _ in range(TRIES):
            pin = "".join(secrets.choice("0123456789") for _ in range(PIN_LENGTH))
            if await self._redis.call("SET", keys.pin(grant.workshop, pin), _encode(grant), "NX", "PX", for_ms):
                return pin
        raise RuntimeError(f"no free PIN after {TRIES} tries")

    async def take(self, workshop: WorkshopId, typed: str) -> Grant | None:
        """The grant of a PIN, which is spent by this; None for a wrong, spent or expired one."""
        packed = bytes_or_none(await self._redis.call("GETDEL", keys.pin(workshop, tidy(typed))))
        return None if packed is None else decode_grant(packed)
