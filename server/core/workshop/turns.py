"""When people come to a table or go from it, its turns go on: nobody tells twice, and nobody is passed over."""

from collections.abc import Iterator

from msgspec.structs import replace

from server.core.activity import Progress
from server.core.groups import Group, Groups
from server.core.messages import Event, PersonId
from server.core.path import Turn
from server.core.workshop import events
from server.core.workshop.grounds import Grounds
from server.core.workshop.partners import groupings
from server.core.workshop.progress import standing
from server.core.workshop.state import PhaseRun, Timer, Workshop


class _Table:
    """The groups of one grouping before a change, and how far each person had come in the turns of the step."""

    def __init__(self, grounds: Grounds, run: PhaseRun, name: str) -> None:
        self.run = run
        self.steps = grounds.workshop.steps(run)
        self.name = name
        self.groups = {group.id: group for group in run.groups.get(name, ())}
        self.told = {person for group in self.groups.values() for person in self._told(group)}

    def turns(self, group: Group) -> tuple[Turn, ...]:
        """The turns of the step where the group stands, none in a step that is not for this grouping."""
        step = self.steps[min(standing(self.run, group.id).step, len(self.steps) - 1)]
        return step.turns.of_size(len(group.taking_part)) if step.groups == self.name else ()

    def now(self, group: Group) -> tuple[PersonId, str] | None:
        """Whose turn it is, and of which kind."""
        turns, at = self.turns(group), standing(self.run, group.id).turn
        return (_speaker(group, turns[at]), turns[at].kind) if at < len(turns) else None

    def spent(self, group: Group) -> dict[tuple[PersonId, str], int]:
        turns, spent = self.turns(group), standing(self.run, group.id).spent_ms
        return {(_speaker(group, turn), turn.kind): ms for turn, ms in zip(turns, spent, strict=False)}

    def _told(self, group: Group) -> list[PersonId]:
        turns, at = self.turns(group), standing(self.run, group.id).turn
        still = {_speaker(group, turn) for turn in turns[at:]}
        return [person for person in group.taking_part if turns and person not in still]


def _speaker(group: Group, turn: Turn) -> PersonId:
    return group.taking_part[turn.speaker % len(group.taking_part)]


def in_order(grounds: Grounds, run: PhaseRun, name: str, groups: Groups) -> Groups:
    """Where people came together in the middle of turns: first those who have told, then who tells now, then the rest.

    `run` still has the groups before the change.
    """
    table = _Table(grounds, run, name)
    return tuple(_ordered(table, group) for group in groups)


def _ordered(table: _Table, group: Group) -> Group:
    was = table.groups.get(group.id)
    if not table.turns(group) or (was is not None and set(group.members) <= set(was.members)):
        return group
    now = table.now(was) if was is not None else None
    telling = now[0] if now else None

    def place(person: PersonId) -> int:
        return 3 if person in group.absent else 0 if person in table.told else 1 if person == telling else 2

    return replace(group, members=tuple(sorted(group.members, key=place)))


def kept(grounds: Grounds, run: PhaseRun, name: str, groups: Groups, now_ms: int) -> Iterator[Event]:
    """Where each changed table goes on, and its clock. `run` still has the groups before the change."""
    table = _Table(grounds, run, name)
    for group in groups:
        was = table.groups.get(group.id)
        if was is not None and was.taking_part == group.taking_part:
            continue
        turns = table.turns(group)
        if turns or (was is not None and table.turns(was)):
            yield from _kept(grounds, table, was, group, turns, now_ms)


def kept_by_partners(grounds: Grounds, after: Workshop, now_ms: int) -> Iterator[Event]:
    """The same where people chose each other or parted, by the workshop `after`: their tables have followed by then."""
    run, changed = grounds.workshop.current, after.current
    if run is None or changed is None or run.id != changed.id:
        return
    for name in groupings(after, changed):
        if changed.groups[name] is not run.groups.get(name):
            yield from kept(grounds, run, name, changed.groups[name], now_ms)


def _kept(
    grounds: Grounds, table: _Table, was: Group | None, group: Group, turns: tuple[Turn, ...], now_ms: int
) -> Iterator[Event]:
    before = standing(table.run, group.id)
    telling = table.now(was) if was is not None else None
    at = _goes_on_at(group, turns, table.told, telling)
    goes_on = at < len(turns) and telling == (_speaker(group, turns[at]), turns[at].kind)
    spent = table.spent(was) if was is not None else {}
    progress = Progress(
        before.step,
        at,
        before.since_ms if goes_on else now_ms,
        tuple(spent.get((_speaker(group, turn), turn.kind), 0) for turn in turns[:at]),
    )
    if progress != before:
        yield events.TurnsKept(table.run.id, group.id, progress)
    workshop = grounds.workshop
    if table.run.id != workshop.at:
        return
    held, room = workshop.timers.get(group.id), workshop.timers.get("")
    planned_ms = int(turns[at].minutes * 60_000) if at < len(turns) else 0
    timer: Timer | None
    if goes_on and was is not None:
        old_ms = int(table.turns(was)[before.turn].minutes * 60_000)
        timer = held and _longer(held, planned_ms - old_ms)
    else:
        paused = room is not None and room.paused
        timer = Timer(planned_ms, 0 if paused else now_ms + planned_ms, planned_ms if paused else 0)
        timer = timer if planned_ms else None
    if timer != held:
        yield events.TimerSet(group.id, timer)


def _goes_on_at(
    group: Group, turns: tuple[Turn, ...], told: set[PersonId], telling: tuple[PersonId, str] | None
) -> int:
    """The turn that runs, if who has it is still there; else the first of somebody who has not told."""
    for at, turn in enumerate(turns):
        if telling == (_speaker(group, turn), turn.kind):
            return at
    return next((at for at, turn in enumerate(turns) if _speaker(group, turn) not in told), len(turns))


def _longer(timer: Timer, ms: int) -> Timer:
    """The clock of a turn that now has so much more or less time: what is over stays over."""
    total = max(0, timer.total_ms + ms)
    return Timer(total, 0, max(0, timer.left_ms + ms)) if timer.paused else Timer(total, timer.ends_ms + ms)
