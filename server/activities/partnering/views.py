"""What each person and each partnership sees of the choice: their own wishes, their own proposal, and true reasons."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from server.activities.partnering.overview import PartneringForModerators, for_moderators
from server.activities.partnering.pact import former_partnerships, group_of, is_agreed, own_partnership, pact_page
from server.activities.partnering.room_map import PartneringForRoom, PartneringForScreen, for_room
from server.activities.partnering.space import space_page
from server.activities.partnering.state import Pact, Partnering
from server.activities.partnering.units import Teams, may_wish_ahead, people_of, teams, unit_of, vetoes_left
from server.core.activity import Scene
from server.core.consent import PartnershipId, ProposalId
from server.core.consent_views import ProposalView, Stage, consent_view
from server.core.match_facts import Fact, told_to
from server.core.messages import FrozenId, GroupId, PageId, PersonId
from server.core.products import Closeness, Vignette
from server.core.view import Audience, View, shown
from server.core.wishes import UnitId, Wish

Reason = Literal["wishing", "next_proposal", "nobody_else_here", "talk_with_the_moderator", "partner_left"]


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody to wish for. `close`: what I said of a vignette that carries their name."""

    unit: UnitId
    people: tuple[PersonId, ...]
    close: int | None = None


class ProposalCard(msgspec.Struct, frozen=True, omit_defaults=True):
    """A proposal to me and others. `answered` is our own yes; whether the others have answered is not shown.

    `absent`: who of the others is not here and answers from elsewhere, which may take days.
    """

    proposal: ProposalId
    units: tuple[UnitId, ...]
    people: tuple[PersonId, ...]
    expires_at_ms: int
    total_ms: int
    answered: bool = False
    third: bool = False
    table: int = 0
    facts: tuple[Fact, ...] = ()
    absent: tuple[UnitId, ...] = ()


