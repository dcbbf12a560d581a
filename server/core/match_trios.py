"""The best place for a third: the trio that leaves the whole room best off when its number is odd."""

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
import rustworkx

from server.core.match_pairs import MOST_SOLVED, paired
from server.core.match_prices import doubled_prices, slacks
from server.core.match_weights import Flags, Numbers, Places, Table

TIGHT: Final = 8
"""Edges that lack at most so much are tried first; where a heavier room could use no others, that is the proof."""
FIRST_DEPTH: Final = 8
"""Trios that score so much less than the highest are looked for only when a better room could hide among them."""
LOWEST: Final = -(1 << 24)
MOST_TRIOS: Final = 20_000
"""Trios that are listed at once. Rooms in which more could be best are rooms of equals: there the rest is a bound."""
MOST_TRIED: Final = 64
"""Trios around which the room is solved before the search ends with a bound; while there is none, it goes on."""
MOST_IN_VAIN: Final = 2_000

Groups = tuple[tuple[int, ...], ...]
Trio = tuple[int, int, int]


class OddRoom(msgspec.Struct, frozen=True):
    """A trio, the pairs around it, and how much better any other trio could make the total at most (0: proven)."""

    trio: Trio
    pairs: Groups
    shortfall: int


class _Listed(msgspec.Struct, frozen=True):
    """Every trio that scores above a floor, the highest first: twice its worth, less the prices of the three."""

    trios: list[Trio]
    scores: list[int]
    floor: int
    """None that is not listed scores above it."""


class _Search:
    """What is known while the search goes on: the prices of the room, and the best room found so far."""

    def __init__(self, table: Table, mate: Numbers) -> None:
        self.table = table
        self.prices, _ = doubled_prices(table.weight, table.wished, mate)
        self.whole = int(self.prices.sum())
        slack = slacks(table.weight, self.prices)
        self.slack: Numbers = np.where(table.wished, slack, -LOWEST).astype(np.int32)
        self.reach = _reach(self.prices, self.slack)
        self.best: tuple[int, Trio, Groups] | None = None
        self._edges: dict[int, tuple[Places, Places, Numbers]] = {}

    @property
    def beaten(self) -> int:
        """A trio must score above it to lead to a better room."""
        return 2 * self.best[0] + 1 - self.whole if self.best else LOWEST

    def try_trio(self, trio: Trio, score: int) -> bool:
        """Solve the room around a trio; False if a better one than the one found may have been missed."""
        most = self.whole + score
        above = min(most - 2 * (self.best[0] + 1), 1 << 20) if self.best else 1 << 20
        worth = self.table.trio_worth(*trio)
        depth = TIGHT
        while True:
            pairs = self._around(trio, min(depth, above))
            if pairs is not None:
                total = worth + sum(int(self.table.weight[pair]) for pair in pairs)
                if self.best is None or total > self.best[0]:
                    self.best = total, trio, pairs
                above = min(above, most - 2 * (total + 1))
            if above <= depth:
                return True
            if pairs is None and depth >= 1 << 20:
                return True
            wider = above if pairs is not None else depth * 8
            if np.count_nonzero(self.slack <= wider) > 2 * MOST_SOLVED and pairs is not None:
                return False
            depth = wider

    def _around(self, trio: Trio, depth: int) -> Groups | None:
        """The best pairs of all others along edges that lack at most so much; None if somebody would be alone."""
        if depth < 0:
            return None
        rows, columns, lacks = self._edges_within(depth)
        kept = ~(np.isin(rows, trio) | np.isin(columns, trio))
        pairs = paired(len(self.table), rows[kept], columns[kept], -lacks[kept])
        return tuple(sorted(pairs)) if 2 * len(pairs) == len(self.table) - 3 else None

    def _edges_within(self, depth: int) -> tuple[Places, Places, Numbers]:
        if depth not in self._edges:
            rows, columns = np.nonzero(np.triu(self.slack <= depth, 1))
            self._edges[depth] = rows, columns, self.slack[rows, columns]
        return self._edges[depth]


