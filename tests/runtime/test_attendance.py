"""Who belongs to which audience: moderators see others' screens through a lens, never as one of their audience."""

from server.core.messages import Actor, DeviceId, PersonId, PhaseId
from server.core.view import MODERATORS, ROOM, SCREEN, group, looking_into, seeing_as
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


def test_a_moderator_who_looks_uninvited_is_seen_looking_and_belongs_to_no_groups_audience() -> None:
    hall = Hall()
    hall.join("p1", "p2")
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    pair = hall.state.phase(INTERVIEWS).groups["pairs"][0]  # type: ignore[union-attr]
    hall.wish(c.LookInto(pair.id))
    assert audiences_of(hall.state, MODERATOR) == {ROOM, MODERATORS, looking_into(pair.id)}
    assert [one.staff for one in hall.view(group(pair.id)).lookers] == [MODERATOR.id]  # type: ignore[attr-defined]


def test_a_moderator_who_looks_at_a_person_follows_them_through_their_groups_and_phases() -> None:
    hall = Hall()
    hall.join("p1", "p2", "p3", "p4")
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    ana = PersonId("p1")
    hall.wish(c.LookInto(person=ana))
    for phase in (INTERVIEWS, PhaseId("given_vignette")):
        if hall.state.at != phase:
            hall.wish(c.MoveRoom(phase, hall.state.at))
        run = hall.state.phase(phase)
        assert run is not None
        hers = {one.id for groups in run.groups.values() for one in groups if ana in one.members}
        lenses = {looking_into(one) for one in hers}
        assert audiences_of(hall.state, MODERATOR) == {ROOM, MODERATORS, seeing_as(ana), *lenses}
    hall.wish(c.LookInto())
    assert audiences_of(hall.state, MODERATOR) == {ROOM, MODERATORS}


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
