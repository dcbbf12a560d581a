"""One node from its settings to its first request, and from the last back to nothing."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import socketio
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from protocol.frames import Bye
from server.app.activities import all_activities, all_forgetters
from server.app.settings import Settings
from server.edge import figures, static
from server.edge.addresses import Addresses
from server.edge.bodies import BoundedBodies
from server.edge.channel import ChannelProtocol
from server.edge.http import Pages
from server.edge.socket import Door, Rooms, socket_server
from server.jobs.retention import Retention
from server.paths.loading import bundled
from server.runtime.node import Node
from server.store.embedded import embedded_redis
from server.store.opened import Store, open_store

GRACE_S = 3

LOOPBACK = "127.0.0.1"
"""A proxy on the same machine may say by which scheme it was asked."""


class Serving:
    """A node with its HTTP and socket side, not yet listening."""

    def __init__(self, settings: Settings, store: Store) -> None:
        sio = socket_server()
        self._rooms = Rooms(sio)
        self.node = Node(settings.node, store, all_activities(), self._rooms, all_forgetters())
        self.door = Door(sio, self.node, self._rooms)
        self.retention = Retention(store, all_activities())
        addresses = Addresses(settings.public_url, settings.network_url)
        pages = Pages(self.node, bundled, addresses, open_creation=settings.open_creation)
        web = Starlette(
            routes=[*pages.routes(), *static.routes()],
            middleware=[Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=6)],
        )
        self.app: ASGIApp = BoundedBodies(socketio.ASGIApp(sio, web))
        figures.watch(self.node)

    async def run(self) -> None:
        """Everything that goes on by itself, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.node.run())
            tasks.create_task(self.retention.run())


class Listener(uvicorn.Server):
    """uvicorn that tells when it listens, and says goodbye to every browser before it stops."""

    def __init__(self, config: uvicorn.Config, serving: Serving) -> None:
        super().__init__(config)
        self._serving = serving
        self.listening = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the command line's: uvicorn would take them, and `serve` would wait for ever."""
        yield

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        self.listening.set()

    async def shutdown(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await self._serving.door.send_all_away(Bye("leaving", "retry", "the server is restarting"))
        await super().shutdown(sockets)  # type: ignore[arg-type]


@asynccontextmanager
async def redis_of(settings: Settings) -> AsyncIterator[str]:
    """The Redis of the settings, or a private one in the data folder that lives as long as we do."""
    if settings.redis_url:
        yield settings.redis_url
    else:
        async with embedded_redis(settings.data) as url:
            yield url


@asynccontextmanager
async def serving(settings: Settings, redis_url: str) -> AsyncIterator[tuple[Serving, Listener]]:
    """A node that listens. Leaving the context stops it, browsers told."""
    async with open_store(redis_url) as store:
        node = Serving(settings, store)
        config = uvicorn.Config(
            node.app,
            host=settings.host,
            port=settings.port,
            loop="none",
            http="httptools",
            ws=ChannelProtocol,
            ws_per_message_deflate=False,
            ws_ping_interval=None,
            lifespan="off",
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=GRACE_S,
            timeout_keep_alive=30,
            backlog=4096,
            server_header=False,
            forwarded_allow_ips=settings.proxy or LOOPBACK,
        )
        listener = Listener(config, node)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(node.run())
            listening = tasks.create_task(listener.serve())
            listening.add_done_callback(lambda _: running.cancel())
            await _either(listening, listener.listening)
            try:
                yield node, listener
            finally:
                listener.should_exit = True
                with contextlib.suppress(asyncio.CancelledError):
                    await running


async def _either(ended: asyncio.Task[None], happened: asyncio.Event) -> None:
    """Wait until it happened, or until it cannot happen any more."""
    waiting = asyncio.ensure_future(happened.wait())
    await asyncio.wait((ended, waiting), return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if ended.done():
        ended.result()
