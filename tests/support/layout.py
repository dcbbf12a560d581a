"""What a page looks like once it has come to rest: fonts and measurements arrive a moment after the words."""

from typing import Any, Final

from playwright.async_api import Page

from tests.support.eventually import eventually

RESTS_WITHIN_S: Final = 3.0


async def finds_nothing(page: Page, script: str, arg: Any = None) -> None:
    """`script` gives a list of what is wrong with the page, and there is nothing."""

    async def nothing() -> bool:
        found = await page.evaluate(script, arg)
        assert found == [], found
        return True

    await eventually(nothing, within_s=RESTS_WITHIN_S)
