"""Five people on their phones go through arrival and the interviews, with the mishaps of a real morning."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Page, expect

from server.core.messages import Actor
from tests.support.chromium import chromium
from tests.support.eventually import eventually
from tests.support.leading import ConsoleLead, shows_a_fresh_fold
from tests.support.node import NodeProcess, node_processes
from tests.support.phone import FIVE_MINUTES_FAST, WITHOUT_WEBSOCKETS, Lead, Phone, kept_honest
from tests.support.proxy import proxy
from tests.support.workshop import OpenWorkshop

pytestmark = pytest.mark.browser

JOINED_WITHIN_S = 20
ARRIVAL, INTERVIEWS = "arrival", "interviews"


@dataclass
class Morning:
    base: str
    workshop: OpenWorkshop
    lead: Lead
    browser: Browser


@asynccontextmanager
async def morning(base: str) -> AsyncIterator[Morning]:
    async with AsyncExitStack() as stack:
        workshop = await stack.enter_async_context(await OpenWorkshop.on(base, "half_day"))
        lead = Lead(await workshop.staff())
        await eventually(lambda: ("moderators", "") in lead.device.views)
        browser = await stack.enter_async_context(chromium())
        yield Morning(base, workshop, lead, browser)


@asynccontextmanager
async def two_nodes(redis_url: str) -> AsyncIterator[Morning]:
    with node_processes(redis_url, "n1", "n2") as nodes, proxy(*(node.port for node in nodes)) as port:
        async with morning(f"http://127.0.0.1:{port}") as found:
            yield found


@asynccontextmanager
async def one_node(redis_url: str) -> AsyncIterator[tuple[Morning, NodeProcess]]:
    with node_processes(redis_url, "n1") as (node,):
        async with morning(node.url) as found:
            yield found, node


VIEW_IS_KEPT = """() => new Promise((told) => {
    const opening = indexedDB.open("boundary-crossing");
    opening.onsuccess = () => {
        const database = opening.result;
        const reading = database.transaction("drawer").objectStore("drawer").getAll();
        reading.onsuccess = () => {
            database.close();
            const kept = reading.result.filter((one) => one.part === "arrival");
            told(kept.some((one) => one.audience === "room")
                && kept.some((one) => one.audience.startsWith("person:") && one.body.quoting));
        };
    };
})"""
"""What the screen shows is on the device: it is written a moment after it arrived."""


async def arrives(phone: Phone) -> None:
    await phone.press("I agree")
    yes = phone.page.get_by_role("radio", name="Yes")
    await expect(yes).to_have_count(2)
    for number in range(2):
        await yes.nth(number).check()
    await phone.write("What would make", f"A partner for {phone.name}")


PASSING = {2: ("We swap", "We have both told our story"), 3: ("The next story", "We have all told our story")}


async def hears(asker: Phone, teller: Phone, passes: str) -> None:
    """One interview: told, read back, put right, approved for the room."""
    await teller.reads("You tell")
    await asker.press("The next question")
    await asker.reads("2 of 6")
    await asker.write("Key words", f"winter, {teller.name}")
    await asker.press("The story is told")
    await asker.write("A headline", f"The winter of {teller.name}")
    await asker.write("Strengths of", f"{teller.name} listens")
    await asker.write("What made it possible", f"{teller.name} had time")
    await teller.reads(f"winter, {teller.name}")
    await expect(teller.field("Strengths in it")).to_have_value(f"{teller.name} listens")
    await teller.write("Strengths in it", f"{teller.name} listens first")
    room = teller.page.get_by_text("The room, no name")
    await expect(room).to_have_count(2)
    for number in range(2):
        await room.nth(number).click()
    await teller.press("I approve this")
    await expect(teller.page.locator(".strengths-card")).to_contain_text(f"{teller.name} listens first")
    await asker.press(passes)


async def interview(table: list[Phone]) -> None:
    for at, teller in enumerate(table):
        goes_on, ends = PASSING[len(table)]
        await hears(table[(at + 1) % len(table)], teller, ends if at == len(table) - 1 else goes_on)


async def moves_to_a_new_phone(old: Phone, browser: Browser, code: str) -> Phone:
    await old.press("Help")
    await old.page.get_by_text("Go on with another device").click()
    await expect(old.page.locator(".qr")).to_be_visible()
    await old.press("Show a PIN instead")
    pin = await old.page.locator(".sheet .the-code").inner_text()
    new = await Phone.on(browser, old.base, old.name)
    await new.page.goto(f"{old.base}/pin/{code}")
    await new.field("Your PIN").fill(pin)
    await new.press("Take my seat here")
    await expect(new.page.locator(".top")).to_be_visible()
    await old.page.context.close()
    return new


async def the_same_after_a_reload(phone: Phone) -> None:
    """What a screen has come to by changes is what a fresh one is shown."""
    before = await phone.text()
    await phone.page.reload()
    await expect(phone.page.locator("main h1")).to_be_visible()

    async def equal() -> bool:
        assert await phone.text() == before
        return True

    await eventually(equal)


async def at_the_console(day: Morning) -> ConsoleLead:
    """The moderator's laptop, opened by the secret link."""
    context = await day.browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = await context.new_page()
    lead = ConsoleLead(day.lead.device, page)
    await page.goto(f"{day.base}/w/{day.workshop.id}/console#{day.workshop.tokens['moderator']}")
    await expect(page.locator(".console")).to_be_visible()
    return lead


