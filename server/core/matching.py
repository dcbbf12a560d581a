"""Who works with whom: everybody present gets the best partners the rules leave, or a reason, the same every time."""

from collections.abc import Iterable
from itertools import combinations
from typing import Literal

import msgspec
import numpy as np

from server.core.match_absent import may_join_later, with_absent
from server.core.match_facts import Fact, FactCode, facts_of
from server.core.match_pairs import best_pairs
from server.core.match_rescue import rescued
from server.core.match_stability import blocking_pairs, repaired
from server.core.match_trios import Groups, best_trio, thirds
from server.core.match_weights import Flags, Table, islands, table
from server.core.wishes import MatchInput, UnitId

NOT_A_WISH_COST = 1_000
"""More than any edge weighs: when the room must break wishes to seat everybody, it breaks the fewest."""

UnmatchedReason = Literal[
    "expected", "away", "left", "nobody_else_here", "blocked_by_a_hard_rule", "no_place_within_rules", "joins_later"
]
"""`joins_later`: absent, with wishes; a pair that is agreed is asked whether they may join it."""


class Partnership(msgspec.Struct, frozen=True, omit_defaults=True):
    """Two or three units. For the audit and the moderator; the units themselves are told only `facts`."""

    units: tuple[UnitId, ...]
    weight: int
    mutual_wish: int
    """The lowest wish anybody in it has for another: which of them is not said."""
    facts: tuple[Fact, ...] = ()
    remote: bool = False

    @property
    def not_a_wish(self) -> bool:
        return self.mutual_wish == 0


class Unmatched(msgspec.Struct, frozen=True):
    unit: UnitId
    reason: UnmatchedReason


class Quality(msgspec.Struct, frozen=True):
    """How good the matching is, in figures that the moderator may show."""

    weight: int
    mean: float
    """Of the mutual wishes, over the partnerships."""
    minimum: int
    blocking_pairs: int
    swaps: int
    not_a_wish: int
    shortfall: int
    """How much more the whole room could weigh at most; 0 means that its pairs, and its trio when there is one, are
    proven best. Of thirds who join because rules left no pair for them it says nothing."""


class Matching(msgspec.Struct, frozen=True):
    seed: int
    partnerships: tuple[Partnership, ...]
    unmatched: tuple[Unmatched, ...]
    quality: Quality

    def of(self, unit: UnitId) -> Partnership | None:
        return next((pair for pair in self.partnerships if unit in pair.units), None)


def match(given: MatchInput) -> Matching:
    """The matching of all that take part.

    1. Pairs that both wish: the most there can be, then the greatest weight (§ weights in `match_weights`).
    2. Odd number: the trio that leaves the room best off. Others still alone join a pair as a third, where all wish it.
    3. Last pass: what nobody wished but no rule forbids, first as pairs, then as thirds; flagged for all of them alike.
    4. Somebody still alone: the same again with unwished pairs from the start, as few as possible, if that seats more;
       then groups are divided anew until nobody is alone for whom there is a place.
    5. Whoever is absent and has left wishes gets the partner whom the room leaves over; two who are here never wait
       for them, but are asked as partners whether they may join.

    Ties fall by the seed and the ids, so the order of arrival changes nothing. Under new ids the partners may differ;
    the number of pairs and, while `shortfall` is 0, their weight do not. Swaps never lower them.
    """
    room = table(given)
    here = np.array([i for i, unit in enumerate(room.units) if unit.presence == "present"], np.intp)
    part = room if len(here) == len(room) else room.part(here)
    groups, short = _seated(part)
    groups, swaps = repaired(part, groups)
    groups = with_absent(room, tuple(tuple(int(here[i]) for i in group) for group in groups))
    why = _why_three(room, groups)
    partnerships = tuple(sorted((_partnership(room, group, why) for group in groups), key=lambda pair: pair.units))
    wishes = [pair.mutual_wish for pair in partnerships]
    quality = Quality(
        weight=sum(pair.weight for pair in partnerships),
        mean=round(sum(wishes) / len(wishes), 2) if wishes else 0.0,
        minimum=min(wishes, default=0),
        blocking_pairs=blocking_pairs(room, groups),
        swaps=swaps,
        not_a_wish=wishes.count(0),
        shortfall=short,
    )
    return Matching(given.seed, partnerships, _unmatched(given, room, groups), quality)


def explain(matching: Matching, units: Iterable[UnitId]) -> tuple[Fact, ...]:
    """The facts that a partnership may be shown; none when these units are no partnership."""
    wanted = frozenset(units)
    return next((pair.facts for pair in matching.partnerships if frozenset(pair.units) == wanted), ())


