"""The large screen with a full room: nothing under its lower edge, nothing cut, nothing too small for the last row."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from server.app.activities import all_examples
from server.core.messages import PageId, PersonId
from server.rehearsal.bot import Bot
from server.rehearsal.play import Plan, Rehearsal
from server.rehearsal.web import ask
from tests.support.chromium import chromium
from tests.support.layout import finds_nothing
from tests.support.node import running_node

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PEOPLE = 24
LARGE: ViewportSize = {"width": 1920, "height": 1080}
TURN_MS = 11_000
MOST_PAGES = 12

LONG = {
    "strengths": "Keeps calm when others are in haste\nAsks what nobody else likes to ask",
    "conditions": (
        "We had one afternoon a month that nobody could take away from us, and a room with a door that shuts\n"
        "Both heads had said aloud in front of their staff that it may go wrong at first"
    ),
    "quote": "I stopped counting whose pupils they were, and from that day on the others stopped counting as well.",
    "issue_title": "How long may I protect one colleague at the cost of a whole class",
}

WRONG = """() => {
  const foot = document.querySelector('.s-corner').getBoundingClientRect().top;
  const wrong = [];
  const walker = document.createTreeWalker(document.querySelector('.s-main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!words || element.closest('.unseen') || !element.checkVisibility({ visibilityProperty: true })) continue;
    const { bottom, right, left } = element.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < 39.9) wrong.push(`${size} px: ${words}`);
    if (bottom > foot + 1) wrong.push(`under the lower edge: ${words}`);
    if (right > innerWidth || left < 0) wrong.push(`beside the screen: ${words}`);
    const list = element.closest('.turning > ul');
    if (list && bottom > list.getBoundingClientRect().bottom + 1) wrong.push(`cut: ${words}`);
  }
  return wrong;
}"""


class FullRoom(Rehearsal):
    """People with the longest names, who write as much as they may, each in words of their own."""

    async def seat(self, number: int) -> Bot:
        wanted = {
            "name": f"Marie-Christine von Hohenstein {number}",
            "school": f"Staatliche Gemeinschaftsschule Oberhausen an der Donau {number}",
            "languages": ["en"],
            "position": "Head",
            "schooling": "",
            "agreed": True,
        }
        joined = await ask("POST", f"{self.plan.base}/api/join/{self.code}", wanted)
        device = await self.device(joined["person"], joined["token"], number)
        write = device.write

        async def at_length(page: PageId, field: str, text: str) -> Any:
            lines = LONG.get(field, text).split("\n")
            return await write(page, field, "\n".join(f"{line} {number}" if field in LONG else line for line in lines))

        device.write = at_length  # type: ignore[method-assign]
        bot = Bot(device, PersonId(joined["person"]), self.pack, self._examples, self.plan.seed)
        self.bots.append(bot)
        return bot


@asynccontextmanager
async def full_room(redis_url: str) -> AsyncIterator[tuple[FullRoom, Browser]]:
    async with running_node(redis_url) as node, AsyncExitStack() as stack, chromium() as browser:
        plan = Plan(node.url, "", polling=0)
        created = await ask("POST", f"{node.url}/api/workshops", {"title": "A full room", "schedule": "half_day"})
        room = FullRoom(plan, all_examples(), created, stack, lambda _: None)
        await room.open()
        for number in range(PEOPLE):
            await room.seat(number)
        yield room, browser


WHERE = """() => {
  const { page, pages } = document.querySelector('.turning').dataset;
  return [document.querySelector('.interview-screen h2')?.innerText ?? '', page, pages].join(' | ');
}"""


async def every_page_is_right(page: Page) -> int:
    """Turns through all that takes turns; how many pages there were."""
    seen: list[str] = []
    for _ in range(MOST_PAGES):
        await expect(page.locator(".turning[data-measuring=false]")).to_be_visible()
        where = await page.evaluate(WHERE)
        if where in seen:
            return len(seen)
        await finds_nothing(page, WRONG)
        seen.append(where)
        if where.startswith(" |") and where.endswith("| 1"):
            return 1
        await page.clock.fast_forward(TURN_MS)
        await page.wait_for_function(f"(where) => ({WHERE})() !== where", arg=where)
    raise AssertionError("the pages never come round again")


async def test_the_walls_of_a_full_room_fit_and_turn_their_pages(redis_url: str) -> None:
    async with full_room(redis_url) as (room, browser):
        page = await browser.new_page(viewport=LARGE, reduced_motion="reduce")
        await page.clock.install()
        await page.goto(f"{room.plan.base}/w/{room.workshop}/screen#{room.tokens['screen']}")
        for phase in ("arrival", "interviews"):
            await room.play_phase(phase, 0, 0)
        await expect(page.locator(".interview-screen")).to_be_visible()
        assert await every_page_is_right(page) > 2
        for phase in ("write_vignette", "similarities", "partner_choice"):
            await room.play_phase(phase, 0, 0)
        await expect(page.locator(".partnering-screen")).to_be_visible()
        await every_page_is_right(page)
        await room.play_phase("dimensions", 0, 0)
        await page.keyboard.press("i")
        await expect(page.locator(".network-dimensions-screen")).to_be_visible()
        assert await every_page_is_right(page) == 2
