"""Whether a profile may not fit its goal, as codes of questions: a hint asks, it never judges."""

from collections.abc import Mapping, Sequence

from server.activities.network_dimensions.messages import Goal

LASTING, CLOSE, WIDE_REACH = ("temporary", 1), ("ties", -1), ("reach", 1)
SWAPPING, LOOSE, SHORT = ("sharing", -1), ("ties", 1), ("temporary", -1)
ONE_LEADS, OWN_WAYS, BESIDE_WORK = ("hierarchy", -1), ("norms", 1), ("integrated", 1)

Values = Mapping[str, int]
"""Where somebody wants it, by indicator."""


def hints(seen: Sequence[Values], joint: Values, goal: Goal | None, *, delicate: bool, busy: bool) -> tuple[str, ...]:
    """The codes that hold, in the order of the framework. What is agreed jointly stands in place of the wishes."""
    if not seen:
        return ()

    def all_want(*sides: tuple[str, int]) -> bool:
        return all(_wants(values, joint, side) for side in sides for values in seen)

    def some_want(side: tuple[str, int]) -> bool:
        return any(_wants(values, joint, side) for values in seen)

    found = {
        "machinery": goal == "exchange" and all_want(LASTING, CLOSE, WIDE_REACH),
        "where_new": goal == "new" and all_want(SWAPPING, LOOSE, SHORT),
        "who_decides": some_want(ONE_LEADS) and not all_want(ONE_LEADS),
        "rules_now": delicate and some_want(OWN_WAYS),
        "what_stops": busy and all_want(BESIDE_WORK),
    }
    return tuple(code for code, holds in found.items() if holds)


def _wants(values: Values, joint: Values, side: tuple[str, int]) -> bool:
    """On this side of the middle, not in it."""
    indicator, sign = side
    return joint.get(indicator, values.get(indicator, 0)) * sign > 0
