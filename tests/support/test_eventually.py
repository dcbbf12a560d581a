"""`eventually` waits for the truth and never takes silence for it."""

import pytest

from tests.support.eventually import eventually, eventually_sync


async def test_the_first_value_that_holds_is_handed_back() -> None:
    values = iter([None, False, 0, "seven"])
    assert await eventually(lambda: next(values)) == "seven"


async def test_a_check_may_await() -> None:
    async def check() -> int:
        return 7

    assert await eventually(check) == 7


async def test_a_failing_assertion_is_tried_again() -> None:
    values = iter([1, 2, 3])

    def check() -> bool:
        assert next(values) == 3
        return True

    assert await eventually(check)


async def test_a_check_that_never_holds_fails_with_its_last_reason() -> None:
    with pytest.raises(AssertionError, match=r"still None after 0\.03 s"):
        await eventually(lambda: None, within_s=0.03)
    with pytest.raises(AssertionError, match=r"still 0 after 0\.03 s"):
        eventually_sync(lambda: 0, within_s=0.03)


async def test_a_defect_in_the_check_is_not_waited_for() -> None:
    with pytest.raises(ZeroDivisionError):
        await eventually(lambda: 1 / 0)


def test_the_twin_without_an_event_loop_waits_as_well() -> None:
    values = iter([None, "seven"])
    assert eventually_sync(lambda: next(values)) == "seven"
