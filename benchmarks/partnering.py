"""How long a whole room takes to find partners over real connections: wishes, matching, proposals, two taps each."""

import argparse
import asyncio
import os
import random
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

import msgspec

from benchmarks.systems import LOAD_CORE, OURS, running
from protocol.frames import RefusedFrame
from server.activities.partnering.messages import ProposeMatching, SetWishes, ShowProposals
from server.core.consent import ProposalId, SayYes
from server.core.messages import Command, PersonId, PhaseId
from server.core.wishes import UnitId, Wish
from server.core.workshop.commands import MoveRoom
from server.rehearsal.device import Device
from server.rehearsal.web import ask

SIZES: Final = (60, 300)
CHOICE: Final = PhaseId("partner_choice")
JOINING_AT_ONCE: Final = 20
WISHES_EACH: Final = 12
LEVELS: Final[tuple[Wish, ...]] = (0, 1, 2, 3)
WITHIN_S: Final = 120.0


class Took(msgspec.Struct, frozen=True):
    """By the clock on the wall, and of the server's processor: the second is little disturbed by a busy machine."""

    wall_ms: float
    cpu_ms: float

    def __str__(self) -> str:
        return f"{self.wall_ms:.0f} ({self.cpu_ms:.0f})"


class Times(msgspec.Struct, frozen=True):
    """`matching` ends when the moderator has the answer, the others when the last screen shows it."""

    people: int
    wishing: Took
    matching: Took
    showing: Took
    confirming: Took
    alone: int
    kb_each: float


class Chooser:
    """One person of a school of their own, without a hand: it taps what it is told to."""

    def __init__(self, who: PersonId, device: Device) -> None:
        self.who = who
        self.device = device

    @property
    def me(self) -> Mapping[str, Any]:
        seen = self.device.views.get((f"person:{self.who}", CHOICE))
        return seen.body if seen else {}

    async def wish(self, dice: random.Random) -> None:
        known = self.me["choices"]
        some = dice.sample(known, min(WISHES_EACH, len(known)))
        wants: dict[UnitId, Wish | None] = {UnitId(one["unit"]): dice.choice(LEVELS) for one in some}
        await wished(self.device, CHOICE, SetWishes(wants))

    async def say_yes(self) -> None:
        for one in self.me["proposals"]:
            await wished(self.device, CHOICE, SayYes(ProposalId(one["proposal"])))


async def wished(device: Device, scope: str, command: Command) -> None:
    answer = await device.submit(scope, command)
    if isinstance(answer, RefusedFrame):
        raise RuntimeError(f"{type(command).__name__} was refused: {answer.code}")


class Room:
    """A workshop whose people arrive a few at a time; `news` wakes whoever waits for all screens."""

    def __init__(self, base: str, stack: AsyncExitStack) -> None:
        self.people: list[Chooser] = []
        self.moderator: Device
        self.heard_bytes = 0
        self._base = base
        self._stack = stack
        self._news = asyncio.Event()
        self._seats = asyncio.Semaphore(JOINING_AT_ONCE)

    async def open(self, people: int) -> None:
        created = await ask("POST", f"{self._base}/api/workshops", {"title": "Bench", "schedule": "half_day"})
        self.moderator = await self._device(created["links"]["moderator"].partition("#")[2])
        await asyncio.gather(*(self._join(created["code"], number) for number in range(people)))
        await wished(self.moderator, "", MoveRoom(CHOICE, None))
        await self.all(lambda one: len(one.me.get("choices", ())) == people - 1)

    async def all(self, check: Callable[[Chooser], bool]) -> None:
        async with asyncio.timeout(WITHIN_S):
            waiting = self.people
            while waiting := [one for one in waiting if not check(one)]:
                self._news.clear()
                await self._news.wait()

    async def _join(self, code: str, number: int) -> None:
        async with self._seats:
            body = {"name": f"Person {number}", "school": f"School {number}", "languages": ["en"], "agreed": True}
            joined = await ask("POST", f"{self._base}/api/join/{code}", body)
            self.people.append(Chooser(PersonId(joined["person"]), await self._device(joined["token"])))

    async def _device(self, token: str) -> Device:
        device = Device(self._base, token, changed=self._news.set, tap=self._count)
        await self._stack.enter_async_context(device)
        await device.ready()
        return device

    def _count(self, message: bytes) -> None:
        self.heard_bytes += len(message)


def cpu_ms(pids: Iterable[int]) -> float:
    """Of these processes and all their threads, since they started."""
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) * 1_000 / os.sysconf("SC_CLK_TCK")


async def took(work: Awaitable[object], pids: Iterable[int]) -> Took:
    began, before = time.perf_counter(), cpu_ms(pids)
    await work
    return Took((time.perf_counter() - began) * 1_000, cpu_ms(pids) - before)


async def choose(base: str, people: int, pids: Collection[int] = (), seed: int = 1) -> Times:
    """A room of `people` goes from its first wish to its last partnership. `pids` are the server's processes."""
    async with AsyncExitStack() as stack:
        room, dice = Room(base, stack), random.Random(seed)
        await room.open(people)
        before = room.heard_bytes

        async def shown() -> None:
            await wished(room.moderator, CHOICE, ShowProposals())
            await room.all(lambda one: one.me.get("round") == 1)

        async def confirmed() -> None:
            asked = [one for one in room.people if one.me.get("proposals")]
            await asyncio.gather(*(one.say_yes() for one in asked))
            await room.all(lambda one: one not in asked or "partnership" in one.me)

        return Times(
            people,
            await took(asyncio.gather(*(one.wish(dice) for one in room.people)), pids),
            await took(wished(room.moderator, CHOICE, ProposeMatching()), pids),
            await took(shown(), pids),
            await took(confirmed(), pids),
            sum("partnership" not in one.me for one in room.people),
            (room.heard_bytes - before) / people / 1_000,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=SIZES)
    sizes: list[int] = parser.parse_args().people
    os.sched_setaffinity(0, {int(LOAD_CORE)})
    print("Milliseconds on the wall; in brackets of the processor, the server with its Redis.\n")
    print("| people | wishes set | matching | shown to the last | all confirmed | without a partner | kB each |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for people in sizes:
        with running(OURS) as server:
            it = asyncio.run(choose(f"http://127.0.0.1:{server.ports[0]}", people, server.pids))
        print(
            f"| {it.people} | {it.wishing} | {it.matching} | {it.showing} | {it.confirming} "
            f"| {it.alone} | {it.kb_each:.0f} |"
        )


if __name__ == "__main__":
    main()
