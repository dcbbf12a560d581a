"""Bytes that no browser of ours would send: passed over or refused, and everybody else's day goes on."""

import random

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from socketio import packet

from protocol.frames import Accepted, Open, Saved, Update
from server.core.messages import PageId, PhaseId
from server.core.workshop.commands import SignalDone
from server.edge.packets import NO_EVENT, RawPacket
from server.rehearsal.wire import CONNECT, EVENT, Broken, Wire, dial
from server.store.document_state import seed_update
from tests.support.eventually import eventually
from tests.support.node import running_node
from tests.support.workshop import OpenWorkshop, move

ARRIVAL = PhaseId("arrival")
FORGED = 400
SEED = 3

_encoder = msgspec.msgpack.Encoder()


def frame(kind: int, data: object, number: int | None = None) -> bytes:
    return _encoder.encode({"type": kind, "nsp": "/", "data": data, "id": number})


def spoiled(honest: bytes, dice: random.Random) -> bytes:
    forged = bytearray(honest)
    for _ in range(dice.randrange(1, 5)):
        at = dice.randrange(len(forged))
        match dice.randrange(4):
            case 0:
                forged[at] = dice.randrange(256)
            case 1:
                del forged[at : at + dice.randrange(1, 4)]
            case 2:
                forged[at:at] = dice.randbytes(dice.randrange(1, 4))
            case _:
                forged[at:] = forged[: dice.randrange(len(forged))]
        if not forged:
            break
    return bytes(forged)


def read(message: bytes) -> RawPacket:
    """Anything but a packet that somebody can handle, or the event without a name, would end the reader."""
    found = RawPacket(encoded_packet=message)
    assert found.packet_type in (packet.CONNECT, packet.DISCONNECT, packet.EVENT, packet.ACK)
    assert found.id is None or isinstance(found.id, int)
    assert isinstance(found.namespace, str)
    if found.packet_type == packet.EVENT:
        words = found.data
        assert isinstance(words, list)
        assert words == [NO_EVENT] or isinstance(words[0], str)
    return found


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_a_defect(message: bytes) -> None:
    read(message)


@given(st.integers(0, 2**32), st.sampled_from((CONNECT, EVENT, packet.ACK, packet.DISCONNECT)))
def test_a_spoiled_packet_is_read_without_a_defect(seed: int, kind: int) -> None:
    read(spoiled(frame(kind, ["update", {"page": "a/b/c", "u": b"\x01\x02"}], 7), random.Random(seed)))


async def in_the_door(url: str, token: str) -> Wire:
    wire = await dial(url, "websocket")
    await wire.send(frame(CONNECT, {"v": 1, "token": token, "device": "12345678"}))
    return wire


async def test_forged_packets_of_one_disturb_nobody_else(redis_url: str) -> None:
    dice = random.Random(SEED)
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        moderator = await workshop.staff()
        await moderator.submit("", move(moderator, ARRIVAL))
        who, ana = await workshop.seat("Ana")
        other, token = await workshop.join("Bor")
        page = PageId(f"{ARRIVAL}/aim/{who}")
        theirs = f"{ARRIVAL}/aim/{other}"
        await ana.write(page, "text", "An honest word.")
        honest = (
            frame(EVENT, ["update", Update(theirs, seed_update({"text": "mine"}))], 1),
            frame(EVENT, ["open", Open(theirs, b"\x00")], 2),
            frame(EVENT, ["command", {"device": "12345678", "n": 1, "scope": "", "body": {"type": "SignalDone"}}], 3),
            frame(EVENT, ["flick", {"kind": "caret", "page": theirs, "data": b"\x01"}], 4),
            frame(EVENT, ["time", {"t0_ms": 5}], 5),
        )
        connections, wire = ana.connections, await in_the_door(node.url, token)
        for _ in range(FORGED):
            try:
                await wire.send(spoiled(dice.choice(honest), dice))
            except Broken:
                # Who sends what cannot be meant may be sent away, and may come again.
                wire = await in_the_door(node.url, token)
        await wire.cut()
        assert isinstance(await ana.submit("", SignalDone()), Accepted)
        assert isinstance(await ana.write(page, "more", "And another."), Saved)
        assert ana.connections == connections
        again = await workshop.device(token)
        await eventually(lambda: again.connections == 1)
        assert ana.pages[page].fields == {"text": "An honest word.", "more": "And another."}
