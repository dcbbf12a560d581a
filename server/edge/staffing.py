"""The moderators' side of the door: links, seats for others, lists, and the end of it all."""

import secrets
from typing import Annotated, Literal

import msgspec
import structlog
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.core.messages import WORKSHOP, Actor, PersonId
from server.core.workshop.door_rules import HANDOVER_MS
from server.core.workshop.people_commands import OfferSeat
from server.edge.answers import answer, body_of, refuse
from server.edge.creating import StaffRole, new_link, someone
from server.edge.entry import Entry, api
from server.edge.seats import Joining, Reception
from server.store.erasure import erase_workshop
from server.store.tokens import Grant

WATCHING = ("observer", "screen")

logger = structlog.get_logger(__name__)


class LinkWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    role: StaffRole | Literal["person"]
    person: str = ""
    name: Annotated[str, Meta(max_length=80)] = ""
    """Of the colleague who gets the link: then tables can be given to them before they come."""


class HandoverWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    person: str


class Staffing:
    def __init__(self, entry: Entry, reception: Reception) -> None:
        self._entry = entry
        self._store = entry.node.store
        self._reception = reception

    def routes(self) -> list[Route]:
        of = "/api/workshops/{workshop}"
        return [
            api(f"{of}/links", self._link, "POST"),
            api(f"{of}/handovers", self._hand_over, "POST"),
            api(f"{of}/people", self._import, "POST"),
            api(f"{of}/person", self._add, "POST"),
            api(of, self._erase, "DELETE"),
        ]

    async def _link(self, request: Request) -> Response:
        """A fresh link: for a role, or to the seat of somebody without a device, for whom its holder types."""
        grant, live = await self._entry.as_staff(request)
        wanted = await body_of(request, LinkWanted)
        base = self._entry.addresses.base(request)
        if wanted.role != "person":
            if grant.actor.role != "moderator" and wanted.role not in WATCHING:
                raise refuse(403, "not_allowed", "only the moderator gives links to the console")
            colleague = someone(wanted.role)
            if colleague.is_staff and wanted.name.strip():
                await self._reception.welcome(live, colleague, wanted.name)
            return answer({"link": base + await new_link(self._entry.node, live.id, colleague)})
        member = live.replica.state.people.get(PersonId(wanted.person))
        if member is None:
            raise refuse(404, "no_such_person")
        if not member.without_device:
            raise refuse(409, "has_a_device", "hand their seat over instead: they see it, and can close it")
        token = await self._store.tokens.issue(
            Grant(live.id, Actor("person", wanted.person, typed_by=grant.actor.id)),
        )
        return answer({"link": f"{base}/s#{token}"})

    async def _hand_over(self, request: Request) -> Response:
        """A link and a PIN to somebody's seat, good for one other device; their owner sees it and can close it."""
        grant, live = await self._entry.as_staff(request)
        wanted = await body_of(request, HandoverWanted)
        person = PersonId(wanted.person)
        if person not in live.replica.state.people:
            raise refuse(404, "no_such_person")
        handover = secrets.token_urlsafe(9)
        await live.replica.post(grant.actor, WORKSHOP, OfferSeat(person, handover))
        offered = Grant(live.id, Actor("person", person), handover)
        secret = await self._store.tokens.offer(offered, for_ms=HANDOVER_MS)
        pin = await self._store.codes.pin(offered, offered=True, for_ms=HANDOVER_MS)
        link = f"{self._entry.addresses.base(request)}/s#{secret}"
        return answer({"handover": handover, "link": link, "pin": pin}, 201)

    async def _import(self, request: Request) -> Response:
        grant, live = await self._entry.as_staff(request)
        return answer({"added": await self._reception.invite(live, grant.actor, await request.body())}, 201)

    async def _add(self, request: Request) -> Response:
        grant, live = await self._entry.as_staff(request)
        joining = await body_of(request, Joining)
        person = await self._reception.add(live, grant.actor, joining)
        return answer({"person": person}, 201)

    async def _erase(self, request: Request) -> Response:
        """Everything of the workshop, for good; every node hears it, and tells whoever is still connected."""
        _, live = await self._entry.as_moderator(request)
        await erase_workshop(self._store.redis, live.id)
        logger.info("workshop_erased", workshop=live.id, why="moderator")
        return answer({})
