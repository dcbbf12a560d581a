"""Whatever comes through the door: refused with a code, and connection and state are as they were."""

import asyncio
from typing import Any

import msgspec
import pytest

from protocol.frames import MAX_FRAME_BYTES, Accepted, RefusedFrame, Saved, Update
from server.activities.arrival.messages import ConfirmAgreement
from server.core.messages import PageId, PhaseId
from server.core.workshop.commands import ChangeLife, MoveRoom, SignalDone
from server.core.workshop.people_commands import LeaveForGood
from server.rehearsal.device import Device, Ended, HeldPage, answer_of
from server.rehearsal.web import Declined, ask, request
from server.rehearsal.wire import ACK, CONNECT, DISCONNECT, EVENT, Transport, dial
from server.store.document_state import seed_update
from tests.support.eventually import eventually
from tests.support.node import running_node
from tests.support.workshop import OpenWorkshop, move

ARRIVAL = PhaseId("arrival")


async def refusal(device: Device, event: str, frame: object) -> str:
    """The code with which a frame is refused; the connection must be the one that it was."""
    connections = device.connections
    answer = answer_of(await device.ask_once(event, frame), Accepted)
    assert isinstance(answer, RefusedFrame)
    assert device.connections == connections
    assert await device.server_ms() > 0
    return answer.code


def command(**fields: object) -> dict[str, object]:
    return {"device": "12345678", "n": 1, "scope": "", "body": {"type": "SignalDone"}, **fields}


MALFORMED = {
    "not a map": 7,
    "an empty map": {},
    "an unknown key": command(extra=1),
    "a number below 1": command(n=0),
    "a number that is text": command(n="1"),
    "a device with a space": command(device="1234 5678"),
    "a scope that is no name": command(scope="../x"),
    "a list": [1, 2, 3],
    "nothing": None,
}


