"""The best place for a third: the trio that leaves the whole room best off when its number is odd."""

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
import numpy.typing as npt
import rustworkx

from server.core.match_pairs import MOST_SOLVED, TIGHT, best_pairs, doubled_prices, slacks, solve
from server.core.match_weights import Flags, Numbers, Table

ALL_TRIOS_UP_TO = 61
"""Units for which every trio is listed (36,000); above, only those that can still be best."""
LISTED = 64
NEIGHBOURS = 96
MOST_EDGES = 120_000
"""Edges that the search may solve in all: about a third of a second in the largest rooms, every trio in small ones."""
FEWEST_SOLVED = 6
IMPOSSIBLE = -(1 << 29)

Places = npt.NDArray[np.intp]
Groups = tuple[tuple[int, ...], ...]


class OddRoom(msgspec.Struct, frozen=True):
    """A trio, the pairs around it, and how much better any other trio could make the total at most (0: proven)."""

    trio: tuple[int, int, int]
    pairs: Groups
    shortfall: int


class _Candidates(msgspec.Struct, frozen=True):
    """Trios by falling bound (twice what the whole room can weigh with them); `others` bounds all not listed."""

    bounds: list[int]
    trios: list[tuple[int, int, int]]
    others: int


def best_trio(table: Table, mate: Numbers) -> OddRoom | None:
    """The trio that makes the total of the room greatest: its own worth and the best pairs of all others.

    The published rule leaves each unit out in turn and puts it into one of the pairs that remain. Every such room is
    among those compared here, and more. A price per unit bounds what a room can weigh with a given trio, so most
    trios are never solved: the search ends when no bound is above the best room found.
    """
    prices = doubled_prices(table.weight, table.wished, mate)[: len(table)]
    found = _all_trios(table, prices) if len(table) <= ALL_TRIOS_UP_TO else _strongest_trios(table, prices)
    solved = edges = 0
    best: tuple[int, tuple[int, int, int], Groups] | None = None
    left = found.others
    for bound, trio in zip(found.bounds, found.trios, strict=True):
        spent = edges > MOST_EDGES and solved >= FEWEST_SOLVED
        if spent or (best and bound // 2 <= best[0]):
            left = max(left, bound)
            break
        pairs, proven, cost = _pairs_without(table, prices, trio, best[0] if best else None)
        solved, edges = solved + 1, edges + cost
        left = left if proven else max(left, bound)
        weighs = table.trio_worth(*trio) + sum(int(table.weight[pair]) for pair in pairs or ())
        if pairs is not None and (best is None or weighs > best[0]):
            best = weighs, trio, pairs
    if best is None:
        return None
    return OddRoom(best[1], best[2], max(0, left // 2 - best[0]))


def thirds(table: Table, groups: Groups, alone: Sequence[int], edges: Flags) -> dict[int, int]:
    """Which of those alone joins which pair (its place in `groups`): as many as can, then the greatest worth."""
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(alone) + len(groups)))
    for n, k in enumerate(alone):
        for place, pair in enumerate(groups):
            if len(pair) == 2 and edges[k, pair[0]] and edges[k, pair[1]]:
                gain = table.trio_worth(pair[0], pair[1], k) - int(table.weight[pair])
                graph.add_edge(n, len(alone) + place, gain)
    joined = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return {alone[min(edge)]: max(edge) - len(alone) for edge in joined}


def _pairs_without(
    table: Table, prices: Numbers, trio: tuple[int, int, int], beat: int | None
) -> tuple[Groups | None, bool, int]:
    """The best pairs of all others, whether that is proven, and how many edges it took.

    None if no room with this trio weighs above `beat`.
    Edges as heavy as their prices are few, and when they suffice there is nothing better. Later, only edges that
    still reach above `beat` can matter.
    """
    rest = np.delete(np.arange(len(table)), trio)
    square = np.ix_(rest, rest)
    weight, edges = table.weight[square], table.wished[square]
    slack = slacks(weight, prices[rest])
    if beat is None:
        useful, proven = edges & (slack <= 0), True
        mate = solve(-slack, useful)
        if (mate < 0).any():
            useful = edges
            mate, shortfall = best_pairs(weight, edges)
            proven = shortfall == 0
    else:
        above = int(prices[rest].sum()) - 2 * (beat + 1 - table.trio_worth(*trio))
        useful = edges & (slack <= above)
        proven = bool(np.count_nonzero(useful) <= 2 * MOST_SOLVED)
        useful = useful if proven else edges & (slack <= TIGHT)
        mate = solve(-slack, useful)
    cost = int(np.count_nonzero(useful)) // 2 + len(rest) ** 2 // 16
    if (mate < 0).any():
        return None, proven, cost
    return tuple((int(rest[i]), int(rest[j])) for i, j in enumerate(mate) if i < j), proven, cost


def _all_trios(table: Table, prices: Numbers) -> _Candidates:
    i, j, k = (index.astype(np.int32) for index in np.nonzero(_rising(len(table))))
    kept = table.wished[i, j] & table.wished[i, k] & table.wished[j, k]
    i, j, k = i[kept], j[kept], k[kept]
    mutual = (table.mutual[i, j], table.mutual[i, k], table.mutual[j, k])
    weakest = np.minimum(np.minimum(mutual[0], mutual[1]), mutual[2])
    worth = table.weight[i, j] + table.weight[i, k] + table.weight[j, k]
    worth = worth - table.weights.mutual_wish * (mutual[0] + mutual[1] + mutual[2] - 3 * weakest)
    bounds = 2 * worth + int(prices.sum()) - prices[i] - prices[j] - prices[k]
    order = np.lexsort((-weakest, -bounds))
    trios = list(zip(i[order].tolist(), j[order].tolist(), k[order].tolist(), strict=True))
    return _Candidates(bounds[order].tolist(), trios, IMPOSSIBLE)


def _rising(size: int) -> Flags:
    place = np.arange(size)
    below = place[:, None] < place
    rising: Flags = below[:, :, None] & below[None, :, :]
    return rising


def _strongest_trios(table: Table, prices: Numbers) -> _Candidates:
    whole = int(prices.sum())
    slack = np.where(table.wished, prices + prices[:, None] - 2 * table.weight, -IMPOSSIBLE)
    reach = prices - slack
    top = np.sort(np.partition(reach, -2, axis=1)[:, -2:], axis=1)
    limit = prices + top[:, 0] + top[:, 1]
    listed: dict[tuple[int, int, int], int] = {}
    floor = IMPOSSIBLE
    beyond = [IMPOSSIBLE] * 3
    for k in np.argsort(-limit, kind="stable").tolist():
        if limit[k] <= floor:
            break
        near = np.flatnonzero(prices[k] + top[k, 1] + reach[k] > floor)
        if len(near) > NEIGHBOURS:
            near = near[np.argsort(-reach[k, near], kind="stable")]
            beyond.append(int(prices[k] + top[k, 1] + reach[k, near[NEIGHBOURS]]))
            near = near[:NEIGHBOURS]
        listed.update(_trios_of(table, prices, k, near, floor, slack, reach))
        if len(listed) > LISTED:
            kept = sorted(listed.items(), key=lambda item: (-item[1], item[0]))[:LISTED]
            listed, floor = dict(kept), kept[-1][1]
    # A trio that is not listed was cut off from each of its three sides.
    others = max(floor, sorted(beyond)[-3])
    order = sorted(listed, key=lambda trio: (-listed[trio], trio))
    return _Candidates([listed[trio] + whole for trio in order], order, others + whole)


def _trios_of(
    table: Table, prices: Numbers, k: int, near: Places, floor: int, slack: Numbers, reach: Numbers
) -> Iterator[tuple[tuple[int, int, int], int]]:
    """The trios of `k` with two of those near, the best `LISTED` and one more, all above `floor`."""
    square = np.ix_(near, near)
    with_k = table.mutual[k, near]
    between = table.mutual[square]
    weakest = np.minimum(np.minimum(with_k, with_k[:, None]), between)
    lost = table.weights.mutual_wish * (with_k + with_k[:, None] + between - 3 * weakest)
    scores = prices[k] + reach[k, near] + reach[k, near][:, None] - slack[square] - 2 * lost
    rows, columns = np.nonzero(np.triu(scores > max(floor, IMPOSSIBLE // 2), 1))
    found = scores[rows, columns]
    for at in np.argsort(-found, kind="stable")[: LISTED + 1].tolist():
        i, j, last = sorted((k, int(near[rows[at]]), int(near[columns[at]])))
        yield (i, j, last), int(found[at])
