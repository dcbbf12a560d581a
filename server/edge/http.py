"""What is asked beside the socket: every page of the door by its address, squares, health and figures."""

import io
from collections.abc import Callable

import segno
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.core.path import Pack
from server.edge.addresses import Addresses
from server.edge.answers import answer, refuse
from server.edge.creating import Creating
from server.edge.entry import Entry, api
from server.edge.joining import JoiningPages
from server.edge.seats import Reception
from server.edge.staffing import Staffing
from server.runtime.node import Node


class Pages:
    """The HTTP side of one node."""

    def __init__(self, node: Node, packs: Callable[[], Pack], addresses: Addresses, *, open_creation: bool) -> None:
        self._node = node
        entry, reception = Entry(node, addresses), Reception(node.store)
        self._parts = (
            Creating(entry, packs, open_creation=open_creation),
            JoiningPages(entry, reception),
            Staffing(entry, reception),
        )

    def routes(self) -> list[Route]:
        return [
            Route("/healthz", self._healthz),
            Route("/readyz", self._readyz),
            Route("/metrics", self._metrics),
            api("/api/qr", self._qr),
            *(route for part in self._parts for route in part.routes()),
        ]

    async def _healthz(self, _request: Request) -> Response:
        return answer({"alive": True})

    async def _readyz(self, _request: Request) -> Response:
        ready = not self._node.store_away and not self._node.is_deaf
        body = {"ready": ready, "store": not self._node.store_away, "hears": not self._node.is_deaf}
        return answer(body, 200 if ready else 503)

    async def _metrics(self, _request: Request) -> Response:
        return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

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
