"""Who forms a partnership: schools or people, who belongs to each, and who of them is here."""

from collections.abc import Iterable, Mapping

from server.activities.partnering.messages import UnitKind
from server.activities.partnering.state import Partnering
from server.core.activity import Scene
from server.core.attending import Member
from server.core.messages import Actor, PersonId, Refused
from server.core.products import Vignette
from server.core.wishes import UnitId, not_with_limit

Teams = Mapping[UnitId, tuple[PersonId, ...]]


def unit_of(kind: UnitKind, member: Member) -> UnitId:
    """Somebody without a school stands for themselves."""
    return UnitId(member.school) if kind == "school" and member.school else UnitId(member.id)


def teams(kind: UnitKind, people: Mapping[PersonId, Member]) -> dict[UnitId, tuple[PersonId, ...]]:
    """Everybody with a seat, by unit."""
    found: dict[UnitId, tuple[PersonId, ...]] = {}
    for person, member in people.items():
        if member.state == "joined":
            unit = unit_of(kind, member)
            found[unit] = (*found.get(unit, ()), person)
    return found


def vetoes_left(state: Partnering, now: Teams, unit: UnitId) -> int:
    """How many others a team may still rule out, all its people together. Each "not with" counts, also of one whom a
    teammate has ruled out: else the number would tell whom."""
    said = sum(len(state.vetoes.get(person, ())) for person in now.get(unit, ()))
    return not_with_limit(len(now), state.config.veto_share_percent) - said


def own_unit(state: Partnering, scene: Scene, actor: Actor) -> tuple[PersonId, UnitId]:
    member = scene.people.get(actor.person) if actor.person else None
    if member is None:
        raise Refused("people_only", "a wish is a person's")
    return member.id, unit_of(state.kind, member)


def check_known(state: Partnering, scene: Scene, units: Iterable[UnitId]) -> None:
    """Whoever has a seat or is expected may be wished for: who is late is known before they come."""
    unknown = {unit for unit in units if PersonId(unit) not in scene.people}
    if unknown and state.kind == "school":
        unknown -= {UnitId(member.school) for member in scene.people.values()}
    if unknown:
        raise Refused("unit_unknown")


def may_wish_ahead(scene: Scene) -> bool:
    """The choice is shown ahead, and there is something to wish on: vignettes that the room may read."""
    return scene.ahead and any(one.share in ("room_anonymous", "room_named") for one in scene.of(Vignette))


def people_of(state: Partnering, units: Iterable[UnitId]) -> tuple[PersonId, ...]:
    return tuple(person for unit in units if (it := state.consent.units.get(unit)) for person in it.members)
