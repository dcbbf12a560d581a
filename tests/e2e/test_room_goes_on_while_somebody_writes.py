"""A step passes while somebody is in the middle of a sentence: they finish it, and go along when they are ready."""

import re

from playwright.async_api import expect

from server.core.workshop.commands import MoveTurn
from tests.support.participant import Phone
from tests.support.situation import SITUATION, Venue

pytestmark = SITUATION

AHEAD = re.compile("The room is at")


async def is_held(phone: Phone, words: str) -> None:
    """The offer is there, and the text is where it was, with the cursor in it."""
    await phone.sees(words)
    await expect(phone.page.locator(":focus")).to_be_editable()


async def test_a_vignette_stays_under_the_hand_until_its_author_goes_along(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move("write_vignette")
        await desk.step_to("write")
        box = ana.field("The situation")
        await box.click()
        await ana.page.keyboard.type("It is half past ")
        await expect(box).to_contain_text("It is half past")
        await desk.step_to("check")
        await is_held(ana, "The room is at “Check”")
        await ana.page.keyboard.type("seven.")
        await expect(box).to_contain_text("It is half past seven.")
        await ana.press("Go along")
        await ana.sees("Six checks")
        await expect(ana.page.locator("main h1")).to_be_focused()
        await ana.does_not_see(AHEAD)


async def test_whoever_does_not_write_goes_along_with_the_room(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move("write_vignette")
        await desk.step_to("write")
        await ana.field("The situation").click()
        await desk.step_to("check")
        await ana.sees("Six checks")
        await ana.does_not_see(AHEAD)


async def test_a_card_that_is_being_read_back_stays_when_the_pair_swaps(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, bor = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move("interviews")
        await desk.step_to("interviews")
        group = day.run.groups["pairs"][0]
        teller, asker = (ana, bor) if group.members[0] == ana.person else (bor, ana)
        await desk.wish(MoveTurn(day.run.id, group.id, 1, 0))
        await asker.type("A headline for the story", "The winter when two ")
        await desk.wish(MoveTurn(day.run.id, group.id, 2, 1))
        await teller.sees("You ask")
        await is_held(asker, "It is the next turn.")
        await asker.page.keyboard.type("schools met")
        await asker.reads("A headline for the story", "The winter when two schools met")
        await asker.press("Go along")
        await asker.sees("You tell")


async def test_whoever_passes_the_turn_on_goes_along_with_it(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, bor = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move("interviews")
        await desk.step_to("interviews")
        group = day.run.groups["pairs"][0]
        asker = bor if group.members[0] == ana.person else ana
        await desk.wish(MoveTurn(day.run.id, group.id, 1, 0))
        await asker.type("A headline for the story", "The winter when two schools met")
        await asker.press("We swap")
        await asker.sees("You tell")


async def test_a_note_of_the_table_stays_when_the_table_breaks_up(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move("similarities")
        await desk.step_to("different")
        await ana.type("The same issue, but what differs?", "One of us has ")
        await desk.step_to("give_want")
        await is_held(ana, "The room is at “Give and want”")
        await ana.page.keyboard.type("a new team")
        await ana.reads("The same issue, but what differs?", "One of us has a new team")


async def test_a_phase_that_ends_takes_everybody_along_and_says_where_the_words_are(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move("write_vignette")
        await desk.step_to("write")
        await ana.field("The situation").click()
        await ana.page.keyboard.type("It is half past ")
        await expect(ana.field("The situation")).to_contain_text("It is half past")
        await desk.move("grow")
        await ana.is_in("GROW plan")
        await ana.sees("What you wrote is kept from Write a vignette of your own.")
