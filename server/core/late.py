"""Who comes late has a place at once, and who has lost a partner is offered one; nobody else is moved."""

from collections.abc import Collection, Iterable
from typing import Literal

import msgspec

from server.core import by_hand
from server.core.forms import Alone, Form
from server.core.frictions import SAME_SCHOOL, Frictions, frictions
from server.core.grouping_rules import Rules
from server.core.groups import Group, Groups, Seat, free_table, group_of, ids_used
from server.core.meetings import Meetings
from server.core.messages import GroupId, PersonId, Refused


class Repair(msgspec.Struct, frozen=True):
    """`group` has one person left here; in `into` another waits alone (`pair`) or people sit (`join`).

    Apply it with `by_hand.merge(groups, into, group)`: those who are away find their way back with the group.
    """

    person: PersonId
    group: GroupId
    into: GroupId
    kind: Literal["pair", "join"]


def place_latecomer(
    groups: Groups,
    seat: Seat,
    seats: Iterable[Seat],
    rules: Rules,
    met: Meetings,
    present: Collection[PersonId],
    new: GroupId,
    *,
    form: Form | None = None,
) -> tuple[Groups, GroupId]:
    """The smallest group with which every rule holds, but first whoever is left alone; who has a place keeps it.

    `new` names the group that is made when there is none to join: in an empty room, or when all work alone.
    """
    old = group_of(groups, seat.person)
    if old is not None:
        return groups, old.id
    if not groups or isinstance(form, Alone):
        if new in ids_used(groups):
            raise Refused("group_id_taken")
        return (*groups, Group(new, (seat.person,), free_table(groups))), new
    others = [one for one in seats if one.person != seat.person]
    costs = frictions([*others, seat], rules, met, of=[seat.person])
    best = best_group(groups, seat.person, costs, frozenset(present))
    return by_hand.join(groups, seat.person, best), best


def best_group(groups: Groups, person: PersonId, costs: Frictions, here: frozenset[PersonId]) -> GroupId:
    """Where one more person is most welcome. There must be a group."""
    return min(groups, key=lambda group: _welcome(group, person, costs, here)).id


def suggest_repairs(
    groups: Groups,
    present: Collection[PersonId],
    seats: Iterable[Seat] = (),
    rules: Rules | None = None,
    met: Meetings | None = None,
) -> tuple[Repair, ...]:
    """One for each group with one person left here, as long as there is anybody to join.

    Each can be applied on its own, or all in their order. Two who are alone become a pair if no hard rule forbids it;
    else the person joins the smallest group that fits.
    """
    here = frozenset(present)
    waiting = {company[0] for group in groups if len(company := [one for one in group.members if one in here]) == 1}
    costs = frictions(seats, rules or Rules(), met or Meetings(), of=waiting)
    hosts = {group.id: group for group in groups if not here.isdisjoint(group.members)}
    repairs: list[Repair] = []
    for group in sorted(groups, key=lambda group: group.table):
        if group.id not in hosts or len(hosts) == 1:
            continue
        lone = [person for person in hosts[group.id].members if person in here]
        if len(lone) != 1:
            continue
        guests = hosts.pop(group.id)
        into = best_group(tuple(hosts.values()), lone[0], costs, here)
        waits = sum(person in here for person in hosts[into].members) == 1
        repairs.append(Repair(lone[0], guests.id, into, "pair" if waits else "join"))
        hosts[into] = by_hand.merge((hosts[into], guests), into, guests.id)[0]
    return tuple(repairs)


def _welcome(
    group: Group, person: PersonId, costs: Frictions, here: frozenset[PersonId]
) -> tuple[bool, int, bool, int, int, int]:
    """The less, the better: somebody is here, no hard rule is broken, one waits alone, few, wishes, low number."""
    company = [one for one in group.members if one in here]
    known = [costs.index[one] for one in group.members if one in costs.index]
    newcomer = costs.index.get(person)
    cost = 0 if newcomer is None else costs.added(newcomer, known)
    return not company, cost // SAME_SCHOOL, len(company) != 1, len(group.members), cost, group.table
