"""Co-moderators: whom the moderator gives tables acts for these and for no other, in every phase of the day."""

from collections.abc import Callable

import pytest

from server.activities.partnering.messages import ProposeMatching
from server.core.groups import Group
from server.core.messages import CLOCK, Actor, Command, GroupId, PersonId, PhaseId, Refused, StaffId
from server.core.view import MODERATORS
from server.core.workshop import commands as c
from server.core.workshop import events as e
from server.core.workshop.board import ModeratorsView
from server.core.workshop.people_commands import KeepApart, LeaveForGood
from tests.support.hall import Hall

INTERVIEWS = PhaseId("interviews")
VIGNETTE = PhaseId("given_vignette")
HELPER = Actor("co_moderator", "s2")
MINUTE_MS = 60_000


def tables(hall: Hall, grouping: str = "pairs") -> dict[int, Group]:
    run = hall.state.current
    assert run is not None
    return {group.table: group for group in run.groups[grouping]}


@pytest.fixture
def hall() -> Hall:
    """Nine people in pairs and a trio, in their interviews; the helper looks after tables 1 and 2."""
    hall = Hall()
    hall.join(*(f"p{number}" for number in range(9)))
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    hall.wish(c.MoveStep(INTERVIEWS, 1, 0))
    hall.wish(c.WelcomeStaff(StaffId(HELPER.id), "co_moderator"))
    hall.wish(c.AssignTables(StaffId(HELPER.id), (1, 2)))
    return hall


def first(hall: Hall, table: int) -> PersonId:
    return tables(hall)[table].members[0]


OWN: dict[str, Callable[[Hall], Command]] = {
    "a swap between both": lambda h: c.SwapPeople(INTERVIEWS, "pairs", first(h, 1), first(h, 2)),
    "a merge of both": lambda h: c.MergeGroups(INTERVIEWS, "pairs", tables(h)[1].id, tables(h)[2].id),
    "a step of one": lambda h: c.MoveStep(INTERVIEWS, 2, 1, tables(h)[1].id),
    "a turn of one": lambda h: c.MoveTurn(INTERVIEWS, _at_turns(h), 1, 0),
    "a clock of one": lambda h: c.StartTimer(tables(h)[1].id, MINUTE_MS),
    "a look into one": lambda h: c.LookInto(tables(h)[2].id),
    "a look at one of its people": lambda h: c.LookInto(person=first(h, 2)),
    "letting one of its people go": lambda h: LeaveForGood(first(h, 1)),
}


def _at_turns(hall: Hall) -> GroupId:
    hall.wish(c.MoveStep(INTERVIEWS, 2, 1))
    return tables(hall)[2].id


FOREIGN: dict[str, Callable[[Hall], Command]] = {
    "new groups for everybody": lambda _: c.FormGroups(INTERVIEWS, "pairs"),
    "a swap with a foreign table": lambda h: c.SwapPeople(INTERVIEWS, "pairs", first(h, 1), first(h, 3)),
    "a move to a foreign table": lambda h: c.MovePerson(INTERVIEWS, "pairs", first(h, 1), tables(h)[3].id),
    "a move from a foreign table": lambda h: c.MovePerson(INTERVIEWS, "pairs", first(h, 3), tables(h)[1].id),
    "a merge with a foreign table": lambda h: c.MergeGroups(INTERVIEWS, "pairs", tables(h)[1].id, tables(h)[3].id),
    "repairing a foreign table": lambda h: c.RepairGroup(INTERVIEWS, "pairs", tables(h)[3].id),
    "splitting a foreign table": lambda h: c.SplitGroup(INTERVIEWS, "pairs", tables(h)[3].id, ()),
    "a foreign step": lambda h: c.MoveStep(INTERVIEWS, 2, 1, tables(h)[3].id),
    "a foreign clock": lambda h: c.StartTimer(tables(h)[3].id, MINUTE_MS),
    "the room's clock": lambda _: c.StartTimer("", MINUTE_MS),
    "more time for the room": lambda _: c.AddTime("", MINUTE_MS),
    "a pause for the room": lambda _: c.PauseTimer(""),
    "the end of the room's clock": lambda _: c.StopTimer(""),
    "a look into a foreign table": lambda h: c.LookInto(tables(h)[3].id),
    "a look at a foreign person": lambda h: c.LookInto(person=first(h, 3)),
    "letting a foreign person go": lambda h: LeaveForGood(first(h, 3)),
    "keeping a foreign person apart": lambda h: KeepApart(first(h, 1), first(h, 3)),
}


@pytest.mark.parametrize("what", OWN)
def test_at_their_own_tables_a_co_moderator_may_do(what: str, hall: Hall) -> None:
    hall.wish(OWN[what](hall), HELPER)


@pytest.mark.parametrize("what", FOREIGN)
def test_beyond_their_own_tables_a_co_moderator_may_not_do(what: str, hall: Hall) -> None:
    with pytest.raises(Refused, match="not_your_group"):
        hall.wish(FOREIGN[what](hall), HELPER)


def test_the_tables_stay_theirs_when_the_room_moves_on_to_other_groups(hall: Hall) -> None:
    hall.wish(c.MoveRoom(VIGNETTE, INTERVIEWS))
    (name,) = hall.state.current.groups  # type: ignore[union-attr]
    mine = tables(hall, name)[1]
    hall.wish(c.MoveStep(VIGNETTE, 1, 0, mine.id), HELPER)
    hall.wish(c.LookInto(mine.id), HELPER)


def test_what_moves_the_whole_room_inside_a_phase_is_not_theirs_either(hall: Hall) -> None:
    choice = PhaseId("partner_choice")
    hall.wish(c.MoveRoom(choice, INTERVIEWS))
    with pytest.raises(Refused, match="not_your_group"):
        hall.wish(ProposeMatching(), HELPER, choice)


def test_without_tables_of_their_own_they_help_wherever_it_is_needed(hall: Hall) -> None:
    hall.wish(c.AssignTables(StaffId(HELPER.id), ()))
    hall.wish(c.StartTimer("", MINUTE_MS), HELPER)
    hall.wish(FOREIGN["a foreign step"](hall), HELPER)


def test_only_the_moderator_gives_tables_and_only_to_co_moderators(hall: Hall) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        hall.wish(c.AssignTables(StaffId(HELPER.id), ()), HELPER)
    with pytest.raises(Refused, match="no_such_staff"):
        hall.wish(c.AssignTables(StaffId("s1"), (1,)))


def test_the_moderators_see_who_helps_and_where(hall: Hall) -> None:
    hall.wish(c.WelcomeStaff(StaffId("s3"), "co_moderator"), CLOCK)
    board = hall.view(MODERATORS)
    assert isinstance(board, ModeratorsView)
    assert board.staff == {"s2": "co_moderator", "s3": "co_moderator"}
    assert board.tables == {"s2": (1, 2)}


def test_an_old_log_in_which_groups_were_given_still_folds_to_their_tables(hall: Hall) -> None:
    group = tables(hall)[3]
    told = e.GroupsAssigned(StaffId("s4"), (group.id,))
    state = hall.rulebook.evolve(hall.state, "", told)
    assert state is not None
    assert state.tables[StaffId("s4")] == (3,)
