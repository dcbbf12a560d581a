"""A room that writes vignettes, and what its people do to have one read and shared."""

from typing import Any

from server.activities.vignette_writing import ACTIVITY
from server.activities.vignette_writing.config import CHECKS
from server.activities.vignette_writing.example import EXAMPLE, VIGNETTE
from server.activities.vignette_writing.messages import (
    MarkReady,
    RateReading,
    ShareVignette,
    TickCheck,
)
from server.core import view as audiences
from server.core.messages import Actor, PageId, PersonId
from server.core.products import ShareLevel
from server.core.view import Audience
from tests.support.stage import Stage

P1, P2, P3, P4, P5, P6, P7, P8 = (PersonId(f"p{number}") for number in range(1, 9))
MODERATOR = Actor("moderator", "m")


def eight_writers() -> Stage:
    """Pairs p1 p2, p3 p4, p5 p6, p7 p8; foursomes of two pairs each; eight schools."""
    return Stage(ACTIVITY, EXAMPLE, people=8)


def page(who: PersonId) -> PageId:
    return PageId(f"here/vignette/{who}")


def write(room: Stage, who: PersonId, **fields: str) -> None:
    room.pages[page(who)] = {**VIGNETTE, **fields}


def me(room: Stage, who: PersonId) -> dict[str, Any]:
    return room.shows(audiences.person(who))


def ready(room: Stage, who: PersonId) -> None:
    write(room, who)
    room.submit(who, MarkReady(page(who)))


def tick(room: Stage, who: PersonId, checks: int = 5) -> None:
    for check in CHECKS[:checks]:
        room.submit(who, TickCheck(check.id))


def answer(room: Stage, reader: PersonId, guess: Any = "no", **comments: str) -> None:
    """The reader answers the first vignette that they were given."""
    given = PageId(me(room, reader)["to_read"][0]["page"])
    room.pages[given] = comments
    room.submit(reader, RateReading(given, 3, 4, True, guess))


def share(room: Stage, who: PersonId, level: ShareLevel) -> None:
    """All that it takes to be shared."""
    ready(room, who)
    if level.startswith("room"):
        tick(room, who)
        answer(room, PersonId(me_reader(room, who)))
    room.submit(who, ShareVignette(page(who), level))


def me_reader(room: Stage, author: PersonId) -> str:
    state: Any = room.state
    return str(state.desk(author).read_by[0][0])


def wall(room: Stage, audience: Audience = audiences.ROOM) -> list[dict[str, Any]]:
    return list(room.shows(audience).get("wall", ()))


def everything(room: Stage) -> bytes:
    return b"".join(room.seen(audience) for audience in room.audiences())