def best_place(
    given: MatchInput, newcomer: UnitId, pairs: Iterable[tuple[UnitId, ...]], free: Iterable[UnitId] = ()
) -> Partnership | Unmatched:
    """Where a unit that is late, or lost its partner, is best proposed: with somebody free, else as a third."""
    room = table(given)
    index = {unit.id: i for i, unit in enumerate(room.units)}
    new = index[newcomer]
    standing = [
        tuple(index[unit] for unit in pair) for pair in pairs if len(pair) == 2 and all(u in index for u in pair)
    ]
    singles = [(index[unit],) for unit in free if unit in index and unit != newcomer]
    edges: Flags
    for edges in (room.wished, room.allowed):
        for places in (singles, standing):
            open_places = [place for place in places if all(edges[new, unit] for unit in place)]
            if open_places:
                best = max(open_places, key=lambda place: (_worth(room, (*place, new)) - _worth(room, place), place))
                return _partnership(room, (*best, new), "nobody_left_out")
    return Unmatched(newcomer, _why_alone(room, new))


def _seated(room: Table) -> tuple[Groups, int]:
    """As many as can be have a place; among those ways one in which the fewest get what nobody wished."""
    groups, short = _arranged(room)
    if _placed(groups) < len(room):
        cost = np.where(room.wished, 0, NOT_A_WISH_COST).astype(np.int32)
        bolder = msgspec.structs.replace(room, weight=room.weight - cost, wished=room.allowed)
        other, other_short = _arranged(bolder)
        if _placed(other) > _placed(groups):
            groups, short = other, other_short
    return (rescued(room, groups), short) if _placed(groups) < len(room) else (groups, short)


def _placed(groups: Groups) -> int:
    return sum(map(len, groups))


def _why_three(room: Table, groups: Groups) -> FactCode:
    """An odd room has one trio whatever the rules are; any other is there so that nobody stays alone."""
    is_odd = len(room) % 2 == 1 and _placed(groups) == len(room)
    return "odd_number" if is_odd and sum(len(group) == 3 for group in groups) == 1 else "nobody_left_out"


def _arranged(room: Table) -> tuple[Groups, int]:
    """Pairs and a trio in every part of the room that wishes reach; then thirds, and what nobody wished; and how much
    heavier the pairs and their trio could be at most."""
    groups: Groups = ()
    alone: list[int] = []
    short = 0
    for island in islands(room.wished):
        found, left, lacking = _arranged_in(room if len(island) == len(room) else room.part(island))
        groups += tuple(tuple(int(island[i]) for i in group) for group in found)
        alone += [int(island[i]) for i in left]
        short += lacking
    groups, alone = _with_thirds(room, groups, alone, room.wished)
    if alone:
        square = np.ix_(alone, alone)
        last = best_pairs(room.weight[square], room.allowed[square]).mate
        groups += tuple((alone[i], alone[int(j)]) for i, j in enumerate(last) if i < j)
        alone = [alone[i] for i in np.flatnonzero(last < 0).tolist()]
        groups, alone = _with_thirds(room, groups, alone, room.allowed)
    return groups, short


def _arranged_in(part: Table) -> tuple[Groups, list[int], int]:
    mate, short = best_pairs(part.weight, part.wished)
    alone = np.flatnonzero(mate < 0).tolist()
    if len(alone) == 1 and (odd := best_trio(part, mate)) is not None:
        return (*odd.pairs, odd.trio), [], odd.shortfall
    return tuple((i, int(j)) for i, j in enumerate(mate) if i < j), alone, short


def _with_thirds(room: Table, groups: Groups, alone: list[int], edges: Flags) -> tuple[Groups, list[int]]:
    joins = thirds(room, groups, alone, edges)
    joined_by = {place: unit for unit, place in joins.items()}
    wider = tuple((*group, joined_by[n]) if n in joined_by else group for n, group in enumerate(groups))
    return wider, [unit for unit in alone if unit not in joins]


def _worth(room: Table, group: tuple[int, ...]) -> int:
    if len(group) == 3:
        return room.trio_worth(*group)
    return int(room.weight[group]) if len(group) == 2 else 0


def _partnership(room: Table, group: tuple[int, ...], why: FactCode) -> Partnership:
    group = tuple(sorted(group, key=lambda i: room.units[i].id))
    return Partnership(
        units=tuple(room.units[i].id for i in group),
        weight=_worth(room, group),
        mutual_wish=min(int(room.mutual[pair]) for pair in combinations(group, 2)),
        facts=facts_of(room, group, why),
        remote=any(room.units[i].remote for i in group),
    )


def _unmatched(given: MatchInput, room: Table, groups: Groups) -> tuple[Unmatched, ...]:
    seated = {room.units[i].id for group in groups for i in group}
    alone = [
        Unmatched(unit.id, "joins_later" if may_join_later(room, groups, i) else _why_alone(room, i))
        for i, unit in enumerate(room.units)
        if unit.id not in seated
    ]
    for unit in given.units:
        if not unit.takes_part:
            absent: UnmatchedReason = unit.presence if unit.presence in ("expected", "away", "left") else "expected"
            alone.append(Unmatched(unit.id, absent))
    return tuple(sorted(alone, key=lambda one: one.unit))


def _why_alone(room: Table, i: int) -> UnmatchedReason:
    if len(room) == 1:
        return "nobody_else_here"
    return "no_place_within_rules" if room.allowed[i].any() else "blocked_by_a_hard_rule"
