"""Who came, who went and who is away, told to the consent before it decides anything."""

from server.activities.partnering.state import Partnering
from server.activities.partnering.units import here, teams
from server.core.activity import Scene
from server.core.consent import Consent, ConsentEvent, MarkUnit, UnitAdmitted, UnitMarked
from server.core.consent_rules import decide_mark, folded
from server.core.messages import Actor, Context
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
    present = here(scene, context)
    busy = {unit for agreed in consent.partnerships.values() for unit in agreed.units}
    busy |= {unit for proposal in consent.proposals.values() for unit in proposal.units}
    for unit, known in consent.units.items():
        if known.here == "left" or unit in busy or unit in state.held:
            continue
        now = "present" if unit in state.proxies or present.intersection(known.members) else "away"
        if now != known.here:
            found.append(UnitMarked(unit, "present" if now == "present" else "away"))
    return tuple(found)


def back(consent: Consent, unit: UnitId) -> tuple[ConsentEvent, ...]:
    """Somebody marked away who taps is here again."""
    known = consent.units.get(unit)
    return (UnitMarked(unit, "present"),) if known is not None and known.here == "away" else ()
