"""A partner leaves while the other tells: said honestly, mended with one tap, and the work stays with who stays."""

import re

from playwright.async_api import Page, expect

from tests.support.participant import Phone
from tests.support.situation import GROUP_NOTE, QUESTION, SITUATION, Day, Desk, Venue

pytestmark = SITUATION


async def pair_at_work(day: Day) -> tuple[Phone, Phone, Desk]:
    """Two at one table whose screens we follow, and one more pair in the room."""
    staying, going = await day.everybody("Stella", "Goran")
    desk = await day.desk()
    others = [(await day.by_protocol(name))[0] for name in ("Ana", "Bor")]
    await desk.pairs(QUESTION, [staying.person, going.person], others)
    return staying, going, desk


async def one_tap(console: Page) -> None:
    card = console.locator(".group").filter(has_text="says that the partner is gone")
    await expect(card).to_be_visible()
    await card.get_by_role("button", name="Find a partner").click()


async def test_a_short_absence_changes_nothing(venue: Venue) -> None:
    async with venue.day() as day:
        staying, going, _ = await pair_at_work(day)
        before = day.tables()
        await going.context.close()
        await staying.sits_with("Goran")
        await staying.type(GROUP_NOTE, "Go on")
        await staying.is_saved()
        assert day.tables() == before
        back = await day.with_seat(going.name, going.token, going.person)
        await back.sits_with("Stella")
        await back.reads(GROUP_NOTE, "Go on")


async def test_one_tap_finds_a_new_partner_and_the_work_stays_with_who_stays(venue: Venue) -> None:
    async with venue.day() as day:
        staying, going, _ = await pair_at_work(day)
        await staying.type(GROUP_NOTE, "Our half of the story")
        await staying.is_saved()
        table = day.table_of(staying.person)
        await going.context.close()

        await staying.calls_that_the_partner_is_gone()
        console = await day.console()
        await one_tap(console)
        await day.becomes(lambda: all(len(one) > 2 for one in day.tables() if staying.person in one))
        await staying.understands_the_move()
        await staying.sees("Written before you were put together")
        await staying.sees("Our half of the story")
        await expect(console.get_by_text("partner is gone")).to_have_count(0)
        await day.keeps(staying.person, f"{QUESTION}/board/{table}", "Our half of the story")


async def test_in_an_interview_the_card_of_who_stays_is_still_theirs(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        staying, going = await day.everybody("Stella", "Goran")
        desk = await day.desk()
        others = [(await day.by_protocol(name))[0] for name in ("Ana", "Bor")]
        await desk.pairs("interviews", [staying.person, going.person], others)
        await desk.step(2)
        role = staying.page.get_by_text(re.compile("^You (tell|ask)$"))
        await expect(role).to_be_visible()
        teller, asker = (staying, going) if await role.inner_text() == "You tell" else (going, staying)
        await asker.type("Key words", "the library at seven")
        await asker.is_saved()
        await teller.context.close()
        await asker.calls_that_the_partner_is_gone()
        await one_tap(await day.console())
        await day.becomes(lambda: all(len(one) > 2 for one in day.tables() if asker.person in one))
        notes = day.run.id + "/notes/" + teller.person
        await day.keeps(asker.person, notes, "the library at seven")


async def test_who_waits_reads_for_whom_and_since_when_and_can_call_and_take_it_back(venue: Venue) -> None:
    async with venue.day() as day:
        staying, going, desk = await pair_at_work(day)
        await going.closes_the_tab()
        await day.is_long_gone(going)
        await staying.sees("No sign of Goran just now")
        await staying.sees("The phone has been silent for 1 minute.")
        await staying.sees("The place is kept")
        await staying.press("My partner is gone")
        await staying.sees("The moderator knows that you wait")
        await day.becomes(lambda: [call.reason for call in day.state.help] == ["partner_gone"])
        await staying.press("My partner is back")
        await staying.does_not_see("The moderator knows that you wait")
        await day.becomes(lambda: day.state.help == ())
        back = await day.with_seat(going.name, going.token, going.person)
        await staying.does_not_see("No sign of Goran just now")
        await back.sits_with("Stella")
        await desk.device.ready()
