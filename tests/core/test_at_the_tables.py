"""What happens at a table when its people change in the middle of the work: turns, clocks, circles, and who has met."""

import pytest
from msgspec.structs import replace

from server.activities.interview.views import InterviewForPair, InterviewForPerson
from server.core.groups import Group, group_of
from server.core.messages import CLOCK, GroupId, PersonId, PhaseId
from server.core.path import Grouping, Pack, Turn, Turns
from server.core.view import Audience
from server.core.workshop import commands as c
from server.core.workshop.events import GroupsFormed
from server.core.workshop.people_commands import LeaveForGood, TakePlace
from server.core.workshop.progress import standing
from server.core.workshop.state import PhaseRun
from server.core.workshop.views import GroupView
from server.paths.loading import bundled
from tests.support.hall import Hall

ARRIVAL, INTERVIEWS = PhaseId("arrival"), PhaseId("interviews")
MINUTE_MS = 60_000
TELLING = 2


def run_of(hall: Hall, phase: PhaseId = INTERVIEWS) -> PhaseRun:
    run = hall.state.phase(phase)
    assert run is not None
    return run


def pairs(hall: Hall) -> tuple[Group, ...]:
    return run_of(hall).groups["pairs"]


def at_the_interviews(*tables: tuple[str, ...], step: int = TELLING) -> Hall:
    """The room while pairs tell each other, laid as these tables."""
    hall = Hall()
    hall.join(*(who for table in tables for who in table))
    laid = tuple(
        Group(GroupId(f"t{number}"), tuple(PersonId(who) for who in table), number)
        for number, table in enumerate(tables, 1)
    )
    hall.wish(c.FormGroups(INTERVIEWS, "pairs", laid))
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    hall.wish(c.MoveStep(INTERVIEWS, step, 0))
    return hall


def tells(hall: Hall, group: str) -> str | None:
    view = hall.view(Audience("group", group), INTERVIEWS)
    assert isinstance(view, InterviewForPair)
    return view.storyteller


def left_min(hall: Hall, scope: str) -> float:
    return hall.state.timers[scope].left(hall.now_ms) / MINUTE_MS


def go_on(hall: Hall, group: str, turns: int) -> None:
    for _ in range(turns):
        turn = standing(run_of(hall), GroupId(group)).turn
        hall.wish(c.MoveTurn(INTERVIEWS, GroupId(group), turn + 1, turn))


# -- turns of a table of any size ------------------------------------------------------------------------------------

WRITTEN = Turns(
    two=(Turn("tell", 9, 0), Turn("read_back", 2, 0), Turn("tell", 9, 1), Turn("read_back", 2, 1)),
    three=tuple(Turn(kind, minutes, who) for who in range(3) for kind, minutes in (("tell", 6), ("read_back", 1))),
)


@pytest.mark.parametrize("size", [4, 5, 6, 9])
def test_a_larger_table_takes_turns_in_a_row_in_as_many_minutes_together(size: int) -> None:
    turns = WRITTEN.of_size(size)
    assert [turn.speaker for turn in turns] == [who for who in range(size) for _ in range(2)]
    assert [turn.kind for turn in turns] == ["tell", "read_back"] * size
    planned = sum(turn.minutes for turn in WRITTEN.three)
    assert abs(sum(turn.minutes for turn in turns) - planned) <= size / 4


def test_where_only_pairs_are_written_three_take_their_turns_too_and_one_takes_none() -> None:
    only_pairs = Turns(two=(Turn("tell", 4, 0), Turn("tell", 4, 1)))
    assert [(turn.speaker, turn.minutes) for turn in only_pairs.of_size(3)] == [(0, 2.75), (1, 2.75), (2, 2.75)]
    assert only_pairs.of_size(1) == ()


