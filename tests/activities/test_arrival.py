"""On arrival the room learns a number, and nobody learns another's answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.activities.arrival import ACTIVITY
from server.activities.arrival.example import EXAMPLE
from server.activities.arrival.messages import ConfirmAgreement, Consent, GiveConsent, TapReady, WithdrawConsent
from server.core import view as audiences
from server.core.messages import Actor, PersonId
from server.core.products import Consents
from tests.support.stage import Stage

P1, P2, P3 = PersonId("p1"), PersonId("p2"), PersonId("p3")


@pytest.fixture
def room() -> Stage:
    return Stage(ACTIVITY, EXAMPLE, people=4)


def test_the_room_counts_those_who_are_ready(room: Stage) -> None:
    room.submit(P1, TapReady())
    room.submit(P2, TapReady())
    room.submit(P2, TapReady(ready=False))
    assert (room.shows(audiences.ROOM)["ready"], room.shows(audiences.ROOM)["here"]) == (1, 4)
    assert room.shows(audiences.MODERATORS)["ready"] == ["p1"]


def test_tapping_twice_is_one_fact(room: Stage) -> None:
    room.submit(P1, TapReady())
    assert room.submit(P1, TapReady()) == []


def test_whoever_left_is_not_counted(room: Stage) -> None:
    room.submit(P1, TapReady())
    room.leave(P1)
    assert (room.shows(audiences.ROOM)["ready"], room.shows(audiences.ROOM)["here"]) == (0, 3)


def test_only_a_name_that_may_be_shown_is_on_the_projector(room: Stage) -> None:
    for one in (P1, P2):
        room.submit(one, TapReady())
    room.submit(P1, GiveConsent("name_on_screen"))
    assert room.shows(audiences.SCREEN)["names"] == ["p1"]


def test_a_consent_is_taken_back_after_the_phase_and_not_given_then(room: Stage) -> None:
    room.submit(P1, GiveConsent("quoting"))
    room.status("closed")
    assert room.refusal(P1, GiveConsent("name_on_screen")) == "phase_closed"
    room.submit(P1, WithdrawConsent("quoting"))
    assert ACTIVITY.products(room.state, room.scene) == (Consents(P1),)  # type: ignore[arg-type]


def test_a_moderator_types_for_somebody_without_a_device_and_not_for_themselves(room: Stage) -> None:
    room.submit(Actor("person", P3, typed_by="m1"), ConfirmAgreement())
    assert room.shows(audiences.person(P3))["agreed"]
    assert room.refusal(Actor("moderator", "m1"), TapReady()) == "people_only"


answers = st.lists(st.tuples(st.sampled_from(["name_on_screen", "quoting"]), st.booleans()), max_size=4)


@given(one=answers, other=answers, agrees=st.booleans())
def test_what_i_consent_to_is_seen_by_nobody_else_in_the_room(
    one: list[tuple[Consent, bool]], other: list[tuple[Consent, bool]], agrees: bool
) -> None:
    left, right = (Stage(ACTIVITY, EXAMPLE, people=4) for _ in "ab")
    for room, said in ((left, one), (right, other)):
        for to, yes in said:
            room.submit(P1, GiveConsent(to) if yes else WithdrawConsent(to))
    if agrees:
        left.submit(P1, ConfirmAgreement())
    for audience in (audiences.ROOM, audiences.SCREEN, audiences.person(P2)):
        assert left.seen(audience) == right.seen(audience)


@given(one=st.sampled_from([P1, P2, P3]), other=st.sampled_from([P1, P2, P3]))
def test_the_room_does_not_learn_who_is_ready(one: PersonId, other: PersonId) -> None:
    left, right = (Stage(ACTIVITY, EXAMPLE, people=4) for _ in "ab")
    left.submit(one, TapReady())
    right.submit(other, TapReady())
    for audience in (audiences.ROOM, audiences.SCREEN, audiences.person(PersonId("p4"))):
        assert left.seen(audience) == right.seen(audience)
