"""What a moderator does to groups by hand: each act returns a whole new room, or refuses and changes nothing."""

from collections.abc import Collection

import msgspec

from server.core.groups import Group, Groups, find, free_table, group_of, ids_used
from server.core.messages import GroupId, PersonId, Refused


def move(groups: Groups, person: PersonId, to: GroupId) -> Groups:
    """The person takes the last turn in `to`; a group in which nobody is left to take part ends."""
    here, there = _group_of(groups, person), find(groups, to)
    if here.id == to:
        raise Refused("already_in_this_group")
    if len(here.taking_part) == 2 and person in here.taking_part:
        raise Refused("somebody_would_be_alone", "exchange two people, or merge the two groups")
    if here.taking_part == (person,) and here.absent:
        # Who is absent would come back to a table that is no longer there.
        return merge(groups, to, here.id)
    return _with(groups, _without(here, person), _and(there, (person,)))


def swap(groups: Groups, one: PersonId, other: PersonId) -> Groups:
    """Each takes the other's place and turn."""
    here, there = _group_of(groups, one), _group_of(groups, other)
    if here.id == there.id:
        raise Refused("already_in_this_group")
    return _with(groups, _exchange(here, one, other), _exchange(there, other, one))


def merge(groups: Groups, into: GroupId, other: GroupId) -> Groups:
    """`into` goes on at its table and remembers `other` as a part; `other` ends."""
    if into == other:
        raise Refused("already_in_this_group")
    host, guests = find(groups, into), find(groups, other)
    merged = msgspec.structs.replace(
        host,
        members=host.members + guests.members,
        parts=(*host.parts, guests.id, *guests.parts),
        absent=host.absent + guests.absent,
    )
    return _with(groups, merged, msgspec.structs.replace(guests, members=(), absent=()))


def split(groups: Groups, group: GroupId, new: GroupId, leaving: Collection[PersonId] | None = None) -> Groups:
    """Those `leaving`, or else the later half, sit down at the next free table as group `new`."""
    whole = find(groups, group)
    if new in ids_used(groups):
        raise Refused("group_id_taken")
    working = whole.taking_part
    half = frozenset(working[(len(working) + 1) // 2 :] if leaving is None else leaving)
    if not half <= set(whole.members):
        raise Refused("not_in_this_group")
    if min(len(half.intersection(working)), len(working) - len(half.intersection(working))) < 2:
        raise Refused("somebody_would_be_alone", "a group of four is the smallest that can be split")
    stay = seated(whole, tuple(person for person in whole.members if person not in half))
    leave = seated(whole, tuple(person for person in whole.members if person in half))
    return (*_with(groups, stay), Group(new, leave.members, free_table(groups), absent=leave.absent))


def remove(groups: Groups, person: PersonId) -> Groups:
    """The person has left for good and the group goes on; who stays alone is taken in by `late.with_company`."""
    return _with(groups, _without(_group_of(groups, person), person))


def join(groups: Groups, person: PersonId, to: GroupId) -> Groups:
    """Somebody who sits nowhere yet takes the last turn in `to`."""
    if group_of(groups, person) is not None:
        raise Refused("already_in_a_group")
    return _with(groups, _and(find(groups, to), (person,)))


def back(groups: Groups, person: PersonId) -> Groups:
    """Who was absent takes part again, in the same place."""
    own = _group_of(groups, person)
    return _with(groups, msgspec.structs.replace(own, absent=tuple(one for one in own.absent if one != person)))


def not_waited_for(groups: Groups, group: GroupId, gone: Collection[PersonId]) -> Groups:
    """Those `gone` of a group keep their place in it, and its turns go on without them."""
    one = find(groups, group)
    absent = tuple(person for person in one.members if person in gone or person in one.absent)
    return _with(groups, msgspec.structs.replace(one, absent=absent))


def seated(group: Group, members: tuple[PersonId, ...]) -> Group:
    """The group with these members; who is absent and one of them stays so."""
    return msgspec.structs.replace(
        group, members=members, absent=tuple(person for person in group.absent if person in members)
    )


def _group_of(groups: Groups, person: PersonId) -> Group:
    group = group_of(groups, person)
    if group is None:
        raise Refused("not_in_a_group", f"person {person} sits nowhere")
    return group


def _without(group: Group, person: PersonId) -> Group:
    return seated(group, tuple(one for one in group.members if one != person))


def _and(group: Group, people: tuple[PersonId, ...]) -> Group:
    return seated(group, group.members + people)


def _exchange(group: Group, leaves: PersonId, comes: PersonId) -> Group:
    return seated(group, tuple(comes if person == leaves else person for person in group.members))


def _with(groups: Groups, *changed: Group) -> Groups:
    new = {group.id: group for group in changed}
    return tuple(group for group in (new.get(old.id, old) for old in groups) if group.taking_part)
