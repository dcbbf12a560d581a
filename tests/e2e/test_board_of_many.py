"""Sixty and two hundred people on a moderator's laptop: all of them in sight, and a change moves only what changed."""

import asyncio
from itertools import pairwise
from statistics import median

from playwright.async_api import Page, expect

from server.core.groups import Group
from server.core.messages import WORKSHOP, Actor, GroupId, PersonId
from server.core.workshop import commands as c
from tests.support.layout import finds_nothing
from tests.support.situation import PHONE, QUESTION, SITUATION, Day, Desk, Venue

pytestmark = SITUATION

NAMES = ("Ana", "Bor", "Eva", "Maximilian", "Jan", "Klara")
SEEN_WITHIN_MS = 500
"""In a browser that shares two cores with the server, its store and this test."""

OUT_OF_SIGHT = """() => [...document.querySelectorAll(".group")].filter((table) => {
    const box = table.getBoundingClientRect();
    const cut = [...table.querySelectorAll(".person")].some((one) => one.scrollWidth > one.clientWidth + 1);
    return cut || box.height < 24 || box.top < 0 || box.bottom > innerHeight || box.right > innerWidth;
}).map((table) => table.textContent)"""

STICKS_OUT = """() => [...document.querySelectorAll("main *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".unseen"))
    .map((one) => one.textContent)"""

WATCH = """() => {
    window.drawn = [];
    const board = document.querySelector(".board");
    const within = (node, where) => (node.nodeType === 1 ? node : node.parentElement)?.closest(where);
    const table = (node) => within(node, ".group")?.dataset.group;
    const clock = (node) => within(node, ".clock");
    new MutationObserver((changes) => {
        for (const { target } of changes) if (table(target) && !clock(target)) window.drawn.push(table(target));
    }).observe(board, { subtree: true, childList: true, characterData: true, attributes: true });
}"""


async def by_protocol(day: Day, names: int) -> list[PersonId]:
    found = []
    for number in range(names):
        person, _ = await day.by_protocol(f"{NAMES[number % len(NAMES)]} {number:02}")
        found.append(person)
    return found


async def seated(day: Day, people: int) -> list[PersonId]:
    """Here, but without devices: what is slow may only be the board."""
    persons = [PersonId(f"p{number:03}") for number in range(people)]
    for person in persons:
        await day.admits(person, f"Person {person}", without_device=True)
    return persons


async def in_pairs(desk: Desk, day: Day, people: list[PersonId]) -> Page:
    await desk.pairs(QUESTION, *([*pair] for pair in list(pairwise(people))[::2]))
    console = await day.console()
    await expect(console.locator(".group")).to_have_count(len(people) // 2)
    return console


async def test_thirty_pairs_stand_on_a_laptop_and_none_has_to_be_scrolled_to(venue: Venue) -> None:
    async with venue.day() as day:
        desk = await day.desk()
        console = await in_pairs(desk, day, await by_protocol(day, 60))
        await expect(console.locator(".group").first).to_be_in_viewport()
        await finds_nothing(console, OUT_OF_SIGHT)


async def test_a_telephone_shows_the_same_board_and_nothing_sticks_out(venue: Venue) -> None:
    async with venue.day() as day:
        desk = await day.desk()
        people = await seated(day, 60)
        await in_pairs(desk, day, people)
        # A long sentence of what can be taken back.
        await desk.wish(c.SwapPeople(QUESTION, "pairs", people[0], people[2]))
        phone = await day.page(f"/w/{day.id}/console#{day.links['moderator']}", PHONE)
        await expect(phone.get_by_role("button", name="Undo")).to_be_visible()
        await finds_nothing(phone, STICKS_OUT)


async def test_among_two_hundred_one_change_is_seen_at_once_and_changes_no_other_table(venue: Venue) -> None:
    async with venue.day() as day:
        desk = await day.desk()
        people = await seated(day, 200)
        console = await in_pairs(desk, day, people)
        await console.evaluate(WATCH)
        took_ms = []
        for person in people[::20]:
            table = console.locator(f'[data-group="{day.table_of(person)}"]')
            await expect(table).to_be_attached()
            begun = asyncio.get_running_loop().time()
            await day.live.replica.post(Actor("person", person), WORKSHOP, c.SignalNeedTime())
            await expect(table).to_contain_text("asks for time")
            took_ms.append((asyncio.get_running_loop().time() - begun) * 1000)
        assert median(took_ms) < SEEN_WITHIN_MS, took_ms
        drawn = await console.evaluate("window.drawn")
        touched = {day.table_of(person) for person in people[::20]}
        assert set(drawn) <= touched


async def test_two_hundred_sit_at_fours_and_the_table_in_need_comes_first(venue: Venue) -> None:
    async with venue.day() as day:
        desk = await day.desk()
        people = await seated(day, 200)
        tables = tuple(
            Group(GroupId(f"four{at}"), tuple(people[at * 4 : at * 4 + 4]), at + 1) for at in range(len(people) // 4)
        )
        await desk.wish(c.FormGroups(QUESTION, "pairs", tables))
        await desk.move(QUESTION)
        console = await day.console()
        await expect(console.locator(".group")).to_have_count(50)
        await day.live.replica.post(Actor("person", people[-1]), WORKSHOP, c.CallHelp("help"))
        await expect(console.locator(".group").first).to_have_attribute("data-group", "four49")
