"""Two clicks make a workshop, and a reload does not take its links away."""

from playwright.async_api import expect

from tests.support.participant import Phone
from tests.support.situation import LAPTOP, SITUATION, Venue

pytestmark = SITUATION


async def test_the_links_stay_through_a_reload_and_the_way_back_from_the_console(venue: Venue) -> None:
    async with venue.day() as day:
        laptop = Phone(await day.page("/", LAPTOP), "Moderator")
        await laptop.press("Create the workshop")
        await laptop.sees("Your workshop is ready")
        await laptop.sees("Then it is erased by itself.")
        code = await laptop.page.locator(".the-code").inner_text()
        await laptop.page.reload()
        await expect(laptop.page.locator(".the-code")).to_have_text(code)
        await laptop.press("Open the console")
        await expect(laptop.page.locator(".console")).to_be_visible()
        await laptop.page.go_back()
        await expect(laptop.page.locator(".the-code")).to_have_text(code)
        # The address alone tells nobody anything.
        stranger = Phone(await day.page("/ready"), "Stranger")
        await stranger.sees("Prepare a workshop")


async def test_who_watches_comes_back_to_the_large_screen(venue: Venue) -> None:
    async with venue.day() as day:
        for role in ("observer", "screen"):
            watcher = Phone(await day.page(f"/w/{day.id}/screen#{day.links[role]}", LAPTOP), role)
            await watcher.sees(day.code)
            await watcher.page.goto(f"{day.url}/")
            await watcher.press("Back to the large screen")
            await watcher.sees(day.code)
