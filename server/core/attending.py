"""Who of those with a seat takes part, and who of them is in the room."""

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from server.core.messages import PersonId, SchoolId
from server.core.remembered import Remembered


class Member(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the rules know of a person: never the name."""

    id: PersonId
    school: SchoolId
    languages: tuple[str, ...] = ()
    schooling: str = ""
    remote: bool = False
    state: Literal["expected", "joined", "left"] = "joined"
    without_device: bool = False
    owner: str = ""
    joined_ms: int = 0


People = Mapping[PersonId, Member]


def _joined(people: People) -> frozenset[PersonId]:
    return frozenset(person for person, member in people.items() if member.state == "joined")


joined: Final = Remembered(_joined, last=8)
"""Everybody with a place in the room: not those only expected, nor those who left for good."""


def here(people: People, present: frozenset[PersonId]) -> frozenset[PersonId]:
    """Who can be seated: joined and present, or without a device; everybody joined while presence is unknown."""
    everybody = joined(people)
    if everybody <= present or everybody.isdisjoint(present):
        return everybody
    found = everybody & present
    return found | {person for person in everybody - found if people[person].without_device}
