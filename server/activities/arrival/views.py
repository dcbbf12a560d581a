"""What each audience sees while people arrive: the room a number, the moderators who it is."""

import msgspec

from server.activities.arrival.rules import Arrival, aim_page
from server.core.activity import Scene
from server.core.messages import PageId, PersonId
from server.core.view import Audience, View, shown


class ArrivalForRoom(msgspec.Struct, frozen=True, omit_defaults=True):
    """`here` counts those who have joined, `ready` those of them who tapped."""

    ready: int
    here: int
    aim_question: str = ""


class ArrivalForScreen(msgspec.Struct, frozen=True, omit_defaults=True):
    """`names` are those who are ready and said that their name may be shown."""

    ready: int
    here: int
    names: tuple[PersonId, ...] = ()


class ArrivalForModerators(msgspec.Struct, frozen=True, omit_defaults=True):
    ready: tuple[PersonId, ...]
    waiting: tuple[PersonId, ...]
    agreed: tuple[PersonId, ...]


class ArrivalForPerson(msgspec.Struct, frozen=True, omit_defaults=True):
    """`name_on_screen` and `quoting` are None until answered."""

    aim: PageId
    ready: bool = False
    agreed: bool = False
    name_on_screen: bool | None = None
    quoting: bool | None = None


VIEWS = (ArrivalForRoom, ArrivalForScreen, ArrivalForModerators, ArrivalForPerson)


def view(state: Arrival, audience: Audience, scene: Scene) -> View | None:
    match audience.kind:
        case "person":
            return _for_person(state, PersonId(audience.id), scene)
        case "group":
            return None
        case "room" | "screen" | "moderators":
            return _for_all(state, audience, scene)


def _for_person(state: Arrival, person: PersonId, scene: Scene) -> View:
    answers = state.answers.get(person, {})
    return shown(
        ArrivalForPerson(
            aim_page(scene.phase, person),
            person in state.ready,
            person in state.agreed,
            answers.get("name_on_screen"),
            answers.get("quoting"),
        )
    )


def _for_all(state: Arrival, audience: Audience, scene: Scene) -> View:
    here = sorted(scene.joined)
    ready = tuple(person for person in here if person in state.ready)
    if audience.kind == "room":
        return shown(ArrivalForRoom(len(ready), len(here), state.config.aim_question))
    if audience.kind == "screen":
        names = tuple(person for person in ready if state.consents(person, "name_on_screen"))
        return shown(ArrivalForScreen(len(ready), len(here), names), people=names)
    waiting = tuple(person for person in here if person not in state.ready)
    agreed = tuple(person for person in here if person in state.agreed)
    return shown(ArrivalForModerators(ready, waiting, agreed), people=here)
