"""The whole play: a workshop is made, a room of bots goes through every phase of it, and the screens are compared."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any, Final

import msgspec

from protocol.frames import RefusedFrame
from server.core.messages import Command, PersonId
from server.core.path import Pack
from server.core.rehearsal import AnyExample
from server.core.workshop.commands import MoveRoom, MoveStep
from server.core.workshop.people_commands import LeaveForGood
from server.rehearsal.bot import Bot
from server.rehearsal.device import Device
from server.rehearsal.web import ask
from server.rehearsal.wire import Tap, Transport

ARRIVES_WITHIN_S = 3.0
QUIET_S: Final = 0.06
"""Longer than any pause in which the room's screens are held back; then nothing more is on its way."""

SETTLED_WITHIN_S: Final = 30.0
FLICKER: Final = "~"
"""Parts whose names begin so are no facts, and two screens may differ in them for a moment."""

LANGUAGES: Final = (("en",), ("en", "sl"), ("de", "en"), ("hu", "en"), ("nl", "en"))


Taps = Callable[[str], Tap | None]
"""Who is to hear every message that reaches a seat: a person, `moderator` or `screen`."""


class Plan(msgspec.Struct, frozen=True):
    """Who comes, and how. The same seed plays the same room."""

    base: str
    key: str
    people: int = 23
    latecomers: int = 2
    leavers: int = 1
    polling: int = 1
    schedule: str = "half_day"
    seed: int = 1
    only_polling: bool = False
    bases: tuple[str, ...] = ()
    """Several nodes without a proxy: the bots go to them in turn."""
    pack: str = ""

    def transport(self, number: int) -> Transport:
        return "polling" if self.only_polling or number < self.polling else "websocket"

    def base_of(self, number: int) -> str:
        return self.bases[number % len(self.bases)] if self.bases else self.base


class PhaseReport(msgspec.Struct, frozen=True):
    phase: str
    people: int
    placed: int
    groups: int
    acts: int
    written: int
    refused: tuple[str, ...]
    ms: int

    @property
    def fine(self) -> bool:
        return self.placed == self.people


class Verdict(msgspec.Struct, frozen=True):
    """`differences` names each screen and view that was not what a fresh connection is shown."""

    phases: tuple[PhaseReport, ...]
    screens: int
    differences: tuple[str, ...]
    seconds: float

    @property
    def fine(self) -> bool:
        return bool(self.phases) and all(phase.fine for phase in self.phases) and not self.differences


class Failed(Exception):  # noqa: N818 - the end of a rehearsal
    """The rehearsal could not go on, and why."""


