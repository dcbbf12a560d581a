"""Who has met whom: counted when a table is left, of those who sat there then, and never twice in one grouping."""

from collections.abc import Iterable, Sequence
from itertools import chain

from msgspec.structs import replace

from server.core.groups import Groups
from server.core.meetings import Meetings, pairs_in
from server.core.messages import GroupId
from server.core.path import Step
from server.core.workshop.progress import standing
from server.core.workshop.state import PhaseRun, Workshop


def left_tables(workshop: Workshop, phase: str | None, group: GroupId | None = None, to: int | None = None) -> Workshop:
    """The workshop once the room (or one group) gets up from where it sits in this phase, to go to step `to` of it.

    What was only formed, rolled again or planned has brought nobody together.
    """
    run = workshop.phase(phase) if phase else None
    if run is None or not run.is_open:
        return workshop
    steps = workshop.steps(run)
    staying = steps[min(to, len(steps) - 1)].groups if to is not None else ""
    sat = dict(run.sat)
    for name, groups in run.groups.items():
        met = pairs_in(_seated(steps, run, name, groups, group)) if name != staying else frozenset()
        had = sat.get(name)
        if met and had is not met and not (had and had >= met):
            sat[name] = had | met if had else met
    if sat == run.sat:
        return workshop
    phases = tuple(replace(run, sat=sat) if one.id == run.id else one for one in workshop.phases)
    return replace(workshop, phases=phases, met=met_in(phases))


def met_in(phases: Iterable[PhaseRun]) -> Meetings:
    """The history of these phases, the same from both sides."""
    return Meetings().having(chain.from_iterable(pairs for run in phases for pairs in run.sat.values()))


def _seated(steps: Sequence[Step], run: PhaseRun, grouping: str, groups: Groups, only: GroupId | None) -> Groups:
    """Which of these groups are at work: the step where each stands is one for its grouping."""
    here = groups if only is None else tuple(one for one in groups if one.id == only)
    if run.progress.keys() <= {""}:
        return here if _step(steps, run).groups == grouping else ()
    return tuple(one for one in here if _step(steps, run, one.id).groups == grouping)


def _step(steps: Sequence[Step], run: PhaseRun, group: GroupId | None = None) -> Step:
    return steps[min(standing(run, group).step, len(steps) - 1)]
