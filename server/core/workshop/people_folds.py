"""Who takes part after a fact about people: their seats, the ways to them, and whom to keep together or apart."""

from msgspec.structs import replace

from server.core.attending import Member
from server.core.workshop import events as e
from server.core.workshop.state import Handover, Keeping, Workshop


def _with_member(workshop: Workshop, member: Member) -> Workshop:
    return replace(workshop, people={**workshop.people, member.id: member})


def admitted(workshop: Workshop, event: e.PersonAdmitted) -> Workshop:
    return _with_member(workshop, event.member)


def profile(workshop: Workshop, event: e.ProfileChanged) -> Workshop:
    return _with_member(workshop, event.member)


def left(workshop: Workshop, event: e.PersonLeft) -> Workshop:
    member = workshop.people.get(event.person)
    if member is None:
        return workshop
    signals = workshop.signals.unsaid(event.person)
    gone = replace(workshop, signals=signals, help=tuple(c for c in workshop.help if c.person != event.person))
    return _with_member(gone, replace(member, state="left"))


def seat_offered(workshop: Workshop, event: e.SeatOffered) -> Workshop:
    # One way at a time: an older link that nobody used would stay open behind the owner's back.
    others = {
        name: one
        for name, one in workshop.handovers.items()
        if one.person != event.person or one.state in ("opened", "closed")
    }
    offered = Handover(event.person, event.by, event.at_ms, event.until_ms)
    return replace(workshop, handovers={**others, event.handover: offered})


def _handed(workshop: Workshop, handover: str, **changes: object) -> Workshop:
    known = workshop.handovers.get(handover)
    if known is None:
        return workshop
    return replace(workshop, handovers={**workshop.handovers, handover: replace(known, **changes)})


def offer_answered(workshop: Workshop, event: e.OfferAnswered) -> Workshop:
    return _handed(workshop, event.handover, state="allowed" if event.allow else "refused")


def seat_opened(workshop: Workshop, event: e.SeatOpened) -> Workshop:
    return _handed(workshop, event.handover, state="opened", opened_ms=event.at_ms)


def seat_closed(workshop: Workshop, event: e.SeatClosed) -> Workshop:
    return _handed(workshop, event.handover, state="closed")


def pair_kept(workshop: Workshop, event: e.PairKept) -> Workshop:
    pair = (event.one, event.other) if event.one < event.other else (event.other, event.one)
    keeping = workshop.keeping
    match event.how:
        case "apart":
            kept = Keeping(keeping.apart | {pair}, keeping.together - {pair})
        case "together":
            kept = Keeping(keeping.apart - {pair}, keeping.together | {pair})
        case "apart_no_more":
            kept = Keeping(keeping.apart - {pair}, keeping.together)
        case "together_no_more":
            kept = Keeping(keeping.apart, keeping.together - {pair})
    return replace(workshop, keeping=kept)
