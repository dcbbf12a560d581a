"""The fold of who sits where and of the clocks: groups, their places in the turns, and the time that each has."""

from msgspec.structs import replace

from server.core.activity import Progress
from server.core.workshop import events as e
from server.core.workshop.progress import turn_timers
from server.core.workshop.regrouping import chosen, with_groups
from server.core.workshop.state import Timer, Workshop


def placed(workshop: Workshop, event: e.PersonPlaced) -> Workshop:
    return with_groups(workshop, event.phase, event.grouping, event.groups, "late")


def turns_kept(workshop: Workshop, event: e.TurnsKept) -> Workshop:
    run = workshop.phase(event.phase)
    if run is None:
        return workshop
    return workshop.with_run(replace(run, progress={**run.progress, event.group: event.progress}))


def groups_formed(workshop: Workshop, event: e.GroupsFormed) -> Workshop:
    changed = with_groups(workshop, event.phase, event.grouping, event.groups, event.why)
    run = changed.phase(event.phase)
    if run is None or (event.why != "formed" and (event.follows or event.why != "by_hand")):
        return changed
    if event.why == "by_hand":
        return changed.with_run(replace(run, by_hand=run.by_hand | {event.grouping}))
    how = chosen(run, event.grouping, event.how)
    run = replace(run, by_hand=run.by_hand - {event.grouping}, how=how)
    changed = changed.with_run(run)
    if event.phase != workshop.at:
        return changed
    at_ms = event.at_ms or run.progress.get("", Progress()).since_ms
    return replace(changed, timers=turn_timers(changed, run, at_ms, changed.timers))


def timer_set(workshop: Workshop, event: e.TimerSet) -> Workshop:
    timers = {scope: timer for scope, timer in workshop.timers.items() if scope != event.scope}
    if event.timer is not None:
        timers[event.scope] = event.timer
    return replace(workshop, timers=timers)


def time_added(workshop: Workshop, event: e.TimeAdded) -> Workshop:
    timers = {scope: timer.with_more(event.ms, event.at_ms) for scope, timer in workshop.timers.items()}
    return replace(workshop, timers=timers)


def timers_paused(workshop: Workshop, event: e.TimersPaused) -> Workshop:
    def turned(timer: Timer) -> Timer:
        if timer.paused == event.paused:
            return timer
        if event.paused:
            return Timer(timer.total_ms, 0, max(0, timer.ends_ms - event.at_ms))
        return Timer(timer.total_ms, event.at_ms + timer.left_ms)

    return replace(workshop, timers={scope: turned(timer) for scope, timer in workshop.timers.items()})
