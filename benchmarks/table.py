"""Sums up the rounds of a workload by medians and prints them beside the yardstick."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.workloads import Figures, Goal, Workload

Rounds = dict[str, list[Figures]]

NOISY_SHARE = 0.3
STOLEN_SHARE = 0.02
"""So much of a core is twenty milliseconds of every second, in which no server can answer."""
LOWER_IS_BETTER = ("_ms", "_us", "kb_each", "server_mb")


def medians(rounds: Sequence[Figures]) -> Figures:
    """The median of each figure over the rounds that have it."""
    names = {name for each in rounds for name in each}
    return {name: median_of([each.get(name) for each in rounds]) for name in sorted(names)}


def median_of(values: Sequence[float | None]) -> float | None:
    """None when no round has the figure."""
    present = [float(value) for value in values if value is not None]
    return statistics.median(present) if present else None


def is_disturbed(figures: Figures) -> bool:
    """Whether the host served other machines meanwhile: that says nothing about the system that was measured."""
    return (figures.get("stolen_share") or 0) > STOLEN_SHARE


def quietest(rounds: Sequence[Figures], count: int) -> list[Figures]:
    """Those from which the host took least, whatever else they found."""
    return sorted(rounds, key=lambda figures: figures.get("stolen_share") or 0)[:count]


def render(workload: Workload, rounds: Rounds) -> str:
    """One table in Markdown: each figure, and in brackets its ratio to the first system's of the same run."""
    lines = [f"\n{workload.name}. {workload.title} (median of {max(map(len, rounds.values()), default=0)})\n"]
    lines.append("| system | " + " | ".join(workload.figures) + " | load | notes |")
    lines.append("| --- |" + " ---: |" * (len(workload.figures) + 1) + " --- |")
    yardstick: Figures = {}
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
    if not yardstick or not name.endswith(LOWER_IS_BETTER):
        return shown(value)
    return f"{shown(value)} ({value / yardstick:.2f}x)"


def load_of(figures: Figures) -> str:
    """What the load generator itself cost: a share of its core and its longest pause, or microseconds a delivery."""
    share, each_us, pause_ms = (figures.get(name) for name in ("load_share", "load_cpu_us", "load_pause_ms"))
    if share is not None:
        return f"{share:.0%}" if pause_ms is None else f"{share:.0%}, {pause_ms:.0f} ms"
    return "-" if each_us is None else f"{each_us:.1f} us"


def notes_on(figures: Figures) -> str:
    """What makes a row doubtful."""
    notes = []
    if figures.get("load_is_bottleneck"):
        notes.append("the load generator was the bottleneck")
    if (figures.get("others_share") or 0) > NOISY_SHARE:
        notes.append(f"other processes took {figures['others_share']:.0%} of a core")
    if is_disturbed(figures):
        notes.append(f"the host took {figures['stolen_share']:.0%} of a core away")
    return "; ".join(notes)


@dataclass(frozen=True)
class Verdict:
    """One goal of one workload, and what became of it."""

    workload: str
    goal: str
    ours: float | None
    bound: float | None

    @property
    def met(self) -> bool:
        return self.ours is not None and self.bound is not None and self.ours <= self.bound


def judged(workload: Workload, rounds: Rounds) -> list[Verdict]:
    """Every goal against the medians of this run; a peer that did not run leaves its goal undecided."""
    summed = {system: medians(each) for system, each in rounds.items()}
    ours = summed.get(workload.systems[0].name, {})
    return [
        Verdict(workload.name, worded(goal), ours.get(goal.figure), bound_of(goal, summed)) for goal in workload.goals
    ]


def worded(goal: Goal) -> str:
    if not goal.of:
        return f"{goal.figure} at most {goal.most:g}"
    whose = " or ".join(system.name for system in goal.of)
    return f"{goal.figure} at most {goal.most:g} x {whose}"


def bound_of(goal: Goal, summed: dict[str, Figures]) -> float | None:
    if not goal.of:
        return goal.most
    theirs = [summed.get(system.name, {}).get(goal.figure) for system in goal.of]
    present = [value for value in theirs if value is not None]
    return goal.most * min(present) if present else None


def verdicts(found: Sequence[Verdict]) -> str:
    """One line for each goal."""
    lines = ["| workload | goal | ours | bound | |", "| --- | --- | ---: | ---: | --- |"]
    for one in found:
        word = "met" if one.met else "not measured" if one.ours is None or one.bound is None else "**not met**"
        lines.append(f"| {one.workload} | {one.goal} | {shown(one.ours)} | {shown(one.bound)} | {word} |")
    return "\n".join(lines)


def shown(value: float | None) -> str:
    if value is None:
        return "-"
    if abs(value) >= 100 or value == int(value):
        return f"{value:.0f}"
    return f"{value:.2g}" if value < 1 else f"{value:.1f}"
