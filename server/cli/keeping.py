"""`boundary-crossing backup`, `restore` and `erase`: what an operator does with workshops as a whole."""

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from server.app.settings import Settings
from server.cli.failure import CommandFailed
from server.core.messages import WorkshopId
from server.store.backup import NotABackup, read_all, restore, write_all
from server.store.connection import StoreAway
from server.store.embedded import redis_of_folder
from server.store.erasure import erase_workshop
from server.store.opened import Store, open_store


@asynccontextmanager
async def the_store(settings: Settings) -> AsyncIterator[Store]:
    """Where the workshops are: in REDIS_URL, or in the data folder, whether a server is using it or not."""
    try:
        if settings.redis_url:
            async with open_store(settings.redis_url) as store:
                await store.redis.ping()
                yield store
        else:
            async with redis_of_folder(settings.data) as url, open_store(url) as store:
                yield store
    except StoreAway as away:
        raise CommandFailed(f"Redis cannot be reached at {settings.redis_url or settings.data}") from away


async def backup(settings: Settings, options: argparse.Namespace) -> int:
    file: Path = options.file
    if not settings.redis_url and not settings.data.is_dir():
        raise CommandFailed(f"there is no data in {settings.data}; set DATA or REDIS_URL")
    async with the_store(settings) as store:
        try:
            many = await write_all(store.redis, _workshops(store), file)
        except OSError as error:
            raise CommandFailed(f"{file} cannot be written: {error.strerror}") from error
    kept = "workshop is" if many == 1 else "workshops are"
    print(f"{many} {kept} in {file}. Keep it no longer than you promised the rooms.")
    return 0


async def _workshops(store: Store) -> AsyncIterator[WorkshopId]:
    for workshop in await store.log.workshops():
        yield workshop


async def bring_back(settings: Settings, options: argparse.Namespace) -> int:
    file: Path = options.file
    try:
        async with the_store(settings) as store:
            for workshop, dumped in read_all(file):
                if await store.log.exists(workshop):
                    # What runs now is newer than any backup; a node that holds it would not hear of another past.
                    print(f"{workshop}  is there already, and stays as it is")
                else:
                    await restore(store.redis, dumped)
                    # What ends by time must end in it also if nobody comes back.
                    await store.waking.wake(workshop, 0)
                    print(f"{workshop}  restored")
    except OSError as error:
        raise CommandFailed(f"{file} cannot be read: {error.strerror}") from error
    except NotABackup as error:
        raise CommandFailed(f"{file} is no backup: {error}") from error
    return 0


async def erase(settings: Settings, options: argparse.Namespace) -> int:
    workshop = WorkshopId(options.workshop)
    async with the_store(settings) as store:
        if not await store.log.exists(workshop):
            raise CommandFailed(f"there is no workshop {workshop}; its name stands in its links, after /w/")
        people = len(await store.people.everybody(workshop))
        if not options.sure:
            raise CommandFailed(
                f"workshop {workshop} with {people} people and everything they made would be erased for good;"
                " say so with --sure"
            )
        await erase_workshop(store.redis, workshop)
        await store.sweeping.sweep()
    print(f"Workshop {workshop} with {people} people is erased.")
    return 0
