"""Whatever the form and the room, everybody gets a place, and what could not be kept is named; preview is result."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

import msgspec

from server.core import by_hand
from server.core.dice import Dice
from server.core.following import follow
from server.core.forms import (
    PARTNERSHIPS,
    Alone,
    ByAnswer,
    Count,
    Fixed,
    Form,
    Merged,
    Partnerships,
    Plenary,
    SameAs,
    about,
    counted,
    sizes,
)
from server.core.frictions import Frictions, frictions
from server.core.grouping_rules import BrokenRule, Rules, broken_rules
from server.core.groups import Group, Groups, Seat, free_table, ids_used, numbered
from server.core.late import Around, all_with_company, placed
from server.core.meetings import LARGEST_MEETING, Meetings
from server.core.messages import GroupId, PersonId
from server.core.partner_tables import parted
from server.core.seating import seating

Earlier = Mapping[str, Sequence[Group]]
"""The groups of each phase, by `PhaseId`, and the partnerships under `forms.PARTNERSHIPS`."""


class Proposal(msgspec.Struct, frozen=True, omit_defaults=True):
    """Groups for everybody, by table, and what they break, the worst first."""

    groups: Groups
    broken: tuple[BrokenRule, ...] = ()


class _Ids:
    """Numbers new groups upwards and passes over every id that an earlier group has."""

    def __init__(self, prefix: str, used: Iterable[GroupId]) -> None:
        self._prefix, self._used, self._number = prefix, set(used), 0

    def next(self) -> GroupId:
        while True:
            self._number += 1
            new = numbered(self._prefix, self._number)
            if new not in self._used:
                return new


class _Scene(msgspec.Struct, frozen=True):
    seats: dict[PersonId, Seat]
    rules: Rules
    met: Meetings
    dice: Dice
    ids: _Ids


def form_groups(
    form: Form,
    seats: Iterable[Seat],
    rules: Rules,
    met: Meetings,
    earlier: Earlier,
    seed: int,
    *,
    prefix: str = "g",
    used: Iterable[GroupId] = (),
) -> Proposal:
    """Groups of everybody in `seats`. New ids are `prefix` and a number that no earlier group has, nor any of `used`.

    Partnerships are whole, also with who is away just now, and closed: who has none sits with others who have none.
    The form Alone and the plenary know no rules. Where the earlier groups are missing, new ones of a like size are made
    and `no_earlier_groups` says so.
    """
    room = {seat.person: seat for seat in sorted(seats, key=lambda seat: seat.person)}
    ids = _Ids(prefix, {*used, *(id_ for groups in earlier.values() for id_ in ids_used(groups))})
    scene = _Scene(room, rules, met, Dice(seed), ids)
    source = _source(form)
    settled: Sequence[Group] = sorted(earlier.get(source, ()), key=lambda group: group.id) if source else ()
    missing: tuple[BrokenRule, ...] = ()
    if source and not settled:
        missing = (BrokenRule("no_earlier_groups"),)
        if not isinstance(form, Partnerships):
            form = Fixed(form.into if isinstance(form, Merged) else 4)
    groups = _formed(form, settled, scene)
    if isinstance(form, Alone | Plenary) or (isinstance(form, SameAs) and _without_rules(settled)):
        return Proposal(groups)
    broken = broken_rules(groups, room.values(), rules, met, settled=settled, by_answer=isinstance(form, ByAnswer))
    return Proposal(groups, broken + missing)


def _source(form: Form) -> str:
    match form:
        case Partnerships():
            return PARTNERSHIPS
        case Merged(of=phase) | SameAs(phase=phase):
            return phase
        case _:
            return ""


def _formed(form: Form, settled: Sequence[Group], scene: _Scene) -> Groups:
    people = tuple(scene.seats)
    match form:
        case Alone():
            return _tables([(person,) for person in people], scene.ids, ())
        case Plenary():
            return _tables([scene.dice.shuffled(people)] if people else [], scene.ids, ())
        case Fixed(size=size):
            return _arranged(people, sizes(len(people), size), scene, ())
        case ByAnswer(size=size):
            return _arranged(people, sizes(len(people), size), scene, (), by_answer=True)
        case Count(groups=groups):
            return _arranged(people, counted(len(people), groups), scene, ())
        case Partnerships():
            return _closed(settled, scene)
        case SameAs():
            return _again(settled, scene)
        case Merged(closed=True):
            return _merged(_here(_closed(settled, scene), scene), form, scene)
        case Merged():
            return _merged(_again(settled, scene, merging=True), form, scene)


def _tables(circles: Iterable[Sequence[PersonId]], ids: _Ids, beside: Groups) -> Groups:
    taken = {group.table for group in beside}
    free = (table for table in count(1) if table not in taken)
    return (*beside, *(Group(ids.next(), tuple(circle), next(free)) for circle in circles))


def _arranged(
    people: Sequence[PersonId], parts: Sequence[int], scene: _Scene, beside: Groups, *, by_answer: bool = False
) -> Groups:
    """New groups of these people, of these sizes, beside the groups that are there."""
    return _tables(_circles(people, parts, scene, by_answer=by_answer), scene.ids, beside)


def _circles(
    people: Sequence[PersonId], parts: Sequence[int], scene: _Scene, *, by_answer: bool = False
) -> list[list[PersonId]]:
    if not people:
        return []
    room = [scene.seats[person] for person in people]
    costs = frictions(room, scene.rules, scene.met, by_answer=by_answer)
    kin = _kin(costs, scene, by_answer)
    circles = seating(costs.rows, costs.languages, costs.wanted, parts, kin, costs.leads, scene.dice)
    return [[costs.people[i] for i in circle] for circle in circles]


def _kin(costs: Frictions, scene: _Scene, by_answer: bool) -> list[tuple[int | str, ...]]:
    """People of one kind start side by side, so that the search begins near its end."""
    shared = list(costs.languages)
    for i, lead in enumerate(costs.leads):
        shared[lead] &= costs.languages[i]
    seats = [scene.seats[person] for person in costs.people]
    remote = scene.rules.remote_together
    return [
        (spoken, remote and seat.remote, min(seat.answers, default="") if by_answer else "")
        for spoken, seat in zip(shared, seats, strict=True)
    ]


def _all_alone(settled: Sequence[Group]) -> bool:
    """They worked alone. A single group of one is something else: the first in the room, who waits for company."""
    return len(settled) > 1 and all(len(group.members) == 1 for group in settled)


def _without_rules(settled: Sequence[Group]) -> bool:
    return _all_alone(settled) or (len(settled) == 1 and len(settled[0].members) > LARGEST_MEETING)


def _again(settled: Sequence[Group], scene: _Scene, *, merging: bool = False) -> Groups:
    """The earlier groups with those who are here; newcomers go first to whoever is left alone.

    Newcomers enough for a group of the usual size make new ones; fewer are placed one by one.
    """
    kept: Groups = ()
    for group in sorted(settled, key=lambda group: (group.table, group.id)):
        seated = {person for one in kept for person in one.members}
        here = tuple(person for person in group.members if person in scene.seats and person not in seated)
        if here:
            table = group.table if all(one.table != group.table for one in kept) else free_table((*kept, *settled))
            one = msgspec.structs.replace(by_hand.seated(group, here), table=table)
            # Groups that come back in another phase begin anew; those that are merged now are in the middle of one.
            kept = (*kept, one if merging and one.taking_part else msgspec.structs.replace(one, absent=()))
    seated = {person for one in kept for person in one.members}
    newcomers = scene.dice.shuffled(person for person in scene.seats if person not in seated)
    if _all_alone(settled):
        return _tables([(person,) for person in sorted(newcomers)], scene.ids, kept)
    lone = sum(len(group.members) == 1 for group in kept)
    usual = max(2, usual_size(settled))
    if not kept or len(newcomers) - lone >= usual:
        kept = _arranged(newcomers[lone:], sizes(len(newcomers) - lone, usual), scene, kept)
        newcomers = newcomers[:lone]
    return _completed(kept, newcomers, usual, scene)


def _closed(settled: Sequence[Group], scene: _Scene) -> Groups:
    """The partnerships as they are, and everybody else in twos and threes beside them, or one at their own table."""
    if not scene.seats:
        return ()
    kept = tuple(sorted(settled, key=lambda group: (group.table, group.id)))
    seated = {person for group in kept for person in group.members}
    others = scene.dice.shuffled(person for person in scene.seats if person not in seated)
    circles = parted(_circles(others, sizes(len(others), 2), scene), scene.rules)
    return _tables(circles, scene.ids, kept)


def _here(groups: Groups, scene: _Scene) -> Groups:
    there = ((group, tuple(one for one in group.members if one in scene.seats)) for group in groups)
    return tuple(by_hand.seated(group, members) for group, members in there if members)


def usual_size(groups: Iterable[Group]) -> int:
    """Half of the groups are no larger than this. There must be a group."""
    found = sorted(len(group.members) for group in groups)
    return found[(len(found) - 1) // 2]


def _completed(groups: Groups, newcomers: Sequence[PersonId], usual: int, scene: _Scene) -> Groups:
    """Everybody has a place, and whoever is alone has been taken in by another group."""
    seats, here = tuple(scene.seats.values()), frozenset(scene.seats)
    limits = msgspec.structs.replace(about(usual), fewest=2)
    around = Around(seats, scene.rules, scene.met, here, limits)
    if newcomers:
        costs = around.costs(newcomers)
        for person in newcomers:
            groups, _ = placed(groups, person, around, costs, scene.ids.next())
    return all_with_company(groups, around)


def _merged(groups: Groups, form: Merged, scene: _Scene) -> Groups:
    """Whole groups join: as many to a table as come nearest to `into`, the larger ones to the smaller.

    `closed`: also one that stays by itself is a new group, which others may join; a partnership they may not.
    """
    if not groups:
        return ()
    closed, together = form.closed, form.together or side_by_side(groups, form.into)
    if together == 1:
        return tuple(_joined([group], scene.ids, closed=closed) for group in groups)
    people = frictions(scene.seats.values(), scene.rules, scene.met)
    rows, languages = _between_groups(groups, people)
    circles = seating(
        rows,
        languages,
        [0] * len(groups),
        sizes(len(groups), together),
        [(bits,) for bits in languages],
        range(len(groups)),
        scene.dice,
    )
    merged = (_joined([groups[i] for i in circle], scene.ids, closed=closed) for circle in circles)
    joined = tuple(sorted(merged, key=_table))
    return follow(groups, joined, together, scene.seats.keys(), scene.ids.next, closed=closed)


def side_by_side(groups: Iterable[Group], into: int) -> int:
    """How many of these groups come nearest to a table of `into`."""
    return max(1, round(into / usual_size(groups)))


def _table(group: Group) -> int:
    return group.table


def _joined(parts: Sequence[Group], ids: _Ids, *, closed: bool = False) -> Group:
    """They sit down at the lowest of their tables, so that one of them need not move."""
    if len(parts) == 1 and not closed:
        return parts[0]
    parts = sorted(parts, key=_table)
    members = tuple(person for part in parts for person in part.members)
    absent = tuple(person for part in parts for person in part.absent)
    return Group(
        ids.next(), members, parts[0].table, tuple(id_ for part in parts for id_ in (part.id, *part.parts)), absent
    )


UNEVEN = 100_000
"""Per product of two sizes: summed inside the groups this is least when the groups are as even as they can be."""


def _between_groups(groups: Groups, people: Frictions) -> tuple[list[list[int]], list[int]]:
    units = [[people.index[person] for person in group.members] for group in groups]
    least = min(len(unit) for unit in units) ** 2
    rows = []
    languages = []
    for i, unit in enumerate(units):
        toward = [sum(costs) for costs in zip(*(people.rows[member] for member in unit), strict=True)]
        rows.append(
            [
                0 if i == j else sum(toward[k] for k in other) + UNEVEN * (len(unit) * len(other) - least)
                for j, other in enumerate(units)
            ]
        )
        shared = -1
        for member in unit:
            shared &= people.languages[member]
        languages.append(shared)
    return rows, languages
