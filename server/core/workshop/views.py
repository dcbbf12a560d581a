"""What each audience sees of the workshop itself: where it is, what time is left, who sits where. Never a text."""

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from server.core.activity import PhaseStatus, Progress
from server.core.attending import Member
from server.core.groups import Group
from server.core.messages import FrozenId, GroupId, PageId, PersonId, PhaseId, Role, StaffId, StepId
from server.core.retention import kept_until_ms
from server.core.view import MODERATORS, ROOM, SCREEN, Audience, View, shown
from server.core.workshop.board import board_view, screen_view
from server.core.workshop.partners import is_of_partners, prefix
from server.core.workshop.places import places
from server.core.workshop.progress import standing
from server.core.workshop.state import HelpCall, Life, PhaseRun, Shift, Timer, Workshop


class PhaseView(msgspec.Struct, frozen=True, omit_defaults=True):
    """One stop of the day. Its words stand in the path's texts under `spec` and `variant`."""

    id: PhaseId
    spec: str
    activity: str
    variant: str
    minutes: int
    status: PhaseStatus
    meeting: int = 0
    counted: bool = True
    between: bool = False
    skipped: bool = False
    opened_ms: int = 0
    spent_ms: int = 0
    entered_ms: int = 0
    without: tuple[StepId, ...] = ()
    """Steps of the variant that are left out."""


class MessageView(msgspec.Struct, frozen=True):
    text: FrozenId
    at_ms: int


class RoomView(msgspec.Struct, frozen=True, omit_defaults=True):
    """What everybody sees."""

    title: str
    life: Life
    language: str
    schedule: str
    date: str
    retention_days: int
    kept_until_ms: int
    phases: tuple[PhaseView, ...]
    at: PhaseId | None
    step: int = 0
    timer: Timer | None = None
    messages: tuple[MessageView, ...] = ()


