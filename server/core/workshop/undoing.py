"""Every change of who sits where, and of the plan, can be taken back for a minute by one press."""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from server.core.messages import Act, PhaseId, Seq
from server.core.workshop.regrouping import chosen, with_groups
from server.core.workshop.state import PhaseRun, Undoable, Workshop

KEPT_UNDOABLE: Final = 12
"""More than a moderator presses within a minute."""

PLAN: Final = "plan"
KEEPING: Final = "keeping"
GROUPS: Final = "groups"
PERSON: Final = "person"

PLANNED: Final = ("minutes", "variant", "skipped", "without")
"""The fields of a phase that say how the day is planned."""

WITH_UNDO: Final = frozenset(
    {
        *("FormGroups", "MovePerson", "SwapPeople", "MergeGroups", "SplitGroup", "RepairGroup", "LeaveForGood"),
        *("SkipPhase", "ChangeMinutes", "ChangeOrder", "ChangeVariant", "CutStep", "ShareDelay"),
        *("KeepApart", "KeepTogether"),
    }
)
"""Moving the room has an undo of its own, `UndoMove`."""


def remembered(workshop: Workshop, before: Workshop, act: Act, seq: Seq) -> Workshop:
    """The workshop that can take an act back; what an earlier act touched too is no longer its to take back."""
    touched = frozenset(_touched(before, workshop))
    still = tuple(one for one in workshop.undoable if not one.touched & touched)
    if act.what in WITH_UNDO and touched:
        undoable = Undoable(
            seq=seq,
            at_ms=act.at_ms,
            staff=act.staff,
            touched=touched,
            phases=before.phases,
            people=before.people,
            keeping=before.keeping,
        )
        still = (*still, undoable)[-KEPT_UNDOABLE:]
    return workshop if still == workshop.undoable else replace(workshop, undoable=still)


def _touched(before: Workshop, after: Workshop) -> Iterator[str]:
    if before.keeping is not after.keeping:
        yield KEEPING
    if before.people is not after.people:
        for person, member in after.people.items():
            was = before.people.get(person)
            if was is not None and was.state != member.state:
                yield f"{PERSON} {person}"
    if before.phases is after.phases:
        return
    if _plan(before) != _plan(after):
        yield PLAN
    was_at = {run.id: run for run in before.phases}
    for run in after.phases:
        groups = was_at[run.id].groups if run.id in was_at else {}
        for name in {*groups, *run.groups}:
            if groups.get(name) is not run.groups.get(name):
                yield f"{GROUPS} {run.id} {name}"


def _plan(workshop: Workshop) -> list[tuple[object, ...]]:
    return [(run.id, *(getattr(run, field) for field in PLANNED)) for run in workshop.phases]


def undone(workshop: Workshop, undoable: Undoable) -> Workshop:
    """Everything that the act touched as it stood before. People and content that came since are not touched."""
    was = {run.id: run for run in undoable.phases}
    back = replace(workshop, undoable=tuple(one for one in workshop.undoable if one.seq != undoable.seq))
    people = {who: undoable.people[who] for who in workshop.people if f"{PERSON} {who}" in undoable.touched}
    if people:
        back = replace(back, people={**back.people, **people})
    if KEEPING in undoable.touched:
        back = replace(back, keeping=undoable.keeping)
    if PLAN in undoable.touched:
        back = replace(back, phases=tuple(_replanned(workshop, undoable.phases)))
    for phase, name in groupings(undoable):
        old = was.get(phase)
        back = with_groups(back, phase, name, old.groups.get(name) if old else None, "undone")
        back = _with_choices(back, phase, name, old)
    return back


def groupings(undoable: Undoable) -> Iterator[tuple[PhaseId, str]]:
    """The groups that the act changed: the phase and the name."""
    for what in sorted(undoable.touched):
        kind, _, rest = what.partition(" ")
        if kind == GROUPS:
            phase, _, name = rest.partition(" ")
            yield PhaseId(phase), name


def _with_choices(workshop: Workshop, phase: PhaseId, name: str, old: PhaseRun | None) -> Workshop:
    """The form that was chosen for the groups, and whether a hand had laid them."""
    run = workshop.phase(phase)
    if run is None:
        return workshop
    by_hand = run.by_hand | {name} if old and name in old.by_hand else run.by_hand - {name}
    return workshop.with_run(replace(run, how=chosen(run, name, old.how.get(name) if old else None), by_hand=by_hand))


def _replanned(workshop: Workshop, phases: tuple[PhaseRun, ...]) -> Iterator[PhaseRun]:
    """The plan as it was; a phase that has begun since keeps its steps, which people are going through."""
    now = {run.id: run for run in workshop.phases}
    for was in phases:
        run = now.pop(was.id, None)
        if run is None:
            continue
        if run.opened_ms and not was.opened_ms:
            yield replace(run, minutes=was.minutes)
        else:
            yield replace(run, **{field: getattr(was, field) for field in PLANNED})
    yield from now.values()
