"""What is asked beside the socket: creating, joining, links, the texts of the path, health and figures."""

import asyncio
import hashlib
import io
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import get_args

import msgspec
import segno
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.core.messages import Actor, PersonId, Refused, WorkshopId
from server.core.path import Card, Pack
from server.core.workshop.events import WorkshopCreated
from server.edge.answers import Problem, answer, body_of, refuse
from server.edge.asked import Created, LinkWanted, NewWorkshop, PathText, SeatProof, StaffRole, Taken
from server.edge.seats import Joining, Reception
from server.paths.loading import PackError, localized, parse_pack
from server.runtime.live import LiveWorkshop
from server.runtime.node import Node
from server.store.connection import StoreAway
from server.store.erasure import erase_workshop
from server.store.log import WorkshopGone
from server.store.tokens import Grant

CODE_FOR_MS = 400 * 24 * 3_600_000
LINK_ROLES: tuple[StaffRole, ...] = get_args(StaffRole)
FOREVER = "private, max-age=31536000, immutable"

Handler = Callable[[Request], Awaitable[Response]]


class Pages:
    """The HTTP side of one node."""

    def __init__(self, node: Node, packs: Callable[[], Pack], join_base: str, *, open_creation: bool) -> None:
        self._node = node
        self._bundled = packs
        self._join_base = join_base
        self._open_creation = open_creation
        self._reception = Reception(node.store)

    def routes(self) -> list[Route]:
        return [
            Route("/healthz", self._healthz),
            Route("/readyz", self._readyz),
            Route("/metrics", self._metrics),
            self._api("/api/about", self._about),
            self._api("/api/schedules", self._schedules),
            self._api("/api/paths", self._read_path, "POST"),
            self._api("/api/qr", self._qr),
            self._api("/api/workshops", self._create, "POST"),
            self._api("/api/workshops/{workshop}", self._erase, "DELETE"),
            self._api("/api/join/{code}", self._invitation),
            self._api("/api/join/{code}", self._join, "POST"),
            self._api("/api/seat", self._seat, "POST"),
            self._api("/api/pin", self._pin, "POST"),
            self._api("/api/profile", self._profile, "POST"),
            self._api("/api/workshops/{workshop}/links", self._link, "POST"),
            self._api("/api/workshops/{workshop}/people", self._import, "POST"),
            self._api("/api/workshops/{workshop}/person", self._add, "POST"),
            self._api("/api/path/{workshop}/{pack}/{language}", self._path),
        ]

    def _api(self, path: str, handle: Handler, method: str = "GET") -> Route:
        async def guarded(request: Request) -> Response:
            try:
                return await handle(request)
            except Problem as problem:
                return answer(problem.told, problem.status)
            except Refused as refused:
                return answer(refuse(409, refused.code, refused.detail).told, 409)
            except WorkshopGone:
                return answer(refuse(410, "erased", "this workshop has been erased").told, 410)
            except StoreAway:
                told = {"code": "away", "then": "retry", "detail": "the store cannot be reached; try again in a moment"}
                return answer(told, 503)

        return Route(path, guarded, methods=[method])

    # -- health ------------------------------------------------------------------------------------------------------

    async def _healthz(self, _request: Request) -> Response:
        return answer({"alive": True})

    async def _readyz(self, _request: Request) -> Response:
        ready = not self._node.store_away and not self._node.is_deaf
        body = {"ready": ready, "store": not self._node.store_away, "hears": not self._node.is_deaf}
        return answer(body, 200 if ready else 503)

    async def _metrics(self, _request: Request) -> Response:
        return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    # -- creating ----------------------------------------------------------------------------------------------------

    async def _about(self, _request: Request) -> Response:
        return answer({"join_base": self._join_base, "open_creation": self._open_creation})

    async def _schedules(self, request: Request) -> Response:
        return answer(_offers(localized(self._bundled(), request.query_params.get("language", "en"))))

    async def _read_path(self, request: Request) -> Response:
        """What a path of one's own offers, before a workshop is made of it; 422 names every mistake in it."""
        return answer(_offers(self._pack((await body_of(request, PathText)).pack)))

    async def _qr(self, request: Request) -> Response:
        text = request.query_params.get("text", "")
        if not 0 < len(text) <= 400:
            raise refuse(422, "bad_request", "text must have 1 to 400 characters")
        drawn = io.BytesIO()
        segno.make(text, error="m", micro=False).save(
            drawn, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
        )
        headers = {"Cache-Control": "public, max-age=86400"}
        return Response(drawn.getvalue(), headers=headers, media_type="image/svg+xml")

    async def _create(self, request: Request) -> Response:
        wanted = await body_of(request, NewWorkshop)
        if not self._open_creation and not await self._node.store.tokens.may_create(wanted.key):
            raise refuse(403, "no_key", "open the link that the server printed when it started")
        pack = self._pack(wanted.pack)
        if wanted.schedule not in pack.schedules:
            raise refuse(422, "no_such_schedule", f"this path has {', '.join(pack.schedules)}")
        workshop = WorkshopId(secrets.token_hex(6))
        code = await self._node.store.codes.reserve(workshop, for_ms=CODE_FOR_MS)
        now_ms = time.time_ns() // 1_000_000
        await self._node.found(
            WorkshopCreated(
                workshop=workshop,
                title=wanted.title.strip(),
                code=code,
                at_ms=now_ms,
                date=wanted.date,
                language=wanted.language,
                retention_days=wanted.retention_days,
                schedule=wanted.schedule,
                pack=pack,
                pack_id=hashlib.sha256(msgspec.msgpack.encode(pack)).hexdigest()[:16],
                seed=secrets.randbits(48),
            )
        )
        links: dict[str, str] = {role: await self._new_link(workshop, _staff(role)) for role in LINK_ROLES}
        return answer(Created(workshop, code, f"{self._base(request)}/j/{code}", links), 201)

    def _pack(self, text: str) -> Pack:
        if not text:
            return self._bundled()
        try:
            return parse_pack(text, "your file", self._node.activities)
        except PackError as error:
            problems = tuple(str(problem) for problem in error.problems)
            raise refuse(422, "bad_path", "the path was not loaded", problems=problems) from error

    async def _new_link(self, workshop: WorkshopId, actor: Actor) -> str:
        """A path with the secret in its fragment, which no server log and no referrer ever sees."""
        token = await self._reception.token(workshop, actor)
        face = "console" if actor.is_staff else "screen"
        return f"/w/{workshop}/{face}#{token}"

    def _base(self, request: Request) -> str:
        host = request.url.hostname or ""
        if host in ("127.0.0.1", "localhost", "::1"):
            return self._join_base
        return f"{request.url.scheme}://{request.url.netloc}"

    # -- joining -----------------------------------------------------------------------------------------------------

    async def _by_code(self, request: Request, code: str) -> LiveWorkshop:
        """The workshop of a code. Who guesses is slowed, by their own device's name: a school has one address."""
        guesser = f"guess:{_device(request)}"
        await self._slow(guesser)
        workshop = await self._node.store.codes.workshop(code)
        if workshop is None:
            await self._node.store.attempts.failed(guesser)
            raise refuse(404, "no_such_code", "compare the code with the projector, letter by letter")
        live = await self._node.workshop(workshop)
        if live is None or live.replica.state.life == "erased":
            raise refuse(410, "erased", "this workshop has been erased")
        return live

    async def _slow(self, guesser: str) -> None:
        wait_ms = await self._node.store.attempts.delay_ms(guesser)
        if wait_ms:
            await asyncio.sleep(wait_ms / 1000)

    async def _invitation(self, request: Request) -> Response:
        live = await self._by_code(request, request.path_params["code"])
        state = live.replica.state
        pack = localized(state.pack, request.query_params.get("language", state.language))
        expected = [member.id for member in state.people.values() if member.state == "expected"]
        await live.lookup.fetch(state.people, ())
        names = live.lookup.names(state.people)
        schools = sorted({name.school for name in names.values() if name.school})

        def options(vocabulary: str) -> list[dict[str, str]]:
            return [{"id": one.id, "label": one.label} for one in pack.vocabularies.get(vocabulary, ())]

        return answer(
            {
                "workshop": live.id,
                "title": state.title,
                "date": state.date,
                "language": state.language,
                "agreement": pack.agreement,
                "languages": [one.id for one in pack.vocabularies.get("languages", ())],
                "schooling": options("schooling"),
                "positions": options("positions"),
                "schools": schools,
                "people": [
                    {"id": who, "name": names[who].name, "school": names[who].school}
                    for who in expected
                    if who in names
                ],
                "retention_days": state.retention_days,
                "state": state.life,
            }
        )

    async def _join(self, request: Request) -> Response:
        live = await self._by_code(request, request.path_params["code"])
        if live.replica.state.life == "closed":
            raise refuse(409, "closed", "this workshop has ended")
        return answer(await self._reception.join(live, await body_of(request, Joining)), 201)

    async def _seat(self, request: Request) -> Response:
        """Another device takes a seat: with the secret of a personal link, or with a PIN."""
        proof = await body_of(request, SeatProof)
        tokens = self._node.store.tokens
        if proof.token:
            grant = await tokens.open(proof.token)
            if grant is None:
                raise refuse(404, "unknown_seat", "this link is not, or no longer, valid")
            return answer(_taken(grant, proof.token))
        live = await self._by_code(request, proof.code)
        counted = f"pin:{live.id}:{_device(request)}"
        await self._slow(counted)
        grant = await self._node.store.codes.take(live.id, proof.pin)
        if grant is None:
            await self._node.store.attempts.failed(counted)
            raise refuse(404, "wrong_pin", "the PIN is wrong or older than ten minutes; make a new one")
        return answer(_taken(grant, await tokens.issue(grant)))

    async def _pin(self, request: Request) -> Response:
        grant = await self._granted(request)
        return answer({"pin": await self._node.store.codes.pin(grant)})

    async def _profile(self, request: Request) -> Response:
        grant = await self._granted(request)
        live = await self._live(grant)
        told = await body_of(request, Joining)
        if grant.actor.person is not None:
            await self._reception.change_profile(live, grant.actor.person, told)
        elif grant.actor.is_staff:
            await self._reception.welcome(live, grant.actor, told.name)
        else:
            raise refuse(403, "not_allowed", "only people with a seat and moderators have a profile")
        return answer({})

    # -- the moderator's -----------------------------------------------------------------------------------------------

    async def _granted(self, request: Request) -> Grant:
        token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        grant = await self._node.store.tokens.open(token) if token else None
        if grant is None:
            raise refuse(401, "unknown_seat", "this link is not, or no longer, valid")
        return grant

    async def _live(self, grant: Grant) -> LiveWorkshop:
        live = await self._node.workshop(grant.workshop)
        if live is None:
            raise refuse(410, "erased", "this workshop has been erased")
        return live

    async def _as_staff(self, request: Request) -> tuple[Grant, LiveWorkshop]:
        grant = await self._granted(request)
        if not grant.actor.is_staff or grant.workshop != request.path_params["workshop"]:
            raise refuse(403, "not_allowed", "only the moderators of this workshop can do this")
        return grant, await self._live(grant)

    async def _link(self, request: Request) -> Response:
        """A fresh link: for a role, or a person's own for their next device."""
        grant, live = await self._as_staff(request)
        wanted = await body_of(request, LinkWanted)
        if wanted.role != "person":
            colleague = _staff(wanted.role)
            if colleague.is_staff and wanted.name.strip():
                await self._reception.welcome(live, colleague, wanted.name)
            return answer({"link": await self._new_link(live.id, colleague)})
        member = live.replica.state.people.get(PersonId(wanted.person))
        if member is None:
            raise refuse(404, "no_such_person")
        # Whoever opens the seat of somebody without a device types for them, and the log says so.
        typist = grant.actor.id if member.without_device else ""
        token = await self._reception.token(live.id, Actor("person", wanted.person, typed_by=typist))
        return answer({"link": f"/s#{token}"})

    async def _import(self, request: Request) -> Response:
        _, live = await self._as_staff(request)
        text = (await request.body()).decode("utf-8", errors="replace")
        return answer({"added": await self._reception.invite(live, text)}, 201)

    async def _add(self, request: Request) -> Response:
        grant, live = await self._as_staff(request)
        joining = await body_of(request, Joining)
        person = await self._reception.add(live, grant.actor, joining, without_device=True)
        return answer({"person": person}, 201)

    async def _erase(self, request: Request) -> Response:
        """Everything of the workshop, for good; every node hears it, and tells whoever is still connected."""
        grant, live = await self._as_staff(request)
        if grant.actor.role != "moderator":
            raise refuse(403, "not_allowed", "only the holder of the moderator's own link erases a workshop")
        await self._node.store.sweeping.mark()
        await erase_workshop(self._node.store.redis, live.id)
        await self._node.store.sweeping.mark()
        return answer({})

    async def _path(self, request: Request) -> Response:
        """The texts of the path in one language; the moderators' cards are in it for moderators only."""
        grant = await self._granted(request)
        live = await self._live(grant)
        state = live.replica.state
        if request.path_params["pack"] != state.pack_id:
            raise refuse(404, "no_such_path", "this workshop has another path")
        pack = localized(state.pack, request.path_params["language"])
        body = msgspec.structs.replace(pack, translations={})
        if not grant.actor.is_staff:
            phases = {name: msgspec.structs.replace(phase, card=Card()) for name, phase in body.phases.items()}
            body = msgspec.structs.replace(body, phases=phases)
        return answer(body, headers={"Cache-Control": FOREVER, "Vary": "Authorization"})


def _offers(pack: Pack) -> list[dict[str, str | int]]:
    return [
        {
            "id": name,
            "title": schedule.title,
            "summary": schedule.summary,
            "minutes": sum(stop.minutes for _, stop in schedule.stops() if stop.counted and not stop.between),
        }
        for name, schedule in pack.schedules.items()
    ]


def _device(request: Request) -> str:
    """How a browser names itself; all that leave it out share one name, and are slowed together."""
    return request.headers.get("x-device", "")[:40] or "nameless"


def _staff(role: StaffRole) -> Actor:
    return Actor(role, f"s{secrets.token_hex(4)}")


def _taken(grant: Grant, token: str) -> Taken:
    return Taken(grant.actor.role, grant.workshop, token, grant.actor.id if grant.actor.person else "")
