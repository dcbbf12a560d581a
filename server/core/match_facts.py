"""What a partnership may be told about itself: true, mutual, and silent about every refusal and every low wish."""

from collections.abc import Sequence
from itertools import combinations
from typing import Literal

import msgspec

from server.core.match_weights import Table
from server.core.wishes import UnitId

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


class Fact(msgspec.Struct, frozen=True, omit_defaults=True):
    """One reason, for a screen to put into words. `offer_meets_need` reads from the first unit to the second."""

    code: FactCode
    units: tuple[UnitId, ...]
    tag: str = ""
    levels: tuple[int, ...] = ()
    """For `both_close`: how close each found the other's vignette, in the order of `units`."""


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
    if table.mutual[i, j] >= HIGH:
        facts.append(Fact("both_wish", (a.id, b.id)))
    levels = int(table.close[i, j]), int(table.close[j, i])
    if min(levels) >= HIGH:
        facts.append(Fact("both_close", (a.id, b.id), levels=levels))
    facts.extend(Fact("offer_meets_need", (a.id, b.id), tag) for tag in sorted(a.offers & b.needs))
    facts.extend(Fact("offer_meets_need", (b.id, a.id), tag) for tag in sorted(b.offers & a.needs))
    facts.extend(Fact("shared_topic", (a.id, b.id), tag) for tag in sorted(a.topics & b.topics))
    return facts
