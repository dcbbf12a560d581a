"""The last step is done: the trainer ends the day with the button that led through it, and work goes on from home."""

from playwright.async_api import Page, expect

from server.core.messages import PhaseId
from server.core.workshop import commands as c
from tests.support.situation import SITUATION, Day, Venue

pytestmark = SITUATION

CLOSE, CHECK_IN = PhaseId("close"), PhaseId("check_in_3_days")
HALL = {"width": 1920, "height": 1080}


async def at_the_last_step(day: Day) -> Page:
    await day.by_protocol("Ana")
    await day.by_protocol("Bor")
    desk = await day.desk()
    await desk.move(CLOSE)
    steps = len(day.state.steps(day.run))
    for step in range(1, steps):
        await desk.step(step)
    return await day.console()


async def test_the_button_ends_the_day_and_then_opens_what_is_done_from_home(venue: Venue) -> None:
    async with venue.day("full_day", pack="") as day:
        console = await at_the_last_step(day)
        screen = await day.page(f"/w/{day.id}/screen#{day.links['screen']}", HALL)
        await console.get_by_role("button", name="End the day for 2 people").click()
        said = console.get_by_role("group", name="What will happen")
        await expect(said).to_contain_text("“Close” stays open for whoever is not finished.")
        await expect(said).to_contain_text("when you open it: Check-in and Learning together, a second look.")
        await said.get_by_role("button", name="Yes").click()
        await day.becomes(lambda: day.state.life == "follow_up")
        await expect(console.locator(".where")).to_contain_text("open for follow-up")
        await expect(screen.get_by_role("heading", name="Thank you")).to_be_visible()

        await console.get_by_role("button", name="Go on with the meeting").click()
        await day.becomes(lambda: day.state.life == "live")
        await expect(screen.get_by_role("heading", name="Thank you")).to_have_count(0)
        await console.get_by_role("button", name="End the day").click()
        await console.get_by_role("button", name="Yes: End the day").click()

        await console.get_by_role("button", name="Open Check-in for 2 people").click()
        await console.get_by_role("button", name="Yes").click()
        await day.becomes(lambda: (day.state.at, day.state.life) == (CHECK_IN, "follow_up"))


async def test_a_closed_phase_and_a_closed_workshop_say_so_and_how_to_open_them(venue: Venue) -> None:
    async with venue.day("full_day", pack="") as day:
        console = await at_the_last_step(day)
        desk = await day.desk()
        await desk.wish(c.ClosePhase(CLOSE))
        await expect(console.locator(".where")).to_contain_text("closed")
        await expect(console.locator(".stop.now")).to_contain_text("closed")
        await console.get_by_role("button", name="Open Close again").click()
        await day.becomes(lambda: day.run.is_open)
        await expect(console.locator(".where")).not_to_contain_text("closed")

        await desk.wish(c.ChangeLife("closed"))
        await expect(console.locator(".rail")).to_contain_text("The workshop is closed")
        await expect(console.locator(".button.primary")).to_have_count(0)
        await console.get_by_role("button", name="Open it again").click()
        await expect(console.get_by_role("button", name="End the day")).to_be_visible()
