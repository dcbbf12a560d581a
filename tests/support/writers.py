"""People in front of browsers who write one vignette: each with letters of their own, so that nobody's get lost."""

import asyncio
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, CDPSession, Page

from protocol.frames import Accepted
from server.activities.vignette_writing.messages import InviteCoWriter
from server.activities.vignette_writing.pages import vignette_page
from server.core.messages import PageId, PersonId, PhaseId
from server.core.workshop.commands import MoveRoom
from server.rehearsal.device import Device, HeldPage
from tests.support.device_store import kept_pages
from tests.support.eventually import eventually
from tests.support.workshop import OpenWorkshop

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "client_static"
STATIC = ROOT / "server/static"
FIELD = "situation"
ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789")
PATIENCE_S = 20.0
PATIENCE_MS = PATIENCE_S * 1000

SHOWN = f"""() => [...document.querySelectorAll('[data-field="{FIELD}"] .cm-line')].map((line) => {{
  const copy = line.cloneNode(true);
  for (const drawn of copy.querySelectorAll('.co-caret, .cm-placeholder')) drawn.remove();
  return copy.textContent;
}}).join('\\n')"""
"""The text as it is on the screen, without the carets and names that are drawn into it."""


def build_client() -> None:
    """The browser gets what the sources say now."""
    built = STATIC / "index.html"
    newest = max(path.stat().st_mtime for path in (CLIENT / "src").rglob("*") if path.is_file())
    if built.exists() and built.stat().st_mtime > newest:
        return
    npx = shutil.which("npx")
    assert npx is not None, "the browser tests need Node.js, which builds the client"
    subprocess.run([npx, "vite", "build", "--logLevel", "error"], cwd=CLIENT, check=True, timeout=120)


@dataclass
class Writer:
    """One person with one browser of their own."""

    name: str
    person: PersonId
    context: BrowserContext
    page: Page
    address: str
    letters: str
    typed: str = ""

    async def enter(self, author: str) -> None:
        """To the text, from wherever the page was loaded."""
        await self.page.goto(self.address)
        await self.find(author)

    async def find(self, author: str) -> None:
        if author:
            await self.page.get_by_role("button", name=f"With {author}").click(timeout=PATIENCE_MS)
        else:
            await self.page.get_by_role("button", name="Write", exact=True).click(timeout=PATIENCE_MS)
        await self.box.wait_for(timeout=PATIENCE_MS)
        await self.page.wait_for_selector(f'[data-field="{FIELD}"][data-locked="false"]', timeout=PATIENCE_MS)
        if self.typed:
            # After a reload the caret stands at the beginning; one's own next letter belongs behind the last.
            await eventually(self._shows_all, within_s=PATIENCE_S)
            await self.box.press("Control+End")

    async def _shows_all(self) -> bool:
        return "".join(re.findall(f"[{self.letters}]", await self.shown())) == self.typed

    @property
    def box(self) -> Any:
        return self.page.locator(f'[data-field="{FIELD}"] .cm-content')

    async def type(self, count: int, delay_ms: float = 15) -> None:
        """The next letters of one's own alphabet, at the caret."""
        start = len(self.typed)
        letters = "".join(self.letters[at % len(self.letters)] for at in range(start, start + count))
        await self.box.focus()
        await self.page.keyboard.type(letters, delay=delay_ms)
        self.typed += letters

    async def shown(self) -> str:
        text: str = await self.page.evaluate(SHOWN)
        return text

    async def state(self) -> str:
        """What the mark at the top says about one's words."""
        found = await self.page.locator(".top .save-mark").get_attribute("data-state", timeout=PATIENCE_MS)
        return found or ""

    async def goes_offline(self) -> None:
        """Until the browser has let go of its connection a letter may still pass."""

        async def said() -> bool:
            return await self.state() == "offline"

        await self.context.set_offline(True)
        await eventually(said, within_s=PATIENCE_S)

    async def is_kept(self) -> None:
        """Every letter of one's own lies on the device, and that one may write: the tab can go."""

        async def kept() -> bool:
            pages = await kept_pages(self.page)
            texts = [one for name, one in pages.items() if "/vignette/" in name and one.right == "write"]
            own = ("".join(re.findall(f"[{self.letters}]", one.fields.get(FIELD, ""))) for one in texts)
            return self.typed in own

        await eventually(kept, within_s=PATIENCE_S)

    async def opens_without_a_network(self) -> None:
        """From now on: the shell lies on the device, and every letter."""
        await self.page.evaluate("navigator.serviceWorker.ready")
        await self.is_kept()

    async def keyboard_of_the_device(self) -> CDPSession:
        """What an input method does, which no key press can."""
        await self.box.focus()
        return await self.context.new_cdp_session(self.page)


