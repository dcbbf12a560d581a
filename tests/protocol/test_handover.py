"""A seat goes to another device: never silently, never past its owner, and only once."""

from typing import Any

import httpx

from tests.support.eventually import eventually
from tests.support.house import House
from tests.support.stranger import Stranger, opened, seated


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


async def hand_over(house: House, person: str, role: str = "moderator") -> dict[str, Any]:
    path = f"/api/workshops/{house.workshop}/handovers"
    made = await house.http.post(path, json={"person": person}, headers=house.as_seat(house.links[role]))
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


def secret_of(made: dict[str, Any]) -> str:
    base, _, secret = made["link"].partition("/s#")
    assert base.startswith("http://127.0.0.1:")
    return str(secret)


def shown(stranger: Stranger, person: str) -> list[dict[str, Any]]:
    body = stranger.views[f"person:{person}", ""]["body"]
    return list(body.get("handovers", []))


async def test_no_moderator_holds_the_seat_of_somebody_who_has_a_device(house: House) -> None:
    """SPEC S6, W9."""
    ana = await house.join("Ana")
    links = f"/api/workshops/{house.workshop}/links"
    for role in ("moderator", "co_moderator"):
        wanted = {"role": "person", "person": ana["person"]}
        refused = await house.http.post(links, json=wanted, headers=house.as_seat(house.links[role]))
        assert code_of(refused) == (409, "has_a_device")
    handovers = f"/api/workshops/{house.workshop}/handovers"
    wanted = {"person": ana["person"]}
    assert code_of(await house.http.post(handovers, json=wanted, headers=house.as_seat(ana["token"])))[0] == 403
    watching = house.as_seat(house.links["observer"])
    assert code_of(await house.http.post(handovers, json=wanted, headers=watching))[0] == 403


async def test_who_is_here_is_asked_and_their_yes_opens_it_on_the_other_device(house: House) -> None:
    """SPEC S6, W6."""
    ana = await house.join("Ana")
    async with seated(house.url, ana["token"]) as phone:
        await phone.acknowledged("here", {"visible": True})
        made = await hand_over(house, ana["person"])
        await eventually(lambda: [one["state"] for one in shown(phone, ana["person"])] == ["offered"])
        assert shown(phone, ana["person"])[0]["by"] == "moderator"
        waits = await house.http.post("/api/seat", json={"token": secret_of(made)})
        assert waits.status_code == 202
        again = {"token": waits.json()["wait"]}
        assert (await house.http.post("/api/seat", json=again)).status_code == 202
        # What is not a seat yet opens no connection either.
        async with opened(house.url) as refused:
            await refused.hello(secret_of(made), "at-the-door")
            assert (await refused.hears("bye"))["code"] == "unknown_seat"
        told = await phone.wish(1, {"type": "AnswerOffer", "handover": made["handover"], "allow": True})
        assert told["t"] == "ok"
        taken = (await house.http.post("/api/seat", json=again)).json()
        assert (taken["person"], taken["handover"]) == (ana["person"], made["handover"])
        async with seated(house.url, taken["token"]) as laptop:
            assert laptop.views.keys() == phone.views.keys()
        spent = await house.http.post("/api/seat", json=again)
        assert code_of(spent) == (404, "unknown_seat")


async def test_who_says_no_keeps_their_seat_to_themselves(house: House) -> None:
    """SPEC S6, W6."""
    ana = await house.join("Ana")
    async with seated(house.url, ana["token"]) as phone:
        await phone.acknowledged("here", {"visible": True})
        made = await hand_over(house, ana["person"])
        waits = await house.http.post("/api/seat", json={"code": house.code, "pin": made["pin"]})
        assert waits.status_code == 202
        await phone.wish(1, {"type": "AnswerOffer", "handover": made["handover"], "allow": False})
        for secret in (waits.json()["wait"], secret_of(made)):
            refused = await house.http.post("/api/seat", json={"token": secret})
            assert code_of(refused) == (409, "handover_refused")


