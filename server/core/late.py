"""Who comes late has a place at once, who is left behind has company, and no table outgrows its form."""

from collections.abc import Collection, Iterable, Sequence

import msgspec

from server.core import by_hand
from server.core.forms import Alone, Form, Limits
from server.core.frictions import SAME_SCHOOL, Frictions, frictions
from server.core.grouping_rules import Rules
from server.core.groups import Group, Groups, Seat, find, free_table, group_of, ids_used
from server.core.meetings import Meetings
from server.core.messages import GroupId, PersonId, Refused


class Around(msgspec.Struct, frozen=True):
    """What a place depends on. Those `bound` are never asked to change tables: they have agreed on their company."""

    seats: tuple[Seat, ...]
    rules: Rules
    met: Meetings
    here: frozenset[PersonId]
    limits: Limits = Limits()
    bound: frozenset[PersonId] = frozenset()

    def costs(self, of: Collection[PersonId]) -> Frictions:
        return frictions(self.seats, self.rules, self.met, of=of)

    def company(self, group: Group) -> list[PersonId]:
        """Those who sit there and take part."""
        return [person for person in group.taking_part if person in self.here]


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
    limits: Limits = Limits(),  # noqa: B008 - frozen
    bound: frozenset[PersonId] = frozenset(),
) -> tuple[Groups, GroupId]:
    """The smallest group with which every rule holds, but first whoever is left alone; who has a place keeps it.

    Who was absent takes part again, in the same place while there is room. `new` names the group that is made when
    there is none to join: in an empty room, when all work alone, or when all tables are full. Then as few as the form
    needs come over to the new table, those who came last first.
    """
    own = group_of(groups, seat.person)
    if own is not None and seat.person not in own.absent:
        return groups, own.id
    if own is not None and limits.has_room(len(own.taking_part)):
        return by_hand.back(groups, seat.person), own.id
    if own is not None:
        groups = by_hand.remove(groups, seat.person)
    if not groups or isinstance(form, Alone):
        if new in ids_used(groups):
            raise Refused("group_id_taken")
        return (*groups, Group(new, (seat.person,), free_table(groups))), new
    others = [one for one in seats if one.person != seat.person]
    around = Around((*others, seat), rules, met, frozenset(present), limits, bound)
    return placed(groups, seat.person, around, around.costs([seat.person]), new)


def placed(groups: Groups, person: PersonId, around: Around, costs: Frictions, new: GroupId) -> tuple[Groups, GroupId]:
    """A place for somebody who sits nowhere, in a room with groups. `costs` knows the person's row."""
    with_room = [group for group in groups if around.limits.has_room(len(group.taking_part))]
    open_tables = [group for group in with_room if around.company(group)]
    best = best_group(open_tables, person, costs, around.here) if open_tables else None
    if best is None or _is_hard(find(groups, best), person, costs):
        made = _new_table(groups, person, around, new, willing=best is None)
        if made is not None:
            return made, new
    if best is None:
        seen = [group for group in groups if around.company(group)]
        best = best_group(seen or with_room or groups, person, costs, around.here)
    return by_hand.join(groups, person, best), best


def best_group(groups: Sequence[Group], person: PersonId, costs: Frictions, here: frozenset[PersonId]) -> GroupId:
    """Where one more person is most welcome. There must be a group."""
    return min(groups, key=lambda group: welcome(group, (person,), costs, here)).id


def with_company(groups: Groups, which: GroupId, around: Around) -> Groups:
    """A group that has become smaller than the form allows joins another, or somebody comes over to it.

    It stays as it is where there is no other way: two at a table of four are no pair who must be parted.
    """
    one, limits = find(groups, which), around.limits
    size = len(one.taking_part)
    if size >= limits.fewest or len(groups) == 1:
        return groups
    # Who is away and whose partner left would come back to an empty table.
    around = msgspec.structs.replace(around, here=around.here | set(one.taking_part))
    costs = around.costs(one.taking_part)
    others = [group for group in groups if group.id != which]
    hosts = [group for group in others if around.company(group)] or others
    roomy = [group for group in hosts if limits.has_room(len(group.taking_part), size)]
    if roomy:
        best = min(roomy, key=lambda group: welcome(group, one.taking_part, costs, around.here))
        return by_hand.merge(groups, best.id, which)
    fetched = _fetched(groups, one, around)
    if fetched is not None:
        return fetched
    spread = _spread(groups, one, around, costs)
    if spread is not None or size > 1:
        return groups if spread is None else spread
    return by_hand.merge(groups, best_group(hosts, one.taking_part[0], costs, around.here), which)


