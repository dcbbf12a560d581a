"""The participant's screens for everybody: by keyboard alone, heard instead of seen, on a narrow phone, in German."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from server.rehearsal.device import Device
from tests.support.axe import TOO_WIDE, is_clean
from tests.support.chromium import chromium
from tests.support.house import House, open_house
from tests.support.phone import Lead, Phone

pytestmark = pytest.mark.browser

FOCUSED = """
    (() => {
      const held = document.activeElement;
      return held === document.body ? "" : (held.labels?.[0] ?? held).textContent;
    })()
"""
NARROW = {"width": 320, "height": 640}
MOST_TABS = 60


@asynccontextmanager
async def day(redis_url: str, data: Path, **look: Any) -> AsyncIterator[tuple[House, Lead, Phone]]:
    """A house with one partner in it, and a phone that has not joined yet."""
    async with open_house(redis_url, data) as house, AsyncExitStack() as stack:
        seat = await house.join("Bor", school="Another school")
        await stack.enter_async_context(Device(house.url, seat["token"]))
        device = await stack.enter_async_context(Device(house.url, house.links["moderator"]))
        await device.ready()
        browser = await stack.enter_async_context(chromium())
        yield house, Lead(device), await Phone.on(browser, house.url, "Ana", **look)


async def through_the_interviews(lead: Lead, phone: Phone) -> AsyncIterator[str]:
    """Every screen from the first page of the workshop to the wall, one after the other."""
    yield "waiting"
    await lead.moves("arrival")
    await expect(phone.page.get_by_role("button", name="I agree")).to_be_visible()
    yield "arrival"
    await lead.moves("interviews")
    for step, left in ((1, 0), (2, 1)):
        await lead.steps("interviews", step, left)
    await expect(phone.page.locator(".turn")).to_be_visible()
    yield "telling"
    await phone.press("The story is told")
    await expect(phone.page.get_by_role("textbox").first).to_be_visible()
    yield "reading back"
    await phone.press("My day")
    await expect(phone.page.get_by_role("heading", name="My day")).to_be_focused()
    yield "my day"
    await phone.press("Back to now")
    await phone.press("Help")
    yield "help"


async def test_axe_finds_nothing_on_any_screen_and_nothing_is_wider_than_a_narrow_phone(
    redis_url: str, tmp_path: Path
) -> None:
    async with day(redis_url, tmp_path, viewport=NARROW) as (house, lead, ana):
        for path in ("/", "/join", "/pin", f"/j/{house.code}", "/j/ZZZZZZ"):
            await ana.page.goto(house.url + path)
            await expect(ana.page.locator("h1")).to_be_visible()
            await is_clean(ana.page)
        await ana.join(house.code)
        async for _screen in through_the_interviews(lead, ana):
            await is_clean(ana.page)


async def focused(page: Page) -> str:
    words: str = await page.evaluate(FOCUSED)
    return words


async def tab_to(page: Page, words: str) -> None:
    for _ in range(MOST_TABS):
        if words in await focused(page):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {words!r}")


async def test_a_keyboard_alone_joins_and_tells_a_story(redis_url: str, tmp_path: Path) -> None:
    async with day(redis_url, tmp_path) as (house, lead, ana):
        page, keys = ana.page, ana.page.keyboard
        await page.goto(house.url)
        await tab_to(page, "Workshop code")
        await keys.type(house.code.lower())
        await keys.press("Enter")
        await expect(page.get_by_role("heading", name="Who are you?")).to_be_focused()
        await tab_to(page, "Your name")
        await keys.type("Ana")
        await keys.press("Tab")
        await keys.type("Her school")
        await keys.press("Enter")
        await expect(page.get_by_role("heading", name="A little about your work")).to_be_focused()
        await tab_to(page, "I agree")
        await keys.press("Space")
        await keys.press("Enter")
        await expect(page.locator(".top")).to_be_visible()
        await lead.moves("interviews")
        for step, left in ((1, 0), (2, 1)):
            await lead.steps("interviews", step, left)
        await expect(page.locator("main h1")).to_be_focused()
        await expect(page.locator("[aria-live]").first).not_to_be_empty()
        await tab_to(page, "The story is told")
        await keys.press("Enter")
        await expect(page.locator(".turn")).to_contain_text(re.compile("reads? back"))
        await tab_to(page, "We swap")


@pytest.mark.parametrize("tongue", ["de", "hu"])
async def test_the_longest_words_fit_on_a_phone(redis_url: str, tmp_path: Path, tongue: str) -> None:
    async with day(redis_url, tmp_path, locale=tongue) as (house, lead, ana):
        await ana.page.goto(f"{house.url}/j/{house.code}")
        await expect(ana.page.locator(f"html[lang={tongue}] h1")).to_be_visible()
        seat = await house.join("Ana", school="A school")
        await ana.page.goto(f"{house.url}/w/{house.workshop}#{seat['token']}")
        await expect(ana.page.locator(".bottom button").first).to_be_visible()
        await lead.moves("interviews")
        for step, left in ((1, 0), (2, 1)):
            await lead.steps("interviews", step, left)
        await expect(ana.page.locator(".turn")).to_be_visible()
        assert await ana.page.evaluate(TOO_WIDE) <= 0
        rows = await ana.page.evaluate(
            "new Set([...document.querySelectorAll('.bottom button')].map((one) => one.offsetTop)).size"
        )
        assert rows == 1
