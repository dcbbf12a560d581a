"""The golden vectors mean the same to our structs and to a msgpack library that knows nothing of them."""

from typing import Any

import msgpack
import msgspec
import pytest
from socketio.packet import EVENT

from protocol import frames
from protocol.squeezing import SQUEEZE_FROM_BYTES, squeezed, unsqueezed
from server.edge.packets import NO_EVENT, RawPacket
from tests.support.vectors import read, vectors_of


def name_of(vector: dict[str, Any]) -> str:
    return str(vector["name"])


@pytest.mark.parametrize("vector", vectors_of("packets.json"), ids=name_of)
def test_a_packet_is_what_its_bytes_say(vector: dict[str, Any]) -> None:
    """SPEC P1, P2, P3, P4."""
    data = bytes.fromhex(vector["hex"])
    assert msgpack.unpackb(data) == read(vector["packet"])
    packet = RawPacket(encoded_packet=data)
    assert packet.packet_type == vector["packet"]["type"]
    assert packet.id == vector["packet"].get("id")


@pytest.mark.parametrize("vector", vectors_of("packets.json"), ids=name_of)
def test_the_server_writes_a_packet_with_the_same_content(vector: dict[str, Any]) -> None:
    """SPEC P1, P3."""
    packet = read(vector["packet"])
    ours = RawPacket(packet["type"], packet["data"], packet["nsp"], packet.get("id")).encode()
    assert msgpack.unpackb(ours) == packet


@pytest.mark.parametrize("vector", vectors_of("broken.json"), ids=name_of)
def test_what_is_no_packet_is_passed_over(vector: dict[str, Any]) -> None:
    """SPEC P5."""
    packet = RawPacket(encoded_packet=bytes.fromhex(vector["hex"]))
    assert (packet.packet_type, packet.data) == (EVENT, [NO_EVENT])


@pytest.mark.parametrize("vector", vectors_of("squeezed.json"), ids=name_of)
def test_a_squeezed_message_is_its_packet(vector: dict[str, Any]) -> None:
    """SPEC P6."""
    assert unsqueezed(bytes.fromhex(vector["hex"])) == bytes.fromhex(vector["packet"])


def test_long_packets_are_squeezed_and_short_ones_are_not() -> None:
    """SPEC P6."""
    packet = msgpack.packb({"type": 2, "nsp": "/", "data": ["update", {"page": "a/b", "u": b"word " * 4_000}]})
    message = squeezed(packet)
    assert len(message) < len(packet) / 10
    assert unsqueezed(message) == packet
    assert squeezed(packet[: SQUEEZE_FROM_BYTES - 1]) == packet[: SQUEEZE_FROM_BYTES - 1]
    for broken in (message[:-8], b"\x78nonsense"):
        with pytest.raises(ValueError, match="squeezed packet"):
            unsqueezed(broken)


@pytest.mark.parametrize("vector", vectors_of("slices.json"), ids=name_of)
def test_of_a_longer_buffer_only_what_the_view_shows_travels(vector: dict[str, Any]) -> None:
    """SPEC P3."""
    shown = memoryview(bytes.fromhex(vector["buffer"]))[vector["start"] : vector["start"] + vector["length"]]
    assert msgpack.unpackb(bytes.fromhex(vector["hex"])) == {"type": 2, "nsp": "/", "data": ["update", bytes(shown)]}


@pytest.mark.parametrize("vector", vectors_of("frames.json"), ids=name_of)
def test_a_frame_is_its_struct_and_a_plain_map(vector: dict[str, Any]) -> None:
    """SPEC E2: what has its default is left out."""
    data = bytes.fromhex(vector["hex"])
    assert msgpack.unpackb(data) == read(vector["value"])
    frame = msgspec.msgpack.decode(data, type=getattr(frames, vector["struct"]))
    assert msgspec.msgpack.encode(frame) == data


def test_every_frame_has_a_vector() -> None:
    shown = {vector["struct"] for vector in vectors_of("frames.json")}
    kinds = {kind for base in (frames.FromBrowser, frames.FromServer) for kind in base.__subclasses__()}
    assert {kind.__name__ for kind in kinds} == shown


@pytest.mark.parametrize("vector", vectors_of("refused.json"), ids=name_of)
def test_a_frame_that_is_not_its_struct_does_not_decode(vector: dict[str, Any]) -> None:
    """SPEC A4."""
    kind, _ = frames.ASKED[vector["event"]]
    with pytest.raises(msgspec.ValidationError):
        msgspec.msgpack.decode(bytes.fromhex(vector["hex"]), type=kind)
