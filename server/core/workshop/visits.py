"""Other people's screens: what a moderator may see of them, and what stays with those who sat at a table that ended."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from server.core.activity import AnyActivity, Right, Scene
from server.core.groups import Group
from server.core.messages import Actor, GroupId, PageId, PersonId, StaffId
from server.core.products import Partnership, Product
from server.core.workshop.places import group_ids, places
from server.core.workshop.state import PhaseRun, Workshop


def is_invited(workshop: Workshop, group: GroupId) -> bool:
    """Whether somebody of the group has asked for a moderator on behalf of all: then what it shares may be seen."""
    return any(call.group == group and call.reason == "help" for call in workshop.help)


def groups_seen(workshop: Workshop, staff: StaffId) -> tuple[GroupId, ...]:
    """The groups whose screens a moderator looks at: the one looked into, or those of the person they look at."""
    looked = workshop.looking.get(staff)
    viewed = workshop.viewing.get(staff)
    run = workshop.current
    beside = places(run).get(viewed, {}).values() if run and viewed else ()
    return (*((looked,) if looked else ()), *(group.id for group in beside))


def invitations(workshop: Workshop) -> frozenset[tuple[StaffId, GroupId]]:
    """Who looks where they were asked to."""
    if not workshop.help:
        return frozenset()
    seen = ((who, group) for who in {*workshop.looking, *workshop.viewing} for group in groups_seen(workshop, who))
    return frozenset((who, group) for who, group in seen if is_invited(workshop, group))


def known_to_staff(products: Iterable[Product]) -> tuple[Product, ...]:
    """What a screen that is shown to a moderator may stand on: who became partners is on their board anyway."""
    return tuple(product for product in products if isinstance(product, Partnership))


def owned_by(pages: Iterable[PageId], group: GroupId) -> Iterator[PageId]:
    """The pages of a group carry its id as their last part."""
    return (page for page in pages if page.rpartition("/")[2] == group)


def former_tables(run: PhaseRun, person: PersonId) -> Iterator[tuple[str, Group]]:
    """The tables that ended and at which somebody sat, and those that were put together into theirs, by grouping."""
    for name, groups in run.ended.items():
        yield from ((name, group) for group in groups if person in group.members)
    alive = group_ids(run)
    for name, group in places(run).get(person, {}).items():
        for part in group.parts:
            if part not in alive:
                yield name, Group(part, group.members, group.table)


def pages_at(
    activity: AnyActivity, state: object, scene: Scene, grouping: str, group: Group, person: PersonId
) -> tuple[PageId, ...]:
    """The pages that belong to this group, asked of its activity as if it sat there still."""
    others = tuple(one for one in scene.groups.get(grouping, ()) if person not in one.members)
    there = replace(scene, groups={**scene.groups, grouping: (*others, group)})
    found = activity.documents(state, Actor("person", person), there)
    return tuple(owned_by(found, group.id))


def shared_pages(activity: AnyActivity, state: object, scene: Scene, group: Group) -> dict[PageId, Right]:
    """What a group writes together, for somebody whom it asked in: to read, never to write."""
    for person in group.members:
        found = activity.documents(state, Actor("person", person), scene)
        return dict.fromkeys(owned_by(found, group.id), "read")
    return {}


def group_in(run: PhaseRun, group: GroupId) -> Group | None:
    return next((one for groups in run.groups.values() for one in groups if one.id == group), None)
