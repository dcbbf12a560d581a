"""One vignette, three people, real browsers, and what networks do: all letters arrive, once, on every screen."""

import asyncio
from collections.abc import Iterator

import pytest
from playwright.async_api import WebSocketRoute

from tests.support.chromium import chromium
from tests.support.eventually import eventually
from tests.support.node import NodeProcess, node_processes
from tests.support.redis_server import RedisServer
from tests.support.writers import FIELD, Desk, all_enter, build_client, desk

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def node() -> Iterator[NodeProcess]:
    build_client()
    redis = RedisServer(durable=True)
    redis.start()
    try:
        with node_processes(redis.url, "n1") as (one,):
            yield one
    finally:
        redis.remove()


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
