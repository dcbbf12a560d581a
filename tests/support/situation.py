"""A room of real browsers: phones that act as people do, a desk for the moderator, one server under all of them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from types import TracebackType
from typing import Any, Self

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from protocol.frames import Accepted
from server.core.groups import Group
from server.core.messages import HOST, WORKSHOP, Command, Commit, GroupId, PageId, PersonId, PhaseId, SchoolId
from server.core.people import PersonRecord
from server.core.workshop import commands as c
from server.core.workshop.people_commands import AdmitPerson
from server.core.workshop.people_rules import MOST_PEOPLE
from server.core.workshop.state import PhaseRun, Workshop
from server.rehearsal.device import Device, HeldPage
from server.rehearsal.web import ask
from server.runtime.live import LiveWorkshop
from server.runtime.presence import GONE_AFTER_MS, Sign
from tests.support.eventually import eventually
from tests.support.example_path import EXAMPLE
from tests.support.node import RunningNode
from tests.support.participant import WITHIN_MS, Phone
from tests.support.workshop import OpenWorkshop

SITUATION = [pytest.mark.browser]
"""Every situation shares one server and one browser."""

Preparation = Callable[[BrowserContext], Awaitable[None]]

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}

WELCOME = PhaseId("welcome")
QUESTION = PhaseId("question")

NOTE = "A note for yourself"
GROUP_NOTE = "A note of your group"

SHORT_DAY = (
    EXAMPLE.replace("activity: talk", "activity: talk\n    config: { note: true }", 1)
    .replace("    aim: Two schools", "    config: { note: true, group_note: true }\n    aim: Two schools")
    .replace("            quiet: true\n", "")
)
"""Two phases: the room with a note for everybody, and pairs with a note of their own."""


class Desk:
    """The moderator, by protocol: for situations in which the console is not what matters."""

    def __init__(self, device: Device, day: "Day") -> None:
        self.device = device
        self._day = day

    async def wish(self, command: Command) -> None:
        told = await self.device.submit("", command)
        assert isinstance(told, Accepted), told

    async def move(self, phase: str) -> None:
        await self.wish(c.MoveRoom(PhaseId(phase), self._day.state.at))

    async def step(self, step: int) -> None:
        run = self._day.run
        await self.wish(c.MoveStep(run.id, step, run.progress[""].step if "" in run.progress else 0))

    async def step_to(self, name: str) -> None:
        ids = [step.id for step in self._day.state.steps(self._day.run)]
        await self.step(ids.index(name))

    async def pairs(self, phase: str, *tables: list[PersonId]) -> None:
        """The room goes to a phase, and sits at exactly these tables, numbered from 1."""
        laid = tuple(Group(GroupId(f"laid{at}"), tuple(members), at) for at, members in enumerate(tables, 1))
        await self.wish(c.FormGroups(PhaseId(phase), "pairs", laid))
        await self.move(phase)


class Day:
    """One workshop with the phones in it. Leaving it closes every browser that was opened for it."""

    def __init__(self, house: OpenWorkshop, node: RunningNode, browser: Browser) -> None:
        self._house = house
        self._node = node
        self._browser = browser
        self._stack = AsyncExitStack()

    @property
    def workshop(self) -> str:
        return self._house.id

    @property
    def tokens(self) -> dict[str, str]:
        """The secrets of the links, by role."""
        return self._house.tokens

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self._house)
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    # -- the room as the server holds it -----------------------------------------------------------------------------

    @property
    def url(self) -> str:
        return self._node.url

    @property
    def code(self) -> str:
        return self._house.code

    @property
    def id(self) -> str:
        return self._house.id

    @property
    def links(self) -> dict[str, str]:
        """The secrets of the moderator, co-moderator, observer and screen; later also of people."""
        return self._house.tokens

    @property
    def state(self) -> Workshop:
        return self._node.parts.node.live[self._house.id].replica.state

    @property
    def run(self) -> PhaseRun:
        run = self.state.current
        assert run is not None
        return run

    def tables(self, grouping: str = "pairs") -> list[set[str]]:
        return [set(group.members) for group in self.run.groups.get(grouping, ())]

    def table_of(self, person: str, grouping: str = "pairs") -> GroupId:
        return next(group.id for group in self.run.groups[grouping] if person in group.members)

    async def keeps(self, who: str, page: str, words: str, field: str = "text") -> None:
        """The server has these words on a page that this person may read."""
        device = await self._house.device(self.links[who])
        held = await device.open(PageId(page))
        assert isinstance(held, HeldPage), held
        await self.becomes(lambda: held.fields.get(field, "") == words)

    async def log(self) -> list[Commit]:
        """Everything that has become a fact, with who wished it."""
        return [commit for _, commit in await self._node.parts.node.store.log.read(self._house.id)]

    async def is_long_gone(self, phone: Phone) -> None:
        """The tab was closed some time ago: nobody waits in a test for the minutes after which that counts."""
        live = self._node.parts.node.live[self._house.id]
        await self.becomes(lambda: phone.person not in live.screens.attendance.people())
        long_ago_ms = live.now_ms() - GONE_AFTER_MS - 1

        def forgotten() -> bool:
            # The tab's last sign of life may still be on its way through Redis.
            for device in live.roll.presence.devices(phone.person):
                live.roll.presence.heard(
                    Sign(phone.person, visible=False, at_ms=long_ago_ms, device=device, open=False)
                )
            return phone.person not in live.present()

        await self.becomes(forgotten)

    async def left_s(self, scope: str) -> float:
        """What the server's own clock says of a timer."""
        timer = self.state.timers[scope]
        return timer.left(self._node.parts.node.live[self._house.id].now_ms()) / 1000

    async def without_device(self, name: str) -> PersonId:
        wanted = {"name": name, "school": name}
        seat = await ask("POST", f"{self.url}/api/workshops/{self.id}/person", wanted, token=self.links["moderator"])
        return PersonId(seat["person"])

    @property
    def live(self) -> LiveWorkshop:
        return self._node.parts.node.live[self._house.id]

    async def admits(self, person: PersonId, name: str, school: str = "", *, without_device: bool = False) -> None:
        """A seat with a name, without a browser; without a device, they count as here."""
        record = PersonRecord(name, SchoolId(school or name), school or name)
        await self._node.parts.node.store.people.put(self._house.id, person, record)
        admit = AdmitPerson(person, SchoolId(school or name), without_device=without_device)
        await self.live.replica.post(HOST, WORKSHOP, admit)

    async def fills_up(self) -> None:
        """As many people as one workshop holds, without their browsers."""
        live = self._node.parts.node.live[self._house.id]
        for number in range(MOST_PEOPLE - len(self.state.people)):
            await live.replica.post(HOST, WORKSHOP, AdmitPerson(PersonId(f"p{number}"), SchoolId("s"), expected=True))

    # -- browsers ----------------------------------------------------------------------------------------------------

    async def page(
        self,
        path: str,
        size: dict[str, int] | None = None,
        prepare: Preparation | None = None,
        *,
        fingers: bool = False,
    ) -> Page:
        """A browser of its own: what it stores, nobody else has. `prepare` sees it before the first page does."""
        context = await self._browser.new_context(
            viewport=size or PHONE,  # type: ignore[arg-type]
            reduced_motion="reduce",
            locale="en-GB",
            has_touch=fingers,
            is_mobile=fingers,
        )
        self._stack.push_async_callback(context.close)
        if prepare is not None:
            await prepare(context)
        page = await context.new_page()
        await page.goto(f"{self.url}{path}")
        return page

    async def door(self, prepare: Preparation | None = None) -> Phone:
        """Somebody who has only the code."""
        return Phone(await self.page(f"/j/{self.code}", prepare=prepare), "")

    async def new_seat(self, name: str, school: str = "") -> tuple[PersonId, str]:
        return await self._house.join(name, school)

    async def seated(self, name: str, school: str = "", prepare: Preparation | None = None) -> Phone:
        """A participant in the room, the screen ready."""
        person, token = await self._house.join(name, school)
        return await self.with_seat(name, token, person, prepare)

    async def with_seat(self, name: str, token: str, person: str = "", prepare: Preparation | None = None) -> Phone:
        phone = Phone(await self.page(f"/w/{self.id}#{token}", prepare=prepare), name, token, person)
        await phone.is_connected()
        return phone

    async def everybody(self, *names: str) -> list[Phone]:
        """Each from a school of their own."""
        return [await self.seated(name) for name in names]

    async def by_protocol(self, name: str, school: str = "") -> tuple[PersonId, Device]:
        """Company whose screen does not matter in a situation."""
        person, token = await self._house.join(name, school)
        return person, await self._house.device(token)

    async def desk(self) -> Desk:
        return Desk(await self._house.staff(), self)

    async def console(self, token: str = "") -> Page:
        """The moderator's laptop."""
        page = await self.page(f"/w/{self.id}/console#{token or self.links['moderator']}", LAPTOP)
        await expect(page.locator(".console")).to_be_visible()
        return page

    async def becomes(self, check: Callable[[], Any]) -> None:
        await eventually(check, within_s=WITHIN_MS / 1000)


class Venue:
    """Where every situation takes place."""

    def __init__(self, node: RunningNode, browser: Browser) -> None:
        self.node = node
        self.browser = browser

    @asynccontextmanager
    async def day(self, schedule: str = "one_hour", pack: str = SHORT_DAY) -> AsyncIterator[Day]:
        """A new workshop: the short day, or with an empty `pack` the bundled path."""
        wanted = {"title": "A day together", "schedule": schedule, "pack": pack}
        house = OpenWorkshop(await ask("POST", f"{self.node.url}/api/workshops", wanted), self.node.url)
        async with Day(house, self.node, self.browser) as day:
            yield day
