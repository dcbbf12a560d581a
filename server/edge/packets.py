"""Socket.IO packets whose payloads stay undecoded until a handler says what they must be."""

from typing import Any

import msgspec
from socketio import packet

NIL = msgspec.Raw(b"\xc0")


NO_EVENT = ""


class Envelope(msgspec.Struct):
    """A Socket.IO packet as its msgpack parser writes it; what it carries is decoded by whoever it is for."""

    type: int
    nsp: str = "/"
    # Not `Raw | None`: of such a union msgspec decodes only the None.
    data: msgspec.Raw = NIL
    id: int | None = None


class OneFrame(msgspec.Struct):
    """An event that carries one frame and waits for an answer: nearly all that browsers send."""

    type: int
    data: tuple[str, msgspec.Raw]
    id: int
    nsp: str = "/"


class Acknowledgement(msgspec.Struct, frozen=True):
    """The answer to an event, as the msgpack parser writes it."""

    type: int
    data: tuple[object, ...]
    id: int
    nsp: str = "/"


_one_frame = msgspec.msgpack.Decoder(OneFrame)
_envelope = msgspec.msgpack.Decoder(Envelope)
_words = msgspec.msgpack.Decoder(list[msgspec.Raw])
_name = msgspec.msgpack.Decoder(str)
_encoder = msgspec.msgpack.Encoder()


class RawPacket(packet.Packet):  # type: ignore[misc]
    """The msgpack serializer of python-socketio, which hands handlers `msgspec.Raw` and takes structs back.

    A frame is thus decoded once, straight into its typed struct, and checked while it is.
    """

    uses_binary_events = False

    def __init__(self, *given: Any, encoded_packet: bytes | None = None, **named: Any) -> None:
        # Without the ending the library takes an empty message for an event without a name, and stumbles over it.
        ending = b"\xc1" if encoded_packet == b"" else encoded_packet
        super().__init__(*given, encoded_packet=ending, **named)

    def encode(self) -> bytes:
        fields: dict[str, Any] = {"type": self.packet_type, "data": self.data, "nsp": self.namespace}
        if self.id is not None:
            fields["id"] = self.id
        return _encoder.encode(fields)

    def decode(self, encoded_packet: bytes) -> None:
        """What is no packet counts as an event that nobody knows: it is passed over, and the connection goes on."""
        try:
            envelope = _envelope.decode(encoded_packet)
            self.data = _payload(envelope)
            self.packet_type = envelope.type
            self.namespace = envelope.nsp
            self.id = envelope.id
        except (msgspec.DecodeError, ValueError):
            self.packet_type, self.namespace, self.id, self.data = packet.EVENT, "/", None, [NO_EVENT]


def one_frame(packet_bytes: bytes) -> OneFrame | None:
    """The event with one frame that this is; None for every other packet."""
    try:
        event = _one_frame.decode(packet_bytes)
    except msgspec.DecodeError:
        return None
    return event if event.type == packet.EVENT and event.nsp == "/" else None


def acknowledgement(number: int, namespace: str, *answers: object) -> bytes:
    """The packet that answers the event of that number."""
    return _encoder.encode(Acknowledgement(packet.ACK, answers, number, namespace))


def _payload(envelope: Envelope) -> object:
    """Raises msgspec.DecodeError or ValueError for what a packet of this type cannot carry."""
    match envelope.type:
        case packet.EVENT:
            name, *arguments = _words.decode(envelope.data)
            return [_name.decode(name), *arguments]
        case packet.ACK:
            return _words.decode(envelope.data)
        case packet.CONNECT | packet.DISCONNECT:
            return None if bytes(envelope.data) == bytes(NIL) else envelope.data
        case _:
            raise ValueError(f"no browser sends packets of type {envelope.type}")
