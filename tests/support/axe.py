"""What axe finds on a page, by day and by night, and whether it is wider than the phone."""

from pathlib import Path

from playwright.async_api import Page

AXE = Path(__file__).parents[2] / "client_static" / "node_modules" / "axe-core" / "axe.min.js"
FOUND = """
    (rules) => axe.run(rules ? { runOnly: rules } : {})
        .then(({violations}) => violations.map(({id, nodes}) => `${id}: ${nodes[0].html}`))
"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def faults(page: Page) -> list[str]:
    """Empty where nothing stands in anybody's way. By night only colours are others: they alone are looked at again."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = await page.evaluate(FOUND, None)
    too_wide = await page.evaluate(TOO_WIDE)
    await page.emulate_media(color_scheme="dark")
    by_night: list[str] = await page.evaluate(FOUND, ["color-contrast"])
    await page.emulate_media(color_scheme="light")
    wide = [f"{too_wide} px too wide"] if too_wide > 0 else []
    return [*found, *wide, *(f"by night, {one}" for one in by_night)]


async def is_clean(page: Page) -> None:
    assert await faults(page) == []
