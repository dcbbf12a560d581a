"""The browser of the tests: the machine's own Chromium, or one clear line that says how to get it."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from playwright.async_api import Browser as AsyncBrowser
from playwright.async_api import async_playwright
from playwright.sync_api import Browser as SyncBrowser
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
HOW_TO_GET_IT = (
    "No Chromium was found: `sudo apt-get install chromium`, or set CHROMIUM to the path of a Chrome or Chromium."
)


def find_chromium() -> str:
    """The browser's path; raises RuntimeError with the line that helps."""
    named = (os.environ.get("CHROMIUM", ""), *NAMES)
    found = next((path for name in named if name and (path := shutil.which(name))), None)
    if found is None:
        raise RuntimeError(HOW_TO_GET_IT)
    return found


@asynccontextmanager
async def chromium(*flags: str) -> AsyncIterator[AsyncBrowser]:
    """A headless browser for async tests; `flags` are added to Chromium's own."""
    path = find_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            await browser.close()


@contextmanager
def chromium_sync(*flags: str) -> Iterator[SyncBrowser]:
    """A headless browser for tests that own no event loop."""
    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            browser.close()
