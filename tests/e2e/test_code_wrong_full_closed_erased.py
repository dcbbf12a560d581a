"""A code that is wrong, a room that is full, closed or erased: each has its own page that says what to do."""

import re

import httpx

from server.core.workshop import commands as c
from tests.support.participant import Phone
from tests.support.situation import SITUATION, WELCOME, Day, Venue

pytestmark = SITUATION


async def test_a_wrong_code_says_where_to_look(venue: Venue) -> None:
    async with venue.day() as day:
        lost = Phone(await day.page("/j/ZZZZZZ"), "Lost")
        await lost.sees("This code does not open a workshop")
        await lost.press("Enter another code")
        await lost.page.get_by_label("Workshop code").fill(day.code.lower())
        await lost.press("Join")
        await lost.sees("Who are you?")


async def test_a_full_room_says_so_at_the_door(venue: Venue) -> None:
    async with venue.day() as day:
        late = await day.door()
        await late.sees("Who are you?")
        await day.fills_up()
        await late.fills_in_the_door("One Too Many", "School")
        await late.sees("This workshop is full")


async def test_a_closed_workshop_lets_nobody_in_and_keeps_what_was_made_readable(venue: Venue) -> None:
    async with venue.day() as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move(WELCOME)
        await ana.type("A note for yourself", "Take this home")
        await ana.is_saved()
        await desk.wish(c.ChangeLife("closed"))
        await ana.sees("This workshop has ended. Thank you.")
        await ana.press("Read what I made")
        await ana.sees("Take this home")
        late = await day.door()
        await late.sees("This workshop is closed")


ERASED = "This workshop has been erased"


async def test_an_erased_workshop_says_so_to_who_is_in_it_after_a_reload_and_by_every_old_link(venue: Venue) -> None:
    async with venue.day() as day:
        ana = await day.seated("Ana")
        console = Phone(await day.console(), "Moderator")
        screen = Phone(await day.page(f"/w/{day.id}/screen#{day.links['screen']}"), "Projector")
        await screen.sees(day.code)
        await erase(day)
        for seat in (ana, console, screen):
            await seat.sees(ERASED)
            await seat.page.reload()
            await seat.sees(ERASED)
        for path in (
            f"/j/{day.code}",
            f"/s#{ana.token}",
            f"/w/{day.id}#{ana.token}",
            *(f"/w/{day.id}/console#{day.links[role]}" for role in ("moderator", "co_moderator")),
            *(f"/w/{day.id}/screen#{day.links[role]}" for role in ("observer", "screen")),
        ):
            await Phone(await day.page(path), path).sees(ERASED)


async def test_a_seat_that_opens_nothing_any_more_leaves_the_first_page(venue: Venue) -> None:
    async with venue.day() as day:
        ana = await day.seated("Ana")
        await ana.page.goto(f"{day.url}/")
        await ana.sees("Back in as")
        await erase(day)
        await ana.press(re.compile("Back in as"))
        await ana.sees(ERASED)
        await ana.press("To the first page")
        await ana.sees("Two schools, one shared question")
        await ana.does_not_see("Back in as")


async def test_an_address_that_was_cut_in_half_shows_the_page_of_a_wrong_code(venue: Venue) -> None:
    async with venue.day() as day:
        lost = Phone(await day.page("/j/%E0%A4%A"), "Lost")
        await lost.sees("This code does not open a workshop")


async def erase(day: Day) -> None:
    async with httpx.AsyncClient(base_url=day.url) as http:
        seat = {"Authorization": f"Bearer {day.links['moderator']}"}
        gone = await http.delete(f"/api/workshops/{day.id}", headers=seat)
        assert gone.status_code == 200
