"""Who has a seat: joining, profiles, coming back, leaving, and whom the moderator keeps apart or together."""

from collections.abc import Iterator
from typing import Literal

from msgspec.structs import replace

from server.core.attending import Member
from server.core.groups import group_of, seats_of
from server.core.messages import Actor, Context, Event, PersonId, PhaseId, Refused
from server.core.workshop import commands, events
from server.core.workshop.grounds import Grounds
from server.core.workshop.partners import groupings
from server.core.workshop.people_commands import (
    AdmitPeople,
    AdmitPerson,
    ChangeProfile,
    KeepApart,
    KeepTogether,
    LeaveForGood,
    TakePlace,
    TakeSeat,
)
from server.core.workshop.seating import Seating

MOST_PEOPLE = 2_000
"""Above this a workshop is full; the largest rehearsed room has half of it."""


def _own_or_staff(person: PersonId, actor: Actor) -> None:
    if actor.role == "person" and actor.person != person:
        raise Refused("not_yours", "only the person or a moderator can do this")


def admit(grounds: Grounds, command: AdmitPerson, actor: Actor, context: Context) -> Iterator[Event]:
    _own_or_staff(command.person, actor)
    workshop = grounds.workshop
    if command.person in workshop.people:
        raise Refused("seat_taken", "this seat exists already; take it instead")
    if len(workshop.people) >= MOST_PEOPLE:
        raise Refused("full", "this workshop is full; ask the moderator")
    member = Member(
        id=command.person,
        school=command.school,
        languages=command.languages,
        schooling=command.schooling,
        remote=command.remote,
        state="expected" if command.expected else "joined",
        without_device=command.without_device,
        joined_ms=0 if command.expected else context.now_ms,
    )
    yield events.PersonAdmitted(command.person, member)
    if not command.expected:
        yield from places_for(grounds, member, context)


def admit_all(grounds: Grounds, command: AdmitPeople, _actor: Actor, _context: Context) -> Iterator[Event]:
    workshop = grounds.workshop
    new = [one for one in command.people if one.person not in workshop.people]
    if len(workshop.people) + len(new) > MOST_PEOPLE:
        raise Refused("full", f"a workshop holds {MOST_PEOPLE} people; {len(workshop.people)} have a seat already")
    for one in new:
        member = Member(one.person, one.school, one.languages, one.schooling, state="expected")
        yield events.PersonAdmitted(one.person, member)


def take_seat(grounds: Grounds, command: TakeSeat, actor: Actor, context: Context) -> Iterator[Event]:
    """Only who is expected has a seat to be taken: who left comes back by their own link, as themselves."""
    if actor.person != command.person:
        raise Refused("not_yours", "people tap their own name")
    member = grounds.member(command.person)
    if member.state != "expected":
        raise Refused("seat_taken", "somebody took this seat; use its own link, or a PIN")
    taken = replace(
        member,
        school=command.school,
        languages=command.languages,
        schooling=command.schooling,
        remote=command.remote,
        state="joined",
        joined_ms=context.now_ms,
    )
    yield events.ProfileChanged(command.person, taken)
    yield from places_for(grounds, taken, context)


def change_profile(grounds: Grounds, command: ChangeProfile, actor: Actor, _context: Context) -> Iterator[Event]:
    _own_or_staff(command.person, actor)
    member = grounds.member(command.person)
    changed = replace(
        member,
        school=command.school,
        languages=command.languages,
        schooling=command.schooling,
        remote=command.remote,
    )
    # Also when the rules learn nothing new: the name may have changed, and every screen must hear of it.
    yield events.ProfileChanged(command.person, changed)


def take_place(grounds: Grounds, command: TakePlace, actor: Actor, context: Context) -> Iterator[Event]:
    _own_or_staff(command.person, actor)
    member = grounds.member(command.person)
    if actor.role == "clock" and member.state != "joined":
        return
    if member.state != "joined":
        member = replace(member, state="joined", joined_ms=member.joined_ms or context.now_ms)
        yield events.ProfileChanged(command.person, member)
    yield from places_for(grounds, member, context)


