"""Finds, for given sizes, the seats with the least friction that a bounded search from a seed can find."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from server.core.dice import Dice
from server.core.frictions import ANY_LANGUAGE, NO_LANGUAGE

EFFORT = 60_000
"""Exchanges looked at before the last start; about thirty nanoseconds each, twice that where languages divide."""
STARTS = 24
FRESH = 2
SMALL = 16
"""A small room is searched from many fresh starts, a large one by stirring the best that was found."""
STIRRED = 3
NEVER = 1 << 60

Numbers = npt.NDArray[np.int64]


class Room:
    """A seating that is being improved by exchanges; an empty chair is a person without friction.

    Every group has as many chairs as the largest. Two empty chairs never meet, so that sizes stay within one.
    """

    def __init__(self, rows: Numbers, languages: Numbers, wanted: Numbers, place: Sequence[int]) -> None:
        self.rows, self.languages, self.wanted = rows, languages, wanted
        self.place: Numbers = np.array(place, np.int64)
        self.babel = int(np.bitwise_and.reduce(languages)) == 0
        self.looked = 0
        self.groups = [np.flatnonzero(self.place == g).tolist() for g in range(max(place) + 1)]
        self.toward: Numbers = np.stack([rows[group].sum(axis=0) for group in self.groups])
        self.own: Numbers = self.toward[self.place, np.arange(len(place))]
        self.others: Numbers = np.full(len(place), ANY_LANGUAGE, np.int64)
        """What everybody else in the group of i has in common: whom could they talk with instead of i?"""
        for g in range(len(self.groups)):
            self._listen(g)

    def cost(self) -> int:
        """The friction in the room, above the company that has been promised."""
        mute = sum(self._mute(group[0]) for group in self.groups)
        return int(self.own.sum() + self.wanted.sum()) // 2 + mute

    def descend(self) -> None:
        """Exchange people as long as that makes the room better."""
        better = True
        while better:
            better, unhappy = False, self.unhappy()
            for p in range(len(unhappy)):
                if unhappy[p] and self._exchange(p):
                    better, unhappy = True, self.unhappy()

    def unhappy(self) -> list[bool]:
        """Who has less company than was promised, or nobody to talk with."""
        flags: list[bool] = ((self.own + self.wanted > 0) | (self.others & self.languages == 0)).tolist()
        return flags

    def stirred(self, dice: Dice) -> list[int]:
        """These places, but for a few of the unhappy, who have changed with anybody."""
        place: list[int] = self.place.tolist()
        unhappy = [p for p, flag in enumerate(self.unhappy()) if flag]
        for p in dice.shuffled(unhappy)[:STIRRED]:
            q = dice.below(len(place))
            place[p], place[q] = place[q], place[p]
        return place

    def _exchange(self, p: int) -> bool:
        here, own = self.place[p], self.own
        entry = self.toward[:, p].copy()
        entry[here] = NEVER
        gains = entry[self.place] + self.toward[here] - 2 * self.rows[p] - own
        base = int(own[p])
        if self.babel:
            gains += self._misunderstandings(p)
            base += self._mute(p)
            self.looked += len(gains)
        self.looked += len(gains)
        least = int(gains.argmin())
        if gains[least] >= base:
            return False
        self._swap(p, least)
        return True

    def _misunderstandings(self, p: int) -> Numbers:
        mine, rest, speaks = self.languages[p], self.others[p], self.languages
        mute = NO_LANGUAGE * ((self.others & mine) == 0) + NO_LANGUAGE * ((speaks & rest) == 0)
        return np.asarray(mute - NO_LANGUAGE * ((self.others & speaks) == 0), np.int64)

    def _mute(self, p: int) -> int:
        return 0 if not self.babel or self.others[p] & self.languages[p] else NO_LANGUAGE

    def _swap(self, p: int, q: int) -> None:
        a, b = int(self.place[p]), int(self.place[q])
        change = self.rows[q] - self.rows[p]
        self.toward[a] += change
        self.toward[b] -= change
        self.groups[a][self.groups[a].index(p)] = q
        self.groups[b][self.groups[b].index(q)] = p
        self.place[p], self.place[q] = b, a
        for g in (a, b):
            self.own[self.groups[g]] = self.toward[g][self.groups[g]]
            self._listen(g)

    def _listen(self, g: int) -> None:
        if not self.babel:
            return
        for i in self.groups[g]:
            shared = ANY_LANGUAGE
            for j in self.groups[g]:
                if j != i:
                    shared &= int(self.languages[j])
            self.others[i] = shared


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
    costs: Numbers = np.zeros((len(chairs), len(chairs)), np.int64)
    costs[:people, :people] = rows
    costs[people:, people:] = (NEVER >> 20) * (1 - np.eye(empty, dtype=np.int64))
    spoken: Numbers = np.array([*languages, *[ANY_LANGUAGE] * empty], np.int64)
    promised: Numbers = np.array([*wanted, *[0] * empty], np.int64)
    taken = [g for g, filled in chairs if filled] + [g for g, filled in chairs if not filled]
    best: Room | None = None
    looked = 0
    for start in range(STARTS):
        if best is None or start < FRESH or people <= SMALL:
            place = _seated(taken, people, None if start % 2 else kin, leads, dice)
        else:
            place = best.stirred(dice)
        room = Room(costs, spoken, promised, place)
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
