"""Whose screens a fact can change: few where many act at once, everybody's otherwise."""

from collections.abc import Iterable, Iterator

from server.core.messages import WORKSHOP, Event, GroupId, PersonId
from server.core.view import MODERATORS, ROOM, SCREEN, Watched, group, looking_into, person, seeing_as
from server.core.workshop import events as e
from server.core.workshop.places import places
from server.core.workshop.rulebook import Fact
from server.core.workshop.state import Workshop

Spot = tuple[Watched, str]
"""An audience and a part of the workshop that it sees."""

SHARED: frozenset[Watched] = frozenset({ROOM, MODERATORS, SCREEN})

EVERY_PART: frozenset[type[Event]] = frozenset(
    {e.WorkshopCreated, e.LifeChanged, e.MoveUndone, e.ActUndone, e.PersonLeft, e.PersonAdmitted, e.ProfileChanged}
)
"""Who is here counts in phases long past, too."""


ONLY_WORKSHOP: frozenset[type[Event]] = frozenset(
    {e.DoneSignalled, e.NeedTimeSignalled, e.SeatOffered, e.OfferAnswered, e.SeatOpened, e.SeatClosed}
)
"""What no activity knows: with a thousand people who signal within seconds, no view of a phase is computed for it."""


def touched_shared(workshop: Workshop, facts: Iterable[Fact]) -> Iterator[Spot]:
    """The spots of the room, the moderators and the screen that these facts can have changed: quick to say."""
    for scope, event in facts:
        for part in _parts(workshop, scope, event):
            for one in SHARED:
                yield one, part


def touched_own(workshop: Workshop, facts: Iterable[Fact], audiences: Iterable[Watched]) -> Iterator[Spot]:
    """The spots of people and groups that these facts can have changed; `audiences` are those that anybody here
    belongs to."""
    for scope, event in facts:
        whom = tuple(_concerned(workshop, event, audiences))
        for part in _parts(workshop, scope, event):
            for one in whom:
                yield one, part


def touched_by_moving(workshop: Workshop, before: Workshop) -> Iterator[Spot]:
    """The spots that change because somebody sits elsewhere, whatever fact it was that moved them: a partnership takes
    its groups along in every phase."""
    for run in workshop.phases:
        was = before.phase(run.id)
        if was is None or was.groups is run.groups:
            continue
        for name in run.groups.keys() | was.groups.keys():
            differing = set(run.groups.get(name, ())) ^ set(was.groups.get(name, ()))
            if not differing:
                continue
            moved = {group(one.id) for one in differing}
            moved |= {person(who) for one in differing for who in one.members}
            for part in (WORKSHOP, run.id) if run.is_shown else (WORKSHOP,):
                yield from ((one, part) for one in (*SHARED, *moved))


def _concerned(workshop: Workshop, event: Event, audiences: Iterable[Watched]) -> Iterable[Watched]:
    if event.concerns == "person":
        who: PersonId = event.person  # type: ignore[attr-defined]
        return _screens_of(workshop, who)
    if event.concerns == "people":
        few: Iterable[PersonId] = event.people  # type: ignore[attr-defined]
        return (one for each in few for one in _screens_of(workshop, each))
    if event.concerns == "group":
        which: GroupId = event.group  # type: ignore[attr-defined]
        return (group(which), looking_into(which), *_members_of(workshop, which))
    # Only now: among a thousand people who tap, going through all audiences would cost more than the rest of a tap.
    return (one for one in audiences if one not in SHARED)


def _screens_of(workshop: Workshop, who: PersonId) -> Iterator[Watched]:
    """A person's own screen and those of their groups, also as a moderator sees them."""
    yield person(who)
    yield seeing_as(who)
    for run in workshop.phases:
        for one in places(run).get(who, {}).values():
            yield group(one.id)
            yield looking_into(one.id)


def _members_of(workshop: Workshop, which: GroupId) -> Iterator[Watched]:
    seen: set[PersonId] = set()
    for run in workshop.phases:
        for groups in run.groups.values():
            for one in groups:
                if one.id == which:
                    seen.update(one.members)
    for who in sorted(seen):
        yield person(who)
        yield seeing_as(who)


def _parts(workshop: Workshop, scope: str, event: Event) -> Iterator[str]:
    """The part of the fact, and the parts of later phases that go on from what it made."""
    if scope == WORKSHOP:
        yield WORKSHOP
        if type(event) in ONLY_WORKSHOP:
            return
        if type(event) in EVERY_PART:
            yield from (run.id for run in workshop.phases if run.is_shown)
            return
        named = {getattr(event, "phase", None), getattr(event, "left", None), workshop.at}
        yield from (run.id for run in workshop.phases if run.id in named and run.is_shown)
        return
    reached = False
    for run in workshop.phases:
        reached = reached or run.id == scope
        if reached and run.is_shown:
            yield run.id
