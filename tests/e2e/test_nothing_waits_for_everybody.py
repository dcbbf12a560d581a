"""Somebody is absent or silent: counts are over those who are here, and one table can go on by itself."""

from playwright.async_api import expect

from tests.support.situation import QUESTION, SITUATION, WELCOME, Venue

pytestmark = SITUATION


async def test_who_never_came_is_not_counted_and_the_room_can_go_on(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor = await day.everybody("Ana", "Bor")
        await day.new_seat("Absent")
        desk = await day.desk()
        await desk.move(WELCOME)
        console = await day.console()
        await expect(console.get_by_text("0 of 2 done")).to_be_visible()
        for phone in (ana, bor):
            await phone.press("I am done")
        await expect(console.get_by_text("2 of 2 are done. You can go on.")).to_be_visible()
        await desk.move(QUESTION)
        await ana.is_in("The question")
        await ana.sits_with("Bor")


async def test_one_table_goes_on_while_the_others_need_their_time(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        quick, beside = await day.everybody("Ana", "Bor")
        slow = await day.seated("Eva")
        jan, _ = await day.by_protocol("Jan")
        desk = await day.desk()
        await desk.pairs("interviews", [quick.person, beside.person], [slow.person, jan])
        await desk.step(1)
        await slow.press("I need time")
        console = await day.console()
        await expect(console.locator(".group").filter(has_text="Eva")).to_contain_text("asks for time")
        await console.locator(".group").filter(has_text="Ana").locator(".group-head").click()
        await console.get_by_role("button", name="Next step for this table").click()
        await expect(quick.page.get_by_text("You tell").or_(quick.page.get_by_text("You ask"))).to_be_visible()
        await slow.sees("Find your partner")
