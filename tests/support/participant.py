"""What a participant holds in the hand: a browser of its own, and what people do with it."""

import re

from playwright.async_api import BrowserContext, Locator, Page, expect

from server.core.messages import PersonId

WITHIN_MS = 15_000

STORED = """async () => {
    for (const { name } of await indexedDB.databases()) {
        await new Promise((stored, failed) => {
            const opening = indexedDB.open(name);
            opening.onerror = failed;
            opening.onsuccess = () => {
                const database = opening.result;
                const stores = [...database.objectStoreNames];
                if (stores.length === 0) return stored();
                const reading = database.transaction(stores, "readonly");
                reading.objectStore(stores[0]).count();
                reading.oncomplete = () => { database.close(); stored(); };
            };
        });
    }
}"""
"""A reading of a store waits for the writings that were begun before it."""

expect.set_options(timeout=WITHIN_MS)


class Phone:
    """What one participant holds in the hand: a browser of its own."""

    def __init__(self, page: Page, name: str, token: str = "", person: str = "") -> None:
        self.page = page
        self._context = page.context
        self.name = name
        self.token = token
        self.person = PersonId(person)

    def __repr__(self) -> str:
        return f"<Phone {self.name} at {self.page.url}>"

    @property
    def context(self) -> BrowserContext:
        return self._context

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name)

    async def press(self, name: str | re.Pattern[str]) -> None:
        await self.button(name).first.click()

    def field(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=label)

    async def type(self, label: str, words: str) -> None:
        field = self.field(label)
        await expect(field).to_be_editable()
        await field.press("ControlOrMeta+End")
        await field.press_sequentially(words)

    async def reads(self, label: str, words: str) -> None:
        await expect(self.field(label)).to_have_value(words)

    async def sees(self, words: str | re.Pattern[str]) -> None:
        await expect(self.page.get_by_text(words).first).to_be_visible()

    async def does_not_see(self, words: str | re.Pattern[str]) -> None:
        await expect(self.page.get_by_text(words)).to_have_count(0)

    async def is_in(self, phase: str) -> None:
        await expect(self.page.get_by_role("banner").locator(".phase")).to_have_text(phase)

    async def is_saved(self) -> None:
        """The state of my words, always in sight: all of them are with the server."""
        await expect(self.mark).to_have_attribute("data-state", re.compile("saved|back|ready"))

    @property
    def mark(self) -> Locator:
        return self.page.get_by_role("banner").locator(".save-mark")

    async def is_connected(self) -> None:
        await expect(self.mark).not_to_have_attribute("data-state", re.compile("offline|connecting"))

    async def sits_with(self, *names: str) -> None:
        """At one table with these and nobody else."""
        place = self.page.locator("main .place")
        for name in names:
            await expect(place).to_contain_text(name)
        words = (await place.inner_text()).partition("With ")[2]
        assert len(re.split(", | and ", words)) == len(names), words

    async def has_in(self, label: str, words: str) -> None:
        await expect(self.field(label)).to_have_value(re.compile(re.escape(words)))

    async def loses_the_network(self) -> None:
        await self.context.set_offline(True)
        await expect(self.mark).to_have_attribute("data-state", "offline")

    async def finds_the_network(self) -> None:
        await self.context.set_offline(False)

    async def closes_the_tab(self) -> None:
        """Not in the very millisecond of the last letter: what was typed has reached the device's own store."""
        await self.page.evaluate(STORED)
        await self.page.close()

    async def opens_the_room_again(self, url: str, workshop: str) -> None:
        """In a new tab, without the link: the device knows whose seat it is."""
        self.page = await self._context.new_page()
        await self.page.goto(f"{url}/w/{workshop}")

    async def falls_asleep(self) -> None:
        """The screen goes dark."""
        await self._turns("hidden")

    async def wakes(self) -> None:
        await self._turns("visible")

    async def _turns(self, state: str) -> None:
        await self.page.evaluate(
            """(state) => {
                Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
                document.dispatchEvent(new Event("visibilitychange"));
            }""",
            state,
        )

    @property
    def told(self) -> Locator:
        """Why the group is another: over the page or beside it."""
        return self.page.locator("dialog[open], section.company").filter(has=self.button("Understood"))

    async def understands_the_move(self) -> None:
        """Reads why the group is another, and goes on."""
        await self.told.get_by_role("button", name="Understood").click()
        await expect(self.told).to_have_count(0)

    async def calls_that_the_partner_is_gone(self) -> None:
        await self.press("Help")
        help_sheet = self.page.get_by_role("dialog", name="Help")
        await help_sheet.get_by_role("button", name="My partner is gone").click()
        await expect(help_sheet.get_by_role("status")).to_contain_text("The moderator knows.")
        await help_sheet.get_by_role("button", name="Close").click()

    async def fills_in_the_door(self, name: str, school: str) -> None:
        """From the join page to a seat, as somebody does who has the code."""
        await self.page.get_by_label("Your name").fill(name)
        await self.page.get_by_label("Your school").fill(school)
        await self.press("Next")
        await self.page.get_by_label("I agree").check()
        await self.press("Take my seat")
