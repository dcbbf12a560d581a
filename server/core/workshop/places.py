"""Where each person sits in a phase, looked up instead of searched: a vote must not search a thousand tables."""

from collections.abc import Mapping
from typing import Final

import msgspec

from server.core.groups import Group, Groups
from server.core.messages import GroupId, PersonId
from server.core.remembered import Remembered
from server.core.workshop.state import PhaseRun, Workshop

Places = Mapping[PersonId, Mapping[str, Group]]
"""Person -> grouping -> group."""

KEPT: Final = 2_000
"""Groupings whose index is kept; a grouping is replaced when it changes, never changed."""


class _Index(msgspec.Struct, frozen=True):
    places: Places
    groups: frozenset[GroupId]


def _index(groups: Mapping[str, Groups]) -> _Index:
    places: dict[PersonId, dict[str, Group]] = {}
    for name, each in groups.items():
        for group in each:
            for person in group.members:
                places.setdefault(person, {})[name] = group
    return _Index(places, frozenset(group.id for each in groups.values() for group in each))


_indexed: Final = Remembered(_index, last=KEPT)


def places(run: PhaseRun) -> Places:
    """The index of a phase's groups."""
    return _indexed(run.groups).places


def group_ids(run: PhaseRun) -> frozenset[GroupId]:
    """Every group of a phase that is alive."""
    return _indexed(run.groups).groups


def lacks_place(workshop: Workshop, person: PersonId, *, touched: bool) -> bool:
    """Whether somebody who gives a sign of life has no place where people work now.

    Who was not waited for has one, and takes part again when the sign comes from a hand (`touched`): the phone of
    somebody who went out may lie on the table and give signs of its own.
    """
    member = workshop.people.get(person)
    if member is None or member.state != "joined":
        return False
    for run in workshop.phases:
        if run.id != workshop.at and not run.is_open:
            continue
        mine = places(run).get(person, {})
        for name, groups in run.groups.items():
            own = mine.get(name)
            if groups and (own is None or (touched and person in own.absent)):
                return True
    return False
