"""A phone sleeps in a pocket while the others go on writing: it wakes, reads first, and overwrites nothing."""

from playwright.async_api import expect

from tests.support.situation import GROUP_NOTE, NOTE, QUESTION, SITUATION, Venue

pytestmark = SITUATION


async def test_it_wakes_with_what_the_others_wrote_and_its_own_words_are_kept(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move(QUESTION)
        await ana.type(GROUP_NOTE, "Ana began. ")
        await bor.reads(GROUP_NOTE, "Ana began. ")

        await bor.loses_the_network()
        await bor.type(GROUP_NOTE, "Bor, underground. ")
        await bor.type(NOTE, "only mine")
        await expect(bor.mark).to_have_attribute("data-state", "offline")
        await bor.falls_asleep()
        await ana.type(GROUP_NOTE, "Ana went on. ")
        await ana.is_saved()
        await ana.reads(GROUP_NOTE, "Ana began. Ana went on. ")

        await bor.finds_the_network()
        await bor.wakes()
        await bor.is_saved()
        for phone in (ana, bor):
            for words in ("Ana began. ", "Bor, underground. ", "Ana went on. "):
                await phone.has_in(GROUP_NOTE, words)
        assert await ana.field(GROUP_NOTE).input_value() == await bor.field(GROUP_NOTE).input_value()
        await day.keeps(bor.person, f"{QUESTION}/note/{bor.person}", "only mine")


async def test_it_wakes_where_the_room_is_and_not_where_it_fell_asleep(venue: Venue) -> None:
    async with venue.day() as day:
        ana, _ = await day.everybody("Ana", "Bor")
        desk = await day.desk()
        await desk.move("welcome")
        await ana.is_in("Welcome")
        await ana.falls_asleep()
        await ana.loses_the_network()
        await desk.move(QUESTION)
        await ana.is_in("Welcome")
        await ana.finds_the_network()
        await ana.wakes()
        await ana.is_in("The question")
        await ana.sits_with("Bor")


async def test_what_was_typed_without_a_network_survives_the_closing_of_the_tab(venue: Venue) -> None:
    async with venue.day() as day:
        ana = await day.seated("Ana")
        await day.by_protocol("Bor")
        desk = await day.desk()
        await desk.move("welcome")
        await ana.type(NOTE, "Before. ")
        await ana.is_saved()
        await ana.loses_the_network()
        await ana.type(NOTE, "Underground.")
        await expect(ana.mark).to_have_attribute("data-state", "offline")
        await ana.closes_the_tab()
        await ana.finds_the_network()
        await ana.opens_the_room_again(day.url, day.id)
        await ana.is_saved()
        await ana.reads(NOTE, "Before. Underground.")
        await day.keeps(ana.person, f"welcome/note/{ana.person}", "Before. Underground.")