def best_trio(table: Table, mate: Numbers) -> OddRoom | None:
    """The trio that makes the total of the room greatest: its own worth and the best pairs of all others.

    The published rule leaves each unit out in turn and puts it into one of the pairs that remain. Every such room is
    among those compared here, and more. A price per unit bounds what a room can weigh with a given trio, so most
    trios are never solved: the search ends when no bound is above the best room found.
    """
    if len(table) < 3:
        return None
    search = _Search(table, mate)
    listed = _listed(search, LOWEST // 2, FIRST_DEPTH)
    left = _try_all(search, listed)
    if listed.floor > search.beaten:
        left = _try_all(search, _listed(search, max(search.beaten, LOWEST // 2)))
    if search.best is None:
        return None
    return OddRoom(search.best[1], search.best[2], max(0, (left + search.whole) // 2 - search.best[0]))


def _try_all(search: _Search, listed: _Listed) -> int:
    """The room around each that could still be better; returns the score that what was left untried has at most."""
    left = listed.floor
    for tried, (trio, score) in enumerate(zip(listed.trios, listed.scores, strict=True)):
        if score <= search.beaten:
            break
        if tried >= (MOST_TRIED if search.best else MOST_IN_VAIN):
            return max(left, score)
        if not search.try_trio(trio, score):
            left = max(left, score)
    return left


def _reach(prices: Numbers, slack: Numbers) -> Numbers:
    """`reach[i, k]`: the price of k less what the edge lacks, where k comes after i by price; else far below."""
    rank = np.empty(len(prices), np.intp)
    rank[np.argsort(-prices, kind="stable")] = np.arange(len(prices))
    return np.where(rank[:, None] < rank, prices - slack, LOWEST).astype(np.int32)


def _listed(search: _Search, floor: int, depth: int | None = None) -> _Listed:
    """Those that score above the floor; with `depth`, only those that come so near to the highest.

    Each trio is looked for from its unit with the highest price, and those first whose trios can score most.
    """
    table, prices, reach = search.table, search.prices, search.reach
    limits = prices + np.partition(reach, -2, axis=1)[:, -2:].sum(axis=1)
    found: list[tuple[Numbers, Numbers]] = []
    count = 0
    for i in np.argsort(-limits, kind="stable").tolist():
        if limits[i] <= floor:
            break
        row = reach[i]
        near = np.flatnonzero(row + row.max() + prices[i] > floor)
        square = np.ix_(near, near)
        scores = prices[i] + row[near] + row[near][:, None] - search.slack[square]
        rows, columns = np.nonzero(np.triu(scores > floor, 1))
        j, k = near[rows], near[columns]
        with_i, between = table.mutual[i], table.mutual[j, k]
        weakest = np.minimum(np.minimum(with_i[j], with_i[k]), between)
        lost = table.weights.mutual_wish * (with_i[j] + with_i[k] + between - 3 * weakest)
        score = scores[rows, columns] - 2 * lost
        kept = score > floor
        three = np.sort(np.stack([np.full(len(j), i), j, k])[:, kept], axis=0)
        found.append((three.astype(np.int32), score[kept].astype(np.int32)))
        count += int(kept.sum())
        if depth is not None and kept.any():
            floor = max(floor, int(score.max()) - depth)
        if count > 2 * MOST_TRIOS:
            found, floor = _highest(found)
            count = MOST_TRIOS
    trios = np.concatenate([one for one, _ in found], axis=1) if found else np.zeros((3, 0), np.int32)
    scores_ = np.concatenate([one for _, one in found]) if found else np.zeros(0, np.int32)
    trios, scores_ = trios[:, scores_ > floor], scores_[scores_ > floor]
    order = np.lexsort((trios[2], trios[1], trios[0], -scores_))
    named = [(int(a), int(b), int(c)) for a, b, c in trios[:, order].T.tolist()]
    return _Listed(named, scores_[order].tolist(), floor)


def _highest(found: list[tuple[Numbers, Numbers]]) -> tuple[list[tuple[Numbers, Numbers]], int]:
    """The best of too many, and the score that those who are dropped have at most."""
    trios, scores = np.concatenate([one for one, _ in found], axis=1), np.concatenate([one for _, one in found])
    floor = int(np.partition(scores, -MOST_TRIOS)[-MOST_TRIOS])
    kept = scores > floor
    return [(trios[:, kept], scores[kept])], floor


def thirds(table: Table, groups: Groups, alone: Sequence[int], edges: Flags) -> dict[int, int]:
    """Which of those alone joins which pair (its place in `groups`): as many as can, then the greatest worth."""
    places = [place for place, group in enumerate(groups) if len(group) == 2]
    if not places or not alone:
        return {}
    first, second = (np.array([groups[place][side] for place in places]) for side in (0, 1))
    loose = np.array(alone)
    may = edges[loose][:, first] & edges[loose][:, second]
    who, where = np.nonzero(may)
    gains = _gains(table, loose[who], first[where], second[where])
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(alone) + len(places)))
    graph.add_edges_from(
        list(zip(who.tolist(), (where + len(alone)).tolist(), gains.tolist(), strict=True)),
    )
    joined = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return {alone[min(edge)]: places[max(edge) - len(alone)] for edge in joined}


def _gains(table: Table, k: Places, i: Places, j: Places) -> Numbers:
    """What a pair gains by a third: the worth of the three less its own weight."""
    mutual = (table.mutual[i, j], table.mutual[i, k], table.mutual[j, k])
    lost = sum(mutual) - 3 * np.minimum(np.minimum(mutual[0], mutual[1]), mutual[2])
    return np.asarray(table.weight[i, k] + table.weight[j, k] - table.weights.mutual_wish * lost, np.int32)
