"""Partnerships at their tables: closed, and always those that are confirmed; who has none sits beside, never inside."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec.structs import replace

from server.core import by_hand
from server.core.attending import Member
from server.core.frictions import frictions
from server.core.grouping_rules import Rules, pairs
from server.core.groups import Group, Groups, Seat, free_table
from server.core.late import best_group
from server.core.meetings import Meetings
from server.core.messages import GroupId, PersonId
from server.core.products import Partnership
from server.core.repairs import Repair, suggest_repairs

MOST_BESIDE = 3
"""Who has no partner works in twos and threes; where all tables are full, rather a fourth than somebody alone."""


def together(partnerships: Iterable[Partnership], people: Mapping[PersonId, Member]) -> Groups:
    """Each partnership as a group of those who are still of it, by table; away is not gone.

    Whoever chose twice is where they chose last, and a partnership that has lost its other side by it is none any more.
    """
    chosen: dict[GroupId, tuple[PersonId, ...]] = {}
    taken: set[PersonId] = set()
    for one in reversed(tuple(partnerships)):
        members = tuple(person for person in one.members if person not in taken)
        here = tuple(person for person in members if (it := people.get(person)) and it.state != "left")
        if here and (len(members) > 1 or len(one.members) == 1):
            chosen[GroupId(one.id)] = here
            taken.update(here)
    return tuple(
        Group(key, members, table) for table, (key, members) in enumerate(reversed(tuple(chosen.items())), start=1)
    )


def settled(groups: Groups, closed: Groups, prefix: str) -> Groups:
    """`groups` with every partnership as it is, at the table where it sat; nobody else keeps a place in one.

    Only ids with `prefix` are groups beside: what else is not confirmed was a partnership, and its pages are not for
    whoever would join it.
    """
    members = {person for group in closed for person in group.members}
    rest = tuple(
        by_hand.seated(group, others)
        for group in beside(groups, prefix)
        if (others := tuple(person for person in group.members if person not in members))
    )
    tables = {group.id: group.table for group in groups}
    seated: Groups = ()
    for one in closed:
        table = tables.get(one.id) or free_table((*groups, *seated))
        seated = (*seated, replace(one, table=table))
    now = tuple(sorted((*seated, *rest), key=lambda group: (group.table, group.id)))
    return groups if now == groups else now


def beside(groups: Groups, prefix: str) -> Groups:
    """The groups of those without a partner."""
    return tuple(group for group in groups if group.id.startswith(prefix))


def with_newcomer(
    groups: Groups,
    prefix: str,
    seat: Seat,
    seats: Iterable[Seat],
    rules: Rules,
    met: Meetings,
    here: Collection[PersonId],
    new: GroupId,
) -> tuple[Groups, GroupId]:
    """Somebody without a partner sits down: with those who have none either, else at a table of their own."""
    fit = [one for one in beside(groups, prefix) if not _are_apart((seat.person, *one.members), rules)]
    small = [one for one in fit if len(one.members) < MOST_BESIDE]
    welcome = tuple(small or fit)
    if not welcome:
        return (*groups, Group(new, (seat.person,), free_table(groups))), new
    others = [one for one in seats if one.person != seat.person]
    costs = frictions([*others, seat], rules, met, of=[seat.person])
    best = best_group(welcome, seat.person, costs, frozenset(here))
    return by_hand.join(groups, seat.person, best), best


def repairs(
    groups: Groups, prefix: str, here: Collection[PersonId], seats: Iterable[Seat], rules: Rules, met: Meetings
) -> tuple[Repair, ...]:
    """What would help whoever is left alone among those without a partner; a partnership is never joined."""
    others = beside(groups, prefix)
    return tuple(_fitting(others, suggest_repairs(others, here, seats, rules, met), rules))


def _fitting(groups: Groups, found: Iterable[Repair], rules: Rules) -> Iterator[Repair]:
    members = {group.id: group.members for group in groups}
    for one in found:
        both = (*members[one.into], *((one.person,) if one.kind == "fetch" else members[one.group]))
        if not _are_apart(both, rules):
            members[one.into] = both
            yield one


def parted(circles: Iterable[Iterable[PersonId]], rules: Rules) -> Iterator[tuple[PersonId, ...]]:
    """These circles without any two in one who are kept apart: rather a table of one's own than with them."""
    apart = frozenset(pairs([*rules.apart, *rules.unsaid]))
    for circle in circles:
        parts: list[list[PersonId]] = []
        for person in circle:
            home = next((part for part in parts if not any(_pair(person, one) in apart for one in part)), None)
            if home is None:
                parts.append([person])
            else:
                home.append(person)
        yield from map(tuple, parts)


def _are_apart(people: tuple[PersonId, ...], rules: Rules) -> bool:
    apart = frozenset(pairs([*rules.apart, *rules.unsaid]))
    return any(pair in apart for pair in pairs([people]))


def _pair(one: PersonId, other: PersonId) -> tuple[PersonId, PersonId]:
    return min(one, other), max(one, other)
