"""Twelve weeks on, at home: how it has become, laid beside what each wanted and what they agreed on."""

from contextlib import AsyncExitStack
from typing import Any

from msgspec import convert
from playwright.async_api import expect

from protocol.frames import Accepted
from server.activities.network_dimensions.messages import ConfirmRules, FinishAnswers, SetActual, SetAnswer, SetJoint
from server.activities.network_dimensions.pages import rules_page
from server.activities.network_dimensions.state import DimensionsConfig
from server.core.consent import ProposalId, ProposeByHand, SayYes
from server.core.messages import Command, GroupId, PhaseId
from server.core.wishes import UnitId
from server.core.workshop.commands import ChangeLife
from server.rehearsal.device import Device
from tests.support.axe import is_clean
from tests.support.eventually import eventually
from tests.support.participant import Phone
from tests.support.situation import SITUATION, Day, Venue

pytestmark = SITUATION

CHOICE, LEARNING, LATER = PhaseId("partner_choice"), PhaseId("dimensions"), PhaseId("second_look_12_weeks")
RULES = "We send materials by Friday\nWe say early what does not work\nWhat we see stays between us"


async def does(device: Device, phase: PhaseId, *commands: Command) -> None:
    for command in commands:
        told = await device.submit(phase, command)
        assert isinstance(told, Accepted), (command, told)


def lines(day: Day) -> list[str]:
    return list(convert(dict(day.state.pack.phases[LEARNING].config), DimensionsConfig).ids)


async def asked(device: Device, person: str) -> ProposalId:
    def proposals() -> list[dict[str, Any]]:
        return list(device.views[(f"person:{person}", CHOICE)].body.get("proposals", ()))

    return ProposalId((await eventually(proposals))[0]["proposal"])


async def have_agreed(day: Day, phones: list[Phone], devices: list[Device]) -> None:
    """By hand and by protocol: here only what comes weeks later is looked at."""
    desk = await day.desk()
    await desk.move(CHOICE)
    units = tuple(UnitId(str(day.state.people[phone.person].school)) for phone in phones)
    await does(desk.device, CHOICE, ProposeByHand(units))
    for phone, device in zip(phones, devices, strict=True):
        await does(device, CHOICE, SayYes(await asked(device, phone.person)))
    await desk.move(LEARNING)
    group = GroupId(day.state.phases[day.state.phases.index(day.run)].groups["partners"][0].id)
    for device in devices:
        await does(device, LEARNING, *(SetAnswer(one, wanted=-1) for one in lines(day)), FinishAnswers())
    await does(devices[0], LEARNING, SetJoint(group, lines(day)[0], 1))
    await devices[0].write(rules_page(LEARNING, group), "rules", RULES)
    for device in devices:
        await does(device, LEARNING, ConfirmRules(rules_page(LEARNING, group)))
    await desk.wish(ChangeLife("follow_up"))
    await desk.move(LATER)


async def test_partners_answer_alone_and_then_see_wanted_agreed_and_real_side_by_side(venue: Venue) -> None:
    async with venue.day("half_day", pack="") as day, AsyncExitStack() as stack:
        ana, bor = await day.everybody("Ana", "Bor")
        hers, his = [await stack.enter_async_context(Device(day.url, phone.token)) for phone in (ana, bor)]
        for device in (hers, his):
            await device.ready()
        await have_agreed(day, [ana, bor], [hers, his])

        await ana.sees("How has it become?")
        await ana.sees("0 of 11")
        await does(his, LEARNING, *(SetActual(one, 2) for one in lines(day)))
        await ana.does_not_see("Wanted, agreed, and how it is now")
        for line in await ana.page.locator(".bipolar").all():
            await line.get_by_role("radio").nth(1).check(force=True)
        await ana.sees("Wanted, agreed, and how it is now")
        await bor.sees("Wanted, agreed, and how it is now")
        await is_clean(ana.page)
        key = await ana.page.locator(".key svg").first.bounding_box()
        assert key is not None, "what the forms mean"
        assert key["width"] < 40
        await expect(ana.page.locator("main")).to_contain_text("Bor")