def test_at_a_table_of_four_one_tells_one_asks_and_two_listen_and_all_can_read_why() -> None:
    hall = at_the_interviews(("a", "b"), ("x", "y"))
    hall.wish(c.MergeGroups(INTERVIEWS, "pairs", GroupId("t1"), GroupId("t2")))
    view = hall.view(Audience("group", "t1"), INTERVIEWS)
    assert isinstance(view, InterviewForPair)
    assert (view.storyteller, view.interviewer, view.witnesses) == ("a", "b", ("x", "y"))
    roles = {who: hall.view(Audience("person", who), INTERVIEWS) for who in "abxy"}
    assert [role.role for role in roles.values() if isinstance(role, InterviewForPerson)] == [
        "storyteller",
        "interviewer",
        "witness",
        "witness",
    ]
    table = hall.view(Audience("group", "t1"))
    assert isinstance(table, GroupView)
    assert table.size_note == "more"


# -- a partner is gone -----------------------------------------------------------------------------------------------


def test_after_the_repair_turns_roles_and_clock_are_those_of_who_takes_part() -> None:
    hall = at_the_interviews(("lone", "gone"), ("x", "y"))
    hall.present = hall.state.joined() - {PersonId("gone")}
    hall.wish(c.RepairGroup(INTERVIEWS, "pairs", GroupId("t1")))
    (table,) = pairs(hall)
    assert (table.absent, set(table.taking_part)) == (("gone",), {"lone", "x", "y"})
    view = hall.view(Audience("group", table.id), INTERVIEWS)
    assert isinstance(view, InterviewForPair)
    assert {view.storyteller, view.interviewer, *view.witnesses} == {"lone", "x", "y"}
    assert hall.state.timers[table.id].total_ms == 4.5 * MINUTE_MS
    go_on(hall, table.id, 6)
    assert tells(hall, table.id) is None


def test_who_has_told_already_does_not_tell_again_at_the_new_table() -> None:
    hall = at_the_interviews(("lone", "gone"), ("x", "y"))
    go_on(hall, "t1", 2)
    go_on(hall, "t2", 2)
    hall.present = hall.state.joined() - {PersonId("gone")}
    hall.pass_time(MINUTE_MS)
    hall.wish(c.RepairGroup(INTERVIEWS, "pairs", GroupId("t1")))
    (table,) = pairs(hall)
    assert table.taking_part[:2] == ("x", "lone")
    assert tells(hall, table.id) == "y"
    go_on(hall, table.id, 2)
    assert tells(hall, table.id) is None


def test_the_gone_keep_their_place_and_come_back_to_it_by_a_sign_of_life() -> None:
    hall = at_the_interviews(("lone", "gone"), ("x", "y"), ("v", "w"))
    hall.present = hall.state.joined() - {PersonId("gone")}
    hall.wish(c.RepairGroup(INTERVIEWS, "pairs", GroupId("t1")))
    table = group_of(pairs(hall), PersonId("lone"))
    assert table is not None
    hall.wish(LeaveForGood(next(who for who in table.taking_part if who != "lone")))
    hall.present |= {PersonId("gone")}
    hall.wish(TakePlace(PersonId("gone")), CLOCK)
    again = group_of(pairs(hall), PersonId("gone"))
    assert again is not None
    assert (again.id, again.absent) == (table.id, ())
    assert again.taking_part[-1] == "gone"


def test_in_the_circle_too_nobody_waits_for_the_gone() -> None:
    hall = at_the_interviews(("lone", "gone"), ("x", "y"), ("v", "w"))
    hall.present = hall.state.joined() - {PersonId("gone")}
    hall.wish(c.RepairGroup(INTERVIEWS, "pairs", GroupId("t1")))
    hall.wish(c.MoveStep(INTERVIEWS, TELLING + 1, TELLING))
    circle = group_of(run_of(hall).groups["fours"], PersonId("gone"))
    assert circle is not None
    assert circle.absent == ("gone",)
    scene = hall.rulebook.scene(hall.state, INTERVIEWS)
    assert len(scene.step(circle.id).turns.of_size(len(circle.taking_part))) == 5


# -- changed by hand, come and gone ----------------------------------------------------------------------------------


