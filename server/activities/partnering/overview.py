"""What moderators see: who stands where, how good a draft is and who has no place; no direction, no veto, no no."""

from typing import Literal

import msgspec

from server.activities.partnering.pact import group_of, is_agreed
from server.activities.partnering.room_map import is_on_map
from server.activities.partnering.state import Check, Partnering
from server.activities.partnering.units import people_of, teams
from server.core.activity import Scene
from server.core.consent import PartnershipId
from server.core.consent_views import ProposalProgress, Stage, consent_view_for_moderator
from server.core.matching import Quality, Unmatched, UnmatchedReason
from server.core.messages import GroupId, PersonId
from server.core.view import View, shown
from server.core.wishes import Relation, UnitId


class UnitRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """`wished`: how many of the people have set wishes; which, and what, is theirs."""

    unit: UnitId
    people: tuple[PersonId, ...]
    stage: Stage = "waiting"
    wished: int = 0
    missed: UnmatchedReason | None = None
    lost_partner: bool = False
    by_proxy: bool = False


class DraftRow(msgspec.Struct, frozen=True, omit_defaults=True):
    units: tuple[UnitId, ...]
    remote: bool = False


class DraftView(msgspec.Struct, frozen=True, omit_defaults=True):
    groups: tuple[DraftRow, ...]
    unmatched: tuple[Unmatched, ...] = ()
    by_hand: bool = False
    """Changed since: the quality is that of what was computed."""


class PartnershipRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """State only: how many sides have confirmed their text, and whether it is the same."""

    partnership: PartnershipId
    group: GroupId
    units: tuple[UnitId, ...]
    sides_said: int = 0
    agreed: bool = False
    on_map: bool = False


class PartneringForModerators(msgspec.Struct, frozen=True, omit_defaults=True):
    """`strengths` row n holds a shade 0 to 2 for each unit of `matrix` before the nth, as drawn with the last draft.

    `without_partner` are those present who have none. `over`: the room has moved on. `checks`: whether each round was
    the same when it was computed again before it was shown.
    """

    kind: Literal["school", "person"]
    units: tuple[UnitRow, ...]
    round: int = 0
    rounds_left: int = 0
    without_partner: tuple[UnitId, ...] = ()
    draft: DraftView | None = None
    quality: Quality | None = None
    matrix: tuple[UnitId, ...] = ()
    strengths: tuple[str, ...] = ()
    open: tuple[ProposalProgress, ...] = ()
    partnerships: tuple[PartnershipRow, ...] = ()
    relations: tuple[Relation, ...] = ()
    closed: bool = False
    over: bool = False
    checks: tuple[Check, ...] = ()


def for_moderators(state: Partnering, scene: Scene) -> View:
    said = consent_view_for_moderator(state.consent)
    rows = _rows(state, scene, said.stages)
    body = PartneringForModerators(
        state.kind,
        rows,
        said.round,
        said.rounds_left,
        tuple(row.unit for row in rows if row.stage in ("waiting", "proposed", "talk")),
        _draft(state),
        state.quality,
        state.strengths.units,
        state.strengths.rows,
        said.open,
        tuple(_partnership(state, key, scene) for key in state.consent.partnerships),
        state.relations,
        said.closed,
        scene.status == "closed",
        state.checks,
    )
    return shown(body, people=[*(person for row in rows for person in row.people), *_named(state, scene)])


def _named(state: Partnering, scene: Scene) -> set[PersonId]:
    """Who forms a unit alone is named by it, also after leaving."""
    units = {unit for relation in state.relations for unit in relation.units} | state.consent.units.keys()
    units |= {*state.strengths.units, *(u for pact in state.consent.partnerships.values() for u in pact.units)}
    return {PersonId(unit) for unit in units} & scene.people.keys()


def _rows(state: Partnering, scene: Scene, stages: dict[UnitId, Stage]) -> tuple[UnitRow, ...]:
    now = teams(state.kind, scene.people)
    units = {**{unit: people_of(state, (unit,)) for unit in state.consent.units}, **now}
    return tuple(
        UnitRow(
            unit,
            people,
            stages.get(unit, "waiting"),
            sum(bool(state.wishes.get(person)) for person in people),
            state.missed.get(unit),
            unit in state.consent.units and state.consent.units[unit].lost_partner,
            unit in state.proxies,
        )
        for unit, people in sorted(units.items())
    )


def _draft(state: Partnering) -> DraftView | None:
    draft = state.draft
    if draft is None:
        return None
    groups = tuple(DraftRow(group.units, group.remote) for group in draft.groups)
    return DraftView(groups, draft.unmatched, draft.by_hand)


def _partnership(state: Partnering, key: PartnershipId, scene: Scene) -> PartnershipRow:
    units = state.consent.partnerships[key].units
    pact = state.pacts.get(key)
    said = sum(unit in pact.said for unit in units) if pact else 0
    return PartnershipRow(key, group_of(scene.phase, key), units, said, is_agreed(state, key), is_on_map(state, key))
