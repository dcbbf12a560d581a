"""Where the room and each group stand inside a phase, and the clocks that follow from it."""

import functools
from collections.abc import Mapping

from msgspec.structs import replace

from server.core.activity import Progress
from server.core.messages import GroupId
from server.core.path import Step, Turns
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


def kept_minutes(workshop: Workshop, run: PhaseRun) -> int:
    """The minutes of the steps that are never cut: a phase cannot be shorter."""
    return sum(step.minutes for step in workshop.steps(run) if step.never_cut)


def pace(workshop: Workshop, run: PhaseRun, step: Step) -> float:
    """How much of its written time a step has when the minutes of its phase were changed; all of it when never cut."""
    if step.never_cut:
        return 1.0
    kept = kept_minutes(workshop, run)
    written = sum(one.minutes for one in workshop.steps(run)) - kept
    return max(0.0, run.minutes - kept) / written if written else 1.0


def step_timers(workshop: Workshop, run: PhaseRun, at_ms: int) -> Mapping[str, Timer]:
    """The clocks after the room came to a step: the room's, and one for each group whose step has turns."""
    steps = workshop.steps(run)
    step = steps[min(standing(run).step, len(steps) - 1)]
    total_ms = round(step.minutes * pace(workshop, run, step)) * 60_000
    room = {"": Timer(total_ms, at_ms + total_ms)} if total_ms else {}
    return room if step.turns == Turns() else turn_timers(workshop, run, at_ms, room)


def turn_timers(
    workshop: Workshop, run: PhaseRun, at_ms: int, timers: Mapping[str, Timer], group: GroupId | None = None
) -> Mapping[str, Timer]:
    """`timers` and a clock for the turn of every group, or of this one, that has turns where it stands."""
    result = dict(timers)
    steps = workshop.steps(run)
    step = steps[min(standing(run, group).step, len(steps) - 1)]
    share = pace(workshop, run, step)
    of_size = functools.cache(step.turns.of_size)
    for one in grouping_at(run, step):
        if group is not None and one.id != group:
            continue
        turns = of_size(len(one.taking_part))
        turn = standing(run, one.id).turn
        result.pop(one.id, None)
        if turn < len(turns):
            total_ms = round(turns[turn].minutes * share * 60) * 1_000
            result[one.id] = Timer(total_ms, at_ms + total_ms)
    return result
