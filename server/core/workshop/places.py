"""Where each person sits in a phase, looked up instead of searched: a vote must not search a thousand tables."""

from collections import OrderedDict
from collections.abc import Mapping

from server.core.groups import Group
from server.core.messages import GroupId, PersonId
from server.core.workshop.state import PhaseRun

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
