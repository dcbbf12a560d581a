"""Socket.IO packets whose payloads stay undecoded until a handler says what they must be."""

from typing import Any

import msgspec
from socketio import packet

NIL = msgspec.Raw(b"\xc0")


class Envelope(msgspec.Struct):
    """A Socket.IO packet as its msgpack parser writes it; what it carries is decoded by whoever it is for."""

    type: int
    nsp: str = "/"
    # Not `Raw | None`: of such a union msgspec decodes only the None.
    data: msgspec.Raw = NIL
    id: int | None = None


_envelope = msgspec.msgpack.Decoder(Envelope)
_words = msgspec.msgpack.Decoder(list[msgspec.Raw])
_name = msgspec.msgpack.Decoder(str)
_encoder = msgspec.msgpack.Encoder()


class RawPacket(packet.Packet):  # type: ignore[misc]
    """The msgpack serializer of python-socketio, which hands handlers `msgspec.Raw` and takes structs back.

    A frame is thus decoded once, straight into its typed struct, and checked while it is.
    """

    uses_binary_events = False

    def encode(self) -> bytes:
        fields: dict[str, Any] = {"type": self.packet_type, "data": self.data, "nsp": self.namespace}
        if self.id is not None:
            fields["id"] = self.id
        return _encoder.encode(fields)

    def decode(self, encoded_packet: bytes) -> None:
        """Raises ValueError for what is no packet; engine.io then ends that one connection."""
        try:
            envelope = _envelope.decode(encoded_packet)
            self.packet_type = envelope.type
            self.namespace = envelope.nsp
            self.id = envelope.id
            self.data = self._payload(envelope)
        except msgspec.DecodeError as error:
            raise ValueError(f"not a packet: {error}") from error

    def _payload(self, envelope: Envelope) -> object:
        if bytes(envelope.data) == bytes(NIL):
            return None
        if envelope.type == packet.EVENT:
            name, *arguments = _words.decode(envelope.data)
            return [_name.decode(name), *arguments]
        if envelope.type == packet.ACK:
            return _words.decode(envelope.data)
        return envelope.data
