"""People arithmetic in a running workshop: late, odd, away, gone; nobody is ever left without a place."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.activities.arrival.messages import GiveConsent
from server.core.groups import Group, flaws
from server.core.messages import CLOCK, HOST, PersonId, PhaseId, Refused, SchoolId
from server.core.view import SCREEN, Audience
from server.core.workshop import commands as c
from server.core.workshop.board import ScreenView
from server.core.workshop.people_commands import AdmitPerson, KeepApart, LeaveForGood, TakePlace
from server.core.workshop.views import GroupView, PersonView
from tests.support.hall import Hall, person

INTERVIEWS = PhaseId("interviews")


def groups_of(hall: Hall, phase: PhaseId = INTERVIEWS) -> Mapping[str, tuple[Group, ...]]:
    run = hall.state.phase(phase)
    assert run is not None
    return run.groups


@given(st.integers(2, 40))
@settings(max_examples=25, deadline=None)
def test_entering_a_phase_with_pairs_leaves_nobody_alone_and_makes_at_most_one_trio(people: int) -> None:
    hall = Hall()
    hall.join(*(f"p{number}" for number in range(people)))
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    sizes = [len(group.members) for group in groups_of(hall)["pairs"]]
    assert sum(sizes) == people
    assert set(sizes) <= {2, 3}
    assert sizes.count(3) <= 1


def test_an_odd_person_out_is_told_that_the_group_is_a_trio() -> None:
    hall = Hall()
    hall.join("p1", "p2", "p3")
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    trio = groups_of(hall)["pairs"][0]
    view = hall.view(Audience("group", trio.id))
    assert isinstance(view, GroupView)
    assert view.size_note == "trio"


@pytest.mark.parametrize("schedule", ["half_day", "full_day", "two_meetings"])
def test_somebody_who_comes_late_has_a_place_in_every_phase(schedule: str) -> None:
    hall = Hall(schedule)
    hall.join("p1", "p2", "p3", "p4")
    at = None
    for number, run in enumerate(hall.state.phases):
        hall.wish(c.MoveRoom(run.id, at))
        at = run.id
        late = f"late{number}"
        hall.join(late)
        for groups in groups_of(hall, run.id).values():
            assert any(late in group.members for group in groups)
            assert not flaws(groups)
            assert all(len(group.members) > 1 for group in groups)


def test_people_who_are_only_expected_are_not_seated_until_they_come() -> None:
    hall = Hall()
    hall.join("p1", "p2")
    hall.wish(AdmitPerson(PersonId("p3"), SchoolId("s3"), expected=True), HOST)
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    assert all("p3" not in group.members for group in groups_of(hall)["pairs"])
    hall.wish(TakePlace(PersonId("p3")), person("p3"))
    assert any("p3" in group.members for group in groups_of(hall)["pairs"])


def test_who_was_away_when_groups_were_formed_gets_a_place_on_coming_back() -> None:
    hall = Hall()
    hall.join("p1", "p2", "p3", "p4", "p5")
    hall.present = frozenset(PersonId(f"p{number}") for number in (1, 2, 3, 4))
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    assert all("p5" not in group.members for group in groups_of(hall)["pairs"])
    hall.wish(TakePlace(PersonId("p5")), CLOCK)
    assert any("p5" in group.members for group in groups_of(hall)["pairs"])


def test_coming_back_to_the_same_place_changes_nothing() -> None:
    hall = Hall()
    hall.join("p1", "p2", "p3", "p4")
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    before = groups_of(hall)
    assert hall.wish(TakePlace(PersonId("p1")), CLOCK) == ()
    assert groups_of(hall) == before


def test_when_somebody_leaves_for_good_their_partner_is_joined_to_others() -> None:
    hall = Hall()
    hall.join("p1", "p2", "p3", "p4")
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    hall.wish(LeaveForGood(PersonId("p1")), person("p1"))
    groups = groups_of(hall)["pairs"]
    assert sorted(len(group.members) for group in groups) == [3]
    assert all("p1" not in group.members for group in groups)


def called_from_a_pair(hall: Hall) -> tuple[PersonId, Group]:
    """One of a pair says that the partner is gone, whose phone still lies on the table."""
    pair = next(group for group in groups_of(hall)["pairs"] if len(group.members) == 2)
    stays, _ = pair.members
    hall.wish(c.CallHelp("partner_gone"), person(stays))
    return stays, pair


def test_who_says_that_the_partner_is_gone_is_believed_before_a_phone_and_has_company_with_one_tap() -> None:
    hall = Hall()
    hall.join("p1", "p2", "p3", "p4")
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    hall.wish(c.MoveStep(INTERVIEWS, 1, 0))
    hall.present = hall.state.joined()
    stays, pair = called_from_a_pair(hall)
    hall.wish(c.RepairGroup(INTERVIEWS, "pairs", pair.id))
    (table,) = groups_of(hall)["pairs"]
    assert stays in table.members
    assert set(pair.members) < set(table.members)
    assert hall.state.help == ()


def test_a_partner_who_was_gone_is_not_missed_in_the_next_phase_and_whoever_wants_help_still_does() -> None:
    hall = Hall()
    hall.join("p1", "p2", "p3", "p4")
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    hall.wish(c.MoveStep(INTERVIEWS, 1, 0))
    hall.present = hall.state.joined()
    stays, pair = called_from_a_pair(hall)
    (asks, *_) = sorted(hall.present - set(pair.members))
    hall.wish(c.CallHelp("help"), person(asks))
    assert {call.person for call in hall.state.help} == {stays, asks}
    hall.wish(c.MoveRoom(PhaseId("given_vignette"), INTERVIEWS))
    assert [call.person for call in hall.state.help] == [asks]


def test_a_table_of_three_is_not_taken_apart_because_one_of_them_calls() -> None:
    hall = Hall()
    hall.join("p1", "p2", "p3", "p4", "p5")
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    hall.wish(c.MoveStep(INTERVIEWS, 1, 0))
    hall.present = hall.state.joined()
    trio = next(group for group in groups_of(hall)["pairs"] if len(group.members) == 3)
    hall.wish(c.CallHelp("partner_gone"), person(trio.members[0]))
    with pytest.raises(Refused, match="nothing_to_repair"):
        hall.wish(c.RepairGroup(INTERVIEWS, "pairs", trio.id))


def test_nobody_signs_another_person_off() -> None:
    hall = Hall()
    hall.join("p1", "p2")
    with pytest.raises(Refused, match="not_yours"):
        hall.wish(LeaveForGood(PersonId("p1")), person("p2"))


def test_a_person_without_a_device_is_seated_although_no_device_says_that_they_are_here() -> None:
    hall = Hall()
    hall.join("p1", "p2", "p3")
    hall.wish(AdmitPerson(PersonId("p4"), SchoolId("s4"), without_device=True))
    hall.present = frozenset({PersonId("p1"), PersonId("p2"), PersonId("p3")})
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    assert any("p4" in group.members for group in groups_of(hall)["pairs"])


def test_a_whole_school_that_is_absent_leaves_no_holes() -> None:
    hall = Hall()
    hall.join("p1", "p2", "p3", "p4", "p5", schools=("a", "a", "b", "c", "d"))
    hall.present = frozenset({PersonId("p3"), PersonId("p4"), PersonId("p5")})
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    assert [len(group.members) for group in groups_of(hall)["pairs"]] == [3]


def test_the_preview_is_what_is_formed_and_who_came_meanwhile_is_placed_too() -> None:
    hall = Hall()
    hall.join("p1", "p2", "p3", "p4")
    hall.wish(c.MoveRoom(PhaseId("arrival"), None))
    hall.wish(c.FormGroups(INTERVIEWS, "pairs"))
    shown = groups_of(hall)["pairs"]
    hall.join("p5")
    hall.wish(c.FormGroups(INTERVIEWS, "pairs", shown))
    formed = groups_of(hall)["pairs"]
    assert {group.id for group in formed} == {group.id for group in shown}
    assert sum(len(group.members) for group in formed) == 5


def test_people_who_are_kept_apart_are_not_seated_together() -> None:
    hall = Hall()
    hall.join("p1", "p2", "p3", "p4")
    hall.wish(KeepApart(PersonId("p1"), PersonId("p2")))
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    assert all(not {"p1", "p2"} <= set(group.members) for group in groups_of(hall)["pairs"])


def test_a_person_moved_by_hand_hears_the_new_group() -> None:
    hall = Hall()
    hall.join(*(f"p{number}" for number in range(1, 8)))
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    trio = next(group for group in groups_of(hall)["pairs"] if len(group.members) == 3)
    other = next(group for group in groups_of(hall)["pairs"] if group.id != trio.id)
    mover = trio.members[0]
    hall.wish(c.MovePerson(INTERVIEWS, "pairs", mover, other.id))
    me = hall.view(Audience("person", mover))
    assert isinstance(me, PersonView)
    assert me.groups[INTERVIEWS]["pairs"] == other.id


def test_on_the_projector_stand_only_the_names_of_those_who_agreed_to_it() -> None:
    hall = Hall()
    hall.join("p1", "p2")
    arrival = PhaseId("arrival")
    hall.wish(c.MoveRoom(arrival, None))
    hall.wish(GiveConsent("name_on_screen"), person("p1"), arrival)
    hall.wish(c.MoveRoom(INTERVIEWS, arrival))
    hall.wish(c.MoveStep(INTERVIEWS, 1, 0))
    screen = hall.view(SCREEN)
    assert isinstance(screen, ScreenView)
    assert (screen.at, screen.step) == (INTERVIEWS, 1)
    (table,) = screen.tables
    assert (table.members, table.others) == (("p1",), 1)
