"""Real Yjs clients in Node: what they hold, and whether the server holds the same to the byte."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from protocol.frames import Open, Opened
from server.core.messages import PageId
from server.rehearsal.device import Device
from server.store.document_state import text_fields

FIELD = "situation"
PEER = Path(__file__).parents[1] / "interop/peer.mjs"


class Peer:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ask(self, what: str, **more: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, **more}).encode() + b"\n")
        answer: dict[str, Any] = json.loads(await asyncio.wait_for(self._process.stdout.readline(), 10))
        return answer


@asynccontextmanager
async def peer(url: str, token: str, page: PageId, seed: int) -> AsyncIterator[Peer]:
    node = shutil.which("node")
    assert node is not None, "this test needs Node.js"
    process = await asyncio.create_subprocess_exec(
        node,
        str(PEER),
        url,
        token,
        page,
        FIELD,
        str(seed),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**22,
    )
    try:
        yield Peer(process)
    finally:
        process.kill()
        await process.communicate()


async def stored(device: Device, page: PageId) -> bytes:
    """The whole page as the server hands it to somebody who has nothing yet."""
    opened = await device.ask_until("open", Open(page), Opened)
    assert isinstance(opened, Opened)
    return opened.update


async def converged(peers: Sequence[Peer], device: Device, page: PageId) -> str:
    state = await stored(device, page)
    looks = await asyncio.gather(*(one.ask("look", state=state.hex()) for one in peers))
    for look in looks:
        assert look["settled"]
        assert look["text"] == text_fields(state).get(FIELD, "")
        assert look["mine"] == look["theirs"]
    return str(looks[0]["text"])
