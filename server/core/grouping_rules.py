"""What a grouping must respect and would like, and in which words of code it says where it could not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations
from typing import Literal, get_args

import msgspec

from server.core.groups import Group, Seat
from server.core.meetings import Meetings
from server.core.messages import GroupId, PersonId

RuleCode = Literal[
    "alone",
    "apart",
    "no_common_language",
    "together",
    "same_school",
    "no_earlier_groups",
    "remote_mixed",
    "different_answers",
    "met_before",
]
"""The worst first. The last four are wishes; the others are hard rules, broken only where the room leaves no way."""

HARD: frozenset[RuleCode] = frozenset({"alone", "apart", "no_common_language", "together", "same_school"})


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`apart` and `together`: sets of two or more people of whom no two, or all, shall sit in one group.

    Hard: apart, together, mix_schools, common_language (one that everybody in the group works in). Wishes: meet_new,
    remote_together. `unsaid` is as `apart`, and never named where it is broken: a private "not with" is one.
    """

    apart: tuple[tuple[PersonId, ...], ...] = ()
    unsaid: tuple[tuple[PersonId, ...], ...] = ()
    together: tuple[tuple[PersonId, ...], ...] = ()
    mix_schools: bool = True
    common_language: bool = True
    meet_new: bool = True
    remote_together: bool = True


class BrokenRule(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who is touched, and where: `same_school` of Ana and Bor at table 3. The console finds the words."""

    rule: RuleCode
    people: tuple[PersonId, ...] = ()
    groups: tuple[GroupId, ...] = ()

    @property
    def hard(self) -> bool:
        return self.rule in HARD


def pairs(sets: Iterable[tuple[PersonId, ...]]) -> list[tuple[PersonId, PersonId]]:
    """Every two people of each set, once, in an order that does not depend on how they were written down."""
    return sorted({pair for people in sets for pair in combinations(sorted(set(people)), 2)})


def common_languages(seats: Iterable[Seat]) -> frozenset[str] | None:
    """The languages that all of them work in; None when none of them named any."""
    named = [frozenset(seat.languages) for seat in seats if seat.languages]
    return reduce(frozenset.intersection, named) if named else None


def broken_rules(
    groups: Sequence[Group],
    seats: Iterable[Seat],
    rules: Rules,
    met: Meetings,
    *,
    settled: Iterable[Group] = (),
    by_answer: bool = False,
) -> tuple[BrokenRule, ...]:
    """All that these groups break, the worst first. In a `settled` group, or kept together, one may meet again."""
    known = {seat.person: seat for seat in seats}
    before = set(pairs([*rules.together, *(group.members for group in settled)]))
    found = list(_apart_from_each_other(groups, rules))
    for group in groups:
        found.extend(_hard_in(group, known, rules))
        found.extend(_wishes_in(group, known, rules, met, before))
        if by_answer:
            found.extend(_strangers_in(group, known))
    order = get_args(RuleCode)
    tables = {group.id: group.table for group in groups}
    return tuple(sorted(found, key=lambda b: (order.index(b.rule), [tables[g] for g in b.groups], b.people)))


def _apart_from_each_other(groups: Sequence[Group], rules: Rules) -> Iterator[BrokenRule]:
    place = {person: group for group in groups for person in group.members}
    for people in sorted({tuple(sorted(set(people))) for people in rules.together}):
        here = tuple(person for person in people if person in place)
        where = sorted({place[person].table: place[person].id for person in here}.items())
        if len(where) > 1:
            yield BrokenRule("together", here, tuple(group for _, group in where))
    for one, other in pairs(rules.apart):
        if one in place and place[one] is place.get(other):
            yield BrokenRule("apart", (one, other), (place[one].id,))


def _hard_in(group: Group, known: Mapping[PersonId, Seat], rules: Rules) -> Iterator[BrokenRule]:
    if len(group.members) == 1:
        yield BrokenRule("alone", group.members, (group.id,))
    seats = [known[person] for person in sorted(group.members) if person in known]
    if rules.mix_schools:
        for school in sorted({seat.school for seat in seats if seat.school}):
            people = tuple(seat.person for seat in seats if seat.school == school)
            if len(people) > 1:
                yield BrokenRule("same_school", people, (group.id,))
    if rules.common_language and common_languages(seats) == frozenset():
        yield BrokenRule("no_common_language", tuple(seat.person for seat in seats), (group.id,))


def _wishes_in(
    group: Group,
    known: Mapping[PersonId, Seat],
    rules: Rules,
    met: Meetings,
    before: set[tuple[PersonId, PersonId]],
) -> Iterator[BrokenRule]:
    seats = [known[person] for person in sorted(group.members) if person in known]
    remote = tuple(seat.person for seat in seats if seat.remote)
    if rules.remote_together and 0 < len(remote) < len(seats):
        yield BrokenRule("remote_mixed", remote, (group.id,))
    if rules.meet_new:
        for one, other in combinations([seat.person for seat in seats], 2):
            if met.between(one, other) and (one, other) not in before:
                yield BrokenRule("met_before", (one, other), (group.id,))


def _strangers_in(group: Group, known: Mapping[PersonId, Seat]) -> Iterator[BrokenRule]:
    seats = [known[person] for person in sorted(group.members) if person in known]
    for seat in seats:
        others = [other.answers for other in seats if other is not seat]
        if seat.answers and others and not any(seat.answers & answers for answers in others):
            yield BrokenRule("different_answers", (seat.person,), (group.id,))
