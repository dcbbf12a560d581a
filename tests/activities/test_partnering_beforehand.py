"""Somebody cannot come when partners are chosen: they leave their wishes, and no two who are there wait for them."""

import dataclasses

import pytest
from msgspec.structs import replace

from server.activities.partnering import ACTIVITY
from server.activities.partnering import messages as m
from server.activities.partnering.example import EXAMPLE
from server.core import consent
from server.core import view as audiences
from server.core.activity import Tick
from server.core.messages import CLOCK
from server.core.rehearsal import nothing_before
from tests.support.choice import DESK, P1, P2, P3, P4, Room

DAY_MS = 86_400_000


def before_the_choice(people: int = 4, *, ahead: bool = True, read: bool = True) -> Room:
    """The second meeting has not come; the vignettes hang, unless nobody has written any."""
    example = EXAMPLE if read else dataclasses.replace(EXAMPLE, before=nothing_before)
    made = Room(ACTIVITY, example, people)
    made.scene = replace(made.scene, status="planned", ahead=ahead)
    return made


def leaves_wishes(made: Room, people: int = 3) -> None:
    for other in made.people[:people]:
        if other != P4:
            made.wish(P4, other, 2)
    made.submit(P4, m.LeaveWishes())


def the_choice_opens(made: Room) -> None:
    made.status("open")
    made.present = frozenset(made.people) - {P4}


def test_wishes_can_be_left_as_soon_as_there_is_something_to_wish_on() -> None:
    made = before_the_choice()
    assert [one["unit"] for one in made.me(P4)["choices"]] == ["s-p1", "s-p2", "s-p3"]
    assert made.me(P4)["ahead"]
    made.wish(P4, P1, 3)
    made.submit(P4, m.SetVeto(made.unit(P2)))
    made.submit(P4, m.LeaveWishes())
    assert made.me(P4)["by_proxy"]
    assert next(row for row in made.shows(audiences.MODERATORS)["units"] if row["unit"] == "s-p4")["by_proxy"]


@pytest.mark.parametrize("missing", ["ahead", "read"])
def test_where_the_path_does_not_show_the_choice_ahead_or_nothing_hangs_yet_it_is_closed(missing: str) -> None:
    made = before_the_choice(**{missing: False})
    assert made.shows(audiences.person(P4)) == {}
    assert made.refusal(P4, m.SetWishes({made.unit(P1): 3})) == "phase_closed"
    assert made.refusal(P4, m.LeaveWishes()) == "phase_closed"


def test_only_wishes_come_before_the_choice_and_only_for_oneself() -> None:
    made = before_the_choice()
    assert made.refusal(P4, m.LeaveWishes()) == "wish_first"
    assert made.refusal(DESK, m.ProposeMatching()) == "phase_closed"
    assert made.refusal(DESK, m.LeaveWishes()) == "people_only"
    assert made.refusal(P4, m.FindPlace(made.unit(P4))) == "phase_closed"


def test_two_who_are_there_agree_at_once_and_are_then_asked_whether_the_absent_one_may_join() -> None:
    made = before_the_choice()
    leaves_wishes(made)
    the_choice_opens(made)
    made.present = frozenset({P1, P2})
    made.submit(DESK, consent.MarkUnit(made.unit(P3), "away"))
    made.round()
    assert made.me(P1)["proposals"][0]["units"] == ["s-p2"]
    assert "absent" not in made.me(P1)["proposals"][0]
    for who in (P1, P2):
        made.submit(who, consent.SayYes(made.proposal(who)))
    assert made.partners(P1) == {P2}
    made.submit(CLOCK, Tick())
    assert made.me(P1)["proposals"][0]["absent"] == ["s-p4"]
    assert made.partners(P1) == {P2}, "they are partners whatever the absent one says, and whenever"


def test_who_was_paired_with_somebody_absent_is_told_so_and_may_let_it_go_while_the_answer_takes_days() -> None:
    made = before_the_choice()
    leaves_wishes(made)
    the_choice_opens(made)
    made.submit(DESK, m.SetRelation((made.unit(P1), made.unit(P3)), "conflict"))
    made.submit(DESK, m.SetRelation((made.unit(P2), made.unit(P3)), "conflict"))
    made.round()
    card = made.me(P3)["proposals"][0]
    assert (card["units"], card["absent"]) == (["s-p4"], ["s-p4"])
    made.submit(P3, consent.SayYes(card["proposal"]))
    made.status("closed")
    made.now_ms += 2 * DAY_MS
    made.submit(CLOCK, Tick())
    assert made.me(P3)["proposals"][0]["answered"]
    made.submit(P3, consent.SayNotYet(card["proposal"]))
    assert made.me(P3)["stage"] == "waiting"


def test_the_absent_one_answers_days_later_when_the_choice_is_long_closed() -> None:
    made = before_the_choice()
    leaves_wishes(made)
    the_choice_opens(made)
    made.submit(DESK, m.SetRelation((made.unit(P1), made.unit(P3)), "conflict"))
    made.submit(DESK, m.SetRelation((made.unit(P2), made.unit(P3)), "conflict"))
    made.round()
    made.submit(P3, consent.SayYes(made.proposal(P3)))
    made.status("closed")
    made.now_ms += 10 * DAY_MS
    made.submit(CLOCK, Tick())
    made.submit(P4, consent.SayYes(made.proposal(P4)))
    assert made.partners(P4) == {P3}


def test_after_its_days_an_answer_that_never_came_leaves_the_other_free() -> None:
    made = before_the_choice()
    leaves_wishes(made)
    the_choice_opens(made)
    made.submit(DESK, consent.ProposeByHand((made.unit(P3), made.unit(P4))))
    made.submit(P3, consent.SayYes(made.proposal(P3)))
    made.status("closed")
    made.now_ms += EXAMPLE.config.proxy_days * DAY_MS
    made.submit(CLOCK, Tick())
    assert made.now.consent.proposals == {}
    assert made.me(P3)["reason"] == "talk_with_the_moderator"


def test_a_hand_that_puts_an_absent_third_beside_two_makes_neither_of_them_wait() -> None:
    made = before_the_choice()
    leaves_wishes(made)
    the_choice_opens(made)
    made.submit(DESK, m.ProposeMatching())
    units = {unit for group in made.now.draft.groups for unit in group.units} if made.now.draft else set()
    assert {made.unit(P1), made.unit(P2)} <= units
    others = tuple(sorted(units - {made.unit(P1), made.unit(P2), made.unit(P4)}))
    groups = ((made.unit(P1), made.unit(P2), made.unit(P4)), *((others,) if len(others) > 1 else ()))
    if len(others) == 1:
        groups = ((*groups[0][:2], *others),)
    made.refusal(DESK, m.ArrangeProposal(groups))
    made.submit(DESK, m.ShowProposals())
    for proposal in made.now.consent.proposals.values():
        assert made.unit(P4) not in proposal.units or len(proposal.units) == 2


def test_whoever_comes_after_all_is_matched_like_everybody_who_is_there() -> None:
    made = before_the_choice()
    leaves_wishes(made)
    the_choice_opens(made)
    made.present = frozenset(made.people)
    made.submit(DESK, m.ProposeMatching())
    assert made.now.proxies == frozenset()
    assert made.now.draft is not None
    assert not any(group.remote for group in made.now.draft.groups)
