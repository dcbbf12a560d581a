"""A node knows its own words when they come back, however early, and hears another's before it says no."""

import asyncio
from contextlib import AsyncExitStack

from protocol.frames import Accepted, Saved
from server.activities.vignette_writing.messages import InviteCoWriter
from server.activities.vignette_writing.pages import vignette_page
from server.core.messages import PageId
from server.core.workshop.commands import Announce, ClosePhase, OpenPhase, SignalDone
from server.rehearsal.device import Device
from tests.support.eventually import eventually
from tests.support.node import running_node
from tests.support.workshop import OpenWorkshop
from tests.support.writers import writing_phase

PEOPLE = 12
WORDS = 40


async def writes(device: Device, page: PageId) -> None:
    await device.open(page)
    for number in range(WORDS):
        assert isinstance(await device.write(page, f"field{number}", "word"), Saved)
        assert isinstance(await device.submit("", SignalDone(number % 2 == 0)), Accepted)


async def test_what_comes_back_before_its_acknowledgement_is_not_taken_for_another_nodes(redis_url: str) -> None:
    async with running_node(redis_url, "one") as one, await OpenWorkshop.on(one.url, "half_day") as workshop:
        phase = await writing_phase(await workshop.staff())
        async with asyncio.TaskGroup() as all_write:
            for number in range(PEOPLE):
                person, token = await workshop.join(f"Person {number}")
                all_write.create_task(writes(await workshop.device(token), vignette_page(phase, person)))
        assert one.parts.node.tail.is_alone


async def test_a_wish_that_another_node_has_just_made_right_is_not_refused(redis_url: str) -> None:
    async with AsyncExitStack() as stack:
        one, other = [await stack.enter_async_context(running_node(redis_url, name)) for name in ("one", "other")]
        workshop = await stack.enter_async_context(await OpenWorkshop.on(one.url, "half_day"))
        staff = await workshop.staff()
        (_, token), (guest, _) = await workshop.join("Ana"), await workshop.join("Bor")
        far = await workshop.device(token, other.url)
        phase = await writing_phase(staff)
        for _ in range(5):
            closed = await staff.submit("", ClosePhase(phase))
            assert isinstance(closed, Accepted)
            await eventually(lambda: other.parts.node.live[workshop.id].replica.seq >= closed.seq)  # noqa: B023
            assert isinstance(await staff.submit("", OpenPhase(phase)), Accepted)
            assert isinstance(await far.submit(phase, InviteCoWriter(guest)), Accepted)


async def test_what_another_node_writes_is_heard_as_anothers(redis_url: str) -> None:
    async with AsyncExitStack() as stack:
        one, other = [await stack.enter_async_context(running_node(redis_url, name)) for name in ("one", "other")]
        workshop = await stack.enter_async_context(await OpenWorkshop.on(one.url, "half_day"))
        await workshop.staff()
        far = await workshop.staff(base=other.url)
        assert one.parts.node.tail.is_alone
        assert isinstance(await far.submit("", Announce("From the other node.")), Accepted)
        await eventually(lambda: not one.parts.node.tail.is_alone)
