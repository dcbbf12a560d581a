"""The trainer chooses the form and the rules; what is shown is what is formed, and what a rule costs is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.core.groups import Group
from server.core.messages import GroupId, PersonId, PhaseId, Refused, SchoolId
from server.core.path import FormName, Grouping
from server.core.workshop import commands as c
from server.core.workshop.people_commands import AdmitPerson
from server.core.workshop.preview import (
    GroupsPreview,
    JudgeGroups,
    MovePreview,
    PreviewGroups,
    PreviewMove,
    RulesPreview,
)
from server.paths.loading import parse_pack
from tests.support.example_path import EXAMPLE
from tests.support.hall import Hall

INTERVIEWS = PhaseId("interviews")
VIGNETTE = PhaseId("given_vignette")
ARRIVAL = PhaseId("arrival")


def room(people: int, schools: int = 50) -> Hall:
    hall = Hall()
    names = [f"p{number:02}" for number in range(people)]
    hall.join(*names, schools=[f"s{number % schools}" for number in range(people)])
    return hall


def tables(hall: Hall, phase: PhaseId = INTERVIEWS, grouping: str = "pairs") -> tuple[Group, ...]:
    run = hall.state.phase(phase)
    assert run is not None
    return run.groups.get(grouping, ())


def asked(
    hall: Hall, how: Grouping | None = None, phase: PhaseId = INTERVIEWS, grouping: str = "pairs"
) -> GroupsPreview:
    found = hall.ask(PreviewGroups(phase, grouping, 5, how))
    assert isinstance(found, GroupsPreview)
    return found


@pytest.mark.parametrize(
    ("how", "sizes"),
    [
        (Grouping("pairs"), {2}),
        (Grouping("trios"), {3}),
        (Grouping("fours"), {4}),
        (Grouping("fives"), {6}),
        (Grouping("plenary"), {12}),
        (Grouping("alone"), {1}),
        (Grouping("count", count=5), {2, 3}),
        (Grouping("answers", size=3), {3}),
        (Grouping("partnerships"), {2}),
    ],
)
def test_every_form_can_be_chosen_and_is_formed_as_it_was_shown(how: Grouping, sizes: set[int]) -> None:
    hall = room(12)
    shown = asked(hall, how)
    assert {len(group.members) for group in shown.groups} == sizes
    hall.wish(c.FormGroups(INTERVIEWS, "pairs", shown.groups, how))
    assert tables(hall) == shown.groups
    run = hall.state.phase(INTERVIEWS)
    assert run is not None
    assert run.how == {"pairs": how}


def test_the_groups_of_an_earlier_phase_can_be_had_again_and_merged() -> None:
    hall = room(8)
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    pairs = {frozenset(group.members) for group in tables(hall)}
    again = asked(hall, Grouping("same", phase="interviews", of="pairs"), VIGNETTE, "fours")
    assert {frozenset(group.members) for group in again.groups} == pairs
    merged = asked(hall, Grouping("merged", phase="interviews", of="pairs"), VIGNETTE, "fours")
    assert {len(group.members) for group in merged.groups} == {4}
    assert all(any(pair <= set(group.members) for group in merged.groups) for pair in pairs)


def test_somebody_who_comes_later_is_placed_by_the_form_that_was_chosen() -> None:
    hall = room(6)
    hall.wish(c.MoveRoom(ARRIVAL, None))
    hall.wish(c.FormGroups(INTERVIEWS, "pairs", how=Grouping("alone")))
    hall.wish(c.MoveRoom(INTERVIEWS, ARRIVAL))
    hall.join("late")
    assert next(group for group in tables(hall) if "late" in group.members).members == ("late",)


def test_forming_without_a_choice_goes_back_to_the_form_of_the_path() -> None:
    hall = room(6)
    hall.wish(c.FormGroups(INTERVIEWS, "pairs", how=Grouping("trios")))
    hall.wish(c.FormGroups(INTERVIEWS, "pairs"))
    run = hall.state.phase(INTERVIEWS)
    assert run is not None
    assert run.how == {}
    assert {len(group.members) for group in tables(hall)} == {2}


def test_a_rule_that_is_switched_off_is_not_kept_and_what_that_costs_is_said() -> None:
    hall = room(4, schools=2)
    kept = asked(hall)
    assert [cost.tables for cost in kept.costs if cost.rule == "same_school"] == []
    hall = room(4, schools=1)
    free = asked(hall, Grouping("pairs", mix_schools=False))
    assert free.broken == ()
    assert [(cost.rule, cost.tables) for cost in free.costs] == [("same_school", 2)]


def test_seating_by_hand_is_judged_before_it_is_done() -> None:
    hall = room(4, schools=2)
    by_hand = (Group(GroupId("h1"), (PersonId("p00"), PersonId("p02")), 1),)
    rest = (Group(GroupId("h2"), (PersonId("p01"), PersonId("p03")), 2),)
    found = hall.ask(PreviewGroups(INTERVIEWS, "pairs", groups=(*by_hand, *rest)))
    assert isinstance(found, GroupsPreview)
    assert found.groups == (*by_hand, *rest)
    assert [(one.rule, one.people) for one in found.broken] == [
        ("same_school", ("p00", "p02")),
        ("same_school", ("p01", "p03")),
    ]


def test_a_change_by_hand_that_breaks_a_rule_is_named() -> None:
    hall = room(6, schools=3)
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    home = next(group for group in tables(hall) if "p00" in group.members)
    away = next(group for group in tables(hall) if "p03" in group.members)
    assert home is not away
    partner = next(one for one in away.members if one != "p03")
    hall.wish(c.SwapPeople(INTERVIEWS, "pairs", PersonId("p00"), partner))
    found = hall.ask(JudgeGroups(INTERVIEWS, "pairs"))
    assert isinstance(found, RulesPreview)
    assert ("same_school", {"p00", "p03"}) in [(one.rule, set(one.people)) for one in found.broken]
    assert not [one for one in found.broken if one.rule == "met_before"]


@given(st.integers(2, 40), st.integers(1, 9))
@settings(max_examples=25, deadline=None)
def test_the_groups_that_the_preview_of_a_move_shows_are_those_that_are_formed(people: int, schools: int) -> None:
    hall = room(people, schools)
    hall.wish(c.MoveRoom(ARRIVAL, None))
    shown = hall.ask(PreviewMove(INTERVIEWS))
    assert isinstance(shown, MovePreview)
    assert {one.grouping for one in shown.forms} == {"pairs", "fours"}
    hall.wish(c.MoveRoom(INTERVIEWS, ARRIVAL, {one.grouping: one.groups for one in shown.forms}))
    for one in shown.forms:
        assert tables(hall, grouping=one.grouping) == one.groups


def test_who_came_between_the_preview_and_the_press_is_placed_and_nobody_else_is_moved() -> None:
    hall = room(9)
    hall.wish(c.MoveRoom(ARRIVAL, None))
    shown = hall.ask(PreviewMove(INTERVIEWS))
    assert isinstance(shown, MovePreview)
    hall.join("late")
    hall.wish(c.MoveRoom(INTERVIEWS, ARRIVAL, {one.grouping: one.groups for one in shown.forms}))
    for one in shown.forms:
        now = {group.id: group.members for group in tables(hall, grouping=one.grouping)}
        assert all(set(group.members) <= set(now[group.id]) for group in one.groups)
    pair = next(group for group in tables(hall) if "late" in group.members)
    four = next(group for group in tables(hall, grouping="fours") if "late" in group.members)
    assert set(pair.members) <= set(four.members)


def test_a_preview_of_a_move_says_which_rules_its_groups_break() -> None:
    hall = room(4, schools=1)
    hall.wish(c.MoveRoom(ARRIVAL, None))
    shown = hall.ask(PreviewMove(INTERVIEWS))
    assert isinstance(shown, MovePreview)
    pairs = next(one for one in shown.forms if one.grouping == "pairs")
    assert [one.rule for one in pairs.broken] == ["same_school", "same_school"]


def test_groups_that_cannot_be_are_refused_with_the_move() -> None:
    hall = room(4)
    twice = (Group(GroupId("a"), (PersonId("p00"),), 1), Group(GroupId("b"), (PersonId("p00"),), 2))
    with pytest.raises(Refused, match="impossible_groups"):
        hall.wish(c.MoveRoom(INTERVIEWS, None, {"pairs": twice}))
    with pytest.raises(Refused, match="no_such_grouping"):
        hall.wish(c.MoveRoom(INTERVIEWS, None, {"sixes": twice}))


@pytest.mark.parametrize(
    "rules",
    [
        "form: pairs, common_language: false",
        "form: pairs, remote_together: false, meet_new: false",
        "form: count, count: 7",
        "form: answers, size: 5",
    ],
)
def test_a_path_names_forms_and_rules_too(rules: str) -> None:
    pack = parse_pack(EXAMPLE.replace("form: pairs", rules), "test")
    hall = Hall("one_hour", pack=pack)
    hall.join("p1", "p2", "p3")
    hall.wish(c.MoveRoom(PhaseId("question"), None))
    assert tables(hall, PhaseId("question"))


FORMS: tuple[FormName, ...] = ("pairs", "trios", "fours", "fives", "count", "answers", "partnerships")


@given(st.integers(2, 30), st.sampled_from(FORMS), st.booleans(), st.booleans(), st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_whatever_is_chosen_everybody_has_company(
    people: int, form: FormName, mix: bool, new: bool, count: int
) -> None:
    hall = room(people, 4)
    hall.wish(AdmitPerson(PersonId("away"), SchoolId("s")))
    shown = asked(hall, Grouping(form, count=count, mix_schools=mix, meet_new=new))
    seated = [who for group in shown.groups for who in group.members]
    assert sorted(seated) == sorted(hall.state.joined())
    assert all(len(group.members) > 1 for group in shown.groups)
