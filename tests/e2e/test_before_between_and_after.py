"""The quiet parts of a day: arriving, a break, one's own time between two meetings, and after the end."""

import re

from playwright.async_api import expect

from server.core.workshop.commands import ChangeLife, ClosePhase
from tests.support.participant import Phone
from tests.support.situation import SITUATION, Venue

pytestmark = SITUATION

DONE = re.compile("^I am done")
MINUTES = re.compile("minutes? left|less than a minute|round off")


async def no_clock_runs(phone: Phone) -> None:
    await expect(phone.page.get_by_role("banner")).not_to_contain_text(MINUTES)


async def test_whoever_sits_in_the_room_is_not_told_to_type_the_code_and_is_ready_by_one_word(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move("arrival")
        await ana.sees("how we treat each other here")
        await ana.does_not_see(re.compile("Type the code"))
        await ana.press("I agree")
        for question in (0, 1):
            await ana.page.get_by_text("Yes", exact=True).nth(question).click()
        await expect(ana.button(DONE)).to_have_count(0)
        await ana.press("I am here and ready")
        await ana.sees("You are ready.")
        await day.becomes(lambda: ana.person in day.state.signals.saying("done"))
        await desk.step_to("aim")
        await day.becomes(lambda: ana.person in day.state.signals.saying("done"))


async def test_a_break_is_a_clock_and_the_time_to_go_on(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        (ana,) = await day.everybody("Ana")
        desk = await day.desk()
        await desk.move("break")
        await expect(ana.page.locator(".rest-clock")).to_contain_text(re.compile(r"1[45]:\d\d"))
        await ana.sees(re.compile(r"We go on at \d\d:\d\d"))
        await no_clock_runs(ana)
        for signal in (DONE, re.compile("^I need time")):
            await expect(ana.button(signal)).to_have_count(0)


async def test_what_is_done_on_ones_own_time_has_no_clock_and_its_own_place_in_the_day(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        (ana,) = await day.everybody("Ana")
        desk = await day.desk()
        line = ana.page.locator(".line-of-day")
        await desk.move("network_map")
        await expect(ana.page.get_by_role("banner")).to_contain_text("on your own time")
        await no_clock_runs(ana)
        await expect(line.locator(".now, .past")).to_have_count(0)
        await expect(line.locator("> :first-child")).to_have_js_property("tagName", "I")
        await desk.move("letter_of_intent")
        await expect(line.locator(".past")).to_have_count(10)
        await desk.wish(ChangeLife("follow_up"))
        await desk.move("intention")
        await no_clock_runs(ana)
        await expect(line.locator(".past")).to_have_count(11)
        await expect(line.locator("> :last-child")).to_have_js_property("tagName", "I")


async def test_after_the_meeting_people_see_what_is_open_and_no_clock_runs_on(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        (ana,) = await day.everybody("Ana")
        desk = await day.desk()
        await desk.move("letter_of_intent")
        await desk.wish(ChangeLife("follow_up"))
        await ana.sees("The meeting is over. The work goes on.")
        await ana.sees("A powerful intention")
        await no_clock_runs(ana)
        await ana.press("Go to Letter of intent")
        await expect(ana.field("A note for yourself")).to_be_editable()
        await desk.wish(ClosePhase(day.run.id))
        await desk.wish(ChangeLife("closed"))
        await ana.sees("This workshop has ended.")
        await no_clock_runs(ana)