class Rehearsal:
    """One workshop with everybody in it, while it is played."""

    def __init__(
        self,
        plan: Plan,
        examples: Mapping[str, AnyExample],
        created: Mapping[str, Any],
        stack: AsyncExitStack,
        taps: Taps,
    ) -> None:
        self.plan = plan
        self.workshop: str = created["workshop"]
        self.code: str = created["code"]
        self.tokens = {role: link.partition("#")[2] for role, link in created["links"].items()}
        self.seats: dict[str, tuple[str, Device]] = {}
        self.bots: list[Bot] = []
        self.dice = random.Random(plan.seed)
        self._examples = examples
        self._stack = stack
        self._taps = taps
        self._came = 0
        self._news_at = time.monotonic()
        self._news = asyncio.Event()
        self.pack: Pack

    def __repr__(self) -> str:
        return f"<Rehearsal {self.workshop} bots={len(self.bots)}>"

    # -- coming and going --------------------------------------------------------------------------------------------

    def _heard(self) -> None:
        self._news_at = time.monotonic()
        self._news.set()

    async def device(self, who: str, token: str, number: int) -> Device:
        device = Device(
            self.plan.base_of(number),
            token,
            transport=self.plan.transport(number),
            tap=self._taps(who),
            changed=self._heard,
        )
        await self._stack.enter_async_context(device)
        await device.ready()
        self.seats[who] = token, device
        return device

    async def open(self) -> None:
        moderator = await self.device("moderator", self.tokens["moderator"], self.plan.polling)
        await self.device("screen", self.tokens["screen"], self.plan.polling + 1)
        welcome = moderator.welcome
        assert welcome is not None
        path = await ask(
            "GET", f"{self.plan.base}/api/path/{self.workshop}/{welcome.pack}/en", token=self.tokens["moderator"]
        )
        self.pack = msgspec.convert(path, type=Pack)

    async def join(self) -> Bot:
        # All come at once: counted after an await, they would all be the first, and of one school.
        number, self._came = self._came, self._came + 1
        joined = await ask(
            "POST",
            f"{self.plan.base}/api/join/{self.code}",
            {
                "name": f"Bot {number + 1}",
                "school": f"School {number // 2 + 1 if number < 4 else number}",
                "position": "Head",
                "languages": list(LANGUAGES[number % len(LANGUAGES)]),
                "schooling": "",
                "agreed": True,
            },
        )
        device = await self.device(joined["person"], joined["token"], number)
        bot = Bot(device, PersonId(joined["person"]), self.pack, self._examples, self.plan.seed)
        self.bots.append(bot)
        return bot

    async def leave(self, bot: Bot) -> None:
        answer = await bot.device.submit("", LeaveForGood(bot.person))
        if isinstance(answer, RefusedFrame):
            raise Failed(f"somebody could not leave: {answer.code}")
        bot.left = True

    @property
    def here(self) -> list[Bot]:
        return [bot for bot in self.bots if not bot.left]

    # -- the moderator -----------------------------------------------------------------------------------------------

    @property
    def moderator(self) -> Device:
        return self.seats["moderator"][1]

    @property
    def room(self) -> Mapping[str, Any]:
        return self.moderator.views[("room", "")].body

    async def lead(self, command: Command) -> None:
        answer = await self.moderator.submit("", command)
        if isinstance(answer, RefusedFrame):
            raise Failed(f"{type(command).__name__} was refused: {answer.code} {answer.detail}")

    async def settle(self) -> None:
        """The bots act until none has anything to do and nothing more arrives."""
        began = time.monotonic()
        while True:
            before = self._news_at
            did = await asyncio.gather(*(bot.act() for bot in self.here))
            if not any(did) and self._news_at == before and time.monotonic() - self._news_at >= QUIET_S:
                if not await self._moderate():
                    return
                self._heard()
            if not any(did):
                await asyncio.sleep(max(0.005, QUIET_S - (time.monotonic() - self._news_at)))
            if time.monotonic() - began > SETTLED_WITHIN_S:
                busy = ", ".join(sorted({bot.last for bot, acted in zip(self.here, did, strict=True) if acted}))
                raise Failed(f"the bots never come to rest in {self.room.get('at')}: {busy or 'news keep coming'}")

    async def _moderate(self) -> bool:
        """What the activity needs of a moderator before anybody can go on, once the room has come to rest."""
        phase = next((one for one in self.room.get("phases", ()) if one["id"] == self.room.get("at")), None)
        if phase is None:
            return False
        spec = self.pack.phases[phase["spec"]]
        steps = spec.variants[phase["variant"]].steps_without(phase.get("without", ()))
        step = steps[self.room.get("step", 0)].id
        shown = self.moderator.views.get(("moderators", phase["id"]))
        example = self._examples.get(spec.activity)
        wanted = example.moderation(shown.body, step) if example and shown else []
        for command in wanted:
            answer = await self.moderator.submit(phase["id"], command)
            if isinstance(answer, RefusedFrame):
                raise Failed(f"{type(command).__name__} was refused: {answer.code} {answer.detail}")
        return bool(wanted)

    async def play_phase(self, phase: str, comes: int, leaves: int) -> PhaseReport:
        began = time.monotonic()
        acts, written = self._counts()
        refusals = {bot.person: len(bot.refusals) for bot in self.bots}
        await self.lead(MoveRoom(phase, self.room.get("at")))  # type: ignore[arg-type]
        await self._all_at(phase, 0)
        for _ in range(comes):
            await self.join()
        steps = self.bots[0].steps
        lacking: set[PersonId] = set()
        for number in range(len(steps)):
            if number:
                await self.lead(MoveStep(phase, number, number - 1))  # type: ignore[arg-type]
                await self._all_at(phase, number)
            if number == min(1, len(steps) - 1):
                for bot in self.dice.sample(self.here, min(leaves, len(self.here) - 2)):
                    await self.leave(bot)
            await self.settle()
            while any(await asyncio.gather(*(bot.next_turn() for bot in self.here))):
                await self.settle()
            lacking |= {bot.person for bot in self.here if bot.lacks_place(number)}
        now, later = self._counts()
        return PhaseReport(
            phase=phase,
            people=len(self.here),
            placed=len([bot for bot in self.here if bot.person not in lacking]),
            groups=len({group for bot in self.here for group in bot.places.values()}),
            acts=now - acts,
            written=later - written,
            refused=tuple(code for bot in self.bots for code in bot.refusals[refusals.get(bot.person, 0) :]),
            ms=round((time.monotonic() - began) * 1000),
        )

    async def _all_at(self, phase: str, step: int) -> None:
        def there() -> bool:
            rooms = [bot.room for bot in self.here]
            return all(room.get("at") == phase and room.get("step", 0) == step for room in (*rooms, self.room))

        try:
            async with asyncio.timeout(SETTLED_WITHIN_S):
                while not there():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError as late:
            raise Failed(f"not every screen came to step {step + 1} of {phase}") from late
        self._heard()

    def _counts(self) -> tuple[int, int]:
        return sum(bot.acts for bot in self.bots), sum(bot.written for bot in self.bots)

    # -- the verdict -------------------------------------------------------------------------------------------------

    async def differences(self) -> tuple[str, ...]:
        """Every view on which a screen of the room and a fresh connection of the same seat go on to disagree."""
        found: list[str] = []
        for number, (who, (token, device)) in enumerate(self.seats.items()):
            async with Device(self.plan.base_of(number + 1), token) as fresh:
                await fresh.ready()
                found += await self._lasting(who, device, fresh)
        return tuple(found)

    async def _lasting(self, who: str, device: Device, fresh: Device) -> list[str]:
        """What is on its way when the path ends, over a slow network, is no disagreement once it has arrived."""
        with suppress(TimeoutError):
            async with asyncio.timeout(ARRIVES_WITHIN_S):
                while list(compared(who, contents(device), contents(fresh))):
                    self._news.clear()
                    await self._news.wait()
        return list(compared(who, contents(device), contents(fresh)))


