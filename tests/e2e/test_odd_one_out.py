"""Five people and pairs to form: one table has three, everybody there can read why, and nobody sits alone."""

import re

from tests.support.situation import GROUP_NOTE, QUESTION, SITUATION, Venue

pytestmark = SITUATION


async def test_the_odd_one_out_sits_at_a_table_of_three_and_everybody_there_is_told(venue: Venue) -> None:
    async with venue.day() as day:
        phones = await day.everybody("Ana", "Bor", "Eva")
        desk = await day.desk()
        await desk.move(QUESTION)
        for phone in phones:
            others = [one.name for one in phones if one is not phone]
            await phone.is_in("The question")
            for name in others:
                await phone.sees(name)
            await phone.sees("Table 1")
        await phones[0].type(GROUP_NOTE, "We are three")
        for phone in phones[1:]:
            await phone.reads(GROUP_NOTE, "We are three")


async def test_an_interview_of_three_has_a_witness_and_says_so(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        phones = await day.everybody("Ana", "Bor", "Eva")
        desk = await day.desk()
        await desk.move("interviews")
        await desk.step(1)
        for phone in phones:
            await phone.sees("You are three, because")
        await desk.step(2)
        for phone in phones:
            await phone.sees(re.compile("listens for strengths|Listen for strengths"))


async def test_with_five_people_nobody_is_alone(venue: Venue) -> None:
    async with venue.day() as day:
        last = await day.seated("Last")
        for name in ("Ana", "Bor", "Eva", "Jan"):
            await day.by_protocol(name)
        desk = await day.desk()
        await desk.move(QUESTION)
        assert sorted(len(table) for table in day.tables()) == [2, 3]
        await last.sees("With ")