def test_a_latecomer_makes_the_turn_that_runs_shorter_and_what_is_over_stays_over() -> None:
    hall = at_the_interviews(("a", "b"), ("x", "y"))
    before = hall.state.timers["t1"].total_ms
    hall.pass_time(2 * MINUTE_MS)
    hall.wish(c.AddTime("t1", MINUTE_MS))
    hall.join("late")
    table = group_of(pairs(hall), PersonId("late"))
    assert table is not None
    planned = 4.5 + (1 if table.id == "t1" else 0)
    assert left_min(hall, table.id) == planned - 2
    assert hall.state.timers[table.id].total_ms < before + MINUTE_MS
    assert tells(hall, table.id) == table.members[0]


def test_who_tells_goes_on_when_another_is_moved_away_and_the_next_begins_when_it_is_the_teller() -> None:
    hall = at_the_interviews(("a", "b", "c"), ("x", "y"))
    go_on(hall, "t1", 2)
    assert tells(hall, "t1") == "b"
    hall.pass_time(MINUTE_MS)
    hall.wish(c.MovePerson(INTERVIEWS, "pairs", PersonId("a"), GroupId("t2")))
    assert tells(hall, "t1") == "b"
    assert left_min(hall, "t1") == 7 - 1
    hall.wish(c.SwapPeople(INTERVIEWS, "pairs", PersonId("b"), PersonId("x")))
    assert tells(hall, "t1") == "x"
    assert left_min(hall, "t1") == 7


def test_a_table_that_is_split_has_two_clocks_and_one_that_has_ended_has_none() -> None:
    hall = at_the_interviews(("a", "b"), ("x", "y"))
    hall.wish(c.MergeGroups(INTERVIEWS, "pairs", GroupId("t1"), GroupId("t2")))
    assert set(hall.state.timers) == {"", "t1"}
    hall.wish(c.SplitGroup(INTERVIEWS, "pairs", GroupId("t1"), (PersonId("x"), PersonId("y"))))
    new = next(group for group in pairs(hall) if group.id != "t1")
    assert set(hall.state.timers) == {"", "t1", new.id}
    assert new.id != "t2"
    assert left_min(hall, new.id) == left_min(hall, "t1") == 7
    assert (tells(hall, "t1"), tells(hall, new.id)) == ("a", "x")


def test_a_clock_that_begins_during_the_rooms_pause_stands_too() -> None:
    hall = at_the_interviews(("a", "b", "c", "d"), ("x", "y"))
    hall.wish(c.PauseTimer(""))
    hall.wish(c.SplitGroup(INTERVIEWS, "pairs", GroupId("t1"), ()))
    assert all(timer.paused for timer in hall.state.timers.values())
    hall.wish(c.ResumeTimer(""))
    assert not any(timer.paused for timer in hall.state.timers.values())


def test_one_more_minute_for_all_is_one_more_on_every_clock_of_the_step() -> None:
    hall = at_the_interviews(("a", "b"), ("x", "y"), ("v", "w", "u"))
    hall.pass_time(3 * MINUTE_MS)
    hall.wish(c.PauseTimer("t2"))
    before = {scope: left_min(hall, scope) for scope in hall.state.timers}
    hall.wish(c.AddTime("", MINUTE_MS))
    assert {scope: left_min(hall, scope) for scope in hall.state.timers} == {
        scope: minutes + 1 for scope, minutes in before.items()
    }
    hall.pass_time(60 * MINUTE_MS)
    hall.wish(c.AddTime("", MINUTE_MS))
    assert left_min(hall, "t1") == left_min(hall, "") == 1


# -- circles ---------------------------------------------------------------------------------------------------------


def test_two_who_change_pairs_change_circles_with_them() -> None:
    hall = Hall()
    hall.join(*(f"p{number}" for number in range(8)))
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    first, second = run_of(hall).groups["fours"]
    hall.wish(c.SwapPeople(INTERVIEWS, "pairs", first.members[0], second.members[0]))
    for pair in pairs(hall):
        assert len({group_of(run_of(hall).groups["fours"], who) for who in pair.members}) == 1
    assert {circle.id for circle in run_of(hall).groups["fours"]} == {first.id, second.id}


