"""What was allowed when a page was asked for may have been taken back by the time Redis has answered."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from protocol.frames import Accepted, RefusedFrame
from server.activities.vignette_writing.messages import InviteCoWriter, UninviteCoWriter
from server.activities.vignette_writing.pages import vignette_page
from server.core.messages import PageId, WorkshopId
from server.rehearsal.device import Device
from server.runtime.writing import Writing
from server.store.documents import Documents
from server.store.documents import Opened as Read
from tests.support.eventually import eventually
from tests.support.node import running_node
from tests.support.workshop import OpenWorkshop
from tests.support.writers import writing_phase


class Gate:
    """Redis answers the next readings when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked = asyncio.Event()
        self.answer = asyncio.Event()
        read = Documents.open

        async def slow(documents: Documents, workshop: WorkshopId, page: PageId) -> Read:
            found = await read(documents, workshop, page)
            self.asked.set()
            await self.answer.wait()
            return found

        monkeypatch.setattr(Documents, "open", slow)


class Desk:
    def __init__(self, writing: Writing, author: Device, guest: Device, page: PageId) -> None:
        self.writing = writing
        self.author = author
        self.guest = guest
        self.page = page


@asynccontextmanager
async def invited(redis_url: str) -> AsyncIterator[tuple[Desk, UninviteCoWriter]]:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url, "half_day") as workshop:
        phase = await writing_phase(await workshop.staff())
        author, ana = await workshop.seat("Ana")
        guest, piet = await workshop.seat("Piet")
        assert isinstance(await ana.submit(phase, InviteCoWriter(guest)), Accepted)
        writing = node.parts.node.live[workshop.id].writing
        yield Desk(writing, ana, piet, PageId(vignette_page(phase, author))), UninviteCoWriter(guest)


async def test_a_right_that_is_taken_back_while_the_page_is_read_opens_nothing(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with invited(redis_url) as (desk, taken_back):
        gate = Gate(monkeypatch)
        opening = asyncio.create_task(desk.guest.open(desk.page))
        await gate.asked.wait()
        assert isinstance(await desk.author.submit(desk.page.partition("/")[0], taken_back), Accepted)
        gate.answer.set()
        refused = await opening
        assert isinstance(refused, RefusedFrame)
        assert refused.code == "not_your_page"
        assert repr(desk.writing).endswith("pages=0>")


async def test_whoever_leaves_while_the_page_is_read_keeps_no_page_open(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with invited(redis_url) as (desk, _):
        gate = Gate(monkeypatch)
        opening = asyncio.create_task(desk.guest.open(desk.page))
        await gate.asked.wait()
        opening.cancel()
        await desk.guest.__aexit__(None, None, None)
        gate.answer.set()
        # The author's own opening comes after it in the same loop: by then the other has found nobody to join.
        await desk.author.open(desk.page)
        assert repr(desk.writing).endswith("pages=1>")
        await desk.author.__aexit__(None, None, None)
        await eventually(lambda: repr(desk.writing).endswith("pages=0>"))
