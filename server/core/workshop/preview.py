"""What would happen if: the questions a moderator asks before pressing."""

from collections.abc import Iterable, Mapping
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from server.core.forming import Proposal
from server.core.forms import ByAnswer
from server.core.grouping_rules import BrokenRule, RuleCode, broken_rules
from server.core.groups import Group
from server.core.messages import Actor, Command, Context, PersonId, PhaseId, Refused
from server.core.path import Grouping
from server.core.workshop import by_name, events, phase_rules
from server.core.workshop.commands import MoveRoom
from server.core.workshop.grounds import Grounds
from server.core.workshop.state import PhaseRun

Name = Annotated[str, Meta(max_length=40)]

MODERATOR = Actor("moderator")


class PreviewGroups(Command, frozen=True):
    """The groups as `FormGroups` would form them; send them back with it and they are exactly these.

    `how` is a form and rules instead of the path's. With `groups` nothing is formed: these are judged, as they would be
    after a change by hand.
    """

    phase: PhaseId
    grouping: Name
    seed: Annotated[int, Meta(ge=0, le=2**48)] = 0
    how: Grouping | None = None
    groups: tuple[Group, ...] = ()


class PreviewMove(Command, frozen=True):
    """What `MoveRoom` would do; the groups of the answer, sent with it, are those that are formed."""

    phase: PhaseId


class JudgeGroups(Command, frozen=True):
    """What the groups as they sit now break, after changes by hand."""

    phase: PhaseId
    grouping: Name


QUESTIONS: tuple[type[Command], ...] = (PreviewGroups, PreviewMove, JudgeGroups)


class RuleCost(msgspec.Struct, frozen=True):
    """At how many tables a rule is not kept by these groups, whether it was asked for or not."""

    rule: RuleCode
    tables: int


class GroupsPreview(msgspec.Struct, frozen=True):
    """`how` is the form and rules that these groups follow, `broken` what they could not keep of them."""

    groups: tuple[Group, ...]
    broken: tuple[BrokenRule, ...]
    people: int
    left_out: tuple[PersonId, ...]
    """Joined, but away: they get a place the moment they are back."""
    how: Grouping
    costs: tuple[RuleCost, ...]


class Formed(msgspec.Struct, frozen=True):
    """The groups of one grouping that a move would form, and what they cannot keep."""

    grouping: str
    groups: tuple[Group, ...]
    broken: tuple[BrokenRule, ...]


class MovePreview(msgspec.Struct, frozen=True):
    """`forms` are the groups that would be formed, `skipped` the phases that the room would pass over."""

    people: int
    left: PhaseId | None
    phase: PhaseId
    reopened: bool
    minutes: int
    not_done: int
    forms: tuple[Formed, ...]
    skipped: tuple[PhaseId, ...]


class RulesPreview(msgspec.Struct, frozen=True):
    broken: tuple[BrokenRule, ...]


def answer(grounds: Grounds, question: Command, context: Context) -> msgspec.Struct:
    """Raises `Refused` for a question about something that is not there."""
    match question:
        case PreviewGroups():
            return _groups(grounds, question, context)
        case PreviewMove():
            return _move(grounds, question, context)
        case JudgeGroups():
            return RulesPreview(broken_now(grounds, grounds.run(question.phase), question.grouping))
        case _:
            raise Refused("unknown_question")


def _groups(grounds: Grounds, question: PreviewGroups, context: Context) -> GroupsPreview:
    run = grounds.run(question.phase)
    name = question.grouping
    how = question.how or by_name.planned(grounds, run, name)
    here = grounds.here(context)
    if question.groups:
        proposed = Proposal(question.groups, judged(grounds, run, name, question.groups, how))
    else:
        proposed = by_name.proposal(grounds, run, name, here, question.seed or context.seed, how)
    seated = {person for group in proposed.groups for person in group.members}
    return GroupsPreview(
        groups=proposed.groups,
        broken=proposed.broken,
        people=len(seated),
        left_out=tuple(sorted(grounds.workshop.joined() - here - seated)),
        how=how,
        costs=tuple(_costs(grounds, run, name, proposed.groups, how)),
    )


def judged(
    grounds: Grounds, run: PhaseRun, name: str, groups: tuple[Group, ...], how: Grouping
) -> tuple[BrokenRule, ...]:
    """What these groups break of these rules; who sat together as the form wants it may do so again."""
    people = {person for group in groups for person in group.members}
    rules = by_name.rules(grounds, run, name, how)
    settled = grounds.earlier(run).get(by_name.settled_in(grounds, run, how), ())
    by_answer = isinstance(by_name.form(grounds, run, how), ByAnswer)
    seats = grounds.seats(people, run.id)
    return broken_rules(groups, seats, rules, grounds.workshop.met, settled=settled, by_answer=by_answer)


def _costs(grounds: Grounds, run: PhaseRun, name: str, groups: tuple[Group, ...], how: Grouping) -> Iterable[RuleCost]:
    everything = replace(how, mix_schools=True, meet_new=True, common_language=True, remote_together=True)
    tables: dict[RuleCode, set[str]] = {}
    for broken in judged(grounds, run, name, groups, everything):
        tables.setdefault(broken.rule, set()).update(broken.groups)
    return (RuleCost(rule, len(where)) for rule, where in tables.items())


def broken_now(grounds: Grounds, run: PhaseRun, grouping: str) -> tuple[BrokenRule, ...]:
    """What the groups as they are break, after changes by hand. That they met by being put together is no breach."""
    groups = run.groups.get(grouping, ())
    rules = replace(by_name.rules(grounds, run, grouping), meet_new=False)
    people = {person for group in groups for person in group.members}
    return broken_rules(groups, grounds.seats(people, run.id), rules, grounds.workshop.met)


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
        not_done=len(here - workshop.signals.saying("done")),
        forms=_forms(grounds, run, context) if run.id != workshop.at else (),
        skipped=tuple(one.id for one in passed if not one.opened_ms and not one.skipped and not one.between),
    )


def _forms(grounds: Grounds, run: PhaseRun, context: Context) -> tuple[Formed, ...]:
    """The move itself, decided and not done: so that what is shown is what happens."""
    move = MoveRoom(run.id, grounds.workshop.at)
    formed: Mapping[str, tuple[Group, ...]] = {
        event.grouping: event.groups
        for event in phase_rules.move_room(grounds, move, MODERATOR, context)
        if isinstance(event, events.GroupsFormed) and not run.groups.get(event.grouping)
    }
    # Pairs that were formed a moment before are what the fours are merged from: that is no second meeting.
    now = replace(grounds, workshop=grounds.workshop.with_run(replace(run, groups={**run.groups, **formed})))
    return tuple(
        Formed(name, groups, judged(now, now.run(run.id), name, groups, by_name.grouping(now, run, name)))
        for name, groups in formed.items()
    )
