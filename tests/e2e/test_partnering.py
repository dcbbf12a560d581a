"""Eleven people of eight schools choose: one veto, one late, one who says "not yet", one gone; nobody ends alone."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from playwright.async_api import TimeoutError as PlaywrightTimeout
from playwright.async_api import expect

from protocol.frames import Accepted
from server.activities.partnering.messages import FindPlace, ProposeMatching, ShowProposals
from server.activities.similarity.messages import PlaceCard
from server.core.consent import ProposalId, ProposeByHand, SayYes
from server.core.messages import Command, GroupId, PersonId
from server.core.workshop.people_commands import LeaveForGood
from server.rehearsal.device import Device
from tests.support.axe import is_clean
from tests.support.participant import Phone
from tests.support.situation import SITUATION, Day, Venue

pytestmark = SITUATION

CHOICE = "partner_choice"
COMPARISON = "similarities"
TAP_MS = 2_000
MOST_ROUNDS = 12
YES = "Yes, with them"


class Choice:
    """The room while it chooses: phones by name, the rest by protocol."""

    def __init__(self, day: Day, staff: Device) -> None:
        self.day = day
        self.staff = staff
        self.phones: dict[str, Phone] = {}
        self.others: dict[PersonId, Device] = {}

    def __repr__(self) -> str:
        return f"<Choice phones={len(self.phones)} others={len(self.others)} open={len(self.seen.get('open', ()))}>"

    @property
    def seen(self) -> Mapping[str, Any]:
        return self.staff.views[("moderators", CHOICE)].body

    @property
    def without(self) -> list[str]:
        return list(self.seen.get("without_partner", ()))

    async def moderator(self, command: Command) -> None:
        answer = await self.staff.submit(CHOICE, command)
        assert isinstance(answer, Accepted), answer

    def of(self, person: PersonId) -> Mapping[str, Any]:
        return self.others[person].views[(f"person:{person}", CHOICE)].body

    def unit_of(self, person: PersonId) -> str:
        return next(str(row["unit"]) for row in self.seen["units"] if person in row["people"])

    def apart(self) -> set[str]:
        """The schools of Eva, who does not want Bor's, and of Bor."""
        return {self.unit_of(self.phones[name].person) for name in ("Bor", "Eva")}

    async def says_no_again(self, eva: Phone) -> None:
        """Her "not with" was erased with her partnership, as promised; of a third she is asked like everybody."""
        unwanted = eva.page.locator(".proposal", has_text="Birch school")
        if await unwanted.count():
            await eva.press("Not yet")
            await eva.press("Not yet, let it go")
            await expect(unwanted).to_have_count(0)

    async def all_say_yes(self) -> None:
        """Whoever is asked: the phones with a thumb, the others by protocol."""
        await self.says_no_again(self.phones["Eva"])
        for name, phone in self.phones.items():
            # The card may be answered, released or replaced by others while the thumb comes down.
            with suppress(PlaywrightTimeout):
                card = phone.page.locator(".proposal")
                wanted = card.filter(has_not_text="Birch school") if name == "Eva" else card
                yes = wanted.get_by_role("button", name=YES)
                if await yes.count():
                    await yes.first.click(timeout=TAP_MS)
        for person, device in self.others.items():
            for card in self.of(person).get("proposals", ()):
                # Whoever shares Eva's unit leaves this one to her.
                if not card.get("answered") and not self.apart() <= {*card["units"], self.unit_of(person)}:
                    await device.submit(CHOICE, SayYes(ProposalId(card["proposal"])))

    async def show_round(self) -> None:
        await self.moderator(ProposeMatching())
        await self.moderator(ShowProposals())

    async def help_the_rest(self) -> None:
        """A second round; then the moderator finds a place, and at last proposes by hand."""
        if self.seen.get("open"):
            return
        if self.seen.get("rounds_left") and len(self.without) > 1:
            await self.show_round()
            return
        for unit in self.without:
            await self.staff.submit(CHOICE, FindPlace(unit))  # type: ignore[arg-type]
        if not self.seen.get("open") and len(self.without) > 1:
            await self.moderator(ProposeByHand(tuple(self.without[:3])))  # type: ignore[arg-type]

    async def everybody_has_a_partner(self) -> None:
        for _ in range(MOST_ROUNDS):
            if not self.without:
                return
            await self.help_the_rest()
            await self.all_say_yes()
            await self.day.becomes(lambda: not self.seen.get("open") or self._is_asked())
        raise AssertionError(f"still without a partner: {self.without}")

    def _is_asked(self) -> bool:
        return any(not card.get("answered") for who in self.others for card in self.of(who).get("proposals", ()))


async def wishes_by_keyboard(phone: Phone, school: str) -> None:
    """No pointer: search, into the row, two arrows to the right."""
    page = phone.page
    await phone.page.get_by_role("searchbox").focus()
    await page.keyboard.type(school)
    await expect(page.locator(".wish")).to_have_count(1)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await expect(page.locator(".wish input:checked")).to_have_value("2")
    await phone.sees("gladly")
    await phone.sees("1 wish kept")


async def keeps_away(phone: Phone, school: str) -> None:
    await phone.press(f"Not with them: {school}")
    await phone.sees("You will not be brought together.")


