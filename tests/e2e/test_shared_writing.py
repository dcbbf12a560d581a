"""One vignette, three people, real browsers, and what networks do: all letters arrive, once, on every screen."""

import asyncio
from collections.abc import Iterator

import pytest
from playwright.async_api import WebSocketRoute

from protocol.frames import Accepted
from server.core.workshop.commands import ClosePhase, OpenPhase
from tests.support.chromium import chromium
from tests.support.eventually import eventually
from tests.support.node import NodeProcess, node_processes
from tests.support.proxy import proxy
from tests.support.redis_server import RedisServer, own_redis
from tests.support.writers import FIELD, PATIENCE_MS, PATIENCE_S, Desk, all_enter, build_client, desk

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with own_redis(durable=True) as server:
        yield server


@pytest.fixture(scope="module")
def nodes(redis: RedisServer) -> Iterator[list[NodeProcess]]:
    build_client()
    with node_processes(redis.url, "n1", "n2") as both:
        yield both


@pytest.fixture
def node(nodes: list[NodeProcess]) -> NodeProcess:
    return nodes[0]


async def all_type(made: Desk, count: int) -> None:
    await asyncio.gather(*(writer.type(count) for writer in made.writers))


async def test_three_people_write_one_vignette_at_once(node: NodeProcess) -> None:
    async with chromium() as browser, desk(node.url, browser) as made:
        await all_enter(made)
        await all_type(made, 60)
        assert len(await made.all_equal()) == 180
        author, piet, _ = made.writers
        await piet.type(1)
        await eventually(lambda: author.page.locator(".co-name").count())
        await author.page.keyboard.press("Control+z")
        author.typed = ""
        text = await made.all_equal()
        assert len(text) == 121, "undo takes back what was written here, and nothing of the others"


async def test_letters_typed_in_the_aeroplane_and_before_a_reload_there_arrive_once(node: NodeProcess) -> None:
    async with chromium() as browser, desk(node.url, browser) as made:
        await all_enter(made)
        await all_type(made, 10)
        await made.all_equal()
        _, piet, _ = made.writers
        await piet.page.evaluate("navigator.serviceWorker.ready")
        await piet.page.reload()
        await piet.find("Ana")
        await piet.context.set_offline(True)
        await eventually(lambda: _says(made, "offline"), within_s=50)
        await all_type(made, 20)
        await piet.page.reload()
        await piet.find("Ana")
        assert piet.typed[-20:] in await piet.shown()
        await all_type(made, 20)
        await piet.context.set_offline(False)
        assert len(await made.all_equal()) == 150


async def _says(made: Desk, state: str) -> bool:
    return await made.writers[1].state() == state


async def test_a_server_killed_under_typing_loses_and_repeats_nothing(node: NodeProcess) -> None:
    async with chromium() as browser, desk(node.url, browser) as made:
        await all_enter(made)
        typing = asyncio.create_task(all_type(made, 80))
        await eventually(lambda: len(made.page.fields.get(FIELD, "")) > 30)
        await asyncio.to_thread(node.kill)
        assert not typing.done(), "they were to write on without a server"
        node.start()
        await asyncio.to_thread(node.wait_ready)
        await typing
        assert len(await made.all_equal()) == 240


async def test_redis_killed_under_typing_loses_nothing_and_the_browsers_say_what_waits(
    node: NodeProcess, redis: RedisServer
) -> None:
    async with chromium() as browser, desk(node.url, browser) as made:
        await all_enter(made)
        typing = asyncio.create_task(all_type(made, 80))
        await eventually(lambda: len(made.page.fields.get(FIELD, "")) > 30)
        await asyncio.to_thread(redis.kill)
        try:
            assert not typing.done(), "they were to write on without a store"
            await typing
            await eventually(lambda: _all_say(made, "saving", "offline", "connecting"), within_s=PATIENCE_S)
        finally:
            await asyncio.to_thread(redis.start)
        assert len(await made.all_equal()) == 240
        await eventually(lambda: _all_say(made, "saved", "back"), within_s=PATIENCE_S)


async def _all_say(made: Desk, *states: str) -> bool:
    return all([await writer.state() in states for writer in made.writers])


