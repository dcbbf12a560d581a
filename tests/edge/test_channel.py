"""The seams of the libraries that the channel leans on are where they were."""

import websockets
from engineio.packet import MESSAGE, NOOP, Packet

from server.edge.channel import FramedPacket, Outgoing, websocket_frame
from tests.support.eventually import eventually
from tests.support.rooms import client_of, open_room


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
