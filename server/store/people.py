"""Names, schools and consents live here and nowhere else, so that one deletion forgets a person."""

from collections.abc import Collection, Mapping
from typing import Final

import msgspec

from server.core.messages import PersonId, WorkshopId
from server.core.people import PersonRecord
from server.store import keys
from server.store.connection import Connection
from server.store.replies import a_list, an_int, bytes_or_none, pairs, some_bytes

_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(PersonRecord).decode


class People:
    def __init__(self, redis: Connection) -> None:
        self._redis = redis

    async def put(self, workshop: WorkshopId, person: PersonId, record: PersonRecord) -> None:
        await self._redis.call("HSET", keys.people(workshop), person, _encode(record))

    async def get(self, workshop: WorkshopId, persons: Collection[PersonId]) -> dict[PersonId, PersonRecord]:
        """The records of those who are known; the others are missing from the answer."""
        asked = list(persons)
        if not asked:
            return {}
        reply = a_list(await self._redis.call("HMGET", keys.people(workshop), *asked))
        found = ((person, bytes_or_none(packed)) for person, packed in zip(asked, reply, strict=True))
        return {person: _decode(packed) for person, packed in found if packed is not None}

    async def everybody(self, workshop: WorkshopId) -> dict[PersonId, PersonRecord]:
        rows = pairs(await self._redis.call("HGETALL", keys.people(workshop)))
        return {PersonId(person.decode()): _decode(packed) for person, packed in rows.items()}

    async def put_all(self, workshop: WorkshopId, records: Mapping[PersonId, PersonRecord]) -> None:
        rows = [word for person, record in records.items() for word in (person, _encode(record))]
        if rows:
            await self._redis.call("HSET", keys.people(workshop), *rows)

    async def claimed(self, workshop: WorkshopId, claim: str, person: PersonId) -> PersonId:
        """The seat of who claims one under this name: the same however often it is asked for, at first `person`."""
        key = keys.claims(workshop)
        _, known = await self._redis.all_of([("HSETNX", key, claim, person), ("HGET", key, claim)])
        return PersonId(some_bytes(known).decode())

    async def erase(self, workshop: WorkshopId, person: PersonId) -> bool:
        """True when there was somebody to forget."""
        return an_int(await self._redis.call("HDEL", keys.people(workshop), person)) == 1
