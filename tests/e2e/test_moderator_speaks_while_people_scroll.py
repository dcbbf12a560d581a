"""What the moderator says reaches whoever has scrolled away, and nobody for whom it was not meant."""

from playwright.async_api import Locator, ViewportSize, expect

from server.core.workshop.commands import Announce
from tests.support.participant import Phone
from tests.support.situation import SITUATION, Venue

pytestmark = SITUATION

SMALL: ViewportSize = {"width": 360, "height": 640}


async def is_in_sight(element: Locator) -> None:
    await expect(element).to_be_in_viewport(ratio=1)


async def scrolls_down(phone: Phone) -> None:
    await phone.page.evaluate("scrollTo(0, 400)")
    assert await phone.page.evaluate("scrollY") > 100


async def test_a_message_is_in_sight_wherever_one_has_scrolled_and_is_said_aloud(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move("write_vignette")
        await desk.step_to("write")
        await ana.page.set_viewport_size(SMALL)
        await expect(ana.field("My question is")).to_be_attached()
        await scrolls_down(ana)
        await desk.wish(Announce("Please look up for a moment.", "room", ""))
        await is_in_sight(ana.page.locator(".message"))
        aloud = ana.page.locator("[aria-live=polite]").filter(has_text="Please look up for a moment.")
        await expect(aloud).to_have_count(1)
        await ana.press("I have read it")
        await expect(ana.page.locator(".message")).to_have_count(0)


async def test_a_long_message_leaves_room_for_what_one_is_doing(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move("arrival")
        await ana.page.set_viewport_size(SMALL)
        await desk.wish(Announce("Please come back to your seats. " * 18, "room", ""))
        message = ana.page.locator(".message")
        await expect(message).to_be_visible()
        box = await message.bounding_box()
        assert box is not None
        assert box["height"] < SMALL["height"] / 2
        await is_in_sight(ana.button("I have read it"))


async def test_whoever_comes_later_is_not_told_what_was_said_before(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        (ana,) = await day.everybody("Ana")
        desk = await day.desk()
        await desk.move("arrival")
        await desk.wish(Announce("The toilets are on the left.", "room", ""))
        await ana.sees("The toilets are on the left.")
        late = await day.seated("Bor")
        await desk.wish(Announce("We begin.", "room", ""))
        await late.sees("We begin.")
        await late.does_not_see("The toilets are on the left.")
        await ana.sees("The toilets are on the left.")


async def test_a_message_that_nobody_put_away_steps_back_when_the_room_goes_on(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move("arrival")
        await desk.wish(Announce("Coffee is in the corridor.", "room", ""))
        await ana.sees("Coffee is in the corridor.")
        await desk.move("balance_wheel")
        await ana.is_in("Balance wheel")
        await ana.does_not_see("Coffee is in the corridor.")
        await ana.press("From the moderator")
        await ana.sees("Coffee is in the corridor.")


async def test_a_latecomer_on_a_small_phone_lands_on_what_the_others_have_done(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move("interviews")
        await desk.step_to("interviews")
        late = await day.seated("Cene")
        await late.page.set_viewport_size(SMALL)
        await late.page.reload()
        welcome = late.page.get_by_role("heading", name="Welcome. Half a minute to catch up")
        await expect(welcome).to_be_focused()
        await is_in_sight(welcome)
        assert await late.page.evaluate("scrollY") == 0
