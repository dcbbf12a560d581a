"""Where the server's Python time goes, layer by layer: py-spy looks at it while a workload runs.

`python -m benchmarks.layers A` prints one table; `make bench` prints them after the workloads that it names.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.systems import LOAD_CORE, OURS, running
from benchmarks.workloads import WORKLOADS, Workload, play

SAMPLES_PER_S: Final = 500


@dataclass(frozen=True)
class Look:
    """One table: of the samples whose stack has a frame that matches `within`, and none that matches `without`."""

    title: str = "where the server's Python time goes"
    within: str = ""
    without: str = "$^"

    def sees(self, stack: str) -> bool:
        return re.search(self.within, stack) is not None and re.search(self.without, stack) is None


@dataclass(frozen=True)
class Profile:
    """When py-spy begins to look, after which the people of a workload are in, for how long, and at what."""

    after_s: float = 4.0
    seconds: int = 5
    looks: tuple[Look, ...] = (Look(),)


PROFILED: Final[Mapping[str, Profile]] = {
    "A": Profile(),
    "B": Profile(),
    "C": Profile(),
    "phase1000": Profile(
        after_s=0.5,
        seconds=9,
        looks=(
            Look(
                "where the server's Python time goes for somebody who comes in",
                r"handle_websocket_upgrade|WebSocketsSansIOProtocol|engineio/",
                r"Door\._command",
            ),
            Look(
                "where the server's Python time goes when the room moves",
                r"Door\._command|Screens\._flush",
                r"form_groups",
            ),
        ),
    ),
}
"""Which workloads are worth a profile."""

FRAME: Final = re.compile(r"(\w[\w.<>]*) \((.+?)(?::\d+)?\)$")
LAYERS: Final = (
    ("writing to sockets, one call for each frame", r"write_frame$", r"server/edge/channel\.py"),
    ("writing to Redis, one call for each turn of the loop", r"_flush$", r"server/store/wire\.py"),
    ("the event loop itself: polling, reading, timers", r"run$", r"asyncio/runners\.py"),
    ("tasks, futures and queues", r"", r"asyncio/"),
    (
        "HTTP, WebSocket and Socket.IO, the libraries",
        r"",
        r"(uvicorn|websockets|engineio|socketio|bidict|starlette|h11)/",
    ),
    ("Yjs: checking, merging, folding", r"", r"(pycrdt/|document_state\.py)"),
    ("store: commands, answers, the tail", r"", r"server/store/"),
    ("door: frames in and out", r"", r"(server/edge|protocol)/"),
    ("pages, rights and screens", r"", r"server/runtime/"),
    ("rules, fold and views", r"", r"server/(core|activities)/"),
)
OTHER: Final = "everything else"


def layer_of(frame: str) -> str:
    """The layer of the function that was running."""
    found = FRAME.match(frame)
    if found is not None:
        function, file = found.groups()
        for layer, name, place in LAYERS:
            if re.search(place, file) and re.search(name, function.rpartition(".")[2]):
                return layer
    return OTHER


def shares(stacks: Iterable[str], look: Look = Look()) -> list[tuple[str, float]]:
    """From py-spy's raw stacks (`a;b;c 12`) to the share of each layer, the largest first."""
    counted: Counter[str] = Counter()
    for line in stacks:
        stack, _, samples = line.rpartition(" ")
        if look.sees(stack):
            counted[layer_of(stack.rpartition(";")[2])] += int(samples)
    total = sum(counted.values()) or 1
    return [(layer, samples / total) for layer, samples in counted.most_common()]


def stacks_of(workload: Workload, wanted: Profile) -> list[str]:
    """What the server was doing while the workload ran. Raises RuntimeError with py-spy's own words."""
    spy = shutil.which("py-spy", path=str(Path(sys.executable).parent)) or shutil.which("py-spy")
    if spy is None:
        raise RuntimeError("py-spy is not installed")
    with tempfile.TemporaryDirectory() as folder, running(OURS) as server:
        raw = Path(folder) / "stacks"
        record = [spy, "record", "--pid", str(server.pids[0]), "--rate", str(SAMPLES_PER_S)]
        record += ["--duration", str(wanted.seconds), "--format", "raw", "--output", str(raw)]
        wait = f"import time, os; time.sleep({wanted.after_s}); os.execv({spy!r}, {record!r})"
        looking = subprocess.Popen(
            ["taskset", "-c", LOAD_CORE, sys.executable, "-c", wait], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        play(workload, OURS, server)
        said, _ = looking.communicate(timeout=wanted.seconds + 20)
        if not raw.exists():
            raise RuntimeError(f"py-spy saw nothing: {said.decode(errors='replace').strip()}")
        return raw.read_text(encoding="utf-8").splitlines()


def render(workload: Workload, look: Look, found: list[tuple[str, float]]) -> str:
    """A table in Markdown."""
    rows = "\n".join(f"| {layer} | {share:.0%} |" for layer, share in found if share >= 0.005)
    return f"\n{workload.name}, {look.title}\n\n| layer | share |\n| --- | ---: |\n{rows}"


def profile(workload: Workload) -> str | None:
    """The tables of one workload; None, with the reason on stderr, where nothing could be seen."""
    print(f"{workload.name}, profile: {OURS.name}", file=sys.stderr)
    began = time.monotonic()
    try:
        wanted = PROFILED.get(workload.name, Profile())
        stacks = stacks_of(workload, wanted)
        return "\n".join(render(workload, look, shares(stacks, look)) for look in wanted.looks)
    except (RuntimeError, subprocess.SubprocessError, OSError) as reason:
        print(f"{workload.name}, profile after {time.monotonic() - began:.0f} s: {reason}", file=sys.stderr)
        return None


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.layers", description=__doc__)
    parser.add_argument("workload", choices=[one.name for one in WORKLOADS if one.script])
    given = parser.parse_args()
    print(profile(next(one for one in WORKLOADS if one.name == given.workload)))


if __name__ == "__main__":
    main()
