"""How long a whole room takes to find partners over real connections, with wishes, vetoes and two taps each.

Somebody says "not yet", somebody goes home, somebody is late; in the end everybody who is there has a partner.
"""

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
from server.activities.partnering.messages import FindPlace, ProposeMatching, SetVeto, SetWishes, ShowProposals
from server.core.consent import ProposalId, SayNotYet, SayYes
from server.core.messages import Command, PersonId, PhaseId
from server.core.wishes import UnitId, Wish
from server.core.workshop.commands import MoveRoom
from server.core.workshop.people_commands import LeaveForGood
from server.rehearsal.device import Device
from server.rehearsal.web import ask

SIZES: Final = (60, 300)
CHOICE: Final = PhaseId("partner_choice")
JOINING_AT_ONCE: Final = 20
WISHES_EACH: Final = 12
VETO_ONCE_IN: Final = 3
MOST_ROUNDS: Final = 20
LEVELS: Final[tuple[Wish, ...]] = (0, 1, 2, 3)
WITHIN_S: Final = 120.0
SETTLING_S: Final = 0.3
"""People look at a proposal before they tap."""


class Took(msgspec.Struct, frozen=True):
    """By the clock on the wall, and of the server's processor: the second is little disturbed by a busy machine."""

    wall_ms: float
    cpu_ms: float

    def __str__(self) -> str:
        return f"{self.wall_ms:.0f} ({self.cpu_ms:.0f})"


class Times(msgspec.Struct, frozen=True):
    """`matching` ends when the moderator has the answer, the others when the last screen shows it; `placing` is for
    those whom the first round left without a partner."""

    people: int
    wishing: Took
    matching: Took
    showing: Took
    confirming: Took
    placing: Took
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
        if dice.randrange(VETO_ONCE_IN) == 0:
            await wished(self.device, CHOICE, SetVeto(UnitId(dice.choice(known)["unit"])))

    @property
    def asked(self) -> list[ProposalId]:
        """What this one has not answered."""
        return [ProposalId(one["proposal"]) for one in self.me.get("proposals", ()) if not one.get("answered")]

    @property
    def partners(self) -> set[UnitId]:
        """Whom the open proposals are about."""
        return {UnitId(unit) for one in self.me.get("proposals", ()) for unit in one["units"]}

    @property
    def has_partner(self) -> bool:
        return "partnership" in self.me

    async def say_yes(self) -> None:
        for proposal in self.asked:
            # Who left, or a "not yet", may have ended it while the thumb came down.
            await self.device.submit(CHOICE, SayYes(proposal))


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
        self.code = created["code"]
        await asyncio.gather(*(self.join(number) for number in range(people)))
        await wished(self.moderator, "", MoveRoom(CHOICE, None))
        await self.all(lambda one: len(one.me.get("choices", ())) == people - 1)

    async def all(self, check: Callable[[Chooser], bool]) -> None:
        waiting = list(self.people)

        def none_waits() -> bool:
            waiting[:] = [one for one in waiting if not check(one)]
            return not waiting

        await self.until(none_waits)

    async def until(self, check: Callable[[], bool]) -> None:
        async with asyncio.timeout(WITHIN_S):
            while not check():
                self._news.clear()
                await self._news.wait()

    async def join(self, number: int) -> Chooser:
        async with self._seats:
            body = {"name": f"Person {number}", "school": f"School {number}", "languages": ["en"], "agreed": True}
            joined = await ask("POST", f"{self._base}/api/join/{self.code}", body)
            one = Chooser(PersonId(joined["person"]), await self._device(joined["token"]))
            self.people.append(one)
            return one

    @property
    def overview(self) -> Mapping[str, Any]:
        return self.moderator.views[("moderators", CHOICE)].body

    async def place_the_rest(self) -> None:
        """A second round, then a place for each who is still without one."""
        for _ in range(MOST_ROUNDS):
            await self.until(lambda: not any(one.get("of_round") for one in self.overview.get("open", ())))
            without = [one for one in self.people if not one.has_partner]
            if not without:
                return
            if not await self._second_round(without):
                for one in without:
                    await self.moderator.submit(CHOICE, FindPlace(UnitId(one.me["unit"])))
            await asyncio.sleep(SETTLING_S)
            await asyncio.gather(*(one.say_yes() for one in self.people if one.asked))

    async def _second_round(self, without: list[Chooser]) -> bool:
        if not self.overview.get("rounds_left") or len(without) < 2:
            return False
        await wished(self.moderator, CHOICE, ProposeMatching())
        await wished(self.moderator, CHOICE, ShowProposals())
        return True

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
            """One says "not yet", one goes home before answering, one comes in late, all others say yes at once."""
            asked = [one for one in room.people if one.asked]
            reluctant, leaver = asked[0], asked[-1]
            missing = {UnitId(one.me["unit"]) for one in (reluctant, leaver)}
            sure = [one for one in asked if missing.isdisjoint(one.partners) and one.me["unit"] not in missing]
            room.people.remove(leaver)
            await wished(reluctant.device, CHOICE, SayNotYet(reluctant.asked[0]))
            await wished(leaver.device, "", LeaveForGood(leaver.who))
            late = room.join(people)
            await asyncio.gather(late, *(one.say_yes() for one in asked if one not in (reluctant, leaver)))
            await room.all(lambda one: one.has_partner or one not in sure)

        return Times(
            people,
            await took(asyncio.gather(*(one.wish(dice) for one in room.people)), pids),
            await took(wished(room.moderator, CHOICE, ProposeMatching()), pids),
            await took(shown(), pids),
            await took(confirmed(), pids),
            await took(room.place_the_rest(), pids),
            sum(not one.has_partner for one in room.people),
            (room.heard_bytes - before) / people / 1_000,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=SIZES)
    sizes: list[int] = parser.parse_args().people
    os.sched_setaffinity(0, {int(LOAD_CORE)})
    print("Milliseconds on the wall; in brackets of the processor, the server with its Redis.\n")
    print("| people | wishes set | matching | shown to the last | all confirmed | the rest placed | alone | kB each |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for people in sizes:
        with running(OURS) as server:
            it = asyncio.run(choose(f"http://127.0.0.1:{server.ports[0]}", people, server.pids))
        print(
            f"| {it.people} | {it.wishing} | {it.matching} | {it.showing} | {it.confirming} | {it.placing} "
            f"| {it.alone} | {it.kb_each:.0f} |"
        )


if __name__ == "__main__":
    main()
