"""`boundary-crossing rehearse`: the exit code is the verdict, and nothing is left behind."""

import asyncio
import sys
from pathlib import Path

import pytest

from server.core.messages import PersonId
from server.rehearsal.play import PhaseReport, Verdict, compared
from server.store.opened import open_store
from tests.support.example_path import EXAMPLE
from tests.support.node import ROOT, running_node

COMMAND = "import sys; from server.cli import main; main(sys.argv[1:])"


async def run(*arguments: str, port: str = "8000") -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", COMMAND, *arguments),
        cwd=ROOT,
        env={"PORT": port, "DATA": "/nowhere", "PATH": ""},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def test_a_path_of_ones_own_is_rehearsed_and_then_erased(redis_url: str, tmp_path: Path) -> None:
    path = tmp_path / "path.yaml"
    path.write_text(EXAMPLE)
    schedule = next(line.strip(" :") for line in EXAMPLE.partition("schedules:\n")[2].splitlines())
    async with running_node(redis_url) as node:
        code, said = await run(
            "rehearse",
            *("--url", node.url, "--people", "5", "--latecomers", "1", "--leavers", "1"),
            *("--schedule", schedule, "--path", str(path)),
        )
        assert "Good: everybody had a place" in said
        assert code == 0
        async with open_store(redis_url) as store:
            assert await store.log.workshops() == []


async def test_without_a_server_it_says_how_to_start_one() -> None:
    code, said = await run("rehearse", port="1")
    assert code == 1
    assert said.strip().endswith("start it with `make run`, or set HOST and PORT")


async def test_the_help_says_what_it_does_and_what_the_exit_code_means() -> None:
    code, said = await run("rehearse", "--help")
    assert code == 0
    for word in ("--people", "--latecomers", "--leavers", "--schedule", "--seed", "--polling", "exit code", "erase"):
        assert word in said


def report(people: int, placed: int) -> PhaseReport:
    return PhaseReport("arrival", people, placed, 0, 0, 0, (), 1)


@pytest.mark.parametrize(
    ("phases", "differences", "fine"),
    [
        ((report(5, 5),), (), True),
        ((report(5, 5), report(5, 4)), (), False),
        ((report(5, 5),), ("p1: room workshop differs",), False),
        ((), (), False),
    ],
)
def test_the_verdict_is_good_only_if_everybody_had_a_place_and_every_screen_agreed(
    phases: tuple[PhaseReport, ...], differences: tuple[str, ...], fine: bool
) -> None:
    assert Verdict(phases, 3, differences, 1.0).fine == fine


def test_each_kind_of_disagreement_is_named() -> None:
    shown = {("room", ""): 1, ("group:g", ""): 1}
    fresh = {("room", ""): 2, (f"person:{PersonId('p')}", "arrival"): 1}
    assert list(compared("p", shown, fresh)) == [
        "p: group:g workshop should not be there",
        "p: person:p arrival is missing",
        "p: room workshop differs",
    ]
