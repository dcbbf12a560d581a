"""What a screen says is true for whoever reads it: of two or three at a table, with and without a phone."""

import re

from playwright.async_api import expect

from server.core.workshop.commands import MoveTurn
from tests.support.participant import Phone
from tests.support.situation import SITUATION, WELCOME, Venue

pytestmark = SITUATION

NO_PHONE = re.compile("has no phone here")


async def test_only_of_somebody_without_a_phone_it_is_said_that_they_have_none(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, bor = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move("interviews")
        await desk.step_to("interviews")
        group = day.run.groups["pairs"][0]
        asker = bor if group.members[0] == ana.person else ana
        await desk.wish(MoveTurn(day.run.id, group.id, 1, 0))
        await expect(asker.field("A headline for the story")).to_be_editable()
        await asker.does_not_see(NO_PHONE)


async def test_the_screen_says_who_tells_first_and_three_do_not_swap(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        phones = await day.everybody("Ana", "Bor", "Cene")
        desk = await day.desk()
        await desk.move("interviews")
        await desk.step_to("find")
        group = day.run.groups["pairs"][0]
        by_person = {phone.person: phone for phone in phones}
        first, second = (by_person[person] for person in group.members[:2])
        await first.sees("You tell first.")
        await second.sees(f"{first.name} tells first.")
        await desk.step_to("interviews")
        await desk.wish(MoveTurn(day.run.id, group.id, 1, 0))
        await expect(second.button("The next story")).to_be_visible()
        await desk.wish(MoveTurn(day.run.id, group.id, 5, 1))
        await expect(second.button("We have all told our story")).to_be_visible()


async def test_my_day_has_no_heading_without_words(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        for phase in ("write_vignette", "similarities", "break", "grow"):
            await desk.move(phase)
        await ana.is_in("GROW plan")
        await ana.press("My day")
        await ana.sees("You wrote no vignette here.")
        await expect(ana.page.locator("main h3")).to_have_count(0)
        await expect(ana.page.get_by_role("heading", name="Break")).to_have_count(0)
        await ana.does_not_see("The wall")


async def test_lines_stay_lines_when_they_are_read_again(venue: Venue) -> None:
    async with venue.day() as day:
        (ana,) = await day.everybody("Ana")
        desk = await day.desk()
        await desk.move(WELCOME)
        await ana.type("A note for yourself", "First")
        await ana.page.keyboard.press("Enter")
        await ana.page.keyboard.type("Second")
        await ana.press("My day")
        written = ana.page.locator(".written")
        await expect(written).to_have_text(re.compile("First\\s+Second"))
        assert await written.evaluate("(words) => getComputedStyle(words).whiteSpace.startsWith('pre-line')")


async def writes_a_vignette(phone: Phone) -> None:
    for label, words in (("Title", "Two lists"), ("I want", "calm"), ("and I also want", "belonging")):
        field = phone.field(label).first
        await field.click()
        await phone.page.keyboard.type(words)
        await expect(field).to_contain_text(words)


async def test_a_new_version_is_offered_only_when_the_text_is_new(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move("write_vignette")
        await desk.step_to("write")
        await writes_a_vignette(ana)
        await ana.press("Reader")
        await ana.press("Give it to a reader")
        await ana.sees(re.compile("has version 1"))
        again = ana.button("Give the reader the new version")
        await expect(again).to_have_count(0)
        await ana.press("Share")
        await ana.page.get_by_role("radio", name="My pair").check()
        await ana.press("Show a copy to: My pair")
        await ana.sees("Seen now by: My pair")
        await expect(ana.button("Share the new version")).to_have_count(0)
        await ana.press("Write")
        await ana.field("Title").click()
        await ana.page.keyboard.press("End")
        await ana.page.keyboard.type(" more")
        await expect(ana.field("Title")).to_contain_text("Two lists more")
        await ana.press("Share")
        await expect(ana.button("Share the new version")).to_be_visible()
        await ana.press("Reader")
        await expect(again).to_be_visible()
