"""A price for every unit such that no two weigh more together than their prices, and the prices are as low as can be.

Prices bound what any matching can weigh, and tell which edges and trios a heavier one could use at all.
"""

import numpy as np

from server.core.match_weights import Flags, Numbers, Places

NEVER = -(1 << 22)
"""Below any weight, and far enough from the edge of 32 bits that a path of prices cannot wrap around."""
ALONE = 1 << 16
"""What one who stays alone costs: more than all that a room can weigh, so that one pair more outweighs any wishes."""


def doubled_prices(weight: Numbers, edges: Flags, mate: Numbers) -> tuple[Numbers, int]:
    """Twice a price per unit, and by how much twice the weight of any matching can exceed that of `mate` at most.

    These are the optimal duals of the fractional matching: the potentials of an assignment of everybody to everybody
    (Kuhn 1955), found from `mate` by improving along positive circles (Klein 1967) until the longest paths are finite
    (Bellman 1958, Ford 1956). Whoever is alone is matched with nobody: one nobody each, who may also have each other.
    """
    size = len(mate)
    alone = np.flatnonzero(mate < 0)
    weigh = np.full((size + len(alone), size + len(alone)), NEVER, np.int32)
    weigh[:size, :size] = np.where(edges, weight, NEVER)
    weigh[:size, size:] = weigh[size:, :size] = -ALONE
    weigh[size:, size:] = 0
    taken: Places = np.append(mate, alone).astype(np.intp)
    taken[alone] = size + np.arange(len(alone))
    before = int(weigh[np.arange(len(taken)), taken].sum())
    np.fill_diagonal(weigh, NEVER)
    taken, path = _potentials(weigh, taken)
    prices = path.copy()
    prices[taken] += weigh[np.arange(len(taken)), taken] - path
    return prices[:size].astype(np.int32), int(prices.sum()) - before


def slacks(weight: Numbers, prices: Numbers) -> Numbers:
    """Twice what an edge lacks to its two prices. A matching weighs half of all prices less half of its slacks."""
    return np.asarray(prices + prices[:, None] - 2 * weight, np.int32)


def _potentials(weigh: Numbers, taken: Places) -> tuple[Places, Numbers]:
    """The heaviest assignment, and the longest path that ends in each row of it."""
    while True:
        gains = weigh[taken] - weigh[np.arange(len(taken)), taken][:, None]
        path, last, is_finite = _longest_paths(gains)
        if is_finite:
            return taken, path
        better = taken.copy()
        for circle in _circles(last):
            better[circle] = taken[last[circle]]
        taken = better


def _longest_paths(gains: Numbers) -> tuple[Numbers, Places, bool]:
    """`gains[k, i]`: what is won when i takes what k has. Ends early where a circle wins for ever."""
    size = len(gains)
    path: Numbers = np.zeros(size, np.int32)
    last: Places = np.full(size, -1, np.intp)
    active: Places = np.arange(size)
    while True:
        reached = gains[active] + path[active][:, None] if len(active) < size else gains + path[:, None]
        longest = reached.max(axis=0)
        longer = np.flatnonzero(longest > path)
        if not len(longer):
            return path, last, True
        last[longer] = active[reached[:, longer].argmax(axis=0)]
        path[longer] = longest[longer]
        active = longer
        if _is_in_circle(last, longer).any():
            return path, last, False


def _is_in_circle(last: Places, starts: Places) -> Flags:
    """Which of these, followed back, never come to a beginning: by leaps that double."""
    leap = np.append(last, -1)
    for _ in range(len(last).bit_length()):
        leap = leap[leap]
    return np.asarray(leap[starts] >= 0, np.bool_)


def _circles(last: Places) -> list[list[int]]:
    found: list[list[int]] = []
    seen: dict[int, int] = {}
    before = last.tolist()
    for start in np.flatnonzero(_is_in_circle(last, np.arange(len(last)))).tolist():
        at = start
        while at not in seen:
            seen[at] = start
            at = before[at]
        if seen[at] == start:
            circle = [at]
            while (at := before[at]) != circle[0]:
                circle.append(at)
            found.append(circle)
    return found
