"""Nobody fills the memory of a node with one request."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from server.edge.answers import MAX_BODY_BYTES
from tests.support.house import House

PIECE = b"x" * 100_000


async def sent(url: str, head: str, pieces: int) -> tuple[bytes, int]:
    """The status line that answers a request whose body never ends by itself, and how much of the body was taken."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(head.encode())
    taken = 0
    try:
        for _ in range(pieces):
            writer.write(b"%x\r\n%b\r\n" % (len(PIECE), PIECE))
            async with asyncio.timeout(5):
                await writer.drain()
            taken += len(PIECE)
    except ConnectionError:
        pass
    async with asyncio.timeout(5):
        status = await reader.readline()
    writer.close()
    return status, taken


def post(path: str, *headers: str) -> str:
    return "\r\n".join((f"POST {path} HTTP/1.1", "Host: here", *headers, "", ""))


async def test_a_body_is_refused_as_soon_as_it_is_too_long(house: House) -> None:
    """SPEC W1."""
    seat = f"Authorization: Bearer {house.links['moderator']}"
    for path in ("/api/workshops", "/api/seat", f"/api/workshops/{house.workshop}/people", "/api/paths"):
        head = post(path, "Transfer-Encoding: chunked", "X-Device: d", seat)
        status, _ = await sent(house.url, head, MAX_BODY_BYTES // len(PIECE) + 1)
        assert b" 413 " in status, path


async def test_what_is_announced_as_too_long_is_not_waited_for(house: House) -> None:
    """SPEC W1."""
    status, _ = await sent(house.url, post("/api/workshops", f"Content-Length: {10**12}"), 0)
    assert b" 413 " in status


async def test_long_polling_has_the_same_limit(house: House) -> None:
    """SPEC L2."""
    opening = await house.http.get("/socket.io/", params={"EIO": "4", "transport": "polling"})
    sid = opening.text.partition('"sid":"')[2].partition('"')[0]
    path = f"/socket.io/?EIO=4&transport=polling&sid={sid}"
    status, _ = await sent(house.url, post(path, "Transfer-Encoding: chunked"), MAX_BODY_BYTES // len(PIECE) + 1)
    assert b" 413 " in status
    assert (await house.http.get("/healthz")).status_code == 200


async def test_a_body_within_the_limit_is_taken_in_pieces(house: House) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for piece in (b'{"title": "In pieces", ', b'"schedule": "half_day"}'):
            yield piece

    made = await house.http.post("/api/workshops", content=pieces())
    assert made.status_code == 201
