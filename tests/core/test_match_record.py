"""What decided a matching can be stored and matched again, and once it is gone it cannot be guessed."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from benchmarks.matching import room as large_room
from server.core.match_record import digest, packed, unpacked
from server.core.matching import match
from server.core.messages import SchoolId
from server.core.wishes import MatchInput, MatchUnit, UnitId, Wish
from tests.core.test_matching_places import ruled

LEVELS: tuple[Wish, ...] = (0, 1, 2, 3)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**24), people=st.integers(0, 9), absent=st.integers(0, 2))
def test_the_stored_input_is_the_input_and_gives_the_same_matching(seed: int, people: int, absent: int) -> None:
    given_room = ruled(seed, people)
    units = tuple(replace(one, presence="by_proxy") if n < absent else one for n, one in enumerate(given_room.units))
    given_room = replace(given_room, units=units)
    again = unpacked(packed(given_room))
    assert again == given_room
    assert match(again) == match(given_room)


def test_what_may_be_said_of_wishes_and_closeness_is_stored_too() -> None:
    a, b = UnitId("a"), UnitId("b")
    units = (
        MatchUnit(a, SchoolId("s"), gladly=frozenset({b}), close_to=frozenset(), wants={UnitId("elsewhere"): 3}),
        MatchUnit(b, SchoolId("t"), gladly=None, close_to=frozenset({a}), topics=frozenset({"inclusion"})),
    )
    assert unpacked(packed(MatchInput(units, 7))) == MatchInput(units, 7)


@pytest.mark.parametrize(("size", "most_bytes"), [(300, 80_000), (1_000, 800_000)])
def test_the_largest_rooms_fit_into_the_log(size: int, most_bytes: int) -> None:
    assert len(packed(large_room(size, "dense", 1))) < most_bytes


def test_without_the_salt_nobody_finds_the_wishes_of_a_small_room_by_trying_all_of_them() -> None:
    ids = [UnitId(name) for name in "abc"]

    def of(wishes: tuple[Wish, ...]) -> MatchInput:
        pairs = [(one, other) for one in ids for other in ids if one != other]
        said = dict(zip(pairs, wishes, strict=True))
        units = (
            MatchUnit(one, SchoolId(one), wants={other: said[one, other] for other in ids if other != one})
            for one in ids
        )
        return MatchInput(tuple(units), 5)

    secret: tuple[Wish, ...] = (3, 0, 1, 2, 3, 2)
    kept = digest("a salt that is gone", packed(of(secret)))
    assert digest("a salt that is gone", packed(of(secret))) == kept
    assert not [1 for tried in product(LEVELS, repeat=6) if digest("", packed(of(tried))) == kept]
