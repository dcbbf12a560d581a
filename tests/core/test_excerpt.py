"""An excerpt shows its part of a text and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from server.core.excerpt import cut, excerpt, source
from server.core.messages import FrozenId

CARD = {"headline": "A winter", "strengths": "listens\n\n persists ", "wish": "a neighbour"}
FROZEN = FrozenId("z4x")


def test_without_a_part_the_whole_text_travels() -> None:
    assert cut(FROZEN, CARD) == CARD


def test_a_field_travels_alone() -> None:
    assert cut(excerpt(FROZEN, "headline"), CARD) == {"headline": "A winter"}


def test_a_line_travels_alone_and_empty_lines_are_not_counted() -> None:
    assert cut(excerpt(FROZEN, "strengths", 1), CARD) == {"strengths": "persists"}


def test_what_is_not_there_says_nothing() -> None:
    assert cut(excerpt(FROZEN, "strengths", 2), CARD) == {}
    assert cut(excerpt(FROZEN, "quote"), CARD) == {"quote": ""}


@given(part=st.text(max_size=20))
def test_no_name_of_a_part_reveals_a_field_that_it_does_not_name(part: str) -> None:
    field = part.partition("#")[0]
    assert cut(FrozenId(f"{FROZEN}#{part}"), CARD).keys() <= (CARD.keys() if not part else {field})
    assert source(FrozenId(f"{FROZEN}#{part}")) == FROZEN
