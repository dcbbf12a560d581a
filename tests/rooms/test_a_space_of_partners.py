"""Partners on two nodes write in their space when the room has gone on; nobody else opens it; it outlives the day."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from protocol.frames import Accepted, RefusedFrame
from server.core.consent import ProposalId, ProposeByHand, SayYes
from server.core.messages import Command, PageId, PhaseId
from server.core.workshop import commands as c
from server.rehearsal.device import Device, HeldPage
from tests.support.choosing import ChoosingRoom, Seat, choosing
from tests.support.eventually import eventually
from tests.support.node import running_node
from tests.support.workshop import move

LATER = PhaseId("dimensions")


@asynccontextmanager
async def partners(redis_url: str) -> AsyncIterator[tuple[ChoosingRoom, PageId]]:
    """Ana and Bor, each on a node of their own; Eva is alone."""
    async with AsyncExitStack() as stack:
        nodes = [await stack.enter_async_context(running_node(redis_url, name)) for name in ("n1", "n2")]
        room = await stack.enter_async_context(choosing(*(node.url for node in nodes)))
        for name in ("Ana", "Bor", "Eva"):
            await room.join(name)
        ana, bor = room["Ana"], room["Bor"]
        await eventually(lambda: ana.me and bor.me)
        await room.leads(ProposeByHand((ana.unit, bor.unit)))
        for seat in (ana, bor):
            await says_yes(seat)
        await eventually(lambda: ana.partnership and bor.partnership)
        assert ana.partnership is not None
        yield room, PageId(ana.partnership["space"])


async def says_yes(seat: Seat) -> None:
    await eventually(lambda: seat.proposals)
    await seat.does(SayYes(ProposalId(seat.proposals[0]["proposal"])))


async def lead(room: ChoosingRoom, command: Command) -> None:
    assert isinstance(await room.lead(command, ""), Accepted)


async def opened(device: Device, page: PageId) -> HeldPage:
    held = await device.open(page)
    assert isinstance(held, HeldPage), held
    return held


async def test_what_one_writes_when_the_room_has_gone_on_reaches_the_other_and_nobody_else(redis_url: str) -> None:
    """SPEC D6, D8."""
    async with partners(redis_url) as (room, page):
        await lead(room, move(room.moderator, LATER))
        theirs = await opened(room["Bor"].device, page)
        await room["Ana"].device.write(page, "notes", "Bring both lists")
        await eventually(lambda: theirs.fields.get("notes") == "Bring both lists")
        for device in (room["Eva"].device, room.moderator, room.screen):
            answer = await device.open(page)
            assert isinstance(answer, RefusedFrame)
            assert answer.code == "not_your_page"


async def test_it_is_written_after_the_end_of_the_day_and_read_on_a_new_device_when_all_is_closed(
    redis_url: str,
) -> None:
    async with partners(redis_url) as (room, page):
        await lead(room, move(room.moderator, LATER))
        await lead(room, c.ChangeLife("follow_up"))
        await room["Bor"].device.write(page, "meet_at", "https://calls.example/ana-bor")
        await lead(room, c.ChangeLife("closed"))
        fresh = await room.workshop.device(room.workshop.tokens[room["Ana"].who])
        held = await opened(fresh, page)
        assert (held.right, held.fields) == ("read", {"meet_at": "https://calls.example/ana-bor"})
