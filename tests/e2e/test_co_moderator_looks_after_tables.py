"""A colleague with tables of their own: theirs in every phase, everything for them and nothing for the others."""

from playwright.async_api import Page, expect

from server.core.messages import PersonId
from tests.support.situation import QUESTION, SITUATION, WELCOME, Day, Desk, Venue

pytestmark = SITUATION


async def two_tables(day: Day) -> tuple[Desk, list[PersonId]]:
    people = [(await day.by_protocol(name))[0] for name in ("Ana", "Bor", "Eva", "Jan")]
    desk = await day.desk()
    await desk.pairs(QUESTION, people[:2], people[2:])
    return desk, people


async def open_table(console: Page, table: int) -> None:
    await console.locator(".group-head").filter(has_text=f"Table {table}").click()


async def test_the_moderator_gives_a_colleague_tables_and_they_stay_theirs(venue: Venue) -> None:
    async with venue.day() as day:
        desk, people = await two_tables(day)
        moderator = await day.console()
        await moderator.get_by_role("button", name="Show the code and the links").click()
        await moderator.get_by_label("Name of your colleague").fill("Mia Kos")
        await moderator.get_by_role("button", name="Make a link: Co-moderator").click()
        await expect(moderator.locator("dialog[open]")).to_contain_text("Mia Kos")
        await moderator.keyboard.press("Escape")
        await open_table(moderator, 1)
        await moderator.get_by_role("checkbox", name="Mia Kos").check()
        await expect(moderator.locator("dialog[open]")).to_contain_text("tables 1")
        await day.becomes(lambda: list(day.state.tables.values()) == [(1,)])
        await desk.move(WELCOME)
        await desk.pairs(QUESTION, people[:2], people[2:])
        assert list(day.state.tables.values()) == [(1,)]


async def test_the_console_hides_what_is_not_theirs_and_shows_what_is(venue: Venue) -> None:
    async with venue.day() as day:
        await two_tables(day)
        helper = await day.console(day.links["co_moderator"])
        # Without tables of their own a co-moderator helps everywhere, but moves no room.
        await expect(helper.locator(".the-one")).to_have_count(0)
        await expect(helper.get_by_role("button", name="If you are short of time")).to_have_count(0)
        await expect(helper.get_by_role("button", name="New groups")).to_be_visible()
        moderator = await day.console()
        await open_table(moderator, 1)
        await moderator.get_by_role("checkbox", name="Co-moderator 1").check()
        await expect(helper.locator(".console-top")).to_contain_text("tables 1")
        await expect(helper.get_by_role("button", name="New groups")).to_have_count(0)
        await expect(helper.get_by_role("button", name="Pause the clock", exact=True)).to_have_count(0)
        await open_table(helper, 2)
        sheet = helper.locator("dialog[open]")
        await expect(sheet).to_contain_text("This table is looked after by somebody else.")
        await expect(sheet.get_by_role("button", name="Look in")).to_have_count(0)
        await helper.keyboard.press("Escape")
        await open_table(helper, 1)
        await sheet.get_by_role("button", name="+1 minute").click()
        await sheet.get_by_role("button", name="Next turn").click()
        await day.becomes(lambda: any(one.turn == 1 for one in day.run.progress.values()))
        await expect(helper.get_by_text("This link may not do that.")).to_have_count(0)
        await helper.keyboard.press("Escape")
        await helper.get_by_role("button", name="Say something").click()
        await expect(sheet.get_by_label("Everybody")).to_have_count(0)


async def test_the_table_sees_by_name_who_of_them_looks_in(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move(QUESTION)
        helper = await day.console(day.links["co_moderator"])
        await open_table(helper, 1)
        await helper.get_by_role("button", name="Look in").click()
        await ana.sees("A co-moderator is looking in")
        await helper.keyboard.press("Escape")
        await helper.get_by_role("button", name="Show the code and the links").click()
        await helper.get_by_label("Your name").fill("Mia Kos")
        await helper.get_by_role("button", name="Keep it").click()
        await helper.keyboard.press("Escape")
        await open_table(helper, 1)
        await helper.get_by_role("button", name="Look in").click()
        for phone in (ana, bor):
            await phone.sees("Mia Kos is looking in")
        # The laptop dies while it looks: nobody is told for the rest of the day that somebody does.
        await helper.context.close()
        for phone in (ana, bor):
            await phone.does_not_see("is looking in")
