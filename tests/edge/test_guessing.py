"""Guessing is slow however many guess and whatever they call themselves; a school that mistypes does not notice it."""

import asyncio
import random
import time
from collections.abc import Iterator

import httpx
import pytest

from server.store.attempts import JOIN_CODES, WINDOW_MS
from server.store.codes import LETTERS, PIN_TRIES, PIN_WHICH
from tests.support.eventually import eventually
from tests.support.house import House
from tests.support.node import NodeProcess, node_processes
from tests.support.workshop import OpenWorkshop

SCHOOL = 200
MISTYPES = 0.25
NOTICED_S = 2.0
GUESSERS = 400
GUESSING_S = 5


@pytest.fixture
def node(redis_url: str) -> Iterator[NodeProcess]:
    with node_processes(redis_url, "n1") as (node,):
        yield node


async def asked(http: httpx.AsyncClient, path: str, device: str) -> httpx.Response:
    return await http.get(path, headers={"X-Device": device} if device else {})


async def test_a_school_of_two_hundred_behind_one_address_that_mistypes_is_not_held_up(node: NodeProcess) -> None:
    """SPEC S4, S5."""
    dice = random.Random(7)
    async with (
        await OpenWorkshop.on(node.url) as room,
        httpx.AsyncClient(base_url=node.url, timeout=60, limits=httpx.Limits(max_connections=SCHOOL)) as http,
    ):
        waits: list[float] = []

        async def comes_in(number: int) -> None:
            # A third has browsers that keep no name; some mistype twice.
            device = f"phone-of-{number:03}" if number % 3 else ""
            await asyncio.sleep(dice.random() * 5)
            while dice.random() < MISTYPES:
                wrong = room.code[:-1] + dice.choice(LETTERS.replace(room.code[-1], ""))
                began = time.monotonic()
                assert (await asked(http, f"/api/join/{wrong}", device)).status_code in (404, 200)
                waits.append(time.monotonic() - began)
            began = time.monotonic()
            invited = await asked(http, f"/api/join/{room.code}", device)
            waits.append(time.monotonic() - began)
            assert invited.status_code == 200

        await asyncio.gather(*map(comes_in, range(SCHOOL)))
        assert max(waits) < NOTICED_S


async def test_whoever_guesses_with_many_clients_and_ever_new_names_gets_no_more_tries_than_the_budget(
    node: NodeProcess,
) -> None:
    """SPEC S5."""
    answers: list[bytes] = []
    open_writers: list[asyncio.StreamWriter] = []
    began = time.monotonic()

    async def guesser(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", node.port)
        open_writers.append(writer)
        while True:
            code, name = "".join(random.choices(LETTERS, k=6)), f"d-{number}-{len(answers)}"
            writer.write(f"GET /api/join/{code} HTTP/1.1\r\nHost: h\r\nX-Device: {name}\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            answers.append(head[9:12])
            await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0]))

    async with await OpenWorkshop.on(node.url) as room, asyncio.TaskGroup() as guessers:
        guessing = [guessers.create_task(guesser(number)) for number in range(GUESSERS)]
        await asyncio.sleep(GUESSING_S)
        for one in guessing:
            one.cancel()
        windows = 2 + int((time.monotonic() - began) * 1000 / WINDOW_MS)
        assert set(answers) <= {b"404", b"429"}
        assert answers.count(b"404") <= windows * (JOIN_CODES.free + JOIN_CODES.per_s * WINDOW_MS // 1000)

        async def comes_in() -> bool:
            async with httpx.AsyncClient() as http:
                return (await http.get(f"{node.url}/api/join/{room.code}", timeout=30)).status_code == 200

        await eventually(comes_in, within_s=15)
    for writer in open_writers:
        writer.close()
        await writer.wait_closed()


async def test_no_number_of_clients_gets_more_than_five_tries_of_one_pin(house: House) -> None:
    """SPEC S3, S5."""
    seat = await house.join("Ana")
    pin = (await house.http.post("/api/pin", headers=house.as_seat(seat["token"]))).json()["pin"]
    which = pin[:PIN_WHICH]
    async with httpx.AsyncClient(base_url=house.url, timeout=60) as http:

        async def guesser(number: int) -> httpx.Response:
            body = {"code": house.code, "pin": f"{which}{number:05}"}
            return await http.post("/api/seat", json=body, headers={"X-Device": f"guesser-{number}"})

        wrong = [number for number in range(100) if f"{number:05}" != pin[PIN_WHICH:]]
        statuses = {answer.status_code for answer in await asyncio.gather(*map(guesser, wrong))}
        assert statuses == {404}
        # Its few tries are spent: even the right one opens nothing, and its owner makes a new one.
        assert (await guesser(int(pin[PIN_WHICH:]))).status_code == 404
        again = (await house.http.post("/api/pin", headers=house.as_seat(seat["token"]))).json()["pin"]
        taken = await http.post("/api/seat", json={"code": house.code, "pin": again})
        assert taken.json()["person"] == seat["person"]
        assert len(wrong) > PIN_TRIES


async def test_who_has_no_name_does_not_wait_for_others_without_one(house: House) -> None:
    """SPEC S4."""
    for _ in range(12):
        await house.http.get("/api/join/NOSUCH")
    began = time.monotonic()
    assert (await house.http.get(f"/api/join/{house.code}")).status_code == 200
    assert time.monotonic() - began < 0.2


async def test_one_device_is_slowed_by_its_own_mistakes_until_it_is_right(house: House) -> None:
    """SPEC S4."""
    attempts = house.serving.node.store.attempts
    for _ in range(5):
        await asked(house.http, "/api/join/NOSUCH", "guesser-1")
    assert await attempts.delay_ms("code:device:guesser-1") == 250
    assert await attempts.delay_ms("code:device:guesser-2") == 0
    await asked(house.http, f"/api/join/{house.code}", "guesser-1")
    assert await attempts.delay_ms("code:device:guesser-1") == 0
