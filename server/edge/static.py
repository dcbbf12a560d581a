"""The built client: one page for every address of ours, and files whose names change with their content."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent.parent / "static"
FOREVER = "public, max-age=31536000, immutable"

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""No script, font or picture from anywhere else, and nobody may frame us."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}

NOT_BUILT = "The client has not been built. Run `make client`, or `make run`, and load this page again.\n"


class Assets(StaticFiles):
    """Files under /assets, named by their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers["Cache-Control"] = FOREVER
        return response


async def page(_request: Request) -> Response:
    """The one page; which screen it shows is the browser's business."""
    index = STATIC / "index.html"
    if not index.is_file():
        return Response(NOT_BUILT, 503, media_type="text/plain")
    return FileResponse(index, headers={**HEADERS, "Cache-Control": "no-cache"})


async def root_file(request: Request) -> Response:
    """Files that must lie at the root: the service worker, the manifest, the icons."""
    found = STATIC / request.path_params["name"]
    if found.parent != STATIC or not found.is_file():
        return await page(request)
    return FileResponse(found, headers={**HEADERS, "Cache-Control": "no-cache"})


def routes() -> list[BaseRoute]:
    return [
        Mount("/assets", Assets(directory=STATIC / "assets", check_dir=False)),
        Route("/", page),
        Route("/{name:str}", root_file),
        Route("/{rest:path}", page),
    ]
