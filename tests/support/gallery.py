"""A room that reads vignettes in a gallery and compares them in foursomes."""

from typing import Any

from server.activities.similarity import ACTIVITY
from server.activities.similarity.example import EXAMPLE
from server.activities.similarity.messages import (
    AskForVignettes,
    RateCloseness,
)
from server.core import view as audiences
from server.core.messages import Actor, PersonId
from server.core.products import Product, Vignette
from tests.support.stage import Stage

P1, P2, P3, P4, P5, P6, P7, P8 = (PersonId(f"p{number}") for number in range(1, 9))
MODERATOR = Actor("moderator", "m")


def two_foursomes() -> Stage:
    """Foursomes p1 p2 p3 p4 and p5 p6 p7 p8; p3 has let nobody read a vignette."""
    return Stage(ACTIVITY, EXAMPLE, people=8)


def me(room: Stage, who: PersonId) -> dict[str, Any]:
    return room.shows(audiences.person(who))


def served(room: Stage, who: PersonId) -> list[str]:
    return [one["vignette"] for one in me(room, who).get("vignettes", ())]


def key_of(room: Stage, author: PersonId) -> str:
    return next(one.key for one in room.scene.of(Vignette) if one.author == author)


def products(room: Stage) -> tuple[Product, ...]:
    return ACTIVITY.products(room.state, room.scene)  # type: ignore[arg-type]


def read_by_all(room: Stage, closeness: int = 3) -> None:
    room.submit(MODERATOR, AskForVignettes())
    for one in room.people:
        for key in served(room, one):
            room.submit(one, RateCloseness(key, closeness, 3, 4))
