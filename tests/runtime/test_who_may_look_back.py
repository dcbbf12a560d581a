"""What an author crossed out is for the author: readers never see it, co-writers not what stood before they came."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from pycrdt import Doc, Text

from protocol.frames import Accepted, HistoryAsked, KeepMoment, MomentAsked, PageThen, Past, RefusedFrame, Saved
from server.activities.vignette_writing.messages import AskModerator, InviteCoWriter, UninviteCoWriter
from server.activities.vignette_writing.pages import vignette_page
from server.core.messages import Command, PageId, PersonId, PhaseId
from server.core.workshop.commands import ClosePhase
from server.rehearsal.device import Device
from server.store.document_state import text_fields
from tests.support.eventually import eventually
from tests.support.node import running_node
from tests.support.workshop import OpenWorkshop, move
from tests.support.writers import writing_phase

CROSSED_OUT = "crossed out"


@dataclass
class Desk:
    workshop: OpenWorkshop
    staff: Device
    phase: PhaseId
    author: Device
    guest: Device
    guest_id: PersonId
    page: PageId

    async def wish(self, who: Device, command: Command) -> None:
        assert isinstance(await who.submit(self.phase, command), Accepted)


@pytest.fixture
async def desk(redis_url: str) -> AsyncIterator[Desk]:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url, "half_day") as workshop:
        staff = await workshop.staff()
        phase = await writing_phase(staff)
        author, ana = await workshop.seat("Ana")
        guest, piet = await workshop.seat("Piet")
        page = PageId(vignette_page(phase, author))
        await ana.open(page)
        yield Desk(workshop, staff, phase, ana, piet, guest, page)


async def crossed_out_and_said(device: Device, page: PageId, said: str) -> list[str]:
    """The entries of both."""
    entries = []
    for words in (CROSSED_OUT, said):
        doc: Doc[Text] = Doc()
        doc.apply_update(device.pages[page].state)
        text, before = doc.get("situation", type=Text), doc.get_state()
        del text[:]
        text += words
        saved = await device.edit(page, doc.get_update(before))
        assert isinstance(saved, Saved)
        entries.append(saved.id)
    return entries


async def past_of(device: Device, page: PageId) -> Past | RefusedFrame:
    return await device.ask_until("history", HistoryAsked(page), Past)


async def then(device: Device, page: PageId, moment: str) -> str:
    """The words of a moment, or why they are not shown."""
    shown = await device.ask_until("moment", MomentAsked(page, moment), PageThen)
    return text_fields(shown.update).get("situation", "") if isinstance(shown, PageThen) else shown.code


async def test_a_co_writer_sees_nothing_that_was_crossed_out_before_the_invitation(desk: Desk) -> None:
    crossed, said = await crossed_out_and_said(desk.author, desk.page, "kind words")
    await desk.wish(desk.author, InviteCoWriter(desk.guest_id))
    await desk.guest.open(desk.page)
    assert await past_of(desk.guest, desk.page) == Past()
    assert [await then(desk.guest, desk.page, entry) for entry in (crossed, said)] == ["moment_gone", "moment_gone"]
    assert await then(desk.author, desk.page, crossed) == CROSSED_OUT
    assert isinstance(await desk.guest.write(desk.page, "stuck", "mine"), Saved)
    found = await past_of(desk.guest, desk.page)
    assert isinstance(found, Past)
    assert [await then(desk.guest, desk.page, moment.id) for moment in found.moments] == ["kind words"]


async def test_a_named_version_from_before_the_invitation_is_not_the_co_writers(desk: Desk) -> None:
    await crossed_out_and_said(desk.author, desk.page, CROSSED_OUT)
    kept = await desk.author.ask_until("keep", KeepMoment(desk.page, "Before"), Saved)
    assert isinstance(kept, Saved)
    await desk.wish(desk.author, InviteCoWriter(desk.guest_id))
    await crossed_out_and_said(desk.author, desk.page, "kind words")
    assert await then(desk.guest, desk.page, f"v{kept.id}") == "moment_gone"
    assert await then(desk.author, desk.page, f"v{kept.id}") == CROSSED_OUT


async def test_who_is_invited_again_does_not_see_what_was_written_between(desk: Desk) -> None:
    await desk.wish(desk.author, InviteCoWriter(desk.guest_id))
    await desk.wish(desk.author, UninviteCoWriter(desk.guest_id))
    crossed, _ = await crossed_out_and_said(desk.author, desk.page, "kind words")
    await desk.wish(desk.author, InviteCoWriter(desk.guest_id))
    assert await then(desk.guest, desk.page, crossed) == "moment_gone"


async def test_whoever_only_reads_a_page_sees_nothing_of_its_past(desk: Desk) -> None:
    crossed, _ = await crossed_out_and_said(desk.author, desk.page, "kind words")
    await desk.wish(desk.author, AskModerator())
    await eventually(lambda: _opens(desk.staff, desk.page))
    assert await then(desk.staff, desk.page, crossed) == "not_your_page"


async def _opens(device: Device, page: PageId) -> bool:
    return not isinstance(await device.open(page), RefusedFrame)


async def test_an_author_finds_the_past_of_the_own_text_also_when_the_phase_is_closed(desk: Desk) -> None:
    crossed, _ = await crossed_out_and_said(desk.author, desk.page, "kind words")
    assert isinstance(await desk.staff.submit("", ClosePhase(desk.phase)), Accepted)
    await eventually(lambda: desk.author.pages[desk.page].right == "read")
    assert await then(desk.author, desk.page, crossed) == CROSSED_OUT


async def test_a_storyteller_who_reads_the_notes_does_not_see_what_was_crossed_out(redis_url: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        staff = await workshop.staff()
        seats = dict([await workshop.seat("Ana"), await workshop.seat("Bor")])
        await staff.submit("", move(staff, "interviews"))
        (ana, bor) = seats
        page = PageId(f"interviews/notes/{bor}")
        await eventually(lambda: _opens(seats[ana], page))
        crossed, _ = await crossed_out_and_said(seats[ana], page, "kind words")
        refused = [await then(seats[who], page, crossed) for who in (ana, bor)]
        assert refused == [CROSSED_OUT, "not_your_page"]
