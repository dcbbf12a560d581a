"""The clock is the server's: every screen shows the same second, whatever its own clock says and whatever it slept."""

import asyncio
import re

from playwright.async_api import BrowserContext, Page, expect

from server.core.workshop import commands as c
from tests.support.eventually import eventually
from tests.support.participant import Phone
from tests.support.situation import QUESTION, SITUATION, Day, Venue

pytestmark = SITUATION

WRONG_BY_MS = 5 * 60_000
MINUTE_MS = 60_000
FACE = "[role=timer] [aria-hidden]"


async def five_minutes_wrong(context: BrowserContext) -> None:
    """A device whose clock goes ahead."""
    await context.add_init_script(f"""
        const right = Date.now.bind(Date);
        Date.now = () => right() + {WRONG_BY_MS};
    """)


def seconds(face: str) -> int:
    minutes, rest = re.sub("[−-]", "", face).split(":")
    return int(minutes) * 60 + int(rest)


async def shown(pages: list[Page]) -> list[int]:
    faces = await asyncio.gather(*(page.locator(FACE).first.inner_text() for page in pages))
    return [seconds(face) for face in faces]


async def agree(pages: list[Page], day: Day, scope: str) -> None:
    async def within_a_second() -> bool:
        faces = await shown(pages)
        left = await day.left_s(scope)
        assert max(faces) - min(faces) <= 1, faces
        assert all(abs(face - left) <= 1.5 for face in faces), (faces, left)
        return True

    await day.becomes(within_a_second)


async def test_all_screens_show_the_same_second(venue: Venue) -> None:
    async with venue.day() as day:
        ana = await day.seated("Ana")
        wrong = await day.seated("Bor", prepare=five_minutes_wrong)
        desk = await day.desk()
        await desk.move(QUESTION)
        table = day.table_of(ana.person)
        pages = [ana.page, wrong.page]
        for page in pages:
            await expect(page.locator(FACE).first).to_be_visible()
        await agree(pages, day, table)

        await desk.wish(c.AddTime(table, MINUTE_MS))
        await expect(ana.page.locator(FACE).first).to_have_text(re.compile("^2[56]:"))
        await agree(pages, day, table)
        await desk.wish(c.AddTime(table, -MINUTE_MS))
        await agree(pages, day, table)
        await ana.page.reload()
        await wrong.falls_asleep()
        await wrong.wakes()
        await expect(ana.page.locator(FACE).first).to_be_visible()
        await agree(pages, day, table)


async def test_the_console_and_a_phone_that_slept_agree_on_the_clock_of_the_room(venue: Venue) -> None:
    async with venue.day() as day:
        await day.everybody("Ana")
        bor = await day.seated("Bor")
        desk = await day.desk()
        await desk.move(QUESTION)
        console = await day.console()
        await desk.wish(c.StartTimer(day.table_of(bor.person), 10 * MINUTE_MS))
        await bor.loses_the_network()
        await desk.wish(c.AddTime(day.table_of(bor.person), 3 * MINUTE_MS))
        await bor.finds_the_network()
        await bor.wakes()
        await expect(bor.page.locator(FACE).first).to_have_text(re.compile("^1[23]:"))
        on_board = console.locator(".group .clock")
        await expect(on_board).to_have_text(re.compile("^1[23]:"))

        async def the_same() -> bool:
            phone, board = await asyncio.gather(bor.page.locator(FACE).first.inner_text(), on_board.inner_text())
            return abs(seconds(phone) - seconds(board)) <= 1

        await eventually(the_same)


async def test_a_pause_stands_still_on_every_screen_and_nothing_closes_at_the_end(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move(QUESTION)
        console = await day.console()
        await console.get_by_role("button", name="Pause the clock").click()
        for phone in (ana, bor):
            await phone.sees("A short pause.")
        faces = await shown([ana.page, bor.page])
        assert faces[0] == faces[1]
        await console.get_by_role("button", name="Let the clock run on").click()
        for phone in (ana, bor):
            await phone.does_not_see("A short pause.")
        await over(day, ana)


async def over(day: Day, ana: Phone) -> None:
    desk = await day.desk()
    await desk.wish(c.AddTime(day.table_of(ana.person), -60 * MINUTE_MS))
    await ana.sees("time to round off")
    await ana.type("A note for yourself", "still open")
    await ana.is_saved()
