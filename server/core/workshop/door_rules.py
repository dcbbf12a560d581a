"""Whose seat opens where: a seat goes to another device by its owner's leave, and its owner can close it there."""

from collections.abc import Iterator

from msgspec.structs import replace

from server.core.messages import Actor, Context, Event, Refused
from server.core.workshop import events
from server.core.workshop.grounds import Grounds
from server.core.workshop.people_commands import AnswerOffer, CloseSeat, OfferSeat, OpenSeat
from server.core.workshop.state import Handover

HANDOVER_MS = 10 * 60 * 1000
"""How long an offered link or PIN can be used."""


def offer(grounds: Grounds, command: OfferSeat, actor: Actor, context: Context) -> Iterator[Event]:
    """The moderator makes a way to somebody's seat from another device; its owner sees that, and by whom."""
    if actor.role not in ("moderator", "co_moderator"):
        raise Refused("not_allowed", "only the moderator hands a seat to another device")
    if grounds.member(command.person).state == "expected":
        raise Refused("not_come_yet", "they tap their name on the list when they come")
    until_ms = context.now_ms + HANDOVER_MS
    yield events.SeatOffered(command.person, command.handover, actor.role, context.now_ms, until_ms)


def answer(grounds: Grounds, command: AnswerOffer, actor: Actor, _context: Context) -> Iterator[Event]:
    """Only whose seat it is says whether it may be opened elsewhere."""
    known = _handover(grounds, command.handover)
    if actor.person != known.person or actor.typed_by:
        raise Refused("not_yours", "only whose seat it is decides this")
    if known.state in ("offered", "allowed", "refused"):
        wanted = "allowed" if command.allow else "refused"
        if known.state != wanted:
            yield events.OfferAnswered(known.person, command.handover, command.allow)


def open_(grounds: Grounds, command: OpenSeat, _actor: Actor, context: Context) -> Iterator[Event]:
    """The other device is at the door. Whoever is here on a device of their own is asked first."""
    known = _handover(grounds, command.handover)
    if known.state == "refused":
        raise Refused("handover_refused", "whose seat it is said no")
    if known.state not in ("offered", "allowed") or context.now_ms > known.until_ms:
        raise Refused("handover_spent", "it was used already, or its ten minutes are over")
    member = grounds.member(known.person)
    if known.state == "offered" and not member.without_device and known.person in context.present:
        raise Refused("ask_first", "a device of theirs is on, and asks them")
    if member.without_device:
        # From now on nobody types for them any more: they have a device of their own.
        yield events.ProfileChanged(member.id, replace(member, without_device=False))
    yield events.SeatOpened(known.person, command.handover, context.now_ms)


def close(grounds: Grounds, command: CloseSeat, actor: Actor, _context: Context) -> Iterator[Event]:
    known = _handover(grounds, command.handover)
    if actor.role == "person" and actor.person != known.person:
        raise Refused("not_yours", "only whose seat it is, or a moderator, closes it")
    if known.state != "closed":
        yield events.SeatClosed(known.person, command.handover)


def _handover(grounds: Grounds, handover: str) -> Handover:
    found = grounds.workshop.handovers.get(handover)
    if found is None:
        raise Refused("no_such_handover", "it was replaced by a newer one")
    return found
