"""Who came, who went and who is away, told to the consent before it decides anything."""

from server.activities.partnering.state import Partnering
from server.activities.partnering.units import teams
from server.core.activity import Scene
from server.core.attending import here
from server.core.consent import Consent, ConsentEvent, Here, MarkUnit, UnitAdmitted, UnitMarked
from server.core.consent_rules import decide_mark, folded
from server.core.messages import Actor, Context, PersonId
from server.core.wishes import UnitId

DESK = Actor("moderator")
"""The roll call speaks with a moderator's right, and with nobody's name."""


def arrivals(state: Partnering, scene: Scene) -> tuple[ConsentEvent, ...]:
    """Teams as they are now: the late are admitted, and whoever took their seat back has left for good."""
    now = teams(state.kind, scene.people)
    consent = state.consent
    found: list[ConsentEvent] = []
    for unit, members in now.items():
        known = consent.units.get(unit)
        if known is None or set(known.members) != set(members):
            found.append(UnitAdmitted(unit, members))
            if known is not None and (known.here == "away" or unit in state.held):
                found.append(UnitMarked(unit, known.here))
        elif known.here == "left" and unit not in state.held:
            found.append(UnitMarked(unit, "present"))
    return (*found, *departures(state, scene, folded(consent, found)))


def teammates(state: Partnering, scene: Scene) -> tuple[ConsentEvent, ...]:
    """Who came to a team that is here already: without a roll call they would see its proposal and could not answer,
    or its partnership and not be in it."""
    consent = state.consent
    return tuple(
        admitted
        for unit, members in teams(state.kind, scene.people).items()
        if (known := consent.units.get(unit)) and known.here != "left" and set(members) > set(known.members)
        for admitted in _admitted(unit, members, known.here)
    )


def _admitted(unit: UnitId, members: tuple[PersonId, ...], here: Here) -> tuple[ConsentEvent, ...]:
    again = (UnitMarked(unit, here),) if here != "present" else ()
    return (UnitAdmitted(unit, members), *again)


def departures(state: Partnering, scene: Scene, consent: Consent | None = None) -> tuple[ConsentEvent, ...]:
    """Only those who have left for good."""
    now = teams(state.kind, scene.people)
    consent = consent or state.consent
    found: list[ConsentEvent] = []
    for unit, known in consent.units.items():
        if unit not in now and known.here != "left":
            gone = decide_mark(consent, MarkUnit(unit, "left"), DESK)
            consent = folded(consent, gone)
            found += gone
    return tuple(found)


def roll_call(state: Partnering, scene: Scene, context: Context) -> tuple[ConsentEvent, ...]:
    """Arrivals, and who of those without a partner or a proposal is in the room; by proxy counts as here."""
    found = list(arrivals(state, scene))
    consent = folded(state.consent, found)
    present = here(scene.people, context.present)
    busy = {unit for agreed in consent.partnerships.values() for unit in agreed.units}
    busy |= {unit for proposal in consent.proposals.values() for unit in proposal.units}
    for unit, known in consent.units.items():
        if known.here == "left" or unit in busy or unit in state.held:
            continue
        now = "present" if unit in state.proxies or present.intersection(known.members) else "away"
        if now != known.here:
            found.append(UnitMarked(unit, "present" if now == "present" else "away"))
    return tuple(found)


def came_after_all(state: Partnering, scene: Scene, context: Context) -> tuple[UnitId, ...]:
    """Who had left wishes for being absent, and is here."""
    now = teams(state.kind, scene.people) if state.proxies else {}
    return tuple(unit for unit in sorted(state.proxies) if context.present.intersection(now.get(unit, ())))


def back(consent: Consent, unit: UnitId) -> tuple[ConsentEvent, ...]:
    """Somebody marked away who taps is here again."""
    known = consent.units.get(unit)
    return (UnitMarked(unit, "present"),) if known is not None and known.here == "away" else ()
