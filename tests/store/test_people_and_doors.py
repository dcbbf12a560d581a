"""Rules of what belongs to one person: it can be forgotten on its own, and only the right token opens it."""

import asyncio
from types import SimpleNamespace

import pytest

from server.core.messages import Actor, FrozenId, PersonId, SchoolId, WorkshopId
from server.core.people import PersonRecord
from server.store.attempts import FREE, LONGEST_DELAY_MS, Attempts, Budget, delay_ms
from server.store.codes import CODE_LENGTH, LETTERS, PIN_TRIES, PIN_WHICH, Codes
from server.store.connection import Connection
from server.store.erasure import erase_workshop
from server.store.frozen import MAX_BYTES, Frozen, TooLarge
from server.store.log import WorkshopGone
from server.store.people import People
from server.store.tokens import Grant, Tokens, hashed

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


async def test_a_token_lives_as_long_as_its_workshop_also_one_that_an_earlier_version_let_lapse(
    redis: Connection, workshop: WorkshopId
) -> None:
    tokens = Tokens(redis)
    token = await tokens.issue(a_grant(workshop, ANA))
    seat = f"seat:{hashed(token)}"
    assert await redis.call("PTTL", seat) == -1
    await redis.call("PEXPIRE", seat, 60_000)
    assert await tokens.open(token) == a_grant(workshop, ANA)
    assert await redis.call("PTTL", seat) == -1


async def test_what_is_offered_is_no_seat_and_is_spent_once(redis: Connection, workshop: WorkshopId) -> None:
    tokens = Tokens(redis)
    secret = await tokens.offer(a_grant(workshop, ANA), for_ms=60_000)
    assert await tokens.open(secret) is None
    assert await tokens.offered(secret) == a_grant(workshop, ANA)
    await tokens.spend(secret)
    assert await tokens.offered(secret) is None


async def test_the_creation_key_is_one_for_all_nodes(redis: Connection) -> None:
    key = await Tokens(redis).creation_key()
    assert await Tokens(redis).creation_key() == key
    assert await Tokens(redis).may_create(key)
    assert not await Tokens(redis).may_create("é" + key)


async def test_a_join_code_has_no_look_alikes_and_is_found_as_people_type_it(
    redis: Connection, workshop: WorkshopId
) -> None:
    codes = Codes(redis)
    code = await codes.reserve(workshop)
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(LETTERS)
    assert not set(LETTERS) & set("0O1IL")
    assert await codes.workshop(f" {code[:3].lower()}-{code[3:]} ") == workshop
    assert await codes.workshop("AAAAAA" if code != "AAAAAA" else "CCCCCC") is None


async def test_two_workshops_never_share_a_code(redis: Connection) -> None:
    codes = Codes(redis)
    reserved = await asyncio.gather(*(codes.reserve(WorkshopId(f"w{n}")) for n in range(200)))
    assert len(set(reserved)) == 200
    assert [await codes.workshop(code) for code in reserved] == [f"w{n}" for n in range(200)]


async def test_a_pin_is_spent_by_the_first_who_types_it(redis: Connection, workshop: WorkshopId) -> None:
    codes = Codes(redis)
    pin = await codes.pin(a_grant(workshop, ANA))
    assert await codes.take(WorkshopId("other"), pin) is None
    taken = await asyncio.gather(*(codes.take(workshop, f"{pin[:4]} {pin[4:]}") for _ in range(PIN_TRIES)))
    assert [pin.grant for pin in taken if pin] == [a_grant(workshop, ANA)]


async def test_no_more_than_five_tries_of_one_pin_are_looked_at_however_many_come_at_once(
    redis: Connection, workshop: WorkshopId
) -> None:
    codes = Codes(redis)
    pin, other = [await codes.pin(a_grant(workshop, who)) for who in (ANA, BO)]
    wrong = [f"{pin[:PIN_WHICH]}{guess:05}" for guess in range(300) if f"{guess:05}" != pin[PIN_WHICH:]]
    assert not any(await asyncio.gather(*(codes.take(workshop, guess) for guess in wrong)))
    assert await codes.take(workshop, pin) is None
    taken = await codes.take(workshop, other)
    assert taken is not None
    assert taken.grant == a_grant(workshop, BO)


