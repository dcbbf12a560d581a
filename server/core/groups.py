"""A group is people in an order at a table; nobody sits in two groups, no two groups share an id or a table."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from server.core.messages import GroupId, PersonId, Refused, SchoolId
from server.core.remembered import Remembered

Groups = tuple["Group", ...]


class Group(msgspec.Struct, frozen=True, omit_defaults=True):
    """`members` in the order of their turns; `table` is the number on the projector, from 1.

    `parts` names the groups that were merged into this one, whose pages its members go on reading. `absent` are those
    of its members who went away and were not waited for: they keep their place, and no turn comes to them.
    """

    id: GroupId
    members: tuple[PersonId, ...]
    table: int
    parts: tuple[GroupId, ...] = ()
    absent: tuple[PersonId, ...] = ()

    @property
    def taking_part(self) -> tuple[PersonId, ...]:
        """Turns, roles and sizes count these."""
        if not self.absent:
            return self.members
        return tuple(person for person in self.members if person not in self.absent)


class Seat(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the grouping may know of a person. No school, or no languages, means: unknown, fits everybody."""

    person: PersonId
    school: SchoolId = SchoolId("")
    languages: tuple[str, ...] = ()
    remote: bool = False
    answers: frozenset[str] = frozenset()


def numbered(prefix: str, number: int) -> GroupId:
    """The id of a new group. A number is never used twice, or a late page would open in somebody else's group."""
    return GroupId(f"{prefix}{number}")


def find(groups: Iterable[Group], group: GroupId) -> Group:
    for one in groups:
        if one.id == group:
            return one
    raise Refused("no_such_group", f"group {group} is not here")


def group_of(groups: Iterable[Group], person: PersonId) -> Group | None:
    return seats_of(groups if isinstance(groups, tuple) else tuple(groups)).get(person)


def _seats_of(groups: Groups) -> Mapping[PersonId, Group]:
    return {person: group for group in reversed(groups) for person in group.members}


seats_of: Final = Remembered(_seats_of)
"""Who sits where. A move of a thousand people asks for each of them."""


def ids_used(groups: Iterable[Group]) -> set[GroupId]:
    """Every id that these groups have or remember."""
    return {id_ for group in groups for id_ in (group.id, *group.parts)}


def free_table(groups: Iterable[Group]) -> int:
    """The lowest table at which nobody sits."""
    taken = {group.table for group in groups}
    table = 1
    while table in taken:
        table += 1
    return table


def flaws(groups: Sequence[Group]) -> tuple[str, ...]:
    """What makes these groups impossible, in codes; empty for every room that the core hands out."""
    people = [person for group in groups for person in group.members]
    found = []
    if len(set(people)) != len(people):
        found.append("person_twice")
    if any(not group.taking_part for group in groups):
        found.append("empty_group")
    if any(not set(group.absent) <= set(group.members) for group in groups):
        found.append("absent_stranger")
    if len({group.id for group in groups}) != len(groups):
        found.append("id_twice")
    if len({group.table for group in groups}) != len(groups) or any(group.table < 1 for group in groups):
        found.append("table_twice")
    if {group.id for group in groups} & {part for group in groups for part in group.parts}:
        found.append("part_still_alive")
    return tuple(found)
