"""Who works with whom: groups by the dice or by hand, before and while a phase runs."""

from collections.abc import Iterator

from msgspec.structs import replace

from server.core import by_hand
from server.core.groups import Group, find
from server.core.messages import Actor, Context, Event, PersonId, Refused
from server.core.repairs import mended
from server.core.workshop import by_name, commands, events
from server.core.workshop.grounds import Grounds
from server.core.workshop.regrouping import chosen
from server.core.workshop.seating import Seating
from server.core.workshop.state import PhaseRun


def form(grounds: Grounds, command: commands.FormGroups, _actor: Actor, context: Context) -> Iterator[Event]:
    run, name = grounds.run(command.phase), command.grouping
    here = grounds.here(context)
    # What was changed by hand before is over, and so is the form that was chosen before.
    run = replace(run, by_hand=run.by_hand - {name}, how=chosen(run, name, command.how))
    by_name.grouping(grounds, run, name)
    seating = Seating(grounds, run, context, here)
    if not command.groups:
        formed = by_name.proposal(grounds, run, name, here, context.seed).groups
        yield from seating.change(name, formed, "formed")
        return
    yield from seating.seen(name, command.groups)


def unformed(grounds: Grounds, run: PhaseRun, step: int, context: Context) -> Iterator[Event]:
    """The groups that a step needs and nobody has formed yet, with those that they are merged from."""
    steps = grounds.workshop.steps(run)
    name = steps[min(step, len(steps) - 1)].groups
    spec = grounds.workshop.spec(run).groups.get(name)
    if spec is None or run.groups.get(name):
        return
    here = grounds.here(context)
    base = by_name.merged_here(grounds, run, name)
    if base and not run.groups.get(base):
        yield events.GroupsFormed(run.id, base, by_name.proposal(grounds, run, base, here, context.seed).groups)
        return
    yield events.GroupsFormed(run.id, name, by_name.proposal(grounds, run, name, here, context.seed).groups)


def _now(grounds: Grounds, phase: str, grouping: str) -> tuple[PhaseRun, tuple[Group, ...]]:
    run = grounds.run(phase)  # type: ignore[arg-type]
    groups = run.groups.get(grouping)
    if not groups:
        raise Refused("no_groups_yet", "form the groups first")
    return run, groups


def _by_hand(
    grounds: Grounds, run: PhaseRun, name: str, groups: tuple[Group, ...], context: Context
) -> Iterator[Event]:
    if {*by_name.as_confirmed(grounds, run, name, groups)} != {*groups}:
        raise Refused("partnership_closed", "a partnership changes by its members' yes; propose a third in the choice")
    yield from Seating(grounds, run, context, grounds.here(context)).change(name, groups, "by_hand")


def move_person(grounds: Grounds, command: commands.MovePerson, _actor: Actor, context: Context) -> Iterator[Event]:
    run, groups = _now(grounds, command.phase, command.grouping)
    moved = by_hand.move(groups, command.person, command.to)
    yield from _by_hand(grounds, run, command.grouping, moved, context)


def swap_people(grounds: Grounds, command: commands.SwapPeople, _actor: Actor, context: Context) -> Iterator[Event]:
    run, groups = _now(grounds, command.phase, command.grouping)
    swapped = by_hand.swap(groups, command.one, command.other)
    yield from _by_hand(grounds, run, command.grouping, swapped, context)


def merge_groups(grounds: Grounds, command: commands.MergeGroups, _actor: Actor, context: Context) -> Iterator[Event]:
    run, groups = _now(grounds, command.phase, command.grouping)
    merged = by_hand.merge(groups, command.one, command.other)
    yield from _by_hand(grounds, run, command.grouping, merged, context)


def split_group(grounds: Grounds, command: commands.SplitGroup, _actor: Actor, context: Context) -> Iterator[Event]:
    run, groups = _now(grounds, command.phase, command.grouping)
    new = next(by_name.new_ids(run, command.grouping))
    parted = by_hand.split(groups, command.group, new, command.leaving or None)
    yield from _by_hand(grounds, run, command.grouping, parted, context)


def _left_behind(grounds: Grounds, group: Group) -> set[PersonId]:
    """Who of a pair says that the partner is gone. That is believed before any device is: a phone may lie on a table
    from which its owner went away."""
    calls = (call for call in grounds.workshop.help if call.reason == "partner_gone")
    calling = {call.person for call in calls if call.person in group.taking_part}
    return calling if len(group.taking_part) == 2 and len(calling) == 1 else set()


def repair_group(grounds: Grounds, command: commands.RepairGroup, _actor: Actor, context: Context) -> Iterator[Event]:
    run, groups = _now(grounds, command.phase, command.grouping)
    calling = _left_behind(grounds, find(groups, command.group))
    gone = set(find(groups, command.group).members) - calling if calling else set()
    here = grounds.here(context) - gone
    for repair in by_name.repairs(grounds, run, command.grouping, groups, here):
        if command.group == repair.into or (command.group == repair.group and repair.kind != "fetch"):
            found = mended(groups, repair, here)
            yield from Seating(grounds, run, context, here).change(command.grouping, found, "repaired")
            yield from (events.HelpClosed(person) for person in sorted(calling))
            return
    raise Refused("nothing_to_repair", "everybody who is here has company")
