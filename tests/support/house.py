"""A whole server on a free port, with a workshop in it."""

import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from server.app.serving import Listener, Serving, serving
from server.app.settings import Settings
from server.core.activity import right_of
from server.core.messages import Actor, PageId, WorkshopId
from tests.support.eventually import eventually


@dataclass
class House:
    """`links` are the secrets of the moderator, co-moderator, observer and screen."""

    url: str
    http: httpx.AsyncClient
    serving: Serving
    workshop: str
    code: str
    links: Mapping[str, str]
    listener: Listener

    async def stop(self) -> None:
        """As an operator stops a server: everybody is told."""
        self.listener.should_exit = True

    async def join(self, name: str, **more: object) -> dict[str, Any]:
        """A seat: token, person, workshop."""
        answer = await self.http.post(f"/api/join/{self.code}", json={"name": name, "agreed": True, **more})
        assert answer.status_code == 201, answer.text
        joined: dict[str, Any] = answer.json()
        return joined

    def pages(self, person: str, phase: str) -> Mapping[PageId, str]:
        """The pages of a phase that a person may open, and how."""
        replica = self.serving.node.live[WorkshopId(self.workshop)].replica
        granted = replica.rulebook.documents(replica.state, Actor("person", person), phase)
        return {page: right for page, grant in granted.items() if (right := right_of(grant))}

    def as_seat(self, token: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token}"}


@contextlib.asynccontextmanager
async def open_house(redis_url: str, data: Path, schedule: str = "half_day") -> AsyncIterator[House]:
    settings = Settings(port=0, data=data, node="house", open_creation=True)
    async with serving(settings, redis_url) as (node, listener):
        await eventually(lambda: listener.started)
        port = listener.servers[0].sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=url, timeout=30) as http:
            answer = await http.post("/api/workshops", json={"title": "A day", "schedule": schedule})
            assert answer.status_code == 201, answer.text
            made = answer.json()
            links = {role: link.partition("#")[2] for role, link in made["links"].items()}
            yield House(url, http, node, made["workshop"], made["code"], links, listener)
