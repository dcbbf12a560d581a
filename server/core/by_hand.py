"""What a moderator does to groups by hand: each act returns a whole new room, or refuses and changes nothing."""

from collections.abc import Collection

import msgspec

from server.core.groups import Group, Groups, find, free_table, group_of, ids_used
from server.core.messages import GroupId, PersonId, Refused


def move(groups: Groups, person: PersonId, to: GroupId) -> Groups:
    """The person takes the last turn in `to`; a group that becomes empty ends."""
    here, there = _group_of(groups, person), find(groups, to)
    if here.id == to:
        raise Refused("already_in_this_group")
    if len(here.members) == 2:
        raise Refused("somebody_would_be_alone", "exchange two people, or merge the two groups")
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
        host, members=host.members + guests.members, parts=(*host.parts, guests.id, *guests.parts)
    )
    return _with(groups, merged, msgspec.structs.replace(guests, members=()))


def split(groups: Groups, group: GroupId, new: GroupId, leaving: Collection[PersonId] | None = None) -> Groups:
    """Those `leaving`, or else the later half, sit down at the next free table as group `new`."""
    whole = find(groups, group)
    if new in ids_used(groups):
        raise Refused("group_id_taken")
    half = frozenset(whole.members[(len(whole.members) + 1) // 2 :] if leaving is None else leaving)
    if not half <= set(whole.members):
        raise Refused("not_in_this_group")
    if len(half) < 2 or len(whole.members) - len(half) < 2:
        raise Refused("somebody_would_be_alone", "a group of four is the smallest that can be split")
    stay = tuple(person for person in whole.members if person not in half)
    leave = tuple(person for person in whole.members if person in half)
    return (
        *_with(groups, msgspec.structs.replace(whole, members=stay)),
        Group(new, leave, free_table(groups)),
    )


def remove(groups: Groups, person: PersonId) -> Groups:
    """The person has left for good and the group goes on; who stays alone is found by `late.suggest_repairs`."""
    return _with(groups, _without(_group_of(groups, person), person))


def join(groups: Groups, person: PersonId, to: GroupId) -> Groups:
    """Somebody who sits nowhere yet takes the last turn in `to`."""
    if group_of(groups, person) is not None:
        raise Refused("already_in_a_group")
    return _with(groups, _and(find(groups, to), (person,)))


def _group_of(groups: Groups, person: PersonId) -> Group:
    group = group_of(groups, person)
    if group is None:
        raise Refused("not_in_a_group", f"person {person} sits nowhere")
    return group


def _without(group: Group, person: PersonId) -> Group:
    return msgspec.structs.replace(group, members=tuple(one for one in group.members if one != person))


def _and(group: Group, people: tuple[PersonId, ...]) -> Group:
    return msgspec.structs.replace(group, members=group.members + people)


def _exchange(group: Group, leaves: PersonId, comes: PersonId) -> Group:
    return msgspec.structs.replace(
        group, members=tuple(comes if person == leaves else person for person in group.members)
    )


def _with(groups: Groups, *changed: Group) -> Groups:
    new = {group.id: group for group in changed}
    return tuple(group for group in (new.get(old.id, old) for old in groups) if group.members)
