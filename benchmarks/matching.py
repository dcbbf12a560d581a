"""How long pairing a whole room takes: an odd number, exclusions, everything from the input to the explanation."""

import random
import resource
import statistics
import time
from typing import Literal

import msgspec

from server.core.matching import Matching, match
from server.core.messages import SchoolId
from server.core.wishes import MatchInput, MatchUnit, UnitId, Wish

GOALS_MS = {60: 20, 300: 100, 1_000: 1_000}
REPEATS = 5
Kind = Literal["dense", "few"]
"""`dense`: everybody rates everybody. `few`: eight wishes each, all others unrated and so equal."""


class Row(msgspec.Struct, frozen=True):
    units: int
    kind: Kind
    median_ms: float
    worst_ms: float
    goal_ms: int
    partnerships: int
    weight: int
    blocking_pairs: int
    shortfall: int


def room(size: int, kind: Kind, seed: int) -> MatchInput:
    """A room of `size` units, four fifths as many schools, one veto each, two languages with many who speak both."""
    dice = random.Random(seed)
    ids = [UnitId(f"u{n}") for n in range(size)]

    def rated(own: UnitId) -> dict[UnitId, Wish]:
        others = ids if kind == "dense" else dice.sample(ids, min(8, size))
        return {other: dice.choice((0, 1, 2, 3)) for other in others if other != own}

    def unit(n: int) -> MatchUnit:
        return MatchUnit(
            id=ids[n],
            school=SchoolId(f"s{n % max(1, size * 4 // 5)}"),
            owner=f"o{n % 40}",
            languages=frozenset(dice.choice((("en",), ("sl",), ("en", "sl"), ("en", "sl")))),
            wants=rated(ids[n]),
            closeness=rated(ids[n]),
            not_with=frozenset({dice.choice(ids)} - {ids[n]}),
            topics=frozenset(dice.sample(("inclusion", "transition", "curriculum", "parents", "digital"), 2)),
            offers=frozenset(f"t{dice.randrange(30)}" for _ in range(3)),
            needs=frozenset(f"t{dice.randrange(30)}" for _ in range(3)),
        )

    return MatchInput(units=tuple(unit(n) for n in range(size)), seed=seed)


def measure(size: int, kind: Kind) -> Row:
    took: list[float] = []
    result: Matching | None = None
    for seed in range(REPEATS):
        given = room(size, kind, seed)
        began = time.process_time()
        result = match(given)
        took.append((time.process_time() - began) * 1_000)
    assert result is not None
    goal = next(goal for most, goal in GOALS_MS.items() if size <= most + 1)
    quality = result.quality
    return Row(
        size, kind, statistics.median(took), max(took), goal,
        len(result.partnerships), quality.weight, quality.blocking_pairs, quality.shortfall,
    )  # fmt: skip


def main() -> None:
    print("| units | wishes | median ms | worst ms | goal ms | partnerships | weight | blocking | shortfall |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    kinds: tuple[Kind, ...] = ("dense", "few")
    for size in (60, 61, 300, 301, 1_000, 1_001):
        for kind in kinds:
            row = measure(size, kind)
            print(
                f"| {row.units} | {row.kind} | {row.median_ms:.1f} | {row.worst_ms:.1f} | {row.goal_ms} "
                f"| {row.partnerships} | {row.weight} | {row.blocking_pairs} | {row.shortfall} |"
            )
    print(f"\nLargest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB. CPU time, all threads.")


if __name__ == "__main__":
    main()
