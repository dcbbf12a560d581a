"""`boundary-crossing serve`: start, print the moderator's link and a code to scan, run until told to stop."""

import asyncio
import gc
import io
import logging
import os
import signal
from typing import Final

import segno
import structlog

from server.app.serving import redis_of, serving
from server.app.settings import Settings
from server.cli.failure import CommandFailed
from server.store.creation import write_key
from server.store.document_state import warm_up

YOUNG_OBJECTS: Final = 10_000
"""So many new objects that may refer to each other before the collector looks at them."""


async def serve(settings: Settings) -> int:
    """Runs until SIGINT or SIGTERM. Raises `CommandFailed` when the port is taken."""
    _log(settings.log_level)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    _check_port(settings)
    async with redis_of(settings) as redis_url, serving(settings, redis_url) as (running, _):
        key = await running.node.store.tokens.creation_key()
        write_key(settings.data, key)
        _settle()
        print(_welcome(settings, key), flush=True)
        await stop.wait()
        print("Stopping. Everything is on disk.", flush=True)
    return 0


def _settle() -> None:
    """What is in memory now stays for as long as the process: the collector need not go through it while people type.

    Going through everything stops all work for tens of milliseconds; nearly nothing here needs a collector to go away.
    """
    warm_up()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])


def _check_port(settings: Settings) -> None:
    import socket

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise CommandFailed(
                f"cannot listen on {settings.host}:{settings.port} ({error.strerror}); choose another with PORT=8001"
            ) from error


def _welcome(settings: Settings, key: str) -> str:
    link = f"{settings.public_url or settings.local_url}/#{key}"
    phones_url = settings.public_url or settings.network_url
    drawn = io.StringIO()
    segno.make(f"{phones_url or settings.local_url}/#{key}", error="l").terminal(drawn, compact=True, border=1)
    if phones_url:
        phones = f"Phones reach it at      {phones_url}"
    elif settings.proxy:
        phones = "Phones reach it through the proxy: set PUBLIC_URL to its address, for links and squares."
    else:
        phones = "Phones cannot reach it: start it with HOST=0.0.0.0 to serve this network."
    return "\n".join(("", f"Boundary Crossing is ready.  Open {link}", phones, drawn.getvalue()))


def _log(level: str) -> None:
    number = getattr(logging, level.upper(), None)
    if not isinstance(number, int):
        raise CommandFailed(f"LOG_LEVEL is {level!r}; it may be debug, info or warning")
    logging.basicConfig(level=max(number, logging.WARNING))
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(number),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer(colors=False) if os.isatty(2) else structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(__import__("sys").stderr),
    )
