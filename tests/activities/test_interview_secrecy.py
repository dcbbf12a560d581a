"""Two interviews that differ only in what somebody must not see are the same to them, byte for byte."""

from hypothesis import given, settings
from hypothesis import strategies as st

from server.activities.interview import ACTIVITY
from server.activities.interview.example import CARD, EXAMPLE
from server.activities.interview.messages import ApproveCard, KeepNotes, Level, PickForWall
from server.core import view as audiences
from server.core.excerpt import excerpt
from server.core.messages import GroupId, PageId, PersonId
from server.core.view import Audience
from tests.support.stage import Stage

P1, P2, P3, P5 = (PersonId(f"p{number}") for number in (1, 2, 3, 5))
PAGE = PageId("here/card/p1")

words = st.text(st.characters(categories=["L", "Zs"]), max_size=30).map(lambda text: f"x{text}")
cards = st.fixed_dictionaries(dict.fromkeys(CARD, words))
labels = st.sampled_from(["", "listens", "persists"])


def interview(card: dict[str, str], tag: str, level: Level, *, quote: bool, keeps: bool) -> Stage:
    """Foursomes p1 p2 p3 p4 and p5 p6 p7 p8; p1 has approved a card, and may have kept the notes."""
    room = Stage(ACTIVITY, EXAMPLE, people=8)
    room.go_to("picking")
    room.pages[PAGE] = card
    room.submit(P1, ApproveCard(PAGE, tags=(tag,), strengths=level, conditions="group", quote=quote))
    if keeps:
        room.submit(P1, KeepNotes())
    return room


def _with_one_line_picked(card: dict[str, str], shared: str, *, keeps: bool) -> Stage:
    strengths = f"{shared}\n{card['strengths']}"
    room = interview({**card, "strengths": strengths}, "", "room", quote=False, keeps=keeps)
    room.submit(P2, PickForWall(GroupId("fours1"), (excerpt(next(iter(room.frozen)), "strengths", 0),)))
    return room


def same_for(left: Stage, right: Stage, *who: Audience) -> bool:
    return all(left.seen(audience) == right.seen(audience) for audience in who)


@settings(max_examples=40, deadline=None)
@given(one=cards, other=cards, tags=st.tuples(labels, labels), keeps=st.booleans())
def test_a_card_for_the_foursome_is_nothing_to_strangers_the_screen_and_the_moderators(
    one: dict[str, str], other: dict[str, str], tags: tuple[str, str], keeps: bool
) -> None:
    left = interview(one, tags[0], "group", quote=False, keeps=False)
    right = interview(other, tags[1], "group", quote=False, keeps=keeps)
    assert same_for(left, right, audiences.SCREEN, audiences.MODERATORS, *left.audiences_of(P5))


@settings(max_examples=40, deadline=None)
@given(one=cards, other=cards, shared=words, keeps=st.booleans())
def test_one_line_on_the_wall_says_nothing_of_the_rest_of_its_card(
    one: dict[str, str], other: dict[str, str], shared: str, keeps: bool
) -> None:
    left, right = (_with_one_line_picked(card, shared, keeps=keeps) for card in (one, other))
    assert shared.strip().encode() in left.seen(audiences.ROOM)
    assert same_for(left, right, audiences.SCREEN, audiences.MODERATORS, *left.audiences_of(P5))


@settings(max_examples=40, deadline=None)
@given(card=cards, wishes=st.tuples(words, words), quotes=st.tuples(words, words))
def test_the_wish_and_a_quote_that_may_not_be_shown_stay_in_the_pair(
    card: dict[str, str], wishes: tuple[str, str], quotes: tuple[str, str]
) -> None:
    left, right = (
        interview({**card, "wish": wish, "quote": quote}, "", "room", quote=False, keeps=False)
        for wish, quote in zip(wishes, quotes, strict=True)
    )
    assert same_for(left, right, audiences.SCREEN, audiences.MODERATORS, *left.audiences_of(P3))


def test_whether_i_keep_the_notes_is_seen_by_nobody_but_me() -> None:
    left, right = (interview(dict(CARD), "", "room", quote=True, keeps=keeps) for keeps in (False, True))
    others = [audience for audience in left.audiences() if audience != audiences.person(P1)]
    assert same_for(left, right, *others)
    assert not same_for(left, right, audiences.person(P1))
