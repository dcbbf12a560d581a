"""One HTTP request on a connection of its own: all that a bot needs beside its socket."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

import msgspec

MOST_BYTES: Final = 32 * 1024 * 1024
PATIENCE_S: Final = 60.0
"""Longer than any long poll."""


class Unreachable(Exception):  # noqa: N818 - a fact about the network
    """Nobody answered, or the answer broke off."""


class Declined(Exception):  # noqa: N818 - an answer
    """The server answered with a refusal."""

    def __init__(self, status: int, told: Mapping[str, Any]) -> None:
        super().__init__(f"{told.get('code', status)}: {told.get('detail', '')}")
        self.status = status
        self.told = told


class WebAnswer(msgspec.Struct, frozen=True):
    status: int
    headers: Mapping[str, str]
    """By name in small letters; of a repeated one the last."""
    body: bytes


async def request(
    method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None, *, within_s: float = PATIENCE_S
) -> WebAnswer:
    """Raises `Unreachable`."""
    target = urlsplit(url)
    try:
        async with asyncio.timeout(within_s):
            return await _exchanged(method, target, body, headers or {})
    except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError) as error:
        raise Unreachable(f"{target.netloc}: {error}") from error


async def _exchanged(method: str, target: SplitResult, body: bytes, headers: Mapping[str, str]) -> WebAnswer:
    secure = target.scheme == "https"
    port = target.port or (443 if secure else 80)
    reader, writer = await asyncio.open_connection(target.hostname, port, ssl=secure or None, limit=MOST_BYTES)
    try:
        path = f"{target.path or '/'}{'?' + target.query if target.query else ''}"
        lines = {"Host": target.netloc, "Connection": "close", "Content-Length": str(len(body)), **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        await writer.drain()
        return await _read(reader)
    finally:
        writer.close()


async def _read(reader: asyncio.StreamReader) -> WebAnswer:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)
    }
    status = int(first.split(" ")[1])
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return WebAnswer(status, headers, await _chunks(reader))
    if "content-length" in headers:
        return WebAnswer(status, headers, await reader.readexactly(int(headers["content-length"])))
    return WebAnswer(status, headers, await reader.read())


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    found = bytearray()
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        found += await reader.readexactly(size)
        await reader.readexactly(2)
    return bytes(found)


async def ask(method: str, url: str, body: object = None, *, token: str = "") -> Any:
    """A question in JSON to the server's pages. Raises `Declined` with its words, or `Unreachable`."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    answer = await request(method, url, b"" if body is None else json.dumps(body).encode(), headers)
    try:
        told = json.loads(answer.body or b"{}")
    except ValueError as error:
        raise Declined(answer.status, {"code": "no_json", "detail": f"{url} is no page of this server"}) from error
    if answer.status >= 400:
        raise Declined(answer.status, told)
    return told
