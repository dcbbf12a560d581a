"""A code that is wrong, a room that is full, closed or erased: each has its own page that says what to do."""

import httpx

from server.core.workshop import commands as c
from tests.support.situation import SITUATION, WELCOME, Day, Phone, Venue

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


async def test_an_erased_workshop_says_so_to_who_is_in_it_and_to_who_comes_by_an_old_link(venue: Venue) -> None:
    async with venue.day() as day:
        ana = await day.seated("Ana")
        await erase(day)
        await ana.sees("This workshop has been erased")
        await ana.page.reload()
        await ana.does_not_see("You are in.")
        late = await day.door()
        await late.sees("This workshop has been erased")


async def erase(day: Day) -> None:
    async with httpx.AsyncClient(base_url=day.url) as http:
        seat = {"Authorization": f"Bearer {day.links['moderator']}"}
        gone = await http.delete(f"/api/workshops/{day.id}", headers=seat)
        assert gone.status_code == 200
