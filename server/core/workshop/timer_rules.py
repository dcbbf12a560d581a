"""The clocks of the room and its groups: they warn and colour, and never take anything away from anybody."""

from collections.abc import Iterator

from server.core.messages import Actor, Context, Event, Refused
from server.core.workshop import commands, events
from server.core.workshop.grounds import Grounds
from server.core.workshop.state import Timer


def _timer(grounds: Grounds, scope: str) -> Timer:
    timer = grounds.workshop.timers.get(scope)
    if timer is None:
        raise Refused("no_timer", "start a timer first")
    return timer


def start(grounds: Grounds, command: commands.StartTimer, _actor: Actor, context: Context) -> Iterator[Event]:
    _known(grounds, command.scope)
    yield events.TimerSet(command.scope, Timer(command.ms, context.now_ms + command.ms))


def _known(grounds: Grounds, scope: str) -> None:
    run = grounds.workshop.current
    groups = [group.id for groups in run.groups.values() for group in groups] if run else []
    if scope and scope not in groups:
        raise Refused("no_such_group", f"group {scope} is not where the room is")


def pause(grounds: Grounds, command: commands.PauseTimer, _actor: Actor, context: Context) -> Iterator[Event]:
    timer = _timer(grounds, command.scope)
    if not command.scope:
        yield events.TimersPaused(True, context.now_ms)
    elif not timer.paused:
        yield events.TimerSet(command.scope, Timer(timer.total_ms, 0, max(0, timer.left(context.now_ms))))


def resume(grounds: Grounds, command: commands.ResumeTimer, _actor: Actor, context: Context) -> Iterator[Event]:
    timer = _timer(grounds, command.scope)
    if not command.scope:
        yield events.TimersPaused(False, context.now_ms)
    elif timer.paused:
        yield events.TimerSet(command.scope, Timer(timer.total_ms, context.now_ms + timer.left_ms))


def add(grounds: Grounds, command: commands.AddTime, _actor: Actor, context: Context) -> Iterator[Event]:
    """The room's minute is everybody's: in a step with turns each table's phone shows the clock of its turn."""
    if command.scope:
        yield events.TimerSet(command.scope, _timer(grounds, command.scope).with_more(command.ms, context.now_ms))
    elif grounds.workshop.timers:
        yield events.TimeAdded(command.ms, context.now_ms)
    else:
        _timer(grounds, "")


def stop(grounds: Grounds, command: commands.StopTimer, _actor: Actor, _context: Context) -> Iterator[Event]:
    _timer(grounds, command.scope)
    yield events.TimerSet(command.scope, None)
