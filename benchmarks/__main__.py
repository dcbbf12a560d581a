"""Runs the workloads for every system in turn, prints one table each and writes JSON."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from benchmarks.systems import System, running
from benchmarks.table import Rounds, medians, render
from benchmarks.workloads import WORKLOADS, Figures, Workload, play


def chosen(only: str) -> list[Workload]:
    """The workloads whose names start with one of the comma-separated words; all for an empty string."""
    words = tuple(word for word in only.split(",") if word)
    return [workload for workload in WORKLOADS if not words or workload.name.startswith(words)]


def one_round(workload: Workload, system: System) -> Figures | None:
    """A fresh server and one run; None, with the reason on stderr, when either failed."""
    try:
        with running(system) as server:
            return play(workload, system, server)
    except (RuntimeError, subprocess.SubprocessError) as reason:
        print(f"{workload.name}, {system.name}: {reason}", file=sys.stderr)
        return None


def measure(workload: Workload, rounds: int, wanted: str) -> Rounds:
    """The systems take turns, so that a noisy minute meets all of them."""
    systems = [system for system in workload.systems if not wanted or wanted.lower() in system.name.lower()]
    results: Rounds = {system.name: [] for system in systems}
    for number in range(rounds):
        for system in systems:
            print(f"{workload.name}, round {number + 1}: {system.name}", file=sys.stderr)
            figures = one_round(workload, system)
            if figures is not None:
                results[system.name].append(figures)
    return results


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", default="", help="workloads by name or its beginning, for example A,phase")
    parser.add_argument("--system", default="", help="only systems whose name contains this")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, default=Path("benchmarks.json"))
    given = parser.parse_args()
    written = {}
    for workload in chosen(given.only):
        results = measure(workload, given.rounds, given.system)
        written[workload.name] = {
            system: {"median": medians(rounds), "rounds": rounds} for system, rounds in results.items()
        }
        print(render(workload, results), flush=True)
        given.json.write_text(json.dumps(written, indent=1) + "\n")


if __name__ == "__main__":
    main()
