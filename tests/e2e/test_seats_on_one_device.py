"""One device for several people: it opens without a network after one visit, and nobody sees what another typed."""

import pytest
from playwright.async_api import expect

from server.activities.vignette_writing.pages import vignette_page
from server.core.messages import PageId
from tests.support.chromium import chromium
from tests.support.eventually import eventually
from tests.support.node import NodeProcess
from tests.support.writers import ALPHABETS, FIELD, PATIENCE_MS, PATIENCE_S, Desk, Writer, alone

pytestmark = pytest.mark.browser


async def another_in_a_tab_of_ones_own(made: Desk, first: Writer) -> tuple[Writer, PageId]:
    """The next person at the same device, with a text of their own."""
    person, token = await made.workshop.join("Piet", "School of Piet")
    address = f"{made.workshop.base}/w/{made.workshop.id}#{token}"
    page = await first.context.new_page()
    writer = Writer("Piet", person, first.context, page, address, ALPHABETS[1])
    text = PageId(vignette_page(made.phase, person))
    reading = await made.workshop.device(token)
    await reading.open(text)
    made.workshop.tokens["reading"] = token
    return writer, text


async def test_after_one_visit_every_page_of_the_workshop_opens_without_a_network(node: NodeProcess) -> None:
    async with chromium() as browser, alone(node.url, browser) as (made, ana):
        await ana.enter("")
        await ana.type(5)
        await made.has_all(ana)
        await ana.opens_without_a_network()
        await ana.context.set_offline(True)
        await ana.page.reload()
        await ana.find("")
        assert await ana.shown() == ana.typed
        await ana.type(5)
        await ana.is_kept()
        await ana.page.close()
        # Another tab, another screen: the draft is never opened, and goes out all the same.
        ana.page = await ana.context.new_page()
        await ana.page.goto(f"{node.url}/w/{made.workshop.id}")
        await ana.page.get_by_role("button", name="My day").click(timeout=PATIENCE_MS)
        for other in (f"{node.url}/", f"{node.url}/j/{made.workshop.code}"):
            tab = await ana.context.new_page()
            await tab.goto(other)
            await expect(tab.locator("main")).not_to_be_empty(timeout=PATIENCE_MS)
            await tab.close()
        await ana.context.set_offline(False)
        await made.has_all(ana)
        assert await ana.box.count() == 0, "the text is on the screen"


async def test_two_people_at_one_device_write_each_their_own_and_see_nothing_of_each_other(node: NodeProcess) -> None:
    async with chromium() as browser, alone(node.url, browser) as (made, ana):
        await ana.enter("")
        await ana.type(6)
        await made.has_all(ana)
        piet, text = await another_in_a_tab_of_ones_own(made, ana)
        reading = await made.workshop.device(made.workshop.tokens["reading"])
        await reading.open(text)
        await piet.enter("")
        assert await piet.shown() == ""
        for writer in (ana, piet):
            await writer.goes_offline()
        await ana.type(6)
        await piet.type(6)
        await ana.is_kept()
        await piet.is_kept()
        for writer in (ana, piet):
            await writer.page.reload()
            await writer.find("")
            assert await writer.shown() == writer.typed
        await ana.context.set_offline(False)
        await made.has_all(ana)
        await eventually(lambda: reading.pages[text].fields.get(FIELD, "") == piet.typed, within_s=PATIENCE_S)
        assert set(made.page.fields[FIELD]) <= set(ana.letters)


async def test_the_next_person_at_a_device_sees_nothing_that_the_last_left_there_and_spoils_nothing(
    node: NodeProcess,
) -> None:
    async with chromium() as browser, alone(node.url, browser) as (made, ana):
        await ana.enter("")
        await ana.type(5)
        await made.has_all(ana)
        await ana.goes_offline()
        await ana.type(7)
        await ana.is_kept()
        await ana.page.close()
        await ana.context.set_offline(False)
        piet, _ = await another_in_a_tab_of_ones_own(made, ana)
        await piet.enter("")
        assert await piet.shown() == ""
        await expect(piet.page.get_by_role("region", name="Kept on this device")).to_have_count(0)
        await expect(piet.page.locator(".top .save-mark")).not_to_contain_text("on this device")
        for view in ("My day", "Now"):
            await piet.page.get_by_role("button", name=view).first.click(timeout=PATIENCE_MS)
            assert ana.typed not in await piet.page.inner_text("body")
        assert made.page.fields[FIELD] == ana.typed[:5], "sent from a seat that is not its writer's"
        ana.page = await ana.context.new_page()
        await ana.page.goto(ana.address)
        await made.has_all(ana)
