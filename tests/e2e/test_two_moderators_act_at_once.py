"""Two moderators press the same button in the same second: the room moves once, and the second is told."""

import asyncio

from playwright.async_api import Page, expect

from tests.support.situation import QUESTION, SITUATION, WELCOME, Venue

pytestmark = SITUATION

MOVE = "Move 2 people to One question"
SURE = "Yes, move 2 people now"


async def press_both(consoles: tuple[Page, Page], name: str) -> None:
    """In one instant: a finger on its way finds the button also when the first press has just moved the room."""
    buttons = [await one.get_by_role("button", name=name).element_handle() for one in consoles]
    await asyncio.gather(*(button.evaluate("button => button.click()") for button in buttons if button))


async def test_the_room_moves_one_phase_and_not_two(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move(WELCOME)
        consoles = (await day.console(), await day.console(day.links["co_moderator"]))
        for one in consoles:
            await one.get_by_role("button", name=MOVE).click()
        await press_both(consoles, SURE)
        for phone in (ana, bor):
            await phone.is_in("The question")
        for one in consoles:
            await expect(one.get_by_role("button", name="This was the last phase")).to_have_count(0)
            await expect(one.get_by_role("button", name="Undo the move")).to_be_visible()
        assert day.state.at == QUESTION
        assert [act.what for act in day.state.acts].count("MoveRoom") == 2  # the first move, and this one


async def test_a_move_that_came_second_is_told_where_the_room_is(venue: Venue) -> None:
    async with venue.day() as day:
        await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move(WELCOME)
        console = await day.console()
        await console.get_by_role("button", name=MOVE).click()
        sure = console.get_by_role("button", name=SURE)
        await expect(sure).to_be_visible()
        await desk.move(QUESTION)
        # The preview of a move that is no longer true goes away instead of moving the room once more.
        await expect(sure).to_have_count(0)
        assert day.state.at == QUESTION
