"""Rules of what belongs to one person: it can be forgotten on its own, and only the right token opens it."""

import asyncio

import pytest

from server.core.messages import Actor, FrozenId, PersonId, SchoolId, WorkshopId
from server.core.people import PersonRecord
from server.store.attempts import FREE, LONGEST_DELAY_MS, Attempts, delay_ms
from server.store.codes import CODE_LENGTH, LETTERS, Codes
from server.store.connection import Connection
from server.store.erasure import erase_workshop
from server.store.frozen import MAX_BYTES, Frozen, TooLarge
from server.store.people import People
from server.store.tokens import Grant, Tokens
from tests.store.conftest import Eventually

ANA, BO = PersonId("p1"), PersonId("p2")


def a_record(name: str) -> PersonRecord:
    return PersonRecord(name=name, school=SchoolId("s1"), school_name="OŠ Šmarje", languages=("sl", "en"))


def a_grant(workshop: WorkshopId, person: PersonId) -> Grant:
    return Grant(workshop, Actor("person", person))


async def test_a_person_is_read_as_written_and_a_stranger_is_missing(redis: Connection, workshop: WorkshopId) -> None:
    people = People(redis)
    await people.put(workshop, ANA, a_record("Ána Žgur"))
    assert await people.get(workshop, [ANA, BO]) == {ANA: a_record("Ána Žgur")}
    assert await people.get(workshop, []) == {}


async def test_an_erased_person_is_gone_and_the_others_stay(redis: Connection, workshop: WorkshopId) -> None:
    people = People(redis)
    await people.put(workshop, ANA, a_record("Ána"))
    await people.put(workshop, BO, a_record("Bo"))
    assert await people.erase(workshop, ANA)
    assert not await people.erase(workshop, ANA)
    assert await people.everybody(workshop) == {BO: a_record("Bo")}


async def test_only_the_issued_token_opens_the_seat(redis: Connection, workshop: WorkshopId) -> None:
    tokens = Tokens(redis)
    token = await tokens.issue(a_grant(workshop, ANA))
    assert await tokens.open(token) == a_grant(workshop, ANA)
    assert await tokens.open(token + "x") is None


async def test_redis_does_not_know_the_token_itself(redis: Connection, workshop: WorkshopId) -> None:
    token = await Tokens(redis).issue(a_grant(workshop, ANA))
    kept = repr([await redis.call("KEYS", "*"), await redis.call("HGETALL", f"ws:{{{workshop}}}:doors")])
    assert token not in kept
    assert "seat:" in kept


async def test_a_token_that_is_used_lives_on_and_one_that_is_not_expires(
    redis: Connection, workshop: WorkshopId, eventually: Eventually
) -> None:
    tokens = Tokens(redis)
    used = await tokens.issue(a_grant(workshop, ANA), for_ms=60)
    unused = await tokens.issue(a_grant(workshop, BO), for_ms=60)
    assert await tokens.open(used, for_ms=60_000)

    async def is_gone() -> bool:
        return await redis.call("DBSIZE") == 2

    await eventually(is_gone)
    assert await tokens.open(unused) is None
    assert await tokens.open(used) is not None


async def test_all_seats_of_one_person_are_closed_together(redis: Connection, workshop: WorkshopId) -> None:
    tokens = Tokens(redis)
    phone, laptop = [await tokens.issue(a_grant(workshop, ANA)) for _ in range(2)]
    other = await tokens.issue(a_grant(workshop, BO))
    assert await tokens.revoke_all(workshop, ANA) == 2
    assert [await tokens.open(token) for token in (phone, laptop)] == [None, None]
    assert await tokens.open(other) is not None


async def test_the_creation_key_is_one_for_all_nodes(redis: Connection) -> None:
    key = await Tokens(redis).creation_key()
    assert await Tokens(redis).creation_key() == key
    assert await Tokens(redis).may_create(key)
    assert not await Tokens(redis).may_create("é" + key)


