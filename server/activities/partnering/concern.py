"""Whose own screens the facts of a consent change: of those whom they name, and of who is looking for a partner."""

from collections.abc import Iterable, Iterator

from server.activities.partnering.messages import PlaceMissed, SeenAnew
from server.activities.partnering.state import Partnering, evolve
from server.activities.partnering.units import people_of, unit_of
from server.core import consent
from server.core.activity import Scene
from server.core.messages import Event, PersonId
from server.core.wishes import UnitId

CHANGES_WHO_IS_FREE = (
    consent.PartnershipConfirmed,
    consent.ThirdJoined,
    consent.UnitLeftPartnership,
    consent.PartnershipDissolved,
    consent.UnitAdmitted,
    consent.UnitMarked,
)


def with_concern(state: Partnering, scene: Scene, events: Iterable[Event]) -> Iterator[Event]:
    """The facts, and at their end for whom they count."""
    units: set[UnitId] = set()
    people: set[PersonId] = set()
    thinner = False
    after = state
    for event in events:
        named = _units_of(after, event)
        units |= named
        people.update(people_of(after, named))
        thinner = thinner or isinstance(event, CHANGES_WHO_IS_FREE)
        after = evolve(after, event)
        yield event
    people.update(people_of(after, units))
    if thinner:
        people.update(_still_looking(after, scene))
    if people:
        yield SeenAnew(tuple(sorted(people)))


def _units_of(state: Partnering, event: Event) -> set[UnitId]:
    agreed, proposals = state.consent.partnerships, state.consent.proposals
    match event:
        case consent.ProposalMade(units=units) | consent.PartnershipConfirmed(units=units):
            return set(units)
        case consent.ProposalReleased(proposal=key):
            return set(proposals[key].units) if key in proposals else set()
        case consent.ThirdJoined(partnership=key, unit=unit) | consent.UnitLeftPartnership(partnership=key, unit=unit):
            return {unit, *(agreed[key].units if key in agreed else ())}
        case consent.PartnershipDissolved(partnership=key):
            return set(agreed[key].units) if key in agreed else set()
        case consent.UnitAdmitted(unit=unit) | consent.UnitMarked(unit=unit) | PlaceMissed(unit=unit):
            return {unit}
        case consent.TalksOpened(units=units):
            return set(units)
        case _:
            return set()


def _still_looking(state: Partnering, scene: Scene) -> Iterator[PersonId]:
    """Without a partner and without a proposal of their own to look at: they see whom there still is to choose."""
    taken = {unit for agreed in state.consent.partnerships.values() for unit in agreed.units}
    for proposal in state.consent.proposals.values():
        taken.update((proposal.by,) if proposal.silent and proposal.by else proposal.units)
    for person, member in scene.people.items():
        if unit_of(state.kind, member) not in taken:
            yield person
