"""A moderator runs the room: by keyboard alone as by mouse, on a laptop as on a phone, nothing by accident."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from server.core.messages import WorkshopId
from server.core.workshop.state import Workshop
from tests.support.axe import faults
from tests.support.chromium import chromium
from tests.support.eventually import eventually
from tests.support.house import House, open_house
from tests.support.stranger import seated

pytestmark = pytest.mark.browser

NAMES = ("Ana", "Bor", "Eva", "Jan", "Mia", "Rok")
MOST_TABS = 150
FOCUSED = "document.activeElement?.closest('button, a, summary')?.textContent ?? ''"


@contextlib.asynccontextmanager
async def console(house: House, width: int = 1280, height: int = 800) -> AsyncIterator[Page]:
    async with chromium() as browser:
        page = await browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        await page.goto(f"{house.url}/w/{house.workshop}/console#{house.links['moderator']}")
        await expect(page.locator(".console")).to_be_visible()
        yield page


@contextlib.asynccontextmanager
async def room(redis_url: str, data: Path) -> AsyncIterator[House]:
    """A house with six people of six schools in it."""
    async with open_house(redis_url, data) as house, contextlib.AsyncExitStack() as stack:
        for number, name in enumerate(NAMES):
            seat = await house.join(name, school=f"School {number}")
            await stack.enter_async_context(seated(house.url, seat["token"], f"telephone-{number}"))
        yield house


def state(house: House) -> Workshop:
    return house.serving.node.live[WorkshopId(house.workshop)].replica.state


async def reach(page: Page, words: str) -> None:
    """Tab until the element with these words has the focus."""
    for _ in range(MOST_TABS):
        if words in str(await page.evaluate(FOCUSED)):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {words!r}")


async def press(page: Page, words: str) -> None:
    await reach(page, words)
    await page.keyboard.press("Enter")


async def to_pairs(page: Page) -> None:
    await page.get_by_role("button", name="Begin with").click()
    await page.get_by_role("button", name="Yes, begin now").click()
    await page.locator(".stop button", has_text="Interviews").click()
    await page.get_by_role("button", name="Move 6 people to Mutual interviews").click()
    await page.get_by_role("button", name="Yes, move 6 people now").click()
    await page.get_by_role("button", name="Next step: Find your partner").click()
    await expect(page.locator(".group")).to_have_count(3)


def pair_of(house: House, name_at: int) -> list[set[str]]:
    return [set(group.members) for group in state(house).phases[name_at].groups.get("pairs", ())]


async def test_looking_ahead_moves_nobody_and_moving_says_first_what_will_happen(
    redis_url: str, tmp_path: Path
) -> None:
    async with room(redis_url, tmp_path) as house, console(house) as page:
        await page.locator(".stop button", has_text="Balance wheel").click()
        await expect(page.get_by_text("You are only looking")).to_be_visible()
        await page.get_by_role("button", name="for 6 people").click()
        await expect(page.get_by_role("group", name="What will happen")).to_contain_text("You go past")
        assert state(house).at is None
        await page.get_by_role("button", name="Stay here").click()
        assert state(house).at is None


async def test_the_room_is_moved_and_the_move_undone_by_keyboard_alone(redis_url: str, tmp_path: Path) -> None:
    async with room(redis_url, tmp_path) as house, console(house) as page:
        await press(page, "Begin with")
        await expect(page.get_by_role("group", name="What will happen")).to_be_focused()
        await press(page, "Yes, begin now")
        await eventually(lambda: state(house).at == "arrival")
        await press(page, "Undo the move")
        await eventually(lambda: state(house).at is None)
        await expect(page.get_by_role("button", name="Undo the move")).to_have_count(0)


async def test_two_people_are_swapped_by_keyboard_as_by_mouse(redis_url: str, tmp_path: Path) -> None:
    async with room(redis_url, tmp_path) as house, console(house) as page:
        await to_pairs(page)
        interviews = next(at for at, run in enumerate(state(house).phases) if run.id == state(house).at)
        before = pair_of(house, interviews)

        first, third = (page.locator(".group").nth(at).locator(".person").first for at in (0, 2))
        await first.focus()
        await page.keyboard.press("Enter")
        swap = page.get_by_label("Swap with")
        await expect(swap).to_be_visible()
        await swap.focus()
        await page.keyboard.press("ArrowDown")
        await expect(page.get_by_role("button", name="Swap", exact=True)).to_be_enabled()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await eventually(lambda: pair_of(house, interviews) != before)
        await expect(page.locator("dialog[open]")).to_have_count(0)

        swapped = pair_of(house, interviews)
        await first.drag_to(third)
        await eventually(lambda: pair_of(house, interviews) != swapped)
        assert all(len(pair) == 2 for pair in pair_of(house, interviews))
        await expect(page.locator("dialog[open]")).to_have_count(0)


async def test_new_groups_are_exactly_those_of_the_preview(redis_url: str, tmp_path: Path) -> None:
    async with room(redis_url, tmp_path) as house, console(house) as page:
        await to_pairs(page)
        await page.get_by_role("button", name="New groups").click()
        tables = page.locator(".preview-groups > li")
        await expect(tables).to_have_count(3)
        shown = [
            set((await one.locator(".plain-names").inner_text()).split()) & set(NAMES) for one in await tables.all()
        ]
        await page.get_by_role("button", name="Use these").click()
        await expect(page.locator("dialog[open]")).to_have_count(0)
        board = page.locator(".group")

        async def laid() -> bool:
            rows = await board.locator(".members").all_inner_texts()
            return sorted(sorted(set(row.split()) & set(NAMES)) for row in rows) == sorted(map(sorted, shown))

        await eventually(laid)


async def test_the_console_and_each_of_its_sheets_can_be_read_by_everybody(redis_url: str, tmp_path: Path) -> None:
    async with room(redis_url, tmp_path) as house, console(house) as page:
        await to_pairs(page)
        for sheet in ("", ".group-head", ".group .person", ".code-tool"):
            if sheet.startswith("."):
                await page.locator(sheet).first.click()
            assert await faults(page) == [], sheet
            await page.keyboard.press("Escape")


async def test_a_phone_shows_one_part_at_a_time_and_never_scrolls_sideways(redis_url: str, tmp_path: Path) -> None:
    async with room(redis_url, tmp_path) as house, console(house, 390, 844) as page:
        for part in ("The day", "My card", "Room"):
            await page.get_by_role("navigation").get_by_role("button", name=part).click()
            assert await page.evaluate("document.documentElement.scrollWidth") <= 390, part


async def test_the_projector_follows_the_room_and_a_key_hides_the_counter(redis_url: str, tmp_path: Path) -> None:
    async with room(redis_url, tmp_path) as house, console(house, 1920, 1080) as page:
        browser = page.context.browser
        assert browser is not None
        screen = await browser.new_page(viewport={"width": 1920, "height": 1080})
        await screen.goto(f"{house.url}/w/{house.workshop}/screen#{house.links['screen']}")
        await expect(screen.get_by_text(house.code)).to_be_visible()
        await expect(screen.get_by_text("6 people are here")).to_be_visible()
        await screen.keyboard.press("n")
        await expect(screen.get_by_text("6 people are here")).to_have_count(0)
        await to_pairs(page)
        await expect(screen.locator("[data-showing=tables] .s-table")).to_have_count(3)