async def test_a_join_code_has_no_look_alikes_and_is_found_as_people_type_it(
    redis: Connection, workshop: WorkshopId
) -> None:
    codes = Codes(redis)
    code = await codes.reserve(workshop, for_ms=60_000)
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(LETTERS)
    assert not set(LETTERS) & set("0O1IL")
    assert await codes.workshop(f" {code[:3].lower()}-{code[3:]} ") == workshop
    assert await codes.workshop("AAAAAA" if code != "AAAAAA" else "CCCCCC") is None


async def test_two_workshops_never_share_a_code(redis: Connection) -> None:
    codes = Codes(redis)
    reserved = await asyncio.gather(*(codes.reserve(WorkshopId(f"w{n}"), for_ms=60_000) for n in range(200)))
    assert len(set(reserved)) == 200
    assert [await codes.workshop(code) for code in reserved] == [f"w{n}" for n in range(200)]


async def test_a_released_code_leads_nowhere_and_only_its_owner_releases_it(
    redis: Connection, workshop: WorkshopId
) -> None:
    codes = Codes(redis)
    code = await codes.reserve(workshop, for_ms=60_000)
    await codes.release(WorkshopId("other"), code)
    assert await codes.workshop(code) == workshop
    await codes.release(workshop, code)
    assert await codes.workshop(code) is None
    assert not await codes.keep(code, for_ms=1000)


async def test_a_pin_is_spent_by_the_first_who_types_it(redis: Connection, workshop: WorkshopId) -> None:
    codes = Codes(redis)
    pin = await codes.pin(a_grant(workshop, ANA))
    assert await codes.take(WorkshopId("other"), pin) is None
    taken = await asyncio.gather(*(codes.take(workshop, f"{pin[:3]} {pin[3:]}") for _ in range(8)))
    assert [grant for grant in taken if grant] == [a_grant(workshop, ANA)]


async def test_guessing_is_slowed_for_the_guesser_and_the_code_and_never_locked(redis: Connection) -> None:
    attempts = Attempts(redis)
    waits = [await attempts.failed("device:d1", "code:AAAAAA") for _ in range(FREE + 3)]
    assert waits == [0] * FREE + [250, 500, 1000]
    assert await attempts.delay_ms("device:d2", "code:BBBBBB") == 0
    assert await attempts.delay_ms("device:d2", "code:AAAAAA") == 1000
    await attempts.succeeded("device:d1", "code:AAAAAA")
    assert await attempts.delay_ms("device:d1", "code:AAAAAA") == 0
    assert delay_ms(10_000) == LONGEST_DELAY_MS


async def test_a_frozen_copy_never_changes(redis: Connection, workshop: WorkshopId) -> None:
    frozen = Frozen(redis)
    name = FrozenId("f1")
    assert await frozen.put(workshop, name, {"goal": "več časa"})
    assert not await frozen.put(workshop, name, {"goal": "other"})
    assert await frozen.get(workshop, [name, FrozenId("f2")]) == {name: {"goal": "več časa"}}
    assert await frozen.erase(workshop, [name]) == 1
    assert await frozen.get(workshop, [name]) == {}


async def test_a_frozen_copy_has_a_size_limit(redis: Connection, workshop: WorkshopId) -> None:
    with pytest.raises(TooLarge):
        await Frozen(redis).put(workshop, FrozenId("f1"), {"goal": "x" * MAX_BYTES})


async def test_an_erased_workshop_leaves_no_seat_and_no_name_and_its_code_only_says_so_for_a_week(
    redis: Connection, workshop: WorkshopId
) -> None:
    token = await Tokens(redis).issue(a_grant(workshop, ANA))
    code = await Codes(redis).reserve(workshop, for_ms=400 * 24 * 3_600_000)
    kept = await Codes(redis).reserve(WorkshopId("w2"), for_ms=60_000)
    await People(redis).put(workshop, ANA, a_record("Ána"))
    await erase_workshop(redis, workshop)
    await erase_workshop(redis, workshop)
    assert await Tokens(redis).open(token) is None
    assert await Codes(redis).workshop(code) == workshop
    assert 0 < int(str(await redis.call("TTL", f"code:{code}"))) <= 7 * 24 * 3_600
    assert await People(redis).everybody(workshop) == {}
    assert await Codes(redis).workshop(kept) == "w2"
