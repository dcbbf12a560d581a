"""Long packets travel squeezed (SPEC P6): late in a day a first view says much the same of many, in tens of kB."""

import zlib
from typing import Final

SQUEEZE_FROM_BYTES: Final = 8 * 1024
"""Below this a packet is a few segments of the network, and squeezing costs more than they do."""

QUICKEST: Final = 1
ZLIB_BEGINS: Final = 0x78
"""No packet begins so: a msgpack map of two to four keys begins with 0x82 to 0x84."""

LONGEST_BYTES: Final = 64 * 1024 * 1024


def squeezed(packet: bytes) -> bytes:
    """The packet as it travels: itself, or when it is long the zlib stream (RFC 1950) of it."""
    return packet if len(packet) < SQUEEZE_FROM_BYTES else zlib.compress(packet, QUICKEST)


def unsqueezed(message: bytes) -> bytes:
    """The packet that a message of a server carries. ValueError when it begins like a squeezed one and is not."""
    if message[:1] != bytes((ZLIB_BEGINS,)):
        return message
    stream = zlib.decompressobj()
    try:
        packet = stream.decompress(message, LONGEST_BYTES)
    except zlib.error as error:
        raise ValueError(f"not a squeezed packet: {error}") from error
    if not stream.eof:
        raise ValueError("half a squeezed packet")
    return packet
