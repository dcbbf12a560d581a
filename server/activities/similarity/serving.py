"""Who reads which vignette: never the own, nobody's of the own school where others are to be had, and nobody is moved.

A vignette that was served stays served. Who comes late, reader or vignette, is fitted into what is there.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Set

import msgspec

from server.core.messages import PersonId, SchoolId

Desks = Mapping[PersonId, Set[str]]
"""Everything that a reader was ever given, by key."""
Schools = Mapping[PersonId, SchoolId]


class Paper(msgspec.Struct, frozen=True):
    """A vignette on the rack. No school means: unknown, and never the same as another."""

    key: str
    author: PersonId
    school: SchoolId = SchoolId("")


class Portions(msgspec.Struct, frozen=True):
    """`least` to begin with, `most` in all; every vignette wants `readers` from other schools.

    `floor` is what a reader gets even if vignettes of the own school must be taken for it.
    """

    least: int = 5
    most: int = 8
    readers: int = 3
    floor: int = 3


def outside_readers(rack: Iterable[Paper], desks: Desks, schools: Schools) -> Counter[str]:
    """How many readers from other schools each vignette was given to."""
    school_of = {paper.key: paper.school for paper in rack}
    return Counter(
        key
        for reader, desk in desks.items()
        for key in desk
        if key in school_of and not _same(schools.get(reader, SchoolId("")), school_of[key])
    )


def serving(reader: PersonId, rack: Iterable[Paper], desks: Desks, schools: Schools, portions: Portions) -> list[str]:
    """What this reader is given now: the first portion, or one more; the least read come first."""
    rack = tuple(rack)
    desk = desks.get(reader, frozenset())
    target = portions.least if len(desk) < portions.least else min(len(desk) + 1, portions.most)
    counts = outside_readers(rack, desks, schools)
    school = schools.get(reader, SchoolId(""))
    fresh = [paper for paper in rack if paper.author != reader and paper.key not in desk]
    fresh.sort(key=lambda paper: (counts[paper.key], _scatter(reader, paper.key), paper.key))
    outside = [paper.key for paper in fresh if not _same(school, paper.school)]
    given = outside[: max(target - len(desk), 0)]
    short = min(portions.floor, target) - len(desk) - len(given)
    return given + [paper.key for paper in fresh if _same(school, paper.school)][: max(short, 0)]


def topping_up(
    rack: Iterable[Paper], desks: Desks, schools: Schools, portions: Portions, here: Iterable[PersonId]
) -> dict[PersonId, list[str]]:
    """One more vignette for those of `here` who have read least, until each has its readers or nobody has room."""
    rack = tuple(rack)
    counts = outside_readers(rack, desks, schools)
    wanting = (paper for paper in rack if counts[paper.key] < portions.readers)
    load = {reader: len(desks.get(reader, ())) for reader in here}
    more: dict[PersonId, list[str]] = {}
    for paper in sorted(wanting, key=lambda paper: (counts[paper.key], paper.key)):
        able = [
            reader
            for reader in load
            if load[reader] < portions.most
            and reader != paper.author
            and paper.key not in desks.get(reader, ())
            and not _same(schools.get(reader, SchoolId("")), paper.school)
        ]
        able.sort(key=lambda reader: (load[reader], _scatter(reader, paper.key), reader))
        for reader in able[: portions.readers - counts[paper.key]]:
            more.setdefault(reader, []).append(paper.key)
            load[reader] += 1
    return more


def _same(one: SchoolId, other: SchoolId) -> bool:
    return bool(one) and one == other


def _scatter(reader: PersonId, key: str) -> int:
    """Without it everybody would be given the same vignettes first, in the order in which they were written."""
    return zlib.crc32(f"{reader} {key}".encode())
