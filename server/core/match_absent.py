"""Who is absent and has left wishes: a partner for whoever would be alone, and never one for whom two have to wait."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from server.core.match_pairs import best_pairs
from server.core.match_trios import Groups
from server.core.match_weights import Flags, Table

SOMEBODY_HERE: Final = 10_000
"""More than any edge weighs: a partner for whoever is here comes before one for two who are not."""
UNWISHED: Final = 1_000


def with_absent(room: Table, groups: Groups) -> Groups:
    """The groups of those who are here, and pairs of the absent with whoever is alone, with each other, or with one of
    a trio whose other two are a pair then."""
    placed = {unit for group in groups for unit in group}
    absent = [i for i in range(len(room)) if _is_absent(room, i)]
    if not absent:
        return groups
    loose = [i for i in range(len(room)) if i not in placed]
    groups += _paired(room, loose)
    placed = {unit for group in groups for unit in group}
    for one in absent:
        if one not in placed and not may_join_later(room, groups, one):
            groups = _from_a_trio(room, groups, one)
    return groups


def may_join_later(room: Table, groups: Groups, unit: int) -> bool:
    """Absent, and there is a pair of two who are here that could ask them to join."""
    return _is_absent(room, unit) and any(
        len(group) == 2 and all(room.allowed[unit, one] and not _is_absent(room, one) for one in group)
        for group in groups
    )


def _is_absent(room: Table, unit: int) -> bool:
    return room.units[unit].presence == "by_proxy"


def _paired(room: Table, loose: Sequence[int]) -> Groups:
    some = np.array(loose, np.intp)
    square = np.ix_(some, some)
    absent = np.array([_is_absent(room, i) for i in loose], bool)
    edges: Flags = room.allowed[square] & (absent | absent[:, None])
    here = ~absent | ~absent[:, None]
    weight = room.weight[square] + SOMEBODY_HERE * here - UNWISHED * ~room.wished[square]
    mate = best_pairs(weight.astype(np.int32), edges).mate
    return tuple((loose[i], loose[int(j)]) for i, j in enumerate(mate) if i < j)


def _from_a_trio(room: Table, groups: Groups, unit: int) -> Groups:
    """The heaviest way to make two pairs of a trio and somebody absent."""
    ways = [
        (int(room.weight[unit, gives]) + int(room.weight[stay]), place, gives, stay)
        for place, group in enumerate(groups)
        if len(group) == 3
        for gives in group
        if room.allowed[unit, gives]
        for stay in [tuple(one for one in group if one != gives)]
        if room.allowed[stay]
    ]
    if not ways:
        return groups
    _, place, gives, stay = max(ways)
    return (*groups[:place], stay, *groups[place + 1 :], (min(unit, gives), max(unit, gives)))
