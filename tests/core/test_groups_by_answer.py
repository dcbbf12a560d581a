"""First the room reads, then its groups form: what was answered in a phase counts for the groups of that phase."""

import pytest

from server.activities.similarity.messages import AskForVignettes, RateCloseness
from server.activities.similarity.state import Similarity
from server.activities.vignette_writing.messages import VignetteShared
from server.core.messages import FrozenId, PersonId, PhaseId
from server.core.products import Vignette
from server.core.workshop.commands import FormGroups, MoveRoom
from tests.support.hall import MODERATOR, Hall, person

PEOPLE = tuple(f"p{number}" for number in range(1, 9))
SIMILARITIES = PhaseId("similarities")


@pytest.fixture
def hall() -> Hall:
    made = Hall("half_day")
    made.join(*PEOPLE)
    for one in PEOPLE:
        fact = VignetteShared(PersonId(one), FrozenId(f"z{one}"), "", "room_anonymous")
        made._fold((("write_vignette", fact),))
    made.wish(MoveRoom(SIMILARITIES, made.state.at))
    return made


def odd(one: str) -> bool:
    return int(one[1:]) % 2 == 1


def test_whoever_finds_each_other_close_sits_together(hall: Hall) -> None:
    hall.wish(AskForVignettes(), MODERATOR, SIMILARITIES)
    for _ in range(3):
        for one in PEOPLE:
            hall.wish(AskForVignettes(), person(one), SIMILARITIES)
    authors = {
        found.key: found.author
        for found in hall.rulebook.scene(hall.state, SIMILARITIES).products
        if isinstance(found, Vignette)
    }
    state = hall.state.activities[SIMILARITIES]
    assert isinstance(state, Similarity)
    for one, desk in state.served.items():
        for key in desk:
            hall.wish(RateCloseness(key, 3 if odd(one) == odd(authors[key]) else 0), person(one), SIMILARITIES)
    hall.wish(FormGroups(SIMILARITIES, "fours"))
    run = hall.state.phase(SIMILARITIES)
    assert run is not None
    assert {tuple(sorted(group.members)) for group in run.groups["fours"]} == {PEOPLE[::2], PEOPLE[1::2]}
