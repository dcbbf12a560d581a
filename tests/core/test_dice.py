from hypothesis import given
from hypothesis import strategies as st

from server.core.dice import Dice


def test_the_published_throws_of_splitmix64_come_out() -> None:
    dice = Dice(1234567)
    assert [dice.throw() for _ in range(3)] == [6457827717110365317, 3203168211198807973, 9817491932198370423]


@given(st.lists(st.integers()), st.integers())
def test_shuffling_loses_nobody_and_repeats_itself(items: list[int], seed: int) -> None:
    assert sorted(Dice(seed).shuffled(items)) == sorted(items)
    assert Dice(seed).shuffled(items) == Dice(seed).shuffled(items)


@given(st.integers(1, 1000), st.integers())
def test_a_throw_stays_below_its_bound(n: int, seed: int) -> None:
    dice = Dice(seed)
    assert all(0 <= dice.below(n) < n for _ in range(20))


def test_every_order_of_three_is_about_as_likely() -> None:
    dice = Dice(1)
    counts: dict[tuple[int, ...], int] = {}
    for _ in range(6000):
        order = tuple(dice.shuffled([1, 2, 3]))
        counts[order] = counts.get(order, 0) + 1
    assert len(counts) == 6
    assert all(850 < count < 1150 for count in counts.values())
