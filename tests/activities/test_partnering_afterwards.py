"""When the room has moved on: what was open ends, and whoever has no partner can still find one."""

from server.activities.partnering import messages as m
from server.core import consent
from server.core.activity import Tick
from server.core.messages import CLOCK, PageId
from server.core.wishes import UnitId
from tests.support.choice import DESK, P1, P2, P3, Room, pair, room


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


def pages(made: Room) -> list[dict[PageId, str]]:
    return [dict(made.rights(who)) for who in (P1, P2, P3)]


def test_what_two_wrote_stays_theirs_to_read_when_their_partnership_ends() -> None:
    made = pair()
    made.arrive(P3, "s-p3")
    ours = made.me(P1)["partnership"]
    page, space = PageId(ours["pact"]["page"]), PageId(ours["space"])
    assert pages(made) == [{page: "write", space: "write"}, {page: "write", space: "write"}, {}]
    made.submit(P1, consent.LeavePartnership(ours["partnership"]))
    assert pages(made) == [{page: "read", space: "read"}, {page: "read", space: "read"}, {}]
    assert made.me(P2)["former"] == [{"page": page, "people": ["p1"], "space": space}]


def test_who_leaves_two_that_go_on_does_not_read_on() -> None:
    made = pair()
    made.arrive(P3, "s-p3")
    key = made.me(P1)["partnership"]["partnership"]
    made.submit(DESK, consent.ProposeThird(key, UnitId("s-p3")))
    made.all_say_yes()
    made.submit(P3, consent.LeavePartnership(key))
    assert [len(one) for one in pages(made)] == [2, 2, 0]
    assert "former" not in made.me(P3)


def test_whoever_keeps_somebody_away_is_told_so_before_they_ask_them() -> None:
    made = room(4)
    made.round()
    for who in (P1, P2, P3):
        for one in made.me(who).get("proposals", ()):
            made.submit(who, consent.SayNotYet(one["proposal"]))
    made.submit(P1, m.SetVeto(made.unit(P2)))
    assert made.refusal(P1, consent.ProposePartner(made.unit(P2))) == "own_veto"
    assert made.refusal(P2, consent.ProposePartner(made.unit(P1))) == "", "who is kept away learns nothing of it"
