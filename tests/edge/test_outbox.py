"""The outbox reaches everybody in order, and nobody slow holds up the others."""

import asyncio
import contextlib
import functools
import os

import msgspec
import pytest

from server.edge import outbox as limits
from server.edge.outbox import encode_event
from tests.support.eventually import eventually
from tests.support.rooms import client_of, deaf_client_of, open_room

WAYS = [("websocket",), ("polling",), ("polling", "websocket")]
VIEW = {"phase": 2, "people": ["Ada", "Grace"], "page": b"\x00\xff", "share": 0.5}


async def test_everybody_gets_the_same_event_whatever_the_transport() -> None:
    async with open_room() as room, contextlib.AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(client_of(room, *way)) for way in WAYS]
        assert room.outbox.send(room.sids, "view", VIEW) == 3
        for client in clients:
            await eventually(functools.partial(len, client.heard))
            assert client.heard == [("view", VIEW)]


@pytest.mark.parametrize("way", WAYS, ids="-".join)
async def test_what_is_sent_keeps_its_order_with_what_the_library_sends(way: tuple[str, ...]) -> None:
    async with open_room() as room, client_of(room, *way) as client:
        for number in range(0, 60, 3):
            room.outbox.send(room.sids, "n", number)
            await room.sio.emit("n", number + 1, to=room.sids[0])
            room.outbox.send(room.sids, "n", number + 2)
        await eventually(lambda: len(client.heard) == 60)
        assert client.values == list(range(60))


async def test_a_device_that_changes_to_a_websocket_meanwhile_misses_nothing() -> None:
    async with open_room() as room:

        async def count() -> None:
            for number in range(300):
                room.outbox.send(room.sids, "n", number)
                await asyncio.sleep(0.001)

        async with client_of(room, "polling") as first:
            counting = asyncio.create_task(count())
            async with client_of(room, "polling", "websocket") as second:
                await counting
                await eventually(lambda: second.values[-1:] == [299] and first.values[-1:] == [299])
                assert first.values == list(range(300))
                assert second.values == list(range(second.values[0], 300))


async def test_an_encoded_view_is_spliced_in_as_it_stands() -> None:
    view = msgspec.msgpack.encode(VIEW)
    assert encode_event("view", msgspec.Raw(view)) == encode_event("view", VIEW)
    assert view in encode_event("views", {"room": msgspec.Raw(view)})


async def test_a_long_view_is_squeezed_once_for_everybody_and_read_by_whichever_transport() -> None:
    """SPEC P6."""
    long = {"people": [f"Person {number}" for number in range(5_000)]}
    async with open_room() as room, deaf_client_of(room), contextlib.AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(client_of(room, *way)) for way in WAYS]
        assert room.outbox.send(room.sids, "view", long) == 4
        assert room.outbox.backlog_bytes(room.sids[0]) < len(encode_event("view", long)) / 2
        for client in clients:
            await eventually(functools.partial(len, client.heard))
            assert client.heard == [("view", long)]


async def test_somebody_who_has_gone_is_passed_over() -> None:
    async with open_room() as room:
        async with client_of(room, "websocket"):
            pass
        await eventually(lambda: room.left)
        assert room.outbox.send([*room.sids, "nobody"], "view", VIEW) == 0
        assert room.outbox.backlog_bytes(room.sids[0]) == 0


async def test_flicker_is_dropped_for_a_device_that_does_not_read_and_facts_are_not() -> None:
    async with open_room() as room, deaf_client_of(room) as deaf, client_of(room, "websocket") as quick:
        slow_sid = room.sids[0]
        rounds = 0
        while room.outbox.backlog_bytes(slow_sid) <= limits.FLICKER_ABOVE_BYTES:
            room.outbox.send(room.sids, "fact", os.urandom(8192))
            rounds += 1
            await asyncio.sleep(0)
        assert room.outbox.send(room.sids, "flicker", "here", droppable=True) == 1
        assert room.outbox.send(room.sids, "fact", "last") == 2
        heard = [await deaf.read_message() for _ in range(rounds + 1)]
        assert [packet["data"][0] for packet in heard] == ["fact"] * (rounds + 1)
        await eventually(lambda: len(quick.heard) == rounds + 2)
        assert quick.heard[-2:] == [("flicker", "here"), ("fact", "last")]


async def test_a_device_that_stays_behind_is_hung_up_on_and_the_others_do_not_notice() -> None:
    async with open_room() as room, deaf_client_of(room), client_of(room, "websocket") as quick:
        slow_sid, quick_sid = room.sids
        rounds = 0

        def quick_heard_all() -> bool:
            return len(quick.heard) == rounds

        while not room.too_slow:
            room.outbox.send(room.sids, "fact", os.urandom(100_000))
            rounds += 1
            await eventually(quick_heard_all)
        await eventually(lambda: room.left)
        assert (room.too_slow, room.left) == ([slow_sid], [slow_sid])
        assert room.outbox.send(room.sids, "fact", "last") == 1
        await eventually(lambda: len(quick.heard) == rounds + 1)
        assert room.outbox.backlog_bytes(quick_sid) == 0


async def test_a_slow_device_that_reads_on_hears_that_it_may_come_back() -> None:
    async with open_room() as room, deaf_client_of(room) as deaf:
        while not room.too_slow:
            room.outbox.send(room.sids, "fact", os.urandom(100_000))
            await asyncio.sleep(0)
        said = [await deaf.read_message() for _ in range(100)]
        assert 1013 in said
        assert said[-1] is None


async def test_a_polling_device_that_no_longer_asks_is_hung_up_on() -> None:
    async with open_room() as room, client_of(room, "polling") as client:
        await client.sio.eio.http.close()
        while not room.too_slow:
            room.outbox.send(room.sids, "fact", os.urandom(100_000))
            await asyncio.sleep(0)
        await eventually(lambda: room.left)
        assert room.left == room.sids