class FormerPact(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was written in a partnership that has ended, and with whom. `space`: see `OwnPartnership`."""

    page: PageId
    people: tuple[PersonId, ...]
    space: PageId | None = None


class PactState(msgspec.Struct, frozen=True, omit_defaults=True):
    """`said`: how many sides have confirmed; `ours`: mine has. `text` is what all confirmed."""

    page: PageId
    sides: int
    said: int = 0
    ours: bool = False
    agreed: bool = False
    text: FrozenId | None = None


class OwnPartnership(msgspec.Struct, frozen=True, omit_defaults=True):
    """`space`: the page of its members, written in every later phase. A view that a device kept from before there were
    spaces names none."""

    partnership: PartnershipId
    group: GroupId
    units: tuple[UnitId, ...]
    people: tuple[PersonId, ...]
    pact: PactState
    confirmed_ms: int
    table: int = 0
    facts: tuple[Fact, ...] = ()
    space: PageId | None = None


class PartneringForPerson(msgspec.Struct, frozen=True, omit_defaults=True):
    """`choices` as long as there is something to choose. `reason`: why there is no proposal, in words of our own.

    `searched`: a place was looked for, and none found. `ahead`: it has not begun, and wishes may be left for it;
    `by_proxy`: my unit is matched by the wishes that it left.
    """

    unit: UnitId
    team: tuple[PersonId, ...]
    stage: Stage
    reason: Reason | None = None
    round: int = 0
    choices: tuple[Choice, ...] = ()
    wishes: dict[UnitId, Wish] = {}
    vetoes: tuple[UnitId, ...] = ()
    vetoes_left: int = 0
    proposals: tuple[ProposalCard, ...] = ()
    partnership: OwnPartnership | None = None
    on_map: bool = False
    closed: bool = False
    searched: bool = False
    ahead: bool = False
    by_proxy: bool = False
    former: tuple[FormerPact, ...] = ()


class PartneringForGroup(msgspec.Struct, frozen=True, omit_defaults=True):
    """The partnership among itself."""

    partnership: OwnPartnership


VIEWS = (PartneringForPerson, PartneringForGroup, PartneringForRoom, PartneringForScreen, PartneringForModerators)


def view(state: Partnering, audience: Audience, scene: Scene) -> View | None:
    match audience.kind:
        case "person":
            return _for_person(state, PersonId(audience.id), scene)
        case "group":
            return _for_group(state, GroupId(audience.id), scene)
        case "moderators":
            return for_moderators(state, scene)
        case "room" | "screen":
            return for_room(state, scene, screen=audience.kind == "screen")


def _for_person(state: Partnering, me: PersonId, scene: Scene) -> View | None:
    member = scene.people.get(me)
    ahead = scene.status == "planned"
    if member is None or (ahead and not may_wish_ahead(scene)):
        return None
    unit = unit_of(state.kind, member)
    known = state.consent.units.get(unit)
    said = consent_view(state.consent, unit) if known else None
    cards = tuple(_card(state, one, unit) for one in said.proposals) if said else ()
    own = own_partnership(state, me)
    mine = _partnership(state, own[1], scene, own[0]) if own else None
    stage: Stage = said.stage if said else "waiting"
    choosing = mine is None and not cards and not state.consent.closed and (scene.is_open or ahead)
    # When a round is shown everybody's view is: who belongs to whom is looked up only for those who still choose.
    now = teams(state.kind, scene.people) if choosing or known is None else {}
    choices = _choices(state, me, unit, now, scene) if choosing else ()
    team = known.members if known else now.get(unit, ())
    former = tuple(
        FormerPact(pact_page(scene.phase, key), people, space_page(scene.phase, key))
        for key, people in former_partnerships(state, me)
    )
    body = PartneringForPerson(
        unit,
        team,
        stage,
        _reason(state, unit, stage, scene, lost=said is not None and said.lost_partner),
        state.consent.round,
        choices,
        dict(state.wishes.get(me, {})),
        tuple(sorted(state.vetoes.get(me, ()))),
        max(0, vetoes_left(state, now, unit)) if choices else 0,
        cards,
        mine,
        me in state.on_map,
        state.consent.closed,
        state.missed.get(unit, "joins_later") != "joins_later",
        ahead,
        unit in state.proxies,
        former,
    )
    named = [*team, *(person for one in former for person in one.people), *(mine.people if mine else ())]
    named += [person for people in (*(c.people for c in choices), *(c.people for c in cards)) for person in people]
    rated = (*state.wishes.get(me, {}), *state.vetoes.get(me, ()))
    wished = [person for other in rated if (person := PersonId(other)) in scene.people]
    return shown(body, people=[*named, *wished], texts=_texts(mine))


def _reason(state: Partnering, unit: UnitId, stage: Stage, scene: Scene, *, lost: bool) -> Reason | None:
    """Never that a rule, a wish or a no stood in the way: who is refused is not told so."""
    if stage == "talk":
        return "talk_with_the_moderator"
    if stage != "waiting":
        return None
    if state.missed.get(unit) == "nobody_else_here":
        return "nobody_else_here"
    if unit in state.missed:
        return "next_proposal" if state.missed[unit] == "joins_later" else "talk_with_the_moderator"
    if lost:
        return "partner_left"
    if scene.status == "closed":
        return "talk_with_the_moderator"
    if not state.consent.round:
        return "wishing"
    others = any(other != unit for other in state.consent.free())
    return "next_proposal" if others else "nobody_else_here"


def _choices(state: Partnering, me: PersonId, unit: UnitId, now: Teams, scene: Scene) -> tuple[Choice, ...]:
    """Everybody with a seat; after a round only those who are still without a partner."""
    taken = {other for agreed in state.consent.partnerships.values() for other in agreed.units}
    close = _own_closeness(state, me, scene)
    return tuple(
        Choice(other, people, close.get(other))
        for other, people in sorted(now.items())
        if other != unit and other not in taken
    )


def _own_closeness(state: Partnering, me: PersonId, scene: Scene) -> dict[UnitId, int]:
    """Only of vignettes that carry their author's name: beside a person it would tell who wrote the others."""
    named = {product.key for product in scene.of(Vignette) if product.share == "room_named"}
    found: dict[UnitId, int] = {}
    for product in scene.of(Closeness):
        if product.reader == me and product.vignette in named and (author := scene.people.get(product.author)):
            unit = unit_of(state.kind, author)
            found[unit] = max(found.get(unit, 0), product.value)
    return found


def _card(state: Partnering, one: ProposalView, mine: UnitId) -> ProposalCard:
    told = state.told.get(one.proposal)
    return ProposalCard(
        one.proposal,
        one.units,
        people_of(state, one.units),
        one.expires_at_ms,
        state.consent.config.timeout_ms,
        one.answered,
        one.third,
        told.table if told else 0,
        told_to(told.facts, mine, (*one.units, mine)) if told else (),
        tuple(unit for unit in one.units if unit in state.proxies),
    )


def _partnership(state: Partnering, key: PartnershipId, scene: Scene, mine: UnitId | None) -> OwnPartnership:
    agreed, told = state.consent.partnerships[key], state.told.get(ProposalId(key))
    pact = state.pacts.get(key, Pact())
    said = PactState(
        pact_page(scene.phase, key),
        len(agreed.units),
        sum(unit in pact.said for unit in agreed.units),
        mine in pact.said,
        is_agreed(state, key),
        pact.agreed,
    )
    return OwnPartnership(
        key,
        group_of(scene.phase, key),
        agreed.units,
        people_of(state, agreed.units),
        said,
        agreed.confirmed_at_ms,
        told.table if told else 0,
        told_to(told.facts, mine, agreed.units) if told else (),
        space_page(scene.phase, key),
    )


def _texts(mine: OwnPartnership | None) -> Iterable[FrozenId]:
    return (mine.pact.text,) if mine and mine.pact.text else ()


def _for_group(state: Partnering, which: GroupId, scene: Scene) -> View | None:
    key = next((key for key in state.consent.partnerships if group_of(scene.phase, key) == which), None)
    if key is None:
        return None
    ours = _partnership(state, key, scene, None)
    return shown(PartneringForGroup(ours), people=ours.people, texts=_texts(ours))
