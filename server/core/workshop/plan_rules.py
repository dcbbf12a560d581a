"""Winning time back: shorter forms, steps left out, a delay shared by all; what must never be cut is never cut."""

from collections.abc import Iterator

from server.core.messages import Actor, Context, Event, PhaseId, Refused
from server.core.workshop import commands, events
from server.core.workshop.grounds import Grounds
from server.core.workshop.progress import kept_minutes, standing
from server.core.workshop.state import PhaseRun


def change_variant(
    grounds: Grounds, command: commands.ChangeVariant, _actor: Actor, _context: Context
) -> Iterator[Event]:
    run = grounds.run(command.phase)
    spec = grounds.workshop.spec(run)
    wanted = spec.variants.get(command.variant)
    if wanted is None:
        raise Refused("no_such_variant", f"phase {run.id} comes in {', '.join(spec.variants)}")
    if run.opened_ms:
        raise Refused("past_is_past", "a phase that has begun keeps its steps; leave single steps out instead")
    still = {step.id for step in wanted.steps}
    missing = [step.id for step in grounds.workshop.variant(run).steps if step.never_cut and step.id not in still]
    if missing:
        raise Refused("never_cut", f"this length has no {', '.join(missing)}")
    if run.variant != command.variant:
        yield events.VariantChanged(run.id, command.variant, wanted.minutes)


def cut_step(grounds: Grounds, command: commands.CutStep, _actor: Actor, _context: Context) -> Iterator[Event]:
    run = grounds.run(command.phase)
    steps = grounds.workshop.variant(run).steps
    place = next((at for at, step in enumerate(steps) if step.id == command.step), None)
    if place is None:
        raise Refused("no_such_step")
    step = steps[place]
    if (command.step in run.without) == command.cut:
        return
    if step.never_cut:
        raise Refused("never_cut", "this step is what the phase is for")
    if place <= _reached(grounds, run):
        raise Refused("past_is_past", "somebody is in this step, or past it")
    if command.cut and len(grounds.workshop.steps(run)) == 1:
        raise Refused("last_step", "leave the whole phase out instead")
    minutes = run.minutes - step.minutes if command.cut else run.minutes + step.minutes
    yield events.StepCut(run.id, command.step, command.cut, max(0, minutes))


def _reached(grounds: Grounds, run: PhaseRun) -> int:
    """The last step, counted among all of the phase, that the room or a group has come to; -1 before it begins."""
    if not run.opened_ms:
        return -1
    here = grounds.workshop.steps(run)
    at = max((one.step for one in run.progress.values()), default=standing(run).step)
    step = here[min(at, len(here) - 1)]
    return grounds.workshop.variant(run).steps.index(step)


def share_delay(grounds: Grounds, command: commands.ShareDelay, _actor: Actor, context: Context) -> Iterator[Event]:
    for phase, minutes in command.minutes.items():
        run = grounds.run(phase)
        if run.status == "closed" and run.id != grounds.workshop.at:
            raise Refused("past_is_past", f"{run.id} is over")
        floor = kept_minutes(grounds.workshop, run)
        if minutes < floor:
            raise Refused("never_cut", f"{run.id} needs {floor} minutes for what is never cut")
    for phase, minutes in command.minutes.items():
        if grounds.run(phase).minutes != minutes:
            yield events.MinutesChanged(PhaseId(phase), minutes, context.now_ms)
