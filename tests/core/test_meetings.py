from hypothesis import given, settings

from server.core.forming import form_groups
from server.core.forms import Fixed
from server.core.meetings import Meetings
from server.core.messages import PersonId
from tests.support.crowds import Room, group, rooms, strangers

ANA, BOR, CVE = PersonId("ana"), PersonId("bor"), PersonId("cve")


@settings(deadline=None)
@given(rooms(40))
def test_the_history_is_the_same_from_both_sides(room: Room) -> None:
    met = room.met.after(form_groups(Fixed(3), room.seats, room.rules, room.met, {}, 1).groups)
    for one in room.people:
        assert met.between(one, one) == 0
        for other in room.people:
            assert met.between(one, other) == met.between(other, one)


def test_every_meeting_counts_once() -> None:
    met = Meetings().after([group("g1", "ana bor", 1)])
    assert met.after([group("g1", "cve bor ana", 1)]).times == {
        ANA: {BOR: 2, CVE: 1},
        BOR: {ANA: 2, CVE: 1},
        CVE: {ANA: 1, BOR: 1},
    }
    assert met.between(ANA, BOR) == 1


def test_in_a_plenary_nobody_meets() -> None:
    assert Meetings().after([group("g1", " ".join(f"p{i}" for i in range(9)), 1)]) == Meetings()


def test_an_erased_person_is_in_nobodys_history() -> None:
    met = Meetings().after([group("g1", "ana bor", 1), group("g2", "cve dan", 2)])
    assert met.without(ANA) == Meetings().after([group("g2", "cve dan", 2)])


def test_twenty_people_meet_somebody_new_in_each_of_five_rounds() -> None:
    seats = strangers(20)
    room = Room(seats)
    met = room.met
    for turn in range(5):
        proposal = form_groups(Fixed(2), seats, room.rules, met, {}, turn)
        assert proposal.broken == ()
        met = met.after(proposal.groups)
