"""Whoever comes late has a place at once, in every phase of the day, and reads in half a minute what was missed."""

import re

import pytest
from playwright.async_api import expect

from tests.support.situation import QUESTION, SITUATION, Venue

pytestmark = SITUATION


async def test_coming_in_by_code_in_the_middle_of_a_phase_leads_to_a_table_and_a_catch_up_card(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        for name in ("Ana", "Bor"):
            await day.by_protocol(name)
        desk = await day.desk()
        await desk.move("interviews")
        await desk.step(1)
        late = await day.door()
        await late.fills_in_the_door("Late Lena", "School on the Hill")
        await late.is_in("Interviews")
        await late.sees("Welcome. Half a minute to catch up")
        await late.sees("Table 1")
        await late.sits_with("Ana", "Bor")
        await late.press("I am with you")
        await late.does_not_see("Welcome. Half a minute to catch up")
        assert [len(table) for table in day.tables()] == [3]


@pytest.mark.slow
async def test_every_phase_of_the_day_has_a_place_for_somebody_late(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        for name in ("Ana", "Bor", "Eva", "Jan"):
            await day.by_protocol(name)
        desk = await day.desk()
        door = await day.door()
        for number, run in enumerate(day.state.phases):
            await desk.move(run.id)
            _, token = await day.new_seat(f"Late {number}")
            await door.page.goto(f"{day.url}/w/{day.id}#{token}")
            await door.page.reload()
            words = day.state.spec(run)
            await door.is_in(words.short)
            await expect(door.page.locator("main .place, main .rest")).to_be_visible()
            await door.does_not_see(re.compile("^One moment"))
            await door.does_not_see("You will have a place in a moment")


async def test_who_comes_before_the_beginning_is_told_that_it_has_not_begun(venue: Venue) -> None:
    async with venue.day() as day:
        early = await day.seated("Early Eva")
        await early.sees("You are in. It has not begun yet.")
        desk = await day.desk()
        await day.by_protocol("Ana")
        await desk.move(QUESTION)
        await early.is_in("The question")
        await early.sits_with("Ana")


async def test_who_comes_after_a_phase_makes_the_least_of_it_alone_and_comes_back_to_the_room(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        for name in ("Ana", "Bor"):
            await day.by_protocol(name)
        desk = await day.desk()
        await desk.move("arrival")
        await desk.move("interviews")
        await desk.move("balance_wheel")
        late = await day.seated("Late Lena")
        owed = late.page.locator(".owed li").filter(has_text="Interviews")
        await expect(owed).to_contain_text("One strength and one condition")
        # Whoever reads on first finds the list again, below what the room does now.
        await late.press("I am with you")
        await late.does_not_see("Welcome. Half a minute to catch up")
        await owed.get_by_role("button", name="Do it now").click()
        await late.sees("This part is over in the room, and open for you alone.")
        await late.type("A headline for the story", "The library that opened")
        await late.type("Strengths in it", "The library opens at seven")
        await late.is_saved()
        await late.does_not_see("my partner")
        await late.does_not_see("to whom you told it")
        await late.press("I approve this")
        await late.press("Back to the room")
        await late.is_in("Balance wheel")
        await expect(owed).to_have_count(0)
