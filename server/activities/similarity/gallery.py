"""The gallery: what hangs there, who was given what, and how close readers found it, before and in this phase."""

from collections.abc import Iterable

from server.activities.similarity import messages as m
from server.activities.similarity.serving import Desks, Paper, serving, topping_up
from server.activities.similarity.state import Echo, Reading, Similarity
from server.core.activity import Scene
from server.core.messages import Event, PersonId, Refused, SchoolId
from server.core.products import Closeness, Vignette

CLOSE = 2
"""From here on of 0–3 a reader finds a vignette close."""
SMALLEST_AGGREGATE = 5
"""Of fewer readers an author learns no count (domain: small numbers stay hidden)."""
ENOUGH_READ = 3
"""Who has read so many can be put into a group by closeness."""


def hanging(scene: Scene) -> dict[str, Vignette]:
    """The vignettes that their authors let the whole room read."""
    return {one.key: one for one in scene.of(Vignette) if one.share in ("room_anonymous", "room_named")}


def by_author(scene: Scene) -> dict[PersonId, Vignette]:
    return {one.author: one for one in hanging(scene).values()}


def readers(state: Similarity, scene: Scene) -> dict[str, set[PersonId]]:
    """Who has rated what, before and in this phase, of what still hangs; for counts, never for a view as it is."""
    found: dict[str, set[PersonId]] = {key: set() for key in hanging(scene)}
    for one in scene.of(Closeness):
        if one.vignette in found:
            found[one.vignette].add(one.reader)
    for reader, readings in state.readings.items():
        for key in readings.keys() & found.keys():
            found[key].add(reader)
    return found


def outside(scene: Scene, vignette: Vignette, who: Iterable[PersonId]) -> int:
    """How many of these are from another school than the author."""
    return sum(
        not school or school != _school(scene, vignette.author) for school in (_school(scene, one) for one in who)
    )


def is_revealed(state: Similarity, scene: Scene) -> bool:
    """Counts are blind while the room reads: they show once it has gone on, or the phase is closed."""
    if scene.status in ("closed", "reopened"):
        return True
    reading = [at for at, step in enumerate(scene.steps) if step.id == state.config.gallery]
    return scene.is_open and (not reading or scene.standing().step > reading[-1])


def echo(state: Similarity, scene: Scene, key: str) -> Echo:
    """Of all readings. Nobody reads a vignette in two phases, so that the counts add up."""
    before = _echo(Reading(one.value) for one in scene.of(Closeness) if one.vignette == key)
    now = state.echoes.get(key, Echo())
    return Echo(before.readers + now.readers, before.close + now.close)


def _echo(readings: Iterable[Reading]) -> Echo:
    found = [reading.closeness >= CLOSE for reading in readings]
    return Echo(len(found), sum(found))


def desks(state: Similarity, scene: Scene) -> Desks:
    """Everything that anybody was given, also what they read in an earlier phase."""
    found: dict[PersonId, set[str]] = {person: set(keys) for person, keys in state.served.items()}
    for one in scene.of(Closeness):
        found.setdefault(one.reader, set()).add(one.vignette)
    return found


def left_to_read(state: Similarity, scene: Scene, me: PersonId) -> int:
    """How many vignettes this person could still be given."""
    if len(state.served.get(me, ())) >= state.config.reads_max:
        return 0
    desk = {*state.served.get(me, ()), *(one.vignette for one in scene.of(Closeness) if one.reader == me)}
    free = sum(one.author != me and one.key not in desk for one in hanging(scene).values())
    return max(min(free, state.config.reads_max - len(desk)), 0)


def served_to(state: Similarity, scene: Scene, person: PersonId) -> list[Event]:
    """This person's portion. The last one to begin also finds readers for what has come late."""
    before = desks(state, scene)
    given = serving(person, _rack(scene), before, _schools(scene), state.config.portions)
    facts: list[Event] = [m.VignettesServed(person, tuple(given))] if given else []
    after = {**before, person: {*before.get(person, ()), *given}}
    if all(after.get(one) for one in _joined(scene)):
        facts += _topped_up(state, scene, after)
    return facts


def served_to_all(state: Similarity, scene: Scene) -> list[Event]:
    """Everybody who has nothing yet gets a portion, and every vignette the readers that it lacks."""
    after = dict(desks(state, scene))
    facts: list[Event] = []
    for person in _joined(scene):
        if not after.get(person):
            given = serving(person, _rack(scene), after, _schools(scene), state.config.portions)
            after[person] = set(given)
            facts += [m.VignettesServed(person, tuple(given))] if given else []
    return facts + _topped_up(state, scene, after)


def _topped_up(state: Similarity, scene: Scene, after: Desks) -> list[Event]:
    more = topping_up(_rack(scene), after, _schools(scene), state.config.portions, _joined(scene))
    return [m.VignettesServed(reader, tuple(keys)) for reader, keys in more.items()]


def rated(state: Similarity, command: m.RateCloseness, person: PersonId, scene: Scene) -> list[Event]:
    vignette = hanging(scene).get(command.vignette)
    if vignette is None:
        raise Refused("no_such_vignette", "it was withdrawn, or never hung here")
    key = vignette.key
    if key not in state.served.get(person, ()):
        raise Refused("not_served", "only what was given to you to read")
    fact = m.ClosenessRated(person, key, command.closeness, command.recognise, command.challenge)
    others = [found[key] for reader, found in state.readings.items() if reader != person and key in found]
    heard = _echo([*others, Reading(command.closeness)])
    return [fact, m.EchoHeard(vignette.author, key, heard.readers, heard.close)]


def closeness(state: Similarity, scene: Scene) -> tuple[Closeness, ...]:
    """What was tapped in this phase, about vignettes that still hang."""
    there = hanging(scene)
    return tuple(
        Closeness(reader, key, there[key].author, reading.closeness, reading.recognise, reading.challenge)
        for reader, readings in state.readings.items()
        for key, reading in readings.items()
        if key in there
    )


def _rack(scene: Scene) -> tuple[Paper, ...]:
    return tuple(Paper(key, one.author, _school(scene, one.author)) for key, one in hanging(scene).items())


def _schools(scene: Scene) -> dict[PersonId, SchoolId]:
    return {person: member.school for person, member in scene.people.items()}


def _school(scene: Scene, person: PersonId) -> SchoolId:
    member = scene.people.get(person)
    return member.school if member else SchoolId("")


def _joined(scene: Scene) -> list[PersonId]:
    return sorted(scene.joined)