class Looker(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody of the staff who looks in right now. A name travels with it when they gave one."""

    staff: StaffId
    role: Role = "moderator"


class KeptTable(msgspec.Struct, frozen=True):
    """A table that ended while the phase ran, and the pages that its people may still read."""

    phase: PhaseId
    table: int
    members: tuple[PersonId, ...]
    pages: tuple[PageId, ...]


class HandoverView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A way to one's own seat from another device, for whose seat it is: who made it, and how far it has come."""

    id: str
    by: Role
    state: Literal["offered", "allowed", "refused", "opened", "closed"]
    offered_ms: int
    until_ms: int
    opened_ms: int = 0


class PersonView(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one person sees of themselves. `groups`: phase -> grouping -> group."""

    me: Member
    groups: Mapping[PhaseId, dict[str, GroupId]] = {}
    done: bool = False
    need_time: bool = False
    help: HelpCall | None = None
    messages: tuple[MessageView, ...] = ()
    lookers: tuple[Looker, ...] = ()
    kept: tuple[KeptTable, ...] = ()
    handovers: tuple[HandoverView, ...] = ()


class GroupView(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a group sees of itself: who looks in right now, and why it is put together as it is.

    `beside`: they have no partner yet, and work beside the partnerships.
    """

    id: GroupId
    phase: PhaseId
    grouping: str
    members: tuple[PersonId, ...]
    table: int
    standing: Progress
    parts: tuple[GroupId, ...] = ()
    absent: tuple[PersonId, ...] = ()
    timer: Timer | None = None
    lookers: tuple[Looker, ...] = ()
    shift: Shift | None = None
    help: tuple[HelpCall, ...] = ()
    messages: tuple[MessageView, ...] = ()
    size_note: Literal["", "trio", "more"] = ""
    beside: bool = False


def view(
    workshop: Workshop,
    audience: Audience,
    on_screen: frozenset[PersonId] = frozenset(),
    kept: tuple[KeptTable, ...] = (),
) -> View | None:
    """What an audience sees of the workshop. `on_screen`: whose names may stand on the projector; `kept`: what a
    person may still read of tables that ended."""
    match audience.kind:
        case "room":
            return shown(_room(workshop), texts=_texts(workshop, ROOM))
        case "person":
            return _person(workshop, PersonId(audience.id), kept)
        case "group":
            return _group(workshop, GroupId(audience.id))
        case "moderators":
            people = (*workshop.people, *map(PersonId, workshop.staff))
            return shown(board_view(workshop), people=people, texts=_texts(workshop, MODERATORS))
        case "screen":
            screen = screen_view(workshop, on_screen)
            called = (person for table in screen.tables for person in table.members)
            return shown(screen, people=called, texts=_texts(workshop, SCREEN))


def _texts(workshop: Workshop, audience: Audience) -> tuple[FrozenId, ...]:
    return tuple(said.text for said in workshop.announcements if said.to == audience)


def _messages(workshop: Workshop, audience: Audience) -> tuple[MessageView, ...]:
    return tuple(MessageView(said.text, said.at_ms) for said in workshop.announcements if said.to == audience)


def phase_view(workshop: Workshop, run: PhaseRun) -> PhaseView:
    return PhaseView(
        id=run.id,
        spec=run.spec,
        activity=workshop.spec(run).activity,
        variant=run.variant,
        minutes=run.minutes,
        status=run.status,
        meeting=run.meeting,
        counted=run.counted,
        between=run.between,
        skipped=run.skipped,
        opened_ms=run.opened_ms,
        spent_ms=run.spent_ms,
        entered_ms=run.entered_ms,
        without=run.without,
    )


def _room(workshop: Workshop) -> RoomView:
    run = workshop.current
    return RoomView(
        title=workshop.title,
        life=workshop.life,
        language=workshop.language,
        schedule=workshop.schedule,
        date=workshop.date,
        retention_days=workshop.retention_days,
        kept_until_ms=kept_until_ms(workshop),
        phases=tuple(phase_view(workshop, one) for one in workshop.phases),
        at=workshop.at,
        step=standing(run).step if run else 0,
        timer=workshop.timers.get(""),
        messages=_messages(workshop, ROOM),
    )


def _lookers(workshop: Workshop, staff: Iterable[StaffId]) -> tuple[Looker, ...]:
    return tuple(Looker(one, workshop.staff.get(one, "moderator")) for one in sorted(staff))


def _named(lookers: tuple[Looker, ...]) -> Iterable[PersonId]:
    """Staff have no seat, but their names lie beside those of people."""
    return (PersonId(one.staff) for one in lookers)


def _beside(kept: tuple[KeptTable, ...]) -> Iterable[PersonId]:
    return (one for table in kept for one in table.members)


def _coming(workshop: Workshop, person: PersonId) -> Iterable[PersonId]:
    return (PersonId(call.coming) for call in workshop.help if call.person == person and call.coming)


def _person(workshop: Workshop, person: PersonId, kept: tuple[KeptTable, ...]) -> View | None:
    member = workshop.people.get(person)
    if member is None:
        return None
    mine = Audience("person", person)
    lookers = _lookers(workshop, (staff for staff, who in workshop.viewing.items() if who == person))
    groups = {
        run.id: {name: group.id for name, group in places(run).get(person, {}).items()}
        for run in workshop.phases
        if run.groups
    }
    return shown(
        PersonView(
            me=member,
            groups=groups,
            done=workshop.signals.of(person) == "done",
            need_time=workshop.signals.of(person) == "need_time",
            help=next((call for call in workshop.help if call.person == person), None),
            messages=_messages(workshop, mine),
            lookers=lookers,
            kept=kept,
            handovers=_handovers(workshop, person),
        ),
        people={person, *_named(lookers), *_coming(workshop, person), *_beside(kept)},
        texts=_texts(workshop, mine),
    )


def _handovers(workshop: Workshop, person: PersonId) -> tuple[HandoverView, ...]:
    return tuple(
        HandoverView(name, one.by, one.state, one.offered_ms, one.until_ms, one.opened_ms)
        for name, one in workshop.handovers.items()
        if one.person == person
    )


def find_group(workshop: Workshop, group: GroupId) -> tuple[PhaseRun, str, Group] | None:
    """Where this group works now, else where it worked last.

    Partnerships and repeated groups work in several phases, and a trio among pairs is a circle of its own later on.
    """
    found: list[tuple[tuple[bool, int, bool], PhaseRun, str, Group]] = []
    for run in workshop.phases:
        steps = workshop.steps(run)
        step = steps[min(standing(run).step, len(steps) - 1)]
        for name, groups in run.groups.items():
            one = next((one for one in groups if one.id == group), None)
            if one is not None:
                found.append(((run.id == workshop.at, run.opened_ms, name == step.groups), run, name, one))
    if not found:
        return None
    _, run, name, one = max(found, key=lambda candidate: candidate[0])
    return run, name, one


def _group(workshop: Workshop, group: GroupId) -> View | None:
    found = find_group(workshop, group)
    if found is None:
        return None
    run, name, one = found
    ours = Audience("group", group)
    lookers = _lookers(workshop, _looking_at(workshop, run, one))
    help_ = tuple(call for call in workshop.help if call.group == group)
    shift = run.shifts.get(group)
    body = GroupView(
        id=group,
        phase=run.id,
        grouping=name,
        members=one.members,
        table=one.table,
        parts=one.parts,
        absent=one.absent,
        standing=standing(run, group),
        timer=workshop.timers.get(group),
        lookers=lookers,
        shift=shift,
        help=help_,
        messages=_messages(workshop, ours),
        size_note=_size_note(workshop, run, one),
        beside=is_of_partners(workshop, run, name) and one.id.startswith(prefix(run, name)),
    )
    people = {*one.members, *_named(lookers), *(shift.went if shift else ())}
    people |= {PersonId(call.coming) for call in help_ if call.coming}
    return shown(body, people=people, texts=_texts(workshop, ours))


def _looking_at(workshop: Workshop, run: PhaseRun, one: Group) -> set[StaffId]:
    """Who looks into the group, or at the screen of somebody in it."""
    viewing = {staff for staff, who in workshop.viewing.items() if run.id == workshop.at and who in one.members}
    return viewing | {staff for staff, group in workshop.looking.items() if group == one.id}


def _size_note(workshop: Workshop, run: PhaseRun, one: Group) -> Literal["", "trio", "more"]:
    """Who is not two where others are two is told why, and how the work goes then."""
    paired = (groups for name, groups in run.groups.items() if _is_paired(workshop, run, name))
    if len(one.taking_part) < 3 or not any(one.id == pair.id for groups in paired for pair in groups):
        return ""
    return "trio" if len(one.taking_part) == 3 else "more"


def _is_paired(workshop: Workshop, run: PhaseRun, name: str) -> bool:
    how = workshop.grouping(run, name)
    return how is not None and how.form == "pairs"
