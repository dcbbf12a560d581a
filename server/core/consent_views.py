"""A consent as one unit, or a moderator, may see it: no veto, no refusal, and never who answered first."""

from typing import Literal

import msgspec

from server.core.consent import Consent, PartnershipId, ProposalId
from server.core.wishes import UnitId

Stage = Literal["waiting", "proposed", "confirmed", "talk", "away", "left"]


class ProposalView(msgspec.Struct, frozen=True):
    """`answered`: our own yes. The others' yes is not shown until all agree."""

    proposal: ProposalId
    units: tuple[UnitId, ...]
    answered: bool
    third: bool
    expires_at_ms: int


class ConsentView(msgspec.Struct, frozen=True):
    stage: Stage
    round: int
    proposals: tuple[ProposalView, ...]
    partnership: PartnershipId | None
    partners: tuple[UnitId, ...]
    lost_partner: bool
    """Free again because the partner left: a trio or a new match is offered."""


class ProposalProgress(msgspec.Struct, frozen=True, omit_defaults=True):
    """How many of the units agree, not which. `of_round`: the next round waits for its answer."""

    units: tuple[UnitId, ...]
    agreed: int
    expires_at_ms: int
    of_round: bool = False


class ModeratorView(msgspec.Struct, frozen=True):
    round: int
    rounds_left: int
    stages: dict[UnitId, Stage]
    open: tuple[ProposalProgress, ...]
    partnerships: dict[PartnershipId, tuple[UnitId, ...]]
    closed: bool


def consent_view(state: Consent, unit: UnitId) -> ConsentView:
    proposals = tuple(
        ProposalView(
            key,
            tuple(sorted(other for other in it.units if other != unit)),
            state.agrees(it, unit),
            it.joins is not None,
            it.expires_at_ms,
        )
        for key, it in state.proposals_of(unit).items()
        if not it.silent or it.by == unit
    )
    partnership = state.partnership_of(unit)
    members = state.partnerships[partnership].units if partnership is not None else ()
    return ConsentView(
        stage=_stage(state, unit, asked=bool(proposals)),
        round=state.round,
        proposals=proposals,
        partnership=partnership,
        partners=tuple(other for other in members if other != unit),
        lost_partner=state.units[unit].lost_partner,
    )


def consent_view_for_moderator(state: Consent) -> ModeratorView:
    seen = [it for it in state.proposals.values() if not it.silent]
    asked = {unit for it in seen for unit in it.units}
    return ModeratorView(
        round=state.round,
        rounds_left=max(0, state.config.automatic_rounds - state.round),
        stages={unit: _stage(state, unit, asked=unit in asked) for unit in state.units},
        open=tuple(
            ProposalProgress(
                tuple(sorted(it.units)),
                sum(state.agrees(it, unit) for unit in it.units),
                it.expires_at_ms,
                it.origin == "matching",
            )
            for it in seen
        ),
        partnerships={key: it.units for key, it in state.partnerships.items()},
        closed=state.closed,
    )


def _stage(state: Consent, unit: UnitId, *, asked: bool) -> Stage:
    here = state.units[unit]
    if here.here != "present":
        return here.here
    if state.partnership_of(unit) is not None:
        return "confirmed"
    if asked:
        return "proposed"
    return "talk" if here.talk else "waiting"
