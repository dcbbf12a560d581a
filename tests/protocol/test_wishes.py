"""Wishes, answers and questions, told by somebody who holds only the protocol."""

import asyncio
from typing import Any

import pytest

from tests.support.house import House
from tests.support.stranger import seated

DONE = {"type": "SignalDone"}


async def test_a_wish_takes_effect_once_however_often_it_is_sent(house: House) -> None:
    """SPEC C1, C4, C5, C7."""
    seat = await house.join("Ana")
    async with seated(house.url, seat["token"], "stranger-1") as stranger:
        first = await stranger.wish(1, DONE)
        assert first == {"t": "ok", "seq": first["seq"]}
    async with seated(house.url, seat["token"], "stranger-2") as stranger:
        assert await stranger.wish(1, DONE, device="stranger-1") == {**first, "repeat": True}
        assert stranger.told("welcome")[0]["seq"] == first["seq"]
        other = await stranger.wish(1, {"type": "SignalNeedTime"}, device="stranger-2")
        assert other == {"t": "ok", "seq": first["seq"] + 1}


async def test_numbers_may_have_gaps_and_the_oldest_count_as_done(house: House) -> None:
    """SPEC C3, C6."""
    seat = await house.join("Ana")
    async with seated(house.url, seat["token"]) as stranger:
        for n in range(1, 2 * 66, 2):
            assert (await stranger.wish(n, {"type": "SignalDone", "done": n % 4 == 1}))["t"] == "ok"
        assert await stranger.wish(1, DONE) == {"t": "ok", "seq": 0, "repeat": True}
        assert "repeat" not in await stranger.wish(2 * 66, {"type": "SignalNeedTime"})


async def test_the_view_of_a_wish_is_as_new_as_its_answer(house: House) -> None:
    """SPEC C7, V1."""
    seat = await house.join("Ana")
    async with seated(house.url, seat["token"]) as stranger:
        accepted = await stranger.wish(1, DONE)
        await stranger.hears("views", 2)
        mine = stranger.views[f"person:{seat['person']}", ""]
        assert mine["seq"] >= accepted["seq"]
        assert mine["body"]["done"] is True


async def test_wishes_of_one_connection_are_decided_in_their_order(house: House) -> None:
    """SPEC C8."""
    seat = await house.join("Ana")
    async with seated(house.url, seat["token"]) as stranger:
        wishes = [stranger.wish(n, {"type": "SignalDone", "done": n % 2 == 1}) for n in range(1, 11)]
        seqs = [answer["seq"] for answer in await asyncio.gather(*wishes)]
        assert seqs == sorted(set(seqs))


async def test_a_refused_wish_leaves_no_trace(house: House) -> None:
    """SPEC C10, A1, A2: the same number decides anew."""
    seat = await house.join("Ana")
    async with seated(house.url, seat["token"]) as stranger:
        refused = await stranger.wish(1, {"type": "MoveRoom", "phase": "arrival", "left": None})
        assert (refused["t"], refused["code"]) == ("no", "not_allowed")
        assert "then" not in refused
        assert "repeat" not in await stranger.wish(1, DONE)


@pytest.mark.parametrize(
    ("scope", "body", "code"),
    [
        ("", {"type": "FlyAway"}, "unknown_command"),
        ("", {"type": "SignalDone", "mood": "good"}, "unknown_command"),
        ("", {"kind": "SignalDone"}, "unknown_command"),
        ("arrival", {"type": "SignalDone"}, "unknown_command"),
        ("nowhere", {"type": "SignalDone"}, "no_such_phase"),
    ],
)
async def test_what_nobody_understands_is_refused(house: House, scope: str, body: dict[str, Any], code: str) -> None:
    """SPEC C2, A3, A4."""
    seat = await house.join("Ana")
    async with seated(house.url, seat["token"]) as stranger:
        assert (await stranger.wish(1, body, scope=scope))["code"] == code
        assert (await stranger.wish(1, DONE))["t"] == "ok"


async def test_an_event_that_does_not_exist_is_refused(house: House) -> None:
    """SPEC A4, E1."""
    seat = await house.join("Ana")
    async with seated(house.url, seat["token"]) as stranger:
        assert (await stranger.ask("dance", wildly=True))["code"] == "unknown_command"


async def test_staff_wish_for_somebody_without_a_device_and_for_nobody_else(house: House) -> None:
    """SPEC C9, W11."""
    ana = await house.join("Ana")
    made = await house.http.post(
        f"/api/workshops/{house.workshop}/person",
        json={"name": "Bor", "school": "OŠ"},
        headers=house.as_seat(house.links["moderator"]),
    )
    assert made.status_code == 201
    bor = made.json()["person"]
    async with seated(house.url, house.links["moderator"]) as staff:
        assert (await staff.wish(1, DONE, person=bor))["t"] == "ok"
        assert (await staff.wish(2, DONE, person=ana["person"]))["code"] == "not_yours"


async def test_only_staff_ask_what_would_happen_and_nothing_does(house: House) -> None:
    """SPEC Q1, Q2."""
    seat = await house.join("Ana")
    question = {"type": "PreviewMove", "phase": "arrival"}
    async with seated(house.url, house.links["co_moderator"]) as staff, seated(house.url, seat["token"]) as person:
        seq = person.told("welcome")[0]["seq"]
        answer = await staff.ask("ask", scope="", body=question)
        assert (answer["t"], answer["body"]["phase"]) == ("is", "arrival")
        assert (await staff.ask("ask", scope="", body={"type": "PreviewRain"}))["code"] == "unknown_question"
        assert (await person.ask("ask", scope="", body=question))["code"] == "not_allowed"
        assert (await person.wish(1, DONE))["seq"] == seq + 1
