"""What the moderator knows and does in the choice of partners, on the console alone, by keyboard and by mouse."""

from contextlib import suppress

from playwright.async_api import Locator, Page, expect
from playwright.async_api import TimeoutError as PlaywrightTimeout

from server.activities.partnering.messages import ConfirmPact
from tests.e2e.test_partnering import TAP_MS, Choice
from tests.support.participant import Phone
from tests.support.situation import SITUATION, Day, Venue

pytestmark = SITUATION

CHOICE = "partner_choice"
PACT = {
    "Our issue, in one line": "Who may say no",
    "What is the same for us": "Two lists",
    "What is different for us": "One team is new",
}


async def chooses(page: Page, label: str, option: str) -> None:
    """In a native list, by the keyboard: into it, and the first letters."""
    await page.get_by_label(label, exact=True).focus()
    await page.keyboard.type(option, delay=10)


async def presses(page: Page, button: str) -> None:
    await page.get_by_role("button", name=button).first.focus()
    await page.keyboard.press("Enter")


def row(page: Page, words: str) -> Locator:
    return page.locator(".m-rows > li").filter(has_text=words)


async def in_the_choice(day: Day) -> Page:
    desk = await day.desk()
    await desk.move(CHOICE)
    return await day.console()


async def test_by_keyboard_alone_two_are_kept_apart_a_draft_is_changed_and_shown(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        for name in ("Ana", "Bor", "Cene", "Dora"):
            await day.by_protocol(name, f"{name} school")
        eva = await day.seated("Eva", "Eva school")
        page = await in_the_choice(day)
        await page.get_by_text("Prepare: who is here").focus()
        await page.keyboard.press("Enter")
        await chooses(page, "One side", "Ana")
        await chooses(page, "The other", "Bor")
        await chooses(page, "What stands between them", "one judges")
        await presses(page, "Keep it in mind")
        await expect(row(page, "one judges")).to_have_count(1)
        await presses(page, "Work out a proposal")
        draft = page.locator(".m-part").filter(has=page.get_by_role("heading", name="The proposal, not shown yet"))
        await expect(draft.locator(".m-rows > li")).to_have_count(2)
        for table in await draft.locator(".m-rows > li").all_inner_texts():
            assert not ("Ana" in table and "Bor" in table)
        await presses(page, "Change it by hand")
        await page.get_by_label("Where Eva school sits").focus()
        # The last of the list: a new table.
        await page.keyboard.press("End")
        await expect(draft.get_by_role("status")).to_have_text("Somebody would be alone at a table.")
        await presses(page, "Leave it as it was")
        await presses(page, "Show it")
        await eva.sees("A proposal for you")


async def test_people_instead_of_schools_form_partnerships_when_the_moderator_says_so(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana = await day.seated("Ana", "Abel school")
        await day.by_protocol("Anja", "Abel school")
        await day.by_protocol("Bor", "Birch school")
        page = await in_the_choice(day)
        await expect(ana.page.locator(".wish")).to_have_count(1)
        await page.get_by_text("Prepare: who is here").click()
        await page.get_by_text("each person").click()
        await expect(ana.page.locator(".wish")).to_have_count(2)


async def test_a_third_is_asked_and_somebody_gone_for_good_frees_the_partner_after_a_question(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, bor = [await day.seated(name, f"{name} school") for name in ("Ana", "Bor")]
        page = await in_the_choice(day)
        await are_partners(page, ana, bor)
        eva = await day.seated("Eva", "Eva school")
        pair = row(page, "confirmed what it is about")
        await pair.get_by_text("Ask a third to join").click()
        await pair.get_by_role("combobox").select_option(label="Eva school")
        await pair.get_by_role("button", name="Propose it").click()
        for phone in (ana, bor, eva):
            await phone.press("Yes, with them")
        await expect(pair).to_contain_text("Eva school")
        await page.get_by_text("Prepare: who is here").click()
        for name in ("Bor", "Eva"):
            await page.get_by_label(f"{name} school is").select_option(label="gone for good")
            await expect(page.get_by_text(f"{name} school is gone for good?")).to_be_visible()
            await page.get_by_role("button", name="Yes, gone for good").click()
        await expect(pair).to_have_count(0)
        await ana.sees("Your partner had to leave")


async def are_partners(page: Page, *phones: Phone) -> None:
    for button in ("Work out a proposal", "Show it"):
        await page.get_by_role("button", name=button).click()
    for phone in phones:
        await phone.press("Yes, with them")
    await expect(row(page, "confirmed what it is about")).to_have_count(1)


class AtTheDesk(Choice):
    """The same room, led by nothing but clicks on the console."""

    console: Page

    async def clicks(self, button: str, *, timeout_ms: float = 30_000) -> None:
        await self.console.get_by_role("button", name=button).first.click(timeout=timeout_ms)

    async def show_round(self) -> None:
        await self.clicks("Work out a proposal")
        await self.clicks("Show it")

    async def help_the_rest(self) -> None:
        if self.seen.get("open"):
            return
        if self.seen.get("rounds_left") and len(self.without) > 1:
            # A round that was answered just now may propose thirds by itself while the hand comes down.
            with suppress(PlaywrightTimeout):
                await self.clicks("Work out a proposal", timeout_ms=TAP_MS)
                await self.clicks("Show it")
            return
        with suppress(PlaywrightTimeout):
            await self.clicks("Find a place", timeout_ms=TAP_MS)


async def test_eleven_of_eight_schools_become_partners_and_agree_by_clicks_on_the_console_alone(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        room = AtTheDesk(day, (await day.desk()).device)
        for name, school in (("Ana", "Abel school"), ("Bor", "Birch school"), ("Eva", "Cedar school")):
            room.phones[name] = await day.seated(name, school)
        for at, school in enumerate(("Abel", "Cedar", "Dale", "Dale", "Elm", "Fir", "Gale", "Hazel")):
            person, device = await day.by_protocol(f"Guest {at}", f"{school} school")
            room.others[person] = device
        room.console = await in_the_choice(day)
        await room.phones["Eva"].press("Not with them: Birch school")
        await room.show_round()
        for phone in room.phones.values():
            await phone.sees("Why you")
        await room.phones["Bor"].press("Not yet")
        await room.phones["Bor"].press("Not yet, let it go")
        await room.phones["Bor"].sees("has ended.")
        await room.all_say_yes()
        await room.everybody_has_a_partner()
        await expect(room.console.get_by_text("Everybody here has a partner")).to_be_visible()
        for phone in room.phones.values():
            await phone.sees("You are partners")
            await phone.sees("What brought you together")
        assert not any(room.apart() <= set(one["units"]) for one in room.seen["partnerships"])
        await they_agree(room, room.phones["Ana"])


async def they_agree(room: AtTheDesk, phone: Phone) -> None:
    """One writes what it is about, every side confirms it, and in the next phase they sit together."""
    for field, words in PACT.items():
        await phone.type(field, words)
    await phone.is_saved()
    await phone.press("This is what it is about")
    mine = next(one for one in room.seen["partnerships"] if room.unit_of(phone.person) in one["units"])
    people = [who for row in room.seen["units"] if row["unit"] in mine["units"] for who in row["people"]]
    for other in room.phones.values():
        if other is not phone and other.person in people:
            await other.press("This is what it is about")
    for person in set(people) & room.others.keys():
        await room.others[person].submit(CHOICE, ConfirmPact(room.of(person)["partnership"]["pact"]["page"]))
    await phone.sees("All sides have confirmed")
    await expect(row(room.console, "agreed what it is about")).to_have_count(1)
    for step in ("A proposal", "Does it make sense for both?", "Second round"):
        await room.clicks(f"Next step: {step}")
    await room.clicks("Move 11 people to")
    await room.clicks("Yes, move 11 people now")
    await phone.is_in("Learning together")
    assert set(map(str, people)) in room.day.tables("partners")
