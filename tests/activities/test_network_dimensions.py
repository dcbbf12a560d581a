"""Eleven lines alone, then together: what is private until when, and what two have really agreed on."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from server.activities.network_dimensions import ACTIVITY
from server.activities.network_dimensions.comparison import talk_points
from server.activities.network_dimensions.example import EXAMPLE, RULES
from server.activities.network_dimensions.messages import (
    ConfirmRules,
    FinishAnswers,
    NameGoal,
    RevealAnyway,
    SetActual,
    SetAnswer,
    SetJoint,
)
from server.activities.network_dimensions.state import Answer
from server.core import view as audiences
from server.core.activity import PhaseStatus
from server.core.groups import Group
from server.core.messages import Actor, GroupId, PageId, PersonId
from server.core.products import LearningProfile, Product
from server.paths.loading import bundled
from tests.support.stage import Stage

P1, P2, P3, P4, P5, P6, P7 = (PersonId(f"p{number}") for number in range(1, 8))
IDS = EXAMPLE.config.ids
ONE, THREE = GroupId("partners1"), GroupId("partners3")
PAGE = PageId("here/rules/partners1")
MODERATOR = Actor("moderator", "m")


@pytest.fixture
def room() -> Stage:
    """Partners p1 p2, p3 p4 and p5 p6 p7."""
    return Stage(ACTIVITY, EXAMPLE, people=7)


def me(room: Stage, who: PersonId) -> dict[str, Any]:
    return room.shows(audiences.person(who))


def ours(room: Stage, which: GroupId = ONE) -> dict[str, Any]:
    return room.shows(audiences.group(which))


def row(room: Stage) -> dict[str, Any]:
    return room.shows(audiences.MODERATORS)["partners"][0]  # type: ignore[no-any-return]


def answer(room: Stage, who: PersonId, wanted: int = 0, **other: int) -> None:
    for one in IDS:
        room.submit(who, SetAnswer(one, other.get(one, wanted)))


def finish(room: Stage, *people: PersonId, wanted: int = 0, **other: int) -> None:
    for who in people:
        answer(room, who, wanted, **other)
        room.submit(who, FinishAnswers())


def agree(room: Stage, *people: PersonId, rules: str = RULES) -> None:
    for who in people:
        room.write(who, PAGE, rules=rules)
        room.submit(who, ConfirmRules(PAGE))


def seen_profiles(room: Stage, which: GroupId = ONE) -> list[str]:
    return [one["person"] for one in ours(room, which).get("profiles", ())]


def products(room: Stage) -> tuple[Product, ...]:
    return ACTIVITY.products(room.state, room.scene)  # type: ignore[arg-type]


# -- alone ---------------------------------------------------------------------------------------------------------


def test_a_tap_may_be_changed_and_a_fourth_star_is_refused(room: Stage) -> None:
    for one in IDS[:3]:
        room.submit(P1, SetAnswer(one, 1, star=True))
    assert room.refusal(P1, SetAnswer(IDS[3], 1, star=True)) == "no_stars_left"
    room.submit(P1, SetAnswer(IDS[0], -1))
    room.submit(P1, SetAnswer(IDS[3], 1, star=True))
    assert me(room, P1)["answers"][IDS[0]] == {"wanted": -1}
    assert "stars_left" not in me(room, P1)
    assert room.refusal(P1, SetAnswer("nothing", 1)) == "no_such_indicator"


def test_the_same_tap_twice_is_one_fact(room: Stage) -> None:
    room.submit(P1, SetAnswer(IDS[0], 1))
    assert room.submit(P1, SetAnswer(IDS[0], 1)) == []


def test_nobody_finishes_with_a_line_unanswered(room: Stage) -> None:
    for one in IDS[:-1]:
        room.submit(P1, SetAnswer(one, 1))
    assert room.refusal(P1, FinishAnswers()) == "unanswered"


def test_notes_are_their_writers_and_the_rules_page_is_the_partners(room: Stage) -> None:
    assert dict(room.rights(P1)) == {"here/notes/p1": "write", PAGE: "write"}
    assert PAGE not in room.rights(P3)


# -- revealing -----------------------------------------------------------------------------------------------------


def test_profiles_show_when_the_last_partner_has_finished(room: Stage) -> None:
    finish(room, P1)
    assert seen_profiles(room) == []
    assert ours(room)["waiting"] == ["p2"]
    answer(room, P2)
    assert seen_profiles(room) == []
    room.submit(P2, FinishAnswers())
    assert seen_profiles(room) == ["p1", "p2"]
    assert me(room, P1)["revealed"]


def test_revealed_answers_stay_as_they_were(room: Stage) -> None:
    finish(room, P1, P2)
    assert room.refusal(P1, SetAnswer(IDS[0], 2)) == "already_revealed"


def test_of_three_the_reveal_waits_for_the_third_but_not_for_one_who_left(room: Stage) -> None:
    finish(room, P5, P6)
    assert seen_profiles(room, THREE) == []
    room.leave(P7)
    room.submit(P5, FinishAnswers())
    assert seen_profiles(room, THREE) == ["p5", "p6"]


def test_going_on_without_somebody_shows_only_what_is_finished(room: Stage) -> None:
    finish(room, P5, P6)
    answer(room, P7)
    assert room.refusal(P7, RevealAnyway(THREE)) == "finish_first"
    room.submit(P5, RevealAnyway(THREE))
    assert seen_profiles(room, THREE) == ["p5", "p6"]
    room.submit(P7, FinishAnswers())
    assert seen_profiles(room, THREE) == ["p5", "p6", "p7"]


def test_a_moderator_may_let_a_pair_go_on_and_never_sees_the_profiles(room: Stage) -> None:
    assert room.refusal(MODERATOR, RevealAnyway(ONE)) == "nobody_finished"
    finish(room, P1, wanted=2)
    room.submit(MODERATOR, RevealAnyway(ONE))
    assert seen_profiles(room) == ["p1"]
    assert room.submit(MODERATOR, RevealAnyway(ONE)) == []
    assert "profiles" not in row(room)


def test_strangers_reveal_nothing(room: Stage) -> None:
    finish(room, P3)
    assert room.refusal(P3, RevealAnyway(ONE)) == "not_your_group"
    assert room.refusal(P3, RevealAnyway(GroupId("none"))) == "no_such_group"


def test_without_a_partner_one_fills_in_the_own_profile_only(room: Stage) -> None:
    room.regroup("partners", (P1,), (P2, P3, P4, P5, P6))
    alone = room.scene.groups["partners"][0].id
    finish(room, P1, P7)
    assert me(room, P1)["alone"]
    assert me(room, P7)["alone"]
    assert "alone" not in me(room, P2)
    assert seen_profiles(room, alone) == []
    assert room.refusal(P1, RevealAnyway(alone)) == "alone"
    assert room.refusal(P1, SetJoint(alone, IDS[0], 1)) == "alone"
    assert room.refusal(P1, ConfirmRules(PageId(f"here/rules/{alone}"))) == "alone"
    assert room.shows(audiences.MODERATORS)["unpartnered"] == 2


def test_those_who_work_beside_the_partnerships_are_counted_as_having_no_partner(room: Stage) -> None:
    partners, beside = (P1, P2), (P3, P4, P5)
    groups = (Group(GroupId("choice-pair1"), partners, 1), Group(GroupId("here-partners-1"), beside, 2))
    room.scene = replace(room.scene, groups={"partners": groups})
    seen = room.shows(audiences.MODERATORS)
    assert [row.get("beside", False) for row in seen["partners"]] == [False, True]
    assert seen["unpartnered"] == 5


def test_whoever_changes_partners_takes_no_revealed_profile_along(room: Stage) -> None:
    finish(room, P1, P2, wanted=1)
    room.regroup("partners", (P2, P4), (P1, P3), (P5, P6, P7))
    new = room.scene.groups["partners"][1].id
    assert seen_profiles(room, new) == []
    room.submit(P1, SetAnswer(IDS[0], -2))
    finish(room, P3)
    assert {one["person"]: one["wanted"][IDS[0]] for one in ours(room, new)["profiles"]} == {"p1": -2, "p3": 0}


# -- talking -------------------------------------------------------------------------------------------------------


def test_the_widest_and_the_starred_come_first_and_what_is_alike_does_not_come() -> None:
    left = {"a": Answer(2), "b": Answer(0, star=True), "c": Answer(1), "d": Answer(-1), "e": Answer(0)}
    right = {"a": Answer(-2), "b": Answer(1), "c": Answer(1, star=True), "d": Answer(1), "e": Answer(0)}
    points = talk_points("abcde", [left, right], 9)
    assert [(point.indicator, point.difference, point.stars) for point in points] == [
        ("a", 4, 0),
        ("b", 1, 1),
        ("d", 2, 0),
        ("c", 0, 1),
    ]


def test_three_partners_compare_the_two_who_are_furthest_apart(room: Stage) -> None:
    finish(room, P5, ties=-2)
    finish(room, P6, ties=0)
    finish(room, P7, ties=2)
    assert ours(room, THREE)["talk_points"] == [{"indicator": "ties", "difference": 4}]


def test_moderators_count_wide_gaps_of_revealed_profiles_only(room: Stage) -> None:
    finish(room, P1, ties=-2, norms=-2)
    answer(room, P2, ties=2, norms=-1)
    assert "wide" not in row(room)
    room.submit(P2, FinishAnswers())
    assert row(room)["wide"] == 1


def test_a_joint_position_needs_the_reveal_and_the_last_tap_stands(room: Stage) -> None:
    assert room.refusal(P1, SetJoint(ONE, IDS[0], 1)) == "not_revealed"
    finish(room, P1, P2)
    room.submit(P1, SetJoint(ONE, IDS[0], 1))
    room.submit(P2, SetJoint(ONE, IDS[0], -1))
    assert room.submit(P1, SetJoint(ONE, IDS[0], -1)) == []
    assert ours(room)["joint"] == {IDS[0]: -1}
    room.submit(P1, SetJoint(ONE, IDS[0], None))
    assert "joint" not in ours(room)
    assert room.refusal(P3, SetJoint(ONE, IDS[0], 1)) == "not_your_group"


def test_hints_ask_about_revealed_profiles_only(room: Stage) -> None:
    room.submit(P1, NameGoal(ONE, "exchange", delicate=True, busy=True))
    answer(room, P1, norms=2, integrated=1)
    room.submit(P1, FinishAnswers())
    answer(room, P2, integrated=2)
    assert "hints" not in ours(room)
    room.submit(P2, FinishAnswers())
    assert ours(room)["hints"] == ["rules_now", "what_stops"]
    assert room.submit(P2, NameGoal(ONE, "exchange", delicate=True, busy=True)) == []


# -- agreeing ------------------------------------------------------------------------------------------------------


def test_rules_are_settled_when_both_have_confirmed_the_same_words(room: Stage) -> None:
    agree(room, P1)
    assert "settled" not in ours(room)
    assert ours(room)["confirmed"] == ["p1"]
    agree(room, P2)
    assert ours(room)["settled"]
    assert (row(room)["rules"], row(room)["confirmed"]) == (3, 2)


def test_rules_that_changed_in_between_are_confirmed_again(room: Stage) -> None:
    agree(room, P1)
    agree(room, P2, rules=f"{RULES}\nOne more")
    assert ours(room)["confirmed"] == ["p2"]
    assert "settled" not in ours(room)
    room.submit(P1, ConfirmRules(PAGE))
    assert ours(room)["settled"]
    assert room.submit(P1, ConfirmRules(PAGE)) == []


def test_whoever_confirms_new_words_takes_back_the_yes_to_the_old_ones(room: Stage) -> None:
    agree(room, P1, P2)
    agree(room, P1, rules=f"{RULES}\nOne more")
    assert ours(room)["confirmed"] == ["p1"]
    assert row(room)["rules"] == 4


def test_a_joint_position_that_moves_afterwards_takes_the_yes_of_both_back(room: Stage) -> None:
    finish(room, P1, P2)
    agree(room, P1, P2)
    room.submit(P1, SetJoint(ONE, IDS[0], 2))
    assert "settled" not in ours(room)


def test_whoever_stays_is_enough_to_settle(room: Stage) -> None:
    agree(room, P1)
    room.leave(P2)
    assert ours(room)["settled"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"rules": "one\n\ntwo"}, "too_few_rules"),
        ({"rules": "1\n2\n3\n4\n5\n6"}, "too_many_lines"),
        ({"rules": "x" * 161}, "text_too_long"),
        ({f"why_{IDS[0]}": "x" * 161}, "text_too_long"),
        ({"goal": "x" * 161}, "text_too_long"),
    ],
)
def test_rules_that_are_not_fit_to_be_confirmed_are_refused(room: Stage, fields: dict[str, str], code: str) -> None:
    room.pages[PAGE] = {"rules": RULES, **fields}
    assert room.refusal(P1, ConfirmRules(PAGE)) == code
    assert room.refusal(P3, ConfirmRules(PAGE)) == "not_your_group"


def test_reasons_count_where_there_is_a_joint_position(room: Stage) -> None:
    finish(room, P1, P2)
    room.submit(P1, SetJoint(ONE, IDS[0], 1))
    room.write(P1, PAGE, **{f"why_{IDS[0]}": "It worked", f"why_{IDS[1]}": "Nothing set here"})
    agree(room, P1)
    assert (row(room)["joint"], row(room)["reasons"]) == (1, 1)


def test_later_phases_get_the_joint_line_and_the_rules_that_are_settled(room: Stage) -> None:
    assert products(room) == ()
    finish(room, P1, P2)
    room.submit(P1, SetJoint(ONE, IDS[0], 1))
    assert products(room) == (LearningProfile("partners1", {IDS[0]: 1}),)
    agree(room, P1, P2)
    made = products(room)[0]
    assert isinstance(made, LearningProfile)
    assert made.rules in room.frozen


# -- twelve weeks later --------------------------------------------------------------------------------------------


def test_how_it_has_become_is_asked_once_the_rules_are_settled_and_shown_when_all_have_answered(room: Stage) -> None:
    assert room.refusal(P1, SetActual(IDS[0], 1)) == "not_settled"
    agree(room, P1, P2)
    room.status("reopened")
    for who in (P1, P2):
        assert "actual" not in ours(room)
        for one in IDS:
            room.submit(who, SetActual(one, 1))
    assert [one["person"] for one in ours(room)["actual"]] == ["p1", "p2"]
    assert me(room, P1)["actual"][IDS[0]] == 1
    assert room.submit(P1, SetActual(IDS[0], 1)) == []


@pytest.mark.parametrize("status", ["closed", "reopened"])
def test_it_is_asked_while_the_room_is_in_another_phase(room: Stage, status: PhaseStatus) -> None:
    agree(room, P1, P2)
    room.status(status)
    room.submit(P1, SetActual(IDS[0], 2))
    assert me(room, P1)["actual"] == {IDS[0]: 2}
    assert (room.refusal(P1, SetAnswer(IDS[0], 1)) == "phase_closed") is (status == "closed")


def test_every_schedule_asks_again_how_it_has_become() -> None:
    pack = bundled()
    for name, schedule in pack.schedules.items():
        stops = [stop for _, stop in schedule.stops()]
        if not any(pack.phases[stop.phase].activity == "network_dimensions" for stop in stops):
            continue
        asked = [step.id for stop in stops for step in pack.phases[stop.phase].variants[stop.variant].steps]
        assert asked.count("lines_again") == 1, name


# -- the room ------------------------------------------------------------------------------------------------------


def test_the_room_sees_a_spread_of_five_and_never_of_fewer(room: Stage) -> None:
    finish(room, P1, P2, P3, P4, ties=-1)
    assert "spread" not in room.shows(audiences.ROOM)
    finish(room, P5, P6, P7, ties=2)
    shown = room.shows(audiences.ROOM)
    assert shown["people"] == 5
    assert {one["indicator"]: one["counts"] for one in shown["spread"]}["ties"] == [0, 4, 0, 0, 1]


@given(values=st.lists(st.lists(st.integers(-2, 2), min_size=3, max_size=3), min_size=0, max_size=4))
def test_talk_points_do_not_depend_on_who_is_who(values: list[list[int]]) -> None:
    seen = [{name: Answer(value) for name, value in zip("abc", row, strict=True)} for row in values]
    assert talk_points("abc", seen, 3) == talk_points("abc", seen[::-1], 3)


def test_a_path_without_lines_asks_nothing() -> None:
    room = Stage(ACTIVITY, EXAMPLE, people=2)
    room.state = ACTIVITY.start(replace(EXAMPLE.config, indicators=()))
    room.submit(P1, FinishAnswers())
    room.submit(P2, FinishAnswers())
    assert ours(room)["revealed"]
