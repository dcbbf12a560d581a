"""Names that were imported beforehand are tapped, and one device can hold the seat of a second person."""

from pathlib import Path

import httpx
from playwright.async_api import expect

from tests.support.participant import Phone
from tests.support.situation import SITUATION, Day, Venue

pytestmark = SITUATION


async def test_a_name_is_tapped_and_a_second_person_sits_down_on_the_same_device(venue: Venue) -> None:
    async with venue.day() as day:
        await listed(day, "name,school,languages\nAna Novak,Birch school,en\nBor Kralj,Hazel school,en\n")
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


async def test_who_tapped_the_wrong_name_and_is_not_listed_takes_nobodys_seat(venue: Venue) -> None:
    async with venue.day() as day:
        await listed(day, "name,school\nAna Novak,Birch school\nBor Kralj,Hazel school\n")
        phone = await day.door()
        await phone.page.get_by_text("Ana Novak").click()
        await phone.sees("A little about your work")
        await phone.press("Back")
        await phone.sees("Tap your name")
        await phone.press("My name is not here")
        await expect(phone.page.get_by_label("Your name")).to_have_value("")
        await phone.fills_in_the_door("Zoe Newcomer", "School Z")
        await phone.sees("You are in")
        states = sorted(member.state for member in day.state.people.values())
        assert states == ["expected", "expected", "joined"]


async def test_two_people_of_one_name_are_told_apart_on_one_device_and_in_the_console(venue: Venue) -> None:
    async with venue.day() as day:
        await day.new_seat("Ana", "Birch school")
        phone = await day.door()
        await phone.fills_in_the_door("Ana", "Hazel school")
        await phone.sees("You are in")
        await phone.page.goto(f"{day.url}/j/{day.code}")
        await phone.press("Add a second person on this device")
        await phone.fills_in_the_door("Ana", "Hazel school")
        await phone.sees("You are in")
        await phone.page.goto(f"{day.url}/")
        for name in ("Ana, Hazel school (1)", "Ana, Hazel school (2)"):
            await expect(phone.button(f"Back in as {name}")).to_be_visible()
        console = await day.console()
        await console.locator(".tool", has_text="here").click()
        names = console.get_by_role("dialog").locator(".roster-list .name")
        await expect(names).to_have_text(["Ana, Birch school", "Ana, Hazel school (1)", "Ana, Hazel school (2)"])


async def test_a_file_in_an_old_alphabet_is_read_or_its_lines_are_named(venue: Venue, tmp_path: Path) -> None:
    async with venue.day() as day:
        console = await day.console()
        await console.locator(".tool", has_text="here").click()
        await console.get_by_text("Bring a list").click()
        for name, content in (("unclear.csv", "name\nČrt Hudič\n"), ("clear.csv", "name\nJürgen Müller\n")):
            (tmp_path / name).write_bytes(content.encode("cp1250"))
        await console.get_by_label("Choose a CSV file").set_input_files(tmp_path / "unclear.csv")
        await console.get_by_role("button", name="Add everybody on the list").click()
        await expect(console.get_by_role("alert")).to_contain_text("line 2")
        assert not day.state.people
        await console.get_by_label("Choose a CSV file").set_input_files(tmp_path / "clear.csv")
        await console.get_by_role("button", name="Add everybody on the list").click()
        await expect(console.locator(".roster-list .name")).to_have_text(["Jürgen Müller"])


async def listed(day: Day, content: str) -> None:
    staff = {"Authorization": f"Bearer {day.tokens['moderator']}"}
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"{day.url}/api/workshops/{day.workshop}/people", content=content, headers=staff)
        assert answer.status_code == 201
