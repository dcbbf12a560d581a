"""The morning runs late: the trainer sees what to cut, what it saves, and nothing that must not be cut."""

from functools import partial

from playwright.async_api import Locator, Page, expect

from server.core.messages import PhaseId
from server.core.workshop import commands as c
from tests.support.situation import SITUATION, Day, Venue

pytestmark = SITUATION

ARRIVAL, INTERVIEWS = PhaseId("arrival"), PhaseId("interviews")
LATE = 12
"""Minutes that the arrival takes longer."""
CORNER_PX = 24
"""The way out of a sheet stands at its corner."""


async def late(day: Day) -> Page:
    await day.by_protocol("Ana")
    desk = await day.desk()
    await desk.move(ARRIVAL)
    await desk.wish(c.ChangeMinutes(ARRIVAL, day.run.minutes + LATE))
    return await day.console()


async def short(console: Page) -> Locator:
    await console.get_by_role("button", name="If you are short of time").click()
    return console.locator("dialog[open]")


def minutes(day: Day) -> dict[str, int]:
    return {run.id: run.minutes for run in day.state.phases if not run.between}


def has_at_most(day: Day, most: int) -> bool:
    return minutes(day)[INTERVIEWS] <= most


async def test_one_button_shares_the_delay_and_another_takes_it_back(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        console = await late(day)
        before = minutes(day)
        sheet = await short(console)
        await expect(sheet.get_by_role("status")).to_contain_text(f"{LATE} minutes behind")
        edge, cross = [await one.bounding_box() for one in (sheet, sheet.get_by_role("button", name="Close"))]
        assert edge is not None
        assert cross is not None
        assert edge["x"] + edge["width"] - cross["x"] - cross["width"] <= CORNER_PX
        await sheet.get_by_role("button", name=f"Share {LATE} min over the").click()
        await expect(sheet.get_by_role("status")).to_contain_text("On time")
        after = minutes(day)
        assert sum(before.values()) - sum(after.values()) == LATE
        # People need their break most when the morning is late.
        assert after["break"] == before["break"]
        await console.keyboard.press("Escape")
        await console.get_by_role("button", name="Undo").click()
        await day.becomes(lambda: minutes(day) == before)


async def test_each_cut_says_what_it_saves_and_what_must_not_be_cut_is_not_offered(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        console = await late(day)
        sheet = await short(console)
        first = sheet.locator(".cuts").first.locator("li")
        # The order of the path itself: the wall of the interviews before everything that comes later in the day.
        await expect(first.first).to_contain_text("The wall of strengths")
        await expect(first.first).to_contain_text("saves 3 min, end at")
        for kept in ("Interview each other", "read"):
            await expect(sheet.get_by_role("button", name=f"Leave out: {kept}")).to_have_count(0)
        await expect(sheet.locator(".remaining").filter(has_text="Interviews")).to_contain_text("Never cut: Interview")
        await first.first.get_by_role("button").click()
        await day.becomes(lambda: "wall" in " ".join(next(r for r in day.state.phases if r.id == INTERVIEWS).without))
        await expect(sheet.get_by_role("status")).to_contain_text(f"{LATE - 3} minutes behind")
        await expect(sheet).not_to_contain_text("The wall of strengths”")


async def test_minutes_of_one_phase_never_go_below_what_is_never_cut(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        console = await late(day)
        sheet = await short(console)
        less = sheet.get_by_role("button", name="Interviews: 5 minutes less")
        kept = 16
        """Those of the interviews themselves."""
        for fewer in range(minutes(day)[INTERVIEWS] - 5, kept - 5, -5):
            await less.click()
            await day.becomes(partial(has_at_most, day, max(kept, fewer)))
        await expect(less).to_be_disabled()
        assert minutes(day)[INTERVIEWS] == kept
