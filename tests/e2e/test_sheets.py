"""A sheet over the page: the way out is in sight, and what is said meanwhile is seen and heard above it."""

from playwright.async_api import ViewportSize, expect

from server.core.workshop.commands import AnswerHelp
from tests.support.situation import SITUATION, WELCOME, Venue

pytestmark = SITUATION

SMALL: ViewportSize = {"width": 320, "height": 560}


async def test_a_sheet_has_a_way_out_in_sight_however_far_one_has_scrolled(venue: Venue) -> None:
    async with venue.day() as day:
        (ana,) = await day.everybody("Ana")
        await ana.page.set_viewport_size(SMALL)
        await ana.press("Help")
        sheet = ana.page.get_by_role("dialog", name="Help")
        await sheet.get_by_text("Go on with another device").click()
        await expect(sheet.locator(".qr")).to_be_visible()
        await sheet.evaluate("(sheet) => sheet.scrollTo(0, sheet.scrollHeight)")
        out = sheet.get_by_role("button", name="Close")
        await expect(out).to_be_in_viewport(ratio=1)
        await out.click()
        await expect(sheet).to_be_hidden()
        await expect(ana.button("Help")).to_be_focused()


async def test_what_is_said_while_a_sheet_is_open_is_not_hidden_under_it(venue: Venue) -> None:
    async with venue.day() as day:
        (ana,) = await day.everybody("Ana")
        desk = await day.desk()
        await desk.move(WELCOME)
        await ana.press("Help")
        sheet = ana.page.get_by_role("dialog", name="Help")
        await sheet.get_by_role("button", name="Ask the moderator to come").click()
        await ana.sees("The moderator knows.")
        await desk.wish(AnswerHelp(ana.person))
        await expect(sheet.locator(".toast")).to_be_visible()
        await expect(sheet.locator("[aria-live=polite]").last).to_contain_text("is coming")
