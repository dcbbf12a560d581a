"""The device's own back button: it closes what lies over the page, and takes nobody out of the room by surprise."""

import re

from playwright.async_api import expect

from tests.support.situation import NOTE, SITUATION, WELCOME, Venue

pytestmark = SITUATION


async def test_back_from_my_day_leads_to_now(venue: Venue) -> None:
    async with venue.day() as day:
        (ana,) = await day.everybody("Ana")
        desk = await day.desk()
        await desk.move(WELCOME)
        await ana.type(NOTE, "Half a sentence")
        # Short enough to be scrolled, high enough for the bar at the bottom to stay in sight.
        await ana.page.set_viewport_size({"width": 320, "height": 490})
        await ana.page.evaluate("scrollTo(0, 120)")
        where = await ana.page.evaluate("scrollY")
        address = ana.page.url
        await ana.press("My day")
        await expect(ana.page.get_by_role("heading", name="My day")).to_be_visible()
        await ana.page.go_back()
        await ana.reads(NOTE, "Half a sentence")
        assert ana.page.url == address
        assert where > 0
        await ana.page.wait_for_function("(y) => scrollY === y", arg=where)
        await ana.is_connected()


async def test_back_closes_a_sheet_and_leaves_my_day_open_below_it(venue: Venue) -> None:
    async with venue.day() as day:
        (ana,) = await day.everybody("Ana")
        desk = await day.desk()
        await desk.move(WELCOME)
        await ana.press("Help")
        sheet = ana.page.get_by_role("dialog", name="Help")
        await expect(sheet).to_be_visible()
        await ana.page.go_back()
        await expect(sheet).to_be_hidden()
        await ana.is_in("Welcome")


async def test_what_was_closed_by_hand_leaves_nothing_for_the_back_button(venue: Venue) -> None:
    """Otherwise every sheet of a day would have to be gone back through."""
    async with venue.day() as day:
        page = await day.page("/join")
        await expect(page.locator("h1")).to_be_visible()
        _, token = await day.new_seat("Ana")
        await page.goto(f"{day.url}/w/{day.workshop}#{token}")
        await expect(page.locator(".top")).to_be_visible()
        for _ in range(3):
            await page.get_by_role("button", name="Help").click()
            await expect(page.get_by_role("dialog", name="Help")).to_be_visible()
            await page.keyboard.press("Escape")
            await expect(page.get_by_role("dialog")).to_have_count(0)
            await page.get_by_role("button", name="My day").click()
            await page.get_by_role("button", name="Back to now").click()
            await expect(page.get_by_role("button", name="My day")).to_be_visible()
        await page.wait_for_function("!history.state?.layer")
        await page.go_back()
        await expect(page).to_have_url(re.compile("/join$"))
