"""What each audience sees: everybody their own lines, partners what is revealed, the room a spread, nobody a score."""

import msgspec

from server.activities.network_dimensions import comparison
from server.activities.network_dimensions.comparison import TalkPoint, staying
from server.activities.network_dimensions.hints import hints
from server.activities.network_dimensions.messages import Goal
from server.activities.network_dimensions.pages import notes_page, rules_page
from server.activities.network_dimensions.rules import settled
from server.activities.network_dimensions.state import Answer, Dimensions, FitHint, Indicator, Profile
from server.core.activity import Scene
from server.core.groups import Group
from server.core.messages import FrozenId, GroupId, PageId, PersonId
from server.core.view import Audience, View, shown


class DimensionsForPerson(msgspec.Struct, frozen=True, omit_defaults=True):
    """My answers by indicator. `alone`: nobody else is in my partnership, and my own profile is all there is."""

    notes: PageId
    answers: dict[str, Answer] = {}
    stars_left: int = 0
    finished: bool = False
    revealed: bool = False
    alone: bool = False
    actual: dict[str, int] = {}


class SeenProfile(msgspec.Struct, frozen=True, omit_defaults=True):
    person: PersonId
    wanted: dict[str, int]
    stars: tuple[str, ...] = ()


class SeenActual(msgspec.Struct, frozen=True, omit_defaults=True):
    person: PersonId
    values: dict[str, int]


class DimensionsForPartners(msgspec.Struct, frozen=True, omit_defaults=True):
    """`waiting` have not finished; `profiles` are those that are revealed.

    `hints` are codes of questions. `confirmed` have confirmed what `agreed` shows, `settled` is when all have.
    """

    members: tuple[PersonId, ...]
    page: PageId
    waiting: tuple[PersonId, ...] = ()
    revealed: bool = False
    profiles: tuple[SeenProfile, ...] = ()
    talk_points: tuple[TalkPoint, ...] = ()
    goal: Goal | None = None
    delicate: bool = False
    busy: bool = False
    hints: tuple[str, ...] = ()
    joint: dict[str, int] = {}
    agreed: FrozenId | None = None
    confirmed: tuple[PersonId, ...] = ()
    settled: bool = False
    actual: tuple[SeenActual, ...] = ()


class Spread(msgspec.Struct, frozen=True, omit_defaults=True):
    """How many people want each place of a line, from −2 to +2."""

    indicator: str
    counts: tuple[int, ...]


class DimensionsForRoom(msgspec.Struct, frozen=True, omit_defaults=True):
    """The room and the projector. `spread` is of `people`, and empty below five of them."""

    indicators: tuple[Indicator, ...] = ()
    fit_hints: tuple[FitHint, ...] = ()
    stars: int = 3
    rules_min: int = 3
    rules_max: int = 5
    people: int = 0
    spread: tuple[Spread, ...] = ()


class PartnersRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """State only: `wide` counts the wide gaps and does not say where, `rules` those in the copy being confirmed.

    `beside`: they have no partner yet, and work beside the partnerships.
    """

    group: GroupId
    members: int
    finished: int = 0
    revealed: bool = False
    wide: int = 0
    joint: int = 0
    reasons: int = 0
    rules: int = 0
    confirmed: int = 0
    settled: bool = False
    beside: bool = False


class DimensionsForModerators(msgspec.Struct, frozen=True, omit_defaults=True):
    """`unpartnered` counts those who are in no partnership."""

    partners: tuple[PartnersRow, ...] = ()
    finished: int = 0
    unpartnered: int = 0


VIEWS = (DimensionsForPerson, DimensionsForPartners, DimensionsForRoom, DimensionsForModerators)


def view(state: Dimensions, audience: Audience, scene: Scene) -> View | None:
    match audience.kind:
        case "person":
            return _for_person(state, PersonId(audience.id), scene)
        case "group":
            groups = scene.groups.get(state.config.partners, ())
            ours = next((group for group in groups if group.id == audience.id), None)
            return None if ours is None else _for_partners(state, ours, scene)
        case "room" | "screen":
            return _for_room(state)
        case "moderators":
            return _for_moderators(state, scene)


