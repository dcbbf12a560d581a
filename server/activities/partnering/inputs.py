"""What decides a matching: the wishes of each team as one, what earlier phases made, and the hard rules."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import numpy as np

from server.activities.partnering.messages import Drafted, StrengthsDrawn
from server.activities.partnering.state import Partnering
from server.activities.partnering.units import unit_of
from server.core.activity import Scene
from server.core.consent_rules import Barred
from server.core.match_facts import HIGH, Fact
from server.core.match_weights import barred_pairs, table
from server.core.matching import match
from server.core.messages import PersonId, SchoolId
from server.core.products import Closeness, Offers, Vignette
from server.core.wishes import MatchInput, MatchUnit, Presence, Relation, UnitId, Wish

MOST_DRAWN: Final = 60
"""Units of which every two are drawn: a matrix beyond that is read by nobody."""
VETOED: Final[Wish] = 0

Rated = dict[UnitId, dict[UnitId, Wish]]
Tags = dict[UnitId, set[str]]
Named = dict[str, list[UnitId]]


def match_input(
    state: Partnering, scene: Scene, units: Mapping[UnitId, Presence], seed: int, *, tried: bool = True
) -> MatchInput:
    """`tried`: whether those whom a round has proposed to each other already are kept apart."""
    whose = _whose(state, scene, units)
    close, said_close = _closeness(scene, whose), _said_close(state, scene, whose, units)
    topics, offers, needs = _tags(scene, whose)
    names = _names(state, scene, units)
    wanted, barred = _wanted(state, names, units), _barred(state, names, units)
    made = tuple(
        _match_unit(
            state,
            scene,
            unit,
            presence,
            wants={**wanted[unit], **dict.fromkeys(barred[unit], VETOED)},
            closeness=close.get(unit, {}),
            gladly=_gladly(state, names, unit),
            close_to=said_close[unit],
            not_with=frozenset(barred[unit]),
            topics=frozenset(topics.get(unit, ())),
            offers=frozenset(offers.get(unit, ())),
            needs=frozenset(needs.get(unit, ())),
        )
        for unit, presence in units.items()
    )
    relations = state.relations + kept_apart(scene, whose)
    if tried:
        before = state.consent.tried | state.consent.parted
        relations += tuple(Relation(pair, "conflict") for pair in sorted(before))
    return MatchInput(made, seed, relations, state.config.weights)


def kept_apart(scene: Scene, whose: Mapping[PersonId, UnitId]) -> tuple[Relation, ...]:
    """Whom the moderator keeps apart in every grouping is kept apart here too, and so is whoever is of their teams."""
    found = {
        (min(one, other), max(one, other))
        for a, b in scene.apart
        if (one := whose.get(a)) and (other := whose.get(b)) and one != other
    }
    return tuple(Relation(units, "conflict") for units in sorted(found))


def barred(state: Partnering, scene: Scene, units: Iterable[UnitId]) -> Barred:
    """Which of these a hard rule keeps apart. Built of these alone: a room of hundreds is not weighed for a pair."""
    some: dict[UnitId, Presence] = {unit: "present" for unit in units if unit in state.consent.units}
    return barred_pairs(match_input(state, scene, some, seed=0, tried=False))


def explained(state: Partnering, scene: Scene, units: Iterable[UnitId]) -> tuple[Fact, ...]:
    """What these may be told when a moderator brings them together; that no other pair was better is not said."""
    some: dict[UnitId, Presence] = dict.fromkeys(units, "present")
    found = match(match_input(state, scene, some, seed=0, tried=False)).partnerships
    whole = next((pair.facts for pair in found if len(pair.units) == len(some)), ())
    return tuple(fact for fact in whole if fact.code not in ("best_for_the_room", "odd_number", "nobody_left_out"))


def drafted(state: Partnering, scene: Scene, units: tuple[UnitId, ...]) -> Drafted:
    ids = tuple(sorted(units))
    remote = any(_is_remote(state, scene, unit) for unit in ids)
    return Drafted(ids, explained(state, scene, ids), remote)


def strengths(given: MatchInput) -> StrengthsDrawn | None:
    """The lower wish of each two in three shades. Whom a hard rule keeps apart look like those who hardly wish it."""
    room = table(given)
    if not 2 <= len(room) <= MOST_DRAWN:
        return None
    shades = np.where(room.allowed, np.maximum(room.mutual - 1, 0), 0)
    order = sorted(range(len(room)), key=lambda at: room.units[at].id)
    rows = tuple("".join(str(int(shades[at, other])) for other in order[:n]) for n, at in enumerate(order))
    return StrengthsDrawn(tuple(room.units[at].id for at in order), rows)


def _whose(state: Partnering, scene: Scene, units: Collection[UnitId]) -> dict[PersonId, UnitId]:
    """The unit of everybody whose unit is asked for, also of those who are only expected."""
    found = ((person, unit_of(state.kind, member)) for person, member in scene.people.items())
    return {person: unit for person, unit in found if unit in units}


def _names(state: Partnering, scene: Scene, units: Collection[UnitId]) -> Named:
    """A wish may name a school or a person, whichever the room counted by when it was made."""
    names: Named = {}
    for person, unit in _whose(state, scene, units).items():
        for name in {unit, UnitId(person), UnitId(scene.people[person].school)}:
            if unit not in names.setdefault(name, []):
                names[name].append(unit)
    return names


def named_by(state: Partnering, scene: Scene) -> dict[str, list[PersonId]]:
    """Whom a wish or a veto means that names a school or a person."""
    found: dict[str, list[PersonId]] = {}
    for person, member in scene.people.items():
        for name in {unit_of(state.kind, member), UnitId(person), UnitId(member.school)}:
            found.setdefault(name, []).append(person)
    return found


def _wanted(state: Partnering, names: Named, units: Collection[UnitId]) -> Rated:
    """What a team wishes is the lowest that any of its members does: nobody is matched against their wish."""
    wanted: Rated = {unit: {} for unit in units}
    for unit in units:
        row = wanted[unit]
        for person in _members(state, unit):
            for name, wish in state.wishes.get(person, {}).items():
                for other in names.get(name, ()):
                    if other != unit:
                        row[other] = min(row.get(other, wish), wish)
    return wanted


def _barred(state: Partnering, names: Named, units: Collection[UnitId]) -> dict[UnitId, set[UnitId]]:
    return {
        unit: {
            other
            for person in _members(state, unit)
            for name in state.vetoes.get(person, ())
            for other in names.get(name, ())
            if other != unit
        }
        for unit in units
    }


def _closeness(scene: Scene, whose: Mapping[PersonId, UnitId]) -> Rated:
    """How close the closest of two teams came."""
    close: Rated = {}
    for product in scene.of(Closeness):
        reader, author = whose.get(product.reader), whose.get(product.author)
        if reader and author and reader != author:
            row = close.setdefault(reader, {})
            row[author] = max(row.get(author, VETOED), _as_wish(product.value))
    return close


def _gladly(state: Partnering, names: Named, unit: UnitId) -> frozenset[UnitId]:
    """Of a team only what each of its people wished: whoever wished nothing must not read that they did."""
    gladly = [
        {other for name, wish in state.wishes.get(person, {}).items() if wish >= HIGH for other in names.get(name, ())}
        for person in _members(state, unit)
    ]
    return frozenset(set.intersection(*gladly)) if gladly else frozenset()


def _said_close(
    state: Partnering, scene: Scene, whose: Mapping[PersonId, UnitId], units: Collection[UnitId]
) -> dict[UnitId, frozenset[UnitId]]:
    """What may be said of closeness: only of vignettes under a name, and only what is true of each of the readers."""
    named = {product.key for product in scene.of(Vignette) if product.share == "room_named"}
    close: dict[PersonId, set[UnitId]] = {}
    for product in scene.of(Closeness):
        if product.value >= HIGH and product.vignette in named and (author := whose.get(product.author)):
            close.setdefault(product.reader, set()).add(author)
    found = {unit: [close.get(person, set()) for person in _members(state, unit)] for unit in units}
    return {unit: frozenset(set.intersection(*each)) if each else frozenset() for unit, each in found.items()}


def _tags(scene: Scene, whose: Mapping[PersonId, UnitId]) -> tuple[Tags, Tags, Tags]:
    """Topics of vignettes under their author's name, offers and needs."""
    topics: Tags = {}
    offers: Tags = {}
    needs: Tags = {}
    for product in scene.products:
        if isinstance(product, Vignette) and product.share == "room_named":
            if unit := whose.get(product.author):
                topics.setdefault(unit, set()).update(product.topics)
        elif isinstance(product, Offers) and (unit := whose.get(product.person)):
            offers.setdefault(unit, set()).update(product.gives)
            needs.setdefault(unit, set()).update(product.wants)
    return topics, offers, needs


