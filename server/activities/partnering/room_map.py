"""The room's map of partnerships: only those whose every side let it be shown, and only names that were let."""

from typing import Final, Literal

import msgspec

from server.activities.partnering.pact import group_of, is_agreed
from server.activities.partnering.state import Partnering
from server.core.activity import Scene
from server.core.consent import PartnershipId
from server.core.excerpt import excerpt
from server.core.messages import FrozenId, GroupId, PersonId
from server.core.view import View, shown
from server.core.wishes import UnitId

SMALLEST_COUNT: Final = 5
At = Literal["wishing", "choosing", "closed"]


class MapEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """`sides`: the names that each side shows. `issue` is the title of what both confirmed."""

    group: GroupId
    sides: tuple[tuple[PersonId, ...], ...]
    issue: FrozenId | None = None


class PartneringForRoom(msgspec.Struct, frozen=True, omit_defaults=True):
    """`partnered` counts people, and is there from five on."""

    at: At
    round: int = 0
    partnered: int = 0
    map: tuple[MapEntry, ...] = ()


class PartneringForScreen(PartneringForRoom, frozen=True, omit_defaults=True):
    """The same, in large."""


def for_room(state: Partnering, scene: Scene, *, screen: bool) -> View:
    consent = state.consent
    entries = tuple(entry for key in consent.partnerships if (entry := _entry(state, key, scene)))
    units = [unit for agreed in consent.partnerships.values() for unit in agreed.units]
    people = sum(len(consent.units[unit].members) for unit in units if unit in consent.units)
    at: At = "closed" if consent.closed else "choosing" if consent.round else "wishing"
    kind = PartneringForScreen if screen else PartneringForRoom
    body = kind(at, consent.round, people if people >= SMALLEST_COUNT else 0, entries)
    named = [person for entry in entries for side in entry.sides for person in side]
    return shown(body, people=named, texts=[entry.issue for entry in entries if entry.issue])


def is_on_map(state: Partnering, key: PartnershipId) -> bool:
    return all(_side(state, unit) for unit in state.consent.partnerships[key].units)


def _side(state: Partnering, unit: UnitId) -> tuple[PersonId, ...]:
    known = state.consent.units.get(unit)
    members = known.members if known else ()
    return tuple(person for person in members if person in state.on_map)


def _entry(state: Partnering, key: PartnershipId, scene: Scene) -> MapEntry | None:
    if not is_on_map(state, key):
        return None
    sides = tuple(_side(state, unit) for unit in state.consent.partnerships[key].units)
    pact = state.pacts.get(key)
    issue = excerpt(pact.agreed, "issue_title") if pact and pact.agreed and is_agreed(state, key) else None
    return MapEntry(group_of(scene.phase, key), sides, issue)
