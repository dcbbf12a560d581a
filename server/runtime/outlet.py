"""The way out of the runtime: what the edge gives it, so that it knows no socket."""

from collections.abc import Iterable
from typing import Protocol


class Outlet(Protocol):
    """One payload, encoded once, to many connections; and the rooms that mirror the audiences."""

    def send(self, sids: Iterable[str], event: str, payload: bytes, *, droppable: bool = False) -> None: ...

    def join(self, sid: str, audience: str) -> None: ...

    def leave(self, sid: str, audience: str) -> None: ...
