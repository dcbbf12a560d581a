"""A private draft is opened to one person, after a question, and that person hears of it and finds the way in."""

import re

from playwright.async_api import expect

from tests.support.participant import Phone
from tests.support.situation import SITUATION, Day, Venue

pytestmark = SITUATION

INVITES = re.compile("has invited you to write")


async def four_at_two_tables(day: Day) -> tuple[Phone, Phone, list[Phone]]:
    """Ana, her table mate in this phase, and those who sit elsewhere now but have met her before."""
    phones = await day.everybody("Ana", "Bor", "Cene", "Dana")
    desk = await day.desk()
    await desk.move("balance_wheel")
    await desk.move("write_vignette")
    await desk.step_to("write")
    mates = next(table for table in day.tables("readers") if phones[0].person in table)
    mate = next(phone for phone in phones[1:] if phone.person in mates)
    return phones[0], mate, [phone for phone in phones[1:] if phone is not mate]


async def test_only_the_table_of_this_phase_is_offered_and_nothing_opens_by_one_tap(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, mate, others = await four_at_two_tables(day)
        await ana.page.get_by_text("Writing together").click()
        await expect(ana.button(re.compile("^Invite "))).to_have_count(1)
        for other in others:
            await expect(ana.page.locator(".together").get_by_text(other.name)).to_have_count(0)
        await ana.press(f"Invite {mate.name}")
        await ana.sees(f"{mate.name} will read and change this text")
        await mate.does_not_see(INVITES)
        await ana.press("Not now")
        await expect(ana.button(f"Invite {mate.name}")).to_be_visible()
        await mate.does_not_see(INVITES)


async def test_whoever_is_invited_is_told_and_finds_the_text(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, mate, _ = await four_at_two_tables(day)
        await ana.field("The situation").click()
        await ana.page.keyboard.type("It is half past seven")
        await expect(ana.field("The situation")).to_contain_text("It is half past seven")
        await ana.page.get_by_text("Writing together").click()
        await ana.press(f"Invite {mate.name}")
        await ana.press("Yes, invite")
        await ana.sees(f"{mate.name} writes with you")
        await mate.sees("Ana has invited you to write in their text.")
        await mate.press("Open the text of Ana")
        await expect(mate.field("The situation")).to_contain_text("It is half past seven")
        await mate.press("My vignette")
        await expect(mate.field("The situation")).not_to_contain_text("It is half past seven")
        await expect(mate.page.get_by_role("button", name="Open the text of Ana")).to_have_count(0)


async def test_letting_somebody_type_is_another_question(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, mate, _ = await four_at_two_tables(day)
        await ana.page.get_by_text("Writing together").click()
        await ana.press("Let somebody type for me")
        await ana.press(f"{mate.name} types for me")
        await mate.sees("Ana asks you to type what they tell you.")
        await mate.press("Open the text of Ana")
        await mate.sees("You write down what Ana tells you.")


async def test_partners_who_swap_are_not_told_that_nobody_knows(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, mate, _ = await four_at_two_tables(day)
        desk = await day.desk()
        await desk.step_to("reader")
        await ana.sees(f"You swap with each other, so {mate.name} knows that it is yours.")
        await ana.press("Write")
        for label, words in (("Title", "Two lists"), ("I want", "calm"), ("and I also want", "belonging")):
            await ana.field(label).first.click()
            await ana.page.keyboard.type(words)
        await ana.press("Reader")
        await ana.press("Give it to a reader")
        await mate.sees("Ana wrote it.")
        await mate.does_not_see("without my name")


QUICKER = """() => {
    const found = new MutationObserver(() => {
        const box = document.querySelector("[role=textbox][aria-label=Title][aria-readonly=true]");
        if (!box) return;
        found.disconnect();
        box.focus();
    });
    found.observe(document.body, { childList: true, subtree: true });
}"""
"""A thumb that is in the field before its page is open."""


async def test_the_cursor_of_whoever_was_quicker_than_the_page_stays_in_the_field(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        (ana,) = await day.everybody("Ana")
        await ana.page.evaluate(QUICKER)
        desk = await day.desk()
        await desk.move("write_vignette")
        await desk.step_to("write")
        title = ana.field("Title").first
        await expect(title).to_have_attribute("contenteditable", "true")
        await expect(title).to_be_focused()
        await ana.page.keyboard.type("Two lists")
        await expect(title).to_contain_text("Two lists")
