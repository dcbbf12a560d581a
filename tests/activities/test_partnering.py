"""A choice of partners with everything that happens to people: late, gone, reluctant, ruled out, away, absent."""

import random

import pytest

from server.activities.partnering import messages as m
from server.activities.partnering.example import PACT
from server.activities.partnering.pact import pact_page
from server.core import consent
from server.core import view as audiences
from server.core.activity import Tick
from server.core.messages import CLOCK, PersonId
from server.core.products import Partnership
from server.core.wishes import UnitId, Wish
from tests.support.choice import DESK, P1, P2, P3, P4, pair, room


def test_those_who_wish_each_other_are_proposed_to_each_other_and_told_so() -> None:
    made = room()
    for one, other in ((P1, P3), (P3, P1)):
        made.wish(one, other, 3)
    made.round()
    assert [one["people"] for one in made.me(P1)["proposals"]] == [["p3"]]
    codes = [fact["code"] for fact in made.me(P1)["proposals"][0]["facts"]]
    assert codes[0] == "both_wish"


def test_one_yes_is_not_a_partnership_and_two_are() -> None:
    made = room(2)
    made.round()
    made.submit(P1, consent.SayYes(made.proposal(P1)))
    assert made.partners(P1) == set()
    made.submit(P2, consent.SayYes(made.proposal(P2)))
    assert made.partners(P1) == {P2}


def test_a_draft_is_the_moderators_alone_until_it_is_shown() -> None:
    made = room()
    before = {who: made.me(who) for who in made.people}
    made.submit(DESK, m.ProposeMatching())
    after = {who: made.me(who) for who in made.people}
    assert {who: one.get("proposals") for who, one in after.items()} == dict.fromkeys(before)
    assert made.shows(audiences.MODERATORS)["draft"]["groups"]


def test_a_draft_arranged_by_hand_leaves_nobody_out_and_respects_a_veto() -> None:
    made = room()
    made.submit(P1, m.SetVeto(made.unit(P2)))
    made.submit(DESK, m.ProposeMatching())
    u1, u2, u3, u4 = (made.unit(who) for who in made.people)
    assert made.refusal(DESK, m.ArrangeProposal(((u3, u4),))) == "somebody_left_out"
    assert made.refusal(DESK, m.ArrangeProposal(((u1, u2), (u3, u4)))) == "blocked_by_a_hard_rule"
    made.submit(DESK, m.ArrangeProposal(((u1, u4), (u3, u2))))
    made.submit(DESK, m.ShowProposals())
    assert made.me(P1)["proposals"][0]["people"] == ["p4"]


def test_a_veto_after_the_draft_is_kept() -> None:
    made = room()
    for one, other in ((P1, P2), (P2, P1)):
        made.wish(one, other, 3)
    made.submit(DESK, m.ProposeMatching())
    made.submit(P1, m.SetVeto(made.unit(P2)))
    assert made.refusal(DESK, m.ShowProposals()) == "draft_outdated"


def test_vetoes_are_a_share_of_the_room_and_at_least_one() -> None:
    made = room()
    made.submit(P1, m.SetVeto(made.unit(P2)))
    assert made.refusal(P1, m.SetVeto(made.unit(P3))) == "no_vetoes_left"
    made.submit(P1, m.SetVeto(made.unit(P2), on=False))
    made.submit(P1, m.SetVeto(made.unit(P3)))
    assert made.me(P1)["vetoes"] == ["s-p3"]


def test_a_team_rules_out_as_many_as_one_person_may_and_nobody_reads_whom_the_other_named() -> None:
    made = room(11)
    made.schools({who: f"s{max(at, 1)}" for at, who in enumerate(made.people)})
    mate = made.people[1]
    others = [made.unit(who) for who in made.people[2:]]
    assert made.me(P1)["vetoes_left"] == made.me(mate)["vetoes_left"] == 2
    made.submit(P1, m.SetVeto(others[0]))
    assert made.me(mate)["vetoes_left"] == 1
    assert "vetoes" not in made.me(mate)
    made.submit(mate, m.SetVeto(others[0]))
    assert "vetoes_left" not in made.me(P1), "the same name again counts too: else the number would tell whom"
    assert made.refusal(P1, m.SetVeto(others[1])) == "no_vetoes_left"
    made.submit(mate, m.SetVeto(others[0], on=False))
    made.submit(P1, m.SetVeto(others[1]))


