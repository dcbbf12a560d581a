"""Who counts the lines of a field and who cuts one out of it count alike, or a line would vanish from every screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.excerpt import cut, excerpt, lines
from server.core.lines import written
from server.core.messages import FrozenId, Refused


@given(st.lists(st.sampled_from(["", " ", "peer visits", "a quiet room", "\t"]), max_size=8))
def test_every_place_that_is_counted_can_be_cut_out(rows: list[str]) -> None:
    field = "\n".join(rows)
    places = written(field, most=8)
    found = [cut(excerpt(FrozenId("f"), "offers", place), {"offers": field}) for place in places]
    assert [one["offers"] for one in found] == lines(field)


def test_one_line_too_many_and_a_line_too_long_are_refused() -> None:
    with pytest.raises(Refused, match="too_many_lines"):
        written("a\n\nb\nc", most=2)
    with pytest.raises(Refused, match="text_too_long"):
        written("x" * 161, most=2)
