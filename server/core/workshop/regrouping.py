"""The groups of a phase after they changed: nobody's table ends without a trace, and each knows why it is another."""

from collections.abc import Mapping

from msgspec.structs import replace

from server.core.groups import Groups, ids_used
from server.core.messages import GroupId, PhaseId
from server.core.path import Grouping
from server.core.workshop.state import PhaseRun, Shift, WhyRegrouped, Workshop


def with_groups(
    workshop: Workshop, phase: PhaseId, grouping: str, groups: Groups | None, why: WhyRegrouped
) -> Workshop:
    """These groups in place of those that were there; None: the grouping has none again."""
    run = workshop.phase(phase)
    if run is None:
        return workshop
    was = run.groups.get(grouping, ())
    now = groups or ()
    kept = {name: held for name, held in run.groups.items() if name != grouping}
    changed = replace(
        run,
        groups=kept if groups is None else {**kept, grouping: groups},
        used=run.used | ids_used(now),
        shifts=_shifts(run, was, now, why),
        ended=_ended(run, grouping, was, now),
    )
    return _without_clocks_of(workshop.with_run(changed), changed, ids_used(was))


def _without_clocks_of(workshop: Workshop, run: PhaseRun, was: set[GroupId]) -> Workshop:
    """No clock runs for a group that has ended."""
    if run.id != workshop.at:
        return workshop
    ended = was - {one.id for groups in run.groups.values() for one in groups}
    if ended.isdisjoint(workshop.timers):
        return workshop
    return replace(workshop, timers={scope: timer for scope, timer in workshop.timers.items() if scope not in ended})


def chosen(run: PhaseRun, grouping: str, how: Grouping | None) -> Mapping[str, Grouping]:
    """The forms that moderators chose in this phase once this one has been; None: the path's again."""
    if run.how.get(grouping) == how:
        return run.how
    others = {name: form for name, form in run.how.items() if name != grouping}
    return {**others, grouping: how} if how else others


def _shifts(run: PhaseRun, was: Groups, now: Groups, why: WhyRegrouped) -> Mapping[GroupId, Shift]:
    """Forming groups for the first time moves nobody, so nobody has to be told."""
    if not was:
        return run.shifts
    before = {group.id: group for group in was}
    shifts = {id_: shift for id_, shift in run.shifts.items() if id_ not in before}
    for group in now:
        old = before.get(group.id)
        members = old.members if old else ()
        if old is not None and set(members) == set(group.members):
            if group.id in run.shifts:
                shifts[group.id] = run.shifts[group.id]
            continue
        came = tuple(person for person in group.members if person not in members)
        went = tuple(person for person in members if person not in group.members)
        shifts[group.id] = Shift(why, came, went)
    return shifts


def _ended(run: PhaseRun, grouping: str, was: Groups, now: Groups) -> Mapping[str, Groups]:
    """Before a phase is open its groups have written nothing. A group that was merged lives on as a part."""
    if not run.opened_ms:
        return run.ended
    alive = ids_used(now)
    gone = [group for group in (*run.ended.get(grouping, ()), *was) if group.id not in alive]
    ended = {name: groups for name, groups in run.ended.items() if name != grouping}
    return {**ended, grouping: tuple({group.id: group for group in gone}.values())} if gone else ended