def test_a_wish_for_oneself_or_for_nobody_is_refused() -> None:
    made = room()
    assert made.refusal(P1, m.SetWishes({made.unit(P1): 3})) == "own_unit"
    assert made.refusal(P1, m.SetWishes({UnitId("nobody"): 3})) == "unit_unknown"


def test_wishes_and_vetoes_are_deleted_once_their_partnership_is_confirmed() -> None:
    made = room()
    for one in made.people:
        for other in made.people:
            if one != other:
                made.wish(one, other, 2)
    made.submit(P1, m.SetVeto(made.unit(P2)))
    made.round()
    made.all_say_yes()
    assert (made.now.wishes, made.now.vetoes, made.now.strengths.units) == ({}, {}, ())
    assert made.refusal(P1, m.SetWishes({made.unit(P2): 3})) == "unit_has_partner"


def test_who_was_proposed_once_is_not_proposed_again() -> None:
    made = room()
    made.round()
    first = made.me(P1)["proposals"][0]["people"]
    for who in made.people:
        if made.me(who).get("proposals"):
            made.submit(who, consent.SayNotYet(made.proposal(who)))
    made.round()
    assert made.me(P1)["proposals"][0]["people"] != first
    assert made.refusal(DESK, m.ProposeMatching()) == "no_rounds_left"


def test_silence_is_released_by_the_clock_and_nobody_learns_whose_it_was() -> None:
    made = room(2)
    made.round()
    made.submit(P1, consent.SayYes(made.proposal(P1)))
    assert made.submit(CLOCK, Tick()) == []
    made.now_ms += 301_000
    made.submit(CLOCK, Tick())
    assert made.me(P1)["stage"] == made.me(P2)["stage"] == "waiting"


def test_two_who_ask_each_other_agree() -> None:
    made = room()
    made.submit(P1, consent.ProposePartner(made.unit(P2)))
    assert made.partners(P1) == set()
    made.submit(P2, consent.ProposePartner(made.unit(P1)))
    assert made.partners(P1) == {P2}


def test_who_asks_somebody_that_ruled_them_out_sees_what_everybody_sees_who_waits() -> None:
    open_one, barred_one = room(), room()
    barred_one.submit(P2, m.SetVeto(barred_one.unit(P1)))
    open_one.now_ms += 1_000
    for made in (open_one, barred_one):
        made.submit(P1, consent.ProposePartner(made.unit(P2)))
    assert open_one.me(P1) == barred_one.me(P1)
    assert "proposals" not in barred_one.me(P2)


def test_a_moderator_may_bring_two_together_and_both_must_still_say_yes() -> None:
    made = room()
    made.submit(DESK, consent.ProposeByHand((made.unit(P1), made.unit(P4))))
    assert made.partners(P1) == set()
    made.all_say_yes()
    assert made.partners(P1) == {P4}


def test_whom_a_moderator_keeps_apart_is_not_proposed() -> None:
    made = room(2)
    made.submit(DESK, m.SetRelation((made.unit(P1), made.unit(P2)), "conflict"))
    made.round()
    assert made.me(P1)["stage"] == "waiting"
    assert made.me(P1)["reason"] == "talk_with_the_moderator"
    rows = made.shows(audiences.MODERATORS)["units"]
    assert {row["missed"] for row in rows} == {"blocked_by_a_hard_rule"}


def test_a_school_is_one_unit_with_the_lower_of_its_wishes() -> None:
    made = room(5)
    made.schools({P1: "north", P2: "north", P3: "east", P4: "west", PersonId("p5"): "south"})
    made.wish(P1, P3, 3)
    made.wish(P3, P1, 3)
    made.wish(P2, P3, 0)
    made.round()
    assert made.me(P1)["proposals"] == made.me(P2)["proposals"]
    assert made.me(P1)["proposals"][0]["people"] != ["p3"]
    made.all_say_yes()
    assert P2 in made.partners(P1)


def test_a_teammate_who_comes_late_answers_for_the_team_and_is_in_its_partnership() -> None:
    made = room(2)
    made.schools({P1: "north", P2: "east"})
    made.round()
    made.arrive(P3, "north")
    made.submit(CLOCK, Tick())
    made.submit(P3, consent.SayYes(made.proposal(P3)))
    made.submit(P2, consent.SayYes(made.proposal(P2)))
    assert made.partners(P2) == {P1, P3}
    made.arrive(P4, "east")
    made.submit(CLOCK, Tick())
    assert made.me(P4)["partnership"]["people"] == made.me(P1)["partnership"]["people"]