def places_for(grounds: Grounds, member: Member, context: Context) -> Iterator[Event]:
    """A place in every grouping that is already formed where the room is, and in what is open beside it."""
    workshop = grounds.workshop
    here = grounds.here(context) | {member.id}
    for run in workshop.phases:
        if run.id == workshop.at or run.is_open:
            seating = Seating(grounds, run, context, here)
            for name in seating.in_turn():
                yield from seating.place(name, member)


def places_again(grounds: Grounds, phase: PhaseId, context: Context) -> Iterator[Event]:
    """The groups of a phase to which the room returned: without those who have left, and with those who have come."""
    joined, here = grounds.workshop.joined(), grounds.here(context)
    seating = Seating(grounds, grounds.run(phase), context, here)
    for name in seating.in_turn():
        groups = seating.groups(name)
        waiting = {person for group in groups for person in group.absent}
        seated = seats_of(groups)
        coming = sorted(here.difference(seated) | (here & waiting))
        settled = seating.settled(name, groups, coming, sorted(set(seated) - joined))
        if settled != groups:
            yield from seating.change(name, settled, "repaired")


def seats_for_the_unpartnered(grounds: Grounds, context: Context) -> Iterator[Event]:
    """A place beside the partnerships, wherever these are seated and the room still works, for whoever has none."""
    workshop = grounds.workshop
    here = grounds.here(context)
    for run in workshop.phases:
        if run.id != workshop.at and not run.is_open:
            continue
        seating = Seating(grounds, run, context, here)
        for name in groupings(workshop, run):
            groups = seating.groups(name)
            settled = seating.settled(name, groups, sorted(here - seats_of(groups).keys()), ())
            if settled != groups:
                yield from seating.change(name, settled, "repaired")


def leave(grounds: Grounds, command: LeaveForGood, actor: Actor, context: Context) -> Iterator[Event]:
    """The group goes on: who would be left alone by it is joined to others at once."""
    _own_or_staff(command.person, actor)
    if grounds.member(command.person).state == "left":
        return
    yield events.PersonLeft(command.person, context.now_ms)
    workshop = grounds.workshop
    here = grounds.here(context) - {command.person}
    for run in workshop.phases:
        if run.id != workshop.at and not run.is_open:
            continue
        seating = Seating(grounds, run, context, here)
        for name in seating.in_turn():
            groups = seating.groups(name)
            if group_of(groups, command.person) is not None:
                yield from seating.change(name, seating.settled(name, groups, (), (command.person,)), "left")


def catch_up(grounds: Grounds, command: commands.CatchUp, actor: Actor, _context: Context) -> Iterator[Event]:
    """Nobody asks whether they really missed it: what they make there is their own."""
    run = grounds.run(command.phase)
    person = actor.person
    if person is None or grounds.member(person).state != "joined":
        raise Refused("not_joined", "take your place first")
    if not run.opened_ms:
        raise Refused("not_begun", "this phase is still to come")
    if not run.is_open and person not in run.catching_up:
        yield events.CatchUpBegun(run.id, person)


def keep_apart(grounds: Grounds, command: KeepApart, _actor: Actor, _context: Context) -> Iterator[Event]:
    yield from _kept(grounds, command.one, command.other, "apart" if command.keep else "apart_no_more")


def keep_together(grounds: Grounds, command: KeepTogether, _actor: Actor, _context: Context) -> Iterator[Event]:
    yield from _kept(grounds, command.one, command.other, "together" if command.keep else "together_no_more")


def _kept(
    grounds: Grounds,
    one: PersonId,
    other: PersonId,
    how: Literal["apart", "together", "apart_no_more", "together_no_more"],
) -> Iterator[Event]:
    if one == other:
        raise Refused("same_person", "name two people")
    grounds.member(one)
    grounds.member(other)
    yield events.PairKept(one, other, how)
