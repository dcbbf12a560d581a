"""The HTTP side, asked as any program would ask it."""

import asyncio
from pathlib import Path
from typing import Any

import httpx

from server.core.messages import WorkshopId
from tests.support.house import House, open_house
from tests.support.redis_server import own_redis
from tests.support.stranger import opened, seated

PERSON = {"name": "Ana", "school": "OŠ Šentjur", "agreed": True}


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_a_refusal_has_a_code_and_words(house: House) -> None:
    """SPEC W1, W2."""
    assert code_of(await house.http.post("/api/workshops", content=b"{")) == (422, "bad_request")
    unknown = await house.http.post("/api/seat", json={"token": "x", "colour": "red"})
    assert code_of(unknown) == (422, "bad_request")
    assert "colour" in unknown.json()["detail"]
    assert "then" not in unknown.json()
    long = await house.http.post("/api/workshops", content=b" " * 1_200_001)
    assert code_of(long) == (413, "too_big")


async def test_a_workshop_is_created_with_its_links(house: House) -> None:
    """SPEC W3, S2."""
    about = (await house.http.get("/api/about")).json()
    assert about == {"join_base": about["join_base"], "open_creation": True}
    schedules = (await house.http.get("/api/schedules", params={"language": "de"})).json()
    assert {"id", "title", "summary", "minutes"} <= schedules[0].keys()
    meetings = schedules[0]["meetings"]
    assert [meeting.keys() for meeting in meetings] == [{"title", "starts", "minutes"}] * len(meetings)
    assert sum(meeting["minutes"] for meeting in meetings) == schedules[0]["minutes"]
    made = await house.http.post("/api/workshops", json={"title": "Ours", "schedule": schedules[0]["id"]})
    assert made.status_code == 201
    links = made.json()["links"]
    assert links.keys() == {"moderator", "co_moderator", "observer", "screen"}
    assert links["moderator"].startswith(f"/w/{made.json()['workshop']}/console#")
    assert links["observer"].startswith(f"/w/{made.json()['workshop']}/screen#")
    assert made.json()["join"].endswith(f"/j/{made.json()['code']}")
    wrong = await house.http.post("/api/workshops", json={"title": "Ours", "schedule": "forever"})
    assert code_of(wrong) == (422, "no_such_schedule")
    broken = await house.http.post("/api/workshops", json={"title": "Ours", "schedule": "a", "pack": "pack: 1"})
    assert code_of(broken) == (422, "bad_path")
    assert broken.json()["problems"]
    for flaw, code in (
        ({"title": "  "}, "no_title"),
        ({"date": "31.12.2027"}, "bad_date"),
        ({"date": "2027-02-30"}, "bad_date"),
        ({"language": "zz"}, "bad_language"),
    ):
        refused = await house.http.post("/api/workshops", json={"title": "Ours", "schedule": "half_day", **flaw})
        assert code_of(refused) == (422, code)
        assert refused.json()["detail"]


async def test_a_code_invites_and_a_seat_is_taken(house: House) -> None:
    """SPEC W4, W5, S3."""
    assert set(house.code) <= set("3479ACDEFHJKMNPQRTUWXY")
    typed = f"{house.code[:3].lower()}-{house.code[3:]} "
    invitation = (await house.http.get(f"/api/join/{typed}")).json()
    assert invitation["workshop"] == house.workshop
    assert invitation.keys() >= {
        "title",
        "agreement",
        "languages",
        "schooling",
        "positions",
        "schools",
        "people",
        "state",
    }
    assert code_of(await house.http.get("/api/join/NOSUCH")) == (404, "no_such_code")
    joined = await house.http.post(f"/api/join/{house.code}", json=PERSON)
    assert joined.status_code == 201
    assert joined.json().keys() == {"token", "person", "workshop"}
    refused = await house.http.post(f"/api/join/{house.code}", json={**PERSON, "agreed": False})
    assert code_of(refused) == (422, "not_agreed")


async def test_a_seat_moves_by_personal_link_and_by_pin(house: House) -> None:
    """SPEC W6, W7, S1, S3."""
    seat = await house.join("Ana")
    pin = (await house.http.post("/api/pin", headers=house.as_seat(seat["token"]))).json()["pin"]
    assert len(pin) == 8
    assert pin.isdecimal()
    taken = (await house.http.post("/api/seat", json={"code": house.code, "pin": pin})).json()
    assert (taken["role"], taken["person"], taken["workshop"]) == ("person", seat["person"], house.workshop)
    assert taken["token"] != seat["token"]
    spent = await house.http.post("/api/seat", json={"code": house.code, "pin": pin})
    assert code_of(spent) == (404, "wrong_pin")
    again = (await house.http.post("/api/seat", json={"token": taken["token"]})).json()
    assert again["person"] == seat["person"]
    assert code_of(await house.http.post("/api/seat", json={"token": "x" * 24})) == (404, "unknown_seat")
    async with (
        seated(house.url, seat["token"]) as one,
        seated(house.url, taken["token"], "stranger-2") as two,
    ):
        assert one.views == two.views


