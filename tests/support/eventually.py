"""Waits until a check holds, and fails with the last reason when it does not hold in time."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast, overload

T = TypeVar("T")

RETRY_S = 0.01
PATIENT_S = 15.0
"""Where no promise about time is tested: a machine that is busy with other tests must not fail one."""


@overload
async def eventually(check: Callable[[], Awaitable[T]], within_s: float = PATIENT_S) -> T: ...
@overload
async def eventually(check: Callable[[], T], within_s: float = PATIENT_S) -> T: ...
async def eventually(check: Callable[[], T | Awaitable[T]], within_s: float = PATIENT_S) -> T:
    """The first truthy value of `check`, sync or async; asked again while falsy or failing an assert."""
    deadline = time.monotonic() + within_s
    while True:
        outcome = await _ask(check)
        if _holds(outcome):
            return cast(T, outcome)
        if time.monotonic() > deadline:
            raise _failure(outcome, within_s)
        await asyncio.sleep(RETRY_S)


def eventually_sync(check: Callable[[], T], within_s: float = PATIENT_S) -> T:
    """The same for tests that own no event loop."""
    deadline = time.monotonic() + within_s
    while True:
        outcome: T | AssertionError
        try:
            outcome = check()
        except AssertionError as reason:
            outcome = reason
        if _holds(outcome):
            return cast(T, outcome)
        if time.monotonic() > deadline:
            raise _failure(outcome, within_s)
        time.sleep(RETRY_S)


async def _ask(check: Callable[[], T | Awaitable[T]]) -> T | AssertionError:
    try:
        value = check()
        return await value if inspect.isawaitable(value) else value
    except AssertionError as reason:
        return reason


def _holds(outcome: object) -> bool:
    return bool(outcome) and not isinstance(outcome, AssertionError)


def _failure(outcome: object, within_s: float) -> AssertionError:
    failure = AssertionError(f"still {outcome!r} after {within_s} s")
    failure.__cause__ = outcome if isinstance(outcome, AssertionError) else None
    return failure
