"""The host moves on in the middle of somebody's sentence: every letter typed until then is there for its author."""

from tests.support.situation import GROUP_NOTE, NOTE, QUESTION, SITUATION, WELCOME, Venue

pytestmark = SITUATION


async def test_the_sentence_is_kept_and_the_author_is_told_where(venue: Venue) -> None:
    async with venue.day() as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move(WELCOME)
        await ana.type(NOTE, "What I hope for is that we ")
        await ana.field(NOTE).press_sequentially("meet")
        await desk.move(QUESTION)
        await ana.is_in("The question")
        await ana.sees("What you wrote is kept from Welcome.")
        await ana.press("My day")
        await ana.sees("What I hope for is that we meet")
        await day.becomes(lambda: day.state.at == QUESTION)
        await day.keeps(ana.person, f"welcome/note/{ana.person}", "What I hope for is that we meet")


async def test_words_that_reach_the_server_after_the_phase_closed_stay_with_their_author(venue: Venue) -> None:
    async with venue.day() as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move(WELCOME)
        await ana.type(NOTE, "Before the tunnel. ")
        await ana.is_saved()
        await ana.loses_the_network()
        await ana.type(NOTE, "In the tunnel.")
        await desk.move(QUESTION)
        await ana.finds_the_network()
        await ana.is_in("The question")
        await ana.press("My day")
        await ana.sees("Before the tunnel. In the tunnel.")


async def test_going_back_shows_every_word_again(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move(QUESTION)
        await ana.type(GROUP_NOTE, "Half a sen")
        await desk.move(WELCOME)
        await ana.is_in("Welcome")
        await desk.move(QUESTION)
        for phone in (ana, bor):
            await phone.reads(GROUP_NOTE, "Half a sen")
        await ana.type(GROUP_NOTE, "tence")
        await bor.reads(GROUP_NOTE, "Half a sentence")
