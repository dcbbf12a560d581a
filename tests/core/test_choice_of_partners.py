"""The choice of partners in a workshop: what the moderator knows of two people reaches it from wherever it was said."""

import pytest

from server.activities.partnering import messages as m
from server.core import consent
from server.core.messages import PersonId, Refused
from server.core.workshop.people_commands import KeepApart
from tests.support.hall import MODERATOR
from tests.support.hall_choice import CHOICE, choice, choosing, unit


def test_whom_the_moderator_keeps_apart_in_the_room_is_not_proposed_to_each_other() -> None:
    hall = choosing("ana", "bor")
    hall.wish(KeepApart(PersonId("ana"), PersonId("bor")))
    hall.wish(m.ProposeMatching(), MODERATOR, CHOICE)
    draft = choice(hall).draft
    assert draft is not None
    assert draft.groups == ()
    assert {one.reason for one in draft.unmatched} == {"blocked_by_a_hard_rule"}
    with pytest.raises(Refused, match="blocked_by_a_hard_rule"):
        hall.wish(consent.ProposeByHand((unit("ana"), unit("bor"))), MODERATOR, CHOICE)
    hall.wish(KeepApart(PersonId("ana"), PersonId("bor"), keep=False))
    hall.wish(m.ProposeMatching(), MODERATOR, CHOICE)
    again = choice(hall).draft
    assert again is not None
    assert len(again.groups) == 1


def test_keeping_one_teacher_apart_keeps_the_whole_team_apart() -> None:
    hall = choosing("ana", "bor")
    hall.join("anja", "cene", schools=["school-ana", "school-cene"])
    hall.wish(KeepApart(PersonId("anja"), PersonId("bor")))
    hall.wish(m.ProposeMatching(), MODERATOR, CHOICE)
    draft = choice(hall).draft
    assert draft is not None
    assert not any({unit("ana"), unit("bor")} <= set(group.units) for group in draft.groups)


def test_a_hand_places_nobody_who_is_not_here() -> None:
    hall = choosing("ana", "bor", "cene")
    hall.wish(consent.MarkUnit(unit("cene"), "away"), MODERATOR, CHOICE)
    hall.wish(m.ProposeMatching(), MODERATOR, CHOICE)
    with pytest.raises(Refused, match="unit_not_here"):
        hall.wish(m.ArrangeProposal((tuple(map(unit, ("ana", "bor", "cene"))),)), MODERATOR, CHOICE)