def _match_unit(
    state: Partnering,
    scene: Scene,
    unit: UnitId,
    presence: Presence,
    *,
    wants: Mapping[UnitId, Wish],
    closeness: Mapping[UnitId, Wish],
    gladly: frozenset[UnitId],
    close_to: frozenset[UnitId],
    not_with: frozenset[UnitId],
    topics: frozenset[str],
    offers: frozenset[str],
    needs: frozenset[str],
) -> MatchUnit:
    members = _members(state, unit)
    known = [member for person in members if (member := scene.people.get(person))]
    return MatchUnit(
        id=unit,
        # Nobody without a school has the same school as anybody.
        school=next((member.school for member in known if member.school), SchoolId(f"of-{unit}")),
        members=members,
        presence=presence,
        remote=_is_remote(state, scene, unit),
        owner=next((member.owner for member in known if member.owner), ""),
        languages=frozenset(language for member in known for language in member.languages),
        wants=wants,
        closeness=closeness,
        gladly=gladly,
        close_to=close_to,
        not_with=not_with,
        topics=topics,
        offers=offers,
        needs=needs,
    )


def _is_remote(state: Partnering, scene: Scene, unit: UnitId) -> bool:
    """Nobody of it is in the room."""
    known = [member.remote for person in _members(state, unit) if (member := scene.people.get(person))]
    return unit in state.proxies or (bool(known) and all(known))


def _members(state: Partnering, unit: UnitId) -> tuple[PersonId, ...]:
    known = state.consent.units.get(unit)
    return known.members if known else ()


def _as_wish(value: int) -> Wish:
    levels: tuple[Wish, ...] = (0, 1, 2, 3)
    return levels[max(0, min(value, 3))]
