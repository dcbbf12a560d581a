"""An act is taken back with all that follows: who came meanwhile has a place, and the tables go on where they are."""

from collections.abc import Iterator

from server.core.messages import Actor, Context, Event, Refused
from server.core.workshop import commands, events, people_rules, turns
from server.core.workshop.grounds import Grounds
from server.core.workshop.seating import Seating
from server.core.workshop.state import UNDO_MS, Undoable
from server.core.workshop.undoing import groupings


def undo_act(grounds: Grounds, command: commands.UndoAct, actor: Actor, context: Context) -> Iterator[Event]:
    found = next((one for one in grounds.workshop.undoable if one.seq == command.act), None)
    if found is None:
        raise Refused("nothing_to_undo", "it was taken back already, or something else has changed the same since")
    if context.now_ms - found.at_ms > UNDO_MS:
        raise Refused("too_late_to_undo", "change it by hand instead; nothing was lost")
    if actor.role == "co_moderator" and found.staff != actor.id:
        raise Refused("not_allowed", "a co-moderator takes back their own acts")
    fact = events.ActUndone(found.seq, context.now_ms)
    yield fact
    back = grounds.after(fact)
    for event in _turns_kept(grounds, back, found, context.now_ms):
        yield event
        back = back.after(event)
    touched = {phase for phase, _ in groupings(found)}
    for run in [run for run in back.workshop.phases if run.id in touched]:
        # Circles and what they were merged from may have been formed, or laid by hand, one after the other.
        for event in Seating(back, run, context, back.here(context)).circles():
            yield event
            back = back.after(event)
    # Groups may have been formed without somebody who is back now.
    returned = grounds.workshop.joined() != back.workshop.joined()
    for run in back.workshop.phases:
        at_work = run.id == back.workshop.at or run.is_open
        if at_work and (returned or run.id in touched):
            yield from people_rules.places_again(back, run.id, context)


def _turns_kept(grounds: Grounds, back: Grounds, found: Undoable, now_ms: int) -> Iterator[Event]:
    """The tables that are as they were go on where they are by now: what was told meanwhile is told."""
    for phase, name in groupings(found):
        run, restored = grounds.workshop.phase(phase), back.workshop.phase(phase)
        if run is not None and restored is not None:
            yield from turns.kept(back, run, name, restored.groups.get(name, ()), now_ms)
