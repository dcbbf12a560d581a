"""Sums up the rounds of a workload by medians and prints them beside the yardstick."""

import statistics
from collections.abc import Sequence

from benchmarks.workloads import Figures, Workload

Rounds = dict[str, list[Figures]]

NOISY_SHARE = 0.3
LOWER_IS_BETTER = ("_ms", "_us", "kb_each", "server_mb")


def medians(rounds: Sequence[Figures]) -> Figures:
    """The median of each figure over the rounds that have it."""
    names = {name for each in rounds for name in each}
    return {name: median_of([each.get(name) for each in rounds]) for name in sorted(names)}


def median_of(values: Sequence[float | None]) -> float | None:
    """None when no round has the figure."""
    present = [float(value) for value in values if value is not None]
    return statistics.median(present) if present else None


def render(workload: Workload, rounds: Rounds) -> str:
    """One table in Markdown: each figure, and in brackets its ratio to the first system's of the same run."""
    lines = [f"\n{workload.name}. {workload.title} (median of {max(map(len, rounds.values()), default=0)})\n"]
    lines.append("| system | " + " | ".join(workload.figures) + " | load | notes |")
    lines.append("| --- |" + " ---: |" * (len(workload.figures) + 1) + " --- |")
    yardstick: Figures | None = None
    for system, each in rounds.items():
        figures = medians(each)
        yardstick = yardstick or figures
        cells = [cell(name, figures.get(name), yardstick.get(name)) for name in workload.figures]
        lines.append(f"| {system} | " + " | ".join(cells) + f" | {load_of(figures)} | {notes_on(figures)} |")
    return "\n".join(lines)


def cell(name: str, value: float | None, yardstick: float | None) -> str:
    """`4.5 (0.7x)`; no ratio where there is nothing to compare."""
    if value is None:
        return "-"
    shown = (
        f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2g}" if value < 1 else f"{value:.1f}"
    )
    if not yardstick or not name.endswith(LOWER_IS_BETTER):
        return shown
    return f"{shown} ({value / yardstick:.2f}x)"


def load_of(figures: Figures) -> str:
    """What the load generator itself cost: a share of its core, or microseconds for each delivery."""
    share, each_us = figures.get("load_share"), figures.get("load_cpu_us")
    if share is not None:
        return f"{share:.0%}"
    return "-" if each_us is None else f"{each_us:.1f} us"


def notes_on(figures: Figures) -> str:
    """What makes a row doubtful."""
    notes = []
    if figures.get("load_is_bottleneck"):
        notes.append("the load generator was the bottleneck")
    if (figures.get("others_share") or 0) > NOISY_SHARE:
        notes.append(f"other processes took {figures['others_share']:.0%} of a core")
    return "; ".join(notes)