def _for_person(state: Dimensions, me: PersonId, scene: Scene) -> View:
    answers = dict(state.answers.get(me, {}))
    ours = scene.group_of(me, state.config.partners)
    body = DimensionsForPerson(
        notes_page(scene.phase, me),
        answers,
        max(state.config.stars - sum(answer.star for answer in answers.values()), 0),
        me in state.finished,
        ours is not None and me in state.common(ours.id).revealed,
        ours is None or len(staying(scene, ours)) < 2,
        dict(state.actual.get(me, {})),
    )
    return shown(body)


def _for_partners(state: Dimensions, ours: Group, scene: Scene) -> View:
    common, config = state.common(ours.id), state.config
    seen = comparison.profiles(state, ours)
    agreed = common.agreed
    body = DimensionsForPartners(
        ours.members,
        rules_page(scene.phase, ours.id),
        tuple(one for one in staying(scene, ours) if one not in state.finished),
        bool(common.revealed),
        tuple(_seen(person, profile) for person, profile in seen.items()),
        comparison.talk_points(config.ids, list(seen.values()), config.talk_points),
        common.goal,
        common.delicate,
        common.busy,
        _hints(state, ours),
        dict(common.joint),
        agreed.text if agreed else None,
        agreed.by if agreed else (),
        settled(state, ours, scene) is not None,
        _actual(state, ours, scene),
    )
    return shown(body, people={*ours.members, *(agreed.by if agreed else ())}, texts=(agreed.text,) if agreed else ())


def _seen(person: PersonId, profile: Profile) -> SeenProfile:
    wanted = {indicator: answer.wanted for indicator, answer in profile.items()}
    return SeenProfile(person, wanted, tuple(indicator for indicator, answer in profile.items() if answer.star))


def _hints(state: Dimensions, ours: Group) -> tuple[str, ...]:
    common = state.common(ours.id)
    seen = [{one: answer.wanted for one, answer in p.items()} for p in comparison.profiles(state, ours).values()]
    found = hints(seen, common.joint, common.goal, delicate=common.delicate, busy=common.busy)
    written = {hint.id for hint in state.config.fit_hints}
    return tuple(code for code in found if code in written)


def _actual(state: Dimensions, ours: Group, scene: Scene) -> tuple[SeenActual, ...]:
    """Blind like the first answers: shown when everybody who is still there has answered every line."""
    here = staying(scene, ours)
    given = {one: state.actual.get(one, {}) for one in here}
    if len(here) < 2 or any(len(values) < len(state.config.ids) for values in given.values()):
        return ()
    return tuple(SeenActual(one, dict(values)) for one, values in given.items())


def _for_room(state: Dimensions) -> View:
    config = state.config
    people, spread = comparison.spread(state)
    rows = tuple(Spread(one, counts) for one, counts in spread.items())
    body = DimensionsForRoom(
        config.indicators, config.fit_hints, config.stars, config.rules_min, config.rules_max, people, rows
    )
    return shown(body)


def _for_moderators(state: Dimensions, scene: Scene) -> View:
    groups = scene.groups.get(state.config.partners, ())
    partnered = {
        member
        for group in groups
        if len(group.members) > 1 and not _is_beside(state, group, scene)
        for member in group.members
    }
    body = DimensionsForModerators(
        tuple(_row(state, group, scene) for group in groups),
        sum(person in state.finished for person in scene.joined),
        sum(person not in partnered for person in scene.joined),
    )
    return shown(body)


def _row(state: Dimensions, ours: Group, scene: Scene) -> PartnersRow:
    common = state.common(ours.id)
    agreed = common.agreed
    return PartnersRow(
        ours.id,
        len(ours.members),
        sum(member in state.finished for member in ours.members),
        bool(common.revealed),
        comparison.wide_gaps(state.config.ids, list(comparison.profiles(state, ours).values())),
        len(common.joint),
        len(agreed.reasons) if agreed else 0,
        len(agreed.rules) if agreed else 0,
        len(agreed.by) if agreed else 0,
        settled(state, ours, scene) is not None,
        _is_beside(state, ours, scene),
    )


def _is_beside(state: Dimensions, group: Group, scene: Scene) -> bool:
    """Formed by this phase, not taken over from the partnerships."""
    return group.id.startswith(f"{scene.phase}-{state.config.partners}-")
