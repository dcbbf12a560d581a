"""A moderator looks in: the group sees who, its words stay its own until it asks somebody in, and a screen is shown as
it is, in groups, alone and in the whole room."""

from playwright.async_api import Locator, Page, expect

from tests.support.participant import Phone
from tests.support.situation import GROUP_NOTE, NOTE, QUESTION, SITUATION, WELCOME, Day, Venue

pytestmark = SITUATION

SECRET = "What we two agreed on"


async def two_pairs(day: Day) -> tuple[Phone, Phone]:
    ana, bor = await day.everybody("Ana", "Bor")
    desk = await day.desk()
    others = [(await day.by_protocol(name))[0] for name in ("Eva", "Jan")]
    await desk.pairs(QUESTION, [ana.person, bor.person], others)
    await ana.type(GROUP_NOTE, SECRET)
    await ana.type(NOTE, "Mine alone")
    await ana.is_saved()
    return ana, bor


async def opened(console: Page, table: int = 1) -> None:
    await console.locator(".group-head").filter(has_text=f"Table {table}").click()
    await console.get_by_role("button", name="Look in").click()


def sheet(console: Page) -> Locator:
    return console.locator("dialog[open]")


async def asks_in(phone: Phone) -> None:
    await phone.press("Help")
    await phone.press("Ask the moderator to come to our table")
    await phone.press("Close")


async def test_the_table_sees_who_looks_and_keeps_its_words(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor = await two_pairs(day)
        console = await day.console()
        await opened(console)
        for phone in (ana, bor):
            await phone.sees("The moderator is looking in")
        await expect(sheet(console)).to_contain_text("They see that you are looking in.")
        await expect(sheet(console)).to_contain_text("Which question do you bring from your school?")
        await expect(sheet(console)).to_contain_text("Table 1 has not asked you in.")
        await expect(sheet(console)).to_contain_text("5 words")
        await expect(sheet(console)).not_to_contain_text(SECRET)
        await console.keyboard.press("Escape")
        for phone in (ana, bor):
            await phone.does_not_see("The moderator is looking in")


async def test_whom_the_table_asks_in_reads_what_it_shares_and_no_more_when_the_call_is_closed(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor = await two_pairs(day)
        console = await day.console()
        await asks_in(ana)
        await bor.sees("Ana has asked for the moderator")
        await expect(console.locator(".help-queue")).to_contain_text("asks you in")
        await opened(console)
        await expect(sheet(console)).to_contain_text("They asked you in. This is what they share:")
        await expect(sheet(console)).to_contain_text(SECRET)
        await expect(sheet(console)).not_to_contain_text("Mine alone")
        await console.keyboard.press("Escape")
        await console.locator(".help-queue").get_by_role("button", name="I am coming").click()
        # Everybody at the table sees it, whoever has called.
        for phone in (ana, bor):
            await expect(phone.page.locator("main .called")).to_have_text("The moderator is coming")
        await console.locator(".help-queue").get_by_role("button", name="Done").click()
        await opened(console)
        await expect(sheet(console)).to_contain_text("Table 1 has not asked you in.")
        await expect(sheet(console)).not_to_contain_text(SECRET)


async def test_a_call_for_oneself_stays_between_the_caller_and_the_moderator(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor = await two_pairs(day)
        console = await day.console()
        await ana.press("Help")
        await ana.press("Ask only for me")
        await expect(console.locator(".help-queue")).to_contain_text("Ana")
        await expect(console.locator(".help-queue")).not_to_contain_text("asks you in")
        await bor.does_not_see("has asked for the moderator")
        await opened(console)
        await expect(sheet(console)).to_contain_text("Table 1 has not asked you in.")


async def seen_as(console: Page, name: str) -> Locator:
    await console.locator(".person").filter(has_text=name).first.click()
    await console.get_by_role("button", name=f"View as {name}").click()
    screen = sheet(console).locator(".as-phone")
    await expect(screen.locator(".top")).to_be_visible()
    return screen


async def test_view_as_shows_the_screen_of_a_person_with_what_is_theirs_covered(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor = await two_pairs(day)
        console = await day.console()
        screen = await seen_as(console, "Ana")
        await expect(screen.locator(".place")).to_contain_text("Table 1")
        await expect(screen.locator(".place")).to_contain_text("With Bor")
        await expect(screen.locator(".phase")).to_have_text("The question")
        await expect(screen).to_contain_text("Your turn")
        await expect(screen.locator(".masked").filter(has_text=NOTE)).to_contain_text("Only Ana sees this. 2 words.")
        group = screen.locator(".masked").filter(has_text=GROUP_NOTE)
        await expect(group).to_contain_text("Only Ana and their table see this. 5 words.")
        for words in (SECRET, "Mine alone"):
            await expect(screen).not_to_contain_text(words)
        assert await screen.evaluate("element => element.inert")
        await ana.sees("The moderator is looking in")
        await ana.press("I am done")
        await expect(screen.locator(".bottom .button").first).to_have_attribute("aria-pressed", "true")
        await asks_in(bor)
        await expect(screen.locator("textarea")).to_have_value(SECRET)
        await expect(screen.locator("textarea")).to_have_count(1)


async def test_view_as_works_where_nobody_sits_in_groups_and_follows_the_room(venue: Venue) -> None:
    async with venue.day() as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move(WELCOME)
        await ana.type(NOTE, "A secret")
        await ana.is_saved()
        console = await day.console()
        screen = await seen_as(console, "Ana")
        await expect(screen.locator(".place")).to_contain_text("All together")
        await expect(screen).to_contain_text("Say your name, your school and one thing you are good at.")
        await expect(screen.locator(".masked")).to_contain_text("Only Ana sees this. 2 words.")
        await ana.sees("The moderator is looking in")
        await desk.move(QUESTION)
        await expect(screen.locator(".place")).to_contain_text("With Bor")
        await ana.sees("The moderator is looking in")


async def test_view_as_works_in_every_phase_and_step_of_the_bundled_path(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        console = await day.console()
        for run in day.state.phases:
            if run.between:
                continue
            await desk.move(run.id)
            screen = await seen_as(console, "Ana")
            for step in range(len(day.state.steps(day.run))):
                if step:
                    await desk.step(step)
                title = day.state.steps(day.run)[step].title
                await expect(screen.locator(".top .phase")).to_have_text(day.state.spec(day.run).short)
                await expect(screen, f"{run.id}/{title}").not_to_contain_text("cannot be shown")
                await expect(screen.locator(".as-main h1, .as-main h2, .as-main .prompt").first).to_be_visible()
            await console.keyboard.press("Escape")
        await ana.does_not_see("is looking in")
