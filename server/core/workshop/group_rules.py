"""Who works with whom: groups by the dice or by hand, before and while a phase runs."""

from collections.abc import Iterator

from msgspec.structs import replace

from server.core import by_hand
from server.core.groups import Group, find, flaws, seats_of
from server.core.messages import Actor, Context, Event, PersonId, Refused
from server.core.partner_tables import settled
from server.core.workshop import by_name, commands, events
from server.core.workshop.grounds import Grounds
from server.core.workshop.partners import is_of_partners, prefix
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
    others = {name: how for name, how in run.how.items() if name != command.grouping}
    run = replace(run, how={**others, command.grouping: command.how} if command.how else others)
    # Somebody came, or found a partner, while the moderator looked at the preview: placed now, not forgotten.
    laid = as_confirmed(grounds, run, command.grouping, command.groups)
    groups = {command.grouping: laid}
    for person in sorted(here - seats_of(laid).keys()):
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


def as_confirmed(grounds: Grounds, run: PhaseRun, name: str, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups with every partnership as it is: no hand lays somebody into one, or takes somebody out."""
    if not is_of_partners(grounds.workshop, run, name):
        return groups
    return settled(groups, grounds.partnerships(run.id), prefix(run, name))


def _changed(grounds: Grounds, run: PhaseRun, name: str, groups: tuple[Group, ...]) -> events.GroupsFormed:
    if {*as_confirmed(grounds, run, name, groups)} != {*groups}:
        raise Refused("partnership_closed", "a partnership changes by its members' yes; propose a third in the choice")
    return events.GroupsFormed(run.id, name, groups, "by_hand")


def _now(grounds: Grounds, phase: str, grouping: str) -> tuple[PhaseRun, tuple[Group, ...]]:
    run = grounds.run(phase)  # type: ignore[arg-type]
    groups = run.groups.get(grouping)
    if not groups:
        raise Refused("no_groups_yet", "form the groups first")
    return run, groups


def move_person(grounds: Grounds, command: commands.MovePerson, _actor: Actor, _context: Context) -> Iterator[Event]:
    run, groups = _now(grounds, command.phase, command.grouping)
    moved = by_hand.move(groups, command.person, command.to)
    yield _changed(grounds, run, command.grouping, moved)


def swap_people(grounds: Grounds, command: commands.SwapPeople, _actor: Actor, _context: Context) -> Iterator[Event]:
    run, groups = _now(grounds, command.phase, command.grouping)
    swapped = by_hand.swap(groups, command.one, command.other)
    yield _changed(grounds, run, command.grouping, swapped)


def merge_groups(grounds: Grounds, command: commands.MergeGroups, _actor: Actor, _context: Context) -> Iterator[Event]:
    run, groups = _now(grounds, command.phase, command.grouping)
    merged = by_hand.merge(groups, command.one, command.other)
    yield _changed(grounds, run, command.grouping, merged)


def split_group(grounds: Grounds, command: commands.SplitGroup, _actor: Actor, _context: Context) -> Iterator[Event]:
    run, groups = _now(grounds, command.phase, command.grouping)
    new = by_name.new_id(run, command.grouping)
    parted = by_hand.split(groups, command.group, new, command.leaving or None)
    yield _changed(grounds, run, command.grouping, parted)


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
