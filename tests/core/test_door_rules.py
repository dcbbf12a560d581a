"""A seat opens on another device by its owner's leave, and its owner can close it there."""

import pytest

from server.core.messages import CLOCK, HOST, Actor, Command, PersonId, PhaseId, Refused, SchoolId, StaffId
from server.core.view import Audience
from server.core.workshop import commands as c
from server.core.workshop.door_rules import HANDOVER_MS
from server.core.workshop.people_commands import (
    AdmitPeople,
    AdmitPerson,
    AnswerOffer,
    CloseSeat,
    LeaveForGood,
    Listed,
    OfferSeat,
    OpenSeat,
    TakePlace,
    TakeSeat,
)
from server.core.workshop.views import PersonView
from tests.support.hall import MODERATOR, Hall, person

ANA, BOR, PAULA = PersonId("p1"), PersonId("p2"), PersonId("p3")
COLLEAGUE = Actor("co_moderator", "s2")
WAY, OTHER_WAY = "handover-1", "handover-2"


def a_hall() -> Hall:
    hall = Hall()
    hall.join("p1", "p2")
    return hall


def refusal(hall: Hall, command: Command, actor: Actor = MODERATOR) -> str:
    before = hall.state
    try:
        hall.wish(command, actor)
    except Refused as refused:
        assert hall.state is before
        return refused.code
    return ""


def seen_by(hall: Hall, who: PersonId) -> list[tuple[str, str, str]]:
    view = hall.view(Audience("person", who))
    assert isinstance(view, PersonView)
    return [(one.id, one.by, one.state) for one in view.handovers]


def test_whose_seat_is_offered_sees_by_whom_and_nobody_else_sees_it() -> None:
    hall = a_hall()
    hall.wish(OfferSeat(ANA, WAY))
    assert seen_by(hall, ANA) == [(WAY, "moderator", "offered")]
    assert seen_by(hall, BOR) == []


def test_nobody_but_a_moderator_offers_a_seat() -> None:
    hall = a_hall()
    for actor in (person("p1"), person("p2"), CLOCK, HOST, Actor("observer", "s9")):
        assert refusal(hall, OfferSeat(ANA, WAY), actor) == "not_allowed"


def test_a_co_moderator_who_has_tables_offers_only_the_seats_of_people_there() -> None:
    hall = Hall()
    hall.join(*(f"p{n}" for n in range(1, 9)))
    hall.wish(c.MoveRoom(PhaseId("interviews"), None))
    room = hall.state.current
    assert room is not None
    mine, *others = room.groups["pairs"]
    hall.wish(c.WelcomeStaff(StaffId(COLLEAGUE.id), "co_moderator"))
    hall.wish(c.AssignTables(StaffId(COLLEAGUE.id), (mine.table,)))
    assert refusal(hall, OfferSeat(others[0].members[0], WAY), COLLEAGUE) == "not_your_group"
    hall.wish(OfferSeat(mine.members[0], WAY), COLLEAGUE)
    assert seen_by(hall, mine.members[0]) == [(WAY, "co_moderator", "offered")]


def test_while_a_device_of_theirs_is_here_they_are_asked_first() -> None:
    hall = a_hall()
    hall.present = frozenset({ANA})
    hall.wish(OfferSeat(ANA, WAY))
    assert refusal(hall, OpenSeat(WAY), CLOCK) == "ask_first"
    hall.wish(AnswerOffer(WAY, allow=True), person("p1"))
    hall.wish(OpenSeat(WAY), CLOCK)
    assert seen_by(hall, ANA) == [(WAY, "moderator", "opened")]


def test_without_a_device_here_it_opens_and_is_shown() -> None:
    hall = a_hall()
    hall.present = frozenset({BOR})
    hall.wish(OfferSeat(ANA, WAY))
    hall.wish(OpenSeat(WAY), CLOCK)
    assert seen_by(hall, ANA) == [(WAY, "moderator", "opened")]


def test_who_says_no_is_believed_also_when_their_device_is_gone() -> None:
    hall = a_hall()
    hall.wish(OfferSeat(ANA, WAY))
    hall.wish(AnswerOffer(WAY, allow=False), person("p1"))
    assert refusal(hall, OpenSeat(WAY), CLOCK) == "handover_refused"


def test_only_whose_seat_it_is_answers_and_not_who_types_for_them() -> None:
    hall = a_hall()
    hall.wish(OfferSeat(ANA, WAY))
    for actor in (person("p2"), MODERATOR, Actor("person", "p1", typed_by="s1")):
        assert refusal(hall, AnswerOffer(WAY, allow=True), actor) in ("not_yours", "not_allowed")


