"""A talk shows whose turn it is, and keeps notes to their writer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.activities.talk import ACTIVITY
from server.activities.talk.example import EXAMPLE
from server.activities.talk.messages import SaySpoken
from server.core import view as audiences
from server.core.messages import PageId, PersonId
from tests.support.stage import Stage

P1, P2, P4, P5 = (PersonId(f"p{number}") for number in (1, 2, 4, 5))
NOTE = PageId("here/note/p1")


@pytest.fixture
def room() -> Stage:
    made = Stage(ACTIVITY, EXAMPLE, people=7)
    made.go_to("round")
    return made


def ours(room: Stage, who: PersonId = P1) -> dict[str, object]:
    return room.shows(audiences.group(room.groups_of(who)[0].id))


def test_a_group_sees_who_speaks_and_who_is_next(room: Stage) -> None:
    assert (ours(room)["speaker"], ours(room)["next"]) == ("p1", "p2")
    room.go_to("round", 2)
    assert (ours(room)["speaker"], ours(room).get("next")) == ("p3", None)


def test_a_group_of_four_has_a_fourth_turn(room: Stage) -> None:
    room.go_to("round", 3)
    assert ours(room, P4)["speaker"] == "p7"
    assert "speaker" not in ours(room)


def test_in_a_step_for_the_whole_room_no_group_has_a_speaker(room: Stage) -> None:
    room.go_to("echo")
    assert "speaker" not in ours(room)


def test_a_tick_counts_in_its_own_step(room: Stage) -> None:
    room.submit(P1, SaySpoken())
    assert ours(room)["spoken"] == ["p1"]
    assert room.shows(audiences.MODERATORS)["spoken"] == {"": 1, "trios1": 1, "trios2": 0}
    room.go_to("echo")
    assert room.shows(audiences.ROOM).get("spoken", 0) == 0


def test_a_tick_is_taken_back(room: Stage) -> None:
    room.submit(P1, SaySpoken())
    room.submit(P1, SaySpoken(spoken=False))
    assert "spoken" not in ours(room)


def test_a_note_is_for_its_writer_and_stays_readable(room: Stage) -> None:
    assert room.rights(P1)[NOTE] == "write"
    assert NOTE not in room.rights(P2)
    room.status("closed")
    assert room.rights(P1)[NOTE] == "read"


def test_a_group_note_is_for_everybody_in_the_group_and_for_nobody_else(room: Stage) -> None:
    board = PageId(str(ours(room)["board"]))
    assert [room.rights(who).get(board) for who in (P1, P2, P4)] == ["write", "write", None]
    room.status("closed")
    assert room.rights(P2)[board] == "read"


def test_without_notes_there_is_no_page() -> None:
    bare = Stage(ACTIVITY, EXAMPLE, people=3)
    bare.state = ACTIVITY.start(ACTIVITY.config())
    assert not bare.rights(P1)
    assert "note" not in bare.shows(audiences.person(P1))
    assert "board" not in ours(bare)


@given(one=st.sampled_from([P4, P5]), other=st.sampled_from([P4, P5]))
def test_another_group_does_not_learn_who_has_spoken(one: PersonId, other: PersonId) -> None:
    left, right = (Stage(ACTIVITY, EXAMPLE, people=7) for _ in "ab")
    for room, who in ((left, one), (right, other)):
        room.go_to("round")
        room.submit(who, SaySpoken())
    for audience in (audiences.SCREEN, *left.audiences_of(P2)):
        assert left.seen(audience) == right.seen(audience)
