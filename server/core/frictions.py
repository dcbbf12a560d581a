"""How badly any two people sit together, as one number per pair: hard rules outweigh every sum of wishes."""

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

import msgspec

from server.core.grouping_rules import Rules, pairs
from server.core.groups import Seat
from server.core.meetings import Meetings
from server.core.messages import PersonId

SAME_SCHOOL = 10_000_000
TOGETHER = 20_000_000
NO_LANGUAGE = 40_000_000
APART = 80_000_000
"""The moderator's own word weighs most; then that people can talk at all."""

DIFFERENT_ANSWERS = 20_000
NO_ANSWER = 5_000
REMOTE_MIXED = 4_000
MET_ONCE = 1_000
MET_AT_MOST = 5
"""Twice met counts four times, up to this: 200 wishes in one circle must not outweigh one hard rule."""

ANY_LANGUAGE = -1
"""Every bit set: who named no language is understood by everybody."""


class Frictions(msgspec.Struct, frozen=True):
    """`rows[i][j]` between two people, `languages[i]` as bits, `wanted[i]`: what company person i has been promised.

    `leads[i]` is the first of those who shall sit with person i: the search starts with them side by side.
    """

    people: tuple[PersonId, ...]
    index: dict[PersonId, int]
    rows: list[list[int]]
    languages: list[int]
    wanted: list[int]
    leads: list[int]

    def among(self, members: Iterable[int]) -> int:
        """The friction inside one group."""
        inside = list(members)
        return sum(self.rows[i][j] for i, j in combinations(inside, 2)) + self._mute(inside)

    def added(self, newcomer: int, members: Iterable[int]) -> int:
        """The friction that one more person brings into a group."""
        inside = list(members)
        row = self.rows[newcomer]
        return sum(row[i] for i in inside) + self._mute([*inside, newcomer]) - self._mute(inside)

    def met_by(self, members: Iterable[int], newcomer: int) -> int:
        """The same, read from the rows of those who sit there."""
        inside = list(members)
        return sum(self.rows[i][newcomer] for i in inside) + self._mute([*inside, newcomer]) - self._mute(inside)

    def _mute(self, inside: Iterable[int]) -> int:
        shared = ANY_LANGUAGE
        for i in inside:
            shared &= self.languages[i]
        return 0 if shared else NO_LANGUAGE


def frictions(
    seats: Iterable[Seat],
    rules: Rules,
    met: Meetings,
    *,
    by_answer: bool = False,
    of: Collection[PersonId] | None = None,
) -> Frictions:
    """The same for the same people in any order: they are sorted here.

    `of` leaves the rows of everybody else empty: one latecomer among a thousand is a thousand pairs, not a million.
    """
    known = {seat.person: seat for seat in sorted(seats, key=lambda seat: seat.person)}
    room = list(known.values())
    index = {person: i for i, person in enumerate(known)}
    languages = _language_bits(room) if rules.common_language else [ANY_LANGUAGE] * len(room)
    rows = _rows_by_kind(room, languages, rules, by_answer, known if of is None else of)
    if rules.mix_schools:
        _add_schools(rows, room)
    if rules.meet_new:
        _add_meetings(rows, index, rules, met)
    wanted = [0] * len(room)
    leads = list(range(len(room)))
    for sets, weight in ((rules.apart + rules.unsaid, APART), (rules.together, -TOGETHER)):
        for one, other in pairs(sets):
            if one in index and other in index:
                i, j = index[one], index[other]
                for row, k in ((rows[i], j), (rows[j], i)):
                    if row:
                        row[k] += weight
                if weight < 0:
                    wanted[i] -= weight
                    wanted[j] -= weight
                    leads = [leads[i] if lead == leads[j] else lead for lead in leads]
    return Frictions(tuple(known), index, rows, languages, wanted, leads)


def _add_meetings(rows: list[list[int]], index: dict[PersonId, int], rules: Rules, met: Meetings) -> None:
    promised = set(pairs(rules.together))
    for person, i in index.items():
        for other, times in met.of(person).items() if rows[i] else ():
            if other in index and (min(person, other), max(person, other)) not in promised:
                rows[i][index[other]] += MET_ONCE * min(times, MET_AT_MOST) ** 2


def _language_bits(room: Sequence[Seat]) -> list[int]:
    bits = {language: 1 << n for n, language in enumerate(sorted({name for seat in room for name in seat.languages}))}
    return [sum(bits[name] for name in set(seat.languages)) or ANY_LANGUAGE for seat in room]


def _rows_by_kind(
    room: Sequence[Seat], languages: list[int], rules: Rules, by_answer: bool, of: Collection[PersonId]
) -> list[list[int]]:
    """One row per kind of person, copied for each: two hundred people are a few kinds, not forty thousand pairs."""
    answers = {name: 1 << n for n, name in enumerate(sorted({name for seat in room for name in seat.answers}))}
    kinds = [
        (
            spoken,
            rules.remote_together and seat.remote,
            sum(answers[name] for name in seat.answers) if by_answer else ANY_LANGUAGE,
        )
        for seat, spoken in zip(room, languages, strict=True)
    ]
    templates: dict[tuple[int, bool, int], list[int]] = {}
    rows: list[list[int]] = []
    for i, (seat, kind) in enumerate(zip(room, kinds, strict=True)):
        if seat.person not in of:
            rows.append([])
            continue
        if kind not in templates:
            costs = {other: _between_kinds(kind, other) for other in set(kinds)}
            templates[kind] = [costs[other] for other in kinds]
        rows.append(templates[kind].copy())
        rows[i][i] = 0
    return rows


def _between_kinds(one: tuple[int, bool, int], other: tuple[int, bool, int]) -> int:
    cost = 0 if one[0] & other[0] else NO_LANGUAGE
    if one[1] != other[1]:
        cost += REMOTE_MIXED
    if not one[2] & other[2]:
        cost += DIFFERENT_ANSWERS if one[2] and other[2] else NO_ANSWER
    return cost


def _add_schools(rows: list[list[int]], room: Sequence[Seat]) -> None:
    schools: dict[str, list[int]] = {}
    for i, seat in enumerate(room):
        if seat.school:
            schools.setdefault(seat.school, []).append(i)
    for colleagues in schools.values():
        for i in colleagues:
            for j in colleagues:
                if i != j and rows[i]:
                    rows[i][j] += SAME_SCHOOL
