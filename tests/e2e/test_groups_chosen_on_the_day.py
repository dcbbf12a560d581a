"""The trainer chooses groups in front of the room: form and rules, by hand, and in a running phase without loss."""

from playwright.async_api import Locator, Page, expect

from server.core.messages import PersonId
from tests.support.participant import Phone
from tests.support.situation import GROUP_NOTE, QUESTION, SITUATION, Day, Venue

pytestmark = SITUATION

WORDS = "Our half of the story"


async def six(day: Day) -> tuple[list[Phone], Page]:
    """Six people of three schools: two with a screen, the others by protocol."""
    ana, bor = await day.seated("Ana", "North"), await day.seated("Bor", "South")
    for name, school in (("Eva", "East"), ("Jan", "North"), ("Mia", "South"), ("Rok", "East")):
        await day.by_protocol(name, school)
    return [ana, bor], await day.console()


async def chooser(console: Page) -> Locator:
    await console.get_by_role("button", name="New groups").click()
    sheet = console.locator("dialog[open]")
    await expect(sheet.get_by_role("button", name="Use these")).to_be_visible()
    return sheet


def sizes(day: Day) -> list[int]:
    return sorted(len(table) for table in day.tables())


async def test_another_form_is_shown_with_its_price_and_formed_as_shown(venue: Venue) -> None:
    async with venue.day() as day:
        _, console = await six(day)
        desk = await day.desk()
        await desk.move(QUESTION)
        sheet = await chooser(console)
        await expect(sheet.locator(".preview-groups > li")).to_have_count(3)
        await sheet.get_by_label("Form").select_option(label="threes")
        await expect(sheet.locator(".preview-groups > li")).to_have_count(2)
        await sheet.get_by_label("Form").select_option(label="all together")
        await expect(sheet.locator(".preview-groups > li")).to_have_count(1)
        await sheet.get_by_label("Form").select_option(label="so many groups")
        await sheet.get_by_label("How many").fill("2")
        await sheet.get_by_label("How many").press("Tab")
        await expect(sheet.locator(".preview-groups > li")).to_have_count(2)
        await expect(sheet.locator(".tick").filter(has_text="Never the same school")).to_contain_text("kept")
        await sheet.get_by_role("button", name="Use these").click()
        await day.becomes(lambda: sizes(day) == [3, 3])
        # Whoever comes now is seated by the form that was chosen.
        await day.by_protocol("Sara", "West")
        await day.becomes(lambda: sizes(day) == [3, 4])


async def test_a_rule_that_cannot_be_kept_says_at_how_many_tables(venue: Venue) -> None:
    async with venue.day() as day:
        for name in ("Ana", "Bor", "Eva", "Jan"):
            await day.by_protocol(name, "One School")
        console = await day.console()
        desk = await day.desk()
        await desk.move(QUESTION)
        sheet = await chooser(console)
        tick = sheet.locator(".tick").filter(has_text="Never the same school")
        await expect(tick).to_contain_text("not kept at 2 tables")
        await expect(sheet).to_contain_text("What could not be kept")
        await tick.get_by_role("checkbox").uncheck()
        await expect(tick).to_contain_text("not kept at 2 tables")
        await expect(sheet).to_contain_text("Every rule is kept.")


async def test_people_are_kept_apart_from_the_same_sheet(venue: Venue) -> None:
    async with venue.day() as day:
        _, console = await six(day)
        desk = await day.desk()
        await desk.move(QUESTION)
        sheet = await chooser(console)
        await sheet.get_by_text("Keep apart (0)").click()
        await sheet.get_by_label("One", exact=True).select_option(label="Ana")
        await sheet.get_by_label("The other").select_option(label="Bor")
        await sheet.get_by_role("button", name="Keep apart", exact=True).click()
        await expect(sheet).to_contain_text("Ana and Bor")
        await sheet.get_by_role("button", name="Use these").click()
        people = {name: who for who, name in await names(day)}
        await day.becomes(lambda: not any({people["Ana"], people["Bor"]} <= table for table in day.tables()))


async def names(day: Day) -> list[tuple[PersonId, str]]:
    device = (await day.desk()).device
    found = device.views["moderators", ""].names
    return [(PersonId(who), str(name["name"])) for who, name in found.items()]


async def test_people_are_seated_by_hand_from_a_list_by_keyboard(venue: Venue) -> None:
    async with venue.day() as day:
        _, console = await six(day)
        desk = await day.desk()
        await desk.move(QUESTION)
        sheet = await chooser(console)
        await sheet.get_by_role("button", name="Seat by hand").press("Enter")
        tables = {
            name: f"Table {at}"
            for at, pair in enumerate((("Ana", "Jan"), ("Bor", "Mia"), ("Eva", "Rok")), 1)
            for name in pair
        }
        for name, table in tables.items():
            seat = sheet.get_by_label(f"Table of {name}", exact=True)
            await seat.focus()
            await seat.select_option(label=table)
        await expect(sheet).to_contain_text("Ana and Jan are from the same school.")
        await sheet.get_by_role("button", name="Use these").press("Enter")
        people = {name: who for who, name in await names(day)}
        wanted = [{people["Ana"], people["Jan"]}, {people["Bor"], people["Mia"]}, {people["Eva"], people["Rok"]}]
        await day.becomes(lambda: sorted(map(sorted, day.tables())) == sorted(map(sorted, wanted)))


