"""Where the room is: phases, steps and turns; a phase is a mask over the content, so no move destroys anything."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from server.core.groups import Groups
from server.core.messages import Actor, Context, Event, PhaseId, Refused
from server.core.workshop import by_name, commands, events, group_rules, people_rules
from server.core.workshop.grounds import Grounds, own_group
from server.core.workshop.progress import standing
from server.core.workshop.seating import Seating
from server.core.workshop.state import UNDO_MS, PhaseRun

NOTHING_SEEN: Final[Mapping[str, Groups]] = {}


def move_room(grounds: Grounds, command: commands.MoveRoom, actor: Actor, context: Context) -> Iterator[Event]:
    workshop = grounds.workshop
    run = grounds.run(command.phase)
    if workshop.at != command.left:
        raise Refused("moved_meanwhile", "somebody else has moved the room; look where it is now")
    if workshop.at == command.phase:
        raise Refused("already_here")
    moved = events.RoomMoved(run.id, workshop.at, context.now_ms, actor.id or actor.role)
    yield from _opening(grounds, moved, run.id, context, always=True, seen=command.groups)
    if workshop.life == "follow_up" and not run.between:
        # The next meeting has begun: nobody may read on that the meeting is over.
        yield events.LifeChanged("live", context.now_ms)


def _opening(
    grounds: Grounds,
    opened: Event,
    phase: PhaseId,
    context: Context,
    *,
    always: bool,
    seen: Mapping[str, Groups] = NOTHING_SEEN,
) -> Iterator[Event]:
    """What follows when people come (back) to a phase: its groups with who is there now, and those that are missing."""
    yield opened
    grounds = grounds.after(opened)
    for event in people_rules.places_again(grounds, phase, context):
        yield event
        grounds = grounds.after(event)
    for event in _seen(grounds, phase, seen, context):
        yield event
        grounds = grounds.after(event)
    run = grounds.run(phase)
    if always or not run.groups:
        yield from _groups_for(grounds, run, standing(run).step, context)


def _seen(grounds: Grounds, phase: PhaseId, seen: Mapping[str, Groups], context: Context) -> Iterator[Event]:
    """Exactly the groups that the moderator saw, where there are none yet."""
    if not seen:
        return
    seating = Seating(grounds, grounds.run(phase), context, grounds.here(context))
    for name, groups in seen.items():
        by_name.grouping(grounds, seating.run, name)
        if groups and not seating.groups(name):
            yield from seating.seen(name, groups)


def _groups_for(grounds: Grounds, run: PhaseRun, step: int, context: Context) -> Iterator[Event]:
    """The groups of the step, and at a phase's first step all that do not depend on what people will answer."""
    formed = dict(run.groups)
    wanted = [name for name, spec in grounds.workshop.spec(run).groups.items() if spec.form != "answers"]
    steps = grounds.workshop.steps(run)
    names = [*wanted, steps[min(step, len(steps) - 1)].groups]
    for name in names:
        if name not in grounds.workshop.spec(run).groups or formed.get(name):
            continue
        needing = next((number for number, one in enumerate(steps) if one.groups == name), None)
        if needing is None:
            continue
        for _ in range(2):
            now = replace(run, groups=formed)
            for event in group_rules.unformed(grounds, now, needing, context):
                assert isinstance(event, events.GroupsFormed)
                formed[event.grouping] = event.groups
                yield event


def undo_move(grounds: Grounds, _command: commands.UndoMove, _actor: Actor, context: Context) -> Iterator[Event]:
    before = grounds.workshop.before
    if before is None:
        raise Refused("nothing_to_undo")
    if context.now_ms - before.moved_ms > UNDO_MS:
        raise Refused("too_late_to_undo", "go back to the phase instead; nothing in it was lost")
    undone = events.MoveUndone(context.now_ms)
    yield undone
    if before.life is not None and before.life != grounds.workshop.life:
        yield events.LifeChanged(before.life, context.now_ms)
    if before.at is not None:
        yield from people_rules.places_again(grounds.after(undone), before.at, context)


def open_phase(grounds: Grounds, command: commands.OpenPhase, _actor: Actor, context: Context) -> Iterator[Event]:
    run = grounds.run(command.phase)
    if run.is_open:
        return
    opened = events.PhaseOpened(run.id, context.now_ms)
    yield from _opening(grounds, opened, run.id, context, always=False)


