"""Yjs as its authors ship it, two nodes, and all that can happen on one day in random order: nobody loses a letter."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import pytest

from protocol.frames import Accepted
from server.activities.vignette_writing.messages import InviteCoWriter
from server.activities.vignette_writing.pages import vignette_page
from server.core.messages import Command, PageId, PhaseId
from server.core.workshop.commands import ClosePhase, OpenPhase
from server.rehearsal.device import Device
from server.store.connection import Address, Connection, StoreAway
from server.store.documents import Documents
from tests.support.eventually import eventually
from tests.support.node import NodeProcess, node_processes
from tests.support.peers import Peer, converged, peer
from tests.support.redis_server import RedisServer, own_redis
from tests.support.workshop import OpenWorkshop
from tests.support.writers import writing_phase

pytestmark = pytest.mark.slow

ROUNDS = 40
SEEDS = (1, 2, 3)
SETTLES_WITHIN_S = 30.0


@dataclass
class Storm:
    """Four peers of two people on two nodes before one page, and the dice that decide what happens next."""

    dice: random.Random
    redis: RedisServer
    nodes: list[NodeProcess]
    staff: Device
    phase: PhaseId
    page: PageId
    workshop: OpenWorkshop
    device: Device
    peers: list[Peer]
    is_open: bool = True

    async def blow(self) -> None:
        happenings: tuple[tuple[int, Callable[[], Awaitable[None]]], ...] = (
            (60, self.type_on),
            (12, self.lose_a_connection),
            (8, self.fold),
            (6, self.close_or_open_the_phase),
            (4, self.kill_a_node),
            (4, self.kill_redis),
        )
        weights = [weight for weight, _ in happenings]
        (happens,) = self.dice.choices([one for _, one in happenings], weights)
        await happens()

    async def type_on(self) -> None:
        writers = self.dice.sample(self.peers, self.dice.randrange(1, len(self.peers) + 1))
        await asyncio.gather(*(one.ask("edit", times=self.dice.randrange(1, 10)) for one in writers))

    async def lose_a_connection(self) -> None:
        await self.dice.choice(self.peers).ask("drop")

    async def fold(self) -> None:
        async with Connection(Address.parse(self.redis.url)) as connection:
            try:
                await Documents(connection).compact(self.workshop.id, self.page, window_ms=0)
            except StoreAway:
                return

    async def close_or_open_the_phase(self) -> None:
        self.is_open = not self.is_open
        await self.wish(OpenPhase(self.phase) if self.is_open else ClosePhase(self.phase))

    async def wish(self, command: Command) -> None:
        answer = await self.staff.submit("", command)
        assert isinstance(answer, Accepted), answer

    async def kill_a_node(self) -> None:
        node = self.dice.choice(self.nodes)
        await asyncio.to_thread(node.kill)
        await self.type_on()
        node.start()
        await asyncio.to_thread(node.wait_ready)

    async def kill_redis(self) -> None:
        await asyncio.to_thread(self.redis.kill)
        await self.type_on()
        await asyncio.to_thread(self.redis.start)

    async def calm(self) -> None:
        if not self.is_open:
            await self.close_or_open_the_phase()
        await asyncio.gather(*(one.ask("unruly", on=False) for one in self.peers))


@asynccontextmanager
async def storm(seed: int) -> AsyncIterator[Storm]:
    async with AsyncExitStack() as stack:
        redis = stack.enter_context(own_redis(durable=True))
        nodes = stack.enter_context(node_processes(redis.url, "n1", "n2"))
        workshop = await stack.enter_async_context(await OpenWorkshop.on(nodes[0].url, "half_day"))
        staff = await workshop.staff()
        phase = await writing_phase(staff)
        author, token = await workshop.join("Ana")
        guest, other = await workshop.join("Piet")
        device = await workshop.device(token)
        assert isinstance(await device.submit(phase, InviteCoWriter(guest)), Accepted)
        page = vignette_page(phase, author)
        seats = ((nodes[0], token), (nodes[1], token), (nodes[0], other), (nodes[1], other))
        peers = [
            await stack.enter_async_context(peer(node.url, secret, page, 10 * seed + number))
            for number, (node, secret) in enumerate(seats)
        ]
        for one in peers[::2]:
            await one.ask("unruly", on=True)
        yield Storm(random.Random(seed), redis, nodes, staff, phase, page, workshop, device, peers)


@pytest.mark.parametrize("seed", SEEDS)
async def test_everybody_agrees_to_the_byte_after_a_storm(seed: int) -> None:
    async with storm(seed) as day:
        for _ in range(ROUNDS):
            await day.blow()
        await day.calm()
        text = await eventually(lambda: converged(day.peers, day.device, day.page), within_s=SETTLES_WITHIN_S)
        assert text
        await day.fold()
        assert await eventually(lambda: converged(day.peers, day.device, day.page)) == text, "folding changed it"
