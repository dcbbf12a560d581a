"""The seams of the libraries that the channel leans on are where they were."""

import asyncio
from collections.abc import Callable

import msgspec
import websockets
from engineio.packet import MESSAGE, NOOP, Packet

from server.edge.channel import READ_AHEAD_MESSAGES, FramedPacket, Outgoing, websocket_frame
from tests.support.eventually import eventually
from tests.support.rooms import Room, client_of, deaf_client_of, open_room


async def test_a_device_on_a_websocket_is_served_directly() -> None:
    async with open_room() as room, client_of(room, "websocket") as client:
        outgoing = room.sio.outgoing(room.sids[0])
        assert repr(outgoing) == "<Outgoing direct backlog_bytes=0>"
        await room.sio.emit("view", 1, to=room.sids[0])
        assert outgoing is not None
        assert outgoing.empty()
        await eventually(lambda: client.values == [1])


async def test_a_device_that_polls_is_not() -> None:
    async with open_room() as room, client_of(room, "polling"):
        assert repr(room.sio.outgoing(room.sids[0])) == "<Outgoing held backlog_bytes=0>"


async def test_a_device_that_upgrades_is_served_directly_from_then_on() -> None:
    async with open_room() as room, client_of(room, "polling", "websocket"):
        await eventually(lambda: repr(room.sio.outgoing(room.sids[0])) == "<Outgoing direct backlog_bytes=0>")


async def test_a_message_does_not_overtake_what_the_library_still_holds() -> None:
    async with open_room() as room, client_of(room, "websocket") as client:
        outgoing = room.sio.outgoing(room.sids[0])
        assert outgoing is not None
        outgoing.put_nowait(Packet(NOOP))
        room.outbox.send(room.sids, "n", 1)
        assert outgoing.qsize() == 2
        await eventually(lambda: client.values == [1])
        assert repr(outgoing) == "<Outgoing direct backlog_bytes=0>"


async def test_pings_and_acknowledgements_still_pass() -> None:
    async with open_room() as room, client_of(room, "websocket") as client:

        async def echo(_sid: str, value: object) -> object:
            return value

        room.sio.on("echo", echo)
        assert [await client.sio.call("echo", number) for number in range(5)] == [0, 1, 2, 3, 4]


async def test_messages_of_one_device_are_handled_in_their_order_one_at_a_time() -> None:
    async with open_room() as room, client_of(room, "polling", "websocket") as client:
        log: list[tuple[str, int]] = []

        async def note(_sid: str, number: int) -> None:
            log.append(("begin", number))
            await asyncio.sleep(0)
            log.append(("end", number))

        room.sio.on("note", note)
        for number in range(20):
            await client.sio.emit("note", number)
        await eventually(lambda: len(log) == 40)
        assert log == [(part, number) for number in range(20) for part in ("begin", "end")]


class AtOnce:
    """Handlers of one event: one that needs no task while it is willing, and the one behind it."""

    def __init__(self, room: Room) -> None:
        self.willing = True
        self.log: list[tuple[str, object]] = []
        self.may_go_on = asyncio.Event()
        room.sio.at_once["word"] = self._take
        room.sio.on("word", self._handle)
        room.sio.on("slow", self._slow)

    def _take(self, _sid: str, raw: msgspec.Raw, answer: Callable[..., None]) -> bool:
        if self.willing:
            self.log.append(("at once", msgspec.msgpack.decode(raw)))
            answer("at once")
        return self.willing

    async def _handle(self, _sid: str, word: object) -> str:
        self.log.append(("by a task", word))
        return "by a task"

    async def _slow(self, _sid: str, word: object) -> None:
        await self.may_go_on.wait()
        self.log.append(("slowly", word))


async def test_an_event_may_be_answered_before_any_task_wakes() -> None:
    async with open_room() as room, client_of(room, "polling", "websocket") as client:
        handlers = AtOnce(room)
        outgoing = room.sio.outgoing(room.sids[0])
        assert outgoing is not None
        await eventually(lambda: outgoing.channel is not None and outgoing.channel.is_idle)
        assert [await client.sio.call("word", number) for number in range(3)] == ["at once"] * 3
        assert handlers.log == [("at once", number) for number in range(3)]


