"""A browser that keeps nothing: everything works for as long as the page is open."""

from playwright.async_api import BrowserContext, expect

from tests.support.situation import NOTE, SITUATION, WELCOME, Venue

pytestmark = SITUATION

BLOCKED = """
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
      Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
    }
"""


async def blocked(context: BrowserContext) -> None:
    await context.add_init_script(BLOCKED)


async def test_somebody_joins_writes_and_is_in_the_room_without_any_storage(venue: Venue) -> None:
    async with venue.day() as day:
        ana = await day.door(blocked)
        troubles: list[str] = []
        ana.page.on("pageerror", lambda error: troubles.append(str(error)))
        await ana.fills_in_the_door("Ana", "Birch school")
        await ana.sees("You are in. It has not begun yet.")
        desk = await day.desk()
        await desk.move(WELCOME)
        await ana.type(NOTE, "Kept by the server")
        await ana.is_saved()
        await ana.press("Help")
        await ana.press("Add a second person on this device")
        await expect(ana.button("Go on as Ana")).to_be_visible()
        await ana.press("Go on as Ana")
        await ana.reads(NOTE, "Kept by the server")
        assert troubles == []
