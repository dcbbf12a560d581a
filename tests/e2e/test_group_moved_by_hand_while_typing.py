"""A person is moved to another table in the middle of a word: nothing typed is lost, and the new table is there."""

from server.core.workshop import commands as c
from tests.support.situation import GROUP_NOTE, NOTE, QUESTION, SITUATION, Venue

pytestmark = SITUATION


async def test_the_words_stay_and_the_new_group_is_seen(venue: Venue) -> None:
    async with venue.day() as day:
        ana, bor, mia = await day.everybody("Ana", "Bor", "Mia")
        desk = await day.desk()
        jan, _ = await day.by_protocol("Jan")
        rok, _ = await day.by_protocol("Rok")
        await desk.pairs(QUESTION, [ana.person, bor.person, mia.person], [jan, rok])
        old = day.table_of(ana.person)
        await bor.type(GROUP_NOTE, "From Bor. ")
        await ana.reads(GROUP_NOTE, "From Bor. ")
        await ana.type(NOTE, "My own words")
        await ana.type(GROUP_NOTE, "And this is from An")
        await bor.reads(GROUP_NOTE, "From Bor. And this is from An")
        await desk.wish(c.MovePerson(QUESTION, "pairs", ana.person, day.table_of(jan)))

        await ana.understands_the_move()
        await ana.sits_with("Jan", "Rok")
        await ana.reads(GROUP_NOTE, "")
        await ana.reads(NOTE, "My own words")
        await bor.reads(GROUP_NOTE, "From Bor. And this is from An")
        await ana.type(GROUP_NOTE, "At the new table")
        await ana.is_saved()
        await day.keeps(jan, f"{QUESTION}/board/{day.table_of(jan)}", "At the new table")
        await day.keeps(bor.person, f"{QUESTION}/board/{old}", "From Bor. And this is from An")
