"""Names that were imported beforehand are tapped, and one device can hold the seat of a second person."""

import httpx
from playwright.async_api import expect

from tests.support.situation import SITUATION, Phone, Venue

pytestmark = SITUATION


async def test_a_name_is_tapped_and_a_second_person_sits_down_on_the_same_device(venue: Venue) -> None:
    async with venue.day() as day:
        staff = {"Authorization": f"Bearer {day.tokens['moderator']}"}
        people = f"{venue.node.url}/api/workshops/{day.workshop}/people"
        async with httpx.AsyncClient() as http:
            listed = "name,school,languages\nAna Novak,Birch school,en\nBor Kralj,Hazel school,en\n"
            assert (await http.post(people, content=listed, headers=staff)).json() == {"added": 2}
        phone = Phone(await day.page(f"/j/{day.code}"), "Ana")
        await phone.sees("Tap your name")
        await phone.page.get_by_text("Ana Novak").click()
        for _ in range(3):
            if await phone.page.get_by_label("I agree").count():
                break
            await phone.press("Next")
        await phone.page.get_by_label("I agree").check()
        await phone.press("Take my seat")
        await phone.sees("You are in")
        await phone.press("Help")
        await phone.press("Add a second person on this device")
        await phone.sees("This device already has a seat here.")
        await phone.press("Add a second person on this device")
        await phone.sees("Tap your name")
        await expect(phone.page.get_by_text("Bor Kralj")).to_be_visible()
        await expect(phone.page.get_by_text("Ana Novak")).to_have_count(0)
