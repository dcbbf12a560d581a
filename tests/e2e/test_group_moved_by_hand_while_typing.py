"""A person is moved to another table in the middle of a word: no letter is lost, and nobody is told an untruth."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import expect

from server.core.messages import PersonId
from server.core.workshop import commands as c
from tests.support.participant import Phone
from tests.support.situation import GROUP_NOTE, NOTE, QUESTION, SITUATION, Day, Desk, Venue

pytestmark = SITUATION

SENTENCE = "The quick brown fox jumps over the lazy dog and goes on to the river"
BETWEEN_KEYS_MS = 45


@asynccontextmanager
async def typing(phone: Phone, words: str) -> AsyncIterator[None]:
    """Somebody writes into the field that has the keys, letter by letter, whatever happens meanwhile."""
    async with asyncio.TaskGroup() as hands:
        hands.create_task(phone.page.keyboard.type(words, delay=BETWEEN_KEYS_MS))
        # The sentence has begun when it happens, and goes on after it.
        await asyncio.sleep(len(words) * BETWEEN_KEYS_MS / 4_000)
        yield


async def two_tables(day: Day) -> tuple[list[Phone], Desk, PersonId]:
    """Ana and Bor at one table; Mia, Jan and a third at the other."""
    phones = await day.everybody("Ana", "Bor", "Mia", "Jan")
    desk = await day.desk()
    rok, _ = await day.by_protocol("Rok")
    ana, bor, mia, jan = phones
    await desk.pairs(QUESTION, [ana.person, bor.person], [mia.person, jan.person, rok])
    for phone in phones:
        await expect(phone.field(GROUP_NOTE)).to_be_editable()
    return phones, desk, rok


async def test_who_stays_writes_on_while_somebody_is_moved_to_them(venue: Venue) -> None:
    async with venue.day() as day:
        (ana, bor, mia, jan), desk, _ = await two_tables(day)
        await ana.field(GROUP_NOTE).click()
        await mia.field(GROUP_NOTE).click()
        async with typing(ana, SENTENCE), typing(mia, SENTENCE):
            await desk.wish(c.MovePerson(QUESTION, "pairs", jan.person, day.table_of(ana.person)))
        for phone in (ana, mia):
            await phone.reads(GROUP_NOTE, SENTENCE)
            await expect(phone.field(GROUP_NOTE)).to_be_focused()
            await expect(phone.page.locator("dialog[open]")).to_have_count(0)
        await bor.reads(GROUP_NOTE, SENTENCE)
        # Each table hears what has happened there, and nothing that has not.
        await expect(ana.told).to_contain_text("The moderator has sent Jan to your table.")
        await expect(bor.told).to_contain_text("The moderator has sent Jan to your table.")
        await expect(mia.told).to_contain_text("The moderator has moved Jan to another table.")
        for phone in (ana, bor, mia):
            await expect(phone.page.get_by_role("heading", name="You have moved")).to_have_count(0)
            await phone.does_not_see("had to leave")
        await ana.understands_the_move()
        await ana.reads(GROUP_NOTE, SENTENCE)


async def test_the_line_that_is_being_written_stays_where_it_is(venue: Venue) -> None:
    async with venue.day() as day:
        (ana, _, _, jan), desk, _ = await two_tables(day)
        await ana.field(GROUP_NOTE).click()
        top = "document.activeElement.getBoundingClientRect().top"
        before = await ana.page.evaluate(top)
        await desk.wish(c.MovePerson(QUESTION, "pairs", jan.person, day.table_of(ana.person)))
        await expect(ana.told).to_be_visible()
        assert abs(await ana.page.evaluate(top) - before) < 4


async def test_who_is_moved_finishes_the_sentence_and_none_of_it_lands_at_the_new_table(venue: Venue) -> None:
    async with venue.day() as day:
        (ana, bor, _, jan), desk, _ = await two_tables(day)
        await jan.field(GROUP_NOTE).click()
        async with typing(jan, SENTENCE):
            await desk.wish(c.MovePerson(QUESTION, "pairs", jan.person, day.table_of(ana.person)))
        await expect(jan.field(GROUP_NOTE)).to_be_focused()
        await jan.reads(GROUP_NOTE, SENTENCE)
        await expect(jan.told).to_contain_text("You have moved")
        await expect(jan.told).to_contain_text("The moderator has moved you to another table.")
        await expect(jan.page.locator("dialog[open]")).to_have_count(0)
        await jan.understands_the_move()
        await jan.sits_with("Ana", "Bor")
        for phone in (jan, ana, bor):
            await phone.reads(GROUP_NOTE, "")
        await expect(jan.mark).to_have_attribute("data-state", "kept")
        kept = jan.page.get_by_role("region", name="Kept on this device")
        await expect(kept).to_contain_text(SENTENCE)
        await expect(kept).to_contain_text("You no longer write in this text.")
        # His words went nowhere else, and are on his device also after a reload.
        await jan.page.reload()
        await jan.press("My day")
        await jan.sees("as it was when you moved")
        await jan.sees(SENTENCE)
        await ana.press("My day")
        await ana.does_not_see(SENTENCE)


async def test_who_is_moved_and_does_not_write_is_told_over_the_page_and_no_key_presses_it_away(venue: Venue) -> None:
    async with venue.day() as day:
        (ana, _, _, jan), desk, _ = await two_tables(day)
        await desk.wish(c.MovePerson(QUESTION, "pairs", jan.person, day.table_of(ana.person)))
        sheet = jan.page.get_by_role("dialog", name="You have moved")
        await expect(sheet).to_be_visible()
        await jan.page.keyboard.type("a word ")
        await expect(sheet).to_be_visible()
        await jan.understands_the_move()
        await jan.sits_with("Ana", "Bor")


async def test_a_swap_and_its_undoing_are_told_as_what_they_are(venue: Venue) -> None:
    async with venue.day() as day:
        (ana, bor, mia, jan), desk, _ = await two_tables(day)
        await desk.wish(c.SwapPeople(QUESTION, "pairs", bor.person, jan.person))
        await expect(ana.told).to_contain_text("The moderator has moved Bor to another table.")
        await expect(ana.told).to_contain_text("The moderator has sent Jan to your table.")
        await expect(mia.told).to_contain_text("The moderator has sent Bor to your table.")
        await ana.understands_the_move()
        await desk.wish(c.UndoAct(day.state.undoable[-1].seq))
        await expect(ana.told).to_contain_text("The moderator has taken the last change back.")
        await ana.sits_with("Bor")


async def test_the_words_stay_and_the_new_group_is_seen(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor, mia = await day.everybody("Ana", "Bor", "Mia")
        desk = await day.desk()
        jan, _ = await day.by_protocol("Jan")
        rok, _ = await day.by_protocol("Rok")
        await desk.pairs(QUESTION, [ana.person, bor.person, mia.person], [jan, rok])
        old = day.table_of(ana.person)
        await bor.type(GROUP_NOTE, "From Bor. ")
        await ana.reads(GROUP_NOTE, "From Bor. ")
        await ana.type(NOTE, "My own words")
        await ana.type(GROUP_NOTE, "And this is from An")
        await bor.reads(GROUP_NOTE, "From Bor. And this is from An")
        await desk.wish(c.MovePerson(QUESTION, "pairs", ana.person, day.table_of(jan)))

        await ana.understands_the_move()
        await ana.sits_with("Jan", "Rok")
        await ana.reads(GROUP_NOTE, "")
        await ana.reads(NOTE, "My own words")
        await bor.reads(GROUP_NOTE, "From Bor. And this is from An")
        await ana.type(GROUP_NOTE, "At the new table")
        await ana.is_saved()
        await day.keeps(jan, f"{QUESTION}/board/{day.table_of(jan)}", "At the new table")
        await day.keeps(bor.person, f"{QUESTION}/board/{old}", "From Bor. And this is from An")
