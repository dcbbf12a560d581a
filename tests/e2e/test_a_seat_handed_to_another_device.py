"""The moderator opens somebody's seat on another device: never silently, never past who it belongs to."""

from playwright.async_api import Page, expect

from tests.support.participant import Phone
from tests.support.situation import NOTE, SITUATION, WELCOME, Day, Venue

pytestmark = SITUATION


async def pin_from_the_console(console: Page, name: str) -> str:
    """As the guide promises: the list of people, the person, a square and a PIN."""
    await (
        console.get_by_role("button", name="people here")
        .or_(console.get_by_role("button", name="person here"))
        .first.click()
    )
    await console.get_by_role("dialog").get_by_role("button", name=name).click()
    await console.get_by_role("button", name="Open their seat on another device").click()
    await expect(console.locator(".own-link img.qr")).to_be_visible()
    pin: str = await console.locator(".own-link .big-code").inner_text()
    assert len(pin.replace(" ", "")) == 8
    return pin


async def types_it(day: Day, pin: str) -> Phone:
    other = Phone(await day.page(f"/pin/{day.code}"), "Other device")
    await other.page.get_by_label("Your PIN").fill(pin)
    await other.press("Take my seat here")
    return other


async def test_whose_phone_is_in_use_is_asked_on_it_and_opens_the_seat_with_one_tap(venue: Venue) -> None:
    async with venue.day() as day:
        ana = await day.seated("Ana")
        pin = await pin_from_the_console(await day.console(), "Ana")
        await ana.sees("The moderator is opening your seat on another device.")
        other = await types_it(day, pin)
        await other.sees("We are asking on the other device")
        await ana.press("Yes, open it there")
        await other.sees("You are in. It has not begun yet.")
        # This device knows how it came here, and does not warn of itself.
        await other.does_not_see("Your seat was opened on another device")
        await ana.sees("by the moderator")
        await ana.press("That is me")
        await ana.does_not_see("Your seat was opened on another device")
        await ana.page.reload()
        await ana.sees("You are in. It has not begun yet.")
        await ana.does_not_see("Your seat was opened on another device")


async def test_a_no_is_a_no(venue: Venue) -> None:
    async with venue.day() as day:
        ana = await day.seated("Ana")
        pin = await pin_from_the_console(await day.console(), "Ana")
        other = await types_it(day, pin)
        await other.sees("We are asking on the other device")
        await ana.press("No")
        await other.sees("This way to the seat is closed")
        await ana.does_not_see("The moderator is opening your seat")


async def test_who_comes_back_reads_who_opened_it_and_when_and_closes_it_there(venue: Venue) -> None:
    async with venue.day() as day:
        person, token = await day.new_seat("Ana")
        desk = await day.desk()
        await desk.move(WELCOME)
        pin = await pin_from_the_console(await day.console(), "Ana")
        other = await types_it(day, pin)
        await expect(other.field(NOTE)).to_be_editable()
        ana = await day.with_seat("Ana", token, person)
        notice = ana.page.locator(".message", has_text="Your seat was opened on another device at")
        await expect(notice).to_contain_text("by the moderator.")
        await notice.get_by_role("button", name="Close it there").click()
        await other.sees("This seat was closed here")
        await expect(notice).to_have_count(0)
        await other.page.reload()
        await other.sees("This seat was closed here")
        await other.page.goto(f"{day.url}/")
        await other.sees("I was already in, on another device")
        await other.does_not_see("Back in as")
        await ana.type(NOTE, "Mine alone")
        await ana.is_saved()


async def test_who_had_no_device_gets_one_and_the_window_that_typed_for_them_closes(venue: Venue) -> None:
    async with venue.day() as day:
        await day.without_device("Paula")
        console = await day.console()
        await console.locator(".tool", has_text="here").click()
        await console.get_by_role("dialog").get_by_role("button", name="Paula").click()
        async with console.expect_popup() as opened:
            await console.get_by_role("button", name="Type for Paula").click()
        typing = Phone(await opened.value, "Typist")
        await typing.sees("You are in. It has not begun yet.")
        await console.get_by_role("button", name="Give them a device of their own").click()
        paula = await types_it(day, await console.locator(".own-link .big-code").inner_text())
        await paula.sees("You are in. It has not begun yet.")
        await typing.sees("This seat was closed here")


async def test_who_left_comes_back_to_their_own_seat(venue: Venue) -> None:
    async with venue.day() as day:
        ana, _ = await day.everybody("Ana", "Bor")
        console = await day.console()
        await console.locator(".tool", has_text="here").click()
        await console.get_by_role("dialog").get_by_role("button", name="Ana").click()
        await console.get_by_role("button", name="Ana leaves for good").click()
        await console.get_by_role("button", name="Yes, they have left").click()
        await ana.sees("You have left this workshop")
        await ana.press("Come back")
        await ana.sees("You are in. It has not begun yet.")


async def test_a_co_moderator_gives_no_links_to_the_console(venue: Venue) -> None:
    async with venue.day() as day:
        console = await day.console(day.links["co_moderator"])
        await console.locator(".code-tool").click()
        sheet = console.get_by_role("dialog", name="Code and links")
        await expect(sheet.get_by_role("heading", name="Projector")).to_be_visible()
        await expect(sheet.get_by_role("heading", name="Co-moderator")).to_have_count(0)
        await expect(sheet.get_by_role("heading", name="This console on another device")).to_have_count(0)
        await expect(sheet).to_contain_text("Then everything is erased by itself.")
