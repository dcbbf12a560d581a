"""A hint asks when a profile may not fit its goal, and is silent otherwise."""

import pytest

from server.activities.network_dimensions.hints import hints
from server.activities.network_dimensions.messages import Goal

MACHINERY = {"temporary": 1, "ties": -1, "reach": 2}
LOOSE = {"sharing": -1, "ties": 1, "temporary": -2}


def asked(
    *seen: dict[str, int], goal: Goal | None = None, joint: dict[str, int] | None = None, **said: bool
) -> tuple[str, ...]:
    return hints(seen, joint or {}, goal, delicate=said.get("delicate", False), busy=said.get("busy", False))


def test_much_machinery_for_an_exchange() -> None:
    assert asked(MACHINERY, MACHINERY, goal="exchange") == ("machinery",)
    assert asked(MACHINERY, MACHINERY, goal="new") == ()
    assert asked(MACHINERY, {**MACHINERY, "reach": 0}, goal="exchange") == ()


def test_something_new_out_of_swapping_loosely_for_a_short_time() -> None:
    assert asked(LOOSE, LOOSE, goal="new") == ("where_new",)
    assert asked(LOOSE, {**LOOSE, "sharing": 1}, goal="new") == ()


def test_only_one_wants_one_side_to_lead() -> None:
    assert asked({"hierarchy": -1}, {"hierarchy": 2}) == ("who_decides",)
    assert asked({"hierarchy": -1}, {"hierarchy": -2}) == ()
    assert asked({"hierarchy": 0}, {"hierarchy": 2}) == ()


def test_a_delicate_topic_without_common_rules() -> None:
    assert asked({"norms": 1}, {"norms": -2}, delicate=True) == ("rules_now",)
    assert asked({"norms": 1}, {"norms": -2}) == ()


def test_beside_everyday_work_and_busy() -> None:
    assert asked({"integrated": 1}, {"integrated": 2}, busy=True) == ("what_stops",)
    assert asked({"integrated": 1}, {"integrated": 0}, busy=True) == ()


def test_what_is_agreed_jointly_stands_in_place_of_the_wishes() -> None:
    assert asked({"hierarchy": -1}, {"hierarchy": 2}, joint={"hierarchy": 2}) == ()
    assert asked({"norms": -2}, {"norms": -2}, joint={"norms": 1}, delicate=True) == ("rules_now",)


@pytest.mark.parametrize("goal", [None, "exchange", "new"])
def test_where_nothing_is_revealed_nothing_is_asked(goal: Goal | None) -> None:
    assert asked(goal=goal, joint={**MACHINERY, "norms": 2}, delicate=True, busy=True) == ()
