"""Finds, for given sizes, the seats with the least friction that a bounded search from a seed can find."""

from collections.abc import Sequence
from operator import add, sub

from server.core.dice import Dice
from server.core.frictions import ANY_LANGUAGE, NO_LANGUAGE

EFFORT = 60_000
"""Exchanges looked at before the last start; about a hundred nanoseconds each, twice that where languages divide."""
STARTS = 24
FRESH = 2
SMALL = 16
"""A small room is searched from many fresh starts, a large one by stirring the best that was found."""
STIRRED = 3
NEVER = 1 << 60


class Room:
    """A seating that is being improved by exchanges; an empty chair is a person without friction.

    Every group has as many chairs as the largest. Two empty chairs never meet, so that sizes stay within one.
    """

    def __init__(self, rows: list[list[int]], languages: list[int], wanted: list[int], place: list[int]) -> None:
        self.rows, self.languages, self.wanted, self.place = rows, languages, wanted, place
        shared = ANY_LANGUAGE
        for bits in languages:
            shared &= bits
        self.babel = shared == 0
        self.looked = 0
        self.groups: list[list[int]] = [[] for _ in range(max(place) + 1)]
        for i, g in enumerate(place):
            self.groups[g].append(i)
        self.toward: list[list[int]] = [_sum([rows[i] for i in group]) for group in self.groups]
        self.own = [self.toward[g][i] for i, g in enumerate(place)]
        self.others = [ANY_LANGUAGE] * len(place)
        """What everybody else in the group of i has in common: whom could they talk with instead of i?"""
        for g in range(len(self.groups)):
            self._listen(g)

    def cost(self) -> int:
        """The friction in the room, above the company that has been promised."""
        mute = sum(self._mute(group[0]) for group in self.groups)
        return (sum(self.own) + sum(self.wanted)) // 2 + mute

    def descend(self) -> None:
        """Exchange people as long as that makes the room better."""
        better = True
        while better:
            better = False
            for p in range(len(self.place)):
                if (self.own[p] + self.wanted[p] > 0 or self._mute(p)) and self._exchange(p):
                    better = True

    def stirred(self, dice: Dice) -> list[int]:
        """These places, but for a few of the unhappy, who have changed with anybody."""
        place = list(self.place)
        unhappy = [p for p in range(len(place)) if self.own[p] + self.wanted[p] > 0 or self._mute(p)]
        for p in dice.shuffled(unhappy)[:STIRRED]:
            q = dice.below(len(place))
            place[p], place[q] = place[q], place[p]
        return place

    def _exchange(self, p: int) -> bool:
        here, place, own = self.place[p], self.place, self.own
        entry = [toward[p] for toward in self.toward]
        entry[here] = NEVER
        gains = [
            entry[g] + there - 2 * both - mine
            for g, there, both, mine in zip(place, self.toward[here], self.rows[p], own, strict=True)
        ]
        base = own[p]
        if self.babel:
            gains = list(map(add, gains, self._misunderstandings(p)))
            base += self._mute(p)
            self.looked += len(gains)
        self.looked += len(gains)
        least = min(gains)
        if least >= base:
            return False
        self._swap(p, gains.index(least))
        return True

    def _misunderstandings(self, p: int) -> list[int]:
        mine, rest, speaks = self.languages[p], self.others[p], self.languages
        return [
            (0 if theirs & mine else NO_LANGUAGE)
            + (0 if rest & tongue else NO_LANGUAGE)
            - (0 if theirs & tongue else NO_LANGUAGE)
            for theirs, tongue in zip(self.others, speaks, strict=True)
        ]

    def _mute(self, p: int) -> int:
        return 0 if self.others[p] & self.languages[p] else NO_LANGUAGE

    def _swap(self, p: int, q: int) -> None:
        a, b = self.place[p], self.place[q]
        row_p, row_q = self.rows[p], self.rows[q]
        change = list(map(sub, row_q, row_p))
        self.toward[a] = list(map(add, self.toward[a], change))
        self.toward[b] = list(map(sub, self.toward[b], change))
        self.groups[a][self.groups[a].index(p)] = q
        self.groups[b][self.groups[b].index(q)] = p
        self.place[p], self.place[q] = b, a
        for g in (a, b):
            toward = self.toward[g]
            for i in self.groups[g]:
                self.own[i] = toward[i]
            self._listen(g)

    def _listen(self, g: int) -> None:
        if not self.babel:
            return
        for i in self.groups[g]:
            shared = ANY_LANGUAGE
            for j in self.groups[g]:
                if j != i:
                    shared &= self.languages[j]
            self.others[i] = shared


def _sum(rows: list[list[int]]) -> list[int]:
    total = rows[0]
    for row in rows[1:]:
        total = list(map(add, total, row))
    return list(total)


def seating(
    rows: list[list[int]],
    languages: list[int],
    wanted: list[int],
    sizes: Sequence[int],
    kin: Sequence[tuple[int | str, ...]],
    leads: Sequence[int],
    dice: Dice,
) -> list[list[int]]:
    """Indices by group, in random order inside each.

    Every other fresh start fills the groups in the order of `kin`, with each person beside who `leads` them.
    """
    people = len(rows)
    chairs = [(g, chair < size) for g, size in enumerate(sizes) for chair in range(max(sizes))]
    empty = len(chairs) - people
    rows = [[*row, *[0] * empty] for row in rows]
    for i in range(empty):
        rows.append([0] * people + [NEVER >> 20 if j != i else 0 for j in range(empty)])
    languages = [*languages, *[ANY_LANGUAGE] * empty]
    wanted = [*wanted, *[0] * empty]
    taken = [g for g, filled in chairs if filled] + [g for g, filled in chairs if not filled]
    best: Room | None = None
    looked = 0
    for start in range(STARTS):
        if best is None or start < FRESH or people <= SMALL:
            place = _seated(taken, people, None if start % 2 else kin, leads, dice)
        else:
            place = best.stirred(dice)
        room = Room(rows, languages, wanted, place)
        room.descend()
        looked += room.looked + len(taken)
        if best is None or room.cost() <= best.cost():
            best = room
        if best.cost() == 0 or looked > EFFORT:
            break
    assert best is not None
    return [dice.shuffled(sorted(i for i in group if i < people)) for group in best.groups]


def _seated(
    taken: Sequence[int], people: int, kin: Sequence[tuple[int | str, ...]] | None, leads: Sequence[int], dice: Dice
) -> list[int]:
    order = dice.shuffled(range(people))
    if kin is not None:
        rank = {i: n for n, i in enumerate(order)}
        order.sort(key=lambda i: (kin[leads[i]], rank[leads[i]]))
    place = list(taken)
    for i, g in zip(order, taken, strict=False):
        place[i] = g
    return place
