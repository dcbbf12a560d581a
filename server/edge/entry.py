"""Who asks, for which workshop, and how often: what every page behind the door needs to know first."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.core.messages import Refused
from server.edge.addresses import Addresses
from server.edge.admission import holds
from server.edge.answers import Problem, answer, come_again, refuse
from server.runtime.live import LiveWorkshop
from server.runtime.node import Node
from server.store.attempts import JOIN_CODES, Budget
from server.store.connection import StoreAway
from server.store.log import WorkshopGone
from server.store.tokens import Grant

Handler = Callable[[Request], Awaitable[Response]]

COME_AGAIN_MS = 2_000

Found = TypeVar("Found")


def api(path: str, handle: Handler, method: str = "GET") -> Route:
    """A page whose every refusal is an answer."""

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


class Entry:
    """From a request to a grant, and from a grant or a code to its workshop."""

    def __init__(self, node: Node, addresses: Addresses) -> None:
        self.node = node
        self.addresses = addresses

    async def granted(self, request: Request) -> Grant:
        token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        grant = await self.node.store.tokens.open(token) if token else None
        if grant is None:
            raise refuse(401, "unknown_seat", "this link is not, or no longer, valid")
        return grant

    async def live_of(self, grant: Grant) -> LiveWorkshop:
        live = await self.node.workshop(grant.workshop)
        if live is None or live.replica.state.life == "erased":
            raise refuse(410, "erased", "this workshop has been erased")
        return live

    async def live(self, grant: Grant) -> LiveWorkshop:
        """The workshop of a grant that holds. Raises `Problem`."""
        live = await self.live_of(grant)
        if not await holds(live, grant):
            raise refuse(401, "seat_closed", "whose seat it is has closed it here")
        return live

    async def as_staff(self, request: Request) -> tuple[Grant, LiveWorkshop]:
        grant = await self.granted(request)
        if not grant.actor.is_staff or grant.workshop != request.path_params["workshop"]:
            raise refuse(403, "not_allowed", "only the moderators of this workshop can do this")
        return grant, await self.live(grant)

    async def as_moderator(self, request: Request) -> tuple[Grant, LiveWorkshop]:
        grant, live = await self.as_staff(request)
        if grant.actor.role != "moderator":
            raise refuse(403, "not_allowed", "only the holder of the moderator's own link can do this")
        return grant, live

    async def by_code(self, request: Request, code: str) -> LiveWorkshop:
        """The workshop of a code, typed or scanned. Raises `Problem`."""
        codes = self.node.store.codes
        workshop = await self.guess(request, "code", JOIN_CODES, codes.door(code), lambda: codes.workshop(code))
        if workshop is None:
            raise refuse(404, "no_such_code", "compare the code with the projector, letter by letter")
        live = await self.node.workshop(workshop)
        if live is None or live.replica.state.life == "erased":
            raise refuse(410, "erased", "this workshop has been erased")
        return live

    async def guess(
        self, request: Request, gate: str, budget: Budget, sought: str, look: Callable[[], Awaitable[Found | None]]
    ) -> Found | None:
        """What was typed, looked up in its turn: whoever mistypes often waits, and nobody waits for a neighbour.

        Devices are told apart by the name that they give themselves. One without a name is not taken for all others
        without one; what they guess together is bounded by the budget. Raises `Problem`.
        """
        attempts = self.node.store.attempts
        named = request.headers.get("x-device", "")[:40]
        device = f"{gate}:device:{named}"
        turn_ms = await attempts.wait_ms(gate, budget, sought)
        if turn_ms is None:
            raise come_again("slow_down", "very many codes are being tried at this moment", COME_AGAIN_MS)
        own_ms = await attempts.delay_ms(device) if named else 0
        if wait_ms := max(turn_ms, own_ms):
            await asyncio.sleep(wait_ms / 1000)
        found = await look()
        if named:
            await (attempts.failed(device) if found is None else attempts.succeeded(device))
        return found