async def test_new_groups_in_a_running_phase_say_first_who_has_written_and_lose_no_word(venue: Venue) -> None:
    async with venue.day() as day:
        (ana, bor), console = await six(day)
        desk = await day.desk()
        people = {name: who for who, name in await names(day)}
        await desk.pairs(
            QUESTION,
            [ana.person, bor.person],
            [people["Eva"], people["Jan"]],
            [people["Mia"], people["Rok"]],
        )
        await ana.type(GROUP_NOTE, WORDS)
        await bor.reads(GROUP_NOTE, WORDS)
        await ana.is_saved()
        await expect(console.locator(".group").filter(has_text="Ana")).to_contain_text("5 words")
        before = day.tables()
        sheet = await chooser(console)
        await expect(sheet).to_contain_text("1 table has written. What it wrote stays readable for those who wrote it.")
        await sheet.get_by_label("Form").select_option(label="threes")
        await expect(sheet.locator(".preview-groups > li")).to_have_count(2)
        await sheet.get_by_role("button", name="Use these").click()
        await day.becomes(lambda: sizes(day) == [3, 3])
        for phone in (ana, bor):
            await phone.understands_the_move()
            await phone.reads(GROUP_NOTE, "")
            await phone.page.get_by_text("What you wrote at your table before").click()
            await phone.sees(WORDS)
            await phone.press("My day")
            await phone.sees("From table 1, with")
            await phone.sees(WORDS)
            await phone.press("Back to now")
        # And the minute in which it can be taken back: the old tables write on where they were.
        await console.get_by_role("button", name="Undo (").click()
        await day.becomes(lambda: sorted(map(sorted, day.tables())) == sorted(map(sorted, before)))
        for phone in (ana, bor):
            await phone.understands_the_move()
            await phone.reads(GROUP_NOTE, WORDS)
        await bor.type(GROUP_NOTE, ", and more")
        await ana.reads(GROUP_NOTE, WORDS + ", and more")


async def test_a_hand_that_overrules_a_rule_is_told_so_and_can_take_it_back(venue: Venue) -> None:
    async with venue.day() as day:
        (ana, bor), console = await six(day)
        desk = await day.desk()
        people = {name: who for who, name in await names(day)}
        await desk.pairs(
            QUESTION,
            [ana.person, bor.person],
            [people["Eva"], people["Jan"]],
            [people["Mia"], people["Rok"]],
        )
        before = day.tables()
        await console.locator(".group .person").filter(has_text="Bor").click()
        await console.get_by_label("Swap with").select_option(label="Jan (2)")
        await console.get_by_role("button", name="Swap", exact=True).click()
        await expect(console.locator(".told-notice")).to_contain_text("Ana and Jan are from the same school.")
        undo = console.get_by_role("button", name="Undo (")
        await expect(undo).to_contain_text("Swapped Bor at table 1 and Jan at table 2")
        await undo.click()
        await day.becomes(lambda: sorted(map(sorted, day.tables())) == sorted(map(sorted, before)))
        await expect(console.locator(".told-notice")).to_have_count(0)
        await console.get_by_role("button", name="What was done").click()
        log = console.locator("dialog[open] .acts")
        await expect(log.locator("li").first).to_contain_text("Took back: Swapped Bor at table 1 and Jan at table 2")


async def test_the_groups_that_a_move_will_form_are_shown_before_and_sit_there_after(venue: Venue) -> None:
    async with venue.day() as day:
        _, console = await six(day)
        await console.get_by_role("button", name="Begin with").click()
        await console.get_by_role("button", name="Yes, begin now").click()
        await console.get_by_role("button", name="Move 6 people to One question").click()
        sure = console.get_by_role("group", name="What will happen")
        await sure.get_by_text("Pairs: these 3 groups will be formed").click()
        shown = [
            {name for name in ("Ana", "Bor", "Eva", "Jan", "Mia", "Rok") if name in words}
            for words in await sure.locator(".preview-groups > li").all_inner_texts()
        ]
        assert len(shown) == 3
        await console.get_by_role("button", name="Yes, move 6 people now").click()
        await day.becomes(lambda: day.state.at == QUESTION)
        called = dict(await names(day))
        sit = [{called[PersonId(who)] for who in table} for table in day.tables()]
        assert sorted(map(sorted, sit)) == sorted(map(sorted, shown))


async def test_somebody_let_go_by_mistake_comes_back_to_the_same_table(venue: Venue) -> None:
    async with venue.day() as day:
        (ana, bor), console = await six(day)
        desk = await day.desk()
        await desk.move(QUESTION)
        before = day.tables()
        await console.locator(".group .person").filter(has_text="Bor").click()
        await console.get_by_role("button", name="Bor leaves for good").click()
        await console.get_by_role("button", name="Yes, they have left").click()
        await day.becomes(lambda: day.state.people[bor.person].state == "left")
        await console.get_by_role("button", name="Undo (").click()
        await day.becomes(lambda: day.state.people[bor.person].state == "joined" and day.tables() == before)
        assert ana.person in day.state.joined()
        with_bor = next(table for table in day.tables() if bor.person in table)
        assert len(with_bor) == 2
        assert [act.what for act in day.state.acts][-2:] == ["LeaveForGood", "UndoAct"]
