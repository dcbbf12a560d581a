"""The Redis of the tests is real, empty for each test, and survives what it claims to survive."""

import redis

from tests.support.redis_server import RedisServer


def test_one_test_writes(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("vote", "1")


def test_and_the_next_finds_nothing(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0


def test_a_durable_one_keeps_what_it_acknowledged_through_a_kill() -> None:
    server = RedisServer(durable=True)
    try:
        server.start()
        with redis.Redis.from_url(server.url) as client:
            client.set("vote", "kept")
            server.kill()
            server.start()
            assert client.get("vote") == b"kept"
    finally:
        server.remove()
