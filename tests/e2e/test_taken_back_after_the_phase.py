"""Whoever let a text go takes it back whenever they like, also when the room is long somewhere else."""

import pytest
from playwright.async_api import expect

from protocol.frames import Accepted
from server.activities.vignette_writing.messages import (
    AskModerator,
    InviteCoWriter,
    MarkReady,
    RateReading,
    ShareVignette,
    TickCheck,
)
from server.activities.vignette_writing.pages import reading_page
from server.core.messages import Command, PageId
from server.rehearsal.device import Device
from tests.support.chromium import chromium
from tests.support.eventually import eventually
from tests.support.node import NodeProcess
from tests.support.workshop import move
from tests.support.writers import PATIENCE_MS, Desk, alone

pytestmark = pytest.mark.browser

CHECKS = ("no_names", "no_school_or_place", "two_details_changed", "no_sensitive_data", "no_verdict")


async def wish(made: Desk, device: Device, command: Command) -> None:
    accepted = await device.submit(made.phase, command)
    assert isinstance(accepted, Accepted), accepted


async def on_the_wall(made: Desk) -> Device:
    """The vignette is written, read by somebody else, and shown to the room; Piet writes with its author."""
    page = PageId(made.text)
    for field, words in {"title": "Two lists", "pull_a": "be fair", "pull_b": "be kind"}.items():
        await made.device.write(page, field, words)
    reader, token = await made.workshop.join("Bor")
    guest, _ = await made.workshop.join("Piet")
    bor = await made.workshop.device(token)
    for check in CHECKS:
        await wish(made, made.device, TickCheck(check))
    await wish(made, made.device, InviteCoWriter(guest))
    await wish(made, made.device, AskModerator())
    await wish(made, made.device, MarkReady(page))
    part = f"person:{reader}", str(made.phase)
    await eventually(lambda: bor.views[part].body.get("to_read"))
    slot = int(bor.views[part].body["to_read"][0]["page"].split("reading-")[1].split("/")[0])
    await wish(made, bor, RateReading(reading_page(made.phase, reader, slot), 3, 3, True, "no"))
    await wish(made, made.device, ShareVignette(page, "room_named"))
    return bor


async def test_the_text_the_co_writer_and_the_moderator_in_my_day(node: NodeProcess) -> None:
    async with chromium() as browser, alone(node.url, browser, viewport={"width": 390, "height": 844}) as (made, ana):
        bor = await on_the_wall(made)
        room = "room", str(made.phase)
        await eventually(lambda: bor.views[room].body.get("wall"))
        moderator = await made.workshop.staff()
        phases = [one["id"] for one in moderator.views["room", ""].body["phases"]]
        after = phases[phases.index(made.phase) + 1]
        assert isinstance(await moderator.submit("", move(moderator, after)), Accepted)
        await ana.page.goto(ana.address)
        await ana.page.get_by_role("button", name="My day").click(timeout=PATIENCE_MS)
        await ana.page.get_by_role("button", name="Stop writing together").click(timeout=PATIENCE_MS)
        await ana.page.get_by_role("button", name="Close it to the moderator").click()
        desk = f"person:{ana.person}", str(made.phase)
        await eventually(lambda: not made.device.views[desk].body.get("co_writers"))
        await eventually(lambda: not made.device.views[desk].body.get("open_to_moderator"))
        await ana.page.get_by_role("button", name="Take it back").click()
        await eventually(lambda: not bor.views[room].body.get("wall"))
        await expect(ana.page.get_by_role("button", name="Take it back")).to_have_count(0)
