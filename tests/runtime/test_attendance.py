"""Who belongs to which audience: moderators look into a group's own view only while the group has asked for them."""

from server.core.messages import Actor, DeviceId, PersonId, PhaseId
from server.core.view import MODERATORS, ROOM, SCREEN, group
from server.core.view import person as audience_of
from server.core.workshop import commands as c
from server.runtime.attendance import Attendance, Connection, audiences_of
from tests.support.hall import MODERATOR, Hall, person

INTERVIEWS = PhaseId("interviews")


def test_people_see_the_room_themselves_and_all_their_groups() -> None:
    hall = Hall()
    hall.join("p1", "p2")
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    pair = hall.state.phase(INTERVIEWS).groups["pairs"][0]  # type: ignore[union-attr]
    assert audiences_of(hall.state, person("p1")) == {ROOM, audience_of(PersonId("p1")), group(pair.id)}


def test_observers_see_what_the_projector_sees() -> None:
    assert audiences_of(Hall().state, Actor("observer", "s2")) == {ROOM, SCREEN}


def test_a_moderator_who_looks_uninvited_is_seen_looking_and_reads_nothing() -> None:
    hall = Hall()
    hall.join("p1", "p2")
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    pair = hall.state.phase(INTERVIEWS).groups["pairs"][0]  # type: ignore[union-attr]
    hall.wish(c.LookInto(pair.id))
    assert audiences_of(hall.state, MODERATOR) == {ROOM, MODERATORS}
    assert hall.view(group(pair.id)).looked_at  # type: ignore[attr-defined]


def test_a_group_that_asks_for_the_moderator_lets_them_read_until_the_call_is_closed() -> None:
    hall = Hall()
    hall.join("p1", "p2")
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    pair = hall.state.phase(INTERVIEWS).groups["pairs"][0]  # type: ignore[union-attr]
    hall.wish(c.MoveStep(INTERVIEWS, 1, 0))
    hall.wish(c.CallHelp(for_group=True), person("p1"))
    hall.wish(c.LookInto(pair.id))
    assert group(pair.id) in audiences_of(hall.state, MODERATOR)
    hall.wish(c.CancelHelp(PersonId("p1")))
    assert group(pair.id) not in audiences_of(hall.state, MODERATOR)


def test_a_connection_that_leaves_takes_its_audiences_with_it() -> None:
    attendance = Attendance()
    connection = Connection("sid1", person("p1"), DeviceId("d"))
    joined, left = attendance.place(connection, frozenset({ROOM, audience_of(PersonId("p1"))}))
    assert (len(joined), left) == (2, set())
    assert attendance.people() == {PersonId("p1")}
    attendance.remove("sid1")
    assert not list(attendance.audiences())
