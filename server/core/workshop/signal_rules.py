"""What people tell the moderator by a tap, what the moderator tells them, and whom the moderator looks at."""

from collections.abc import Iterator

from server.core.groups import group_of
from server.core.messages import Actor, Context, Event, GroupId, PersonId, Refused, StaffId
from server.core.view import Audience
from server.core.workshop import commands, events
from server.core.workshop.grounds import Grounds
from server.core.workshop.progress import standing
from server.core.workshop.state import grouping_at


def _joined(grounds: Grounds, actor: Actor) -> PersonId:
    person = actor.person
    if person is None:
        raise Refused("not_allowed", "only people with a seat signal")
    if grounds.member(person).state != "joined":
        raise Refused("not_joined", "take your place first")
    return person


def done(grounds: Grounds, command: commands.SignalDone, actor: Actor, _context: Context) -> Iterator[Event]:
    person = _joined(grounds, actor)
    if (grounds.workshop.signals.of(person) == "done") != command.done:
        yield events.DoneSignalled(person, command.done)


def need_time(grounds: Grounds, command: commands.SignalNeedTime, actor: Actor, _context: Context) -> Iterator[Event]:
    person = _joined(grounds, actor)
    if (grounds.workshop.signals.of(person) == "need_time") != command.need:
        yield events.NeedTimeSignalled(person, command.need)


def call_help(grounds: Grounds, command: commands.CallHelp, actor: Actor, context: Context) -> Iterator[Event]:
    person = _joined(grounds, actor)
    group = current_group(grounds, person) if command.for_group or command.reason == "partner_gone" else None
    if any(call.person == person and call.reason == command.reason for call in grounds.workshop.help):
        return
    yield events.HelpCalled(person, context.now_ms, command.reason, group)


def current_group(grounds: Grounds, person: PersonId) -> GroupId | None:
    """The group in which a person works right now, if the step has groups."""
    run = grounds.workshop.current
    if run is None:
        return None
    step = grounds.workshop.steps(run)[standing(run).step]
    group = group_of(grouping_at(run, step), person)
    return group.id if group else None


def cancel_help(grounds: Grounds, command: commands.CancelHelp, actor: Actor, _context: Context) -> Iterator[Event]:
    if actor.role == "person" and actor.person != command.person:
        raise Refused("not_yours")
    if any(call.person == command.person for call in grounds.workshop.help):
        yield events.HelpClosed(command.person)


def answer_help(grounds: Grounds, command: commands.AnswerHelp, actor: Actor, _context: Context) -> Iterator[Event]:
    if not any(call.person == command.person for call in grounds.workshop.help):
        raise Refused("no_call", "the call has been closed meanwhile")
    yield events.HelpAnswered(command.person, StaffId(actor.id))


def announce(grounds: Grounds, command: commands.Announce, actor: Actor, context: Context) -> Iterator[Event]:
    if context.said is None or not command.text.strip():
        raise Refused("nothing_said", "write the message first")
    if command.to == "person":
        grounds.member(PersonId(command.id))
    yield events.Announced(context.said, Audience(command.to, command.id), context.now_ms, actor.id)


def look_into(grounds: Grounds, command: commands.LookInto, actor: Actor, _context: Context) -> Iterator[Event]:
    staff = StaffId(actor.id)
    group, person = command.group, command.person
    if person is not None:
        grounds.member(person)
        group = None
    elif group is not None and not _is_here(grounds, group):
        raise Refused("no_such_group", "the room has moved on; look at it where it is now")
    looking, viewing = grounds.workshop.looking, grounds.workshop.viewing
    if (looking.get(staff), viewing.get(staff)) != (group, person):
        yield events.LookedInto(staff, group, person)


def _is_here(grounds: Grounds, group: GroupId) -> bool:
    run = grounds.workshop.current
    return run is not None and any(one.id == group for groups in run.groups.values() for one in groups)
