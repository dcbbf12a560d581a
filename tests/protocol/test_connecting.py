"""Coming in, being turned away, and going: over a WebSocket and over long polling."""

import asyncio
from pathlib import Path

import httpx
import msgpack
import pytest
from websockets.asyncio.client import connect

from server.core.messages import WorkshopId
from server.edge import admission, socket
from server.edge.admission import FRAMES_PER_S
from server.edge.socket import socket_server
from tests.support.eventually import eventually
from tests.support.house import House, open_house
from tests.support.stranger import OverPolling, opened, seated
from tests.support.vectors import vectors_of

POLLING = pytest.mark.parametrize("polling", [False, True], ids=["websocket", "polling"])


@POLLING
async def test_whoever_has_a_seat_is_let_in_and_told_who_they_are(house: House, polling: bool) -> None:
    """SPEC T1, T2, T3, H1, H2, H3."""
    seat = await house.join("Ana")
    async with opened(house.url, polling=polling) as stranger:
        await stranger.hello(seat["token"], "stranger-1")
        welcome = await stranger.hears("welcome")
        await stranger.hears("views")
        assert [event for event, _ in stranger.heard][:3] == ["connect", "welcome", "views"]
        assert welcome["you"] == {"role": "person", "id": seat["person"]}
        assert welcome["workshop"] == house.workshop
        assert welcome["v"] == 1
        assert "accepted" not in welcome
        assert (await stranger.wish(3, {"type": "SignalDone"}))["t"] == "ok"
    async with opened(house.url, polling=polling) as stranger:
        await stranger.hello(seat["token"], "stranger-1")
        assert (await stranger.hears("welcome"))["accepted"] == [3]


async def test_the_opening_names_the_rhythm_of_pings(house: House) -> None:
    """SPEC T2, T4: `tests/edge/test_channel.py` shows that a device which answers none is noticed."""
    async with opened(house.url) as stranger:
        assert stranger.opening["pingInterval"] == 20_000
        assert stranger.opening["pingTimeout"] == 20_000
    assert socket_server().eio.ping_timeout == 20


async def test_a_seat_is_the_same_on_every_connection(house: House) -> None:
    """SPEC T5: nothing but the token ties a seat to a connection; `tests/deploy` does this with two servers."""
    seat = await house.join("Ana")
    async with (
        seated(house.url, seat["token"], "phone-001") as phone,
        seated(house.url, seat["token"], "laptop-01") as other,
    ):
        assert phone.views == other.views


@pytest.mark.parametrize(
    ("hello", "code"),
    [
        ({"v": 1, "token": "x" * 24, "device": "stranger-1"}, "unknown_seat"),
        ({"v": 1, "token": "short", "device": "stranger-1"}, "bad_hello"),
        ({"v": 1, "token": "x" * 24, "device": "stranger-1", "more": 1}, "bad_hello"),
        ({"v": 0, "token": "x" * 24, "device": "stranger-1"}, "too_old"),
        (None, "bad_hello"),
    ],
)
async def test_what_is_wrong_with_a_hello_is_told(house: House, hello: object, code: str) -> None:
    """SPEC H4, H5, B1."""
    async with opened(house.url) as stranger:
        await stranger.send({"type": 0, "nsp": "/", "data": hello})
        bye = await stranger.hears("bye")
        assert (bye["code"], bye["then"]) == (code, "stop")
        await stranger.has_ended()
        assert stranger.heard[-1][0] == "bye"


async def test_a_newer_client_is_let_in(house: House) -> None:
    """SPEC H4."""
    seat = await house.join("Ana")
    async with opened(house.url) as stranger:
        await stranger.send({"type": 0, "nsp": "/", "data": {"v": 2, "token": seat["token"], "device": "stranger-1"}})
        assert (await stranger.hears("welcome"))["v"] == 1


async def test_a_server_that_stops_says_come_back(house: House) -> None:
    """SPEC B2."""
    seat = await house.join("Ana")
    async with seated(house.url, seat["token"]) as stranger:
        await house.stop()
        assert (await stranger.hears("bye")) == {
            "code": "leaving",
            "then": "retry",
            "detail": "the server is restarting",
        }


async def test_keys_come_in_any_order_and_a_nil_id_is_none(house: House) -> None:
    """SPEC P1, P2."""
    seat = await house.join("Ana")
    async with seated(house.url, seat["token"]) as stranger:
        await stranger.send({"data": ["here", {"visible": True}], "id": None, "type": 2, "nsp": "/"})
        assert await stranger.acknowledged("here", {"visible": True}) == []
        assert stranger.acknowledgements == [[]]


async def test_a_post_of_many_messages_is_read_whole(house: House) -> None:
    """SPEC L2."""
    seat = await house.join("Ana")
    async with opened(house.url, polling=True) as stranger:
        await stranger.hello(seat["token"], "stranger-1")
        await stranger.hears("views")
        transport = stranger.transport
        assert isinstance(transport, OverPolling)
        packets = [{"type": 2, "nsp": "/", "id": n, "data": ["time", {"t0_ms": n}]} for n in range(150)]
        answered = asyncio.gather(*(stranger.expect(n) for n in range(150)))
        assert (await transport.send_all([msgpack.packb(one) for one in packets])).status_code == 200
        assert [data[0]["t0_ms"] for data in await answered] == list(range(150))
        too_long = await transport.send_text("b" * 1_100_000)
        assert too_long.status_code == 400


