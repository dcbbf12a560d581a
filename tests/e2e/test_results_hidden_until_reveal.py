"""Dots are placed blind: until the group shows them, nobody sees where another put theirs, and then all see at once."""

from playwright.async_api import expect

from server.core.messages import PageId
from server.rehearsal.device import Device
from tests.support.eventually import eventually
from tests.support.situation import SITUATION, Venue

pytestmark = SITUATION

PILE = "Who may say no"
SAME = 3


async def board_of(device: Device) -> PageId:
    """The page on which this table names its piles."""

    def found() -> str:
        return next((str(seen.body["board"]) for seen in device.views.values() if "board" in seen.body), "")

    return PageId(await eventually(found))


async def test_dots_are_seen_by_nobody_else_until_all_are_shown_together(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, bor = await day.everybody("Ana", "Bor")
        _, eva = await day.by_protocol("Eva")
        desk = await day.desk()
        await desk.move("similarities")
        await desk.step(SAME)
        await eva.write(await board_of(eva), "cluster1", PILE)
        add = f"Add a dot to {PILE}"
        await ana.press(add)
        await expect(ana.page.get_by_text("2 dots left")).to_be_visible()
        await ana.press(add)
        await bor.sees("1 of 3 have placed dots")
        await expect(bor.page.get_by_text("3 dots left")).to_be_visible()
        await bor.does_not_see("The dots of all of you")
        await expect(bor.button("Show all dots now")).to_have_count(0)

        await bor.press(add)
        await bor.press("Show all dots now")
        for phone in (ana, bor):
            await phone.sees("The dots of all of you")
            await phone.sees("3 dots")
            await expect(phone.button(add)).to_have_count(0)
