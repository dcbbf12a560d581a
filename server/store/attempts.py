"""Guessing is slowed, never locked out: a school behind one address must still come in.

What is counted is named by the caller: the device that typed, and what is guessed at. Never an address.
"""

import time
from typing import Final

import msgspec

from server.store import keys
from server.store.connection import Connection
from server.store.replies import an_int, bytes_or_none

FREE: Final = 4
"""Mistakes of one device that cost nothing: people type with their thumbs."""
FIRST_DELAY_MS: Final = 250
LONGEST_DELAY_MS: Final = 15_000
FORGET_AFTER_S: Final = 600

WINDOW_MS: Final = 10_000


class Budget(msgspec.Struct, frozen=True):
    """Mistakes that all devices together may make in ten seconds; beyond them tries have turns, `per_s` in a second.

    A try that would wait longer than `longest_ms` waits so long; with `strict` it is told to come again instead.
    """

    free: int
    per_s: int
    longest_ms: int
    strict: bool

    def most(self, elapsed_ms: int) -> int:
        """The last try that has a turn, so long after the ten seconds began."""
        return self.free + (self.longest_ms + elapsed_ms) * self.per_s // 1000

    def wait_ms(self, tries: int, elapsed_ms: int) -> int | None:
        """For the try of this number, so long after the ten seconds began; None: come again."""
        if tries <= self.most(elapsed_ms):
            return max(0, (tries - self.free) * 1000 // self.per_s - elapsed_ms)
        return None if self.strict else self.longest_ms


COUNTED: Final = """
local tries = tonumber(redis.call('GET', KEYS[2]) or '0') + 1
if redis.call('EXISTS', KEYS[1]) == 0 and tries <= tonumber(ARGV[1]) then
  redis.call('SET', KEYS[2], tries, 'PX', ARGV[2])
end
return tries
"""
"""The number of a try, kept only if nothing is there. In one piece: of a thousand wrong tries at once each has its own
number, and a thousand right ones, however slowly they are served, have no part in it."""


JOIN_CODES: Final = Budget(free=100, per_s=20, longest_ms=8_000, strict=True)
"""A thousand people who come in within a minute do not reach it; 22^6 codes outlast who does by weeks."""

PINS: Final = Budget(free=20, per_s=10, longest_ms=2_000, strict=False)
"""Of one workshop. Each PIN has its own few tries beside this; here looking for the PINs that exist becomes slow."""


def delay_ms(failures: int) -> int:
    """Doubles with each failure beyond the free ones."""
    if failures <= FREE:
        return 0
    return min(LONGEST_DELAY_MS, FIRST_DELAY_MS << min(failures - FREE - 1, 16))


class Attempts:
    def __init__(self, redis: Connection) -> None:
        self._redis = redis

    # -- one device ------------------------------------------------------------------------------------------------

    async def delay_ms(self, device: str) -> int:
        """How long the next try of this device must wait."""
        return delay_ms(int(bytes_or_none(await self._redis.call("GET", keys.attempts(device))) or 0))

    async def failed(self, device: str) -> int:
        """Count a failure; returns how long the next try must wait, in milliseconds."""
        key = keys.attempts(device)
        count, _ = await self._redis.all_of([("INCR", key), ("EXPIRE", key, FORGET_AFTER_S)])
        return delay_ms(an_int(count))

    async def succeeded(self, device: str) -> None:
        await self._redis.call("DEL", keys.attempts(device))

    # -- everybody together ----------------------------------------------------------------------------------------

    async def wait_ms(self, gate: str, budget: Budget, sought: str) -> int | None:
        """How long a try at `sought`, a key, waits for its turn before it may be looked up; None: it has to come again.

        What is there waits as what is not, or the time until the answer would tell it.
        """
        now_ms = time.time_ns() // 1_000_000
        elapsed_ms = now_ms % WINDOW_MS
        counted = keys.attempts(f"{gate}:{now_ms // WINDOW_MS}")
        words = ("EVAL", COUNTED, 2, sought, counted, budget.most(elapsed_ms), 2 * WINDOW_MS)
        return budget.wait_ms(an_int(await self._redis.call(*words)), elapsed_ms)
