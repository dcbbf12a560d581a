"""Who runs the room beside the moderator, which tables are theirs, and what they may do there."""

from collections.abc import Iterator, Mapping

from server.core.groups import Group
from server.core.messages import WORKSHOP, Actor, Command, Context, Event, PersonId, Refused, StaffId
from server.core.workshop import commands, events
from server.core.workshop.grounds import Grounds
from server.core.workshop.people_commands import AdmitPerson, TakePlace
from server.core.workshop.places import places
from server.core.workshop.progress import standing
from server.core.workshop.state import Workshop

MOST_STAFF = 40


def welcome(grounds: Grounds, command: commands.WelcomeStaff, _actor: Actor, _context: Context) -> Iterator[Event]:
    staff = grounds.workshop.staff
    if command.role not in ("moderator", "co_moderator"):
        raise Refused("not_allowed", "only moderators and co-moderators run the room")
    if command.staff not in staff and len(staff) >= MOST_STAFF:
        raise Refused("full", f"at most {MOST_STAFF} people run a room")
    # Also when nothing is new: the name may have changed, and every screen must hear of it.
    yield events.StaffWelcomed(command.staff, command.role)


def assign(grounds: Grounds, command: commands.AssignTables, _actor: Actor, _context: Context) -> Iterator[Event]:
    if grounds.workshop.staff.get(command.staff) != "co_moderator":
        raise Refused("no_such_staff", "tables are given to co-moderators")
    tables = tuple(sorted(set(command.tables)))
    if grounds.workshop.tables.get(command.staff, ()) != tables:
        yield events.TablesAssigned(command.staff, tables)


def check(workshop: Workshop, command: Command, actor: Actor, scope: str = WORKSHOP) -> None:
    """Raises `Refused` for what touches another table than those of a co-moderator who was given some."""
    mine = workshop.tables.get(StaffId(actor.id), ())
    if not mine:
        return
    if isinstance(command, AdmitPerson | TakePlace | commands.UndoAct):
        return
    if isinstance(command, commands.LookInto) and command.group is None and command.person is None:
        return
    touched = _touched(workshop, command, scope)
    if touched is None or not touched <= set(mine):
        raise Refused("not_your_group", "this is not only at the tables that you look after; ask the moderator")


def _touched(workshop: Workshop, command: Command, scope: str) -> set[int] | None:
    """The tables that a wish is about; None when it is about the whole room."""
    said = {"phase": scope, **{name: getattr(command, name) for name in command.__struct_fields__}}
    named = [one for value in said.values() for one in (value if isinstance(value, tuple) else (value,))]
    groups = _groups(workshop, said.get("phase"))
    found = [groups[one] for one in named if isinstance(one, str) and one in groups]
    people = [PersonId(one) for one in named if isinstance(one, str) and one in workshop.people]
    tables = {group.table for group in found}
    for person in people:
        where = _table_of(workshop, said, person)
        if where is None:
            return None
        tables.add(where)
    return tables or None


def _groups(workshop: Workshop, phase: object) -> Mapping[str, Group]:
    """Of the phase that the wish names; else of all, the one where the room is last."""
    named = workshop.phase(phase) if isinstance(phase, str) else None
    current = workshop.current
    runs = (named,) if named else (*workshop.phases, *((current,) if current else ()))
    return {group.id: group for run in runs for groups in run.groups.values() for group in groups}


def _table_of(workshop: Workshop, said: Mapping[str, object], person: PersonId) -> int | None:
    """Where somebody sits in the grouping that the wish names, else where they work now; None: nowhere."""
    phase, grouping = said.get("phase"), said.get("grouping")
    run = (workshop.phase(phase) if isinstance(phase, str) else None) or workshop.current
    if run is None:
        return None
    if not isinstance(grouping, str):
        steps = workshop.steps(run)
        grouping = steps[min(standing(run).step, len(steps) - 1)].groups
    found = places(run).get(person, {})
    group = found.get(grouping) or next(iter(found.values()), None)
    return group.table if group else None
