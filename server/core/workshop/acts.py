"""The log of the moderators' own acts: each line names the people and tables that it was about."""

from collections.abc import Iterator, Mapping
from typing import Any

from server.core.groups import group_of
from server.core.messages import Act, Actor, Command
from server.core.workshop import commands as c
from server.core.workshop.people_commands import AdmitPeople, CloseSeat, KeepApart, KeepTogether, TakePlace
from server.core.workshop.state import PhaseRun, Workshop

UNLOGGED: frozenset[type[Command]] = frozenset({c.LookInto, c.WarnPhase, TakePlace, c.AnswerHelp})
"""Moderators' wishes too small for the log of their acts."""

MINUTE_MS = 60_000


def act_of(workshop: Workshop, scope: str, command: Command, actor: Actor, at_ms: int) -> Act | None:
    """The line for a wish as it is decided on this workshop, or None for what moderators did not do or is too small."""
    if not actor.is_staff or type(command) in UNLOGGED:
        return None
    said = {name: getattr(command, name) for name in command.__struct_fields__}
    phase = said.get("phase") or scope or None
    run = workshop.phase(phase) if phase else workshop.current
    detail = said.get("group") or said.get("person") or said.get("scope") or ""
    return Act(
        at_ms=at_ms,
        staff=actor.id,
        what=type(command).__name__,
        phase=phase,
        detail=_detail(command) or str(detail),
        people=tuple(_people(workshop, command, said)),
        tables=tuple(_tables(run, command, said)),
        number=_number(command),
    )


def _people(workshop: Workshop, command: Command, said: Mapping[str, Any]) -> Iterator[Any]:
    """Whoever the wish names, in the order in which it names them."""
    if isinstance(command, CloseSeat) and command.handover in workshop.handovers:
        yield workshop.handovers[command.handover].person
    for value in said.values():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, str) and one in workshop.people:
                yield one


def _tables(run: PhaseRun | None, command: Command, said: Mapping[str, Any]) -> Iterator[int]:
    """The tables that the wish names; where people are moved, those from which they go come first."""
    if isinstance(command, c.AssignTables):
        yield from command.tables
    if run is None:
        return
    if isinstance(command, c.MovePerson | c.SwapPeople):
        groups = run.groups.get(command.grouping, ())
        people = (command.person,) if isinstance(command, c.MovePerson) else (command.one, command.other)
        yield from (group.table for person in people if (group := group_of(groups, person)))
    by_id: Mapping[str, int] = {group.id: group.table for groups in run.groups.values() for group in groups}
    yield from (by_id[one] for one in said.values() if isinstance(one, str) and one in by_id)


def _detail(command: Command) -> str:
    """The one word more that a line needs: what was skipped or lifted, to whom something was said."""
    match command:
        case c.SkipPhase(skip=skip):
            return "out" if skip else "in"
        case KeepApart(keep=keep) | KeepTogether(keep=keep):
            return "" if keep else "lifted"
        case c.ChangeLife(life=life):
            return life
        case c.Announce(to=to):
            return to
        case c.FormGroups(grouping=grouping):
            return grouping
        case c.CutStep(step=step):
            return step
        case c.ChangeVariant(variant=variant):
            return variant
        case c.AssignTables(staff=staff) | c.WelcomeStaff(staff=staff):
            return staff
        case _:
            return ""


def _number(command: Command) -> int:
    """Minutes, people, a step or a turn (counted from 1), or the number of the act that was taken back."""
    match command:
        case AdmitPeople(people=people):
            return len(people)
        case c.ChangeMinutes(minutes=minutes):
            return minutes
        case c.AddTime(ms=ms) | c.StartTimer(ms=ms):
            return round(ms / MINUTE_MS)
        case c.MoveStep(step=at) | c.MoveTurn(turn=at):
            return at + 1
        case c.UndoAct(act=act):
            return act
        case _:
            return 0
