"""Redis comes back with an older state, or without what was erased: devices bring back what they hold, nodes go on."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

import pytest
import redis

from protocol.frames import Accepted, Saved
from server.activities.vignette_writing.messages import InviteCoWriter
from server.activities.vignette_writing.pages import stake_page, vignette_page
from server.core.messages import PageId
from server.core.workshop.commands import Announce
from server.rehearsal.device import Device
from server.store import keys
from server.store.connection import Address, Connection
from server.store.document_state import text_fields
from server.store.documents import Documents
from server.store.opened import open_store
from server.store.tombstone import bury
from tests.support.eventually import eventually
from tests.support.node import RunningNode, running_node
from tests.support.redis_server import RedisServer, own_redis
from tests.support.workshop import OpenWorkshop
from tests.support.writers import writing_phase

pytestmark = pytest.mark.slow


@pytest.fixture
def durable() -> Iterator[RedisServer]:
    with own_redis(durable=True) as server:
        yield server


class Desk:
    """Ana and a co-writer before one page."""

    def __init__(self, node: RunningNode, workshop: OpenWorkshop, staff: Device, page: PageId) -> None:
        self.node = node
        self.workshop = workshop
        self.staff = staff
        self.page = page
        self.writers: list[Device] = []


@asynccontextmanager
async def desk(redis_url: str) -> AsyncIterator[Desk]:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url, "half_day") as workshop:
        staff = await workshop.staff()
        phase = await writing_phase(staff)
        author, token = await workshop.join("Ana")
        guest, other = await workshop.join("Piet")
        made = Desk(node, workshop, staff, vignette_page(phase, author))
        made.writers = [await workshop.device(token), await workshop.device(other)]
        assert isinstance(await made.writers[0].submit(phase, InviteCoWriter(guest)), Accepted)
        for writer in made.writers:
            await writer.open(made.page)
        yield made


async def stored(redis_url: str, made: Desk) -> dict[str, str]:
    async with open_store(redis_url) as store:
        return text_fields((await store.documents.open(made.workshop.id, made.page)).state)


async def test_words_that_redis_forgot_are_brought_back_by_whoever_holds_them(durable: RedisServer) -> None:
    async with desk(durable.url) as made:
        ana, piet = made.writers
        assert isinstance(await ana.write(made.page, "title", "Before"), Saved)
        disk = durable.disk()
        assert isinstance(await ana.write(made.page, "situation", "Ana's"), Saved)
        assert isinstance(await piet.write(made.page, "stuck", "Piet's"), Saved)
        durable.kill()
        disk.put_back()
        durable.start()
        whole = {"title": "Before", "situation": "Ana's", "stuck": "Piet's"}

        async def everybody_agrees() -> bool:
            assert await stored(durable.url, made) == whole
            assert all(writer.pages[made.page].fields == whole for writer in made.writers)
            assert await made.node.parts.node.live[made.workshop.id].writing.fields(made.page) == whole
            return True

        await eventually(everybody_agrees, within_s=15)
        assert isinstance(await piet.write(made.page, "question", "And now?"), Saved)
        await eventually(lambda: ana.pages[made.page].fields.get("question") == "And now?")


async def test_a_workshop_whose_log_was_put_back_is_shown_as_the_log_says_and_goes_on(durable: RedisServer) -> None:
    async with desk(durable.url) as made:
        disk = durable.disk()
        for number in range(3):
            assert isinstance(await made.staff.submit("", Announce(f"Message {number}.")), Accepted)
        before = folded(made)
        durable.kill()
        disk.put_back()
        durable.start()
        await eventually(lambda: folded(made) == before - 3, within_s=15)
        await eventually(lambda: messages(made.staff) == 0, within_s=15)
        assert isinstance(await made.staff.submit("", Announce("After.")), Accepted)
        await eventually(lambda: messages(made.writers[0]) == 1, within_s=15)


def messages(device: Device) -> int | None:
    """How many a screen shows; None while it has been sent away and has not seen the room again."""
    view = device.views.get(("room", ""))
    return None if view is None else len(view.body.get("messages", ()))


def folded(made: Desk) -> int:
    live = made.node.parts.node.live.get(made.workshop.id)
    return live.replica.seq if live else 0


def cut_every_connection(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")


async def test_a_page_that_was_erased_while_nobody_heard_is_shut_and_the_node_goes_on(durable: RedisServer) -> None:
    async with desk(durable.url) as made:
        ana = made.writers[0]
        stake = stake_page(made.page.split("/")[0], made.page.split("/")[2])  # type: ignore[arg-type]
        await ana.open(stake)
        assert isinstance(await ana.write(made.page, "situation", "hello"), Saved)
        async with Connection(Address.parse(durable.url)) as connection:
            await unheard(made, durable, lambda: Documents(connection).erase(made.workshop.id, made.page))
        await eventually(lambda: ana.pages[made.page].right == "none", within_s=15)
        assert isinstance(await ana.write(stake, "my_stake", "and on"), Saved)
        await eventually(lambda: not made.node.parts.node.is_deaf)


async def test_a_workshop_that_was_erased_while_nobody_heard_is_gone_and_the_node_goes_on(
    durable: RedisServer,
) -> None:
    async with desk(durable.url) as made, await OpenWorkshop.on(made.node.url) as other:
        staff = await other.staff()
        assert isinstance(await made.writers[0].write(made.page, "situation", "hello"), Saved)
        async with Connection(Address.parse(durable.url)) as connection:

            async def erase() -> None:
                for command in bury(keys.log(made.workshop.id)):
                    await connection.call(*command)

            await unheard(made, durable, erase)
        await eventually(lambda: made.writers[0].byes[-1:] and made.writers[0].byes[-1].code == "erased", within_s=15)
        assert isinstance(await staff.submit("", Announce("Still here.")), Accepted)


async def unheard(made: Desk, durable: RedisServer, erase: Callable[[], Awaitable[None]]) -> None:
    """It happens while the node's tail is broken, so that no tombstone reaches it."""
    node = made.node.parts.node
    node.tail.unfollow(keys.page_log(made.workshop.id, made.page))
    node.tail.unfollow(keys.log(made.workshop.id))
    await erase()
    cut_every_connection(durable.url)
