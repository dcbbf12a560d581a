"""What the plan of the day is after a change of it; content and groups are not touched."""

from msgspec.structs import replace

from server.core.workshop import events as e
from server.core.workshop.state import Workshop


def skipped(workshop: Workshop, event: e.PhaseSkipped) -> Workshop:
    run = workshop.phase(event.phase)
    return workshop if run is None else workshop.with_run(replace(run, skipped=event.skip))


def minutes(workshop: Workshop, event: e.MinutesChanged) -> Workshop:
    run = workshop.phase(event.phase)
    if run is None:
        return workshop
    return workshop.with_run(replace(run, minutes=event.minutes))


def variant(workshop: Workshop, event: e.VariantChanged) -> Workshop:
    run = workshop.phase(event.phase)
    if run is None or event.variant not in workshop.spec(run).variants:
        return workshop
    return workshop.with_run(replace(run, variant=event.variant, minutes=event.minutes, without=()))


def step_cut(workshop: Workshop, event: e.StepCut) -> Workshop:
    run = workshop.phase(event.phase)
    if run is None:
        return workshop
    without = tuple(step for step in run.without if step != event.step)
    without = (*without, event.step) if event.cut else without
    return workshop.with_run(replace(run, without=without, minutes=event.minutes))


def order(workshop: Workshop, event: e.OrderChanged) -> Workshop:
    place = {phase: number for number, phase in enumerate(event.phases)}
    ordered = sorted(workshop.phases, key=lambda run: place.get(run.id, len(place)))
    return replace(workshop, phases=tuple(ordered))
