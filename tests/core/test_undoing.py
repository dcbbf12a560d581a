"""Whoever changes groups or the plan can take it back for a minute; nothing that anybody wrote depends on it."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.core.activity import Grant
from server.core.groups import Group, flaws
from server.core.messages import Actor, Command, GroupId, PageId, PersonId, PhaseId, Refused, SchoolId, Seq, StaffId
from server.core.view import MODERATORS, Audience
from server.core.workshop import commands as c
from server.core.workshop.board import ModeratorsView
from server.core.workshop.people_commands import AdmitPerson, LeaveForGood
from server.core.workshop.state import UNDO_MS
from server.core.workshop.views import PersonView
from server.paths.loading import parse_pack
from tests.core.test_visits import QUESTION, WITH_NOTES, talking
from tests.support.hall import MODERATOR, Hall, person

INTERVIEWS = PhaseId("interviews")
HELPER = Actor("co_moderator", "s2")


def tables(hall: Hall, phase: PhaseId = INTERVIEWS, grouping: str = "pairs") -> tuple[Group, ...]:
    run = hall.state.phase(phase)
    assert run is not None
    return run.groups.get(grouping, ())


def last_act(hall: Hall) -> Seq:
    return hall.state.undoable[-1].seq


def in_pairs(people: int) -> Hall:
    hall = Hall()
    hall.join(*(f"p{number}" for number in range(people)))
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    return hall


def moved(hall: Hall) -> Command:
    trio = next(group for group in tables(hall) if len(group.members) == 3)
    other = next(group for group in tables(hall) if group is not trio)
    return c.MovePerson(INTERVIEWS, "pairs", trio.members[0], other.id)


def swapped(hall: Hall) -> Command:
    one, other, *_ = tables(hall)
    return c.SwapPeople(INTERVIEWS, "pairs", one.members[0], other.members[0])


def merged(hall: Hall) -> Command:
    one, other, *_ = tables(hall)
    return c.MergeGroups(INTERVIEWS, "pairs", one.id, other.id)


def split(hall: Hall) -> Command:
    hall.wish(merged(hall))
    whole = next(group for group in tables(hall) if len(group.members) >= 4)
    return c.SplitGroup(INTERVIEWS, "pairs", whole.id, ())


def formed(_hall: Hall) -> Command:
    return c.FormGroups(INTERVIEWS, "pairs")


def left(hall: Hall) -> Command:
    return LeaveForGood(tables(hall)[0].members[0])


@pytest.mark.parametrize("change", [moved, swapped, merged, split, formed, left])
def test_a_change_of_groups_is_taken_back_by_one_press(change: Callable[[Hall], Command]) -> None:
    hall = in_pairs(7)
    command = change(hall)
    before, people = tables(hall), hall.state.people
    hall.wish(command)
    assert tables(hall) != before
    hall.wish(c.UndoAct(last_act(hall)))
    assert (tables(hall), hall.state.people) == (before, people)


def test_the_plan_is_taken_back_as_well() -> None:
    hall = Hall()
    hall.join("p1", "p2")
    wheel, grow = PhaseId("balance_wheel"), PhaseId("grow")
    plan = hall.state.phases
    changes: list[Command] = [
        c.SkipPhase(wheel),
        c.ChangeMinutes(grow, 11),
        c.ShareDelay({wheel: 9, grow: 12}),
        c.CutStep(grow, hall.state.steps(hall.state.phase(grow))[0].id),  # type: ignore[arg-type]
        c.ChangeOrder(tuple(run.id for run in (*plan[:-2], plan[-1], plan[-2]))),
    ]
    for change in changes:
        hall.wish(change)
        assert hall.state.phases != plan
        hall.wish(c.UndoAct(last_act(hall)))
        assert hall.state.phases == plan, change


def test_after_a_minute_it_is_too_late() -> None:
    hall = in_pairs(7)
    hall.wish(moved(hall))
    hall.pass_time(UNDO_MS + 1)
    with pytest.raises(Refused, match="too_late_to_undo"):
        hall.wish(c.UndoAct(last_act(hall)))


def test_an_act_that_another_has_built_upon_is_not_taken_back_under_it() -> None:
    hall = in_pairs(7)
    hall.wish(moved(hall))
    first = last_act(hall)
    hall.wish(swapped(hall))
    with pytest.raises(Refused, match="nothing_to_undo"):
        hall.wish(c.UndoAct(first))
    hall.wish(c.UndoAct(last_act(hall)))


def test_what_is_undone_twice_is_undone_once() -> None:
    hall = in_pairs(7)
    hall.wish(moved(hall))
    act = last_act(hall)
    hall.wish(c.UndoAct(act))
    with pytest.raises(Refused, match="nothing_to_undo"):
        hall.wish(c.UndoAct(act))


def test_who_came_since_keeps_a_place_and_who_left_since_stays_away() -> None:
    hall = in_pairs(7)
    hall.wish(formed(hall))
    act = last_act(hall)
    hall.join("late")
    gone = tables(hall)[0].members[0]
    hall.wish(LeaveForGood(gone), person(gone))
    hall.wish(c.UndoAct(act))
    seated = {who for group in tables(hall) for who in group.members}
    assert "late" in seated
    assert gone not in seated
    assert all(len(group.members) > 1 for group in tables(hall))


def test_somebody_who_was_let_go_by_mistake_sits_where_they_sat_in_every_open_phase() -> None:
    hall = in_pairs(4)
    who = tables(hall)[0].members[0]
    hall.wish(LeaveForGood(who))
    assert hall.state.people[who].state == "left"
    hall.wish(c.UndoAct(last_act(hall)))
    assert hall.state.people[who].state == "joined"
    assert any(who in group.members for group in tables(hall))


def test_somebody_who_was_let_go_before_groups_were_formed_has_a_place_in_them_when_it_is_taken_back() -> None:
    hall = Hall()
    hall.join(*(f"p{number}" for number in range(5)))
    hall.wish(LeaveForGood(PersonId("p0")))
    act = last_act(hall)
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    hall.wish(c.UndoAct(act))
    assert sorted(len(group.members) for group in tables(hall)) == [2, 3]


def test_a_co_moderator_takes_back_their_own_acts_only() -> None:
    hall = in_pairs(7)
    hall.wish(moved(hall))
    with pytest.raises(Refused, match="not_allowed"):
        hall.wish(c.UndoAct(last_act(hall)), HELPER)
    hall.wish(swapped(hall), HELPER)
    hall.wish(c.UndoAct(last_act(hall)), HELPER)


def test_people_whose_new_groups_were_taken_back_have_not_met_in_them() -> None:
    hall = in_pairs(6)
    met = hall.state.met
    hall.wish(formed(hall))
    hall.wish(c.UndoAct(last_act(hall)))
    assert hall.state.met == met


def test_the_moderators_see_which_acts_can_be_taken_back() -> None:
    hall = in_pairs(7)
    hall.wish(moved(hall))
    board = hall.view(MODERATORS)
    assert isinstance(board, ModeratorsView)
    assert board.undoable == (board.acts[-1].seq,)


def pages(hall: Hall, who: str, phase: PhaseId = QUESTION) -> Mapping[PageId, Grant]:
    return hall.rulebook.documents(hall.state, person(who), phase)


def board_of(hall: Hall, who: str) -> PageId:
    table = next(group for group in tables(hall, QUESTION) if who in group.members)
    return PageId(f"{QUESTION}/board/{table.id}")


def test_what_a_table_wrote_before_new_groups_stays_readable_for_those_who_wrote_it_and_for_nobody_else() -> None:
    hall = talking("p1", "p2", "p3", "p4", "p5", "p6")
    before = {who: board_of(hall, who) for who in hall.state.people}
    hall.wish(c.FormGroups(QUESTION, "pairs"))
    for who in hall.state.people:
        found = pages(hall, who)
        assert found[before[who]] == "read"
        assert found[board_of(hall, who)] == "write"
        assert not {page for other, page in before.items() if page != before[who]} & found.keys()
        me = hall.view(Audience("person", who))
        assert isinstance(me, PersonView)
        assert [page for table in me.kept for page in table.pages] == [before[who]]


def test_a_number_of_a_table_that_ended_is_never_given_to_another() -> None:
    hall = talking("p1", "p2", "p3", "p4")
    seen: set[str] = set()
    for _ in range(4):
        now = {str(group.id) for group in tables(hall, QUESTION)}
        assert not now & seen
        seen |= now
        hall.wish(c.FormGroups(QUESTION, "pairs"))


def test_taking_new_groups_back_opens_the_old_page_for_writing_and_keeps_the_new_one_readable() -> None:
    hall = talking("p1", "p2", "p3", "p4")
    old = board_of(hall, "p1")
    hall.wish(c.FormGroups(QUESTION, "pairs"))
    new = board_of(hall, "p1")
    hall.wish(c.UndoAct(last_act(hall)))
    assert pages(hall, "p1")[old] == "write"
    assert pages(hall, "p1")[new] == "read"


def test_groups_that_are_formed_anew_before_a_phase_has_begun_leave_nothing_behind() -> None:
    hall = Hall("one_hour", pack=parse_pack(WITH_NOTES, "test"))
    hall.join("p1", "p2", "p3", "p4")
    for _ in range(3):
        hall.wish(c.FormGroups(QUESTION, "pairs"))
    run = hall.state.phase(QUESTION)
    assert run is not None
    assert not run.ended


CHANGES = [moved, swapped, merged, formed, left]


@given(st.integers(5, 14), st.lists(st.tuples(st.sampled_from(CHANGES), st.booleans()), max_size=8))
@settings(max_examples=60, deadline=None)
def test_in_any_order_of_changes_and_undoing_everybody_has_company(
    people: int, changes: list[tuple[Callable[[Hall], Command], bool]]
) -> None:
    hall = in_pairs(people)
    for number, (change, back) in enumerate(changes):
        if number == 3:
            hall.wish(AdmitPerson(PersonId("late"), SchoolId("s")))
        before = tables(hall)
        try:
            hall.wish(change(hall))
        except (Refused, StopIteration, ValueError):
            continue
        if back:
            hall.wish(c.UndoAct(last_act(hall)))
            assert {group.members for group in tables(hall)} == {group.members for group in before}
        assert not flaws(tables(hall))
        seated = {who for group in tables(hall) for who in group.members}
        assert seated == hall.state.joined()
        assert all(len(group.members) > 1 for group in tables(hall)) or len(seated) == 1


def test_a_line_of_the_log_names_the_people_and_the_tables() -> None:
    hall = in_pairs(7)
    trio = next(group for group in tables(hall) if len(group.members) == 3)
    other = next(group for group in tables(hall) if group is not trio)
    mover = trio.members[0]
    hall.wish(c.MovePerson(INTERVIEWS, "pairs", mover, other.id))
    act = hall.state.acts[-1]
    assert (act.what, act.people, act.tables) == ("MovePerson", (mover,), (trio.table, other.table))
    one, two, *_ = tables(hall)
    hall.wish(c.SwapPeople(INTERVIEWS, "pairs", one.members[0], two.members[0]))
    act = hall.state.acts[-1]
    assert (act.people, act.tables) == ((one.members[0], two.members[0]), (one.table, two.table))
    hall.wish(c.MergeGroups(INTERVIEWS, "pairs", one.id, two.id))
    assert hall.state.acts[-1].tables == (one.table, two.table)
    hall.wish(c.ChangeMinutes(PhaseId("grow"), 20))
    assert (hall.state.acts[-1].phase, hall.state.acts[-1].number) == ("grow", 20)
    hall.wish(c.WelcomeStaff(StaffId("s2"), "co_moderator"))
    hall.wish(c.AssignTables(StaffId("s2"), (2, 1)))
    assert (hall.state.acts[-1].detail, hall.state.acts[-1].tables) == ("s2", (2, 1))
    assert [act.seq for act in hall.state.acts] == sorted({act.seq for act in hall.state.acts})


def test_what_no_moderator_did_stands_in_no_log_of_their_acts() -> None:
    hall = in_pairs(4)
    acts = hall.state.acts
    hall.wish(LeaveForGood(PersonId("p0")), person("p0"))
    assert hall.state.acts == acts
    assert MODERATOR.is_staff


def pairs_that_sit_apart(hall: Hall) -> list[Group]:
    """Pairs whose people are not all at one table of four."""
    fours = tables(hall, grouping="fours")
    return [pair for pair in tables(hall) if not any(set(pair.members) <= set(four.members) for four in fours)]


def lay_fours_by_hand(hall: Hall) -> None:
    one, other = tables(hall, grouping="fours")
    hall.wish(c.SwapPeople(INTERVIEWS, "fours", one.members[0], other.members[0]))


def form_pairs_across(hall: Hall) -> None:
    """Each pair has one from either table of four."""
    one, other = tables(hall, grouping="fours")
    across = enumerate(zip(one.members, other.members, strict=True), 1)
    groups = tuple(Group(GroupId(f"interviews-pairs-{at + 50}"), pair, at) for at, pair in across)
    hall.wish(c.FormGroups(INTERVIEWS, "pairs", groups))


def test_fours_that_a_hand_had_laid_hold_whole_pairs_when_the_hand_is_taken_back_after_new_pairs() -> None:
    hall = in_pairs(8)
    lay_fours_by_hand(hall)
    act = last_act(hall)
    form_pairs_across(hall)
    hall.wish(c.UndoAct(act))
    assert pairs_that_sit_apart(hall) == []


def test_fours_go_along_when_the_pairs_that_they_were_formed_from_are_taken_back() -> None:
    hall = in_pairs(8)
    lay_fours_by_hand(hall)
    form_pairs_across(hall)
    act = last_act(hall)
    hall.wish(c.FormGroups(INTERVIEWS, "fours"))
    assert pairs_that_sit_apart(hall) == []
    hall.wish(c.UndoAct(act))
    assert pairs_that_sit_apart(hall) == []
