"""Hands each update on to the others in the room by plain python-socketio, and keeps nothing."""

import asyncio
import socket

import socketio
import uvicorn
import uvloop


def relay() -> socketio.AsyncServer:
    """Two handlers, as anybody would write them first."""
    sio = socketio.AsyncServer(async_mode="asgi", serializer="msgpack", async_handlers=False)
    rooms: dict[str, str] = {}

    async def connect(_sid: str, _environ: object, _auth: object) -> None:
        """Everybody is welcome."""

    async def opened(sid: str, room: str) -> None:
        rooms[sid] = room
        await sio.enter_room(sid, room)

    async def update(sid: str, content: bytes) -> None:
        await sio.emit("update", content, to=rooms[sid], skip_sid=sid)

    sio.on("connect", connect)
    sio.on("open", opened)
    sio.on("update", update)
    return sio


async def serve() -> None:
    """Serve until killed."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    print(f"port {listener.getsockname()[1]}", flush=True)
    config = uvicorn.Config(socketio.ASGIApp(relay()), ws_per_message_deflate=False, log_level="warning")
    await uvicorn.Server(config).serve(sockets=[listener])


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())
