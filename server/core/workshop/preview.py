"""What would happen if: the questions a moderator asks before pressing."""

from typing import Annotated

import msgspec
from msgspec import Meta

from server.core.grouping_rules import BrokenRule, broken_rules
from server.core.groups import Group
from server.core.late import Repair
from server.core.messages import Command, Context, PersonId, PhaseId, Refused
from server.core.workshop import by_name
from server.core.workshop.grounds import Grounds
from server.core.workshop.progress import standing
from server.core.workshop.state import PhaseRun, grouping_at


class PreviewGroups(Command, frozen=True):
    """The groups as `FormGroups` would form them; send them back with it and they are exactly these."""

    phase: PhaseId
    grouping: Annotated[str, Meta(max_length=40)]
    seed: Annotated[int, Meta(ge=0, le=2**48)] = 0


class PreviewMove(Command, frozen=True):
    """What `MoveRoom` would do."""

    phase: PhaseId


class SuggestRepairs(Command, frozen=True):
    """Who waits alone where the room is, and what would help each."""


QUESTIONS: tuple[type[Command], ...] = (PreviewGroups, PreviewMove, SuggestRepairs)


class GroupsPreview(msgspec.Struct, frozen=True):
    groups: tuple[Group, ...]
    broken: tuple[BrokenRule, ...]
    people: int
    left_out: tuple[PersonId, ...]
    """Joined, but away: they get a place the moment they are back."""


class MovePreview(msgspec.Struct, frozen=True):
    """`opens` and `closes`: whether writing in the target begins, and in the phase that is left ends."""

    people: int
    left: PhaseId | None
    phase: PhaseId
    reopened: bool
    minutes: int
    not_done: int
    forms_groups: tuple[str, ...]
    skipped: tuple[PhaseId, ...]


class RepairsPreview(msgspec.Struct, frozen=True):
    grouping: str
    repairs: tuple[Repair, ...]


def answer(grounds: Grounds, question: Command, context: Context) -> msgspec.Struct:
    """Raises `Refused` for a question about something that is not there."""
    match question:
        case PreviewGroups():
            return _groups(grounds, question, context)
        case PreviewMove():
            return _move(grounds, question, context)
        case SuggestRepairs():
            return _repairs(grounds, context)
        case _:
            raise Refused("unknown_question")


def _groups(grounds: Grounds, question: PreviewGroups, context: Context) -> GroupsPreview:
    run = grounds.run(question.phase)
    here = grounds.here(context)
    proposed = by_name.proposal(grounds, run, question.grouping, here, question.seed or context.seed)
    left_out = tuple(sorted(grounds.workshop.joined() - here))
    return GroupsPreview(proposed.groups, proposed.broken, len(here), left_out)


def broken_now(grounds: Grounds, run: PhaseRun, grouping: str) -> tuple[BrokenRule, ...]:
    """What the groups as they are break, after changes by hand."""
    groups = run.groups.get(grouping, ())
    people = {person for group in groups for person in group.members}
    rules = by_name.rules(grounds, run, grouping)
    return broken_rules(groups, grounds.seats(people, run.id), rules, grounds.workshop.met, settled=groups)


def _move(grounds: Grounds, question: PreviewMove, context: Context) -> MovePreview:
    workshop = grounds.workshop
    run = grounds.run(question.phase)
    here = grounds.here(context)
    order = [one.id for one in workshop.phases]
    start = order.index(workshop.at) + 1 if workshop.at else 0
    passed = workshop.phases[start : order.index(run.id)]
    return MovePreview(
        people=len(here),
        left=workshop.at,
        phase=run.id,
        reopened=bool(run.opened_ms),
        minutes=run.minutes,
        not_done=len(here - workshop.signals.done),
        forms_groups=tuple(
            name for name, spec in workshop.spec(run).groups.items() if not run.groups.get(name) and spec.form
        ),
        skipped=tuple(one.id for one in passed if not one.opened_ms and not one.skipped and not one.between),
    )


def _repairs(grounds: Grounds, context: Context) -> RepairsPreview:
    run = grounds.workshop.current
    if run is None:
        return RepairsPreview("", ())
    step = grounds.workshop.steps(run)[standing(run).step]
    groups = grouping_at(run, step)
    if not groups:
        return RepairsPreview("", ())
    return RepairsPreview(step.groups, by_name.repairs(grounds, run, step.groups, groups, grounds.here(context)))
