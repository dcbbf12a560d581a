"""Two comparisons that differ only in what somebody must not see are the same to them, byte for byte."""

from hypothesis import given, settings
from hypothesis import strategies as st

from server.activities.similarity import ACTIVITY
from server.activities.similarity.example import EXAMPLE
from server.activities.similarity.messages import (
    AskForVignettes,
    CastVotes,
    PlaceCard,
    RateCloseness,
    RevealVotes,
)
from server.core import view as audiences
from server.core.messages import Actor, GroupId, PageId, PersonId
from server.core.products import Vignette
from server.core.view import Audience
from tests.support.stage import Stage

P1, P2 = PersonId("p1"), PersonId("p2")
ONE = GroupId("fours1")

taps = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 4)), min_size=5, max_size=5)
dots = st.lists(st.integers(0, 1), min_size=3, max_size=3).map(tuple)
steps = st.sampled_from([step.id for step in EXAMPLE.steps])


def same_for(left: Stage, right: Stage, *who: Audience) -> bool:
    return all(left.seen(audience) == right.seen(audience) for audience in who)


def others(room: Stage, *but: Audience) -> list[Audience]:
    return [audience for audience in room.audiences() if audience not in but]


def read(mine: list[tuple[int, int, int]], people: int) -> Stage:
    room = Stage(ACTIVITY, EXAMPLE, people)
    room.submit(Actor("moderator", "m"), AskForVignettes())
    for one in room.people[1:]:
        for served in room.shows(audiences.person(one))["vignettes"]:
            room.submit(one, RateCloseness(served["vignette"], 2))
    for served, tap in zip(room.shows(audiences.person(P1))["vignettes"], mine, strict=False):
        room.submit(P1, RateCloseness(served["vignette"], *tap))
    return room


@settings(max_examples=25, deadline=None)
@given(one=taps, other=taps)
def test_before_the_reveal_what_i_tapped_is_seen_by_nobody_but_me(
    one: list[tuple[int, int, int]], other: list[tuple[int, int, int]]
) -> None:
    left, right = read(one, 8), read(other, 8)
    assert same_for(left, right, *others(left, audiences.person(P1)))


@settings(max_examples=25, deadline=None)
@given(one=taps, other=taps, step=steps)
def test_below_five_readers_not_even_the_author_learns_it_afterwards(
    one: list[tuple[int, int, int]], other: list[tuple[int, int, int]], step: str
) -> None:
    left, right = read(one, 5), read(other, 5)
    for room in (left, right):
        room.go_to(step)
    assert same_for(left, right, *others(left, audiences.person(P1)))


@settings(max_examples=25, deadline=None)
@given(one=taps, other=taps)
def test_after_the_reveal_authors_learn_a_count_and_all_others_nothing(
    one: list[tuple[int, int, int]], other: list[tuple[int, int, int]]
) -> None:
    left, right = read(one, 8), read(other, 8)
    for room in (left, right):
        room.go_to("find")
    everybody_else = [audience for audience in others(left) if audience.kind != "person"]
    assert same_for(left, right, *everybody_else)


def test_an_author_cannot_tell_who_found_it_close() -> None:
    def found_close_by(at: int) -> tuple[Stage, PersonId]:
        room = read([(2, 0, 0)] * 5, 8)
        vignette = next(one for one in room.scene.of(Vignette) if one.author == P2)
        who = [p for p in room.people if vignette.key in str(room.shows(audiences.person(p)).get("vignettes"))]
        for reader in who:
            room.submit(reader, RateCloseness(vignette.key, 3 if reader == who[at] else 0))
        room.go_to("find")
        return room, who[at]

    (left, one), (right, other) = found_close_by(0), found_close_by(1)
    assert one != other
    assert left.shows(audiences.person(P2))["own"]["close"] == 1
    assert same_for(left, right, audiences.person(P2), audiences.MODERATORS, audiences.ROOM, audiences.group(ONE))


def voted(mine: tuple[int, ...]) -> Stage:
    room = Stage(ACTIVITY, EXAMPLE, 8)
    room.go_to("same")
    for one in room.people[1:3]:
        room.submit(one, CastVotes(ONE, (1, 1, 1)))
    room.submit(P1, CastVotes(ONE, mine))
    return room


@settings(max_examples=40, deadline=None)
@given(one=dots, other=dots)
def test_dots_that_are_not_revealed_are_seen_by_nobody_but_their_voter(
    one: tuple[int, ...], other: tuple[int, ...]
) -> None:
    left, right = voted(one), voted(other)
    assert same_for(left, right, *others(left, audiences.person(P1)))


@settings(max_examples=20, deadline=None)
@given(one=dots, other=dots)
def test_revealed_dots_are_the_groups_and_only_as_sums(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    left, right = voted(one), voted(other)
    for room in (left, right):
        room.submit(P2, RevealVotes(ONE))
    assert same_for(left, right, *others(left, audiences.person(P1), audiences.group(ONE)))
    assert "votes" not in left.shows(audiences.group(ONE))


@settings(max_examples=20, deadline=None)
@given(text=st.text("abc", min_size=1, max_size=8), cluster=st.integers(1, 5))
def test_where_cards_lie_and_what_the_board_says_stays_in_the_group_until_it_is_shared(text: str, cluster: int) -> None:
    left, right = Stage(ACTIVITY, EXAMPLE, 8), Stage(ACTIVITY, EXAMPLE, 8)
    for room, words, place in ((left, text, cluster), (right, "something else", 1)):
        room.write(P1, PageId("here/board/fours1"), cluster1=words)
        room.submit(P1, PlaceCard(ONE, "p3", place))
    assert same_for(left, right, *others(left, audiences.group(ONE)))
