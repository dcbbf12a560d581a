"""Pairs of the greatest total weight among all that leave the fewest alone (Edmonds 1965, Galil 1986)."""

from typing import NamedTuple

import numpy as np
import rustworkx

from server.core.match_weights import Flags, Numbers

STRONGEST_FROM = 120
"""Below this many units the whole graph is solved faster than its prices are found."""
STRONGEST = 24
"""Edges per unit in the part of the graph that is solved first."""
ROUNDS = 4
TIGHT = 8
MOST_SOLVED = 60_000
"""Edges of a part that is solved for the sake of a proof: about a tenth of a second."""
PRICE_ROUNDS = 48
NEVER = -(1 << 20)
"""Below any weight, and far enough from the edge of 32 bits that a path of prices cannot wrap around."""


class Pairs(NamedTuple):
    """The mate of every unit, -1 for none, and how much more other pairs could weigh at most (0: proven best)."""

    mate: Numbers
    shortfall: int = 0


def best_pairs(weight: Numbers, edges: Flags) -> Pairs:
    """The same input gives the same mates.

    A large graph is solved in part. Prices then bound what any matching can weigh, and tell which edges a heavier one
    could use at all; when those were all in the part, or are few enough to be solved, the pairs are the best of the
    whole graph. Else the bound says by how much they may miss it.
    """
    size = len(weight)
    if size <= STRONGEST_FROM:
        return Pairs(solve(weight, edges))
    even, pairable = _with_nobody(weight, edges) if size % 2 else (weight, edges)
    pairs = _solved_in_part(even, pairable)
    if pairs is None:
        return Pairs(solve(weight, edges))
    mate = pairs.mate[:size].copy()
    mate[mate >= size] = -1
    return Pairs(mate, pairs.shortfall)


def _solved_in_part(weight: Numbers, edges: Flags) -> Pairs | None:
    part = _strongest(weight, edges)
    mate = solve(weight, part)
    gap = 0
    for _ in range(ROUNDS):
        if (mate < 0).any():
            return None
        prices = doubled_prices(weight, edges, mate)
        slack = slacks(weight, prices)
        gap = int(prices.sum()) - 2 * total(weight, mate)
        useful = edges & (slack <= gap - 2)
        if not (useful & ~part).any():
            return Pairs(mate)
        if np.count_nonzero(useful) <= 2 * MOST_SOLVED:
            useful[np.arange(len(mate)), mate] = True
            return Pairs(solve(-slack, useful))
        wider = part | (edges & (slack <= TIGHT))
        if np.array_equal(wider, part):
            break
        part = wider
        mate = solve(-slack, part)
    return Pairs(mate, gap // 2)


def solve(weight: Numbers, edges: Flags) -> Numbers:
    """As many pairs as there can be, then the heaviest. Fast where few weights are far below the heaviest."""
    rows, columns = np.nonzero(np.triu(edges, 1))
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(weight)))
    graph.add_edges_from(
        list(zip(rows.tolist(), columns.tolist(), weight[rows, columns].tolist(), strict=True)),
    )
    mate: Numbers = np.full(len(weight), -1, np.int32)
    for i, j in rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int):
        mate[i], mate[j] = j, i
    return mate


def total(weight: Numbers, mate: Numbers) -> int:
    matched = np.flatnonzero(mate >= 0)
    return int(weight[matched, mate[matched]].sum()) // 2


def slacks(weight: Numbers, prices: Numbers) -> Numbers:
    """Twice what an edge lacks to its two prices. A matching weighs half of all prices less half of its slacks."""
    return np.asarray(prices + prices[:, None] - 2 * weight, np.int32)


def _with_nobody(weight: Numbers, edges: Flags) -> tuple[Numbers, Flags]:
    """One more, who weighs nothing to anybody, for the one who stays alone."""
    even, pairable = np.pad(weight, (0, 1)), np.pad(edges, (0, 1), constant_values=True)
    pairable[-1, -1] = False
    return even, pairable


def doubled_prices(weight: Numbers, edges: Flags, mate: Numbers) -> Numbers:
    """Twice a price per unit, such that no edge weighs more than its two prices (the dual of the matching).

    At most one may be alone: the mate of one more, who weighs nothing to anybody and comes last. The prices are longest
    alternating paths (Bellman 1958, Ford 1956). Where a path can grow for ever, because an odd circle stands in the
    way, they are raised until no edge weighs more, then lowered one by one: still true, no longer the lowest.
    """
    if (alone := np.flatnonzero(mate < 0)).size:
        weight, edges = _with_nobody(weight, edges)
        mate = np.append(mate, alone)
        mate[alone] = len(mate) - 1
    twice = np.where(edges, 2 * weight, 2 * NEVER)
    matched = weight[np.arange(len(mate)), mate]
    step = np.where(edges, weight, NEVER)[mate] - matched[:, None]
    path: Numbers = np.zeros(len(mate), np.int32)
    for _ in range(PRICE_ROUNDS):
        longer = np.maximum(path, (step + path).max(axis=1))
        if np.array_equal(longer, path):
            break
        path = longer
    prices = path[mate] - path + matched
    over = (twice - prices - prices[:, None]).max(axis=1)
    if (over > 0).any():
        prices += (np.maximum(over, 0) + 1) // 2
        for unit, row in enumerate(twice):
            prices[unit] = (row - prices).max()
    return np.asarray(prices, np.int32)


def _strongest(weight: Numbers, edges: Flags) -> Flags:
    size = len(weight)
    # Ties go round the table: if all took their lowest-numbered equals, the rest would have no edge at all.
    place = np.arange(size, dtype=np.int32)
    rank = np.where(edges, weight * size - (place - place[:, None]) % size, -(1 << 30))
    kept = np.argpartition(-rank, STRONGEST, axis=1)[:, :STRONGEST]
    strongest: Flags = np.zeros((size, size), np.bool_)
    strongest[place[:, None], kept] = True
    return (strongest | strongest.T) & edges
