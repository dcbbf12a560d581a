"""The space of a partnership: its members' own, written in every later phase, and closed to everybody else."""

from typing import Any

import pytest

from server.activities.partnering import ACTIVITY
from server.activities.partnering import messages as m
from server.activities.partnering.example import PACT
from server.core import consent
from server.core import view as audiences
from server.core.activity import Tick
from server.core.messages import CLOCK, Actor, GroupId, PageId
from server.core.products import Partnership
from server.core.wishes import UnitId
from tests.support.choice import DESK, P1, P2, P3, Room, pair, room
from tests.support.stage import OTHERS


def space(made: Room) -> PageId:
    return PageId(made.me(P1)["partnership"]["space"])


def rights_in(made: Room, page: PageId) -> list[str | None]:
    return [made.rights(who).get(page) for who in (P1, P2, P3)]


def with_a_third(made: Room) -> consent.PartnershipId:
    made.arrive(P3, "s-p3")
    key: consent.PartnershipId = made.me(P1)["partnership"]["partnership"]
    made.submit(DESK, consent.ProposeThird(key, UnitId("s-p3")))
    made.all_say_yes()
    return key


@pytest.mark.parametrize("status", ["open", "warning", "closed", "reopened", "catching_up"])
def test_its_members_write_in_it_whatever_became_of_the_phase_in_which_they_met(status: Any) -> None:
    made = pair()
    made.arrive(P3, "s-p3")
    made.status(status)
    assert rights_in(made, space(made)) == ["write", "write", None]


def test_before_the_choice_and_before_both_have_said_yes_there_is_none() -> None:
    made = room(2)
    made.round()
    made.submit(P1, consent.SayYes(made.proposal(P1)))
    assert made.rights(P1) == made.rights(P2) == {}
    done = pair()
    done.status("planned")
    assert done.rights(P1) == {}


def test_it_belongs_to_the_group_that_the_partnership_is_in_every_later_phase() -> None:
    made = pair()
    (partnership,) = made.activity.products(made.state, made.scene)
    assert isinstance(partnership, Partnership)
    assert space(made) == f"here/space/{partnership.id}"
    assert made.shows(audiences.group(GroupId(partnership.id)))["partnership"]["space"] == space(made)


def test_no_moderator_reads_it_or_counts_its_words() -> None:
    made = pair()
    for actor in (*OTHERS, CLOCK, Actor("person", "somebody")):
        assert space(made) not in ACTIVITY.documents(made.now, actor, made.scene)


def test_a_third_who_joins_later_writes_in_it_as_the_others_do() -> None:
    made = pair()
    page = space(made)
    with_a_third(made)
    made.status("closed")
    assert space(made) == page
    assert rights_in(made, page) == ["write", "write", "write"]


def test_who_leaves_two_that_go_on_reads_no_more_of_what_they_write() -> None:
    made = pair()
    key = with_a_third(made)
    page = space(made)
    made.submit(P3, consent.LeavePartnership(key))
    assert rights_in(made, page) == ["write", "write", None]
    made.submit(P1, consent.LeavePartnership(key))
    assert rights_in(made, page) == ["read", "read", None], "of what has ended, those who sat there to the end read on"


def test_a_teacher_of_a_partner_school_who_comes_later_finds_the_space_of_the_school() -> None:
    made = pair()
    made.arrive(P3, "s-p1")
    made.submit(CLOCK, Tick())
    assert rights_in(made, space(made)) == ["write", "write", "write"]


def test_partners_who_had_too_little_time_confirm_what_it_is_about_when_the_room_has_gone_on() -> None:
    made = pair()
    made.status("closed")
    page = PageId(made.me(P1)["partnership"]["pact"]["page"])
    made.write(P1, page, **PACT)
    for who in (P1, P2):
        made.submit(who, m.ConfirmPact(page))
    assert rights_in(made, page) == ["read", "read", None]
    made.submit(P2, m.ReopenPact(made.me(P1)["partnership"]["partnership"]))
    assert rights_in(made, page) == ["write", "write", None]
