"""Phases are masks: moving, going back, undoing and reopening destroy nothing, and two moderators move a room once."""

import pytest

from server.core.messages import CLOCK, Actor, PersonId, PhaseId, Refused, StaffId
from server.core.view import MODERATORS, ROOM
from server.core.workshop import commands as c
from server.core.workshop.board import ModeratorsView
from server.core.workshop.views import RoomView
from tests.support.hall import MODERATOR, Hall, person

ARRIVAL, INTERVIEWS = PhaseId("arrival"), PhaseId("interviews")


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.join(*(f"p{number}" for number in range(1, 8)))
    return hall


def test_a_new_workshop_has_its_schedules_phases_and_nobody_in_them(hall: Hall) -> None:
    assert [run.id for run in hall.state.phases][:3] != []
    assert hall.state.at is None
    assert all(run.status == "planned" for run in hall.state.phases)


def test_the_room_moves_and_the_phase_it_left_closes(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None))
    hall.wish(c.MoveRoom(INTERVIEWS, ARRIVAL))
    arrival, interviews = hall.state.phase(ARRIVAL), hall.state.phase(INTERVIEWS)
    assert arrival is not None
    assert interviews is not None
    assert (arrival.status, interviews.status) == ("closed", "open")


def test_two_moderators_who_press_at_once_move_the_room_once(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None))
    hall.wish(c.MoveRoom(INTERVIEWS, ARRIVAL))
    with pytest.raises(Refused, match="moved_meanwhile"):
        hall.wish(c.MoveRoom(PhaseId("given_vignette"), ARRIVAL))


def test_no_clock_runs_after_the_end_and_the_phase_goes_on_when_the_workshop_is_opened_again(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None))
    assert hall.state.timers
    hall.pass_time(60_000)
    for life in ("closed", "follow_up"):
        hall.wish(c.ChangeLife(life))
        assert hall.state.timers == {}
        hall.pass_time(3_600_000)
    arrival = hall.state.phase(ARRIVAL)
    assert arrival is not None
    assert (arrival.spent_ms, arrival.entered_ms) == (60_000, 0)
    hall.wish(c.ChangeLife("live"))
    again = hall.state.phase(ARRIVAL)
    assert again is not None
    assert (again.spent_ms, again.entered_ms) == (60_000, hall.now_ms)


def test_only_moderators_move_the_room(hall: Hall) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        hall.wish(c.MoveRoom(ARRIVAL, None), person("p1"))


def test_undo_within_a_minute_brings_the_room_back_and_keeps_groups_and_clocks(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None))
    left_ms = hall.state.timers[""].left(hall.now_ms)
    hall.wish(c.MoveRoom(INTERVIEWS, ARRIVAL))
    pairs = hall.state.phase(INTERVIEWS).groups["pairs"]  # type: ignore[union-attr]
    hall.pass_time(59_000)
    hall.wish(c.UndoMove())
    assert hall.state.at == ARRIVAL
    assert hall.state.timers[""].left(hall.now_ms) == left_ms
    assert hall.state.phase(INTERVIEWS).groups["pairs"] == pairs  # type: ignore[union-attr]
    assert hall.state.phase(INTERVIEWS).status == "planned"  # type: ignore[union-attr]


def test_after_a_minute_undo_is_refused_with_what_to_do_instead(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None))
    hall.pass_time(61_000)
    with pytest.raises(Refused, match="go back to the phase instead"):
        hall.wish(c.UndoMove())


def test_going_back_and_forward_again_keeps_everybodys_groups(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None))
    hall.wish(c.MoveRoom(INTERVIEWS, ARRIVAL))
    pairs = hall.state.phase(INTERVIEWS).groups["pairs"]  # type: ignore[union-attr]
    hall.wish(c.MoveRoom(ARRIVAL, INTERVIEWS))
    assert hall.state.phase(ARRIVAL).status == "reopened"  # type: ignore[union-attr]
    hall.wish(c.MoveRoom(INTERVIEWS, ARRIVAL))
    assert hall.state.phase(INTERVIEWS).groups["pairs"] == pairs  # type: ignore[union-attr]


def test_a_phase_can_be_reopened_beside_the_one_where_the_room_is(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None))
    hall.wish(c.MoveRoom(INTERVIEWS, ARRIVAL))
    hall.wish(c.OpenPhase(ARRIVAL))
    assert hall.state.phase(ARRIVAL).is_open  # type: ignore[union-attr]
    hall.wish(c.ClosePhase(ARRIVAL))
    assert not hall.state.phase(ARRIVAL).is_open  # type: ignore[union-attr]


