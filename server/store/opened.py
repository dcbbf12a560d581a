"""All that is kept, behind one connection."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from server.store.attempts import Attempts
from server.store.codes import Codes
from server.store.connection import Address, Connection
from server.store.documents import Documents
from server.store.flicker import Flicker
from server.store.frozen import Frozen
from server.store.log import Log
from server.store.people import People
from server.store.sweeping import Sweeping
from server.store.tokens import Tokens
from server.store.waking import Waking


class Store:
    """The stores of one node, sharing one connection, on which whatever is asked at once travels together."""

    def __init__(self, redis: Connection) -> None:
        self.redis = redis
        self.log = Log(redis)
        self.people = People(redis)
        self.frozen = Frozen(redis)
        self.tokens = Tokens(redis)
        self.codes = Codes(redis)
        self.attempts = Attempts(redis)
        self.flicker = Flicker(redis)
        self.documents = Documents(redis)
        self.waking = Waking(redis)
        self.sweeping = Sweeping(redis)


@asynccontextmanager
async def open_store(url: str) -> AsyncIterator[Store]:
    """The store at `unix:///path` or `redis://host:port/db`. It need not answer yet: a node waits for it."""
    async with Connection(Address.parse(url)) as redis:
        yield Store(redis)
