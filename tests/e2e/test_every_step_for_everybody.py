"""Every step of a half day, of the breaks in it and of what comes after it: axe finds nothing, by day and by night."""

import re
from typing import Literal

from playwright.async_api import expect

from server.core.workshop.commands import ChangeLife
from tests.support.axe import faults
from tests.support.participant import Phone
from tests.support.situation import SITUATION, Day, Venue

pytestmark = SITUATION

WAYS = [re.compile("^Put the phone down"), re.compile("^Not with them")]
"""What makes another screen of the same step."""
ENDS: dict[Literal["follow_up", "closed"], str] = {
    "follow_up": "The meeting is over",
    "closed": "This workshop has ended",
}


async def look(phone: Phone, where: str) -> list[str]:
    await expect(phone.page.locator("main h1").first).to_be_visible()
    await expect(phone.page.locator("main [aria-busy=true]")).to_have_count(0)
    return [f"{where}: {one}" for one in await faults(phone.page)]


async def every_step(day: Day, phone: Phone) -> list[str]:
    desk = await day.desk()
    found: list[str] = []
    for run in day.state.phases:
        await desk.move(run.id)
        for at, step in enumerate(day.state.steps(run)):
            if at:
                await desk.step(at)
            where = f"{run.id}/{step.id}"
            await expect(phone.page.locator("main")).to_have_attribute("data-at", where)
            found += await look(phone, where)
            for way in WAYS:
                if await phone.button(way).count():
                    await phone.press(way)
                    found += await look(phone, f"{where}, {way.pattern}")
    await phone.press("My day")
    found += await look(phone, "my day")
    await phone.press("Back to now")
    await desk.move("grow")
    for life, heading in ENDS.items():
        await desk.wish(ChangeLife(life))
        await expect(phone.page.locator("main h1")).to_contain_text(heading)
        found += await look(phone, life)
    return found


async def test_axe_finds_nothing_on_any_step(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana, _, _ = await day.everybody("Ana", "Bor", "Cene")
        await ana.page.set_viewport_size({"width": 320, "height": 640})
        assert await every_step(day, ana) == []