def test_the_phase_where_the_room_is_cannot_be_skipped(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None))
    with pytest.raises(Refused, match="room_is_here"):
        hall.wish(c.SkipPhase(ARRIVAL))


def test_a_skipped_phase_can_be_taken_in_again(hall: Hall) -> None:
    hall.wish(c.SkipPhase(INTERVIEWS))
    assert hall.state.phase(INTERVIEWS).skipped  # type: ignore[union-attr]
    hall.wish(c.SkipPhase(INTERVIEWS, skip=False))
    assert not hall.state.phase(INTERVIEWS).skipped  # type: ignore[union-attr]


def test_what_has_begun_keeps_its_place_in_the_order_and_the_rest_can_change(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None))
    order = [run.id for run in hall.state.phases]
    at = order.index(ARRIVAL)
    swapped = (*order[: at + 1], order[at + 2], order[at + 1], *order[at + 3 :])
    hall.wish(c.ChangeOrder(swapped))
    assert tuple(run.id for run in hall.state.phases) == swapped
    with pytest.raises(Refused, match="incomplete_order"):
        hall.wish(c.ChangeOrder(tuple(order[1:])))


def test_time_spent_in_a_phase_adds_up_over_visits(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None))
    hall.pass_time(300_000)
    hall.wish(c.MoveRoom(INTERVIEWS, ARRIVAL))
    hall.pass_time(60_000)
    hall.wish(c.MoveRoom(ARRIVAL, INTERVIEWS))
    hall.pass_time(120_000)
    hall.wish(c.MoveRoom(INTERVIEWS, ARRIVAL))
    assert hall.state.phase(ARRIVAL).spent_ms == 420_000  # type: ignore[union-attr]


def test_the_clock_warns_and_never_moves(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None))
    hall.wish(c.WarnPhase(ARRIVAL), CLOCK)
    assert hall.state.phase(ARRIVAL).status == "warning"  # type: ignore[union-attr]
    assert hall.state.phase(ARRIVAL).is_open  # type: ignore[union-attr]
    with pytest.raises(Refused, match="not_allowed"):
        hall.wish(c.MoveRoom(INTERVIEWS, ARRIVAL), CLOCK)


def test_steps_move_for_the_room_or_for_one_group_and_the_room_brings_all_along(hall: Hall) -> None:
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    group = hall.state.phase(INTERVIEWS).groups["pairs"][0]  # type: ignore[union-attr]
    hall.wish(c.MoveStep(INTERVIEWS, 2, 0, group.id), person(group.members[0]))
    assert hall.state.phase(INTERVIEWS).progress[group.id].step == 2  # type: ignore[union-attr]
    hall.wish(c.MoveStep(INTERVIEWS, 1, 0))
    assert set(hall.state.phase(INTERVIEWS).progress) == {""}  # type: ignore[union-attr]


def test_nobody_moves_another_group_or_the_room_from_a_phone(hall: Hall) -> None:
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    mine, other, *_ = hall.state.phase(INTERVIEWS).groups["pairs"]  # type: ignore[union-attr]
    with pytest.raises(Refused, match="not_your_group"):
        hall.wish(c.MoveStep(INTERVIEWS, 1, 0, other.id), person(mine.members[0]))
    with pytest.raises(Refused, match="not_allowed"):
        hall.wish(c.MoveStep(INTERVIEWS, 1, 0), person(mine.members[0]))


def test_a_group_with_turns_gets_a_clock_for_each_turn(hall: Hall) -> None:
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    steps = hall.state.steps(hall.state.phase(INTERVIEWS))  # type: ignore[arg-type]
    with_turns = next(number for number, step in enumerate(steps) if step.turns.two)
    for number in range(with_turns):
        hall.wish(c.MoveStep(INTERVIEWS, number + 1, number))
    pair = next(g for g in hall.state.phase(INTERVIEWS).groups["pairs"] if len(g.members) == 2)  # type: ignore[union-attr]
    first = hall.state.timers[pair.id]
    assert first.total_ms == int(steps[with_turns].turns.two[0].minutes * 60_000)
    hall.pass_time(30_000)
    hall.wish(c.MoveTurn(INTERVIEWS, pair.id, 1, 0), person(pair.members[0]))
    assert hall.state.timers[pair.id].ends_ms == hall.now_ms + hall.state.timers[pair.id].total_ms
    assert hall.state.phase(INTERVIEWS).progress[pair.id].spent_ms == (30_000,)  # type: ignore[union-attr]


