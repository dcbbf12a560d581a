"""Gives every vignette a reader from another school, never its own author or co-writers, and as evenly as it can be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from server.core.attending import Member
from server.core.dice import Dice
from server.core.messages import PersonId, SchoolId


class Wanted(msgspec.Struct, frozen=True):
    """A vignette that looks for one more reader.

    `partners` sit in the author's pair: they swap first, the next in the ring before others. Then those of the
    `circle` are asked, so that a draft stays near home. `known` have written or read it already.
    """

    author: PersonId
    language: str = ""
    partners: tuple[PersonId, ...] = ()
    circle: frozenset[PersonId] = frozenset()
    known: frozenset[PersonId] = frozenset()


class Pool(msgspec.Struct, frozen=True):
    """Who could read. `load` counts what each was given already."""

    people: Mapping[PersonId, Member]
    load: Mapping[PersonId, int] = {}
    present: frozenset[PersonId] = frozenset()


def assigned(wanted: Sequence[Wanted], pool: Pool, seed: int) -> tuple[tuple[PersonId, PersonId], ...]:
    """Pairs of an author and the reader given to them; an author for whom nobody is left is missing.

    Partners swap first, three in a ring. Of the others as many as possible get a reader, and the largest number of
    readings that anybody has is as small as can be: augmenting paths (Kuhn, 1955) under a ceiling that rises by one
    when no more fit below it.
    """
    readers = [person for person in Dice(seed).shuffled(sorted(pool.people)) if pool.people[person].state == "joined"]
    place = {person: at for at, person in enumerate(readers)}
    choices = {one.author: _choices(one, readers, place, pool) for one in wanted}
    swaps = {one.author: choices[one.author][0] for one in wanted if set(choices[one.author][:1]) & set(one.partners)}
    load = dict(pool.load)
    for reader in swaps.values():
        load[reader] = load.get(reader, 0) + 1
    match = _Match(choices, load)
    waiting = [one.author for one in wanted if choices[one.author] and one.author not in swaps]
    ceiling = min((load.get(person, 0) for person in readers), default=0)
    highest = max(load.values(), default=0) + len(waiting)
    while waiting and ceiling < highest:
        ceiling += 1
        waiting = [author for author in waiting if not match.placed(author, ceiling)]
    found = {**match.reader, **swaps}
    return tuple((one.author, found[one.author]) for one in wanted if one.author in found)


def anybody(one: Wanted, people: Mapping[PersonId, Member]) -> bool:
    """Whether there is somebody left who may read it."""
    return next(_may_read(one, people, people), None) is not None


def may_read(one: Wanted, people: Mapping[PersonId, Member]) -> frozenset[PersonId]:
    return frozenset(_may_read(one, people, people))


def _may_read(one: Wanted, among: Iterable[PersonId], people: Mapping[PersonId, Member]) -> Iterator[PersonId]:
    """A workshop of one school has no other school to ask; there, a reader next door is better than none."""
    home = people[one.author].school if one.author in people else ""
    if home and all(member.school == home for member in people.values()):
        home = SchoolId("")
    for person in among:
        member = people[person]
        strange = person != one.author and person not in one.known and (not home or member.school != home)
        if strange and member.state == "joined":
            yield person


def _choices(one: Wanted, readers: Sequence[PersonId], place: Mapping[PersonId, int], pool: Pool) -> list[PersonId]:
    """Those who may read it, the best first: partners, then who is here, reads the language and has read least."""
    ring = {partner: at for at, partner in enumerate(one.partners)}

    def wish(person: PersonId) -> tuple[int, bool, bool, bool, bool, int, int]:
        member = pool.people[person]
        foreign = bool(one.language and member.languages) and one.language not in member.languages
        away = person not in pool.present
        load = pool.load.get(person, 0)
        far = person not in one.circle
        return ring.get(person, len(ring)), far, foreign, away, member.without_device, load, place[person]

    return sorted(_may_read(one, readers, pool.people), key=wish)


class _Match:
    def __init__(self, choices: Mapping[PersonId, list[PersonId]], load: Mapping[PersonId, int]) -> None:
        self.reader: dict[PersonId, PersonId] = {}
        self._choices = choices
        self._load = load
        self._given: dict[PersonId, list[PersonId]] = {}

    def placed(self, author: PersonId, ceiling: int) -> bool:
        """Finds a reader, moving others to their next choice where that helps; breadth first, so without recursion."""
        came_from: dict[PersonId, PersonId] = {}
        queue = [author]
        for asking in queue:
            for person in self._choices[asking]:
                if person in came_from:
                    continue
                came_from[person] = asking
                given = self._given.setdefault(person, [])
                if self._load.get(person, 0) + len(given) < ceiling:
                    self._move(author, person, came_from)
                    return True
                queue.extend(given)
        return False

    def _move(self, author: PersonId, person: PersonId, came_from: Mapping[PersonId, PersonId]) -> None:
        while True:
            asking = came_from[person]
            before = self.reader.get(asking)
            self.reader[asking] = person
            self._given[person].append(asking)
            if before is None or asking == author:
                return
            self._given[before].remove(asking)
            person = before
