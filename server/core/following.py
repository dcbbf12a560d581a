"""Circles of whole groups go along when these groups change: no pair is split over two circles."""

from collections.abc import Callable, Collection, Sequence

import msgspec

from server.core.by_hand import seated
from server.core.groups import Group, Groups, free_table
from server.core.messages import GroupId, PersonId

Name = Callable[[], GroupId]

FULL = 6
"""People in a circle of merged pairs (domain: one six); a group that is looking for a circle passes a fuller one by."""
TOO_BIG = 8
"""From here on a circle is taken apart (domain: eight is too big); one more than full is left in peace."""
SMALLEST = 3
"""So many are a circle of their own."""


class _Circle(msgspec.Struct):
    """A circle while it is being put together: what it was, and the groups that sit in it now."""

    was: Group | None
    units: list[Group]

    @property
    def people(self) -> int:
        return sum(len(unit.taking_part) for unit in self.units)

    def has_room(self, unit: Group, together: int) -> bool:
        return len(self.units) <= together and self.people + len(unit.taking_part) <= FULL


def follow(
    base: Groups, circles: Groups, together: int, here: Collection[PersonId], name: Name, *, closed: bool = False
) -> Groups:
    """The circles of these groups, `together` to a circle or one more or less, with as few changes as there can be.

    `name` gives the id of a new circle. Who is away and was in no circle is in none now: they find their group there
    when they come back. Circles that have nothing to do with these groups stay as they are. `closed`: nobody joins
    these groups, so that one that sits by itself is a circle of its own, which others may join.
    """
    ids = {unit.id for unit in base}
    known = {person for circle in circles for person in circle.members} | set(here)
    base = tuple(one for unit in base if (one := _with_known(unit, known)).taking_part)
    if not any(ids & {circle.id, *circle.parts} for circle in circles):
        return circles
    tables = [_Circle(circle, _inside(base, circle)) for circle in circles]
    homed = {unit.id for table in tables for unit in table.units}
    tables = [table for table in tables if table.units]
    seeking = [unit for unit in base if unit.id not in homed]
    for table in tables:
        seeking += _left_over(table)
    for unit in seeking:
        _seat(unit, tables, together)
    _join_the_lone(tables, together)
    result: Groups = ()
    for table in sorted(tables, key=lambda one: (one.was is None, _table(one.was))):
        elsewhere = ids - {unit.id for unit in table.units}
        result = (*result, _formed(table, result, elsewhere, name, closed=closed))
    return tuple(sorted((circle for circle in result if circle.taking_part), key=_table))


def _with_known(unit: Group, known: Collection[PersonId]) -> Group:
    return seated(unit, tuple(person for person in unit.members if person in known))


def _table(circle: Group | None) -> int:
    return circle.table if circle is not None else 0


def _inside(base: Groups, circle: Group) -> list[Group]:
    """A group that took in another may have come from two circles: it is where its own name is."""
    return [unit for unit in base if unit.id == circle.id or unit.id in circle.parts]


def _left_over(table: _Circle) -> list[Group]:
    """The groups that a circle lets go because it has become too big; both sides are still circles afterwards."""
    gone: list[Group] = []
    while table.people >= TOO_BIG and len(table.units) > 1:
        rest = table.people - SMALLEST
        large = [unit for unit in table.units if SMALLEST <= len(unit.taking_part) <= rest]
        if not large:
            break
        table.units.remove(large[-1])
        gone.append(large[-1])
    return gone


def _seat(unit: Group, tables: list[_Circle], together: int) -> None:
    """A group that looks for a circle: where its people were, with one that waits for company, or where there is
    room; else at a table of its own, with a group from a circle that can spare one."""
    if not tables or together == 1:
        tables.append(_Circle(None, [unit]))
        return
    known = [one for one in tables if one.was is not None and set(unit.members) & set(one.was.members)]
    roomy = [one for one in (known[:1] or tables) if one.has_room(unit, together)]
    roomy = roomy or [one for one in tables if one.has_room(unit, together)]
    if roomy:
        min(roomy, key=lambda one: (len(one.units), one.people)).units.append(unit)
        return
    comes = _spared(tables, together + 1)
    if comes is None and len(unit.taking_part) < SMALLEST:
        comes = _spared(tables, 2)
    if comes is not None:
        tables.append(_Circle(None, [comes, unit]))
    elif len(unit.taking_part) >= SMALLEST:
        tables.append(_Circle(None, [unit]))
    else:
        min(tables, key=lambda one: one.people).units.append(unit)


def _spared(tables: list[_Circle], of: int) -> Group | None:
    """The last group that a circle of so many can spare and still be one, from the fullest."""
    for table in sorted(tables, key=lambda one: -one.people):
        for unit in reversed(table.units) if len(table.units) >= of else ():
            if table.people - len(unit.taking_part) >= SMALLEST:
                table.units.remove(unit)
                return unit
    return None


def _join_the_lone(tables: list[_Circle], together: int) -> None:
    """A pair that is the only one in its circle joins another."""
    for lone in [one for one in tables if len(one.units) == 1 and one.people < SMALLEST]:
        if together > 1 and len(tables) > 1 and lone in tables and len(lone.units) == 1:
            tables.remove(lone)
            _seat(lone.units[0], tables, together)


def _formed(table: _Circle, beside: Groups, elsewhere: Collection[GroupId], name: Name, *, closed: bool) -> Group:
    """Those who were there keep their order and their turns; who comes with a group is last."""
    ours = [person for unit in table.units for person in unit.members]
    before: Sequence[PersonId] = table.was.members if table.was is not None else ()
    members = (*(one for one in before if one in ours), *(one for one in ours if one not in before))
    absent = tuple(person for unit in table.units for person in unit.absent if person in members)
    units = tuple(unit.id for unit in table.units)
    was = table.was
    # A part that sits elsewhere now would be in two circles at the next change.
    earlier = tuple(part for part in was.parts if part not in elsewhere) if was is not None else ()
    if was is not None and (was.id not in units or len(units) == 1):
        parts = tuple(dict.fromkeys((*earlier, *(one for one in units if one != was.id))))
        return msgspec.structs.replace(seated(was, members), parts=parts, absent=absent)
    # A circle that bore the name of its only group would open that group's page to the others.
    place = was.table if was is not None else free_table(beside)
    alone = len(units) == 1 and not closed
    id_ = units[0] if alone else name()
    parts = () if alone else tuple(dict.fromkeys((*earlier, *units)))
    return Group(id_, members, place, parts, absent)
