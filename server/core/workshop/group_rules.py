"""Who works with whom: groups by the dice or by hand, before and while a phase runs."""

from collections.abc import Iterator

from server.core import by_hand
from server.core.groups import Group, find, flaws
from server.core.messages import Actor, Context, Event, PersonId, Refused
from server.core.workshop import by_name, commands, events
from server.core.workshop.grounds import Grounds
from server.core.workshop.state import PhaseRun


def form(grounds: Grounds, command: commands.FormGroups, _actor: Actor, context: Context) -> Iterator[Event]:
    run = grounds.run(command.phase)
    here = grounds.here(context)
    if not command.groups:
        how = command.how or by_name.planned(grounds, run, command.grouping)
        formed = by_name.proposal(grounds, run, command.grouping, here, context.seed, how).groups
        yield events.GroupsFormed(run.id, command.grouping, formed, how=command.how)
        return
    by_name.grouping(grounds, run, command.grouping)
    wrong = flaws(command.groups)
    if wrong:
        raise Refused("impossible_groups", ", ".join(wrong))
    seated = {person for group in command.groups for person in group.members}
    for person in sorted(seated):
        grounds.member(person)
    # Somebody came while the moderator looked at the preview: placed now, not forgotten.
    groups = {command.grouping: command.groups}
    for person in sorted(here - seated):
        member = grounds.member(person)
        groups[command.grouping], _ = by_name.place(grounds, run, command.grouping, groups, member, context)
    yield events.GroupsFormed(run.id, command.grouping, groups[command.grouping], how=command.how)


def unformed(grounds: Grounds, run: PhaseRun, step: int, context: Context) -> Iterator[Event]:
    """The groups that a step needs and nobody has formed yet, with those that they are merged from."""
    steps = grounds.workshop.steps(run)
    name = steps[min(step, len(steps) - 1)].groups
    spec = grounds.workshop.spec(run).groups.get(name)
    if spec is None or run.groups.get(name):
        return
    here = grounds.here(context)
    if spec.form == "merged" and not run.groups.get(spec.of):
        base = by_name.proposal(grounds, run, spec.of, here, context.seed).groups
        yield events.GroupsFormed(run.id, spec.of, base)
        return
    yield events.GroupsFormed(run.id, name, by_name.proposal(grounds, run, name, here, context.seed).groups)


def _now(grounds: Grounds, phase: str, grouping: str) -> tuple[PhaseRun, tuple[Group, ...]]:
    run = grounds.run(phase)  # type: ignore[arg-type]
    groups = run.groups.get(grouping)
    if not groups:
        raise Refused("no_groups_yet", "form the groups first")
    return run, groups


def move_person(grounds: Grounds, command: commands.MovePerson, _actor: Actor, _context: Context) -> Iterator[Event]:
    run, groups = _now(grounds, command.phase, command.grouping)
    moved = by_hand.move(groups, command.person, command.to)
    yield events.GroupsFormed(run.id, command.grouping, moved, "by_hand")


def swap_people(grounds: Grounds, command: commands.SwapPeople, _actor: Actor, _context: Context) -> Iterator[Event]:
    run, groups = _now(grounds, command.phase, command.grouping)
    swapped = by_hand.swap(groups, command.one, command.other)
    yield events.GroupsFormed(run.id, command.grouping, swapped, "by_hand")


def merge_groups(grounds: Grounds, command: commands.MergeGroups, _actor: Actor, _context: Context) -> Iterator[Event]:
    run, groups = _now(grounds, command.phase, command.grouping)
    merged = by_hand.merge(groups, command.one, command.other)
    yield events.GroupsFormed(run.id, command.grouping, merged, "by_hand")


def split_group(grounds: Grounds, command: commands.SplitGroup, _actor: Actor, _context: Context) -> Iterator[Event]:
    run, groups = _now(grounds, command.phase, command.grouping)
    new = by_name.new_id(run, command.grouping)
    parted = by_hand.split(groups, command.group, new, command.leaving or None)
    yield events.GroupsFormed(run.id, command.grouping, parted, "by_hand")


def _left_behind(grounds: Grounds, group: Group) -> set[PersonId]:
    """Who of a pair says that the partner is gone. That is believed before any device is: a phone may lie on a table
    from which its owner went away."""
    calls = (call for call in grounds.workshop.help if call.reason == "partner_gone")
    calling = {call.person for call in calls if call.person in group.members}
    return calling if len(group.members) == 2 and len(calling) == 1 else set()


def repair_group(grounds: Grounds, command: commands.RepairGroup, _actor: Actor, context: Context) -> Iterator[Event]:
    run, groups = _now(grounds, command.phase, command.grouping)
    calling = _left_behind(grounds, find(groups, command.group))
    gone = set(find(groups, command.group).members) - calling if calling else set()
    here = grounds.here(context) - gone
    for repair in by_name.repairs(grounds, run, command.grouping, groups, here):
        if command.group in (repair.group, repair.into):
            mended = by_hand.merge(groups, repair.into, repair.group)
            yield events.GroupsFormed(run.id, command.grouping, mended, "repaired")
            yield from (events.HelpClosed(person) for person in sorted(calling))
            return
    raise Refused("nothing_to_repair", "everybody who is here has company")
