"""A grouping of the path by its name: which form and rules it has, and where one more person sits in it."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec.structs import replace

from server.core import by_hand, partner_tables
from server.core.attending import Member
from server.core.following import follow
from server.core.forming import Proposal, form_groups, side_by_side, usual_size
from server.core.forms import (
    PARTNERSHIPS,
    Alone,
    ByAnswer,
    Count,
    Fixed,
    Form,
    Limits,
    Merged,
    Partnerships,
    Plenary,
    SameAs,
    about,
)
from server.core.grouping_rules import Rules
from server.core.groups import Groups, Seat, group_of, ids_used, numbered, seats_of
from server.core.late import Around, all_with_company, place_latecomer
from server.core.messages import GroupId, PersonId, PhaseId, Refused
from server.core.path import FormName, Grouping
from server.core.products import Company
from server.core.repairs import Repair, mended, suggest_repairs
from server.core.workshop.grounds import Grounds, source
from server.core.workshop.partners import is_of_partners, prefix, takes_partners
from server.core.workshop.state import PhaseRun

SIZES: Mapping[FormName, int] = {"pairs": 2, "trios": 3, "fours": 4, "fives": 5}
CIRCLE = 4
"""Where the groups of an earlier phase are wanted and there are none, people sit in about so many."""


def grouping(grounds: Grounds, run: PhaseRun, name: str) -> Grouping:
    found = grounds.workshop.grouping(run, name)
    if found is None:
        raise Refused("no_such_grouping", f"phase {run.id} has no grouping {name}")
    return found


def planned(grounds: Grounds, run: PhaseRun, name: str) -> Grouping:
    """The same as the path has it, whatever was chosen since."""
    found = grounds.workshop.spec(run).groups.get(name)
    return found or grouping(grounds, run, name)


def merged_here(grounds: Grounds, run: PhaseRun, name: str) -> str:
    """The grouping of this phase whose groups this one merges, and goes along with; "" for any other."""
    spec = grouping(grounds, run, name)
    return spec.of if spec.form == "merged" and not spec.phase else ""


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
            together, closed = _together(grounds, run, spec), _merges_partners(grounds, run, spec)
            return Merged(key, spec.size, closed=closed, together=together)
        case "answers":
            return ByAnswer(size=spec.size)
        case "same":
            return SameAs(phase=PhaseId(source(spec.phase, spec.of)))
        case "count":
            return Count(groups=spec.count)
        case sized:
            return Fixed(size=SIZES.get(sized, 2))


def _together(grounds: Grounds, run: PhaseRun, spec: Grouping) -> int:
    """Pairs that latecomers made into threes are still two to a circle. 0: as many as come nearest."""
    base = grounds.workshop.grouping(run, spec.of) if not spec.phase else None
    asked = 2 if base and takes_partners(grounds.workshop, run, base) else SIZES.get(base.form, 0) if base else 0
    return max(1, round(spec.size / asked)) if asked else 0


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


def limits(grounds: Grounds, run: PhaseRun, name: str) -> Limits:
    """Between which sizes the groups stay while people come and go."""
    match form(grounds, run, grouping(grounds, run, name)):
        case Alone() | Plenary():
            return Limits(1)
        # Partnerships are closed, with a place beside them for whoever comes back; a count of groups has no size.
        case Partnerships() | Count():
            return Limits()
        case SameAs(phase=phase):
            before = grounds.earlier(run).get(phase, ())
            return about(max(2, usual_size(before))) if before else about(CIRCLE)
        case Fixed(size=size) | ByAnswer(size=size) | Merged(into=size):
            return about(size)


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


def new_ids(run: PhaseRun, name: str) -> Iterator[GroupId]:
    """Group ids that nobody had: pages of a group that ended must not open for the next one."""
    used = run.used.union(*(ids_used(groups) for groups in run.groups.values()))
    number = len(used)
    while True:
        number += 1
        new = numbered(prefix(run, name), number)
        if new not in used:
            yield new


def around(grounds: Grounds, run: PhaseRun, name: str, people: Iterable[PersonId], here: frozenset[PersonId]) -> Around:
    """What a place in this grouping depends on. Groups that were merged came together: single people of them are not
    asked to another table."""
    return Around(
        tuple(grounds.seats(people, run.id)),
        rules(grounds, run, name),
        grounds.workshop.met,
        here,
        limits(grounds, run, name),
        frozenset(seats_of(run.groups.get(merged_here(grounds, run, name), ()))),
    )


def place(
    grounds: Grounds, run: PhaseRun, name: str, member: Member, here: frozenset[PersonId]
) -> tuple[Groups, GroupId]:
    """Where somebody who comes late sits, or comes back to. In a merged grouping they follow the group they are in."""
    groups = run.groups[name]
    base = merged_here(grounds, run, name)
    if base and group_of(groups, member.id) is None:
        own = group_of(run.groups.get(base, ()), member.id)
        circle = next((g for g in groups if own and (own.id == g.id or own.id in g.parts)), None)
        if circle is not None:
            return by_hand.join(groups, member.id, circle.id), circle.id
    scene = around(grounds, run, name, {person for group in groups for person in group.members}, here)
    seat, new = Seat(member.id, member.school, member.languages, member.remote), next(new_ids(run, name))
    if is_of_partners(grounds.workshop, run, name) and group_of(groups, member.id) is None:
        return partner_tables.with_newcomer(
            groups, prefix(run, name), seat, scene.seats, scene.rules, scene.met, here, new
        )
    return place_latecomer(
        groups,
        seat,
        scene.seats,
        scene.rules,
        scene.met,
        here,
        new,
        form=form(grounds, run, grouping(grounds, run, name)),
        limits=scene.limits,
        bound=scene.bound,
    )


def as_confirmed(grounds: Grounds, run: PhaseRun, name: str, groups: Groups) -> Groups:
    """The groups with every partnership as it is: no hand lays somebody into one, or takes somebody out."""
    if not is_of_partners(grounds.workshop, run, name):
        return groups
    return partner_tables.settled(groups, grounds.partnerships(run.id), prefix(run, name))


def without(groups: Groups, people: Iterable[PersonId]) -> Groups:
    for person in people:
        groups = by_hand.remove(groups, person) if group_of(groups, person) else groups
    return groups


def repairs(
    grounds: Grounds, run: PhaseRun, name: str, groups: Groups, here: frozenset[PersonId]
) -> tuple[Repair, ...]:
    """What would help each group in which one person is left here."""
    if grouping(grounds, run, name).form == "alone":
        return ()
    scene = around(grounds, run, name, here, here)
    if is_of_partners(grounds.workshop, run, name):
        return partner_tables.repairs(groups, prefix(run, name), here, scene.seats, scene.rules, scene.met)
    return suggest_repairs(groups, here, scene.seats, scene.rules, scene.met, limits=scene.limits, bound=scene.bound)


def repaired(
    grounds: Grounds, run: PhaseRun, name: str, lost: Collection[GroupId], here: frozenset[PersonId]
) -> Groups:
    """The groups without any that is too small to go on since it `lost` people; who only waits for somebody that is
    away keeps waiting."""
    groups = run.groups[name]
    follows = name not in run.by_hand and bool(run.groups.get(merged_here(grounds, run, name)))
    if follows or grouping(grounds, run, name).form in ("alone", "plenary"):
        return groups
    if is_of_partners(grounds.workshop, run, name):
        return _beside_repaired(grounds, run, name, groups, here)
    if not lost and all(len(group.taking_part) > 1 for group in groups):
        return groups
    people = {person for group in groups for person in group.members}
    return all_with_company(groups, around(grounds, run, name, people, here), lost)


def _beside_repaired(grounds: Grounds, run: PhaseRun, name: str, groups: Groups, here: frozenset[PersonId]) -> Groups:
    """Nobody who has no partner sits alone while others beside the partnerships can take them in."""
    while True:
        lone = {group.id: group.members[0] for group in groups if len(group.members) == 1}
        # Who is away and whose partner left would come back to an empty table.
        here = here | set(lone.values())
        found = repairs(grounds, run, name, groups, here) if lone else ()
        helps = next((one for one in found if one.group in lone or one.into in lone), None)
        if helps is None:
            return groups
        if helps.kind != "fetch" and helps.group not in lone:
            helps = replace(helps, group=helps.into, into=helps.group)
        groups = mended(groups, helps, here | {person for group in groups for person in group.members})


def is_split(grounds: Grounds, run: PhaseRun, name: str) -> bool:
    """Whether the groups that a grouping merges are others by now than those whose names it bears."""
    for unit in run.groups.get(merged_here(grounds, run, name), ()):
        homes = [circle for circle in run.groups[name] if not set(unit.members).isdisjoint(circle.members)]
        if len(homes) > 1 or any(unit.id != home.id and unit.id not in home.parts for home in homes):
            return True
    return False


def derived(grounds: Grounds, run: PhaseRun, name: str, here: frozenset[PersonId], seed: int, *, anew: bool) -> Groups:
    """A merged grouping `name` as it follows from the groups that it merges; any other, and one that a moderator has
    laid by hand, as it is."""
    base = run.groups.get(merged_here(grounds, run, name), ())
    if name in run.by_hand or not base:
        return run.groups[name]
    if anew:
        return proposal(grounds, run, name, here, seed).groups
    ids = new_ids(run, name)
    merged = form(grounds, run, grouping(grounds, run, name))
    assert isinstance(merged, Merged)
    together = merged.together or side_by_side(base, merged.into)
    return follow(base, run.groups[name], together, here, lambda: next(ids), closed=merged.closed)
