"""Whatever becomes of the storage, the tab or the right to write: typed words are sent, or seen to wait."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Route, WebSocketRoute, expect

from protocol.frames import Accepted
from server.activities.vignette_writing.messages import UninviteCoWriter
from server.activities.vignette_writing.pages import stake_page
from server.core.messages import PageId
from server.core.workshop.people_commands import AnswerOffer
from server.rehearsal.device import Device
from server.rehearsal.web import ask
from tests.support.chromium import chromium
from tests.support.device_store import everything_kept
from tests.support.eventually import eventually
from tests.support.node import NodeProcess
from tests.support.workshop import move
from tests.support.writers import FIELD, PATIENCE_MS, PATIENCE_S, Desk, Writer, all_enter, alone, desk

pytestmark = pytest.mark.browser

REFUSED = "indexedDB.open = () => { throw new DOMException('denied', 'SecurityError'); };"
HANGING = "indexedDB.open = () => ({});"
FULL = """
const add = IDBObjectStore.prototype.add;
IDBObjectStore.prototype.add = function (...row) {
  if (window.full) throw new DOMException('full', 'QuotaExceededError');
  return add.apply(this, row);
};
"""
WORD = "brezvetrje"
CLEARED = """async () => {
  for (const { name } of await indexedDB.databases()) {
    await new Promise((done) => { indexedDB.deleteDatabase(name).onsuccess = done; });
  }
}"""


def stored(made: Desk) -> str:
    return made.page.fields.get(FIELD, "")


async def says(writer: Writer, *states: str) -> None:
    async def said() -> bool:
        return await writer.state() in states

    await eventually(said, within_s=50)


async def goes_with_five_letters_unsent(made: Desk, ana: Writer) -> None:
    """The server has the first five; the tab is closed in an aeroplane after five more."""
    await ana.enter("")
    await ana.type(5)
    await made.has_all(ana)
    await ana.goes_offline()
    await ana.type(5)
    await ana.is_kept()
    await ana.page.close()


async def test_storage_that_is_cleared_under_typing_stops_no_word(node: NodeProcess) -> None:
    async with chromium() as browser, alone(node.url, browser) as (made, ana):
        await ana.enter("")
        await ana.type(5)
        await made.has_all(ana)
        await ana.page.evaluate(CLEARED)
        await ana.type(10)
        await made.has_all(ana)
        await says(ana, "saved")


async def test_a_full_device_stops_no_word_and_says_what_it_cannot_keep(node: NodeProcess) -> None:
    async with chromium() as browser, alone(node.url, browser, device=FULL) as (made, ana):
        await ana.enter("")
        await ana.type(5)
        await made.has_all(ana)
        await ana.page.evaluate("window.full = true")
        await ana.type(10)
        await made.has_all(ana)
        await ana.context.set_offline(True)
        await ana.type(5)
        await says(ana, "offline")
        await expect(ana.page.locator(".top .save-mark")).to_contain_text("keep this page open")
        await ana.page.evaluate("window.full = false")
        await expect(ana.page.locator(".top .save-mark")).to_contain_text("kept on this device", timeout=PATIENCE_MS)
        await ana.context.set_offline(False)
        await made.has_all(ana)


@pytest.mark.parametrize("device", [REFUSED, HANGING], ids=["refused", "hanging"])
async def test_without_any_storage_people_write_and_are_told(node: NodeProcess, device: str) -> None:
    async with chromium() as browser, alone(node.url, browser, device=device) as (made, ana):
        await ana.enter("")
        await ana.type(10)
        await made.has_all(ana)
        await ana.context.set_offline(True)
        await ana.type(5)
        await expect(ana.page.locator(".top .save-mark")).to_contain_text("keep this page open", timeout=50_000)
        await ana.context.set_offline(False)
        await made.has_all(ana)


async def test_words_of_a_page_that_is_not_on_the_screen_are_counted_and_sent(node: NodeProcess) -> None:
    async with chromium() as browser, alone(node.url, browser) as (made, ana):
        await ana.enter("")
        await ana.type(5)
        await made.has_all(ana)
        await ana.opens_without_a_network()
        await ana.page.reload()
        await ana.find("")
        await ana.context.set_offline(True)
        await ana.type(10)
        await ana.is_kept()
        await ana.page.reload()
        await ana.page.get_by_role("button", name="Choose", exact=True).wait_for(timeout=PATIENCE_MS)
        await expect(ana.page.locator(".top .save-mark")).to_contain_text("1 kept on this device", timeout=PATIENCE_MS)
        assert await ana.box.count() == 0, "the text is on the screen"
        await ana.context.set_offline(False)
        await made.has_all(ana)
        await says(ana, "saved", "back")


async def test_words_of_a_tab_that_was_closed_are_sent_by_the_one_that_is_open(node: NodeProcess) -> None:
    async def no_polling(route: Route) -> None:
        await route.abort()

    async def no_socket(route: WebSocketRoute) -> None:
        await route.close()

    async with chromium() as browser, alone(node.url, browser) as (made, ana):
        await ana.enter("")
        await ana.type(5)
        await made.has_all(ana)
        await ana.opens_without_a_network()
        other = await ana.context.new_page()
        await other.route("**/socket.io/**", no_polling)
        await other.route_web_socket(lambda _url: True, no_socket)
        blind = Writer("Ana", ana.person, ana.context, other, ana.address, ana.letters, ana.typed)
        await other.goto(ana.address)
        await blind.find("")
        await blind.type(7)
        await blind.is_kept()
        await other.close()
        ana.typed = blind.typed
        await made.has_all(ana)
        assert await ana.shown() == ana.typed


async def test_a_text_that_was_never_opened_can_be_begun_without_a_network(node: NodeProcess) -> None:
    async with chromium() as browser, alone(node.url, browser) as (made, ana):
        await ana.page.goto(ana.address)
        await ana.page.get_by_role("button", name="Choose", exact=True).wait_for(timeout=PATIENCE_MS)
        await ana.context.set_offline(True)
        await ana.find("")
        await ana.type(8)
        assert await ana.shown() == ana.typed
        await ana.context.set_offline(False)
        await made.has_all(ana)


async def test_an_empty_text_can_be_begun_after_a_reload_without_a_network(node: NodeProcess) -> None:
    async with chromium() as browser, alone(node.url, browser) as (made, ana):
        await ana.enter("")
        await ana.opens_without_a_network()
        await ana.page.reload()
        await ana.find("")
        await ana.context.set_offline(True)
        await ana.page.reload()
        await ana.find("")
        await ana.type(8)
        await ana.context.set_offline(False)
        await made.has_all(ana)


async def test_what_comes_too_late_is_kept_in_sight_to_copy_or_to_let_go(node: NodeProcess) -> None:
    async with chromium() as browser, desk(node.url, browser) as made:
        await all_enter(made)
        _, piet, _ = made.writers
        await piet.type(5)
        await made.all_equal()
        await piet.goes_offline()
        await piet.type(10)
        assert isinstance(await made.device.submit(made.phase, UninviteCoWriter(piet.person)), Accepted)
        await piet.context.set_offline(False)
        kept = piet.page.locator(".drafts")
        await expect(kept).to_contain_text(piet.typed, timeout=PATIENCE_MS)
        await expect(kept).to_contain_text("You no longer write in this text")
        await says(piet, "kept")
        await piet.page.get_by_role("button", name="My day").click()
        await expect(kept).to_contain_text(piet.typed)
        await piet.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await kept.get_by_role("button", name="Copy these words").click()

        async def copied() -> bool:
            return piet.typed in await piet.page.evaluate("navigator.clipboard.readText()")

        await eventually(copied)
        await piet.page.reload()
        await expect(kept).to_contain_text(piet.typed, timeout=PATIENCE_MS)
        await says(piet, "kept")
        await kept.get_by_role("button", name="Let them go").click()
        await kept.get_by_role("button", name="Yes, let them go").click()
        await expect(kept).to_have_count(0, timeout=PATIENCE_MS)
        await piet.page.reload()
        await says(piet, "saved", "ready")
        assert await kept.count() == 0
        assert len(stored(made)) == 5


async def test_a_phase_that_went_on_shows_what_it_did_not_take_and_takes_it_when_it_is_reopened(
    node: NodeProcess,
) -> None:
    async with chromium() as browser, alone(node.url, browser) as (made, ana):
        await goes_with_five_letters_unsent(made, ana)
        moderator = await made.workshop.staff()
        phases = [one["id"] for one in moderator.views[("room", "")].body["phases"]]
        after = phases[phases.index(made.phase) + 1]
        assert isinstance(await moderator.submit("", move(moderator, after)), Accepted)
        await ana.context.set_offline(False)
        ana.page = await ana.context.new_page()
        await ana.page.goto(ana.address)
        await expect(ana.page.locator(".drafts")).to_contain_text(ana.typed, timeout=PATIENCE_MS)
        assert stored(made) == ana.typed[:5]
        assert isinstance(await moderator.submit("", move(moderator, made.phase)), Accepted)
        await made.has_all(ana)
        await expect(ana.page.locator(".drafts")).to_have_count(0, timeout=PATIENCE_MS)


async def test_somebody_who_comes_back_by_a_new_link_brings_what_the_old_one_left(node: NodeProcess) -> None:
    async with chromium() as browser, alone(node.url, browser) as (made, ana):
        await goes_with_five_letters_unsent(made, ana)
        await ana.context.set_offline(False)
        anew = await ask(
            "POST",
            f"{node.url}/api/workshops/{made.workshop.id}/handovers",
            {"person": ana.person},
            token=made.workshop.tokens["moderator"],
        )
        ana.page = await ana.context.new_page()
        await ana.page.goto(anew["link"])
        # The server has not missed the old page yet, and asks there first; another device of hers says yes.
        async with Device(node.url, made.workshop.tokens[ana.person]) as tablet:
            assert isinstance(await tablet.submit("", AnswerOffer(anew["handover"], allow=True)), Accepted)
        await made.has_all(ana)


async def test_a_page_that_was_taken_away_leaves_nothing_on_the_device(node: NodeProcess) -> None:
    async with chromium() as browser, desk(node.url, browser) as made:
        await all_enter(made)
        author, piet, _ = made.writers
        await author.box.focus()
        await author.page.keyboard.insert_text(WORD)
        author.typed = WORD
        await made.all_equal()

        async def kept() -> bool:
            return WORD in await everything_kept(piet.page)

        await eventually(kept)
        assert isinstance(await made.device.submit(made.phase, UninviteCoWriter(piet.person)), Accepted)

        async def nothing() -> bool:
            return WORD not in await everything_kept(piet.page)

        await eventually(nothing, within_s=PATIENCE_S)
        assert WORD in await everything_kept(author.page)


# -- an opened workshop opens again --------------------------------------------------------------------------------


async def says_503(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A proxy whose servers are down."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    writer.close()


async def swallows(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A network that takes every question and answers none."""
    await reader.read()
    writer.close()


