"""The browser of the tests: the machine's own Chromium, or one clear line that says how to get it."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from playwright.async_api import Browser, async_playwright

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


class Kiosk:
    """One headless browser for test after test: to start one takes longer than many a test. A test that kills its
    browser brings its own."""

    def __init__(self) -> None:
        self._browser: Browser | None = None
        self._stack = AsyncExitStack()

    async def open(self) -> Browser:
        if self._browser is None or not self._browser.is_connected():
            await self.close()
            playwright = await self._stack.enter_async_context(async_playwright())
            self._browser = await playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS])
            self._stack.push_async_callback(self._browser.close)
        return self._browser

    async def close(self) -> None:
        self._browser = None
        await self._stack.aclose()


kiosk = Kiosk()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The browser, with nobody in it; whatever was opened here is closed at the end."""
    browser = await kiosk.open()
    before = set(browser.contexts)
    try:
        yield browser
    finally:
        for context in browser.contexts:
            if context not in before:
                await context.close()
