"""What decided a matching, small enough for the log: whoever has it can match again, and compare."""

import hashlib
import zlib
from typing import Final

import msgspec
import numpy as np

from server.core.match_weights import rated_rows
from server.core.messages import PersonId, SchoolId
from server.core.wishes import MatchInput, MatchUnit, Presence, Relation, UnitId, Weights, Wish

SALTED: Final = "salted:"
"""Digests without it are of an earlier version: the wishes of a small room can be guessed from them."""
UNRATED: Final = 4
LEVELS: Final[tuple[Wish, ...]] = (0, 1, 2, 3)


class _Seat(msgspec.Struct, frozen=True, omit_defaults=True, array_like=True):
    """A unit without what it says of others."""

    id: UnitId
    school: SchoolId
    members: tuple[PersonId, ...]
    presence: Presence
    remote: bool
    owner: str
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    offers: tuple[str, ...]
    needs: tuple[str, ...]


class _Record(msgspec.Struct, frozen=True, array_like=True):
    """`names` are all who are spoken of; in the rows stands a level, or `UNRATED`, for each of them."""

    seats: tuple[_Seat, ...]
    names: tuple[UnitId, ...]
    wants: bytes
    closeness: bytes
    gladly: tuple[tuple[int, ...] | None, ...]
    close_to: tuple[tuple[int, ...] | None, ...]
    not_with: tuple[tuple[int, ...], ...]
    seed: int
    relations: tuple[Relation, ...]
    weights: Weights


_encoder = msgspec.msgpack.Encoder(order="deterministic")
_decoder = msgspec.msgpack.Decoder(_Record)


def packed(given: MatchInput) -> bytes:
    """A room of three hundred who all rated each other takes some fifty kilobytes."""
    units = given.units
    spoken: set[UnitId] = {unit.id for unit in units}
    for unit in units:
        spoken.update(unit.wants, unit.closeness, unit.not_with, unit.gladly or (), unit.close_to or ())
    names = tuple(sorted(spoken))
    place = {name: n for n, name in enumerate(names)}

    def places(some: frozenset[UnitId] | None) -> tuple[int, ...] | None:
        return None if some is None else tuple(sorted(place[one] for one in some))

    record = _Record(
        seats=tuple(_seat(unit) for unit in units),
        names=names,
        wants=rated_rows([unit.wants for unit in units], place, UNRATED).astype(np.uint8).tobytes(),
        closeness=rated_rows([unit.closeness for unit in units], place, UNRATED).astype(np.uint8).tobytes(),
        gladly=tuple(places(unit.gladly) for unit in units),
        close_to=tuple(places(unit.close_to) for unit in units),
        not_with=tuple(places(unit.not_with) or () for unit in units),
        seed=given.seed,
        relations=given.relations,
        weights=given.weights,
    )
    return zlib.compress(_encoder.encode(record))


def unpacked(stored: bytes) -> MatchInput:
    record = _decoder.decode(zlib.decompress(stored))
    shape = (len(record.seats), len(record.names))
    wants, closeness = (
        np.frombuffer(rows, np.uint8).reshape(shape).tolist() for rows in (record.wants, record.closeness)
    )

    def named(places: tuple[int, ...] | None) -> frozenset[UnitId] | None:
        return None if places is None else frozenset(record.names[n] for n in places)

    def rated(row: list[int]) -> dict[UnitId, Wish]:
        return {record.names[n]: LEVELS[level] for n, level in enumerate(row) if level != UNRATED}

    units = tuple(
        MatchUnit(
            id=seat.id,
            school=seat.school,
            members=seat.members,
            presence=seat.presence,
            remote=seat.remote,
            owner=seat.owner,
            languages=frozenset(seat.languages),
            wants=rated(wants[n]),
            closeness=rated(closeness[n]),
            gladly=named(record.gladly[n]),
            close_to=named(record.close_to[n]),
            not_with=named(record.not_with[n]) or frozenset(),
            topics=frozenset(seat.topics),
            offers=frozenset(seat.offers),
            needs=frozenset(seat.needs),
        )
        for n, seat in enumerate(record.seats)
    )
    return MatchInput(units, record.seed, record.relations, record.weights)


def digest(salt: str, stored: bytes) -> str:
    """With the salt whoever has the input can show that it was this one; without it nobody can guess what it was."""
    return SALTED + hashlib.sha256(salt.encode() + stored).hexdigest()


def _seat(unit: MatchUnit) -> _Seat:
    languages, topics, offers, needs = (
        tuple(sorted(some)) for some in (unit.languages, unit.topics, unit.offers, unit.needs)
    )
    return _Seat(
        unit.id,
        unit.school,
        unit.members,
        unit.presence,
        unit.remote,
        unit.owner,
        languages,
        topics,
        offers,
        needs,
    )