def test_circles_that_were_laid_by_hand_are_left_alone_until_they_are_formed_anew() -> None:
    hall = Hall()
    hall.join(*(f"p{number}" for number in range(8)))
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    first, second = run_of(hall).groups["fours"]
    hall.wish(c.SwapPeople(INTERVIEWS, "fours", first.members[0], second.members[0]))
    laid = run_of(hall).groups["fours"]
    hall.wish(c.SwapPeople(INTERVIEWS, "pairs", first.members[2], second.members[2]))
    assert run_of(hall).groups["fours"] == laid
    hall.wish(c.FormGroups(INTERVIEWS, "fours"))
    for pair in pairs(hall):
        assert len({group_of(run_of(hall).groups["fours"], who) for who in pair.members}) == 1


def test_an_id_of_a_group_that_ended_is_never_given_again() -> None:
    hall = Hall()
    hall.join(*(f"p{number}" for number in range(8)))
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    seen: set[GroupId] = set()
    for _ in range(4):
        now = {group.id for group in pairs(hall)}
        assert seen.isdisjoint(now)
        seen |= now
        hall.wish(c.FormGroups(INTERVIEWS, "pairs"))


# -- who has met -----------------------------------------------------------------------------------------------------


def times(hall: Hall, one: str, other: str) -> int:
    assert hall.state.met.between(PersonId(one), PersonId(other)) == hall.state.met.between(
        PersonId(other), PersonId(one)
    )
    return hall.state.met.between(PersonId(one), PersonId(other))


def test_groups_that_were_rolled_and_never_sat_have_brought_nobody_together() -> None:
    hall = Hall()
    hall.join(*(f"p{number}" for number in range(6)))
    hall.wish(c.MoveRoom(ARRIVAL, None))
    for _ in range(3):
        hall.wish(c.FormGroups(INTERVIEWS, "pairs"))
    assert hall.state.met.times == {}


def test_those_have_met_who_sat_together_when_the_table_was_left_latecomers_and_moved_people_too() -> None:
    hall = at_the_interviews(("a", "b"), ("x", "y"), ("v", "w", "u"))
    hall.wish(c.MovePerson(INTERVIEWS, "pairs", PersonId("u"), GroupId("t1")))
    hall.join("late")
    assert hall.state.met.times == {}
    table = group_of(pairs(hall), PersonId("late"))
    assert table is not None
    hall.wish(c.MoveStep(INTERVIEWS, TELLING + 1, TELLING))
    assert times(hall, "a", "u") == times(hall, "b", "u") == 1
    assert times(hall, "v", "u") == 0
    assert all(times(hall, "late", other) == 1 for other in table.members if other != "late")


def test_going_back_and_forth_between_steps_counts_no_meeting_twice_and_the_circle_counts_beside() -> None:
    hall = at_the_interviews(("a", "b"), ("x", "y"))
    for to, left in ((3, 2), (2, 3), (3, 2), (5, 3)):
        hall.wish(c.MoveStep(INTERVIEWS, to, left))
    assert times(hall, "a", "b") == 2
    assert times(hall, "a", "x") == 1


def test_who_was_not_waited_for_has_met_nobody_at_that_table() -> None:
    hall = at_the_interviews(("lone", "gone"), ("x", "y"))
    hall.present = hall.state.joined() - {PersonId("gone")}
    hall.wish(c.RepairGroup(INTERVIEWS, "pairs", GroupId("t1")))
    hall.wish(c.MoveRoom(ARRIVAL, INTERVIEWS))
    assert times(hall, "lone", "x") == 1
    assert times(hall, "gone", "lone") == times(hall, "gone", "x") == 0


