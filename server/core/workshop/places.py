"""Where each person sits in a phase, looked up instead of searched: a vote must not search a thousand tables."""

from collections import OrderedDict
from collections.abc import Mapping

from server.core.groups import Group
from server.core.messages import GroupId, PersonId
from server.core.workshop.state import PhaseRun, Workshop

Places = Mapping[PersonId, Mapping[str, Group]]
"""Person -> grouping -> group."""

KEPT = 2_000
"""Groupings whose index is kept; a grouping is replaced when it changes, never changed."""

_known: OrderedDict[int, tuple[Mapping[str, tuple[Group, ...]], Places, frozenset[GroupId]]] = OrderedDict()


def places(run: PhaseRun) -> Places:
    """The index of a phase's groups. The same groups give the same index, so it is built once and remembered."""
    return _indexed(run)[0]


def group_ids(run: PhaseRun) -> frozenset[GroupId]:
    """Every group of a phase that is alive."""
    return _indexed(run)[1]


def _indexed(run: PhaseRun) -> tuple[Places, frozenset[GroupId]]:
    found = _known.get(id(run.groups))
    if found is not None and found[0] is run.groups:
        return found[1], found[2]
    index: dict[PersonId, dict[str, Group]] = {}
    for name, groups in run.groups.items():
        for group in groups:
            for person in group.members:
                index.setdefault(person, {})[name] = group
    ids = frozenset(group.id for groups in run.groups.values() for group in groups)
    _known[id(run.groups)] = (run.groups, index, ids)
    while len(_known) > KEPT:
        _known.popitem(last=False)
    return index, ids


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