async def test_a_person_changes_what_they_told(house: House) -> None:
    """SPEC W8."""
    seat = await house.join("Ana", school="A")
    changed = await house.http.post(
        "/api/profile", json={**PERSON, "name": "Ana Kos"}, headers=house.as_seat(seat["token"])
    )
    assert changed.json() == {}
    async with seated(house.url, seat["token"]) as person:
        shown = person.views[f"person:{seat['person']}", ""]["names"][seat["person"]]
        assert shown == {"name": "Ana Kos", "school": "OŠ Šentjur"}


async def test_who_is_refused_changes_nothing_of_what_they_told(house: House) -> None:
    """SPEC W8, W2."""
    seat = await house.join("Ana", school="A")
    mine = house.as_seat(seat["token"])
    blank = await house.http.post("/api/profile", json={**PERSON, "name": " "}, headers=mine)
    assert code_of(blank) == (422, "no_name")
    async with seated(house.url, house.links["moderator"]) as staff:
        assert (await staff.wish(1, {"type": "ChangeLife", "life": "closed"}))["t"] == "ok"
    refused = await house.http.post("/api/profile", json={**PERSON, "name": "Mallory"}, headers=mine)
    assert code_of(refused) == (409, "workshop_closed")
    records = await house.serving.node.store.people.everybody(WorkshopId(house.workshop))
    assert [(one.name, one.school_name) for one in records.values()] == [("Ana", "A")]


async def test_a_join_whose_answer_was_lost_is_sent_again_and_seats_nobody_twice(house: House) -> None:
    """SPEC W5."""
    claim = "a-claim-of-this-attempt"
    first, again = await house.join("Ana", claim=claim), await house.join("Ana", claim=claim)
    other = await house.join("Ana", claim="another-claim-altogether")
    assert first["person"] == again["person"] != other["person"]
    assert len(house.serving.node.live[WorkshopId(house.workshop)].replica.state.people) == 2


async def test_of_two_who_tap_one_name_the_first_has_it_and_the_other_left_no_trace(house: House) -> None:
    """SPEC W5."""
    staff = house.as_seat(house.links["moderator"])
    await house.http.post(f"/api/workshops/{house.workshop}/people", content="name\nAna\n", headers=staff)
    (listed,) = (await house.http.get(f"/api/join/{house.code}")).json()["people"]
    claims = {f"Ana the {n}": f"claim-of-number-{n}-of-six" for n in range(6)}

    async def tap(name: str) -> httpx.Response:
        body = {**PERSON, "name": name, "person": listed["id"], "claim": claims[name]}
        return await house.http.post(f"/api/join/{house.code}", json=body)

    answers = dict(zip(claims, await asyncio.gather(*map(tap, claims)), strict=True))
    won = [name for name, answer in answers.items() if answer.status_code == 201]
    assert len(won) == 1
    assert {code_of(answer) for name, answer in answers.items() if name not in won} == {(409, "seat_taken")}
    records = await house.serving.node.store.people.everybody(WorkshopId(house.workshop))
    assert [one.name for one in records.values()] == won
    async with seated(house.url, house.links["moderator"]) as board:
        assert board.views["moderators", ""]["names"][listed["id"]]["name"] == won[0]
    # Their answer was lost on the way: they tap again, and have their own seat.
    assert (await tap(won[0])).json()["person"] == listed["id"]


async def test_the_seat_of_somebody_who_left_is_no_strangers_and_its_owner_comes_back(house: House) -> None:
    """SPEC W5."""
    ana = await house.join("Ana")
    async with seated(house.url, ana["token"]) as phone:
        assert (await phone.wish(1, {"type": "LeaveForGood", "person": ana["person"]}))["t"] == "ok"
        stranger = await house.http.post(f"/api/join/{house.code}", json={**PERSON, "person": ana["person"]})
        assert code_of(stranger) == (409, "seat_taken")
        assert (await phone.wish(2, {"type": "TakePlace", "person": ana["person"]}))["t"] == "ok"


async def test_a_list_is_taken_whole_or_not_at_all(house: House) -> None:
    """SPEC W10, W5."""
    staff = house.as_seat(house.links["moderator"])
    people = f"/api/workshops/{house.workshop}/people"
    bad = await house.http.post(people, content="name;school\nAna;A\n;B;C\n", headers=staff)
    assert code_of(bad) == (422, "bad_list")
    assert bad.json()["problems"][0].startswith("line 3")
    wrong = await house.http.post(
        people, content=f"name;languages\n;en\nBor;slovene-of-course\n{'x' * 81};\n", headers=staff
    )
    assert [line.partition(";")[0] for line in wrong.json()["problems"]] == [
        "line 2: name is empty",
        "line 3: languages has 'slovene-of-course'",
        "line 4: name has 81 characters",
    ]
    good = await house.http.post(people, content="name;school\nAna;A\nBor;B\n", headers=staff)
    assert (good.status_code, good.json()) == (201, {"added": 2})
    repeated = await house.http.post(people, content="name;school\nAna;A\nBor;B\n", headers=staff)
    assert (repeated.status_code, repeated.json()) == (201, {"added": 0})
    listed = (await house.http.get(f"/api/join/{house.code}")).json()["people"]
    assert sorted(one["name"] for one in listed) == ["Ana", "Bor"]
    joined = await house.join("Ana", person=listed[0]["id"])
    assert joined["person"] == listed[0]["id"]
    again = {**PERSON, "person": listed[0]["id"]}
    assert code_of(await house.http.post(f"/api/join/{house.code}", json=again)) == (409, "seat_taken")


