"""A whole school is on the list and has not come: no table waits for it, and whoever comes after all is seated."""

import httpx
from playwright.async_api import expect

from tests.support.situation import QUESTION, SITUATION, Venue

pytestmark = SITUATION

LIST = "name,school\nTina,Absent School\nTom,Absent School\nTea,Absent School\n"


async def test_nobody_waits_for_them_and_they_tap_their_name_when_they_come(venue: Venue) -> None:
    async with venue.day() as day:
        ana, _ = await day.everybody("Ana", "Bor")
        async with httpx.AsyncClient(base_url=day.url) as http:
            seat = {"Authorization": f"Bearer {day.links['moderator']}"}
            brought = await http.post(f"/api/workshops/{day.id}/people", content=LIST, headers=seat)
            assert brought.status_code == 201
        console = await day.console()
        await expect(console.get_by_role("button", name="3 still expected")).to_contain_text("2 people here")
        desk = await day.desk()
        await desk.move(QUESTION)
        assert [len(table) for table in day.tables()] == [2]
        await expect(console.locator(".group")).to_have_count(1)
        await expect(console.locator(".group")).to_contain_text("0 of 2 done")

        door = await day.door()
        await door.sees("Tap your name")
        await door.press("Tina")
        await door.page.get_by_label("I agree").check()
        await door.press("Take my seat")
        await door.is_in("The question")
        await door.sits_with("Ana", "Bor")
        await ana.understands_the_move()
        await ana.sees("Tina")