def test_it_opens_once_and_for_ten_minutes() -> None:
    hall = a_hall()
    hall.wish(OfferSeat(ANA, WAY))
    hall.pass_time(HANDOVER_MS + 1)
    assert refusal(hall, OpenSeat(WAY), CLOCK) == "handover_spent"
    hall.wish(OfferSeat(ANA, OTHER_WAY))
    hall.wish(OpenSeat(OTHER_WAY), CLOCK)
    assert refusal(hall, OpenSeat(OTHER_WAY), CLOCK) == "handover_spent"


def test_a_newer_offer_replaces_one_that_nobody_used_and_keeps_what_was_opened() -> None:
    hall = a_hall()
    hall.wish(OfferSeat(ANA, WAY))
    hall.wish(OfferSeat(ANA, OTHER_WAY))
    assert refusal(hall, OpenSeat(WAY), CLOCK) == "no_such_handover"
    hall.wish(OpenSeat(OTHER_WAY), CLOCK)
    hall.wish(OfferSeat(ANA, WAY))
    assert seen_by(hall, ANA) == [(OTHER_WAY, "moderator", "opened"), (WAY, "moderator", "offered")]


def test_nobody_who_is_in_opens_a_seat_past_the_door() -> None:
    hall = a_hall()
    hall.wish(OfferSeat(ANA, WAY))
    for actor in (person("p1"), MODERATOR, COLLEAGUE):
        assert refusal(hall, OpenSeat(WAY), actor) == "not_allowed"


def test_its_owner_and_a_moderator_close_it_and_nobody_else() -> None:
    hall = a_hall()
    hall.wish(OfferSeat(ANA, WAY))
    hall.wish(OpenSeat(WAY), CLOCK)
    assert refusal(hall, CloseSeat(WAY), person("p2")) == "not_yours"
    hall.wish(CloseSeat(WAY), person("p1"))
    assert seen_by(hall, ANA) == [(WAY, "moderator", "closed")]
    assert refusal(hall, OpenSeat(WAY), CLOCK) == "handover_spent"


def test_who_had_no_device_has_one_from_then_on_and_nobody_types_for_them_any_more() -> None:
    hall = a_hall()
    hall.wish(AdmitPerson(PAULA, SchoolId("s3"), without_device=True))
    hall.wish(OfferSeat(PAULA, WAY))
    hall.wish(OpenSeat(WAY), CLOCK)
    assert not hall.state.people[PAULA].without_device


def test_who_is_only_expected_taps_their_name_instead() -> None:
    hall = a_hall()
    hall.wish(AdmitPerson(PAULA, SchoolId("s3"), expected=True))
    assert refusal(hall, OfferSeat(PAULA, WAY)) == "not_come_yet"


def test_in_a_closed_workshop_a_seat_can_still_be_taken_along_to_read() -> None:
    hall = a_hall()
    hall.wish(c.ChangeLife("closed"))
    hall.wish(OfferSeat(ANA, WAY))
    hall.wish(OpenSeat(WAY), CLOCK)
    hall.wish(CloseSeat(WAY), person("p1"))


# -- the list --------------------------------------------------------------------------------------------------------


def test_the_first_who_taps_a_name_has_the_seat() -> None:
    hall = a_hall()
    hall.wish(AdmitPerson(PAULA, SchoolId("s3"), expected=True))
    assert refusal(hall, TakeSeat(PAULA, SchoolId("s3"))) == "not_yours"
    hall.wish(TakeSeat(PAULA, SchoolId("s3")), person("p3"))
    assert hall.state.people[PAULA].state == "joined"
    assert refusal(hall, TakeSeat(PAULA, SchoolId("s4")), person("p3")) == "seat_taken"


def test_the_seat_of_somebody_who_left_is_no_strangers() -> None:
    hall = a_hall()
    hall.wish(LeaveForGood(ANA), person("p1"))
    assert refusal(hall, TakeSeat(ANA, SchoolId("s9")), person("p1")) == "seat_taken"
    hall.wish(TakePlace(ANA), person("p1"))
    assert hall.state.people[ANA].state == "joined"


def test_a_list_comes_in_whole_and_again_adds_nobody() -> None:
    hall = a_hall()
    people = tuple(Listed(PersonId(f"q{n}"), SchoolId("s")) for n in range(5))
    assert len(hall.wish(AdmitPeople(people))) == 5
    assert hall.wish(AdmitPeople(people)) == ()
    crowd = tuple(Listed(PersonId(f"r{n}"), SchoolId("s")) for n in range(2_000))
    assert refusal(hall, AdmitPeople(crowd)) == "full"
    with pytest.raises(Refused, match="not_allowed"):
        hall.wish(AdmitPeople(people), person("p1"))
