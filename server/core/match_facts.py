"""What a partnership may be told about itself: true, mutual, and silent about every refusal and every low wish."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Literal

import msgspec

from server.core.match_weights import Table
from server.core.wishes import MatchUnit, UnitId

HIGH = 2
"""From here on a wish or a closeness is said aloud, and only when both sides reach it."""

FactCode = Literal[
    "not_a_wish",
    "both_wish",
    "both_close",
    "offer_meets_need",
    "shared_topic",
    "odd_number",
    "nobody_left_out",
    "one_is_remote",
    "best_for_the_room",
]


OF_THE_ROOM: frozenset[FactCode] = frozenset({"odd_number", "nobody_left_out", "best_for_the_room"})
"""What is true of the room and not of any two."""


class Fact(msgspec.Struct, frozen=True, omit_defaults=True):
    """One reason, for a screen to put into words. `offer_meets_need` reads from the first unit to the second."""

    code: FactCode
    units: tuple[UnitId, ...]
    tag: str = ""


def facts_of(table: Table, group: Sequence[int], why: FactCode) -> tuple[Fact, ...]:
    ids = tuple(table.units[i].id for i in group)
    facts: list[Fact] = []
    if min(int(table.mutual[pair]) for pair in combinations(group, 2)) == 0:
        facts.append(Fact("not_a_wish", ids))
    for i, j in combinations(group, 2):
        facts.extend(_between(table, i, j))
    if len(group) > 2:
        facts.append(Fact(why, ids))
    if len({table.units[i].remote for i in group}) == 2:
        facts.append(Fact("one_is_remote", ids))
    # Always there: were it said only for want of another reason, it would say that there was none.
    facts.append(Fact("best_for_the_room", ids))
    return tuple(facts)


def _between(table: Table, i: int, j: int) -> list[Fact]:
    a, b = table.units[i], table.units[j]
    facts: list[Fact] = []
    if b.id in _gladly_with(a) and a.id in _gladly_with(b):
        facts.append(Fact("both_wish", (a.id, b.id)))
    if b.id in _close_to(a) and a.id in _close_to(b):
        facts.append(Fact("both_close", (a.id, b.id)))
    facts.extend(Fact("offer_meets_need", (a.id, b.id), tag) for tag in sorted(a.offers & b.needs))
    facts.extend(Fact("offer_meets_need", (b.id, a.id), tag) for tag in sorted(b.offers & a.needs))
    facts.extend(Fact("shared_topic", (a.id, b.id), tag) for tag in sorted(a.topics & b.topics))
    return facts


def _gladly_with(unit: MatchUnit) -> frozenset[UnitId]:
    """A team is told "you wished for it" only when it is true of each who reads it."""
    return _high(unit.wants) if unit.gladly is None else unit.gladly


def _close_to(unit: MatchUnit) -> frozenset[UnitId]:
    return _high(unit.closeness) if unit.close_to is None else unit.close_to


def _high(rated: Mapping[UnitId, int]) -> frozenset[UnitId]:
    return frozenset(other for other, level in rated.items() if level >= HIGH)


def told_to(facts: Iterable[Fact], unit: UnitId | None, units: Collection[UnitId]) -> tuple[Fact, ...]:
    """What one side of these is told, or, for None, all of them together: what holds between two is only theirs."""
    return tuple(
        fact
        for fact in facts
        if set(fact.units).issubset(units)
        and (fact.code in OF_THE_ROOM or len(fact.units) == len(units) or (unit is not None and unit in fact.units))
    )
