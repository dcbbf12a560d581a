"""The moderator's laptop dies: the room runs on, the secret link takes over elsewhere, and nobody inherits the role."""

from playwright.async_api import expect

from tests.support.participant import Phone
from tests.support.situation import GROUP_NOTE, SITUATION, WELCOME, Venue

pytestmark = SITUATION


async def test_the_room_runs_on_and_the_secret_link_takes_over_on_another_device(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor = await day.everybody("Ana", "Bor")
        laptop = await day.console()
        await laptop.get_by_role("button", name="Begin with Welcome").click()
        await laptop.get_by_role("button", name="Yes, begin now").click()
        await ana.is_in("Welcome")
        ends_ms = day.state.timers[""].ends_ms
        await laptop.context.close()

        await ana.type("A note for yourself", "Still here")
        await ana.is_saved()
        await ana.sees("minutes left")
        assert day.state.at == WELCOME
        assert day.state.timers[""].ends_ms == ends_ms

        telephone = await day.console()
        await telephone.get_by_role("button", name="Move 2 people to One question").click()
        await telephone.get_by_role("button", name="Yes, move 2 people now").click()
        for phone in (ana, bor):
            await phone.is_in("The question")
        await ana.type(GROUP_NOTE, "Together")
        await bor.reads(GROUP_NOTE, "Together")


async def test_a_stranger_with_the_address_alone_gets_no_console(venue: Venue) -> None:
    async with venue.day() as day:
        stranger = Phone(await day.page(f"/w/{day.id}/console"), "Stranger")
        await stranger.sees("This link no longer opens a seat")


async def test_nobody_inherits_the_role(venue: Venue) -> None:
    async with venue.day() as day:
        ana = await day.seated("Ana")
        laptop = await day.console()
        await laptop.context.close()
        await ana.page.goto(f"{day.url}/w/{day.id}/console")
        await ana.sees("You are in. It has not begun yet.")
        await expect(ana.button("Begin with")).to_have_count(0)
        assert day.state.at is None
