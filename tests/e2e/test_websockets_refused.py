"""A school network refuses WebSockets: by long polling everybody has the same rights, and nobody notices."""

from playwright.async_api import BrowserContext

from tests.support.situation import GROUP_NOTE, NOTE, QUESTION, SITUATION, Venue

pytestmark = SITUATION


async def refuse_websockets(context: BrowserContext) -> None:
    await context.route_web_socket("**/*", lambda socket: socket.close(code=1011, reason="refused by the network"))


async def test_somebody_who_has_only_long_polling_does_everything_that_others_do(venue: Venue) -> None:
    async with venue.day() as day:
        polled = await day.seated("Polona", prepare=refuse_websockets)
        ana = await day.seated("Ana")
        assert await polled.page.evaluate("localStorage.getItem('bc-transport')") == "polling"
        desk = await day.desk()
        await desk.move(QUESTION)
        await polled.sits_with("Ana")
        await polled.type(GROUP_NOTE, "By polling. ")
        await ana.reads(GROUP_NOTE, "By polling. ")
        await ana.type(GROUP_NOTE, "By socket.")
        await polled.reads(GROUP_NOTE, "By polling. By socket.")
        await polled.type(NOTE, "mine")
        await polled.is_saved()
        await polled.press("I am done")
        await day.becomes(lambda: polled.person in day.state.signals.saying("done"))
        await polled.press("Our turn is over")
        table = day.table_of(polled.person)
        await day.becomes(lambda: table in day.run.progress and day.run.progress[table].turn == 1)
        await polled.page.reload()
        await polled.reads(GROUP_NOTE, "By polling. By socket.")
        await polled.reads(NOTE, "mine")


async def test_the_door_opens_by_polling_alone(venue: Venue) -> None:
    async with venue.day() as day:
        polled = await day.door(prepare=refuse_websockets)
        await polled.fills_in_the_door("Polona", "School behind a wall")
        await polled.sees("You are in. It has not begun yet.")
        await polled.is_connected()
