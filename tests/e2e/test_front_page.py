"""The first page: what is recommended stands chosen, and no name is too long for it."""

import re

from playwright.async_api import expect

from tests.support.situation import SITUATION, Venue

pytestmark = SITUATION

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsausbildungsstättenleiterzusammenkunft"
HELD = """(title) => {
    const seat = { workshop: "w", token: "t", role: "person", name: "Marie-Christine von Hohenstein", title };
    localStorage.setItem("bc-seats", JSON.stringify([seat]));
}"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def test_two_meetings_stand_chosen_with_their_times(venue: Venue) -> None:
    async with venue.day() as day:
        page = await day.page("/")
        await expect(page.get_by_role("radio").first).to_be_checked()
        first = page.locator(".card-choice").first
        await expect(first).to_contain_text("Two meetings")
        await expect(first.locator(".meetings > span")).to_have_count(3)
        await expect(first.locator(".meetings")).to_contain_text(re.compile(r"Meeting 1 \d\d:\d\d–\d\d:\d\d"))


async def test_a_long_name_without_a_space_stays_on_the_page(venue: Venue) -> None:
    async with venue.day() as day:
        page = await day.page("/")
        await page.set_viewport_size({"width": 320, "height": 640})
        await page.evaluate(HELD, LONG)
        await page.reload()
        await expect(page.get_by_text(LONG)).to_be_visible()
        assert await page.evaluate(TOO_WIDE) <= 0
        box = await page.get_by_text(LONG).bounding_box()
        assert box
        assert box["width"] > 200, "not one letter a line, beside the way back"