def all_with_company(groups: Groups, around: Around, lost: Collection[GroupId] = ()) -> Groups:
    """Nobody is alone, and no group that `lost` somebody is smaller than the form allows, as far as there is a way.

    Other groups that are small are so because somebody wanted it.
    """
    tried: set[GroupId] = set()
    while True:
        short = [
            group
            for group in groups
            if group.id not in tried and len(group.taking_part) < (around.limits.fewest if group.id in lost else 2)
        ]
        if not short:
            return groups
        first = min(short, key=lambda group: (len(group.taking_part), group.table))
        tried.add(first.id)
        groups = with_company(groups, first.id, around)


def welcome(
    group: Group, people: Sequence[PersonId], costs: Frictions, here: frozenset[PersonId]
) -> tuple[bool, int, bool, int, int, int]:
    """The less, the better: somebody is here, no hard rule is broken, one waits alone, few, wishes, low number."""
    company = [one for one in group.taking_part if one in here]
    known = [costs.index[one] for one in group.members if one in costs.index]
    cost = sum(costs.added(costs.index[one], known) for one in people if one in costs.index)
    return not company, cost // SAME_SCHOOL, len(company) != 1, len(group.taking_part), cost, group.table


def _is_hard(group: Group, person: PersonId, costs: Frictions) -> bool:
    known = [costs.index[one] for one in group.members if one in costs.index]
    return costs.added(costs.index[person], known) >= SAME_SCHOOL


def _new_table(groups: Groups, person: PersonId, around: Around, new: GroupId, *, willing: bool) -> Groups | None:
    """The person and as few others as a group needs at a table of their own; None when nobody can be spared.

    Unless `willing`, only when no hard rule is broken by it.
    """
    if around.limits.most is None:
        return None
    circle, rest, hard = [person], groups, False
    while len(circle) < around.limits.fewest:
        found = _spared(rest, circle, around)
        if found is None:
            return None
        comes, breaks = found
        hard = hard or breaks
        rest = by_hand.remove(rest, comes)
        circle.insert(len(circle) - 1, comes)
    if hard and not willing:
        return None
    if new in ids_used(groups):
        raise Refused("group_id_taken")
    return (*rest, Group(new, tuple(circle), free_table(rest)))


def _fetched(groups: Groups, one: Group, around: Around) -> Groups | None:
    """As many come over to this group as it lacks; None when they cannot be spared."""
    circle = list(one.taking_part)
    while len(circle) < around.limits.fewest:
        found = _spared(tuple(group for group in groups if group.id != one.id), circle, around)
        if found is None:
            return None
        groups = by_hand.move(groups, found[0], one.id)
        circle.append(found[0])
    return groups


def _spared(groups: Groups, circle: Sequence[PersonId], around: Around) -> tuple[PersonId, bool] | None:
    """Who comes over to this circle, and whether a hard rule is broken by it: the last of the largest groups first.

    Nobody who is here stays behind alone, and no group falls below what the form allows.
    """
    costs = around.costs(circle)
    inside = [costs.index[person] for person in circle]

    def unwelcome(group: Group, person: PersonId) -> tuple[int, int, bool, int, int]:
        cost = costs.met_by(inside, costs.index[person])
        return cost // SAME_SCHOOL, -len(group.taking_part), person != group.taking_part[-1], cost, group.table

    free = [
        (unwelcome(group, person), person)
        for group in groups
        if len(group.taking_part) > around.limits.fewest and len(around.company(group)) > 2
        for person in around.company(group)
        if person not in around.bound and person in costs.index
    ]
    if not free:
        return None
    key, person = min(free)
    return person, key[0] > 0


def _spread(groups: Groups, one: Group, around: Around, costs: Frictions) -> Groups | None:
    """Its people go to other tables, one by one; None when not everybody finds room there."""
    for person in one.taking_part:
        groups = by_hand.remove(groups, person)
        roomy = [group for group in groups if group.id != one.id and around.limits.has_room(len(group.taking_part))]
        if not roomy:
            return None
        groups = by_hand.join(groups, person, best_group(roomy, person, costs, around.here))
    return groups