def test_pause_stops_every_clock_and_resume_gives_back_what_was_left(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None))
    left = hall.state.timers[""].left(hall.now_ms)
    hall.wish(c.PauseTimer(""))
    hall.pass_time(600_000)
    assert hall.state.timers[""].left(hall.now_ms) == left
    hall.wish(c.ResumeTimer(""))
    assert hall.state.timers[""].left(hall.now_ms) == left


def test_a_minute_more_is_a_whole_minute_also_when_time_is_over(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None))
    hall.pass_time(3_600_000)
    hall.wish(c.AddTime("", 60_000))
    assert hall.state.timers[""].left(hall.now_ms) == 60_000


def test_done_signals_begin_anew_with_the_next_step(hall: Hall) -> None:
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    hall.wish(c.SignalDone(), person("p1"))
    assert hall.state.signals.saying("done") == {PersonId("p1")}
    hall.wish(c.MoveStep(INTERVIEWS, 1, 0))
    assert hall.state.signals.saying("done") == frozenset()


def test_who_needs_time_is_not_done(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None))
    hall.wish(c.SignalDone(), person("p1"))
    hall.wish(c.SignalNeedTime(), person("p1"))
    assert hall.state.signals.saying("done") == frozenset()
    assert hall.state.signals.saying("need_time") == {PersonId("p1")}


def test_a_closed_workshop_takes_nothing_but_its_reopening(hall: Hall) -> None:
    hall.wish(c.ChangeLife("closed"))
    with pytest.raises(Refused, match="workshop_closed"):
        hall.wish(c.MoveRoom(ARRIVAL, None))
    hall.wish(c.ChangeLife("live"))
    hall.wish(c.MoveRoom(ARRIVAL, None))
    room = hall.view(ROOM)
    assert isinstance(room, RoomView)
    assert room.at == ARRIVAL


def test_the_moderators_see_until_when_a_move_can_be_undone(hall: Hall) -> None:
    hall.wish(c.MoveRoom(ARRIVAL, None), MODERATOR)
    board = hall.view(MODERATORS)
    assert isinstance(board, ModeratorsView)
    assert board.undo_until_ms == hall.now_ms + 60_000


def test_a_co_moderator_looks_after_groups_and_does_not_move_the_room(hall: Hall) -> None:
    helper = Actor("co_moderator", "s2")
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    mine, other, *_ = hall.state.phase(INTERVIEWS).groups["pairs"]  # type: ignore[union-attr]
    with pytest.raises(Refused, match="not_allowed"):
        hall.wish(c.MoveRoom(ARRIVAL, INTERVIEWS), helper)
    with pytest.raises(Refused, match="not_allowed"):
        hall.wish(c.MoveStep(INTERVIEWS, 1, 0), helper)
    hall.wish(c.WelcomeStaff(StaffId("s2"), "co_moderator"))
    hall.wish(c.AssignTables(StaffId("s2"), (mine.table,)))
    hall.wish(c.MoveStep(INTERVIEWS, 1, 0, mine.id), helper)
    with pytest.raises(Refused, match="not_your_group"):
        hall.wish(c.MoveStep(INTERVIEWS, 1, 0, other.id), helper)


def life_of(hall: Hall) -> str:
    return hall.state.life


def test_the_next_meeting_ends_what_was_open_for_follow_up_and_undo_brings_it_back() -> None:
    hall = Hall("two_meetings")
    hall.join(*(f"p{number}" for number in range(1, 5)))
    first_close, own_time, reconnect = PhaseId("first_close"), PhaseId("write_vignette"), PhaseId("reconnect")
    hall.wish(c.MoveRoom(first_close, None))
    hall.wish(c.ChangeLife("follow_up"))
    hall.wish(c.MoveRoom(own_time, first_close))
    assert life_of(hall) == "follow_up"
    hall.wish(c.MoveRoom(reconnect, own_time))
    assert life_of(hall) == "live"
    hall.wish(c.UndoMove())
    assert (hall.state.at, life_of(hall)) == (own_time, "follow_up")
