"""Who has already talked with whom, and how often: the same answer from both sides."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Final, Self

import msgspec

from server.core.groups import Group, Groups
from server.core.messages import PersonId
from server.core.remembered import Remembered

LARGEST_MEETING = 8
"""In a larger circle people sit together without meeting, and a plenary would use up all that is new."""


Pair = tuple[PersonId, PersonId]


def _pairs_in(groups: Groups) -> frozenset[Pair]:
    met: set[Pair] = set()
    for group in groups:
        if len(people := group.taking_part) <= LARGEST_MEETING:
            met.update(combinations(sorted(people), 2))
    return frozenset(met)


pairs_in: Final = Remembered(_pairs_in)
"""Every two who take part at one table, the lower id first; nobody meets in a large circle. A room of a thousand gets
up from the same tables again and again, and its next phase waits for this."""


class Meetings(msgspec.Struct, frozen=True, omit_defaults=True):
    """`times[a][b]` equals `times[b][a]`; who never met is not listed."""

    times: Mapping[PersonId, Mapping[PersonId, int]] = {}

    def between(self, one: PersonId, other: PersonId) -> int:
        return self.times.get(one, {}).get(other, 0)

    def of(self, person: PersonId) -> Mapping[PersonId, int]:
        return self.times.get(person, {})

    def after(self, groups: Iterable[Group]) -> Self:
        """The history once these groups have met."""
        return self.having(pairs_in(tuple(groups)))

    def having(self, pairs: Iterable[Pair]) -> Self:
        """The history once each of these two have met once more."""
        times = {person: dict(met) for person, met in self.times.items()}
        for one, other in pairs:
            for person, with_ in ((one, other), (other, one)):
                met = times.setdefault(person, {})
                met[with_] = met.get(with_, 0) + 1
        return type(self)(times)

    def without(self, person: PersonId) -> Self:
        """The history once this person has been erased."""
        return type(self)(
            {
                one: rest
                for one, met in self.times.items()
                if one != person and (rest := {other: times for other, times in met.items() if other != person})
            }
        )