async def test_only_staff_of_this_workshop_do_what_staff_do(house: House) -> None:
    """SPEC W1, W9, W11."""
    seat = await house.join("Ana")
    for path in ("links", "people", "person"):
        address = f"/api/workshops/{house.workshop}/{path}"
        assert code_of(await house.http.post(address, json={}, headers=house.as_seat(seat["token"])))[0] == 403
        assert code_of(await house.http.post(address, json={})) == (401, "unknown_seat")


async def test_the_texts_of_the_path_are_for_seats_and_the_cards_for_staff(house: House) -> None:
    """SPEC W12, H3."""
    seat = await house.join("Ana")
    async with seated(house.url, seat["token"]) as person:
        pack = person.told("welcome")[0]["pack"]
    address = f"/api/path/{house.workshop}/{pack}/en"
    assert code_of(await house.http.get(address)) == (401, "unknown_seat")
    theirs = (await house.http.get(address, headers=house.as_seat(seat["token"]))).json()
    staffs = (await house.http.get(address, headers=house.as_seat(house.links["moderator"]))).json()
    assert not any(_card(theirs, phase) for phase in theirs["phases"])
    assert any(_card(staffs, phase) for phase in staffs["phases"])
    assert code_of(
        await house.http.get(f"/api/path/{house.workshop}/other/en", headers=house.as_seat(seat["token"]))
    ) == (
        404,
        "no_such_path",
    )


def _card(pack: dict[str, Any], phase: str) -> object:
    return pack["phases"][phase].get("card")


async def test_only_the_moderator_erases_and_everybody_is_told(house: House) -> None:
    """SPEC W15, B1, H5."""
    seat = await house.join("Ana")
    address = f"/api/workshops/{house.workshop}"
    helper = await house.http.delete(address, headers=house.as_seat(house.links["co_moderator"]))
    assert code_of(helper) == (403, "not_allowed")
    watcher = house.links["observer"]
    async with seated(house.url, seat["token"]) as person:
        assert (await house.http.delete(address, headers=house.as_seat(house.links["moderator"]))).json() == {}
        bye = await person.hears("bye")
        assert (bye["code"], bye["then"]) == ("erased", "stop")
        await person.has_ended()
    for token in (seat["token"], watcher, house.links["moderator"]):
        async with opened(house.url) as late:
            await late.hello(token, "stranger-too-late")
            assert (await late.hears("bye"))["code"] == "erased"
        assert code_of(await house.http.post("/api/seat", json={"token": token})) == (410, "erased")
    assert code_of(await house.http.get(f"/api/join/{house.code}")) == (410, "erased")


async def test_a_code_is_drawn(house: House) -> None:
    """SPEC W13."""
    drawn = await house.http.get("/api/qr", params={"text": "K7M3QX"})
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert code_of(await house.http.get("/api/qr", params={"text": "x" * 401})) == (422, "bad_request")


async def test_health_is_told(house: House) -> None:
    """SPEC W14."""
    assert (await house.http.get("/healthz")).json() == {"alive": True}
    ready = await house.http.get("/readyz")
    assert (ready.status_code, ready.json()["store"]) == (200, True)
    assert (await house.http.get("/metrics")).text.startswith("# HELP")


async def test_while_the_store_is_away_everything_says_so_and_goes_on_afterwards(tmp_path: Path) -> None:
    """SPEC F4, W2, A2, B2."""
    with own_redis(durable=True) as redis:
        async with open_house(redis.url, tmp_path) as house:
            seat = await house.join("Ana")
            async with seated(house.url, seat["token"]) as person:
                # Only once this is answered has the server noted that somebody came.
                await person.ask("time", t0_ms=1)
                redis.kill()
                assert (await person.hears("notice")) == {"code": "away"}
                refused = await person.wish(1, {"type": "SignalDone"})
                assert (refused["code"], refused["then"]) == ("away", "retry")
                assert refused["after_ms"] > 0
                answer = await house.http.get(f"/api/join/{house.code}")
                assert (code_of(answer), answer.json()["then"]) == ((503, "away"), "retry")
                redis.start()
                assert (await person.hears("notice", 2)) == {"code": "back"}
                assert (await person.wish(1, {"type": "SignalDone"}))["t"] == "ok"
