"""Somebody has no phone: they have a place like everybody, others type for them, and the log says who typed."""

from playwright.async_api import expect

from tests.support.participant import Phone
from tests.support.situation import NOTE, QUESTION, SITUATION, Venue

pytestmark = SITUATION


async def test_the_moderator_types_for_somebody_and_it_is_marked(venue: Venue) -> None:
    async with venue.day() as day:
        ana = await day.seated("Ana")
        console = await day.console()
        await console.get_by_role("button", name="1 person here").click()
        roster = console.get_by_role("dialog")
        await roster.get_by_text("Somebody without a device").click()
        await roster.get_by_label("Name", exact=True).fill("Paula")
        await roster.get_by_label("School", exact=True).fill("Paper School")
        await roster.get_by_role("button", name="Add Paula").click()
        typing = console.get_by_role("button", name="Type for Paula")
        async with console.expect_popup() as opened:
            await typing.click()
        paula = Phone(await opened.value, "Paula")
        await paula.sees("You are in. It has not begun yet.")

        desk = await day.desk()
        await desk.move(QUESTION)
        await ana.sits_with("Paula")
        await paula.sits_with("Ana")
        await paula.type(NOTE, "Dictated by Paula")
        await paula.is_saved()
        await paula.press("I am done")
        await expect(paula.button("Done. Tap to take back")).to_be_visible()
        who = next(member.id for member in day.state.people.values() if member.without_device)
        assert who in day.state.signals.saying("done")
        done = [commit for commit in await day.log() if commit.actor.id == who]
        assert done
        assert all(commit.actor.typed_by for commit in done)


async def test_a_person_without_a_device_is_never_taken_for_gone(venue: Venue) -> None:
    async with venue.day() as day:
        await day.everybody("Ana", "Bor")
        await day.without_device("Paula")
        desk = await day.desk()
        await desk.move(QUESTION)
        assert [len(table) for table in day.tables()] == [3]
        console = await day.console()
        card = console.locator(".group")
        await expect(card).to_contain_text("0 of 3 done")
        await expect(card.locator(".person", has_text="Paula")).to_contain_text("no device")
