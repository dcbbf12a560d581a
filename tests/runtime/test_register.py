"""The register of names: whoever has a record is found in a text, and nobody any more who was renamed or erased."""

from collections.abc import AsyncIterator

import pytest

from server.core.messages import PersonId, SchoolId, WorkshopId
from server.core.naming import mark, marks_of_names
from server.core.people import PersonRecord
from server.runtime.lookup import Lookup
from server.store.connection import Connection
from server.store.frozen import Frozen
from server.store.people import People
from tests.store.own_redis import OwnRedis

W = WorkshopId("w1")
ANA, EVA = PersonId("p1"), PersonId("p2")


@pytest.fixture
async def redis(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Connection]:
    own = OwnRedis(tmp_path_factory.mktemp("redis"))
    own.start()
    async with Connection(own.address) as connection:
        yield connection
    own.kill()


async def found(lookup: Lookup, text: str) -> tuple[str, ...]:
    return marks_of_names({"stuck": text}, await lookup.register((ANA, EVA)))


async def test_names_and_schools_are_found_as_they_are_registered_now(redis: Connection) -> None:
    people = People(redis)
    await people.put(W, ANA, PersonRecord("Ana Novak", SchoolId("s1"), "Osnovna šola Prule"))
    lookup = Lookup(W, people, Frozen(redis))
    await lookup.load()
    assert await found(lookup, "Then Novak calls") == (mark("Novak"),)
    assert await found(lookup, "at Osnovna šola Prule") == (mark("Osnovna šola Prule"),)
    assert await found(lookup, "Then Kovács calls") == ()

    await people.put(W, EVA, PersonRecord("Kovács Éva", SchoolId("s2"), ""))
    lookup.forget([EVA])
    assert await found(lookup, "Then Kovács calls") == (mark("Kovács"),)

    await people.put(W, ANA, PersonRecord("Ana Zupan", SchoolId("s1"), ""))
    lookup.forget([ANA])
    assert await found(lookup, "Then Novak and Zupan call") == (mark("Zupan"),)

    await people.erase(W, ANA)
    lookup.forget([ANA])
    assert await found(lookup, "Then Zupan calls") == ()
