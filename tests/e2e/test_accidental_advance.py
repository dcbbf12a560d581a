"""A click by accident moves nobody: looking is free, moving says first what will happen, and a move is taken back."""

from playwright.async_api import expect

from tests.support.situation import NOTE, SITUATION, WELCOME, Venue

pytestmark = SITUATION


async def test_selecting_a_phase_moves_nobody(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move(WELCOME)
        await bor.press("I am done")
        await ana.type(NOTE, "In the middle of it")
        console = await day.console()
        await console.locator(".stop button", has_text="The question").click()
        await expect(console.get_by_text("You are only looking. The room stays in Welcome.")).to_be_visible()
        await console.get_by_role("button", name="Move 2 people to One question").click()
        said = console.get_by_role("group", name="What will happen")
        await expect(said).to_contain_text("2 people leave Welcome. What they wrote there stays.")
        await expect(said).to_contain_text("1 of them has not said that they are done.")
        await expect(said).to_contain_text("1 person is still writing.")
        await said.get_by_role("button", name="Stay here").click()
        assert day.state.at == WELCOME
        await ana.is_in("Welcome")


async def test_a_move_is_taken_back_with_one_press_and_everything_is_as_it_was(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move(WELCOME)
        await ana.type(NOTE, "Not yet fin")
        await bor.press("I am done")
        await day.becomes(lambda: bor.person in day.state.signals.saying("done"))
        console = await day.console()
        await console.get_by_role("button", name="Move 2 people to One question").click()
        await console.get_by_role("button", name="Yes, move 2 people now").click()
        await ana.is_in("The question")
        await console.get_by_role("button", name="Undo the move").click()
        await ana.is_in("Welcome")
        await ana.reads(NOTE, "Not yet fin")
        await ana.type(NOTE, "ished")
        await ana.is_saved()
        await day.keeps(ana.person, f"welcome/note/{ana.person}", "Not yet finished")