async def test_two_writers_on_two_nodes_write_one_text(nodes: list[NodeProcess]) -> None:
    one, two = nodes
    with proxy(one.port, two.port) as port:
        async with chromium() as browser, desk(f"http://127.0.0.1:{port}", browser) as made:
            author, piet, eva = made.writers
            author.address = author.address.replace(f":{port}", f":{one.port}")
            piet.address = piet.address.replace(f":{port}", f":{two.port}")
            await all_enter(made)
            await all_type(made, 60)
            assert len(await made.all_equal()) == 180
            await asyncio.to_thread(two.kill)
            try:
                await asyncio.gather(author.type(20), piet.type(20), eva.type(20))
            finally:
                two.start()
                await asyncio.to_thread(two.wait_ready)
            assert len(await made.all_equal()) == 240


async def test_a_phase_closed_under_typing_keeps_every_letter_and_takes_the_late_ones_when_it_opens_again(
    node: NodeProcess,
) -> None:
    async with chromium() as browser, desk(node.url, browser) as made:
        await all_enter(made)
        author, piet, eva = made.writers
        await all_type(made, 20)
        await made.all_equal()
        await piet.goes_offline()
        await piet.type(10)
        await asyncio.gather(author.type(20), eva.type(20))
        moderator = await made.workshop.staff()
        assert isinstance(await moderator.submit("", ClosePhase(made.phase)), Accepted)
        for writer in (author, eva):
            await writer.box.wait_for(state="detached", timeout=PATIENCE_MS)
        await eventually(lambda: len(made.page.fields[FIELD]) == 100)
        await piet.context.set_offline(False)
        await piet.box.wait_for(state="detached", timeout=PATIENCE_MS)
        assert len(made.page.fields[FIELD]) == 100, "what came too late is no part of a closed text"
        assert isinstance(await moderator.submit("", OpenPhase(made.phase)), Accepted)
        await asyncio.gather(author.find(""), piet.find("Ana"), eva.find("Ana"))
        assert len(await made.all_equal()) == 110


async def test_a_network_that_refuses_websockets_is_no_second_class(node: NodeProcess) -> None:
    refused: list[str] = []

    async def refuse(route: WebSocketRoute) -> None:
        refused.append(route.url)
        await route.close()

    async with chromium() as browser, desk(node.url, browser) as made:
        for writer in made.writers:
            await writer.context.route_web_socket(lambda _url: True, refuse)
        await all_enter(made)
        await all_type(made, 25)
        assert len(await made.all_equal()) == 75
        assert refused, "nobody tried a WebSocket"


async def test_composed_letters_survive_what_others_write_into_the_same_line(node: NodeProcess) -> None:
    async with chromium() as browser, desk(node.url, browser) as made:
        await all_enter(made)
        author, piet, eva = made.writers
        await author.type(5)
        await made.all_equal()
        composed = "čšžőűäöüß"
        keyboard = await author.keyboard_of_the_device()
        others = asyncio.gather(piet.type(60, 25), eva.type(60, 25))
        for letter in composed:
            for unfinished in ("´", letter):
                await keyboard.send(
                    "Input.imeSetComposition", {"text": unfinished, "selectionStart": 1, "selectionEnd": 1}
                )
            await keyboard.send("Input.insertText", {"text": letter})
        await others
        text = await made.all_equal()
        assert "".join(letter for letter in text if letter in composed + "´") == composed
        assert len(text) == 5 + len(composed) + 120


async def test_the_author_takes_a_suggestion_over_and_finds_the_earlier_words_again(node: NodeProcess) -> None:
    async with chromium() as browser, desk(node.url, browser) as made:
        await all_enter(made)
        author, piet, _ = made.writers
        await author.type(6)
        await made.all_equal()
        await piet.box.press("Control+a")
        await piet.page.get_by_role("button", name="Remark on the marked words").click()
        await piet.page.get_by_label("Or: write it like this").fill("it is early")
        await piet.page.get_by_role("button", name="Leave the remark").click()
        await author.page.get_by_role("button", name="Earlier versions").click()
        assert await author.page.locator(".moment").first.inner_text()
        await author.page.keyboard.press("Escape")
        await author.page.get_by_role("button", name="Take it over").click()
        await eventually(lambda: made.page.fields.get(FIELD) == "it is early")
        await author.box.press("Control+z")
        await eventually(lambda: made.page.fields.get(FIELD) == author.typed)
