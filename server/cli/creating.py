"""`boundary-crossing new`: a workshop on the running server, with its links."""

import argparse
import asyncio
import json
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from server.app.settings import Settings
from server.cli.failure import CommandFailed
from server.store.creation import read_key


def base_url(settings: Settings) -> str:
    return settings.local_url


Json = dict[str, object]


async def ask(url: str, body: Json | None = None, headers: dict[str, str] | None = None) -> Json:
    """A question to the running server. Raises `CommandFailed` with its own words, or that nothing runs there."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **(headers or {})})
    return await asyncio.to_thread(_answer, request)


def _answer(request: urllib.request.Request) -> Json:
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return cast(Json, json.load(response))
    except urllib.error.HTTPError as error:
        told = json.loads(error.read() or b"{}")
        lines = "\n".join(["", *told.get("problems", ())])
        raise CommandFailed(f"{told.get('detail') or told.get('code') or error}{lines}") from error
    except OSError as error:
        raise CommandFailed(
            f"no server answers at {request.host}; start it with `make run`, or set HOST and PORT"
        ) from error


async def new(settings: Settings, options: argparse.Namespace) -> int:
    created = await ask(
        f"{base_url(settings)}/api/workshops",
        {
            "title": options.title,
            "schedule": options.schedule,
            "language": options.language,
            "date": options.date,
            "key": read_key(settings.data),
            "retention_days": options.retention,
            "pack": pack_text(options.path),
        },
    )
    links = cast(dict[str, str], created["links"])
    print(f"Join code     {created['code']}   {created['join']}")
    for role, link in links.items():
        print(f"{role.replace('_', '-'):13} {created['base']}{link}")
    until = datetime.fromtimestamp(cast(int, created["kept_until_ms"]) / 1000, tz=UTC)
    print(f"Kept until    {until:%Y-%m-%d}, or later if it meets again")
    return 0


def pack_text(file: Path | None) -> str:
    """A path of one's own as its file reads; empty without one. Raises `CommandFailed`."""
    if file is None:
        return ""
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise CommandFailed(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandFailed(f"{file} is no text in UTF-8") from error