def close_phase(grounds: Grounds, command: commands.ClosePhase, _actor: Actor, context: Context) -> Iterator[Event]:
    run = grounds.run(command.phase)
    if run.is_open:
        yield events.PhaseClosed(run.id, context.now_ms)


def skip_phase(grounds: Grounds, command: commands.SkipPhase, _actor: Actor, _context: Context) -> Iterator[Event]:
    run = grounds.run(command.phase)
    if command.skip and run.id == grounds.workshop.at:
        raise Refused("room_is_here", "move the room on first")
    if run.skipped != command.skip:
        yield events.PhaseSkipped(run.id, command.skip)


def move_step(grounds: Grounds, command: commands.MoveStep, actor: Actor, context: Context) -> Iterator[Event]:
    run = grounds.run(command.phase)
    if command.group is None and not (actor.is_staff or actor.role == "host"):
        raise Refused("not_allowed", "the moderator moves the room")
    if command.group is not None:
        own_group(run, command.group, actor)
    if command.step >= len(grounds.workshop.steps(run)):
        raise Refused("no_such_step")
    was = standing(run, command.group)
    if was.step != command.left:
        raise Refused("moved_meanwhile", "somebody else has moved on; look where you are now")
    if was.step == command.step:
        return
    yield events.StepMoved(run.id, command.step, context.now_ms, command.group)
    if command.group is None:
        yield from _groups_for(grounds, run, command.step, context)


def move_turn(grounds: Grounds, command: commands.MoveTurn, actor: Actor, context: Context) -> Iterator[Event]:
    run = grounds.run(command.phase)
    group = own_group(run, command.group, actor)
    was = standing(run, group.id)
    if was.turn != command.left:
        raise Refused("moved_meanwhile", "somebody of your group has moved on; look where you are now")
    step = grounds.workshop.steps(run)[was.step]
    if command.turn > len(step.turns.of_size(len(group.taking_part))):
        raise Refused("no_such_turn")
    if was.turn != command.turn:
        yield events.TurnMoved(run.id, group.id, was.step, command.turn, context.now_ms)


def change_minutes(
    grounds: Grounds, command: commands.ChangeMinutes, _actor: Actor, context: Context
) -> Iterator[Event]:
    run = grounds.run(command.phase)
    if run.minutes != command.minutes:
        yield events.MinutesChanged(run.id, command.minutes, context.now_ms)


def change_order(grounds: Grounds, command: commands.ChangeOrder, _actor: Actor, _context: Context) -> Iterator[Event]:
    workshop = grounds.workshop
    now = tuple(run.id for run in workshop.phases)
    if sorted(command.phases) != sorted(now):
        raise Refused("incomplete_order", "name every phase of the workshop once")
    begun = {run.id for run in workshop.phases if run.opened_ms}
    if [p for p in command.phases if p in begun] != [p for p in now if p in begun]:
        raise Refused("past_is_past", "only phases that have not begun can change places")
    _check_dependencies(grounds, command.phases)
    if command.phases != now:
        yield events.OrderChanged(command.phases)


def _check_dependencies(grounds: Grounds, order: tuple[PhaseId, ...]) -> None:
    """Groups "as in phase N" need phase N first."""
    place = {phase: number for number, phase in enumerate(order)}
    for run in grounds.workshop.phases:
        for spec in grounds.workshop.spec(run).groups.values():
            if spec.form == "same" and place.get(PhaseId(spec.phase), -1) > place[run.id]:
                raise Refused("needs_earlier_phase", f"{run.id} works in the groups of {spec.phase}")


def warn(grounds: Grounds, command: commands.WarnPhase, _actor: Actor, _context: Context) -> Iterator[Event]:
    run = grounds.run(command.phase)
    if run.id == grounds.workshop.at and run.status in ("open", "reopened"):
        yield events.PhaseWarned(run.id)


def change_life(grounds: Grounds, command: commands.ChangeLife, _actor: Actor, context: Context) -> Iterator[Event]:
    if grounds.workshop.life == "erased":
        raise Refused("erased")
    if grounds.workshop.life != command.life:
        yield events.LifeChanged(command.life, context.now_ms)


def rename(grounds: Grounds, command: commands.RenameWorkshop, _actor: Actor, _context: Context) -> Iterator[Event]:
    if grounds.workshop.title != command.title:
        yield events.WorkshopRenamed(command.title)
