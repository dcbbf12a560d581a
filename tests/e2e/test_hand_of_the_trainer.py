"""The trainer presses through a day while looking at the room: the button stays under the hand, the screen follows."""

from playwright.async_api import Page, expect

from server.core.messages import WORKSHOP, Actor, PhaseId
from server.core.workshop import commands as c
from tests.support.layout import finds_nothing
from tests.support.situation import SITUATION, Venue

pytestmark = SITUATION

INTERVIEWS, WRITING = PhaseId("interviews"), PhaseId("write_vignette")
HALL = {"width": 1920, "height": 1080}
TABLET = {"width": 1180, "height": 820}
TOUCHED_PX = 44

SMALL_TARGETS = f"""() => [...document.querySelectorAll(
    ".console :is(button, summary, select, a[href], input:not([type=hidden]))"
)].map((one) => one.closest("label") ?? one)
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width && (box.height < {TOUCHED_PX} - 0.5 || box.width < {TOUCHED_PX} - 0.5))
  .map(([one, box]) => `${{one.className}} ${{one.textContent}} ${{box.width}}x${{box.height}}`)"""


async def place(console: Page) -> tuple[float, float]:
    box = await console.locator(".the-one").bounding_box()
    assert box is not None
    return box["x"], box["y"]


async def test_the_button_stays_where_it_is_whatever_the_room_does(venue: Venue) -> None:
    async with venue.day("full_day", pack="") as day:
        people = [(await day.by_protocol(name))[0] for name in ("Ana", "Bor", "Eva", "Jan")]
        desk = await day.desk()
        console = await day.console()
        await expect(console.get_by_role("button", name="for 4 people")).to_be_visible()
        places = [await place(console)]
        for phase in (INTERVIEWS, WRITING):
            await desk.move(phase)
            for step in range(1, len(day.state.steps(day.run))):
                await desk.step(step)
                title = day.state.steps(day.run)[step].title
                await expect(console.locator(".on-screen summary")).to_contain_text(title)
                places.append(await place(console))
        await day.live.replica.post(Actor("person", people[0]), WORKSHOP, c.CallHelp("help"))
        await expect(console.locator(".help-queue")).to_contain_text("Ana")
        places.append(await place(console))
        await console.locator(".stop button", has_text="Agreement").click()
        await expect(console.get_by_text("You are only looking")).to_be_visible()
        places.append(await place(console))
        assert len(set(places)) == 1, places


async def test_one_primary_button_stands_on_the_console_and_tables_stand_above_lists(venue: Venue) -> None:
    async with venue.day("full_day", pack="") as day:
        for name in ("Ana", "Bor", "Eva", "Jan"):
            await day.by_protocol(name)
        desk = await day.desk()
        await desk.move("similarities")
        console = await day.console()
        step = next(at for at, one in enumerate(day.state.steps(day.run)) if one.groups not in ("room", "alone"))
        for at in range(1, step + 1):
            await desk.step(at)
        table, panel = console.locator(".groups").first, console.locator(".panel-of-activity")
        await expect(table).to_be_in_viewport()
        upper, lower = await table.bounding_box(), await panel.bounding_box()
        assert upper is not None
        assert lower is not None
        assert upper["y"] < lower["y"]
        solid = await console.locator(".button.primary").evaluate_all(
            "(all) => all.filter((one) => getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)').length"
        )
        assert solid == 1


async def test_what_was_said_gives_way_to_the_next_step_on_the_large_screen(venue: Venue) -> None:
    async with venue.day("full_day", pack="") as day:
        await day.by_protocol("Ana")
        await day.by_protocol("Bor")
        desk = await day.desk()
        await desk.move(INTERVIEWS)
        screen = await day.page(f"/w/{day.id}/screen#{day.links['screen']}", HALL)
        await expect(screen.locator("[data-showing=instruction]")).to_be_visible()
        console = await day.console()
        await console.get_by_role("button", name="Say something").click()
        await console.locator("dialog[open] textarea").fill("Lunch comes at noon.")
        await console.locator("dialog[open]").get_by_role("button", name="Send").click()
        await expect(screen.locator("[data-showing=message]")).to_contain_text("Lunch comes at noon.")
        await desk.step(1)
        await expect(screen.locator("[data-showing=message]")).to_have_count(0)
        await expect(screen.locator(".s-aside")).to_contain_text("Lunch comes at noon.")


async def test_every_target_on_a_tablet_is_as_large_as_a_finger(venue: Venue) -> None:
    async with venue.day("full_day", pack="") as day:
        people = [(await day.by_protocol(name))[0] for name in ("Ana", "Bor", "Eva", "Jan")]
        desk = await day.desk()
        await desk.move(INTERVIEWS)
        for step in (1, 2):
            await desk.step(step)
        await day.live.replica.post(Actor("person", people[0]), WORKSHOP, c.CallHelp("help"))
        console = await day.page(f"/w/{day.id}/console#{day.links['moderator']}", TABLET, fingers=True)
        await expect(console.locator(".group").first).to_be_visible()
        await finds_nothing(console, SMALL_TARGETS)
        for opener in (".tool.code-tool", ".group-head", ".group .person"):
            await console.locator(opener).first.click()
            await expect(console.locator("dialog[open]")).to_be_visible()
            await finds_nothing(console, SMALL_TARGETS)
            await console.keyboard.press("Escape")
