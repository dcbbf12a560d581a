"""No request fills the memory: a body is counted while it arrives, and refused as soon as it is too long."""

import contextlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import msgspec

from server.edge.answers import MAX_BODY_BYTES, Told

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

_REFUSAL = msgspec.json.encode(Told("too_big", f"at most {MAX_BODY_BYTES} bytes"))


class _TooBig(Exception):  # noqa: N818 - ends one request, and is never seen outside this module
    pass


class BoundedBodies:
    """In front of everything that reads a request, also of long polling; what a header announces is not waited for."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _announced(scope) > MAX_BODY_BYTES:
            await _refuse(send)
        else:
            await self._counted(scope, receive, send)

    async def _counted(self, scope: Message, receive: Receive, send: Send) -> None:
        read = 0
        begun = False

        async def counting() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MAX_BODY_BYTES:
                raise _TooBig
            return message

        async def answering(message: Message) -> None:
            nonlocal begun
            # Whoever reads the body may answer our interruption as a defect; that is not the answer.
            if read <= MAX_BODY_BYTES or begun:
                begun = True
                await send(message)

        with contextlib.suppress(_TooBig):
            await self._app(scope, counting, answering)
        if read > MAX_BODY_BYTES and not begun:
            await _refuse(send)


def _announced(scope: Message) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


async def _refuse(send: Send) -> None:
    """The rest of the body is not read, so the connection cannot be used again."""
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": _REFUSAL})
