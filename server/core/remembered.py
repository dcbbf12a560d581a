"""What was worked out for the objects asked for last, found again by the object itself and not by what is in it."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

LAST: Final = 64
"""So many are kept unless it is said otherwise."""

Asked = TypeVar("Asked")
Found = TypeVar("Found")


class Remembered(Generic[Asked, Found]):
    """A function of one immutable object: to compare a thousand seats with those asked for last would cost as much as
    to work it out."""

    def __init__(self, work: Callable[[Asked], Found], last: int = LAST) -> None:
        self._work = work
        self._last = last
        self._known: dict[int, tuple[Asked, Found]] = {}

    def __repr__(self) -> str:
        return f"<Remembered {self._work.__name__} {len(self._known)}>"

    def __call__(self, asked: Asked) -> Found:
        known = self._known.get(id(asked))
        if known is not None:
            return known[1]
        if len(self._known) >= self._last:
            del self._known[next(iter(self._known))]
        found = self._work(asked)
        # What was asked for is kept beside: another at the address of one that is gone would be taken for it.
        self._known[id(asked)] = (asked, found)
        return found