def test_two_of_a_team_who_say_yes_to_a_third_at_once_are_both_right() -> None:
    made = room(3)
    made.schools({P1: "s-a", P2: "s-b", P3: "s-b"})
    made.round()
    made.all_say_yes()
    made.arrive(P4, "s-late")
    made.submit(P4, m.FindPlace(UnitId("s-late")))
    joining = made.proposal(P2)
    for who in (P4, P1, P2, P3):
        assert made.refusal(who, consent.SayYes(joining)) == ""
    assert made.partners(P4) == {P1, P2, P3}


def test_two_of_a_team_who_say_yes_at_once_are_both_right() -> None:
    made = room(3)
    made.schools({P1: "north", P2: "north", P3: "east"})
    made.round()
    both = made.proposal(P1)
    for who in (P3, P1, P2):
        assert made.refusal(who, consent.SayYes(both)) == ""
    assert made.partners(P3) == {P1, P2}


def test_in_a_room_counted_by_people_two_of_one_school_have_partners_of_their_own() -> None:
    made = room(4)
    made.schools({P1: "north", P2: "north", P3: "east", P4: "west"})
    made.submit(DESK, m.ChooseUnits("person"))
    made.round()
    made.all_say_yes()
    assert made.partners(P1) in ({P3}, {P4})
    assert made.refusal(DESK, m.ChooseUnits("school")) == "choice_under_way"


def test_who_is_not_in_the_room_waits_outside_and_joins_a_pair_later() -> None:
    made = room(3)
    made.present = frozenset({P1, P2})
    made.round()
    assert made.me(P3)["stage"] == "away"
    made.all_say_yes()
    made.present = frozenset(made.people)
    made.submit(P3, m.FindPlace(made.unit(P3)))
    made.all_say_yes()
    assert made.partners(P3) == {P1, P2}


def test_a_school_that_is_absent_takes_part_by_the_wishes_it_left() -> None:
    made = room(4)
    made.wish(P4, P1, 3)
    made.wish(P1, P4, 3)
    made.present = frozenset({P1, P2, P3})
    assert made.refusal(DESK, m.MatchByProxy(made.unit(P3))) == "no_wishes_set"
    made.submit(DESK, m.MatchByProxy(made.unit(P4)))
    made.round()
    made.now_ms += 3_600_000
    made.submit(CLOCK, Tick())
    assert made.me(P4)["proposals"][0]["people"] == ["p1"]
    made.all_say_yes()
    assert made.partners(P1) == {P4}


def test_a_proposal_to_somebody_absent_does_not_hold_up_the_second_round() -> None:
    made = room(4)
    made.wish(P4, P1, 3)
    made.submit(DESK, m.MatchByProxy(made.unit(P4)))
    made.present = frozenset({P1, P2, P3})
    made.round()
    made.now_ms += 600_000
    made.submit(CLOCK, Tick())
    waits = {one for row in made.shows(audiences.MODERATORS).get("open", ()) for one in row["units"]}
    assert made.unit(P4) in waits
    assert made.refusal(DESK, m.ProposeMatching()) == ""


def test_whoever_loses_a_partner_is_free_again_and_finds_a_pair() -> None:
    made = room(4)
    made.round()
    made.all_say_yes()
    (other,) = made.partners(P1)
    made.leave(other)
    made.submit(CLOCK, Tick())
    assert made.me(P1)["reason"] == "partner_left"
    made.submit(P1, m.FindPlace(made.unit(P1)))
    made.all_say_yes()
    assert len(made.partners(P1)) == 2


def test_who_said_not_yet_to_a_found_place_is_not_asked_again() -> None:
    made = room(4)
    made.submit(DESK, consent.MarkUnit(made.unit(P4), "away"))
    made.round()
    made.all_say_yes()
    made.arrive(PersonId("p9"), "late")
    made.submit(PersonId("p9"), m.FindPlace(UnitId("late")))
    assert made.me(PersonId("p9"))["reason"] == "talk_with_the_moderator"
    made.submit(DESK, consent.MarkUnit(made.unit(P4), "present"))
    made.submit(PersonId("p9"), m.FindPlace(UnitId("late")))
    made.submit(P4, consent.SayNotYet(made.proposal(P4)))
    made.submit(P4, m.FindPlace(made.unit(P4)))
    assert "proposals" not in made.me(PersonId("p9"))


