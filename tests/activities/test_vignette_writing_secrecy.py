"""Two workshops that differ only in what somebody must not see are the same to them, byte for byte."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.activities.vignette_writing import ACTIVITY
from server.activities.vignette_writing.config import CHECKS
from server.activities.vignette_writing.example import EXAMPLE, VIGNETTE
from server.activities.vignette_writing.messages import (
    ChooseSituation,
    Chosen,
    CoWriterInvited,
    ReaderGiven,
    ReadingRated,
    SituationChosen,
    VignetteReady,
    VignetteShared,
)
from server.core import view as audiences
from server.core.messages import Event, FrozenId, PageId, PageText, PersonId
from server.core.products import ShareLevel
from server.core.view import Audience
from tests.support.stage import Stage

PEOPLE = tuple(PersonId(f"p{number}") for number in range(1, 9))
P1, P2, P3, P4, P5, P6, P7, P8 = PEOPLE
ELSEWHERE = PEOPLE[2:]
"""P1 and P2 are a pair and swap, which is no secret between them."""
TOPICS = [choice.id for choice in EXAMPLE.vocabularies["topics"]]

words = st.text(st.characters(categories=["L", "Zs"]), max_size=30).map(lambda text: f"x{text}")
texts = st.fixed_dictionaries(dict.fromkeys(VIGNETTE, words))
choices = st.builds(
    Chosen,
    topics=st.lists(st.sampled_from(TOPICS), max_size=3, unique=True).map(tuple),
    whose_issue=st.sampled_from(["", "leader", "both"]),
    schooling=st.sampled_from(["", "primary"]),
    language=st.sampled_from(["", "en", "sl"]),
    own_recognise=st.integers(0, 4),
    own_challenge=st.integers(0, 4),
)


def room_after(log: Sequence[Event], copies: dict[str, dict[str, str]]) -> Stage:
    room = Stage(ACTIVITY, EXAMPLE, people=8)
    for name, fields in copies.items():
        room.frozen[FrozenId(name)] = PageText(PageId("here/vignette/x"), FrozenId(name), "", fields)
    for event in log:
        room.state = ACTIVITY.evolve(room.state, event)  # type: ignore[arg-type]
    return room


def same_for(left: Stage, right: Stage, *who: Audience) -> bool:
    return all(left.seen(audience) == right.seen(audience) for audience in who)


def all_but(room: Stage, *who: PersonId) -> list[Audience]:
    return [audience for audience in room.audiences() if audience.id not in who]


def nameless(author: PersonId, copy: str, chosen: Chosen) -> list[Event]:
    shared = VignetteShared(author, FrozenId(copy), "", "room_anonymous")
    return [VignetteReady(author, (), FrozenId(f"r{copy}")), SituationChosen(author, chosen), shared]


@settings(max_examples=40, deadline=None)
@given(authors=st.permutations(PEOPLE), one=texts, other=texts, tags=st.tuples(choices, choices))
def test_whose_a_nameless_vignette_is_nobody_can_tell(
    authors: list[PersonId], one: dict[str, str], other: dict[str, str], tags: tuple[Chosen, Chosen]
) -> None:
    """Two authors share without their names; which wrote which, and who was first, is nothing to anybody else."""
    a, b, *_ = authors
    copies = {"z1": one, "z2": other}
    left = room_after([*nameless(a, "z1", tags[0]), *nameless(b, "z2", tags[1])], copies)
    right = room_after([*nameless(a, "z2", tags[1]), *nameless(b, "z1", tags[0])], copies)
    assert len(left.shows(audiences.ROOM)["wall"]) == 2
    assert same_for(left, right, *all_but(left, a, b))


@settings(max_examples=40, deadline=None)
@given(authors=st.permutations(ELSEWHERE), text=texts)
def test_a_reader_cannot_tell_whose_vignette_it_is_unless_they_swap(
    authors: list[PersonId], text: dict[str, str]
) -> None:
    a, b, *_ = authors
    seen = []
    for author in (a, b):
        log = [VignetteReady(author, (), FrozenId("z1")), ReaderGiven(P1, author, 7)]
        seen.append(room_after(log, {"z1": text}).seen(audiences.person(P1)))
    assert b"z1" in seen[0]
    assert seen[0] == seen[1]


@settings(max_examples=40, deadline=None)
@given(readers=st.permutations(ELSEWHERE), comment=words, answer=st.tuples(st.integers(0, 4), st.integers(0, 4)))
def test_an_author_cannot_tell_who_read_elsewhere(
    readers: list[PersonId], comment: str, answer: tuple[int, int]
) -> None:
    """Two readers: swapped, and the other one first, they are the same to the author and everybody else."""
    a, b, *_ = readers
    rooms = []
    for readings in (((a, 7, answer), (b, 8, (1, 1))), ((a, 8, (1, 1)), (b, 7, answer))):
        log: list[Event] = [VignetteReady(P1, (), FrozenId("z1"))]
        for reader, slot, scale in readings:
            log.append(ReaderGiven(reader, P1, slot))
            log.append(ReadingRated(reader, P1, slot, 1, *scale, True, "no", FrozenId(f"z{slot}")))
        copies = {"z1": VIGNETTE, "z7": {"comment": comment}, "z8": {"comment": "y"}}
        rooms.append(room_after(log, copies))
    left, right = rooms
    assert comment.strip().encode() in left.seen(audiences.person(P1))
    assert same_for(left, right, *all_but(left, a, b))


@pytest.mark.parametrize("reads", [True, False], ids=["who wrote it", "who read it"])
def test_at_a_table_of_three_it_is_not_said_which_of_the_two(reads: bool) -> None:
    seen = []
    for other in (P2, P3):
        author, reader = (other, P1) if reads else (P1, other)
        room = Stage(ACTIVITY, EXAMPLE, people=8)
        room.regroup("readers", (P1, P2, P3))
        room.frozen[FrozenId("z1")] = PageText(PageId("here/vignette/x"), FrozenId("z1"), "", VIGNETTE)
        for event in (VignetteReady(author, (), FrozenId("z1")), ReaderGiven(reader, author, 7)):
            room.state = ACTIVITY.evolve(room.state, event)  # type: ignore[arg-type]
        seen.append(room.seen(audiences.person(P1)))
    assert seen[0] == seen[1]


@settings(max_examples=40, deadline=None)
@given(
    one=texts,
    other=texts,
    tags=st.tuples(choices, choices),
    level=st.sampled_from(["private", "pair", "group"]),
)
def test_what_is_not_for_the_room_is_nothing_to_strangers_the_screen_and_the_room(
    one: dict[str, str], other: dict[str, str], tags: tuple[Chosen, Chosen], level: ShareLevel
) -> None:
    rooms: list[Stage] = []
    for text, chosen in zip((one, other), tags, strict=True):
        audience = {"pair": (P1, P2), "group": (P1, P2, P3, P4)}.get(level, ())
        shared = VignetteShared(P1, FrozenId(f"z{len(rooms)}"), "", level, audience)
        rooms.append(room_after([SituationChosen(P1, chosen), shared], {f"z{len(rooms)}": text}))
    left, right = rooms
    strangers = {audience for who in PEOPLE[4:] for audience in left.audiences_of(who)}
    assert same_for(left, right, audiences.SCREEN, audiences.ROOM, *strangers)
    meant = any(b"z0" in left.seen(audience) for audience in left.audiences_of(P2))
    assert meant == (level != "private")


@settings(max_examples=40, deadline=None)
@given(tags=st.tuples(choices, choices), checks=st.tuples(st.integers(0, 6), st.integers(0, 6)), stake=words)
def test_what_an_author_chooses_and_rates_before_sharing_is_seen_by_nobody_else(
    tags: tuple[Chosen, Chosen], checks: tuple[int, int], stake: str
) -> None:
    """Moderators see how many checks are ticked, and no more."""
    rooms = []
    for chosen, count in zip(tags, checks, strict=True):
        room = Stage(ACTIVITY, EXAMPLE, people=8)
        room.submit(P1, ChooseSituation(chosen))
        room.write(P1, PageId("here/stake/p1"), my_stake=stake * (count + 1))
        rooms.append(room)
    left, right = rooms
    assert same_for(left, right, *all_but(left, P1))
    assert len(CHECKS) == 6


def test_who_writes_along_is_seen_by_the_two_alone() -> None:
    left, right = (room_after([CoWriterInvited(P1, guest)], {}) for guest in (P2, P3))
    assert same_for(left, right, *all_but(left, P1, P2, P3))
    state: Any = left.state
    assert state.desk(P1).co_writers == (P2,)