@pytest.mark.parametrize("what", sorted(MALFORMED))
async def test_a_malformed_command_is_refused(redis_url: str, what: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        _, ana = await workshop.seat()
        assert await refusal(ana, "command", MALFORMED[what]) == "bad_frame"


async def test_what_nobody_understands_is_refused_and_the_next_wish_is_heard(redis_url: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        _, ana = await workshop.seat()
        assert await refusal(ana, "command", command(body={"type": "Conquer"})) == "unknown_command"
        assert await refusal(ana, "command", command(body={"type": "SignalDone", "extra": 1})) == "unknown_command"
        assert await refusal(ana, "command", command(body=b"\xff")) == "unknown_command"
        assert await refusal(ana, "command", command(scope="nowhere")) == "no_such_phase"
        assert await refusal(ana, "conquer", {}) == "unknown_command"
        assert isinstance(await ana.submit("", SignalDone()), Accepted)


async def test_an_oversized_frame_is_refused_and_the_connection_kept(redis_url: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        moderator = await workshop.staff()
        await moderator.submit("", move(moderator, ARRIVAL))
        who, ana = await workshop.seat()
        update = Update(f"{ARRIVAL}/aim/{who}", seed_update({"text": "x" * MAX_FRAME_BYTES}))
        assert await refusal(ana, "update", update) == "too_big"


async def test_bytes_that_are_no_update_and_no_vector_are_refused(redis_url: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        moderator = await workshop.staff()
        await moderator.submit("", move(moderator, ARRIVAL))
        who, ana = await workshop.seat()
        page = f"{ARRIVAL}/aim/{who}"
        assert await refusal(ana, "update", {"page": page, "u": b"\xff\xff\xff"}) == "bad_frame"
        assert await refusal(ana, "update", {"page": page, "u": "text"}) == "bad_frame"
        assert await refusal(ana, "open", {"page": page, "vector": b"\xff\xff"}) == "bad_frame"
        assert await refusal(ana, "open", {"page": "../../etc/passwd"}) in ("bad_frame", "not_your_page")
        assert isinstance(await ana.write(PageId(page), "text", "An honest word."), Saved)


async def test_a_moderators_wish_from_a_participant_is_refused(redis_url: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        (_, ana), (other, _) = await workshop.seat("Ana"), await workshop.seat("Bor")
        before = dict(ana.views[("room", "")].body)
        refused = [
            await ana.submit("", MoveRoom(ARRIVAL, None)),
            await ana.submit("", ChangeLife("closed")),
            await ana.submit("", LeaveForGood(other)),
            await ana.submit("", SignalDone(), person=other),
        ]
        codes = [answer.code for answer in refused if isinstance(answer, RefusedFrame)]
        assert codes == ["not_allowed", "not_allowed", "not_yours", "not_yours"]
        assert (
            await refusal(ana, "ask", {"scope": "", "body": {"type": "PreviewMove", "phase": "arrival"}})
            == "not_allowed"
        )
        assert ana.views[("room", "")].body == before


async def test_the_projector_can_wish_nothing(redis_url: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        screen = await workshop.staff("screen")
        assert isinstance(await screen.submit("", MoveRoom(ARRIVAL, None)), RefusedFrame)
        assert isinstance(await screen.submit(ARRIVAL, ConfirmAgreement()), RefusedFrame)


async def test_a_page_that_is_not_mine_is_neither_read_nor_written(redis_url: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        moderator = await workshop.staff()
        await moderator.submit("", move(moderator, ARRIVAL))
        (who, ana), (_, bor) = await workshop.seat("Ana"), await workshop.seat("Bor")
        page = PageId(f"{ARRIVAL}/aim/{who}")
        assert isinstance(await ana.open(page), HeldPage)
        await ana.write(page, "text", "For my eyes.")
        for stranger in (bor, moderator):
            opened, written = await stranger.open(page), await stranger.write(page, "text", "I was here.")
            assert isinstance(opened, RefusedFrame)
            assert isinstance(written, RefusedFrame)
            assert (opened.code, written.code) == ("not_your_page", "read_only")
        assert ana.pages[page].fields == {"text": "For my eyes."}


@pytest.mark.parametrize(
    ("hello", "code"),
    [
        ({"v": 1, "token": "x" * 32, "device": "12345678"}, "unknown_seat"),
        ({"v": 0, "token": "x" * 32, "device": "12345678"}, "too_old"),
        ({"v": 1, "token": "short", "device": "12345678"}, "bad_hello"),
        ({"v": 1, "token": "x" * 32, "device": "12345678", "more": 1}, "bad_hello"),
        (None, "bad_hello"),
        ("hello", "bad_hello"),
    ],
)
@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_who_may_not_come_in_is_told_why(redis_url: str, transport: Transport, hello: object, code: str) -> None:
    async with running_node(redis_url) as node:
        wire = await dial(node.url, transport)
        await wire.send(msgspec.msgpack.encode({"type": 0, "nsp": "/", "data": hello}))
        told: list[dict[str, Any]] = []
        async with asyncio.timeout(5):
            while not told or told[-1]["type"] != DISCONNECT:
                told.append(msgspec.msgpack.decode(await wire.receive()))
        await wire.cut()
        words = [one["data"] for one in told if one["type"] == EVENT]
        assert [(name, bye["code"]) for name, bye in words] == [("bye", code)]


def packet(kind: int, data: object, number: int | None = None) -> bytes:
    return msgspec.msgpack.encode({"type": kind, "nsp": "/", "data": data, "id": number})


NO_WORDS: tuple[object, ...] = (5, None, [], [7], {})
NO_PACKETS = (
    b"",
    b"\xc1",
    b"\x93\x01\x02\x03",
    *(packet(EVENT, data) for data in NO_WORDS),
    *(packet(kind, ["x", {"_placeholder": True}]) for kind in (5, 6, 77)),
    packet(ACK, 5, 1),
)


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_what_is_no_packet_is_passed_over(redis_url: str, transport: Transport) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        _, token = await workshop.join()
        wire = await dial(node.url, transport)
        for message in NO_PACKETS:
            await wire.send(message)
        await wire.send(packet(CONNECT, {"v": 1, "token": token, "device": "12345678"}))
        for message in NO_PACKETS:
            await wire.send(message)
        await wire.send(packet(EVENT, ["time", {"t0_ms": 5}], 1))
        async with asyncio.timeout(5):
            while (told := msgspec.msgpack.decode(await wire.receive()))["type"] != ACK:
                pass
        assert told["data"][0]["t0_ms"] == 5
        await wire.cut()


async def test_the_pages_refuse_with_a_code_too(redis_url: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        _, token = await workshop.join()
        refused: dict[str, int] = {}
        for method, path, body, bearer in (
            ("POST", "/api/workshops", {"title": "x" * 200, "schedule": "full_day"}, ""),
            ("POST", "/api/workshops", {"title": "A", "schedule": "whole_week"}, ""),
            ("POST", f"/api/join/{workshop.code}", {"name": "Ana"}, ""),
            ("POST", f"/api/workshops/{workshop.id}/links", {"role": "moderator"}, token),
            ("DELETE", f"/api/workshops/{workshop.id}", None, token),
            ("DELETE", f"/api/workshops/{workshop.id}", None, workshop.tokens["co_moderator"]),
            ("DELETE", f"/api/workshops/{workshop.id}", None, "nobody"),
        ):
            with pytest.raises(Declined) as declined:
                await ask(method, f"{node.url}{path}", body, token=bearer)
            refused[declined.value.told["code"]] = declined.value.status
        assert refused == {
            "bad_request": 422,
            "no_such_schedule": 422,
            "not_agreed": 422,
            "not_allowed": 403,
            "unknown_seat": 401,
        }
        assert (await request("POST", f"{node.url}/api/workshops", b"\xff{")).status == 422


async def test_an_erased_workshop_says_so_to_everybody_on_every_node(redis_url: str) -> None:
    async with (
        running_node(redis_url, "n1") as first,
        running_node(redis_url, "n2") as second,
        await OpenWorkshop.on(first.url) as workshop,
    ):
        (_, near), (_, far) = await workshop.seat("Ana"), await workshop.seat("Bor", second.url, "polling")
        token = workshop.tokens["moderator"]
        await ask("DELETE", f"{first.url}/api/workshops/{workshop.id}", token=token)
        await eventually(lambda: [bye.code for bye in near.byes] == ["erased"])
        await eventually(lambda: [bye.code for bye in far.byes] == ["erased"])
        await eventually(lambda: not first.parts.node.live and not second.parts.node.live)
        with pytest.raises(Ended):
            await near.submit("", SignalDone())
