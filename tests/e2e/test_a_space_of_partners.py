"""Partners have a space of their own in every later phase, with a link that opens it for them and tells nobody else."""

import re

from playwright.async_api import Locator, Page, expect

from protocol.frames import Accepted
from server.activities.partnering.space import space_page
from server.activities.partnering.state import Partnering
from server.core.consent import ProposeByHand
from server.core.messages import GroupId, PersonId, PhaseId
from server.core.wishes import UnitId
from server.core.workshop.commands import ChangeLife
from tests.support.axe import is_clean
from tests.support.eventually import eventually
from tests.support.participant import Phone
from tests.support.situation import SITUATION, Day, Desk, Venue

pytestmark = SITUATION

CHOICE = PhaseId("partner_choice")
LATER = ("dimensions", "grow")
MEET = "A call link, or a place and a time"
CALL = "https://calls.example/ana-bor"
NOT_YOURS = "This space belongs to partners who work together"


def unit(day: Day, person: str) -> UnitId:
    return UnitId(day.state.people[PersonId(person)].school)


async def are_partners(day: Day, desk: Desk, one: Phone, other: Phone) -> str:
    """They say yes on their phones; the path of the link to their space."""
    await desk.move(CHOICE)
    answer = await desk.device.submit(CHOICE, ProposeByHand((unit(day, one.person), unit(day, other.person))))
    assert isinstance(answer, Accepted), answer
    for phone in (one, other):
        await phone.press("Yes, with them")
    await one.sees("You are partners")
    await other.sees("You are partners")
    return f"/w/{day.id}/with/{group(day)}"


def group(day: Day) -> GroupId:
    choice = day.state.activities[CHOICE]
    assert isinstance(choice, Partnering)
    return GroupId(space_page(CHOICE, next(iter(choice.consent.partnerships))).rpartition("/")[2])


def notes(phone: Phone) -> Locator:
    return phone.page.get_by_role("textbox", name="Our notes")


async def is_in_the_space(phone: Phone, partner: str) -> None:
    await expect(phone.page.get_by_role("heading", name=f"You and {partner}")).to_be_focused()


async def learns_only_that_it_is_not_theirs(page: Page) -> None:
    await expect(page.get_by_role("heading", name=NOT_YOURS)).to_be_visible()
    assert not re.search("Ana|Bor", await page.locator("main").inner_text())


async def opens_the_link(phone: Phone, day: Day, link: str) -> None:
    """In a new tab, as from a calendar."""
    phone.page = await phone.context.new_page()
    await phone.page.goto(day.url + link)


async def test_partners_write_in_their_space_two_phases_on_and_after_the_day_until_all_is_closed(venue: Venue) -> None:
    async with venue.day("full_day", pack="") as day:
        desk = await day.desk()
        ana, bor = await day.everybody("Ana", "Bor")
        link = await are_partners(day, desk, ana, bor)
        await expect(ana.button("Open our space")).to_be_visible()
        for phase in LATER:
            await desk.move(phase)
        await opens_the_link(ana, day, link)
        await is_in_the_space(ana, "Bor")
        await notes(ana).press_sequentially("Bring both lists")
        await bor.press("Partner")
        await is_in_the_space(bor, "Ana")
        await expect(notes(bor)).to_contain_text("Bring both lists")
        await by_keyboard_alone(bor)
        call = ana.page.get_by_role("link", name="Open calls.example")
        await expect(call).to_have_attribute("href", CALL)
        await expect(call).to_have_attribute("rel", re.compile("noopener"))
        await is_clean(ana.page)
        await copies_the_link(ana, day.url + link)
        await ana.page.reload()
        await is_in_the_space(ana, "Bor")
        await expect(notes(ana)).to_contain_text("Bring both lists")
        await ana.page.go_back()
        await expect(notes(ana)).to_have_count(0)
        await ana.is_in("GROW plan")
        await expect(ana.page).to_have_url(f"{day.url}/w/{day.id}")
        await when_the_day_is_over(desk, ana, bor)


async def by_keyboard_alone(phone: Phone) -> None:
    """From the heading to the field in which they write where they meet."""
    await phone.page.keyboard.press("Tab")
    await expect(phone.field(MEET)).to_be_focused()
    await phone.page.keyboard.type(CALL)
    await phone.is_saved()


async def copies_the_link(phone: Phone, url: str) -> None:
    await phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await phone.press("Copy the link")
    await eventually(lambda: phone.page.evaluate("async (url) => (await navigator.clipboard.readText()) === url", url))


async def when_the_day_is_over(desk: Desk, ana: Phone, bor: Phone) -> None:
    await desk.wish(ChangeLife("follow_up"))
    await ana.press("Open our space")
    await notes(bor).press("ControlOrMeta+End")
    await notes(bor).press_sequentially(", and a map")
    await expect(notes(ana)).to_contain_text("Bring both lists, and a map")
    await desk.wish(ChangeLife("closed"))
    for phone in (ana, bor):
        await expect(phone.page.get_by_role("textbox")).to_have_count(0)
        await phone.sees("Bring both lists, and a map")
    await is_clean(bor.page)
    await ana.press("Back to now")
    await expect(ana.button("Open our space")).to_be_visible()


async def test_the_link_opens_for_the_member_among_the_seats_of_a_phone_and_tells_others_nothing(venue: Venue) -> None:
    async with venue.day("full_day", pack="") as day:
        desk = await day.desk()
        ana, bor, eva = await day.everybody("Ana", "Bor", "Eva")
        link = await are_partners(day, desk, ana, bor)
        await desk.move(LATER[0])
        await opens_the_link(eva, day, link)
        await learns_only_that_it_is_not_theirs(eva.page)
        await is_clean(eva.page)
        await eva.press("To my place")
        await eva.is_connected()
        await expect(eva.button("Partner")).to_have_count(0)
        await learns_only_that_it_is_not_theirs(await day.page(link))
        # Bor sits at Eva's phone for a moment: of its two seats the link opens his, whoever used it last.
        await eva.page.goto(f"{day.url}/s#{bor.token}")
        await expect(eva.button("Partner")).to_be_visible()
        await eva.page.goto(f"{day.url}/s#{eva.token}")
        await eva.is_connected()
        await opens_the_link(eva, day, link)
        await is_in_the_space(eva, "Ana")


async def test_words_typed_without_a_network_while_the_room_goes_on_reach_the_partner(venue: Venue) -> None:
    async with venue.day("full_day", pack="") as day:
        desk = await day.desk()
        ana, bor = await day.everybody("Ana", "Bor")
        link = await are_partners(day, desk, ana, bor)
        for phone in (ana, bor):
            await phone.press("Open our space")
        await ana.page.evaluate("navigator.serviceWorker.ready")
        await expect(notes(ana)).to_be_editable()
        await ana.loses_the_network()
        written = notes(ana)
        await written.press_sequentially("Written on the train")
        for phase in LATER:
            await desk.move(phase)
        await opens_the_link(ana, day, link)
        await is_in_the_space(ana, "Bor")
        await expect(notes(ana)).to_contain_text("Written on the train")
        await ana.finds_the_network()
        await expect(notes(bor)).to_contain_text("Written on the train")
        await ana.is_saved()
        await expect(written).to_be_focused()