async def test_what_cannot_be_answered_at_once_gets_a_task() -> None:
    async with open_room() as room, client_of(room, "websocket") as client:
        handlers = AtOnce(room)
        handlers.willing = False
        assert await client.sio.call("word", 1) == "by a task"
        assert handlers.log == [("by a task", 1)]


async def test_nothing_overtakes_what_a_task_still_works_at() -> None:
    async with open_room() as room, client_of(room, "websocket") as client:
        handlers = AtOnce(room)
        outgoing = room.sio.outgoing(room.sids[0])
        assert outgoing is not None
        channel = outgoing.channel
        assert channel is not None
        await client.sio.emit("slow", 1)
        answer = asyncio.create_task(client.sio.call("word", 2))
        await eventually(lambda: not channel.is_idle and channel.queue.qsize() == 1)
        assert handlers.log == []
        handlers.may_go_on.set()
        await answer
        assert [number for _, number in handlers.log] == [1, 2]


async def test_of_a_device_that_sends_faster_than_it_is_served_no_more_is_read_for_a_while() -> None:
    async with open_room() as room, client_of(room, "websocket") as client:
        served: list[int] = []
        may_go_on = asyncio.Event()

        async def work(_sid: str, number: int, _content: str) -> None:
            await may_go_on.wait()
            served.append(number)

        room.sio.on("work", work)
        outgoing = room.sio.outgoing(room.sids[0])
        assert outgoing is not None
        assert outgoing.channel is not None
        transport = outgoing.channel.transport
        for number in range(READ_AHEAD_MESSAGES + 10):
            await client.sio.emit("work", (number, "x" * 50_000))
        await eventually(lambda: not transport.is_reading())
        may_go_on.set()
        await eventually(lambda: served == list(range(READ_AHEAD_MESSAGES + 10)))
        assert transport.is_reading()


async def test_a_device_that_sends_too_much_at_once_is_disconnected() -> None:
    async with open_room() as room, client_of(room, "websocket") as client:
        room.sio.eio.max_http_buffer_size = 1000
        await client.sio.emit("note", "x" * 1000)
        await eventually(lambda: room.left == room.sids)


async def test_a_device_that_answers_no_ping_is_noticed() -> None:
    async with open_room(ping_every_s=0.1) as room, deaf_client_of(room):
        await eventually(lambda: room.left == room.sids)


async def test_a_device_that_answers_pings_stays_though_it_says_nothing_else() -> None:
    async with open_room(ping_every_s=0.1) as room, deaf_client_of(room) as device:
        for _ in range(5):
            await device.answer_ping()
        assert room.left == []


def test_a_shared_packet_has_its_own_form_for_each_transport() -> None:
    packet = FramedPacket(b"\x01\x02")
    assert packet.encode() == b"\x01\x02"
    assert packet.encode(b64=True) == "bAQI="
    assert packet.encode() == b"\x01\x02"


def test_what_is_held_counts_as_backlog_until_it_is_taken() -> None:
    outgoing = Outgoing()
    outgoing.put_nowait(Packet(MESSAGE, b"12345"))
    assert outgoing.backlog_bytes == 5
    held = outgoing.get_nowait()
    assert isinstance(held, FramedPacket)
    assert outgoing.backlog_bytes == 0


def test_frames_of_every_size_are_what_a_websocket_library_writes() -> None:
    for size in (0, 125, 126, 65_535, 65_536):
        for message in (b"x" * size, "x" * size):
            opcode = websockets.frames.Opcode.BINARY if isinstance(message, bytes) else websockets.frames.Opcode.TEXT
            body = message if isinstance(message, bytes) else message.encode()
            frame = websockets.frames.Frame(opcode, body)
            assert websocket_frame(message) == frame.serialize(mask=False)
