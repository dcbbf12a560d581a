"""A workshop comes into being with its links, and shows what may be made of a path."""

import hashlib
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.core.messages import Actor, WorkshopId
from server.core.path import Card, Pack, Stop
from server.core.retention import day_ms, kept_until_ms
from server.core.workshop.events import WorkshopCreated
from server.edge.answers import answer, body_of, refuse
from server.edge.entry import Entry, api
from server.paths.loading import PackError, localized, parse_pack
from server.runtime.node import Node
from server.store.tokens import Grant

StaffRole = Literal["moderator", "co_moderator", "observer", "screen"]
"""Whoever is no participant and has a link of their own."""
LINK_ROLES: tuple[StaffRole, ...] = get_args(StaffRole)
LANGUAGES = ("en", "nl", "de", "sl", "hu")
"""Those of the interface; a path of one's own may have others."""
FOREVER = "private, max-age=31536000, immutable"
LONGEST_TITLE = 108


class NewWorkshop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What creating takes. `pack` is the text of a path of one's own; without it the bundled one is used."""

    title: Annotated[str, Meta(max_length=LONGEST_TITLE)]
    schedule: Annotated[str, Meta(max_length=40)]
    date: Annotated[str, Meta(max_length=10)] = ""
    language: Annotated[str, Meta(max_length=8)] = "en"
    retention_days: Annotated[int, Meta(ge=1, le=730)] = 365
    key: Annotated[str, Meta(max_length=200)] = ""
    pack: str = ""


class PathText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A path of one's own as its file reads."""

    pack: Annotated[str, Meta(min_length=1)]


class Created(msgspec.Struct, frozen=True):
    """`base` is the address before each link, as other devices must use it."""

    workshop: str
    code: str
    base: str
    join: str
    links: dict[str, str]
    kept_until_ms: int


class Creating:
    def __init__(self, entry: Entry, packs: Callable[[], Pack], *, open_creation: bool) -> None:
        self._entry = entry
        self._node = entry.node
        self._bundled = packs
        self._open_creation = open_creation

    def routes(self) -> list[Route]:
        return [
            api("/api/about", self._about),
            api("/api/schedules", self._schedules),
            api("/api/paths", self._read_path, "POST"),
            api("/api/workshops", self._create, "POST"),
            api("/api/path/{workshop}/{pack}/{language}", self._path),
        ]

    async def _about(self, request: Request) -> Response:
        return answer({"join_base": self._entry.addresses.base(request), "open_creation": self._open_creation})

    async def _schedules(self, request: Request) -> Response:
        return answer(_offers(localized(self._bundled(), request.query_params.get("language", "en"))))

    async def _read_path(self, request: Request) -> Response:
        """What a path of one's own offers, before a workshop is made of it; 422 names every mistake in it."""
        return answer(_offers(self._pack((await body_of(request, PathText)).pack)))

    async def _create(self, request: Request) -> Response:
        wanted = await body_of(request, NewWorkshop)
        if not self._open_creation and not await self._node.store.tokens.may_create(wanted.key):
            raise refuse(403, "no_key", "open the link that the server printed when it started")
        pack = self._pack(wanted.pack)
        _check(wanted, pack)
        created = await self._found(wanted, pack)
        live = await self._node.workshop(created.workshop)
        if live is None:
            raise RuntimeError(f"workshop {created.workshop} was founded and is not there")
        links: dict[str, str] = {
            role: await new_link(self._node, created.workshop, someone(role)) for role in LINK_ROLES
        }
        base = self._entry.addresses.base(request)
        until_ms = kept_until_ms(live.replica.state)
        made = Created(created.workshop, created.code, base, f"{base}/j/{created.code}", links, until_ms)
        return answer(made, 201)

    async def _found(self, wanted: NewWorkshop, pack: Pack) -> WorkshopCreated:
        workshop = WorkshopId(secrets.token_hex(6))
        created = WorkshopCreated(
            workshop=workshop,
            title=wanted.title.strip(),
            code=await self._node.store.codes.reserve(workshop),
            at_ms=time.time_ns() // 1_000_000,
            date=wanted.date,
            language=wanted.language,
            retention_days=wanted.retention_days,
            schedule=wanted.schedule,
            pack=pack,
            pack_id=hashlib.sha256(msgspec.msgpack.encode(pack)).hexdigest()[:16],
            seed=secrets.randbits(48),
        )
        await self._node.found(created)
        return created

    def _pack(self, text: str) -> Pack:
        if not text:
            return self._bundled()
        try:
            return parse_pack(text, "your file", self._node.activities)
        except PackError as error:
            problems = tuple(str(problem) for problem in error.problems)
            raise refuse(422, "bad_path", "the path was not loaded", problems=problems) from error

    async def _path(self, request: Request) -> Response:
        """The texts of the path in one language; the moderators' cards are in it for moderators only."""
        grant = await self._entry.granted(request)
        live = await self._entry.live(grant)
        state = live.replica.state
        if request.path_params["pack"] != state.pack_id:
            raise refuse(404, "no_such_path", "this workshop has another path")
        pack = localized(state.pack, request.path_params["language"])
        body = msgspec.structs.replace(pack, translations={})
        if not grant.actor.is_staff:
            phases = {name: msgspec.structs.replace(phase, card=Card()) for name, phase in body.phases.items()}
            body = msgspec.structs.replace(body, phases=phases)
        return answer(body, headers={"Cache-Control": FOREVER, "Vary": "Authorization"})


def _check(wanted: NewWorkshop, pack: Pack) -> None:
    """Raises `Problem` in words that tell what is allowed."""
    if not wanted.title.strip():
        raise refuse(422, "no_title", "give the workshop a title that people recognise")
    if wanted.schedule not in pack.schedules:
        raise refuse(422, "no_such_schedule", f"this path has {', '.join(pack.schedules)}")
    if wanted.date and not day_ms(wanted.date):
        raise refuse(422, "bad_date", f"{wanted.date} is no day; write it as 2027-03-12")
    spoken = tuple(dict.fromkeys((*LANGUAGES, pack.language, *pack.translations)))
    if wanted.language not in spoken:
        raise refuse(422, "bad_language", f"{wanted.language} is not one of {', '.join(spoken)}")


def someone(role: StaffRole) -> Actor:
    return Actor(role, f"s{secrets.token_hex(4)}")


async def new_link(node: Node, workshop: WorkshopId, actor: Actor) -> str:
    """A path with the secret in its fragment, which no server log and no referrer ever sees."""
    token = await node.store.tokens.issue(Grant(workshop, actor))
    face = "console" if actor.is_staff else "screen"
    return f"/w/{workshop}/{face}#{token}"


def _minutes(stops: Iterable[Stop]) -> int:
    return sum(stop.minutes for stop in stops if stop.counted and not stop.between)


def _offers(pack: Pack) -> list[dict[str, object]]:
    return [
        {
            "id": name,
            "title": schedule.title,
            "summary": schedule.summary,
            "minutes": _minutes(stop for _, stop in schedule.stops()),
            "meetings": [
                {"title": meeting.title, "starts": meeting.starts, "minutes": _minutes(meeting.stops)}
                for meeting in schedule.meetings
            ],
        }
        for name, schedule in pack.schedules.items()
    ]
