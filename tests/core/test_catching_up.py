"""Who missed a phase makes up for the least that is needed of it, alone, while the room goes on."""

import pytest

from server.activities.interview.messages import ApproveCard
from server.activities.interview.views import InterviewForPerson
from server.activities.similarity.messages import AskForVignettes
from server.core.activity import right_of
from server.core.messages import PageId, PersonId, PhaseId, Refused
from server.core.view import Audience
from server.core.workshop import commands as c
from tests.support.hall import MODERATOR, Hall, person

INTERVIEWS, SIMILARITIES = PhaseId("interviews"), PhaseId("similarities")
LATE = PersonId("late")
CARD = PageId("interviews/card/late")


@pytest.fixture
def hall() -> Hall:
    """The interviews are over, and somebody comes."""
    made = Hall()
    made.join("p1", "p2", "p3", "p4")
    made.wish(c.MoveRoom(INTERVIEWS, None))
    made.wish(c.MoveRoom(PhaseId("given_vignette"), INTERVIEWS))
    made.join(LATE)
    return made


def right(hall: Hall, who: str, page: PageId) -> str | None:
    return right_of(hall.rulebook.documents(hall.state, person(who), INTERVIEWS).get(page))


def test_a_closed_phase_is_open_to_who_makes_up_for_it_and_to_nobody_else(hall: Hall) -> None:
    assert right(hall, LATE, CARD) == "read"
    hall.wish(c.CatchUp(INTERVIEWS), person(LATE))
    assert right(hall, LATE, CARD) == "write"
    assert right(hall, "p1", PageId("interviews/card/p1")) is None
    assert hall.rulebook.scene(hall.state, INTERVIEWS).status == "closed"
    mine = hall.view(Audience("person", LATE), INTERVIEWS)
    assert isinstance(mine, InterviewForPerson)
    assert (mine.alone, mine.card) == (True, CARD)
    with pytest.raises(Refused, match="phase_closed"):
        hall.wish(ApproveCard(CARD), person("p1"), INTERVIEWS)
    with pytest.raises(Refused, match="card_unwritten"):
        hall.wish(ApproveCard(CARD), person(LATE), INTERVIEWS)


def test_who_sat_in_a_pair_and_was_called_away_waits_for_no_partner_to_make_up_for_it(hall: Hall) -> None:
    hall.wish(c.CatchUp(INTERVIEWS), person("p1"))
    assert right(hall, "p1", PageId("interviews/card/p1")) == "write"
    assert "write" not in {right(hall, "p1", PageId(f"interviews/notes/p{number}")) for number in range(1, 5)}


def test_making_up_for_a_phase_is_a_fact_of_one_person_once(hall: Hall) -> None:
    (fact,) = hall.wish(c.CatchUp(INTERVIEWS), person(LATE))
    assert fact.concerns == "person"
    assert hall.wish(c.CatchUp(INTERVIEWS), person(LATE)) == ()


def test_nobody_makes_up_for_a_phase_that_is_open_or_to_come_and_no_moderator_for_anybody(hall: Hall) -> None:
    assert hall.wish(c.CatchUp(PhaseId("given_vignette")), person(LATE)) == ()
    with pytest.raises(Refused, match="not_begun"):
        hall.wish(c.CatchUp(SIMILARITIES), person(LATE))
    with pytest.raises(Refused, match="not_joined"):
        hall.wish(c.CatchUp(INTERVIEWS), MODERATOR)


def test_what_the_table_did_together_stays_as_it_is(hall: Hall) -> None:
    hall.wish(c.MoveRoom(SIMILARITIES, hall.state.at))
    hall.wish(c.MoveRoom(PhaseId("grow"), SIMILARITIES))
    hall.wish(c.CatchUp(SIMILARITIES), person(LATE))
    pages = hall.rulebook.documents(hall.state, person(LATE), SIMILARITIES)
    assert "write" not in pages.values()
    assert hall.wish(AskForVignettes(), person(LATE), SIMILARITIES) is not None
