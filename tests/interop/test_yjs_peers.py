"""Yjs in Node, as its authors ship it, and this server agree to the byte, through drops and restarts."""

import asyncio
import random
from collections.abc import Iterator

import pytest

from protocol.frames import Accepted
from server.activities.vignette_writing.messages import InviteCoWriter
from server.activities.vignette_writing.pages import vignette_page
from server.store.connection import Address, Connection
from server.store.documents import Documents
from tests.support.eventually import eventually
from tests.support.node import NodeProcess, node_processes
from tests.support.peers import converged, peer
from tests.support.redis_server import RedisServer, own_redis
from tests.support.workshop import OpenWorkshop
from tests.support.writers import writing_phase

ROUNDS = 25
SEEDS = (1, 7)
"""Seeds that failed once are added here and stay."""


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with own_redis(durable=True) as server:
        yield server


@pytest.fixture(scope="module")
def node(redis: RedisServer) -> Iterator[NodeProcess]:
    with node_processes(redis.url, "n1") as (one,):
        yield one


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
async def test_yjs_and_the_server_agree_to_the_byte_after_drops_and_restarts(node: NodeProcess, seed: int) -> None:
    dice = random.Random(seed)
    async with await OpenWorkshop.on(node.url, "half_day") as workshop:
        phase = await writing_phase(await workshop.staff())
        author, token = await workshop.join("Ana")
        guest, other = await workshop.join("Piet")
        device = await workshop.device(token)
        assert isinstance(await device.submit(phase, InviteCoWriter(guest)), Accepted)
        page = vignette_page(phase, author)
        async with (
            peer(node.url, token, page, seed) as one,
            peer(node.url, token, page, seed + 1) as two,
            peer(node.url, other, page, seed + 2) as three,
        ):
            peers = [one, two, three]
            for number in range(ROUNDS):
                await dice.choice(peers).ask("edit", times=dice.randrange(1, 12))
                if dice.random() < 0.2:
                    await dice.choice(peers).ask("drop")
                if number == ROUNDS // 2:
                    await asyncio.to_thread(node.kill)
                    await dice.choice(peers).ask("edit", times=5)
                    node.start()
                    await asyncio.to_thread(node.wait_ready)
            assert await eventually(lambda: converged(peers, device, page), within_s=20)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
async def test_a_log_that_is_folded_under_typing_loses_no_letter(
    node: NodeProcess, redis: RedisServer, seed: int
) -> None:
    dice = random.Random(seed)
    async with (
        await OpenWorkshop.on(node.url, "half_day") as workshop,
        Connection(Address.parse(redis.url)) as connection,
    ):
        documents = Documents(connection)
        phase = await writing_phase(await workshop.staff())
        author, token = await workshop.join("Ana")
        guest, other = await workshop.join("Piet")
        device = await workshop.device(token)
        assert isinstance(await device.submit(phase, InviteCoWriter(guest)), Accepted)
        page = vignette_page(phase, author)
        async with peer(node.url, token, page, seed) as one, peer(node.url, other, page, seed + 1) as two:
            peers = [one, two]
            folded = 0
            for number in range(ROUNDS):
                editing = asyncio.gather(*(each.ask("edit", times=dice.randrange(1, 12)) for each in peers))
                folded += await documents.compact(workshop.id, page, window_ms=0)
                await editing
                if dice.random() < 0.3:
                    await dice.choice(peers).ask("drop")
                if number == ROUNDS // 2:
                    await asyncio.to_thread(node.kill)
                    await documents.compact(workshop.id, page, window_ms=0)
                    await dice.choice(peers).ask("edit", times=5)
                    node.start()
                    await asyncio.to_thread(node.wait_ready)
            assert await eventually(lambda: converged(peers, device, page), within_s=20)
            assert folded > ROUNDS // 2
            await documents.compact(workshop.id, page, window_ms=0)
            assert await converged(peers, device, page), "the snapshot alone says the same"
