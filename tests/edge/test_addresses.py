"""What stands in links and squares is the address that other devices must use, whatever stands in front of a node."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from server.app.serving import serving
from server.app.settings import Settings, from_environment, lan_address
from tests.support.proxy import proxy

BEHIND = {"Host": "workshops.example.org", "X-Forwarded-Proto": "https"}


@asynccontextmanager
async def node(redis_url: str, **more: str) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(port=0, redis_url=redis_url, open_creation=True, node="n1", **more)  # type: ignore[arg-type]
    async with serving(settings, redis_url) as (_, listener):
        port = listener.servers[0].sockets[0].getsockname()[1]
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
            yield http


async def bases(http: httpx.AsyncClient, headers: dict[str, str]) -> set[str]:
    """Every address that a moderator and the projector are told."""
    about = (await http.get("/api/about", headers=headers)).json()["join_base"]
    wanted = {"title": "Ours", "schedule": "half_day"}
    made = (await http.post("/api/workshops", json=wanted, headers=headers)).json()
    token = made["links"]["moderator"].partition("#")[2]
    again = await http.post(
        f"/api/workshops/{made['workshop']}/links",
        json={"role": "screen"},
        headers={**headers, "Authorization": f"Bearer {token}"},
    )
    return {about, made["base"], made["join"].partition("/j/")[0], again.json()["link"].partition("/w/")[0]}


async def test_the_public_address_stands_in_every_link_however_one_came(redis_url: str) -> None:
    async with node(redis_url, public_url="https://workshops.example.org", proxy="*") as http:
        for headers in ({}, BEHIND, {"Host": "172.18.0.3:8000"}):
            assert await bases(http, headers) == {"https://workshops.example.org"}


async def test_without_one_it_is_the_address_that_was_asked_for_with_the_scheme_of_the_proxy(redis_url: str) -> None:
    async with node(redis_url, proxy="*") as http:
        assert await bases(http, BEHIND) == {"https://workshops.example.org"}
        assert await bases(http, {"Host": "localhost:8000"}) == {"http://localhost:8000"}


async def test_who_is_no_proxy_is_not_believed(redis_url: str) -> None:
    async with node(redis_url, proxy="192.0.2.7") as http:
        assert await bases(http, BEHIND) == {"http://workshops.example.org"}


async def test_behind_the_real_proxy_links_are_as_the_browser_came(redis_url: str) -> None:
    async with node(redis_url, proxy="*") as direct:
        with proxy(direct.base_url.port or 0, 1) as port:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as http:
                assert await bases(http, BEHIND) == {"https://workshops.example.org"}
                plain = {"Host": "workshops.example.org"}
                assert await bases(http, plain) == {"http://workshops.example.org"}


def test_on_a_laptop_in_front_of_a_room_it_is_the_laptops_own_and_behind_a_proxy_it_is_not(tmp_path: Path) -> None:
    laptop = from_environment({"HOST": "0.0.0.0", "PORT": "8123", "DATA": str(tmp_path)})
    assert laptop.network_url == f"http://{lan_address()}:8123"
    container = from_environment({"HOST": "0.0.0.0", "PORT": "8123", "PROXY": "*"})
    assert container.network_url == ""


def test_an_address_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="must begin with http"):
        from_environment({"PUBLIC_URL": "workshops.example.org"})
    assert (
        from_environment({"PUBLIC_URL": "https://workshops.example.org/"}).public_url == "https://workshops.example.org"
    )
