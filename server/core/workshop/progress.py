"""Where the room and each group stand inside a phase, and the clocks that follow from it."""

from collections.abc import Mapping

from msgspec.structs import replace

from server.core.activity import Progress
from server.core.messages import GroupId
from server.core.workshop.events import TurnMoved
from server.core.workshop.state import PhaseRun, Timer, Workshop, grouping_at


def standing(run: PhaseRun, group: GroupId | None = None) -> Progress:
    """Where a group stands: by itself when it has moved by itself, else with the room."""
    own = run.progress.get(group) if group else None
    return own or run.progress.get("") or Progress()


def moved_to_step(run: PhaseRun, step: int, at_ms: int, group: GroupId | None) -> PhaseRun:
    """With the room every group goes along, since a room of groups in different steps has no next step."""
    here = Progress(step=step, since_ms=at_ms)
    if group is None:
        return replace(run, progress={"": here})
    return replace(run, progress={**run.progress, group: here})


def moved_to_turn(run: PhaseRun, event: TurnMoved) -> PhaseRun:
    was = standing(run, event.group)
    spent = [*was.spent_ms, *[0] * (was.turn + 1 - len(was.spent_ms))] if was.step == event.step else [0]
    if was.step == event.step:
        spent[was.turn] += max(0, event.at_ms - was.since_ms)
    here = Progress(event.step, event.turn, event.at_ms, tuple(spent))
    return replace(run, progress={**run.progress, event.group: here})


def step_timers(workshop: Workshop, run: PhaseRun, at_ms: int) -> Mapping[str, Timer]:
    """The clocks after the room came to a step: the room's, and one for each group whose step has turns."""
    step = workshop.steps(run)[standing(run).step]
    room = {"": Timer(step.minutes * 60_000, at_ms + step.minutes * 60_000)} if step.minutes else {}
    return turn_timers(workshop, run, at_ms, room)


def turn_timers(
    workshop: Workshop, run: PhaseRun, at_ms: int, timers: Mapping[str, Timer], group: GroupId | None = None
) -> Mapping[str, Timer]:
    """`timers` and a clock for the turn of every group, or of this one, that has turns where it stands."""
    result = dict(timers)
    steps = workshop.steps(run)
    step = steps[min(standing(run, group).step, len(steps) - 1)]
    for one in grouping_at(run, step):
        if group is not None and one.id != group:
            continue
        turns = step.turns.of_size(len(one.members))
        turn = standing(run, one.id).turn
        result.pop(one.id, None)
        if turn < len(turns):
            total_ms = int(turns[turn].minutes * 60_000)
            result[one.id] = Timer(total_ms, at_ms + total_ms)
    return result
