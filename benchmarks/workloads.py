"""The workloads of the performance document, and who takes part in each."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import disk, forming, matching, opening, room
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
    SERVER_CORE,
    UNSYNCED,
    Y_WEBSOCKET,
    Running,
    System,
)

LOAD_WITHIN_S = 90.0
GENERATOR = ("taskset", "-c", LOAD_CORE, "node", "--initial-old-space-size=2048")
"""With room enough that its collector does not look through everything meanwhile: its pauses of tens of milliseconds
would be taken for those of the servers."""
AGAIN = ("taskset", "-c", SERVER_CORE, sys.executable, "-m", "benchmarks.peers.ours")
IN_MEMORY = System("Boundary Crossing", ())
"""Our own rules in this process: nothing is served."""

Figures = dict[str, float | None]


@dataclass(frozen=True)
class Goal:
    """Our `figure` is at most `most`, or at most `most` times the lowest of these systems in the same run."""

    figure: str
    most: float
    of: tuple[System, ...] = ()


@dataclass(frozen=True)
class Workload:
    """What the load generator is told, who is measured (the first is the yardstick), which figures are shown."""

    name: str
    title: str
    script: str
    arguments: tuple[tuple[str, str], ...]
    systems: tuple[System, ...]
    figures: tuple[str, ...]
    goals: tuple[Goal, ...] = ()
    others: tuple[System, ...] = ()
    """Measured only with --all: they take time and decide no goal."""
    work: Callable[[], Figures] | None = None
    """For work that needs no server: done in this process instead of a script."""
    nodes: int = 1


COEDIT_FIGURES = (
    *("p50_ms", "p95_ms", "p99_ms", "cpu_us", "redis_us"),
    *("lost_percent", "unsaved", "replicas_that_differ", "server_mb"),
)
PHASE_FIGURES = ("first_ms", "half_ms", "last_ms", "all_views_ms", "cpu_us", "lost", "join_ms", "leave_us", "kb_each")
WHOLE = (Goal("lost_percent", 0), Goal("unsaved", 0), Goal("replicas_that_differ", 0))
PEERS = (Y_WEBSOCKET, HOCUSPOCUS)
IN_PYTHON = (PYCRDT_WEBSOCKET, RELAY)


def coedit(
    name: str,
    documents: int,
    editors: int,
    words_per_second: int,
    goals: tuple[Goal, ...] = (),
    *,
    others: tuple[System, ...] = (),
    crowd: int = 0,
) -> Workload:
    """`editors` in each of `documents`, everyone typing at `words_per_second`; a `crowd` in one more is unmeasured."""
    beside = f", beside one of {crowd}" if crowd else ""
    return Workload(
        name,
        f"{documents} documents x {editors} editors, {words_per_second} words/s each{beside}",
        "coedit.mjs",
        (
            ("documents", str(documents)),
            ("editors", str(editors)),
            ("rate", str(words_per_second)),
            ("seconds", "6"),
            ("crowd", str(crowd)),
        ),
        (OURS, *PEERS, *others),
        COEDIT_FIGURES,
        (*goals, *WHOLE),
    )


def phase(participants: int, goals: tuple[Goal, ...]) -> Workload:
    """One moderator moves the phase, `participants` get a frame of 400 bytes."""
    return Workload(
        f"phase{participants}",
        f"{participants} people join, and a phase change reaches them",
        "phase.mjs",
        (("count", str(participants)),),
        (OURS, UNSYNCED, NODE_SOCKETIO, PYTHON_SOCKETIO),
        PHASE_FIGURES,
        (*goals, Goal("lost", 0)),
        others=(OUTBOX,),
    )


def growth(people: int) -> Workload:
    return Workload(
        f"growth{people}",
        f"what one more participant, vote and edit costs among {people}",
        "growth.mjs",
        (("people", str(people)),),
        (OURS,),
        ("kb_each", "vote_us", "edit_us", "server_mb"),
    )


def pairing(size: int) -> Workload:
    def work() -> Figures:
        row = matching.measure(size, "dense")
        return {"median_ms": row.median_ms, "worst_ms": row.worst_ms, "blocking_pairs": float(row.blocking_pairs)}

    return Workload(
        f"pairing{size}", f"pairing {size} people, dense wishes, exclusions", "", (), (IN_MEMORY,),
        ("median_ms", "worst_ms", "blocking_pairs"), (Goal("median_ms", matching.GOALS_MS[size // 10 * 10]),),
        work=work,
    )  # fmt: skip


WORKLOADS = (
    coedit(
        "A",
        40,
        5,
        4,
        (Goal("p50_ms", 1.5), Goal("p99_ms", 1, (Y_WEBSOCKET,)), Goal("cpu_us", 1, (HOCUSPOCUS,))),
        others=(UNSYNCED, *IN_PYTHON),
    ),
    coedit("B", 1, 60, 2, (Goal("p99_ms", 1, PEERS), Goal("cpu_us", 1, (Y_WEBSOCKET,))), others=(UNSYNCED, *IN_PYTHON)),
    coedit("C", 1, 100, 2, (Goal("p99_ms", 0.2, PEERS), Goal("cpu_us", 0.7, PEERS)), others=IN_PYTHON),
    coedit("quiet", 20, 5, 2),
    coedit("quiet-beside-60", 20, 5, 2, crowd=60),
    phase(300, ()),
    phase(
        1000,
        (
            Goal("first_ms", 3),
            Goal("last_ms", 1, (NODE_SOCKETIO,)),
            Goal("join_ms", 1.5, (NODE_SOCKETIO,)),
        ),
    ),
    Workload(
        "votes",
        "1,000 people vote within 10 s while 200 documents are typed in",
        "votes.mjs",
        (("people", "1000"), ("seconds", "10")),
        (OURS,),
        (*("vote_p50_ms", "vote_p99_ms", "save_p50_ms", "save_p99_ms"), *("unanswered", "server_share", "redis_share")),
        (Goal("vote_p99_ms", 150), Goal("unanswered", 0)),
    ),
    Workload(
        "restart",
        "killed with 300 people typing, and started again",
        "restart.mjs",
        (("people", "300"), ("again", json.dumps(AGAIN))),
        (OURS,),
        ("back_half_ms", "back_last_ms", "acknowledged", "lost_acknowledged", "lost_words", "texts_that_differ"),
        (Goal("back_last_ms", 5000), Goal("lost_acknowledged", 0), Goal("lost_words", 0), Goal("texts_that_differ", 0)),
    ),
    *(growth(people) for people in (10, 100, 300, 1000)),
    Workload(
        "nodes",
        "A on two nodes, the editors of each document on both",
        "coedit.mjs",
        (("documents", "40"), ("editors", "5"), ("rate", "4"), ("seconds", "6")),
        (OURS,),
        COEDIT_FIGURES,
        WHOLE,
        nodes=2,
    ),
    Workload(
        "board",
        "a tap of one of 200 people reaches the board, while 40 groups type",
        "board.mjs",
        (("people", "200"), ("seconds", "15")),
        (OURS,),
        ("shown_p50_ms", "shown_p99_ms", "not_shown", "server_share"),
        (Goal("shown_p99_ms", 100), Goal("not_shown", 0)),
    ),
    *(pairing(size) for size in (60, 300, 1000)),
    Workload(
        "forming200",
        "200 people are put into groups with every rule at once",
        "",
        (),
        (IN_MEMORY,),
        (*(f"{form}_ms" for form in forming.FORMS), "slowest_ms", "preview_ms"),
        (Goal("slowest_ms", forming.GOAL_MS), Goal("preview_ms", forming.GOAL_MS)),
        work=lambda: forming.measure(200),
    ),
    Workload(
        "open200",
        "200 documents of 500 updates are opened at once after a restart",
        "",
        (),
        (IN_MEMORY,),
        ("opened_ms", "cpu_ms", "memory_mb", "unread"),
        (Goal("unread", 0),),
        work=lambda: opening.measure(200),
    ),
    Workload(
        "disk",
        "800 appends a second wait for their acknowledgement, synced to the disk and not",
        "",
        (),
        (IN_MEMORY,),
        ("synced_p50_ms", "synced_p95_ms", "synced_p99_ms", "unsynced_p50_ms", "unsynced_p95_ms", "unsynced_p99_ms"),
        work=disk.measure,
    ),
    Workload(
        "fold",
        "a log of 5,000 facts is folded",
        "",
        (),
        (IN_MEMORY,),
        ("fold_ms",),
        (Goal("fold_ms", 25),),
        work=lambda: {"fold_ms": room.fold_ms(5000)},
    ),
)


def play(workload: Workload, system: System, server: Running) -> Figures:
    """One run of the load generator against a started server."""
    pids, ports = (",".join(map(str, numbers)) for numbers in (server.pids, server.ports))
    told = {**dict(workload.arguments), "system": system.connector, "port": ports, "pid": pids}
    done = subprocess.run(
        [*GENERATOR, str(LOAD / workload.script), *(f"--{key}={value}" for key, value in told.items())],
        cwd=ROOT,
        env=server.environment,
        stdout=subprocess.PIPE,
        timeout=LOAD_WITHIN_S,
        check=True,
    )
    figures: Figures = json.loads(done.stdout)
    return figures
