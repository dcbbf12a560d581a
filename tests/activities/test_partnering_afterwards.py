"""When the room has moved on: what was open ends, and whoever has no partner can still find one."""

from server.activities.partnering import messages as m
from server.core import consent
from server.core.activity import Tick
from server.core.messages import CLOCK
from server.core.wishes import UnitId
from tests.support.choice import DESK, P1, P2, P3, pair, room


def test_an_open_proposal_may_be_answered_after_the_room_has_moved_on() -> None:
    made = room(2)
    made.round()
    made.submit(P1, consent.SayYes(made.proposal(P1)))
    made.status("closed")
    made.submit(P2, consent.SayYes(made.proposal(P2)))
    assert made.partners(P1) == {P2}


def test_an_open_proposal_that_nobody_answers_ends_in_its_time_also_when_the_room_has_moved_on() -> None:
    made = room(2)
    made.round()
    made.submit(P1, consent.SayYes(made.proposal(P1)))
    made.status("closed")
    made.now_ms += 5 * 60_000
    made.submit(CLOCK, Tick())
    assert made.now.consent.proposals == {}
    assert made.me(P1)["reason"] == "talk_with_the_moderator"


def test_whoever_has_no_partner_when_the_room_moves_on_can_still_find_one() -> None:
    made = pair()
    made.status("closed")
    made.arrive(P3, "s-p3")
    made.submit(CLOCK, Tick())
    made.submit(P3, m.FindPlace(UnitId("s-p3")))
    made.all_say_yes()
    assert made.partners(P3) == {P1, P2}


def test_a_round_and_a_wish_are_of_the_phase_itself() -> None:
    made = room(3)
    made.status("closed")
    assert made.refusal(DESK, m.ProposeMatching()) == "phase_closed"
    assert made.refusal(P1, m.SetWishes({made.unit(P2): 3})) == "phase_closed"


def test_somebody_late_when_all_others_are_partners_is_told_so_and_not_that_a_proposal_is_on_its_way() -> None:
    made = pair()
    made.arrive(P3, "s-p3")
    assert made.me(P3)["reason"] == "nobody_else_here"
