"""Guessing is slowed, never locked out: a school behind one address must still come in.

What is counted is named by the caller: the code that was typed, and the device that typed it. Never an address.
"""

from typing import Final

from server.store import keys
from server.store.connection import Connection
from server.store.replies import a_list, an_int, bytes_or_none

FREE: Final = 4
"""Mistakes that cost nothing: people type with their thumbs."""
FIRST_DELAY_MS: Final = 250
LONGEST_DELAY_MS: Final = 15_000
FORGET_AFTER_S: Final = 600


def delay_ms(failures: int) -> int:
    """Doubles with each failure beyond the free ones."""
    if failures <= FREE:
        return 0
    return min(LONGEST_DELAY_MS, FIRST_DELAY_MS << min(failures - FREE - 1, 16))


class Attempts:
    def __init__(self, redis: Connection) -> None:
        self._redis = redis

    async def delay_ms(self, *of: str) -> int:
        """How long the next try must wait, the longest of all that is named."""
        counts = a_list(await self._redis.call("MGET", *(keys.attempts(name) for name in of)))
        return max(delay_ms(int(bytes_or_none(count) or 0)) for count in counts)

    async def failed(self, *of: str) -> int:
        """Count a failure of each; returns how long the next try must wait, in milliseconds."""
        commands: list[tuple[str | int, ...]] = []
        for name in of:
            commands += [("INCR", keys.attempts(name)), ("EXPIRE", keys.attempts(name), FORGET_AFTER_S)]
        answers = await self._redis.all_of(commands)
        return max(delay_ms(an_int(count)) for count in answers[::2])

    async def succeeded(self, *of: str) -> None:
        await self._redis.call("DEL", *(keys.attempts(name) for name in of))
