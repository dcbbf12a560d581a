"""A grouping of the path by its name: which form and rules it has, and where one more person sits in it."""

from collections.abc import Mapping

from server.core import by_hand
from server.core.activity import Member
from server.core.forming import Proposal, form_groups
from server.core.forms import PARTNERSHIPS, Alone, ByAnswer, Count, Fixed, Form, Merged, Partnerships, Plenary, SameAs
from server.core.grouping_rules import Rules
from server.core.groups import Group, Seat, group_of, ids_used, numbered
from server.core.late import Repair, place_latecomer, suggest_repairs
from server.core.messages import Context, GroupId, PersonId, PhaseId, Refused
from server.core.path import FormName, Grouping
from server.core.workshop.grounds import Grounds, source
from server.core.workshop.state import PhaseRun

SIZES: Mapping[FormName, int] = {"pairs": 2, "trios": 3, "fours": 4, "fives": 5}


def grouping(grounds: Grounds, run: PhaseRun, name: str) -> Grouping:
    found = grounds.workshop.grouping(run, name)
    if found is None:
        raise Refused("no_such_grouping", f"phase {run.id} has no grouping {name}")
    return found


def planned(grounds: Grounds, run: PhaseRun, name: str) -> Grouping:
    """The same as the path has it, whatever was chosen since."""
    found = grounds.workshop.spec(run).groups.get(name)
    return found or grouping(grounds, run, name)


def form(spec: Grouping) -> Form:
    match spec.form:
        case "alone":
            return Alone()
        case "plenary":
            return Plenary()
        case "partnerships":
            return Partnerships()
        case "merged":
            return Merged(of=PhaseId(source(spec.phase, spec.of) if spec.phase else spec.of), into=spec.size)
        case "answers":
            return ByAnswer(size=spec.size)
        case "same":
            return SameAs(phase=PhaseId(source(spec.phase, spec.of)))
        case "count":
            return Count(groups=spec.count)
        case sized:
            return Fixed(size=SIZES[sized])


def settled_in(spec: Grouping) -> str:
    """Among which earlier groups (`Grounds.earlier`) this form finds people who may meet again; "" for new groups."""
    match form(spec):
        case Partnerships():
            return PARTNERSHIPS
        case Merged(of=key) | SameAs(phase=key):
            return key
        case _:
            return ""


def rules(grounds: Grounds, run: PhaseRun, name: str, how: Grouping | None = None) -> Rules:
    spec = how or grouping(grounds, run, name)
    keeping = grounds.workshop.keeping
    return Rules(
        apart=tuple(sorted(keeping.apart)),
        together=tuple(sorted(keeping.together)),
        mix_schools=spec.mix_schools,
        meet_new=spec.meet_new,
        common_language=spec.common_language,
        remote_together=spec.remote_together,
    )


def proposal(
    grounds: Grounds,
    run: PhaseRun,
    name: str,
    people: frozenset[PersonId],
    seed: int,
    how: Grouping | None = None,
) -> Proposal:
    """The groups as they would be formed now: the preview, and with the same seed the result."""
    return form_groups(
        form(how or grouping(grounds, run, name)),
        grounds.seats(people, run.id),
        rules(grounds, run, name, how),
        grounds.workshop.met,
        grounds.earlier(run),
        seed,
        prefix=f"{run.id}-{name}-",
    )


def new_id(run: PhaseRun, name: str) -> GroupId:
    """A group id that nobody had: pages of a group that ended must not open for the next one."""
    used = {id_ for groups in (*run.groups.values(), *run.ended.values()) for id_ in ids_used(groups)}
    number = 1 + len(used)
    while numbered(f"{run.id}-{name}-", number) in used:
        number += 1
    return numbered(f"{run.id}-{name}-", number)


def place(
    grounds: Grounds,
    run: PhaseRun,
    name: str,
    groups_now: Mapping[str, tuple[Group, ...]],
    member: Member,
    context: Context,
) -> tuple[tuple[Group, ...], GroupId]:
    """Where somebody who comes late sits. In a merged grouping they follow the group that they are in."""
    groups = groups_now[name]
    spec = grouping(grounds, run, name)
    if spec.form == "merged":
        own = group_of(groups_now.get(spec.of, ()), member.id)
        circle = next((g for g in groups if own and (own.id == g.id or own.id in g.parts)), None)
        if circle is not None:
            return by_hand.join(groups, member.id, circle.id), circle.id
    here = grounds.here(context)
    people = {person for group in groups for person in group.members}
    return place_latecomer(
        groups,
        _seat(member),
        grounds.seats(people, run.id),
        rules(grounds, run, name),
        grounds.workshop.met,
        here,
        new_id(run, name),
        form=form(spec),
    )


def _seat(member: Member) -> Seat:
    return Seat(member.id, member.school, member.languages, member.remote)


def without(groups: tuple[Group, ...], person: PersonId) -> tuple[Group, ...]:
    return by_hand.remove(groups, person) if group_of(groups, person) else groups


def repairs(
    grounds: Grounds, run: PhaseRun, name: str, groups: tuple[Group, ...], here: frozenset[PersonId]
) -> tuple[Repair, ...]:
    """What would help each group in which one person is left here."""
    if grouping(grounds, run, name).form == "alone":
        return ()
    return suggest_repairs(groups, here, grounds.seats(here, run.id), rules(grounds, run, name), grounds.workshop.met)


def repaired(
    grounds: Grounds, run: PhaseRun, name: str, groups: tuple[Group, ...], here: frozenset[PersonId]
) -> tuple[Group, ...]:
    """`groups` without anybody who is the only member; who only waits for somebody that is away keeps waiting."""
    while True:
        lone = {group.id: group.members[0] for group in groups if len(group.members) == 1}
        # Who is away and whose partner left would come back to an empty table.
        found = repairs(grounds, run, name, groups, here | set(lone.values())) if lone else ()
        mended = next((one for one in found if one.group in lone or one.into in lone), None)
        if mended is None:
            return groups
        guest, host = (mended.group, mended.into) if mended.group in lone else (mended.into, mended.group)
        groups = by_hand.merge(groups, host, guest)
