"""Who has already talked with whom, and how often: the same answer from both sides."""

from collections.abc import Iterable, Mapping
from typing import Self

import msgspec

from server.core.groups import Group
from server.core.messages import PersonId

LARGEST_MEETING = 8
"""In a larger circle people sit together without meeting, and a plenary would use up all that is new."""


class Meetings(msgspec.Struct, frozen=True, omit_defaults=True):
    """`times[a][b]` equals `times[b][a]`; who never met is not listed."""

    times: Mapping[PersonId, Mapping[PersonId, int]] = {}

    def between(self, one: PersonId, other: PersonId) -> int:
        return self.times.get(one, {}).get(other, 0)

    def of(self, person: PersonId) -> Mapping[PersonId, int]:
        return self.times.get(person, {})

    def after(self, groups: Iterable[Group]) -> Self:
        """The history once these groups have met."""
        times = {person: dict(met) for person, met in self.times.items()}
        for group in groups:
            if len(group.members) > LARGEST_MEETING:
                continue
            for one in group.members:
                met = times.setdefault(one, {})
                for other in group.members:
                    if other != one:
                        met[other] = met.get(other, 0) + 1
        return type(self)({person: met for person, met in times.items() if met})

    def without(self, person: PersonId) -> Self:
        """The history once this person has been erased."""
        return type(self)(
            {
                one: rest
                for one, met in self.times.items()
                if one != person and (rest := {other: times for other, times in met.items() if other != person})
            }
        )
