"""How the pages answer: JSON from typed structs, and every refusal with a code and what to do."""

from typing import Literal, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

MAX_BODY_BYTES = 1_200_000
"""Enough for a path of one's own with all its translations, and for a list of two thousand people."""


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """A refusal over HTTP."""

    code: str
    detail: str = ""
    then: Literal["retry", "stop"] = "stop"
    after_ms: int = 0
    problems: tuple[str, ...] = ()


class Problem(Exception):  # noqa: N818 - an answer
    """Ends a request with a refusal."""

    def __init__(self, status: int, told: Told) -> None:
        super().__init__(told.code)
        self.status = status
        self.told = told


def refuse(status: int, code: str, detail: str = "", *, problems: tuple[str, ...] = ()) -> Problem:
    return Problem(status, Told(code, detail, problems=problems))


def come_again(code: str, detail: str, after_ms: int) -> Problem:
    return Problem(429, Told(code, detail, "retry", after_ms))


def answer(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    kept = {"Cache-Control": "no-store", **(headers or {})}
    return Response(msgspec.json.encode(body), status, kept, media_type="application/json")


T = TypeVar("T", bound=msgspec.Struct)


async def body_of(request: Request, kind: type[T]) -> T:
    """The request's JSON in its own type. Raises `Problem` that names the field and what is allowed."""
    try:
        return msgspec.json.decode(await request.body(), type=kind)
    except msgspec.DecodeError as error:
        raise refuse(422, "bad_request", str(error)) from error
