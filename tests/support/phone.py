"""A participant in a real browser: joins, tells, listens, approves, as a thumb would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

from playwright.async_api import Browser, Locator, Page, expect

from protocol.frames import Accepted
from server.core.messages import Command, GroupId, PersonId, PhaseId
from server.core.workshop.commands import MoveRoom, MoveStep
from server.rehearsal.device import Device
from tests.support.eventually import eventually

PHONE = {"width": 390, "height": 844}
WITHOUT_WEBSOCKETS = """
    window.WebSocket = class {
      constructor() { setTimeout(() => { this.onerror?.(new Event("error")); this.onclose?.({ code: 1006 }); }); }
      send() {}
      close() {}
    };
"""
FIVE_MINUTES_FAST = """
    const RealDate = Date;
    const shift = 5 * 60_000;
    window.Date = class extends RealDate {
      constructor(...given) { given.length ? super(...given) : super(RealDate.now() + shift); }
      static now() { return RealDate.now() + shift; }
    };
"""
TEXT = "[...document.querySelectorAll('main')].map((main) => main.innerText).join('')"


class Phone:
    """One person at one browser; `page` is theirs."""

    def __init__(self, page: Page, base: str, name: str) -> None:
        self.page = page
        self.base = base
        self.name = name
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def __repr__(self) -> str:
        return f"<Phone {self.name}>"

    @classmethod
    async def on(cls, browser: Browser, base: str, name: str, script: str = "", **look: Any) -> Self:
        context = await browser.new_context(**({"viewport": PHONE, "reduced_motion": "reduce"} | look))
        if script:
            await context.add_init_script(script)
        return cls(await context.new_page(), base, name)

    async def join(self, code: str) -> None:
        page = self.page
        await page.goto(f"{self.base}/j/{code}")
        await page.get_by_label("Your name").fill(self.name)
        await page.get_by_label("Your school").fill(f"School of {self.name}")
        await self.press("Next")
        await page.get_by_label("I agree").check()
        await self.press("Take my seat")
        await expect(page.locator(".top")).to_be_visible()
        await expect(page.locator("[data-state=ready], [data-state=saved]")).to_be_visible()

    def button(self, words: str) -> Locator:
        return self.page.get_by_role("button", name=words, exact=True)

    def field(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=label)

    async def press(self, words: str) -> None:
        await self.button(words).click()

    async def write(self, label: str, words: str) -> None:
        """Type, and see that it was saved."""
        await self.field(label).fill(words)
        await self.saved()

    async def saved(self) -> None:
        await expect(self.page.locator("[data-state=saved]")).to_be_visible()
        await expect(self.page.locator(".below .save-mark")).to_have_count(0)

    async def reads(self, words: str) -> None:
        await expect(self.page.locator("main")).to_contain_text(words)

    async def text(self) -> str:
        """What the middle of the screen says, without the numbers of a running clock."""
        shown: str = await self.page.evaluate(TEXT)
        return "\n".join(line for line in shown.splitlines() if ":" not in line[:4])

    async def seconds_left(self) -> int:
        face = await self.page.locator(".turn .clock > [aria-hidden]").inner_text()
        minutes, _, seconds = face.partition(":")
        return int(minutes) * 60 + int(seconds)


class Lead:
    """The moderator, who presses without a screen."""

    def __init__(self, device: Device) -> None:
        self.device = device

    @property
    def room(self) -> dict[str, Any]:
        return self.device.views[("room", "")].body

    @property
    def board(self) -> dict[str, Any]:
        return self.device.views[("moderators", "")].body

    def name(self, person: str) -> str:
        return str(self.device.views[("moderators", "")].names[person]["name"])

    def person(self, name: str) -> str:
        return next(who for who, one in self.device.views[("moderators", "")].names.items() if one["name"] == name)

    async def says(self, command: Command) -> None:
        answer = await self.device.submit("", command)
        assert isinstance(answer, Accepted), answer

    async def moves(self, phase: str) -> None:
        left = self.room.get("at")
        await self.says(MoveRoom(PhaseId(phase), PhaseId(left) if left else None))
        # An answer may come before the view that shows what it did; the next move starts from that view.
        await eventually(lambda: self.room.get("at") == phase)

    async def steps(self, phase: str, step: int, left: int, group: str = "") -> None:
        await self.says(MoveStep(PhaseId(phase), step, left, GroupId(group) if group else None))
        if not group:
            await eventually(lambda: self.room.get("step", 0) == step)

    def groups(self, phase: str, grouping: str) -> list[list[str]]:
        """The names at each table."""
        groups = self.board["groups"].get(phase, {}).get(grouping, ())
        return [[self.name(PersonId(person)) for person in group["members"]] for group in groups]


@asynccontextmanager
async def kept_honest(*phones: Phone) -> AsyncIterator[None]:
    """No page of these may have thrown."""
    yield
    assert {phone.name: phone.troubles for phone in phones if phone.troubles} == {}
