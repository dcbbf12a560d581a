"""Sixty people look at the projector from the last row: every table is on it, none is cut, no letter is too small."""

from collections.abc import Sequence

import pytest
from playwright.async_api import BrowserContext, Page, expect

from server.activities.arrival.messages import GiveConsent
from server.core.messages import Actor, PersonId, PhaseId
from server.core.workshop import commands as c
from tests.support.layout import finds_nothing
from tests.support.situation import SITUATION, Day, Venue

pytestmark = SITUATION

PEOPLE = 60
SMALLEST_PX = 40
TURN_MS = 9_000
"""After so long the projector shows the next tables; here nobody waits for it."""
LARGE_PX = 60
ROOM = {"width": 1920, "height": 1080}
ARRIVAL, INTERVIEWS = PhaseId("arrival"), PhaseId("interviews")

NAMES = ("Ana", "Bor", "Cvetka", "Maximiliane-Charlotte", "Eva", "Filip", "Gwendolyn", "Hugo", "Ildikó", "Jan")

CUT = """() => {
    const screen = { right: innerWidth, bottom: innerHeight };
    const list = document.querySelector(".s-tables > ol").getBoundingClientRect();
    const found = [];
    for (const element of document.querySelectorAll(".s-tables > ol > li, .s-names li, .s-table")) {
        const box = element.getBoundingClientRect();
        const inside = box.bottom <= list.bottom + 1 && box.right <= screen.right && box.bottom <= screen.bottom;
        if (!inside || element.scrollWidth > element.clientWidth + 1) found.push(element.textContent);
    }
    const corner = document.querySelector(".s-corner").getBoundingClientRect();
    if (list.bottom > corner.top + 1) found.push("the corner");
    return found;
}"""

SMALL = """(smallest) => [...document.querySelectorAll(".s-names li, .s-note, .s-corner")]
    .filter((one) => parseFloat(getComputedStyle(one).fontSize) < smallest).map((one) => one.textContent)"""


async def filled(day: Day, named: Sequence[bool]) -> None:
    """A seat for each, in the order of `named`: who said that their name may stand on the projector."""
    for number, says in enumerate(named):
        person = PersonId(f"p{number:02}")
        await day.admits(person, f"{NAMES[number % len(NAMES)]} {'ABCDEF'[number // len(NAMES)]}son")
        if says:
            await day.live.replica.post(Actor("person", person), ARRIVAL, GiveConsent("name_on_screen"))


async def with_a_clock_to_turn(context: BrowserContext) -> None:
    await context.clock.install()


async def shown(screen: Page, tables: int) -> set[int]:
    """The numbers of all tables, over as many pictures as there are; on each of them nothing is cut."""
    found: set[int] = set()
    while len(found) < tables:
        await expect(screen.locator("[data-showing=tables] .s-table").first).to_be_visible()
        await finds_nothing(screen, CUT)
        await finds_nothing(screen, SMALL, SMALLEST_PX)
        numbers = {int(words.split()[-1]) for words in await screen.locator(".s-table").all_inner_texts()}
        assert numbers - found, "a picture that shows nothing new"
        found |= numbers
        if len(found) < tables:
            first = await screen.locator(".s-table").first.inner_text()
            await screen.clock.fast_forward(TURN_MS)
            await expect(screen.locator(".s-table").first).not_to_have_text(first)
    return found


@pytest.mark.parametrize(
    "named",
    [[False] * PEOPLE, [True] * PEOPLE, [number % 3 > 0 for number in range(PEOPLE)]],
    ids=["unnamed", "named", "some"],
)
async def test_all_tables_of_sixty_people_in_pairs_can_be_read(venue: Venue, named: list[bool]) -> None:
    async with venue.day("half_day", pack="") as day:
        desk = await day.desk()
        await desk.move(ARRIVAL)
        await filled(day, named)
        screen = await day.page(f"/w/{day.id}/screen#{day.links['screen']}", ROOM, with_a_clock_to_turn)
        await desk.move(INTERVIEWS)
        await desk.wish(c.MoveStep(INTERVIEWS, 1, 0))
        assert len(day.run.groups["pairs"]) == PEOPLE // 2
        assert await shown(screen, PEOPLE // 2) == set(range(1, PEOPLE // 2 + 1))
        # What those do who are not named is said once, and not at every table.
        assert await screen.get_by_text("phone").count() == (0 if all(named) else 1)


async def test_three_tables_of_four_fill_the_screen_with_large_letters(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        desk = await day.desk()
        await desk.move(ARRIVAL)
        await filled(day, [True] * 12)
        screen = await day.page(f"/w/{day.id}/screen#{day.links['screen']}", ROOM)
        await desk.move(INTERVIEWS)
        await desk.wish(c.MoveStep(INTERVIEWS, 3, 0))
        assert [len(group.members) for group in day.run.groups["fours"]] == [4, 4, 4]
        # A four keeps the table of one of its pairs: which, the dice have said.
        assert await shown(screen, 3) == {group.table for group in day.run.groups["fours"]}
        letters = await screen.locator(".s-names").first.evaluate("(names) => getComputedStyle(names).fontSize")
        assert float(letters.removesuffix("px")) > LARGE_PX


async def test_what_was_just_said_at_the_edge_cuts_no_table(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        desk = await day.desk()
        await desk.move(ARRIVAL)
        await filled(day, [True] * PEOPLE)
        screen = await day.page(f"/w/{day.id}/screen#{day.links['screen']}", ROOM)
        await desk.move(INTERVIEWS)
        await desk.wish(c.MoveStep(INTERVIEWS, 1, 0))
        await expect(screen.locator("[data-showing=tables] .s-table").first).to_be_visible()
        await desk.wish(c.Announce("Lunch comes at noon. " * 8, "room"))
        await expect(screen.locator("[data-showing=message]")).to_be_visible()
        # Whoever stands at the projector wants the tables back: the message makes room for them.
        await screen.keyboard.press("t")
        await expect(screen.locator(".s-aside")).to_be_visible()
        await expect(screen.locator("[data-showing=tables] .s-table").first).to_be_visible()
        await finds_nothing(screen, CUT)
