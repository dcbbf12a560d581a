"""The moderator at a laptop: the room is moved with the console's own buttons, and any screen's views are read back."""

from typing import Any, Final

from playwright.async_api import Page, expect

from server.core.messages import Actor, WorkshopId
from server.rehearsal.device import Device
from server.rehearsal.play import compared
from tests.support.eventually import eventually
from tests.support.fold import Fold
from tests.support.phone import Lead

SHORT: Final = {"arrival": "Arrive", "interviews": "Interviews"}
"""The phases of the bundled path as the rail calls them."""

HELD = """() => new Promise((told, failed) => {
    const opening = indexedDB.open("boundary-crossing");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
        const database = opening.result;
        const reading = database.transaction("drawer").objectStore("drawer").getAll();
        reading.onsuccess = () => {
            database.close();
            told(reading.result.filter((one) => one && one.audience && !String(one.part).startsWith("~")));
        };
    };
})"""
"""The views that a page shows from; those that may be lost (~here, ~pages) are in no log."""


class ConsoleLead(Lead):
    """Reads the room by protocol, and acts only by pressing what stands on the screen."""

    def __init__(self, device: Device, page: Page) -> None:
        super().__init__(device)
        self.page = page
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))

    @property
    def actor(self) -> Actor:
        assert self.device.welcome is not None
        return Actor("moderator", self.device.welcome.you.id)

    async def moves(self, phase: str) -> None:
        """Looks at the phase, reads what will happen, and says yes."""
        await self.page.locator(".rail .stop button", has_text=SHORT[phase]).click()
        await self.page.locator(".the-one").click()
        sure = self.page.get_by_role("group", name="What will happen")
        await expect(sure).to_contain_text("You can take this back for a minute.")
        await sure.get_by_role("button", name="Yes,").click()
        await eventually(lambda: self.room.get("at") == phase)
        await expect(sure).to_have_count(0)

    async def goes_on_to_step(self, step: int) -> None:
        """Presses "Next step" until the room is there."""
        while (now := self.room.get("step", 0)) < step:
            await self.page.get_by_role("button", name="Next step:").click()
            await eventually(lambda now=now: self.room.get("step", 0) == now + 1)  # type: ignore[misc]


async def shows_a_fresh_fold(page: Page, actor: Actor, redis_url: str, workshop: WorkshopId) -> None:
    """Returns once the page holds exactly what a node that reads the whole log anew would show this seat."""

    async def equal() -> bool:
        fold = await Fold.of(redis_url, workshop)
        wanted = {key: tuple(value) for key, value in fold.shown_to(actor).items()}
        held: list[dict[str, Any]] = await page.evaluate(HELD)
        found = {(one["audience"], one["part"]): (one["body"], one["names"], one["texts"]) for one in held}
        differences = list(compared(actor.id or actor.role, found, wanted))
        assert not differences, differences
        return True

    await eventually(equal, within_s=10)
