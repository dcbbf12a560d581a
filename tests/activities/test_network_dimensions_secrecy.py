"""Two workshops that differ only in answers somebody must not see are the same to them, byte for byte."""

from hypothesis import given, settings
from hypothesis import strategies as st

from server.activities.network_dimensions import ACTIVITY
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
from server.core import view as audiences
from server.core.messages import GroupId, PageId, PersonId
from server.core.view import Audience
from tests.support.stage import Stage

P1, P2 = PersonId("p1"), PersonId("p2")
ONE = GroupId("partners1")
IDS = EXAMPLE.config.ids

Taps = list[tuple[int, bool]]

taps = st.lists(st.tuples(st.integers(-2, 2), st.just(False)), min_size=len(IDS), max_size=len(IDS))


def same_for(left: Stage, right: Stage, *who: Audience) -> bool:
    return all(left.seen(audience) == right.seen(audience) for audience in who)


def others(room: Stage, *but: Audience) -> list[Audience]:
    return [audience for audience in room.audiences() if audience not in but]


def answered(mine: Taps, star: int, *, finished: bool) -> Stage:
    """Everybody has finished but p2, and p1 as said; all partners who could have revealed."""
    room = Stage(ACTIVITY, EXAMPLE, people=9)
    room.submit(P1, NameGoal(ONE, "new", delicate=True, busy=True))
    for at, (indicator, (wanted, _)) in enumerate(zip(IDS, mine, strict=True)):
        room.submit(P1, SetAnswer(indicator, wanted, star=at == star))
    if finished:
        room.submit(P1, FinishAnswers())
    for one in room.people[2:]:
        for indicator in IDS:
            room.submit(one, SetAnswer(indicator, 1))
        room.submit(one, FinishAnswers())
    assert room.shows(audiences.ROOM)["people"] == 5
    return room


@settings(max_examples=40, deadline=None)
@given(one=taps, other=taps, stars=st.tuples(st.integers(0, 10), st.integers(0, 10)), finished=st.booleans())
def test_answers_that_are_not_revealed_are_seen_by_nobody_else(
    one: Taps, other: Taps, stars: tuple[int, int], *, finished: bool
) -> None:
    left, right = (answered(mine, star, finished=finished) for mine, star in zip((one, other), stars, strict=True))
    assert same_for(left, right, *others(left, audiences.person(P1)))


@settings(max_examples=20, deadline=None)
@given(one=taps, other=taps)
def test_whoever_had_not_finished_when_the_others_went_on_stays_private(one: Taps, other: Taps) -> None:
    left, right = (answered(mine, 0, finished=False) for mine in (one, other))
    for room in (left, right):
        for indicator in IDS:
            room.submit(P2, SetAnswer(indicator, 2))
        room.submit(P2, FinishAnswers())
        room.submit(P2, RevealAnyway(ONE))
        room.submit(P2, SetJoint(ONE, IDS[0], 1))
    assert same_for(left, right, *others(left, audiences.person(P1)))


@settings(max_examples=20, deadline=None)
@given(one=taps, other=taps)
def test_revealed_answers_are_the_partners_and_moderators_learn_how_many_gaps_but_not_which(
    one: Taps, other: Taps
) -> None:
    left, right = (answered(mine, 0, finished=True) for mine in (one, other))
    for room in (left, right):
        room.submit(P1, RevealAnyway(ONE))
    assert same_for(left, right, *others(left, audiences.person(P1), audiences.group(ONE)))


def test_moderators_see_the_same_wherever_the_gap_is() -> None:
    def with_a_gap_at(indicator: str) -> Stage:
        room = answered([(0, False)] * len(IDS), 0, finished=True)
        for one in IDS:
            room.submit(P2, SetAnswer(one, 2 if one == indicator else 0))
        room.submit(P2, FinishAnswers())
        return room

    left, right = with_a_gap_at("ties"), with_a_gap_at("norms")
    assert left.shows(audiences.MODERATORS)["partners"][0]["wide"] == 1
    assert same_for(left, right, audiences.MODERATORS)
    assert not same_for(left, right, audiences.group(ONE))


@settings(max_examples=20, deadline=None)
@given(one=taps, other=taps)
def test_how_it_has_become_stays_with_me_until_my_partner_has_answered_too(one: Taps, other: Taps) -> None:
    def looked_back(mine: Taps) -> Stage:
        room = Stage(ACTIVITY, EXAMPLE, people=4)
        for who in (P1, P2):
            room.write(who, PageId("here/rules/partners1"), rules=RULES)
            room.submit(who, ConfirmRules(PageId("here/rules/partners1")))
        for indicator, (value, _) in zip(IDS, mine, strict=True):
            room.submit(P1, SetActual(indicator, value))
        for indicator in IDS[:-1]:
            room.submit(P2, SetActual(indicator, 0))
        return room

    left, right = looked_back(one), looked_back(other)
    assert same_for(left, right, *others(left, audiences.person(P1)))