async def test_whose_phone_is_gone_gets_in_by_pin_sees_when_they_are_back_and_closes_what_was_not_theirs(
    house: House,
) -> None:
    """SPEC S6, H5, B1."""
    ana = await house.join("Ana")
    made = await hand_over(house, ana["person"])
    pin = f"{made['pin'][:4]} {made['pin'][4:]}"
    taken = (await house.http.post("/api/seat", json={"code": house.code, "pin": pin})).json()
    assert taken["person"] == ana["person"]
    async with seated(house.url, taken["token"]) as stranger, seated(house.url, ana["token"]) as phone:
        (opened_there,) = shown(phone, ana["person"])
        assert (opened_there["state"], opened_there["by"]) == ("opened", "moderator")
        assert opened_there["opened_ms"] > 0
        # A seat made from the stranger's goes with it.
        pin = (await house.http.post("/api/pin", headers=house.as_seat(taken["token"]))).json()["pin"]
        child = (await house.http.post("/api/seat", json={"code": house.code, "pin": pin})).json()["token"]
        assert (await phone.wish(1, {"type": "CloseSeat", "handover": made["handover"]}))["t"] == "ok"
        bye = await stranger.hears("bye")
        assert (bye["code"], bye["then"]) == ("seat_closed", "stop")
        await stranger.has_ended()
        for token in (taken["token"], child):
            async with opened(house.url) as again:
                await again.hello(token, "stranger-again")
                assert (await again.hears("bye"))["code"] == "seat_closed"
            assert code_of(await house.http.post("/api/pin", headers=house.as_seat(token))) == (401, "seat_closed")
            assert code_of(await house.http.post("/api/seat", json={"token": token})) == (401, "seat_closed")
        assert (await phone.wish(2, {"type": "SignalDone"}))["t"] == "ok"


async def test_the_log_of_acts_tells_every_moderator_whose_seat_was_handed_on(house: House) -> None:
    """SPEC S6."""
    ana = await house.join("Ana")
    await hand_over(house, ana["person"])
    async with seated(house.url, house.links["co_moderator"]) as colleague:
        acts = colleague.views["moderators", ""]["body"]["acts"]
        assert [(act["what"], act["detail"]) for act in acts] == [("OfferSeat", ana["person"])]


async def test_who_gets_a_device_is_typed_for_no_longer(house: House) -> None:
    """SPEC S6, W9, W11."""
    staff = house.as_seat(house.links["moderator"])
    of = f"/api/workshops/{house.workshop}"
    paula = (await house.http.post(f"{of}/person", json={"name": "Paula"}, headers=staff)).json()["person"]
    link = (await house.http.post(f"{of}/links", json={"role": "person", "person": paula}, headers=staff)).json()[
        "link"
    ]
    typists = link.partition("#")[2]
    async with seated(house.url, typists) as typist:
        made = await hand_over(house, paula)
        taken = (await house.http.post("/api/seat", json={"token": secret_of(made)})).json()
        assert (await typist.hears("bye"))["code"] == "seat_closed"
        async with seated(house.url, taken["token"]) as own:
            assert (await own.wish(1, {"type": "SignalDone"}))["t"] == "ok"


async def test_staff_and_watchers_have_no_pin(house: House) -> None:
    """SPEC W7."""
    for role in ("moderator", "co_moderator", "observer", "screen"):
        refused = await house.http.post("/api/pin", headers=house.as_seat(house.links[role]))
        assert code_of(refused) == (403, "not_allowed")


async def test_only_the_moderator_makes_links_to_the_console(house: House) -> None:
    """SPEC W9."""
    links = f"/api/workshops/{house.workshop}/links"
    for role in ("moderator", "co_moderator", "observer", "screen"):
        by_colleague = await house.http.post(
            links, json={"role": role}, headers=house.as_seat(house.links["co_moderator"])
        )
        assert by_colleague.status_code == (200 if role in ("observer", "screen") else 403)
        by_moderator = await house.http.post(
            links, json={"role": role}, headers=house.as_seat(house.links["moderator"])
        )
        assert by_moderator.json()["link"].startswith(f"{house.url}/w/{house.workshop}/")
