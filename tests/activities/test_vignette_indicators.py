"""I1: whether the vignettes are recognised and found hard, in numbers that hide below five."""

from typing import Any, cast

from server.activities.vignette_writing import ACTIVITY
from server.activities.vignette_writing.config import CHECKS
from server.activities.vignette_writing.example import EXAMPLE
from server.activities.vignette_writing.indicators import Figure, indicators, represents
from server.activities.vignette_writing.messages import (
    CheckTicked,
    Chosen,
    ReaderGiven,
    ReadingRated,
    SituationChosen,
    VignetteReady,
)
from server.activities.vignette_writing.state import Writing
from server.core.messages import Event, FrozenId, PersonId
from tests.support.stage import Stage

GOOD, WEAK = (4, 3), (4, 2)


def folded(people: int, authors: int, *more: Event) -> tuple[Writing, Stage]:
    room = Stage(ACTIVITY, EXAMPLE, people=people)
    log: list[Event] = []
    for one in room.people[:authors]:
        log.append(VignetteReady(one, (), FrozenId(f"z{one}")))
        log.append(SituationChosen(one, Chosen(("inclusion",), (), "teacher", "", "", 3, 3)))
        log.append(CheckTicked(one, "no_names", True))
    state = cast(Writing, room.state)
    for event in [*log, *more]:
        state = ACTIVITY.evolve(state, event)
    return state, room


def read(author: str, *answers: tuple[str, tuple[int, int], Any]) -> list[Event]:
    found: list[Event] = []
    for slot, (reader, scale, guess) in enumerate(answers):
        number = int(author[1:]) * 100 + slot
        found.append(ReaderGiven(PersonId(reader), PersonId(author), number))
        found.append(ReadingRated(PersonId(reader), PersonId(author), number, 1, *scale, True, guess))
    return found


def test_below_five_contributors_nothing_is_said() -> None:
    state, room = folded(4, 4, *read("p1", ("p2", GOOD, "yes")))
    found = indicators(state, room.scene)
    assert (found.coverage, found.own_resonance, found.unsafe) == (Figure(4), Figure(4), Figure(1))
    assert (found.topics, found.scatter) == ({}, ())


def test_coverage_and_own_resonance_are_shares_of_those_who_could() -> None:
    weak = SituationChosen(PersonId("p1"), Chosen(own_recognise=4, own_challenge=2))
    checked = [CheckTicked(PersonId(f"p{at}"), check.id, True) for at in (1, 2, 3) for check in CHECKS]
    answers = [event for at in (1, 2, 4) for event in read(f"p{at}", ("p7", GOOD, "no"))]
    state, room = folded(8, 6, weak, *checked, *answers)
    found = indicators(state, room.scene)
    assert found.coverage == Figure(8, 0.25), "ready is what is checked, and what a reader could not place"
    assert found.own_resonance == Figure(6, 0.83)
    assert found.both_voices == Figure(5, 1.0)
    assert found.topics == {"inclusion": 5}


def test_a_vignette_represents_when_half_of_three_readers_from_other_schools_say_so() -> None:
    state, room = folded(8, 1, *read("p1", ("p2", GOOD, "no"), ("p3", WEAK, "no")))
    assert represents(state, PersonId("p1"), room.scene) is None
    for third, expected in ((GOOD, True), (WEAK, False)):
        answers = read("p1", ("p2", GOOD, "no"), ("p3", WEAK, "no"), ("p4", third, "no"))
        state, room = folded(8, 1, *answers)
        assert represents(state, PersonId("p1"), room.scene) is expected


def test_quality_counts_checks_and_clear_pulls_and_a_guess_is_unsafe() -> None:
    answers = [event for at in range(1, 6) for event in read(f"p{at}", ("p7", GOOD, "yes" if at == 1 else "no"))]
    state, room = folded(8, 5, *answers)
    found = indicators(state, room.scene)
    assert found.dilemma_quality == Figure(5, 2.0)
    assert found.unsafe == Figure(5, 1.0)
    assert len(found.scatter) == 5