async def says_not_yet(phone: Phone) -> None:
    await phone.sees("A proposal for you")
    await phone.press("Not yet")
    await phone.press("Not yet, let it go")
    await phone.sees("The next proposal is on its way")


async def a_room(day: Day) -> Choice:
    """Ten of the eleven: three schools with two people, five with one; the eleventh is late."""
    choice = Choice(day, (await day.desk()).device)
    for name, school in (("Ana", "Abel school"), ("Bor", "Birch school"), ("Eva", "Cedar school")):
        choice.phones[name] = await day.seated(name, school)
    schools = ("Abel", "Cedar", "Dale", "Dale", "Elm", "Fir", "Gale")
    for at, school in enumerate(schools):
        person, device = await day.by_protocol(f"Guest {at}", f"{school} school")
        choice.others[person] = device
    return choice


async def test_eleven_of_eight_schools_all_end_in_a_partnership_that_their_screens_explain(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        choice = await a_room(day)
        desk = await day.desk()
        await desk.move(CHOICE)
        ana, bor, eva = choice.phones.values()
        await wishes_by_keyboard(ana, "dale")
        await is_clean(ana.page)
        await keeps_away(eva, "Birch school")
        gone = list(choice.others)[-1]
        await choice.others.pop(gone).submit("", LeaveForGood(gone))
        await desk.step(1)
        await choice.show_round()
        await desk.step(2)
        await ana.sees("A proposal for you")
        await is_clean(ana.page)
        await says_not_yet(bor)
        await bor.does_not_see(re.compile("said no|refused"))
        late = choice.phones["Late"] = await day.seated("Late", "Hazel school")
        await late.sees("you will not be left alone")
        await choice.all_say_yes()
        await desk.step(3)
        await choice.everybody_has_a_partner()
        await they_are_told(choice, gone)


async def they_are_told(choice: Choice, gone: PersonId) -> None:
    partnerships = [set(one["units"]) for one in choice.seen["partnerships"]]
    assert {len(units) for units in partnerships} <= {2, 3}
    units = {choice.unit_of(PersonId(person)) for person in choice.others}
    for phone in choice.phones.values():
        await expect(phone.page.locator(".met")).to_contain_text("You are partners")
        await phone.sees("What it is about")
        units.add(choice.unit_of(phone.person))
    assert set().union(*partnerships) == units
    assert len(units) == 7
    assert not any(gone in row["people"] for row in choice.seen["units"] if row["unit"] in units)
    assert not any(choice.apart() <= together for together in partnerships)
    await is_clean(choice.phones["Ana"].page)


async def test_two_partners_write_what_it_is_about_and_both_confirm_it(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        choice = Choice(day, (await day.desk()).device)
        ana, bor = await day.everybody("Ana", "Bor")
        choice.phones = {"Ana": ana, "Bor": bor}
        desk = await day.desk()
        await desk.move(CHOICE)
        await ana.sees("Your wishes")
        await choice.show_round()
        for phone in (ana, bor):
            await phone.press(YES)
        await expect(ana.page.locator(".met")).to_contain_text("You are partners")
        await ana.type("Our issue, in one line", "Who may say no")
        await ana.type("What is the same for us", "Two lists")
        await bor.reads("Our issue, in one line", "Who may say no")
        await bor.type("What is different for us", "One team is new")
        await ana.reads("What is different for us", "One team is new")
        for phone in (ana, bor):
            await phone.is_saved()
        await ana.press("This is what it is about")
        await ana.sees("Your side has confirmed these words")
        await bor.press("This is what it is about")
        for phone in (ana, bor):
            await phone.sees("All sides have confirmed")


async def test_a_card_is_moved_by_keyboard_alone_and_a_stale_move_changes_nothing(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day:
        ana = await day.seated("Ana")
        guests = [await day.by_protocol(name) for name in ("Bor", "Eva", "Jan")]
        desk = await day.desk()
        await desk.move(COMPARISON)
        for step in (1, 2, 3):
            await desk.step(step)
        await ana.sees("Not on a pile yet")
        await put_by_keyboard(ana, "Bor’s issue: read or move".replace("Bor’s issue", "“Bor’s issue”"), "on pile 1")
        await expect(ana.page.locator("[data-pile='1'] .card")).to_have_count(1)
        await is_clean(ana.page)
        group = GroupId(day.run.groups["fours"][0].id)
        bor, device = guests[0]
        told = await device.submit(COMPARISON, PlaceCard(group, bor, 2, 1))
        assert isinstance(told, Accepted), told
        await expect(ana.page.locator("[data-pile='2'] .card")).to_have_count(1)
        stale = await device.submit(COMPARISON, PlaceCard(group, bor, 3, 1))
        assert not isinstance(stale, Accepted)
        await expect(ana.page.locator("[data-pile='2'] .card")).to_have_count(1)


async def put_by_keyboard(phone: Phone, card: str, where: str) -> None:
    page = phone.page
    await phone.button(card).focus()
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    await dialog.get_by_role("button", name=where).focus()
    await page.keyboard.press("Enter")
    await expect(dialog).to_be_hidden()