class Desk:
    """An author, two co-writers, and a device of the author's that reads along what the server has."""

    def __init__(self, workshop: OpenWorkshop, phase: PhaseId, author: PersonId, device: Device) -> None:
        self.workshop = workshop
        self.phase = phase
        self.text = vignette_page(phase, author)
        self.device = device
        self.writers: list[Writer] = []

    @property
    def page(self) -> HeldPage:
        return self.device.pages[PageId(self.text)]

    async def has_all(self, writer: Writer) -> None:
        """The server has what this one typed, and nothing else."""
        await eventually(lambda: self.page.fields.get(FIELD, "") == writer.typed, within_s=PATIENCE_S)

    async def all_equal(self) -> str:
        """The text, once it is the same on every screen and on the server, and every writer's letters are in it."""

        async def same() -> str:
            stored = self.page.fields.get(FIELD, "")
            for writer in self.writers:
                shown = await writer.shown()
                assert shown == stored, f"{writer.name} sees {shown!r}, the server has {stored!r}"
                own = "".join(re.findall(f"[{writer.letters}]", stored))
                assert own == writer.typed, f"of {writer.name}'s {writer.typed!r} there is {own!r}"
            return stored

        return await eventually(same, within_s=PATIENCE_S)


@asynccontextmanager
async def desk(base: str, browser: Browser, **how: Any) -> AsyncIterator[Desk]:
    """Three people before one empty vignette; `how` goes to each browser's context."""
    async with await OpenWorkshop.on(base, "half_day") as workshop:
        moderator = await workshop.staff()
        seats = [await workshop.join(name, f"School of {name}") for name in ("Ana", "Piet", "Éva")]
        (author, token), *others = seats
        phase = await writing_phase(moderator)
        device = await workshop.device(token)
        made = Desk(workshop, phase, author, device)
        for person, _ in others:
            assert isinstance(await device.submit(phase, InviteCoWriter(person)), Accepted)
        await device.open(PageId(made.text))
        contexts = [await browser.new_context(locale="en-GB", **how) for _ in seats]
        for (person, secret), context, letters in zip(seats, contexts, ALPHABETS, strict=True):
            address = f"{base}/w/{workshop.id}#{secret}"
            name = "Ana" if person == author else str(person)
            made.writers.append(Writer(name, person, context, await context.new_page(), address, letters))
        try:
            yield made
        finally:
            await asyncio.gather(*(context.close() for context in contexts))


@asynccontextmanager
async def alone(
    base: str, browser: Browser, *, device: str = "", letters: str = ALPHABETS[0], **how: Any
) -> AsyncIterator[tuple[Desk, Writer]]:
    """One person before an empty vignette; `device` is a script that spoils the browser before the page is loaded."""
    async with await OpenWorkshop.on(base, "half_day") as workshop:
        phase = await writing_phase(await workshop.staff())
        author, token = await workshop.join("Ana", "School of Ana")
        made = Desk(workshop, phase, author, await workshop.device(token))
        await made.device.open(PageId(made.text))
        context = await browser.new_context(locale="en-GB", **how)
        if device:
            await context.add_init_script(device)
        address = f"{base}/w/{workshop.id}#{token}"
        writer = Writer("Ana", author, context, await context.new_page(), address, letters)
        made.writers.append(writer)
        try:
            yield made, writer
        finally:
            await context.close()


async def writing_phase(moderator: Device) -> PhaseId:
    """The room goes to the writing."""
    room = moderator.views[("room", "")].body
    phase = next(one["id"] for one in room["phases"] if one["activity"] == "vignette_writing")
    moved = await moderator.submit("", MoveRoom(PhaseId(phase), room.get("at")))
    assert isinstance(moved, Accepted), moved
    return PhaseId(phase)


async def all_enter(made: Desk) -> None:
    author, *others = made.writers
    await asyncio.gather(author.enter(""), *(one.enter("Ana") for one in others))