def test_somebody_who_was_marked_away_by_hand_is_not_called_back_by_their_phone() -> None:
    made = room(3)
    made.submit(DESK, consent.MarkUnit(made.unit(P3), "away"))
    made.round()
    assert (made.me(P3)["stage"], made.me(P1)["stage"]) == ("away", "proposed")


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ({"issue_title": ""}, "pact_unwritten"),
        ({"same": " \n"}, "nothing_alike"),
        ({"different": ""}, "nothing_different"),
    ],
)
def test_a_pact_needs_a_title_something_alike_and_something_different(missing: dict[str, str], code: str) -> None:
    made = pair()
    page = pact_page(made.scene.phase, consent.PartnershipId("pair1"))
    made.write(P1, page, **{**PACT, **missing})
    assert made.refusal(P1, m.ConfirmPact(page)) == code


def test_a_pact_is_frozen_when_both_confirm_the_same_words() -> None:
    made = pair()
    page = pact_page(made.scene.phase, consent.PartnershipId("pair1"))
    made.write(P1, page, **PACT)
    made.submit(P1, m.ConfirmPact(page))
    made.write(P2, page, issue_title="Something else")
    made.submit(P2, m.ConfirmPact(page))
    assert made.rights(P1)[page] == "write"
    made.submit(P1, m.ConfirmPact(page))
    assert made.rights(P1)[page] == made.rights(P2)[page] == "read"
    (made_of_it,) = made.activity.products(made.state, made.scene)
    assert isinstance(made_of_it, Partnership)
    assert made_of_it.issue is not None
    assert made.text(made_of_it.issue)["issue_title"] == "Something else"
    made.submit(P2, m.ReopenPact(consent.PartnershipId("pair1")))
    assert made.rights(P1)[page] == "write"


def test_the_map_shows_a_pair_when_each_side_let_it() -> None:
    made = pair()
    made.submit(P1, m.ShowOnMap())
    assert "map" not in made.shows(audiences.SCREEN)
    made.submit(P2, m.ShowOnMap())
    assert made.shows(audiences.SCREEN)["map"][0]["sides"] == [["p1"], ["p2"]]
    made.status("closed")
    made.submit(P1, m.HideFromMap())
    assert "map" not in made.shows(audiences.ROOM)


def test_how_many_are_partnered_is_said_from_five_on() -> None:
    made = room(6)
    made.round()
    for count in range(6):
        assert made.shows(audiences.ROOM).get("partnered", 0) in (0, 6), count
        who = made.people[count]
        if made.me(who).get("proposals"):
            made.submit(who, consent.SayYes(made.proposal(who)))
    assert made.shows(audiences.ROOM)["partnered"] == 6


def test_eleven_people_of_eight_schools_end_in_confirmed_pairs_and_trios() -> None:
    """One ruled out, one late, one who says not yet, one who goes: everybody who stays has a place."""
    made = room(10)
    numbers = {who: number for number, who in enumerate(made.people)}
    made.schools({who: f"s{number % 8}" for who, number in numbers.items()})
    made.submit(DESK, m.ChooseUnits("person"))
    dice = random.Random(5)
    for who in made.people:
        others = [one for one in made.people if one != who]
        levels: tuple[Wish, ...] = (1, 2, 3)
        made.submit(who, m.SetWishes({UnitId(one): levels[dice.randrange(3)] for one in others}))
    made.submit(P2, m.SetVeto(UnitId(P3)))
    made.round()
    made.submit(P1, consent.SayNotYet(made.proposal(P1)))
    made.all_say_yes()
    made.arrive(PersonId("p11"), "s2")
    made.leave(P4)
    made.submit(CLOCK, Tick())
    made.round()
    made.all_say_yes()
    staying = [who for who in made.people if who != P4]
    for who in staying:
        if not made.partners(who):
            made.submit(who, m.FindPlace(UnitId(who)))
            made.all_say_yes()
    sizes = {who: 1 + len(made.partners(who)) for who in staying}
    assert set(sizes.values()) <= {2, 3}
    assert P3 not in made.partners(P2)
    assert "without_partner" not in made.shows(audiences.MODERATORS)
