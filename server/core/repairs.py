"""Who has lost everybody at the table is offered company with one tap; nobody is moved before it is pressed."""

from collections.abc import Collection, Iterable
from typing import Literal

import msgspec

from server.core import by_hand
from server.core.forms import Limits
from server.core.frictions import frictions
from server.core.grouping_rules import Rules
from server.core.groups import Group, Groups, Seat, find
from server.core.late import best_group
from server.core.meetings import Meetings
from server.core.messages import GroupId, PersonId


class Repair(msgspec.Struct, frozen=True):
    """What helps a group with one person left here.

    `pair` and `join`: `group` goes to `into`, where another waits alone or people sit. `fetch`: every other table is
    full, and `person` comes from `group` over to `into`, where one waits.
    """

    person: PersonId
    group: GroupId
    into: GroupId
    kind: Literal["pair", "join", "fetch"]


def suggest_repairs(
    groups: Groups,
    present: Collection[PersonId],
    seats: Iterable[Seat] = (),
    rules: Rules | None = None,
    met: Meetings | None = None,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    bound: frozenset[PersonId] = frozenset(),
) -> tuple[Repair, ...]:
    """One for each group with one person left here, as long as there is anybody to join.

    Each can be applied on its own, or all in their order. Two who are alone become a pair if no hard rule forbids it;
    else the person joins the smallest group that fits, or one of the largest comes over.
    """
    here = frozenset(present)
    company = {group.id: [one for one in group.taking_part if one in here] for group in groups}
    costs = frictions(
        seats, rules or Rules(), met or Meetings(), of={who[0] for who in company.values() if len(who) == 1}
    )
    hosts = {group.id: group for group in groups if company[group.id]}
    repairs: list[Repair] = []
    for group in sorted(groups, key=lambda group: group.table):
        if group.id not in hosts or len(hosts) == 1 or len(company[group.id]) != 1:
            continue
        (lone,) = company[group.id]
        others = [one for one in hosts.values() if one.id != group.id]
        roomy = [one for one in others if limits.has_room(len(company[one.id]))]
        comes = None if roomy else _comes_over(others, company, limits, bound)
        if comes is not None:
            repairs.append(Repair(comes[1], comes[0], group.id, "fetch"))
            company[comes[0]].remove(comes[1])
            company[group.id].append(comes[1])
            continue
        into = best_group(roomy or others, lone, costs, here)
        repairs.append(Repair(lone, group.id, into, "pair" if len(company[into]) == 1 else "join"))
        hosts[into] = by_hand.merge((hosts[into], hosts.pop(group.id)), into, group.id)[0]
        company[into] = [*company[into], lone]
    return tuple(repairs)


def mended(groups: Groups, repair: Repair, present: Collection[PersonId]) -> Groups:
    """The room after the tap: who is not here keeps a place at the mended table, and its turns go on without them."""
    if repair.kind == "fetch":
        groups = by_hand.move(groups, repair.person, repair.into)
    else:
        groups = by_hand.merge(groups, repair.into, repair.group)
    table = find(groups, repair.into)
    gone = [person for person in table.taking_part if person not in present]
    return by_hand.not_waited_for(groups, table.id, gone)


def _comes_over(
    others: Iterable[Group], company: dict[GroupId, list[PersonId]], limits: Limits, bound: frozenset[PersonId]
) -> tuple[GroupId, PersonId] | None:
    """Somebody of the largest table who can be spared there, the last who came to it."""
    for group in sorted(others, key=lambda group: (-len(company[group.id]), group.table)):
        free = [person for person in company[group.id] if person not in bound]
        if free and len(company[group.id]) > max(2, limits.fewest):
            return group.id, free[-1]
    return None
