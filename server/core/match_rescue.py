"""Nobody stays alone for whom there is a place: pairs and trios are taken apart and made anew until it is found."""

from collections import deque
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Final

import msgspec

from server.core.match_trios import Groups
from server.core.match_weights import Table

EXACT_UP_TO: Final = 12
"""Units of which every division into pairs and trios is weighed; above, a search from one room to the next."""
MOST_DIVISIONS: Final = 8_000
"""So often the search divides a few groups anew for each who is alone: about a tenth of a second."""

NOT_A_WISH: Final = 1 << 16
A_PLACE: Final = 1 << 32
"""A place outweighs every wish, and a wish every weight."""


def rescued(table: Table, groups: Groups) -> Groups:
    """At least as many have a place as before. In a small room as many as the rules leave, with the fewest groups that
    somebody in them did not wish, and then the heaviest."""
    if len(table) <= EXACT_UP_TO:
        return _best_of_all(table)
    for unit in range(len(table)):
        if not any(unit in group for group in groups):
            groups = _with_place(table, groups, unit) or groups
    return groups


def _best_of_all(table: Table) -> Groups:
    """Every division into pairs, trios and those alone, the lowest-numbered first (Bellman 1957 for the recursion)."""
    size = len(table)
    friends = [[j for j in range(size) if table.allowed[i, j]] for i in range(size)]

    @cache
    def best(rest: frozenset[int]) -> tuple[int, Groups]:
        if not rest:
            return 0, ()
        first = min(rest)
        found = best(rest - {first})
        for group in _groups_of(table, first, [j for j in friends[first] if j in rest]):
            worth, others = best(rest - set(group))
            worth += worth_of(table, group)
            if worth > found[0]:
                found = worth, (group, *others)
        return found

    return best(frozenset(range(size)))[1]


def _groups_of(table: Table, first: int, friends: list[int]) -> Iterator[tuple[int, ...]]:
    for j in friends:
        yield first, j
    for j, k in combinations(friends, 2):
        if table.allowed[j, k]:
            yield first, j, k


def worth_of(table: Table, group: tuple[int, ...]) -> int:
    """A place for each, then a wish kept, then the weight."""
    weight = table.trio_worth(*group) if len(group) == 3 else int(table.weight[group])
    wished = all(table.wished[pair] for pair in combinations(group, 2))
    return len(group) * A_PLACE + (0 if wished else -NOT_A_WISH) + weight


class _Standing(msgspec.Struct, frozen=True):
    """One room of the search: its groups, and who is alone in it instead."""

    groups: frozenset[tuple[int, ...]]
    alone: int


def _with_place(table: Table, groups: Groups, unit: int) -> Groups | None:
    """The nearest room in which one more has a place (alternating search, Berge 1957, over trios as well)."""
    start = _Standing(frozenset(groups), unit)
    waiting, seen = deque([start]), {unit}
    divisions = 0
    while waiting and divisions < MOST_DIVISIONS:
        room = waiting.popleft()
        for some in _few(table, room):
            divisions += 1
            if (made := _divided(table, (*(one for group in some for one in group), room.alone))) is not None:
                return tuple(sorted((room.groups - set(some)) | made))
            if divisions >= MOST_DIVISIONS:
                break
        for following in _one_further(table, room):
            if following.alone not in seen:
                seen.add(following.alone)
                waiting.append(following)
    return None


def _few(table: Table, room: _Standing) -> Iterator[tuple[tuple[int, ...], ...]]:
    """One group, and then two, that could take in the one alone when they are divided anew."""
    everybody = sorted(room.groups)
    near = [group for group in everybody if any(table.allowed[room.alone, one] for one in group)]
    yield from ((group,) for group in near)
    yield from ((group, other) for group in near for other in everybody if other != group)


def _may(table: Table, *units: int) -> bool:
    return all(table.allowed[pair] for pair in combinations(units, 2))


def _divided(table: Table, units: tuple[int, ...]) -> frozenset[tuple[int, ...]] | None:
    """All of these in pairs and trios; None if that cannot be."""
    if not units:
        return frozenset()
    first, rest = units[0], units[1:]
    for size in (1, 2):
        for others in combinations(rest, size):
            if _may(table, first, *others):
                made = _divided(table, tuple(one for one in rest if one not in others))
                if made is not None:
                    return made | {tuple(sorted((first, *others)))}
    return None


def _one_further(table: Table, room: _Standing) -> Iterator[_Standing]:
    """Rooms in which the one alone has taken a place, and another is alone instead."""
    unit = room.alone
    for group in sorted(room.groups):
        for gives in group:
            stays = tuple(one for one in group if one != gives)
            if _may(table, unit, *stays):
                yield _Standing((room.groups - {group}) | {tuple(sorted((unit, *stays)))}, gives)
