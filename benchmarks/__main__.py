"""Runs the workloads for every system in turn, prints their tables and whether each goal is met, and writes JSON."""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.document import write_document
from benchmarks.layers import PROFILED, profile
from benchmarks.systems import System, running
from benchmarks.table import Rounds, is_disturbed, judged, medians, quietest, render, verdicts
from benchmarks.workloads import WORKLOADS, Figures, Workload, play


def chosen(only: str) -> list[Workload]:
    """The workloads whose names start with one of the comma-separated words; all for an empty string."""
    words = tuple(word for word in only.split(",") if word)
    return [workload for workload in WORKLOADS if not words or workload.name.startswith(words)]


def one_round(workload: Workload, system: System) -> Figures | None:
    """A fresh server and one run; None, with the reason on stderr, when either failed."""
    try:
        if workload.work is not None:
            return workload.work()
        with running(system, workload.nodes) as server:
            return play(workload, system, server)
    except (RuntimeError, subprocess.SubprocessError, OSError) as reason:
        print(f"{workload.name}, {system.name}: {reason}", file=sys.stderr)
        return None


def measure(workload: Workload, rounds: int, wanted: str, *, everybody: bool) -> Rounds:
    """The systems take turns, so that a noisy minute meets all of them.

    A round in which the host served other machines is played again, twice the rounds at most; the quietest count.
    """
    taking_part = (*workload.systems, *workload.others) if everybody or wanted else workload.systems
    systems = [system for system in taking_part if not wanted or wanted.lower() in system.name.lower()]
    results: Rounds = {system.name: [] for system in systems}
    for number in range(2 * rounds):
        for system in systems:
            if sum(not is_disturbed(figures) for figures in results[system.name]) >= rounds:
                continue
            print(f"{workload.name}, round {number + 1}: {system.name}", file=sys.stderr)
            figures = one_round(workload, system)
            if figures is not None:
                results[system.name].append(figures)
    return {system: quietest(found, rounds) for system, found in results.items()}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", default="", help="workloads by name or its beginning, for example A,phase")
    parser.add_argument("--system", default="", help="only systems whose name contains this")
    parser.add_argument("--all", action="store_true", help="also the peers that decide no goal")
    parser.add_argument("--profiles", action="store_true", help="also where our server's time goes, by py-spy")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, default=Path("benchmarks.json"))
    parser.add_argument("--write-docs", action="store_true", help="write tables and plots into docs/performance.md")
    given = parser.parse_args()
    began = time.monotonic()
    written, tables, found = {}, [], []
    for workload in chosen(given.only):
        results = measure(workload, given.rounds, given.system, everybody=given.all)
        written[workload.name] = {
            system: {"median": medians(rounds), "rounds": rounds} for system, rounds in results.items()
        }
        tables.append(render(workload, results))
        found += judged(workload, results)
        print(tables[-1], flush=True)
        if given.profiles and workload.name in PROFILED and (seen := profile(workload)):
            tables.append(seen)
            print(seen, flush=True)
        given.json.write_text(json.dumps(written, indent=1) + "\n")
    print(verdicts(found))
    print(f"\n{time.monotonic() - began:.0f} s", file=sys.stderr)
    if given.write_docs:
        write_document(verdicts(found), tables, written)


if __name__ == "__main__":
    main()
