"""A hall in its choice of partners: everybody of a school of their own, named after them."""

from typing import Final

from server.activities.partnering.state import Partnering
from server.core import consent
from server.core.messages import PhaseId
from server.core.wishes import UnitId
from server.core.workshop import commands as c
from tests.support.hall import MODERATOR, Hall, person

CHOICE: Final = PhaseId("partner_choice")


def unit(who: str) -> UnitId:
    return UnitId(f"school-{who}")


def choosing(*people: str) -> Hall:
    hall = Hall("full_day")
    hall.join(*people)
    hall.wish(c.MoveRoom(CHOICE, None))
    return hall


def choice(hall: Hall) -> Partnering:
    found = hall.state.activities[CHOICE]
    assert isinstance(found, Partnering)
    return found


def say_yes(hall: Hall, *people: str) -> None:
    for who in people:
        for key, proposal in choice(hall).consent.proposals.items():
            if unit(who) in proposal.units and person(who).id not in proposal.yes:
                hall.wish(consent.SayYes(key), person(who), CHOICE)


def are_partners(hall: Hall, *groups: tuple[str, ...]) -> None:
    for people in groups:
        hall.wish(consent.ProposeByHand(tuple(map(unit, people))), MODERATOR, CHOICE)
        say_yes(hall, *people)