async def test_frames_beyond_a_seats_share_wait_their_turn(house: House) -> None:
    """SPEC L3, C8: none is refused, and none overtakes another."""
    seat = await house.join("Ana")
    async with seated(house.url, seat["token"]) as stranger:
        asked = [stranger.ask("time", t0_ms=n) for n in range(210)]
        loop = asyncio.get_running_loop()
        began = loop.time()
        answers = await asyncio.gather(*asked)
        assert [answer["t0_ms"] for answer in answers] == list(range(210))
        assert loop.time() - began > 0.1


async def test_whoever_comes_back_has_no_more_frames_than_before(house: House) -> None:
    """SPEC L3: the share is the seat's, on all its devices and connections."""
    seat = await house.join("Ana")
    loop = asyncio.get_running_loop()
    async with seated(house.url, seat["token"]) as stranger:
        await asyncio.gather(*(stranger.ask("time", t0_ms=n) for n in range(200)))
    async with (
        seated(house.url, seat["token"]) as again,
        seated(house.url, seat["token"], "stranger-2") as tablet,
        seated(house.url, (await house.join("Bor"))["token"], "stranger-3") as other,
    ):
        began = loop.time()
        await asyncio.gather(*(device.ask("time", t0_ms=n) for device in (again, tablet) for n in range(30)))
        assert loop.time() - began > 60 / FRAMES_PER_S - 0.5
        began = loop.time()
        await asyncio.gather(*(other.ask("time", t0_ms=n) for n in range(60)))
        assert loop.time() - began < 0.5, "another seat waited for this one"


@POLLING
async def test_nobody_is_disconnected_while_their_frames_wait(
    redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, polling: bool
) -> None:
    """SPEC L3, T4: the answer to a ping lies behind the frames that wait."""
    monkeypatch.setattr(admission, "FRAMES_PER_S", 20.0)
    monkeypatch.setattr(admission, "FRAMES_AT_ONCE", 10)
    monkeypatch.setattr(socket, "PING_EVERY_S", 1)
    monkeypatch.setattr(socket, "PING_PATIENCE_S", 1)
    async with open_house(redis_url, tmp_path) as house:
        seat = await house.join("Ana")
        async with opened(house.url, polling=polling) as stranger:
            await stranger.hello(seat["token"], "stranger-1")
            await stranger.hears("views")
            packets = [{"type": 2, "nsp": "/", "id": n, "data": ["time", {"t0_ms": n}]} for n in range(110)]
            answered = asyncio.gather(*(stranger.expect(n) for n in range(110)))
            if isinstance(stranger.transport, OverPolling):
                await stranger.transport.send_all([msgpack.packb(one) for one in packets])
            else:
                for packet in packets:
                    await stranger.send(packet)
            answers = await asyncio.wait_for(answered, 20)
            assert [data[0]["t0_ms"] for data in answers] == list(range(110))
            assert not stranger.ended.is_set()


async def test_a_frame_that_is_too_big_is_refused_and_the_connection_stays(house: House) -> None:
    """SPEC L1."""
    seat = await house.join("Ana")
    async with seated(house.url, seat["token"]) as stranger:
        refused = await stranger.ask("update", page="a/b", u=b"x" * 262_144)
        assert refused["code"] == "too_big"
        assert (await stranger.ask("time", t0_ms=1))["t"] == "time"


async def test_a_frame_that_is_not_its_struct_is_refused_and_nothing_else_happens(house: House) -> None:
    """SPEC A1, A4, P4."""
    seat = await house.join("Ana")
    async with seated(house.url, seat["token"]) as stranger:
        for vector in vectors_of("refused.json"):
            frame = msgpack.unpackb(bytes.fromhex(vector["hex"]))
            (answer,) = await stranger.acknowledged(vector["event"], frame)
            assert (answer["t"], answer["code"]) == ("no", vector["code"]), vector["name"]
        assert (await stranger.ask("time", t0_ms=1))["t"] == "time"


async def test_an_observer_and_a_projector_see_the_same(house: House) -> None:
    """SPEC V7, E1: they have no part in what only people and staff see."""
    async with (
        seated(house.url, house.links["observer"]) as observer,
        seated(house.url, house.links["screen"]) as screen,
    ):
        assert observer.views == screen.views
        assert {audience for audience, _ in screen.views} == {"room", "screen"}


async def test_a_browser_of_another_site_is_kept_out(house: House) -> None:
    """SPEC T1: a client that is no browser sends no Origin."""
    async with httpx.AsyncClient(base_url=house.url, headers={"Origin": "https://elsewhere.example"}) as http:
        answer = await http.get("/socket.io/", params={"EIO": "4", "transport": "polling"})
        assert answer.status_code == 400


async def test_bytes_that_are_no_packet_are_passed_over(house: House) -> None:
    """SPEC P5."""
    seat = await house.join("Ana")
    async with seated(house.url, seat["token"]) as stranger:
        for vector in vectors_of("broken.json"):
            await stranger.send_bytes(bytes.fromhex(vector["hex"]))
        assert (await stranger.ask("time", t0_ms=1))["t"] == "time"


async def test_a_connection_that_ends_is_forgotten(house: House) -> None:
    """SPEC D9."""
    seat = await house.join("Ana")
    address = f"{house.url.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket"
    async with connect(address) as socket:
        await socket.recv()
        hello = {"v": 1, "token": seat["token"], "device": "stranger-1"}
        await socket.send(msgpack.packb({"type": 0, "nsp": "/", "data": hello}))
        await socket.recv()
    live = house.serving.node.live[WorkshopId(house.workshop)]
    await eventually(lambda: not live.screens.attendance.connections)
