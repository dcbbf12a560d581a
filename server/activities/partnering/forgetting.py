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
from server.core.consent import PartnershipId, ProposalMade, ProposalReleased, YesSaid
from server.core.messages import Event

NAMELESS = (WishesSet, VetoSet, ProposalMade, ProposalReleased, YesSaid)
"""A commit with one of these says by its actor, device and number what the fact itself leaves out: once the fact is
spent, the commit is the clock's, of no device."""


def remains(state: Partnering, event: Event, *, over: bool = False) -> Event | None:
    """The fact as it may stay in the log now: itself, less of it, or nothing. `over`: the phase will not go on.

    Folding what remains comes to the same state, and to the same partnerships for any part of the log.
    """
    match event:
        case WishesSet(person=person) | VetoSet(person=person):
            unit = state.consent.unit_of(person)
            placed = unit is not None and state.consent.partnership_of(unit) is not None
            return None if over or state.consent.closed or placed else event
        case StrengthsDrawn():
            return _strengths(state, event, over=over)
        case MatchingProposed(seed=seed):
            shown = over or state.draft is None or state.draft.seed != seed
            return replace(event, groups=_bare(event.groups)) if shown else event
        case ProposalArranged():
            current = not over and state.draft is not None and state.draft.by_hand
            return event if current else None
        case PlaceMissed(unit=unit):
            return event if unit in state.missed and not over else None
        case _:
            return _proposal(state, event)


def is_nameless(state: Partnering, event: Event, *, over: bool = False) -> bool:
    """Whether the commit of this fact is to lose its actor, its device and its number now."""
    if not isinstance(event, NAMELESS):
        return False
    if isinstance(event, ProposalMade | YesSaid):
        return event.proposal not in state.consent.proposals
    return isinstance(event, ProposalReleased) or remains(state, event, over=over) is None


def _proposal(state: Partnering, event: Event) -> Event | None:
    consent = state.consent
    match event:
        case YesSaid(proposal=key):
            return event if key in consent.proposals else None
        case ProposalMade(proposal=key) if key not in consent.proposals:
            return replace(event, by=None, silent=False)
        case ProposalExplained(proposal=key) if key not in consent.proposals:
            agreed = PartnershipId(key) in consent.partnerships
            return replace(event, facts=lasting(event.facts)) if agreed else None
        case _:
            return event


def _strengths(state: Partnering, event: StrengthsDrawn, *, over: bool) -> StrengthsDrawn | None:
    if over or not state.strengths.units or not set(state.strengths.units) <= set(event.units):
        return None
    left = without(Strengths(event.units, event.rows), set(event.units) - set(state.strengths.units))
    return StrengthsDrawn(left.units, left.rows) if left == state.strengths else None


def _bare(groups: tuple[Drafted, ...]) -> tuple[Drafted, ...]:
    return tuple(replace(group, facts=()) for group in groups)
