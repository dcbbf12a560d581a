"""`serve` as an operator meets it: it starts, prints its links, stops when told to, and finds everything again."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.eventually import eventually_sync
from tests.support.node import free_port

STARTS_AGAIN_WITHIN_S = 3.0


@contextmanager
def serving(data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "DATA": str(data), "PORT": str(port), "HOST": "127.0.0.1", "PYTHONUNBUFFERED": "1"}
    environment.pop("REDIS_URL", None)
    command = [sys.executable, "-c", "from server.cli import main; main(['serve'])"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield process
    finally:
        # Killed at once it would leave its Redis behind, which only the next start in the same folder ends.
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert process.stdout is not None
        process.stdout.close()


def ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
    except httpx.TransportError:
        return False


def printed_until_link(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    printed = ""
    for line in process.stdout:
        printed += line
        if "Open http" in line:
            return printed
    raise AssertionError(f"it ended without a link: {printed}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_the_link_and_stops_when_it_is_told_to(tmp_path: Path, number: signal.Signals) -> None:
    port = free_port()
    with serving(tmp_path, port) as process:
        printed = printed_until_link(process)
        assert re.search(rf"http://127\.0\.0\.1:{port}/#\S{{20,}}", printed)
        eventually_sync(lambda: ready(port), within_s=10)
        process.send_signal(number)
        assert process.wait(timeout=10) == 0


def test_a_second_start_is_quick_and_finds_every_workshop_as_it_was(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, port) as process:
        key = printed_until_link(process).split("/#")[1].split()[0]
        eventually_sync(lambda: ready(port), within_s=10)
        wanted = {"title": "Before", "schedule": "half_day", "key": key}
        created = httpx.post(f"http://127.0.0.1:{port}/api/workshops", json=wanted).json()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)
    # Other tests share the machine: the quickest of three starts is what a start takes.
    assert min(started_again_s(tmp_path, port, created["code"]) for _ in range(3)) < STARTS_AGAIN_WITHIN_S


def started_again_s(data: Path, port: int, code: str) -> float:
    began = time.monotonic()
    with serving(data, port) as process:
        eventually_sync(lambda: ready(port), within_s=10)
        took_s = time.monotonic() - began
        joining = httpx.get(f"http://127.0.0.1:{port}/api/join/{code}").json()
        assert joining["title"] == "Before"
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)
    return took_s


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path / "a", port) as first:
        printed_until_link(first)
        with serving(tmp_path / "b", port) as second:
            assert second.stdout is not None
            said = second.stdout.read()
            assert second.wait(timeout=10) == 1
    assert said.count("\n") == 1
    assert "PORT=" in said
