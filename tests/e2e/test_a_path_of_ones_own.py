"""A moderator brings a path of their own in a file: mistakes are named by line, and the room follows it."""

from pathlib import Path

from playwright.async_api import expect

from tests.support.example_path import EXAMPLE
from tests.support.situation import SITUATION, Venue

pytestmark = SITUATION


async def test_a_file_with_a_mistake_is_mended_and_then_followed(venue: Venue, tmp_path: Path) -> None:
    good, bad = tmp_path / "ours.yaml", tmp_path / "broken.yaml"
    good.write_text(EXAMPLE, encoding="utf-8")
    bad.write_text(EXAMPLE.replace("activity: talk", "activity: talking", 1), encoding="utf-8")
    async with venue.day() as day:
        page = await day.page("/")
        await page.get_by_text("Date, language and how long it is kept").click()
        file = page.get_by_label("A path of your own")
        await file.set_input_files(bad)
        await expect(page.get_by_role("alert")).to_contain_text("talking")
        await file.set_input_files(good)
        await expect(page.get_by_text("This workshop follows ours.yaml.")).to_be_visible()
        await expect(page.get_by_role("alert")).to_have_count(0)
        await page.get_by_role("button", name="Create the workshop").click()
        await expect(page.get_by_role("heading", name="ready")).to_be_visible()