def contents(device: Device) -> dict[tuple[str, str], Any]:
    return {
        key: (seen.body, seen.names, seen.texts) for key, seen in device.views.items() if not key[1].startswith(FLICKER)
    }


def compared(who: str, shown: Mapping[tuple[str, str], Any], fresh: Mapping[tuple[str, str], Any]) -> Iterator[str]:
    for audience, part in sorted(shown.keys() | fresh.keys()):
        key = (audience, part)
        if shown.get(key) != fresh.get(key):
            how = "is missing" if key not in shown else "should not be there" if key not in fresh else "differs"
            yield f"{who}: {audience} {part or 'workshop'} {how}"


@asynccontextmanager
async def workshop_for(plan: Plan, *, keep: bool = False) -> AsyncIterator[Mapping[str, Any]]:
    """A workshop of the rehearsal's own, erased at the end whatever happens."""
    created = await ask(
        "POST",
        f"{plan.base}/api/workshops",
        {"title": "Rehearsal", "schedule": plan.schedule, "key": plan.key, "pack": plan.pack, "retention_days": 1},
    )
    try:
        yield created
    finally:
        if not keep:
            token = created["links"]["moderator"].partition("#")[2]
            await ask("DELETE", f"{plan.base}/api/workshops/{created['workshop']}", token=token)


async def rehearse(
    plan: Plan,
    examples: Mapping[str, AnyExample],
    *,
    keep: bool = False,
    tell: Callable[[PhaseReport], None] = lambda _: None,
    taps: Taps = lambda _who: None,
) -> Verdict:
    """Play the path of `plan.schedule` to its end. Raises `Failed`, `Declined` or `Unreachable`."""
    began = time.monotonic()
    async with workshop_for(plan, keep=keep) as created, AsyncExitStack() as stack:
        play = Rehearsal(plan, examples, created, stack, taps)
        await play.open()
        await asyncio.gather(*(play.join() for _ in range(max(2, plan.people - plan.latecomers))))
        phases = [one["id"] for one in play.room["phases"]]
        coming = [play.dice.randrange(len(phases)) for _ in range(plan.latecomers)]
        leaving = [play.dice.randrange(len(phases)) for _ in range(plan.leavers)]
        reports = []
        for number, phase in enumerate(phases):
            report = await play.play_phase(phase, coming.count(number), leaving.count(number))
            tell(report)
            reports.append(report)
        await play.settle()
        differences = await play.differences()
    return Verdict(tuple(reports), len(play.seats), differences, time.monotonic() - began)
