"""The participants' side of the door: what a code tells, a seat taken, and the same seat on another device."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.core.messages import CLOCK, WORKSHOP, Refused
from server.core.path import Pack
from server.core.retention import kept_until_ms
from server.core.workshop.door_rules import HANDOVER_MS
from server.core.workshop.people_commands import OpenSeat
from server.edge.answers import answer, body_of, refuse
from server.edge.entry import Entry, api
from server.edge.seats import Joining, Reception
from server.paths.loading import localized
from server.runtime.live import LiveWorkshop
from server.store.attempts import PINS
from server.store.tokens import Grant


class SeatProof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The secret of a link, or the join code and a PIN."""

    token: str = ""
    code: str = ""
    pin: str = ""


class Taken(msgspec.Struct, frozen=True, omit_defaults=True):
    """`handover` names the way by which the seat came here, so that this device does not warn of itself."""

    role: str
    workshop: str
    token: str
    person: str = ""
    handover: str = ""


class Asked(msgspec.Struct, frozen=True):
    """Not yet: whose seat it is is asked on a device of theirs. Come again with this secret."""

    wait: str


class JoiningPages:
    def __init__(self, entry: Entry, reception: Reception) -> None:
        self._entry = entry
        self._store = entry.node.store
        self._reception = reception

    def routes(self) -> list[Route]:
        return [
            api("/api/join/{code}", self._invitation),
            api("/api/join/{code}", self._join, "POST"),
            api("/api/seat", self._seat, "POST"),
            api("/api/pin", self._pin, "POST"),
            api("/api/profile", self._profile, "POST"),
        ]

    async def _invitation(self, request: Request) -> Response:
        live = await self._entry.by_code(request, request.path_params["code"])
        state = live.replica.state
        pack = localized(state.pack, request.query_params.get("language", state.language))
        await live.lookup.fetch(state.people, ())
        names = live.lookup.names(state.people)
        expected = [who for who, member in state.people.items() if member.state == "expected" and who in names]
        return answer(
            {
                "workshop": live.id,
                "title": state.title,
                "date": state.date,
                "language": state.language,
                "agreement": pack.agreement,
                "languages": [one.id for one in pack.vocabularies.get("languages", ())],
                "schooling": _options(pack, "schooling"),
                "positions": _options(pack, "positions"),
                "schools": sorted({name.school for name in names.values() if name.school}),
                "people": [{"id": who, "name": names[who].name, "school": names[who].school} for who in expected],
                "retention_days": state.retention_days,
                "kept_until_ms": kept_until_ms(state),
                "state": state.life,
            }
        )

    async def _join(self, request: Request) -> Response:
        live = await self._entry.by_code(request, request.path_params["code"])
        if live.replica.state.life == "closed":
            raise refuse(409, "closed", "this workshop has ended")
        return answer(await self._reception.join(live, await body_of(request, Joining)), 201)

    async def _seat(self, request: Request) -> Response:
        """Another device takes a seat: with the secret of a link, or with a PIN."""
        proof = await body_of(request, SeatProof)
        tokens = self._store.tokens
        if not proof.token:
            return await self._by_pin(request, proof)
        grant = await tokens.open(proof.token)
        if grant is not None:
            await self._entry.live(grant)
            return answer(_taken(grant, proof.token))
        offered = await tokens.offered(proof.token)
        if offered is None:
            raise refuse(404, "unknown_seat", "this link is not, or no longer, valid")
        return await self._handed(await self._entry.live_of(offered), offered, proof.token)

    async def _by_pin(self, request: Request, proof: SeatProof) -> Response:
        live = await self._entry.by_code(request, proof.code)
        codes = self._store.codes
        sought = codes.pin_door(live.id, proof.pin)
        pin = await self._entry.guess(request, f"pin:{live.id}", PINS, sought, lambda: codes.take(live.id, proof.pin))
        if pin is None:
            raise refuse(404, "wrong_pin", "the PIN is wrong or older than ten minutes; make a new one")
        if not pin.offered:
            await self._entry.live(pin.grant)
            return answer(_taken(pin.grant, await self._store.tokens.issue(pin.grant)))
        # The PIN is spent; while its owner is asked, this device comes again with a secret that nobody can guess.
        secret = await self._store.tokens.offer(pin.grant, for_ms=HANDOVER_MS)
        return await self._handed(live, pin.grant, secret)

    async def _handed(self, live: LiveWorkshop, grant: Grant, secret: str) -> Response:
        try:
            await live.replica.post(CLOCK, WORKSHOP, OpenSeat(grant.handover))
        except Refused as refused:
            if refused.code == "ask_first":
                return answer(Asked(secret), 202)
            raise
        await self._store.tokens.spend(secret)
        return answer(_taken(grant, await self._store.tokens.issue(grant)))

    async def _pin(self, request: Request) -> Response:
        """For the next device of a participant; moderators have links of their own."""
        grant = await self._entry.granted(request)
        await self._entry.live(grant)
        if grant.actor.person is None:
            raise refuse(403, "not_allowed", "only people with a seat take it to another device by PIN")
        return answer({"pin": await self._store.codes.pin(grant)})

    async def _profile(self, request: Request) -> Response:
        grant = await self._entry.granted(request)
        live = await self._entry.live(grant)
        told = await body_of(request, Joining)
        if grant.actor.person is not None:
            await self._reception.change_profile(live, grant.actor, told)
        elif grant.actor.is_staff:
            await self._reception.welcome(live, grant.actor, told.name)
        else:
            raise refuse(403, "not_allowed", "only people with a seat and moderators have a profile")
        return answer({})


def _options(pack: Pack, vocabulary: str) -> list[dict[str, str]]:
    return [{"id": one.id, "label": one.label} for one in pack.vocabularies.get(vocabulary, ())]


def _taken(grant: Grant, token: str) -> Taken:
    person = grant.actor.id if grant.actor.person else ""
    return Taken(grant.actor.role, grant.workshop, token, person, grant.handover)
