"""What stays of a fact once the choice is made: the log then holds no wish, no veto, and nobody's no."""

from msgspec.structs import replace

from server.activities.partnering.messages import (
    Drafted,
    MatchingProposed,
    PlaceMissed,
    ProposalArranged,
    ProposalExplained,
    StrengthsDrawn,
    VetoSet,
    WishesSet,
)
from server.activities.partnering.state import Partnering, Strengths, lasting, without
from server.core.consent import ProposalMade, ProposalReleased, YesSaid
from server.core.match_record import SALTED
from server.core.messages import Event, PersonId

NAMELESS = (WishesSet, VetoSet, ProposalMade, ProposalReleased, YesSaid)
"""A commit with one of these says by its actor, device and number what the fact itself leaves out: once the fact is
spent, the commit is the clock's, of no device."""


def keeps(state: Partnering) -> bool:
    """Whether there is something that time alone will have to end."""
    return state.keeps_secrets


def remains(state: Partnering, event: Event) -> Event | None:
    """The fact as it may stay in the log now: itself, less of it, or nothing.

    Folding what remains comes to the same state, and to the same partnerships for any part of the log.
    """
    match event:
        case WishesSet():
            return _wishes(state, event)
        case VetoSet():
            return _veto(state, event)
        case StrengthsDrawn():
            return _strengths(state, event)
        case MatchingProposed():
            return _matching(state, event)
        case ProposalArranged():
            current = state.draft is not None and state.draft.by_hand
            return event if current else None
        case PlaceMissed(unit=unit):
            return event if unit in state.missed else None
        case _:
            return _proposal(state, event)


def is_nameless(state: Partnering, event: Event) -> bool:
    """Whether the commit of this fact is to lose its actor, its device and its number now."""
    if not isinstance(event, NAMELESS):
        return False
    if isinstance(event, ProposalMade | YesSaid):
        return event.proposal not in state.consent.proposals
    return isinstance(event, ProposalReleased) or remains(state, event) is None


def _is_spent(state: Partnering, person: PersonId) -> bool:
    unit = state.consent.unit_of(person)
    return state.consent.closed or (unit is not None and state.consent.partnership_of(unit) is not None)


def _wishes(state: Partnering, event: WishesSet) -> WishesSet | None:
    if _is_spent(state, event.person):
        return None
    if not state.forgotten:
        return event
    # Somebody may have wished again since: only what still stands may have been wished for.
    standing = state.wishes.get(event.person, {})
    wants = {unit: wish for unit, wish in event.wants.items() if wish is not None and standing.get(unit) == wish}
    return replace(event, wants=wants) if wants else None


def _veto(state: Partnering, event: VetoSet) -> VetoSet | None:
    if _is_spent(state, event.person):
        return None
    standing = event.unit in state.vetoes.get(event.person, ())
    return event if not state.forgotten or (event.on and standing) else None


def _matching(state: Partnering, event: MatchingProposed) -> MatchingProposed:
    left = event
    if state.draft is None or state.draft.seed != event.seed:
        left = replace(left, groups=_bare(left.groups))
    if state.record is None or state.record.seed != event.seed:
        sha256 = event.inputs_sha256 if event.inputs_sha256.startswith(SALTED) else ""
        left = replace(left, salt="", inputs=b"", inputs_sha256=sha256)
    return left


def _proposal(state: Partnering, event: Event) -> Event | None:
    consent = state.consent
    match event:
        case YesSaid(proposal=key):
            return event if key in consent.proposals else None
        case ProposalMade(proposal=key) if key not in consent.proposals:
            return replace(event, by=None, silent=False)
        case ProposalExplained(proposal=key) if key not in consent.proposals:
            agreed = any(key in it.proposals for it in consent.partnerships.values())
            return replace(event, facts=lasting(event.facts)) if agreed else None
        case _:
            return event


def _strengths(state: Partnering, event: StrengthsDrawn) -> StrengthsDrawn | None:
    if not state.strengths.units or not set(state.strengths.units) <= set(event.units):
        return None
    left = without(Strengths(event.units, event.rows), set(event.units) - set(state.strengths.units))
    return StrengthsDrawn(left.units, left.rows) if left == state.strengths else None


def _bare(groups: tuple[Drafted, ...]) -> tuple[Drafted, ...]:
    return tuple(replace(group, facts=()) for group in groups)
