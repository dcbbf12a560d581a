"""What people type to come in: a join code for the room, a PIN for taking one's own seat to another device."""

import secrets
from typing import Final

import msgspec

from server.core.messages import WorkshopId
from server.store import keys
from server.store.connection import Connection
from server.store.replies import an_int, bytes_or_none
from server.store.tokens import Grant

LETTERS: Final = "3479ACDEFHJKMNPQRTUWXY"
"""Without 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, V: of each pair that looks alike on a projector at most one stays."""
CODE_LENGTH: Final = 6

PIN_WHICH: Final = 3
PIN_SECRET: Final = 5
"""A PIN is eight digits: three that say which PIN, so that wrong tries can be counted for it, and five to guess."""
PIN_TRIES: Final = 5
"""Of one PIN. A guesser hits it with a chance of 1 in 20,000, whatever their speed and however many they are."""
PIN_FOR_MS: Final = 10 * 60 * 1000

TRIES: Final = 50


class Pin(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a PIN gives. `offered`: its grant is no seat yet (`Tokens.offer`)."""

    grant: Grant
    secret: str
    id: str
    offered: bool = False


_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Pin).decode


def tidy(typed: str) -> str:
    """As people type it, `k7m-3qx `, to as it was issued, `K7M3QX`."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


class Codes:
    def __init__(self, redis: Connection) -> None:
        self._redis = redis

    async def reserve(self, workshop: WorkshopId) -> str:
        """A join code that no other workshop has; it lives as long as its workshop."""
        for _ in range(TRIES):
            code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
            await self._redis.call("HSET", keys.doors(workshop), keys.join_code(code), "")
            if await self._redis.call("SET", keys.join_code(code), workshop, "NX"):
                return code
            # Otherwise erasing this workshop would close the door of the one that has the code.
            await self._redis.call("HDEL", keys.doors(workshop), keys.join_code(code))
        raise RuntimeError(f"no free join code after {TRIES} tries")

    def door(self, typed: str) -> str:
        """The key under which this code would be found."""
        return keys.join_code(tidy(typed))

    def pin_door(self, workshop: WorkshopId, typed: str) -> str:
        """The key under which the PIN would be found that is meant by this."""
        return keys.pin(workshop, tidy(typed)[:PIN_WHICH])

    async def workshop(self, typed: str) -> WorkshopId | None:
        """The workshop that a join code leads to; None for a wrong one."""
        name = bytes_or_none(await self._redis.call("GET", self.door(typed)))
        return None if name is None else WorkshopId(name.decode())

    async def pin(self, grant: Grant, *, offered: bool = False, for_ms: int = PIN_FOR_MS) -> str:
        """A PIN that gives `grant` to the first who types it in this workshop."""
        for _ in range(TRIES):
            which, secret = _digits(PIN_WHICH), _digits(PIN_SECRET)
            pin = Pin(grant, secret, secrets.token_hex(4), offered)
            if await self._redis.call("SET", keys.pin(grant.workshop, which), _encode(pin), "NX", "PX", for_ms):
                return which + secret
        raise RuntimeError(f"no free PIN after {TRIES} tries")

    async def take(self, workshop: WorkshopId, typed: str) -> Pin | None:
        """What a PIN gives, which is spent by this; None for a wrong, spent or expired one, or one tried too often."""
        key = self.pin_door(workshop, typed)
        packed = bytes_or_none(await self._redis.call("GET", key))
        if packed is None:
            return None
        pin = _decode(packed)
        tries_key = keys.pin_tries(workshop, pin.id)
        # Counted before it is compared: of a thousand tries at once no more than the first few are looked at.
        tries, _ = await self._redis.all_of([("INCR", tries_key), ("PEXPIRE", tries_key, PIN_FOR_MS)])
        if an_int(tries) > PIN_TRIES:
            await self._redis.call("DEL", key)
            return None
        if not secrets.compare_digest(tidy(typed)[PIN_WHICH:].encode(), pin.secret.encode()):
            return None
        first = an_int(await self._redis.call("DEL", key)) == 1
        return pin if first else None


def _digits(many: int) -> str:
    return "".join(secrets.choice("0123456789") for _ in range(many))
