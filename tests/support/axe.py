"""What axe finds on a page, and whether it is wider than the phone."""

from pathlib import Path

from playwright.async_api import Page

AXE = Path(__file__).parents[2] / "client_static" / "node_modules" / "axe-core" / "axe.min.js"
FOUND = "axe.run().then(({violations}) => violations.map(({id, nodes}) => `${id}: ${nodes[0].html}`))"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def faults(page: Page) -> list[str]:
    """Empty where nothing stands in anybody's way."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = await page.evaluate(FOUND)
    too_wide = await page.evaluate(TOO_WIDE)
    return [*found, *([f"{too_wide} px too wide"] if too_wide > 0 else [])]


async def is_clean(page: Page) -> None:
    assert await faults(page) == []
