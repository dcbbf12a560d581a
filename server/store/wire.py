"""One socket to Redis on which any number of commands may be under way, answered in order."""

import asyncio
import ssl
from collections.abc import Callable, Sequence
from typing import Final, cast

import hiredis
import msgspec
from redis.asyncio.connection import SSLConnection, parse_url

from server.store.replies import Answer, Word

CONNECT_WITHIN_S: Final = 3.0


class StoreAway(Exception):  # noqa: N818 - a state of the world, not a defect
    """Redis cannot be reached, is loading, or takes no writes. What was under way may or may not have happened."""


class RedisRefused(Exception):  # noqa: N818 - the callers that expect it say what it means
    """Redis understood and said no, for example to a stream id that is taken."""


AWAY: Final = frozenset(
    {"LOADING", "MISCONF", "OOM", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS"}
)


class Address(msgspec.Struct, frozen=True):
    """Where Redis is, and who we are there."""

    path: str = ""
    host: str = "127.0.0.1"
    port: int = 6379
    encrypted: bool = False
    username: str = ""
    password: str = ""
    db: int = 0

    @classmethod
    def parse(cls, url: str) -> "Address":
        """From `unix:///path`, `redis://host:port/db` or `rediss://…`; ValueError says what is wrong with another."""
        parts = parse_url(url)
        return cls(
            path=str(parts.get("path") or ""),
            host=str(parts.get("host") or "127.0.0.1"),
            port=int(parts.get("port") or 6379),
            encrypted=parts.get("connection_class") is SSLConnection,
            username=str(parts.get("username") or ""),
            password=str(parts.get("password") or ""),
            db=int(parts.get("db") or 0),
        )

    def greeting(self) -> list[tuple[Word, ...]]:
        """The commands that a new connection begins with."""
        said: list[tuple[Word, ...]] = []
        if self.password:
            said.append(("AUTH", self.username, self.password) if self.username else ("AUTH", self.password))
        if self.db:
            said.append(("SELECT", self.db))
        return said


def packed(words: Sequence[Word]) -> bytes:
    return hiredis.pack_command(tuple(words))  # type: ignore[no-any-return, arg-type]  # its stub names one word


def packed_word(word: str) -> bytes:
    """One word of a command, as `packed` writes it."""
    return b"$%d\r\n%s\r\n" % (len(encoded := word.encode()), encoded)


def read_error(text: str) -> Exception:
    code, _, _ = text.partition(" ")
    return StoreAway(text) if code in AWAY else RedisRefused(text)


class Wire(asyncio.Protocol):
    """Bytes in, replies out: what is written during one turn of the event loop leaves in one system call."""

    def __init__(self, heard: Callable[[Answer], None], lost: Callable[[], None]) -> None:
        self._heard = heard
        self._lost = lost
        self._reader = hiredis.Reader(replyError=read_error)
        self._outgoing: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not inherit from asyncio's, so an isinstance check would refuse them.
        self._transport = cast(asyncio.Transport, transport)

    def write(self, command: bytes) -> None:
        if not self._outgoing:
            self._loop.call_soon(self._flush)
        self._outgoing.append(command)

    def _flush(self) -> None:
        outgoing, self._outgoing = self._outgoing, []
        if self._transport is not None:
            self._transport.write(b"".join(outgoing))

    def data_received(self, data: bytes) -> None:
        try:
            self._reader.feed(data)
            while (reply := self._reader.gets()) is not False:
                self._heard(reply)
        except hiredis.ProtocolError:
            self.drop()

    def connection_lost(self, _: Exception | None) -> None:
        self._transport = None
        self._lost()

    def drop(self) -> None:
        """Cut the connection now; `lost` is called afterwards."""
        if self._transport is not None:
            self._transport.abort()


async def dial(address: Address, heard: Callable[[Answer], None], lost: Callable[[], None]) -> Wire:
    """A connected wire; StoreAway when nobody answers in time."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(CONNECT_WITHIN_S):
            if address.path:
                _, wire = await loop.create_unix_connection(lambda: Wire(heard, lost), address.path)
            else:
                encryption = ssl.create_default_context() if address.encrypted else None
                _, wire = await loop.create_connection(
                    lambda: Wire(heard, lost), address.host, address.port, ssl=encryption
                )
    except (OSError, TimeoutError) as error:
        raise StoreAway(f"Redis does not answer: {error}") from error
    return wire
