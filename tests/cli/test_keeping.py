"""Backups are made while everybody works, and come back; what is erased is gone; errors are one line."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from server.core.messages import PhaseId, WorkshopId
from server.core.workshop.commands import MoveRoom
from server.rehearsal.device import Device, HeldPage
from server.rehearsal.web import ask
from server.store.embedded import embedded_redis
from server.store.opened import open_store
from tests.cli.test_serve import printed_until_link, ready, serving
from tests.store.test_backup import fill
from tests.support.eventually import eventually, eventually_sync
from tests.support.node import free_port

COMMAND = [sys.executable, "-c", "from server.cli import main; main()"]


def run(data: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA": str(data), **settings}
    environment.pop("REDIS_URL", None)
    return subprocess.run([*COMMAND, *arguments], env=environment, capture_output=True, text=True, timeout=60)


async def test_a_backup_of_a_running_server_holds_every_word_that_was_saved_before_it(tmp_path: Path) -> None:
    data, port, file = tmp_path / "data", free_port(), tmp_path / "all.backup"
    with serving(data, port) as process:
        key = printed_until_link(process).split("/#")[1].split()[0]
        eventually_sync(lambda: ready(port), within_s=10)
        url = f"http://127.0.0.1:{port}"
        wanted = {"title": "Kept", "schedule": "half_day", "key": key}
        made = await ask("POST", f"{url}/api/workshops", wanted)
        seat = await ask("POST", f"{url}/api/join/{made['code']}", {"name": "Ana", "agreed": True})
        moderator = made["links"]["moderator"].partition("#")[2]
        async with Device(url, moderator) as lead, Device(url, seat["token"]) as phone:
            await lead.ready()
            await phone.ready()
            await lead.submit("", MoveRoom(PhaseId("arrival"), None))
            page = f"arrival/aim/{seat['person']}"
            saved = 0
            writing = True

            async def write() -> None:
                nonlocal saved
                while writing:
                    await phone.write(page, "text", f"word {saved + 1} ")  # type: ignore[arg-type]
                    saved += 1

            async with asyncio.TaskGroup() as tasks:
                writer = tasks.create_task(write())
                await eventually(lambda: saved >= 20, within_s=10)
                before = saved
                copied = await asyncio.to_thread(run, data, "backup", str(file))
                writing = False
                await writer
        assert (copied.returncode, copied.stderr) == (0, "")
        assert saved > before
    assert file.stat().st_mode & 0o077 == 0
    elsewhere, other = tmp_path / "elsewhere", free_port()
    restored = run(elsewhere, "restore", str(file))
    assert restored.stdout == f"{made['workshop']}  restored\n"
    with serving(elsewhere, other) as process:
        printed_until_link(process)
        eventually_sync(lambda: ready(other), within_s=10)
        async with Device(f"http://127.0.0.1:{other}", seat["token"]) as phone:
            await phone.ready()
            held = await phone.open(page)  # type: ignore[arg-type]
            assert isinstance(held, HeldPage)
            assert int(held.fields["text"].split()[1]) >= before
        again = run(elsewhere, "restore", str(file))
        assert again.stdout == f"{made['workshop']}  is there already, and stays as it is\n"


def test_a_workshop_is_erased_only_by_who_is_sure(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, port) as process:
        printed_until_link(process)
        eventually_sync(lambda: ready(port), within_s=10)
        made = run(tmp_path, "new", "--title", "Short-lived", "--retention", "30", PORT=str(port))
        assert made.returncode == 0, made.stderr
        assert "Kept until" in made.stdout
        assert f"http://127.0.0.1:{port}/w/" in made.stdout
        code = made.stdout.split()[2]
        workshop = made.stdout.partition("/w/")[2].partition("/")[0]
        asked = run(tmp_path, "erase", workshop)
        assert (asked.returncode, asked.stderr.count("\n")) == (1, 1)
        assert "--sure" in asked.stderr
        assert httpx.get(f"http://127.0.0.1:{port}/api/join/{code}").status_code == 200
        assert run(tmp_path, "erase", workshop, "--sure").returncode == 0
        eventually_sync(lambda: httpx.get(f"http://127.0.0.1:{port}/api/join/{code}").status_code == 410)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["new", "--date", "31.12.2027"], "31.12.2027 is no day"),
        (["new", "--retention", "0"], "at least 1"),
        (["new", "--retention", "731"], "at most 730"),
        (["new", "--path", "no-such.yaml"], "no-such.yaml cannot be read"),
        (["rehearse", "--path", "."], ". cannot be read"),
        (["erase", "nothing"], "there is no workshop nothing"),
        (["backup", "no/such/folder.backup"], "cannot be written"),
        (["restore", "no-such.backup"], "no-such.backup cannot be read"),
    ],
)
def test_a_mistake_is_said_in_words_and_without_a_traceback(tmp_path: Path, arguments: list[str], told: str) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode != 0
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_was_cut_off_restores_nothing(tmp_path: Path) -> None:
    file = tmp_path / "cut.backup"
    asyncio.run(filled(tmp_path / "data"))
    assert run(tmp_path / "data", "backup", str(file)).returncode == 0
    whole = file.read_bytes()
    for cut in (len(whole) - 1, len(whole) // 2, 30, 3):
        file.write_bytes(whole[:cut])
        done = run(tmp_path / "empty", "restore", str(file))
        assert (done.returncode, done.stdout) == (1, "")
        assert "is no backup" in done.stderr


async def filled(data: Path) -> None:
    """Two workshops in a data folder that no server is using."""
    async with embedded_redis(data) as url, open_store(url) as store:
        for name in ("w1", "w2"):
            await fill(store, WorkshopId(name))


@pytest.mark.parametrize("command", ["serve", "new", "rehearse", "backup", "restore", "erase"])
def test_the_help_of_a_command_says_which_settings_it_reads(tmp_path: Path, command: str) -> None:
    told = run(tmp_path, command, "--help").stdout
    assert "Settings, from the environment:" in " ".join(told.split())
    assert "DATA" in told
