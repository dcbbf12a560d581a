"""Rules of the one connection: answers in order, errors where they belong, and back by itself."""

import asyncio

import pytest
import redis.asyncio as stock
import uvloop

from server.store.connection import Address, Connection, RedisRefused, StoreAway
from server.store.replies import Answer
from server.store.wire import packed
from tests.store.own_redis import OwnRedis


async def test_many_callers_get_each_their_own_answer(redis: Connection) -> None:
    answers = await asyncio.gather(*(redis.call("ECHO", f"č{number}") for number in range(2000)))
    assert answers == [f"č{number}".encode() for number in range(2000)]


async def test_a_refused_command_fails_alone(redis: Connection) -> None:
    first, wrong, last = redis.call("ECHO", "1"), redis.call("NONSENSE"), redis.call("ECHO", "2")
    with pytest.raises(RedisRefused):
        await wrong
    assert (await first, await last) == (b"1", b"2")


async def test_a_caller_that_gave_up_does_not_shift_the_answers_of_the_others(redis: Connection) -> None:
    given_up, kept = redis.call("ECHO", "1"), redis.call("ECHO", "2")
    given_up.cancel()
    assert await kept == b"2"
    assert await redis.call("ECHO", "3") == b"3"


async def test_whoever_wants_no_task_is_called_with_the_answer_or_with_what_went_wrong(redis: Connection) -> None:
    heard: list[Answer] = []
    redis.call_then(packed(("ECHO", "1")), heard.append)
    redis.call_then(packed(("NONSENSE",)), heard.append)
    await redis.ping()
    assert heard[0] == b"1"
    assert isinstance(heard[1], RedisRefused)
    await redis.close()
    redis.call_then(packed(("ECHO", "2")), heard.append)
    assert isinstance(heard[2], StoreAway)


async def test_a_listener_that_fails_takes_no_answer_from_the_others(redis: Connection) -> None:
    def stumble(_: Answer) -> None:
        raise RuntimeError("on purpose")

    redis.call_then(packed(("ECHO", "1")), stumble)
    assert await redis.call("ECHO", "2") == b"2"


async def test_one_wrong_command_in_a_transaction_is_told(redis: Connection) -> None:
    await redis.call("SET", "word", "x")
    with pytest.raises(RedisRefused):
        await redis.all_of([("SET", "other", "1"), ("INCR", "word")])
    assert await redis.call("ECHO", "on") == b"on"


async def test_a_transaction_whose_watched_key_changed_does_nothing(redis: Connection) -> None:
    async with redis.another() as own:
        await own.call("WATCH", "word")
        await redis.call("SET", "word", "theirs")
        assert await own.transaction([("SET", "word", "mine")]) is None
    assert await redis.call("GET", "word") == b"theirs"


async def test_nobody_there_is_away_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    nowhere = Address(path=str(tmp_path_factory.mktemp("none") / "redis.sock"))
    async with Connection(nowhere) as connection:
        for answer in [connection.call("PING") for _ in range(3)]:
            with pytest.raises(StoreAway):
                await answer


async def test_commands_under_way_fail_and_the_next_ones_reach_the_new_redis(own_redis: OwnRedis) -> None:
    async with Connection(own_redis.address) as connection:
        await connection.ping()
        under_way = [connection.call("BLPOP", "nothing", 0), connection.call("PING")]
        own_redis.kill()
        for answer in under_way:
            with pytest.raises(StoreAway):
                await answer
        own_redis.start()
        assert await connection.call("ECHO", "back") == b"back"


async def test_a_closed_connection_says_so(redis: Connection) -> None:
    connection = redis.another()
    await connection.ping()
    await connection.close()
    with pytest.raises(StoreAway):
        await connection.ping()
    assert repr(connection) == "<Connection closed owed=0 unsent=0>"


async def test_a_redis_that_refuses_our_password_is_away(own_redis: OwnRedis) -> None:
    async with Connection(own_redis.address) as connection:
        await connection.call("CONFIG", "SET", "requirepass", "secret")
    async with Connection(Address(path=own_redis.address.path, password="secret", db=3)) as friend:
        await friend.call("SET", "here", "1")
    async with Connection(Address(path=own_redis.address.path, password="guess")) as stranger:
        with pytest.raises((StoreAway, RedisRefused)):
            await stranger.call("GET", "here")


async def test_a_full_memory_is_away_and_not_a_defect(own_redis: OwnRedis) -> None:
    async with Connection(own_redis.address) as connection:
        await connection.call("CONFIG", "SET", "maxmemory", "1")
        with pytest.raises(StoreAway):
            await connection.call("SET", "word", "x")
        await connection.call("CONFIG", "SET", "maxmemory", "0")
        await connection.call("SET", "word", "x")


async def test_the_stock_client_reads_what_we_wrote(redis: Connection, shared_redis: OwnRedis) -> None:
    await redis.call("XADD", "s", "1-0", "word", "ž")
    async with stock.Redis(unix_socket_path=shared_redis.address.path) as client:
        assert await client.xrange("s") == [(b"1-0", {b"word": "ž".encode()})]


def test_the_faster_event_loop_works_as_well(shared_redis: OwnRedis) -> None:
    async def echo() -> object:
        async with Connection(shared_redis.address) as connection:
            return await connection.call("ECHO", "x" * 100_000)

    assert uvloop.run(echo()) == b"x" * 100_000


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("unix:///run/redis.sock?db=2", Address(path="/run/redis.sock", db=2)),
        ("redis://ana:secret@host:7000/1", Address("", "host", 7000, False, "ana", "secret", 1)),
        ("rediss://host", Address(host="host", encrypted=True)),
    ],
)
def test_an_address_is_read_from_a_url(url: str, address: Address) -> None:
    assert Address.parse(url) == address


def test_a_wrong_url_says_what_is_allowed() -> None:
    with pytest.raises(ValueError, match="redis://"):
        Address.parse("http://host")


async def test_a_host_that_answers_nonsense_is_away() -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, Connection(Address(host="127.0.0.1", port=port)) as connection:
        with pytest.raises(StoreAway):
            await connection.ping()