def test_a_move_that_is_undone_has_parted_nobody_yet() -> None:
    hall = at_the_interviews(("a", "b"), ("x", "y"))
    hall.wish(c.MoveRoom(ARRIVAL, INTERVIEWS))
    assert times(hall, "a", "b") == 1
    hall.wish(c.UndoMove())
    assert times(hall, "a", "b") == 0
    hall.wish(c.SwapPeople(INTERVIEWS, "pairs", PersonId("b"), PersonId("y")))
    hall.wish(c.MoveRoom(ARRIVAL, INTERVIEWS))
    assert (times(hall, "a", "b"), times(hall, "a", "y")) == (0, 1)


def test_the_next_pairs_are_of_people_who_have_not_met() -> None:
    hall = Hall("full_day")
    hall.join(*(f"p{number}" for number in range(8)))
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    hall.wish(c.MoveStep(INTERVIEWS, 2, 0))
    met = {frozenset(group.members) for group in pairs(hall)}
    wheel = PhaseId("balance_wheel")
    hall.wish(c.MoveRoom(wheel, INTERVIEWS))
    assert met.isdisjoint({frozenset(group.members) for group in run_of(hall, wheel).groups["pairs"]})


# -- previews, alone, and the minutes of a phase ---------------------------------------------------------------------


def test_who_left_while_the_moderator_looked_at_the_preview_is_not_seated_and_that_is_said() -> None:
    hall = Hall()
    hall.join("a", "b", "x", "y")
    hall.wish(c.MoveRoom(ARRIVAL, None))
    laid = (
        Group(GroupId("t1"), (PersonId("a"), PersonId("b")), 1),
        Group(GroupId("t2"), (PersonId("x"), PersonId("y")), 2),
    )
    hall.wish(LeaveForGood(PersonId("b")))
    (formed,) = (e for e in hall.wish(c.FormGroups(INTERVIEWS, "pairs", laid)) if isinstance(e, GroupsFormed))
    assert formed.without == ("b",)
    assert [set(group.members) for group in formed.groups] == [{"a", "x", "y"}]


def test_many_who_come_while_all_work_alone_each_have_a_place() -> None:
    hall = Hall(pack=with_everybody_alone())
    hall.join("a", "b")
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    shown = run_of(hall).groups["pairs"]
    hall.wish(c.MoveRoom(ARRIVAL, INTERVIEWS))
    hall.join("late", "later", "last")
    hall.wish(c.MoveRoom(INTERVIEWS, ARRIVAL))
    assert [len(group.members) for group in pairs(hall)] == [1] * 5
    assert len({group.id for group in pairs(hall)}) == 5
    hall.wish(c.FormGroups(INTERVIEWS, "pairs", shown))
    assert [len(group.members) for group in pairs(hall)] == [1] * 5


def with_everybody_alone() -> Pack:
    pack = bundled()
    phase = replace(pack.phases["interviews"], groups={"pairs": Grouping("alone")})
    variants = {
        name: replace(one, steps=tuple(replace(step, groups="pairs") for step in one.steps if step.groups == "pairs"))
        for name, one in phase.variants.items()
    }
    return replace(pack, phases={**pack.phases, "interviews": replace(phase, variants=variants)})


def test_closing_and_reopening_the_phase_where_the_room_is_loses_none_of_its_minutes() -> None:
    hall = at_the_interviews(("a", "b"))
    hall.pass_time(10 * MINUTE_MS)
    hall.wish(c.ClosePhase(INTERVIEWS))
    hall.pass_time(5 * MINUTE_MS)
    hall.wish(c.OpenPhase(INTERVIEWS))
    assert run_of(hall).entered_ms == hall.now_ms
    hall.pass_time(10 * MINUTE_MS)
    hall.wish(c.MoveRoom(ARRIVAL, INTERVIEWS))
    assert run_of(hall).spent_ms == 20 * MINUTE_MS


def test_a_phase_that_is_opened_beside_spends_no_minutes() -> None:
    hall = at_the_interviews(("a", "b"))
    hall.wish(c.OpenPhase(ARRIVAL))
    assert run_of(hall, ARRIVAL).entered_ms == 0
