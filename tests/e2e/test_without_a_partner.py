"""Somebody has no partner when the room goes on: a table of their own, an honest card, and one tap towards a place."""

from playwright.async_api import expect

from protocol.frames import Accepted
from server.core.consent import ProposeByHand
from server.core.messages import Command
from server.core.wishes import UnitId
from server.rehearsal.device import Device
from tests.support.participant import Phone
from tests.support.situation import SITUATION, Day, Venue

pytestmark = SITUATION

CHOICE = "partner_choice"
LEARNING = "dimensions"
GOAL = "Your working goal, in one sentence"


async def does(device: Device, command: Command) -> None:
    told = await device.submit(CHOICE, command)
    assert isinstance(told, Accepted), told


async def are_partners(day: Day, staff: Device, one: Phone, other: Phone) -> None:
    """Brought together by hand; each says yes with a thumb."""
    units = tuple(UnitId(str(day.state.people[phone.person].school)) for phone in (one, other))
    await does(staff, ProposeByHand(units))
    for phone in (one, other):
        await phone.press("Yes, with them")
    await expect(one.page.locator(".met")).to_contain_text("You are partners")


async def test_who_was_ruled_out_neither_reads_nor_writes_what_the_partners_write(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, bor, vera = await day.everybody("Ana", "Bor", "Vera")
        desk = await day.desk()
        await desk.move(CHOICE)
        for phone in (ana, bor):
            await phone.press("Not with them: Vera")
        await are_partners(day, desk.device, ana, bor)
        await desk.move(LEARNING)
        await ana.type(GOAL, "Between the two of us")
        await bor.reads(GOAL, "Between the two of us")
        await vera.sees("You have no partner yet")
        await vera.sees("A table of your own for now")
        await vera.does_not_see("Between the two of us")
        await expect(vera.field(GOAL)).to_have_count(0)


async def test_with_one_tap_the_moderator_looks_for_a_place_and_the_three_decide_where_they_are(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, bor = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move(CHOICE)
        await are_partners(day, desk.device, ana, bor)
        await desk.move(LEARNING)
        console = await day.console()
        vera = await day.seated("Vera")
        await vera.sees("You have no partner yet")
        line = console.locator(".m-line")
        await expect(line).to_contain_text("Vera has no partner yet.")
        await line.get_by_role("button", name="Find a place").click()
        for phone in (ana, bor, vera):
            await phone.press("Look at it")
            await phone.press("Yes, with them")
        await vera.sits_with("Ana", "Bor")
        await vera.does_not_see("You have no partner yet")
        await ana.sits_with("Bor", "Vera")
        await expect(console.locator(".m-line")).to_have_count(0)


async def test_somebody_late_finds_a_place_by_their_own_tap(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        choice = await day.desk()
        ana, bor = await day.everybody("Ana", "Bor")
        await choice.move(CHOICE)
        console = await day.console()
        for wish in ("Work out a proposal", "Show it"):
            await console.get_by_role("button", name=wish).click()
        for phone in (ana, bor):
            await phone.press("Yes, with them")
        late = await day.seated("Late")
        await late.sees("Everybody else here has a partner just now")
        await late.press("Find me a place now")
        for phone in (late, ana, bor):
            await phone.press("Yes, with them")
        await expect(late.page.locator(".met")).to_contain_text("You are partners")
