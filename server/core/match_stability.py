"""Two who would both rather have each other: counted, and given to each other where that costs nobody anything."""

from collections.abc import Sequence

import numpy as np

from server.core.match_trios import Groups
from server.core.match_weights import Flags, Numbers, Table

MOST_REPAIRS = 64
MOST_TRIED = 512


def blocking_pairs(table: Table, groups: Groups) -> int:
    """Pairs kept apart by no hard rule in which each wishes the other strictly more than the partner it got.

    In a trio the partner wished least counts (Irving 1985 for the idea of a blocking pair).
    """
    return int(np.count_nonzero(np.triu(_blocking(table, _got(table, groups)))))


def repaired(table: Table, groups: Groups) -> tuple[Groups, int]:
    """The groups after swaps, and how many swaps were made.

    A swap gives two blocking units to each other and their partners to each other. It is made only between two pairs,
    when both new pairs are wished, the total weight is not lower, and strictly fewer blocking pairs remain.
    """
    made = 0
    while made < MOST_REPAIRS and (better := _one_swap(table, groups)) is not None:
        groups = better
        made += 1
    return groups, made


def _one_swap(table: Table, groups: Groups) -> Groups | None:
    got = _got(table, groups)
    place = {unit: n for n, group in enumerate(groups) if len(group) == 2 for unit in group}
    mate: Numbers = np.full(len(table), -1, np.int32)
    for group in groups:
        if len(group) == 2:
            mate[group[0]], mate[group[1]] = group[1], group[0]
    first, second = np.nonzero(np.triu(_blocking(table, got)))
    paired = (mate[first] >= 0) & (mate[second] >= 0)
    first, second = first[paired], second[paired]
    left, right = mate[first], mate[second]
    gain = table.weight[first, second] + table.weight[left, right]
    gain = gain - table.weight[first, left] - table.weight[second, right]
    fair = np.flatnonzero((gain >= 0) & table.wished[left, right])[:MOST_TRIED]
    for at in fair.tolist():
        i, j, a, b = int(first[at]), int(second[at]), int(left[at]), int(right[at])
        four = (i, j, a, b)
        after = got.copy()
        after[[i, j, a, b]] = table.want[[i, j, a, b], [j, i, b, a]]
        if _touching(table, after, four) < _touching(table, got, four):
            swapped = {place[i]: (i, j), place[j]: (a, b)}
            return tuple(swapped.get(n, group) for n, group in enumerate(groups))
    return None


def _got(table: Table, groups: Groups) -> Numbers:
    got: Numbers = np.full(len(table), -1, np.int32)
    for group in groups:
        for unit in group:
            got[unit] = min((int(table.want[unit, other]) for other in group if other != unit), default=-1)
    return got


def _blocking(table: Table, got: Numbers) -> Flags:
    rather = table.want > got[:, None]
    return rather & rather.T & table.allowed


def _touching(table: Table, got: Numbers, units: Sequence[int]) -> int:
    some = list(units)
    blocking = (table.want[some] > got[some][:, None]) & (got < table.want[:, some].T) & table.allowed[some]
    return int(np.count_nonzero(blocking)) - int(np.count_nonzero(blocking[:, some])) // 2