async def watches(day: Morning) -> Page:
    """The large screen."""
    page = await (await day.browser.new_context(viewport={"width": 1920, "height": 1080})).new_page()
    await page.goto(f"{day.base}/w/{day.workshop.id}/screen#{day.workshop.tokens['screen']}")
    await expect(page.get_by_text(day.workshop.code)).to_be_visible()
    return page


async def test_five_people_go_through_the_interviews_and_back_and_forward_and_nothing_is_lost(redis_url: str) -> None:
    async with two_nodes(redis_url) as day:
        code = day.workshop.code
        lead = await at_the_console(day)
        screen = await watches(day)
        ana = await Phone.on(day.browser, day.base, "Ana")
        bor = await Phone.on(day.browser, day.base, "Bor", WITHOUT_WEBSOCKETS)
        eva = await Phone.on(day.browser, day.base, "Eva", FIVE_MINUTES_FAST)
        jan = await Phone.on(day.browser, day.base, "Jan", color_scheme="dark")
        began = time.monotonic()
        await asyncio.gather(*(phone.join(code) for phone in (ana, bor, eva, jan)))
        assert time.monotonic() - began < JOINED_WITHIN_S
        assert await bor.page.evaluate("localStorage.getItem('bc-transport')") == "polling"

        await lead.moves(ARRIVAL)
        await asyncio.gather(*(arrives(phone) for phone in (ana, bor, eva, jan)))
        jan = await moves_to_a_new_phone(jan, day.browser, code)
        await expect(jan.field("What would make")).to_have_value("A partner for Jan")

        await lead.moves(INTERVIEWS)
        await lead.goes_on_to_step(1)
        mia = await Phone.on(day.browser, day.base, "Mia")
        await mia.join(code)
        await mia.reads("Half a minute to catch up")
        await mia.press("I am with you")
        await eventually(lambda: sorted(map(len, lead.groups(INTERVIEWS, "pairs"))) == [2, 3])
        phones = {phone.name: phone for phone in (ana, bor, eva, jan, mia)}
        tables = [[phones[name] for name in table] for table in lead.groups(INTERVIEWS, "pairs")]
        trio = next(table for table in tables if len(table) == 3)
        met_late = next(phone for phone in trio if phone is not mia)
        await met_late.reads("Mia came later and joined you.")
        for phone in trio:
            if phone is not mia:
                await phone.press("Understood")

        async with kept_honest(*phones.values()):
            await lead.goes_on_to_step(2)
            faces = await asyncio.gather(*(phone.seconds_left() for phone in trio))
            assert max(faces) - min(faces) <= 1
            await asyncio.gather(*(interview(table) for table in tables))

            await lead.moves(ARRIVAL)
            for phone in (ana, bor, eva, jan):
                await expect(phone.field("What would make")).to_have_value(f"A partner for {phone.name}")
            await lead.moves(INTERVIEWS)
            await lead.goes_on_to_step(4)
            for phone in phones.values():
                for name in phones:
                    await phone.reads(f"{name} listens first")
            await mia.page.get_by_role("checkbox", name="Ana listens first").check()
            for phone in phones.values():
                await expect(phone.page.get_by_role("checkbox", name="Ana listens first")).to_be_checked()
            await lead.goes_on_to_step(5)
            for phone in phones.values():
                await expect(phone.page.locator(".wall")).to_contain_text("Ana listens first")
            seats = {phone.page: Actor("person", lead.person(name)) for name, phone in phones.items()}
            staff = {lead.page: lead.actor, screen: Actor("screen")}
            for page, actor in {**seats, **staff}.items():
                await shows_a_fresh_fold(page, actor, redis_url, day.workshop.id)
            await asyncio.gather(*(the_same_after_a_reload(phone) for phone in phones.values()))
            for page, actor in {**seats, **staff}.items():
                await shows_a_fresh_fold(page, actor, redis_url, day.workshop.id)
        assert lead.troubles == []


async def test_what_is_typed_while_the_server_is_away_is_there_when_it_is_back(redis_url: str) -> None:
    async with one_node(redis_url) as (day, node):
        ana = await Phone.on(day.browser, day.base, "Ana")
        await ana.join(day.workshop.code)
        await day.lead.moves(ARRIVAL)
        await arrives(ana)
        node.kill()
        await expect(ana.page.locator(".top [data-state=offline]")).to_be_visible()
        await ana.field("What would make").press_sequentially(", who is near")
        await expect(ana.page.locator(".top [data-state=offline]")).to_contain_text("kept on this device")
        node.start()
        node.wait_ready()
        await expect(ana.page.locator(".top [data-state=back], .top [data-state=saved]")).to_be_visible(timeout=15_000)
        await ana.saved()
        await ana.page.reload()
        await expect(ana.field("What would make")).to_have_value("A partner for Ana, who is near")


async def test_a_workshop_that_was_opened_loads_and_reads_without_a_network(redis_url: str) -> None:
    async with one_node(redis_url) as (day, _node):
        ana = await Phone.on(day.browser, day.base, "Ana")
        await ana.join(day.workshop.code)
        await day.lead.moves(ARRIVAL)
        await arrives(ana)
        await ana.page.evaluate("navigator.serviceWorker.ready")
        await eventually(lambda: ana.page.evaluate(VIEW_IS_KEPT))
        await ana.page.context.set_offline(True)
        await ana.page.reload()
        await expect(ana.page.locator(".top [data-state=offline]")).to_be_visible()
        await expect(ana.field("What would make")).to_have_value("A partner for Ana")
        await ana.field("What would make").press_sequentially(" in the north")
        await ana.page.context.set_offline(False)
        await ana.saved()
        await ana.page.reload()
        await expect(ana.field("What would make")).to_have_value("A partner for Ana in the north")
