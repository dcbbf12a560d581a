"""Puts the figures of a run into docs/performance.md, between its two marks, and draws the plots beside it."""

import datetime
import os
import platform
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.plot import line_plot
from benchmarks.systems import OURS, ROOT

DOCUMENT = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
PLOTS = {
    "kb_each": ("memory for one more participant, kB", "performance-memory.svg"),
    "edit_us": ("CPU for one more edit, µs", "performance-edit.svg"),
    "vote_us": ("CPU for one more vote, µs", "performance-vote.svg"),
}

Written = Mapping[str, Mapping[str, Any]]


def write_document(verdicts: str, tables: Sequence[str], written: Written, document: Path = DOCUMENT) -> None:
    """Replace what stands between the marks; everything else in the document is somebody's words and stays."""
    plots = [
        f"![{title}]({file})"
        for figure, (title, file) in PLOTS.items()
        if draw(figure, title, written, document.with_name(file))
    ]
    figures = "\n\n".join([BEGIN, machine(), verdicts, *(table.strip() for table in tables), *plots, END])
    text = document.read_text(encoding="utf-8")
    document.write_text(
        re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: figures, text, flags=re.DOTALL), encoding="utf-8"
    )


def draw(figure: str, title: str, written: Written, file: Path) -> bool:
    """The plot of a figure over the number of participants; False when this run has fewer than two points."""
    points = []
    for name, systems in written.items():
        value = systems.get(OURS.name, {}).get("median", {}).get(figure) if name.startswith("growth") else None
        if value is not None:
            points.append((float(name.removeprefix("growth")), float(value)))
    if len(points) < 2:
        return False
    file.write_text(line_plot(title, "participants", sorted(points)), encoding="utf-8")
    return True


def machine() -> str:
    """Where and when: figures of different machines say nothing about each other."""
    model = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    name = model[1] if model else platform.processor()
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    system = f"Linux {platform.release()}, Python {platform.python_version()}"
    return f"Measured on {today}: {name}, {os.cpu_count()} cores, {system}."
