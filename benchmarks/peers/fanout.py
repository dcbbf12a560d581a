"""Sends a view of 400 bytes to a whole room at each `move`, by stock python-socketio or by our outbox."""

import argparse
import asyncio
import socket

import msgspec
import socketio
import uvicorn

from server.edge.channel import ChannelProtocol, ChannelServer
from server.edge.outbox import Outbox

VIEW = {"phase": 2, "step": "wheel", "words": "x" * 360}
ROOM = "room"


def stock() -> socketio.AsyncServer:
    """python-socketio as its documentation shows it."""
    sio = socketio.AsyncServer(async_mode="asgi", serializer="msgpack")

    async def connect(sid: str, _environ: object, _auth: object) -> None:
        await sio.enter_room(sid, ROOM)

    async def move(_sid: str) -> None:
        await sio.emit("view", VIEW, to=ROOM)

    sio.on("connect", connect)
    sio.on("move", move)
    return sio


def direct() -> socketio.AsyncServer:
    """The same by the outbox."""
    sio = ChannelServer(async_mode="asgi", serializer="msgpack", async_handlers=False)
    outbox = Outbox(sio)
    view = msgspec.Raw(msgspec.msgpack.encode(VIEW))

    async def connect(sid: str, _environ: object, _auth: object) -> None:
        await sio.enter_room(sid, ROOM)

    async def move(_sid: str) -> None:
        outbox.send(outbox.members(ROOM), "view", view)

    sio.on("connect", connect)
    sio.on("move", move)
    return sio


async def serve(way: str, ws: str) -> None:
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    print(f"port {listener.getsockname()[1]}", flush=True)
    app = socketio.ASGIApp(direct() if way == "direct" else stock())
    config = uvicorn.Config(
        app,
        ws=ChannelProtocol if way == "direct" else ws,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        log_level="warning",
        access_log=False,
    )
    await uvicorn.Server(config).serve(sockets=[listener])


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("way", choices=["stock", "direct"])
    arguments.add_argument("--ws", default="auto")
    arguments.add_argument("--loop", default="uvloop")
    given = arguments.parse_args()
    if given.loop == "uvloop":
        import uvloop

        uvloop.run(serve(given.way, given.ws))
    else:
        asyncio.run(serve(given.way, given.ws))
