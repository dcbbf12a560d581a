"""The workloads of the performance document, and who takes part in each."""

import json
import subprocess
from dataclasses import dataclass

from benchmarks.systems import (
    HOCUSPOCUS,
    LOAD,
    LOAD_CORE,
    NODE_SOCKETIO,
    OURS,
    OUTBOX,
    PYCRDT_WEBSOCKET,
    PYTHON_SOCKETIO,
    RELAY,
    ROOT,
    Y_WEBSOCKET,
    Running,
    System,
)

LOAD_WITHIN_S = 90.0

Figures = dict[str, float | None]


@dataclass(frozen=True)
class Workload:
    """What the load generator is told, who is measured (the first is the yardstick), and which figures are shown."""

    name: str
    title: str
    script: str
    arguments: tuple[tuple[str, str], ...]
    systems: tuple[System, ...]
    figures: tuple[str, ...]


COEDIT_FIGURES = (
    *("p50_ms", "p95_ms", "p99_ms", "cpu_us", "redis_us"),
    *("lost_percent", "replicas_that_differ", "server_mb"),
)
PHASE_FIGURES = ("first_ms", "half_ms", "last_ms", "all_views_ms", "cpu_us", "lost", "join_ms", "kb_each")


def coedit(
    name: str, documents: int, editors: int, words_per_second: int, *, systems: tuple[System, ...], seconds: int = 8
) -> Workload:
    """`editors` in each of `documents`, everyone typing at `words_per_second`."""
    return Workload(
        name,
        f"{documents} documents x {editors} editors, {words_per_second} words/s each",
        "coedit.mjs",
        (
            ("documents", str(documents)),
            ("editors", str(editors)),
            ("rate", str(words_per_second)),
            ("seconds", str(seconds)),
        ),
        systems,
        COEDIT_FIGURES,
    )


def phase(participants: int) -> Workload:
    """One moderator moves the phase, `participants` get a frame of 400 bytes."""
    return Workload(
        f"phase{participants}",
        f"a phase change reaches {participants} sockets",
        "phase.mjs",
        (("count", str(participants)),),
        (OURS, NODE_SOCKETIO, PYTHON_SOCKETIO, OUTBOX),
        PHASE_FIGURES,
    )


EVERYBODY = (OURS, Y_WEBSOCKET, HOCUSPOCUS, PYCRDT_WEBSOCKET, RELAY)

WORKLOADS = (
    coedit("A", 40, 5, 4, systems=EVERYBODY),
    coedit("B", 1, 60, 2, systems=EVERYBODY),
    coedit("C", 1, 100, 2, systems=EVERYBODY),
    phase(300),
    phase(1000),
)


def play(workload: Workload, system: System, server: Running) -> Figures:
    """One run of the load generator against a started server."""
    pids = ",".join(map(str, server.pids))
    told = {**dict(workload.arguments), "system": system.connector, "port": str(server.port), "pid": pids}
    argv = ["taskset", "-c", LOAD_CORE, "node", str(LOAD / workload.script)]
    done = subprocess.run(
        [*argv, *(f"--{key}={value}" for key, value in told.items())],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        timeout=LOAD_WITHIN_S,
        check=True,
    )
    figures: Figures = json.loads(done.stdout)
    return figures
