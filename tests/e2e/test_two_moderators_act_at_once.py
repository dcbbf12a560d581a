"""Two moderators press the same button in the same second: the room moves once, and the second is told."""

import asyncio
import re

from playwright.async_api import Page, expect

from server.rehearsal.web import ask
from tests.support.situation import QUESTION, SITUATION, WELCOME, Day, Venue

pytestmark = SITUATION

MOVE = "Move 2 people to One question"
SURE = "Yes, move 2 people now"


async def press_both(consoles: tuple[Page, Page], name: str) -> None:
    """In one instant: a finger on its way finds the button also when the first press has just moved the room."""
    buttons = [await one.get_by_role("button", name=name).element_handle() for one in consoles]
    await asyncio.gather(*(button.evaluate("button => button.click()") for button in buttons if button))


async def second_moderator(day: Day) -> str:
    """The secret of a link that makes its holder a moderator too."""
    wanted = {"role": "moderator", "name": "Mia Kos"}
    made = await ask("POST", f"{day.url}/api/workshops/{day.id}/links", wanted, token=day.links["moderator"])
    return str(made["link"]).partition("#")[2]


async def test_the_room_moves_one_phase_and_not_two_and_the_second_is_told_who_was_first(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move(WELCOME)
        first, second = await day.console(), await day.console(await second_moderator(day))
        for one in (first, second):
            await one.get_by_role("button", name=MOVE).click()
        await press_both((first, second), SURE)
        for phone in (ana, bor):
            await phone.is_in("The question")
        for one in (first, second):
            await expect(one.get_by_role("button", name="This was the last phase")).to_have_count(0)
            await expect(one.get_by_role("button", name="Undo the move")).to_be_visible()
        assert day.state.at == QUESTION
        moves = [act for act in day.state.acts if act.what == "MoveRoom"]
        assert len(moves) == 2  # the first move, and this one
        mia = next(staff for staff, role in day.state.staff.items() if role == "moderator")
        winner, loser = (second, first) if moves[-1].staff == mia else (first, second)
        who = "Mia Kos" if winner is second else "Another moderator"
        await expect(loser.locator(".told-notice")).to_have_text(re.compile(f"{who}: Moved the room to One question"))
        await expect(winner.locator(".told-notice")).to_have_count(0)


async def test_two_who_form_groups_at_once_are_told_and_either_can_take_it_back(venue: Venue) -> None:
    async with venue.day() as day:
        for name in ("Ana", "Bor", "Eva", "Jan"):
            await day.by_protocol(name)
        desk = await day.desk()
        await desk.move(QUESTION)
        before = day.tables()
        first, second = await day.console(), await day.console(await second_moderator(day))
        await second.get_by_role("button", name="New groups").click()
        await second.get_by_label("Form").select_option(label="all together")
        await expect(second.locator(".preview-groups > li")).to_have_count(1)
        await second.get_by_role("button", name="Use these").click()
        await expect(first.locator(".told-notice")).to_contain_text("Mia Kos: Formed groups in One question")
        await first.get_by_role("button", name="Undo (").click()
        await day.becomes(lambda: day.tables() == before)
        await expect(second.locator(".told-notice")).to_contain_text("Took back: Formed groups in One question")


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
