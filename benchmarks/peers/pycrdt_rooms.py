"""pycrdt-websocket as its documentation shows it, under uvicorn, in memory."""

import asyncio
import socket

import uvicorn
import uvloop
from pycrdt.websocket import ASGIServer, WebsocketServer


async def serve() -> None:
    """Serve until killed."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    print(f"port {listener.getsockname()[1]}", flush=True)
    rooms = WebsocketServer()
    config = uvicorn.Config(ASGIServer(rooms), ws_per_message_deflate=False, log_level="warning", lifespan="off")
    async with rooms:
        await uvicorn.Server(config).serve(sockets=[listener])


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())
