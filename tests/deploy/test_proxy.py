"""The proxy of the compose file keeps every browser on its node, and finds another when that one is gone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from tests.support.eventually import eventually
from tests.support.proxy import SETTINGS, find_haproxy, proxy

PEOPLE = 12


class Node:
    """Says its name on every page, echoes on a WebSocket, and is ready or alive as the test wishes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.ready = True
        self.port = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Node"]:
        app = web.Application()
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/healthz", self._page)
        app.router.add_get("/socket", self._socket)
        app.router.add_get("/scheme", self._scheme)
        app.router.add_get("/", self._page)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port)
        await site.start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _readyz(self, _: web.Request) -> web.Response:
        return web.Response(status=200 if self.ready else 503)

    async def _page(self, _: web.Request) -> web.Response:
        return web.Response(text=self.name)

    async def _scheme(self, request: web.Request) -> web.Response:
        return web.Response(text=request.headers.get("X-Forwarded-Proto", ""))

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            await socket.send_str(f"{self.name}: {message.data}")
        return socket


class Room:
    """Two nodes, the proxy before them, and browsers that each keep their own cookies."""

    def __init__(self, node1: Node, node2: Node, door: str, stack: AsyncExitStack) -> None:
        self.nodes = {node.name: node for node in (node1, node2)}
        self.door = door
        self._stack = stack

    async def browser(self) -> aiohttp.ClientSession:
        jar = aiohttp.CookieJar(unsafe=True)
        return await self._stack.enter_async_context(aiohttp.ClientSession(self.door, cookie_jar=jar))

    async def node_of(self, browser: aiohttp.ClientSession) -> str:
        async with browser.get("/") as answer:
            return await answer.text() if answer.status == 200 else ""


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    async with AsyncExitStack() as stack:
        node1 = await stack.enter_async_context(Node("node1").running())
        node2 = await stack.enter_async_context(Node("node2").running())
        port = stack.enter_context(proxy(node1.port, node2.port))
        yield Room(node1, node2, f"http://127.0.0.1:{port}", stack)


async def test_browsers_of_one_address_share_both_nodes_and_each_stays_where_it_began(room: Room) -> None:
    browsers = [await room.browser() for _ in range(PEOPLE)]
    first = [await room.node_of(browser) for browser in browsers]
    assert set(first) == {"node1", "node2"}
    for _ in range(3):
        assert [await room.node_of(browser) for browser in browsers] == first


async def test_a_websocket_goes_where_the_pages_of_its_browser_came_from(room: Room) -> None:
    for browser in [await room.browser() for _ in range(PEOPLE)]:
        node = await room.node_of(browser)
        async with browser.ws_connect("/socket") as socket:
            await socket.send_str("hello")
            assert await socket.receive_str() == f"{node}: hello"


async def test_the_cookie_is_hidden_from_scripts_and_tells_no_address(room: Room) -> None:
    browser = await room.browser()
    async with browser.get("/") as answer:
        cookie = answer.cookies["NODE"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie.value == await answer.text()


async def test_the_nodes_are_told_by_which_scheme_they_were_asked(room: Room) -> None:
    browser = await room.browser()
    for told, heard in (({}, "http"), ({"X-Forwarded-Proto": "https"}, "https")):
        async with browser.get("/scheme", headers=told) as answer:
            assert await answer.text() == heard


async def cut(socket: aiohttp.ClientWebSocketResponse) -> None:
    """Returns when the proxy has ended this socket."""
    async with asyncio.timeout(10):
        assert (await socket.receive()).type in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}


async def test_a_node_that_is_not_ready_gets_no_new_browser_and_its_sockets_move(room: Room) -> None:
    browser = await room.browser()
    node = await room.node_of(browser)
    async with browser.ws_connect("/socket") as socket:
        room.nodes[node].ready = False
        await cut(socket)
    other = await room.node_of(browser)
    assert other in set(room.nodes) - {node}
    for _ in range(PEOPLE):
        assert await room.node_of(await room.browser()) == other


async def test_while_redis_is_away_every_browser_is_still_answered_by_its_own_node(room: Room) -> None:
    browsers = [await room.browser() for _ in range(PEOPLE)]
    before = [await room.node_of(browser) for browser in browsers]
    sockets = [await browsers[before.index(name)].ws_connect("/socket") for name in room.nodes]
    for node in room.nodes.values():
        node.ready = False
    for socket in sockets:
        await cut(socket)
    assert [await room.node_of(browser) for browser in browsers] == before


async def test_with_no_node_at_all_the_proxy_says_so_itself_and_takes_in_the_first_that_comes() -> None:
    node = Node("node1")
    async with node.running():
        pass
    with proxy(node.port, 1) as port:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as browser:

            async def status() -> int:
                async with browser.get("/") as answer:
                    return answer.status

            async def refused() -> bool:
                return await status() == 503

            async def served() -> bool:
                return await status() == 200

            await eventually(refused, within_s=10)
            async with node.running():
                await eventually(served, within_s=10)


async def test_the_settings_are_valid_without_a_warning() -> None:
    process = await asyncio.create_subprocess_exec(
        find_haproxy(),
        *("-c", "-f", SETTINGS),
        env={"BIND": "127.0.0.1:8000", "NODE1": "127.0.0.1:8001", "NODE2": "127.0.0.1:8002"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    assert b"WARNING" not in said