async def test_four_mistakes_with_a_pin_cost_nothing(redis: Connection, workshop: WorkshopId) -> None:
    codes = Codes(redis)
    pin = await codes.pin(a_grant(workshop, ANA))
    wrong = f"{pin[:-1]}{(int(pin[-1]) + 1) % 10}"
    for _ in range(PIN_TRIES - 1):
        assert await codes.take(workshop, wrong) is None
    assert await codes.take(workshop, pin) is not None


async def test_a_device_that_guesses_is_slowed_until_it_is_right(redis: Connection) -> None:
    attempts = Attempts(redis)
    waits = [await attempts.failed("d1") for _ in range(FREE + 3)]
    assert waits == [0] * FREE + [250, 500, 1000]
    assert await attempts.delay_ms("d2") == 0
    assert await attempts.delay_ms("d1") == 1000
    await attempts.succeeded("d1")
    assert await attempts.delay_ms("d1") == 0
    assert delay_ms(10_000) == LONGEST_DELAY_MS


@pytest.fixture
def no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """All tries fall into the first millisecond of their ten seconds."""
    monkeypatch.setattr("server.store.attempts.time", SimpleNamespace(time_ns=lambda: 0))


@pytest.mark.usefixtures("no_time_passes")
async def test_of_many_mistakes_at_once_each_gets_a_turn_of_its_own_and_what_is_there_uses_none(
    redis: Connection,
) -> None:
    attempts, budget = Attempts(redis), Budget(free=10, per_s=10, longest_ms=2_000, strict=True)
    await redis.call("SET", "there", "yes")
    assert set(await asyncio.gather(*(attempts.wait_ms("gate", budget, "there") for _ in range(100)))) == {0}
    wrong = await asyncio.gather(*(attempts.wait_ms("gate", budget, "not") for _ in range(15)))
    assert sorted(wait or 0 for wait in wrong) == [0] * 10 + [100, 200, 300, 400, 500]


@pytest.mark.usefixtures("no_time_passes")
async def test_beyond_the_budget_what_is_there_is_told_to_come_again_as_what_is_not(redis: Connection) -> None:
    attempts, budget = Attempts(redis), Budget(free=10, per_s=10, longest_ms=2_000, strict=True)
    await redis.call("SET", "there", "yes")
    for _ in range(40):
        await attempts.wait_ms("gate", budget, "not")
    assert [await attempts.wait_ms("gate", budget, sought) for sought in ("not", "there", "not")] == [None] * 3


def test_a_budget_lets_so_many_mistakes_pass_and_then_serves_one_after_the_other() -> None:
    strict = Budget(free=10, per_s=10, longest_ms=2_000, strict=True)
    assert [strict.wait_ms(tries, 0) for tries in (1, 10, 11, 30, 31)] == [0, 0, 100, 2_000, None]
    assert [strict.wait_ms(tries, 1_500) for tries in (25, 30, 46)] == [0, 500, None]
    kind = Budget(free=10, per_s=10, longest_ms=2_000, strict=False)
    assert kind.wait_ms(10_000, 0) == 2_000


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


async def test_an_erased_workshop_leaves_no_seat_and_no_name_and_its_doors_say_so_for_a_year(
    redis: Connection, workshop: WorkshopId
) -> None:
    token = await Tokens(redis).issue(a_grant(workshop, ANA))
    code = await Codes(redis).reserve(workshop)
    kept = await Codes(redis).reserve(WorkshopId("w2"))
    await People(redis).put(workshop, ANA, a_record("Ána"))
    await erase_workshop(redis, workshop)
    await erase_workshop(redis, workshop)
    with pytest.raises(WorkshopGone):
        await Tokens(redis).open(token)
    assert await Codes(redis).workshop(code) == workshop
    for door in (f"code:{code}", f"seat:{hashed(token)}"):
        assert 0 < int(str(await redis.call("TTL", door))) <= 365 * 24 * 3_600
    assert ANA.encode() not in repr(await redis.call("GET", f"seat:{hashed(token)}")).encode()
    assert await People(redis).everybody(workshop) == {}
    assert await Codes(redis).workshop(kept) == "w2"
