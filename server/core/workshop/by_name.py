"""A grouping of the path by its name: which form and rules it has, and where one more person sits in it."""

from collections.abc import Mapping

from msgspec.structs import replace

from server.core import by_hand, partner_tables
from server.core.activity import Member
from server.core.forming import Proposal, form_groups
from server.core.forms import PARTNERSHIPS, Alone, ByAnswer, Count, Fixed, Form, Merged, Partnerships, Plenary, SameAs
from server.core.grouping_rules import Rules
from server.core.groups import Group, Seat, group_of, ids_used, numbered
from server.core.late import Repair, place_latecomer, suggest_repairs
from server.core.messages import Context, GroupId, PersonId, PhaseId, Refused
from server.core.path import FormName, Grouping
from server.core.products import Company
from server.core.workshop.grounds import Grounds, source
from server.core.workshop.partners import is_of_partners, prefix, takes_partners
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


def form(grounds: Grounds, run: PhaseRun, spec: Grouping) -> Form:
    if takes_partners(grounds.workshop, run, spec):
        return Partnerships()
    match spec.form:
        case "alone":
            return Alone()
        case "plenary":
            return Plenary()
        case "merged":
            key = PhaseId(source(spec.phase, spec.of) if spec.phase else spec.of)
            return Merged(key, into=spec.size, closed=_merges_partners(grounds, run, spec))
        case "answers":
            return ByAnswer(size=spec.size)
        case "same":
            return SameAs(phase=PhaseId(source(spec.phase, spec.of)))
        case "count":
            return Count(groups=spec.count)
        case sized:
            return Fixed(size=SIZES.get(sized, 2))


def _merges_partners(grounds: Grounds, run: PhaseRun, spec: Grouping) -> bool:
    base = grounds.workshop.phase(spec.phase) if spec.phase else run
    return base is not None and is_of_partners(grounds.workshop, base, spec.of)


def settled_in(grounds: Grounds, run: PhaseRun, spec: Grouping) -> str:
    """Among which earlier groups (`Grounds.earlier`) this form finds people who may meet again; "" for new groups."""
    match form(grounds, run, spec):
        case Partnerships():
            return PARTNERSHIPS
        case Merged(of=key) | SameAs(phase=key):
            return key
        case _:
            return ""


def rules(grounds: Grounds, run: PhaseRun, name: str, how: Grouping | None = None) -> Rules:
    spec = how or grouping(grounds, run, name)
    keeping = grounds.workshop.keeping
    company = grounds.company(run.id) if takes_partners(grounds.workshop, run, spec) else Company()
    return Rules(
        apart=tuple(sorted(keeping.apart)),
        unsaid=company.apart,
        together=(*sorted(keeping.together), *company.together),
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
        form(grounds, run, how or grouping(grounds, run, name)),
        grounds.seats(people, run.id),
        rules(grounds, run, name, how),
        grounds.workshop.met,
        grounds.earlier(run),
        seed,
        prefix=prefix(run, name),
        used=run.used,
    )


def new_id(run: PhaseRun, name: str) -> GroupId:
    """A group id that nobody had: pages of a group that ended must not open for the next one."""
    used = {*run.used, *(id_ for groups in (*run.groups.values(), *run.ended.values()) for id_ in ids_used(groups))}
    number = 1 + len(used)
    while numbered(prefix(run, name), number) in used:
        number += 1
    return numbered(prefix(run, name), number)


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
    seats, wanted, met, new = (
        grounds.seats(people, run.id),
        rules(grounds, run, name),
        grounds.workshop.met,
        new_id(replace(run, groups={**run.groups, **groups_now}), name),
    )
    if is_of_partners(grounds.workshop, run, name):
        return partner_tables.with_newcomer(groups, prefix(run, name), _seat(member), seats, wanted, met, here, new)
    return place_latecomer(groups, _seat(member), seats, wanted, met, here, new, form=form(grounds, run, spec))


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
    seats, wanted = grounds.seats(here, run.id), rules(grounds, run, name)
    if is_of_partners(grounds.workshop, run, name):
        return partner_tables.repairs(groups, prefix(run, name), here, seats, wanted, grounds.workshop.met)
    return suggest_repairs(groups, here, seats, wanted, grounds.workshop.met)


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
