"""Pairs of the greatest total weight among all that leave the fewest alone (Edmonds 1965, Galil 1986)."""

from typing import NamedTuple

import numpy as np
import rustworkx

from server.core.match_prices import ALONE, doubled_prices, slacks
from server.core.match_weights import Flags, Numbers, Places

STRONGEST_FROM = 80
"""Below this many units the whole graph is solved faster than its prices are found."""
STRONGEST = 20
"""Edges per unit in the part of the graph that is solved first."""
MOST_SOLVED = 60_000
"""Edges of a part that is solved for the sake of a proof: about a tenth of a second."""


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
    kept = STRONGEST
    while len(weight) > STRONGEST_FROM and kept < len(weight):
        part = strongest(weight, edges, kept)
        mate = solve(weight, part)
        prices, gap = doubled_prices(weight, edges, mate)
        if gap < 2 * ALONE:
            return _completed(weight, edges, part, Pairs(mate, gap), prices)
        if np.count_nonzero(part) > 2 * MOST_SOLVED:
            # As far as is known there could be more pairs; what they weigh is no question then.
            return Pairs(mate, gap // 2)
        kept *= 4
    return Pairs(solve(weight, edges))


def _completed(weight: Numbers, edges: Flags, part: Flags, found: Pairs, prices: Numbers) -> Pairs:
    """The pairs found in a part, or those along all edges that a heavier matching could use."""
    useful = edges & (slacks(weight, prices) <= found.shortfall - 2)
    if not (useful & ~part).any():
        return Pairs(found.mate)
    if np.count_nonzero(useful) > 2 * MOST_SOLVED:
        return Pairs(found.mate, found.shortfall // 2)
    matched = np.flatnonzero(found.mate >= 0)
    useful[matched, found.mate[matched]] = True
    return Pairs(solve(weight, useful))


def solve(weight: Numbers, edges: Flags) -> Numbers:
    """As many pairs as there can be, then the heaviest. Fast where few weights are far below the heaviest."""
    rows, columns = np.nonzero(np.triu(edges, 1))
    mate: Numbers = np.full(len(weight), -1, np.int32)
    for i, j in paired(len(weight), rows, columns, weight[rows, columns]):
        mate[i], mate[j] = j, i
    return mate


def paired(size: int, rows: Places, columns: Places, weights: Numbers) -> list[tuple[int, int]]:
    """The same along these edges alone, as pairs with the lower unit first."""
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(size))
    graph.add_edges_from(list(zip(rows.tolist(), columns.tolist(), weights.tolist(), strict=True)))
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return [(min(pair), max(pair)) for pair in found]


def total(weight: Numbers, mate: Numbers) -> int:
    matched = np.flatnonzero(mate >= 0)
    return int(weight[matched, mate[matched]].sum()) // 2


def strongest(weight: Numbers, edges: Flags, kept: int) -> Flags:
    """The heaviest edges of each unit."""
    size = len(weight)
    # Ties go round the table: if all took their lowest-numbered equals, the rest would have no edge at all.
    place = np.arange(size, dtype=np.int32)
    rank = np.where(edges, weight * size - (place - place[:, None]) % size, -(1 << 30))
    heaviest = np.argpartition(-rank, min(kept, size - 1), axis=1)[:, :kept]
    found: Flags = np.zeros((size, size), np.bool_)
    found[place[:, None], heaviest] = True
    return (found | found.T) & edges