@pytest.mark.parametrize("trouble", [says_503, swallows])
async def test_an_opened_workshop_opens_again_while_its_address_gives_no_good_answer(
    node: NodeProcess, trouble: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
) -> None:
    async with chromium() as browser, alone(node.url, browser) as (made, ana):
        await ana.enter("")
        await ana.opens_without_a_network()
        await ana.page.reload()
        await ana.find("")
        await ana.type(5)
        await made.has_all(ana)
        await asyncio.to_thread(node.kill)
        try:
            async with await asyncio.start_server(trouble, "127.0.0.1", node.port):
                await ana.page.reload(wait_until="commit")
                await ana.find("")
                assert await ana.shown() == ana.typed
        finally:
            node.start()
            await asyncio.to_thread(node.wait_ready)
        await ana.type(5)
        await made.has_all(ana)


async def test_the_stake_stays_where_it_was_typed(node: NodeProcess) -> None:
    async with chromium() as browser, alone(node.url, browser) as (made, ana):
        page = PageId(stake_page(made.phase, ana.person))
        await made.device.open(page)
        await ana.page.goto(ana.address)
        await ana.page.get_by_role("button", name="Choose", exact=True).click(timeout=PATIENCE_MS)
        box = ana.page.locator('[data-field="my_stake"] .cm-content')
        await ana.page.wait_for_selector('[data-field="my_stake"][data-locked="false"]', timeout=PATIENCE_MS)
        await ana.context.set_offline(True)
        await box.click()
        await ana.page.keyboard.type("mine alone")
        await ana.page.get_by_role("button", name="Wall", exact=True).click()
        await ana.context.set_offline(False)
        await eventually(lambda: made.device.pages[page].fields.get("my_stake") == "mine alone", within_s=PATIENCE_S)


async def test_a_remark_that_was_begun_survives_another_step_and_a_reload(node: NodeProcess) -> None:
    async with chromium() as browser, alone(node.url, browser) as (made, ana):
        await ana.enter("")
        await ana.type(10)
        await made.has_all(ana)
        await ana.box.press("Control+a")
        await ana.page.get_by_role("button", name="Remark on the marked words").click()
        said, instead = (ana.page.get_by_label(label) for label in ("What would you say", "Or: write it like this"))
        await said.fill("a remark that I was still writing")
        assert await instead.get_attribute("maxlength") == "2400"
        await ana.page.get_by_role("button", name="Choose", exact=True).click()
        await ana.find("")
        await expect(said).to_have_value("a remark that I was still writing")
        await ana.page.reload()
        await ana.find("")
        await expect(said).to_have_value("a remark that I was still writing", timeout=PATIENCE_MS)
        await ana.page.get_by_role("button", name="Leave the remark").click()
        await ana.page.reload()
        await ana.find("")
        await expect(ana.page.locator(".remark")).to_have_count(1, timeout=PATIENCE_MS)
        assert await said.count() == 0
