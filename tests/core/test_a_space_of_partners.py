"""What partners write beyond the phase in which they met: by whom, until when, and what locks it but the closing."""

from server.activities.partnering.space import space_page
from server.core import consent
from server.core.activity import Grant
from server.core.consent import PartnershipId
from server.core.messages import Actor, PageId, PhaseId
from server.core.workshop import commands as c
from tests.support.hall import MODERATOR, Hall, person
from tests.support.hall_choice import CHOICE, are_partners, choice, choosing

ANA, BOR, EVA = (person(who) for who in ("ana", "bor", "eva"))
LATER = (PhaseId("dimensions"), PhaseId("grow"))


def ours(hall: Hall) -> PartnershipId:
    return next(iter(choice(hall).consent.partnerships))


def partners() -> tuple[Hall, PageId]:
    hall = choosing("ana", "bor", "eva")
    are_partners(hall, ("ana", "bor"))
    return hall, space_page(CHOICE, ours(hall))


def rights(hall: Hall, page: PageId) -> list[Grant | None]:
    everybody = (ANA, BOR, EVA, MODERATOR, Actor("observer", "o1"))
    return [hall.rulebook.documents(hall.state, who, CHOICE).get(page) for who in everybody]


MEMBERS_WRITE = ["write", "write", None, None, None]
MEMBERS_READ = ["read", "read", None, None, None]


def test_partners_write_in_their_space_two_phases_on_and_in_the_weeks_after_the_meeting() -> None:
    hall, page = partners()
    assert rights(hall, page) == MEMBERS_WRITE
    for phase in LATER:
        hall.wish(c.MoveRoom(phase, hall.state.at))
        assert rights(hall, page) == MEMBERS_WRITE
    hall.wish(c.ChangeLife("follow_up"))
    assert rights(hall, page) == MEMBERS_WRITE


def test_in_a_closed_workshop_they_read_it_and_in_one_that_is_opened_again_they_write_on() -> None:
    hall, page = partners()
    hall.wish(c.MoveRoom(LATER[0], CHOICE))
    hall.wish(c.ChangeLife("closed"))
    assert rights(hall, page) == MEMBERS_READ
    assert hall.rulebook.is_closed_over(hall.state, ANA, page), "a sentence that was under way is still taken"
    hall.wish(c.ChangeLife("follow_up"))
    assert rights(hall, page) == MEMBERS_WRITE


def test_a_moderator_whom_partners_ask_in_later_does_not_read_it() -> None:
    hall, page = partners()
    hall.wish(c.MoveRoom(LATER[0], CHOICE))
    run = hall.state.current
    assert run is not None
    hall.wish(c.LookInto(next(one.id for one in run.groups["partners"] if ANA.person in one.members)))
    hall.wish(c.CallHelp(for_group=True), ANA)
    assert rights(hall, page) == MEMBERS_WRITE


def test_what_an_ended_partnership_locked_was_not_locked_by_the_end_of_a_phase() -> None:
    hall, page = partners()
    hall.wish(c.MoveRoom(LATER[0], CHOICE))
    hall.wish(consent.LeavePartnership(ours(hall)), ANA, CHOICE)
    assert rights(hall, page) == MEMBERS_READ
    assert not hall.rulebook.is_closed_over(hall.state, BOR, page)
