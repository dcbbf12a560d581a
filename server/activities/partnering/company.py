"""Whom later phases seat apart or together while they have no partner yet: rules for rules, in no view."""

from server.activities.partnering.inputs import named_by
from server.activities.partnering.state import Partnering
from server.activities.partnering.units import people_of
from server.core.activity import Scene
from server.core.messages import PersonId


def kept_apart(state: Partnering, scene: Scene) -> tuple[tuple[PersonId, PersonId], ...]:
    """Every two of whom one said "not with them", whom a moderator keeps apart, or who have just left each other."""
    found: set[tuple[PersonId, PersonId]] = set()
    names = named_by(state, scene) if state.vetoes else {}
    for person, vetoed in state.vetoes.items():
        found.update(_pair(person, other) for name in vetoed for other in names.get(name, ()))
    conflicts = [one.units for one in state.relations if one.kind == "conflict"]
    for units in (*conflicts, *state.consent.parted):
        one, other = (people_of(state, (unit,)) for unit in units)
        found.update(_pair(a, b) for a in one for b in other)
    return tuple(sorted(pair for pair in found if pair[0] != pair[1]))


def talking(state: Partnering) -> tuple[tuple[PersonId, ...], ...]:
    """Those who are proposed to each other and have not answered: they go on talking where they are."""
    return tuple(
        people_of(state, it.units)
        for it in state.consent.proposals.values()
        if not it.silent and it.origin != "unit" and it.joins is None
    )


def _pair(one: PersonId, other: PersonId) -> tuple[PersonId, PersonId]:
    return min(one, other), max(one, other)
