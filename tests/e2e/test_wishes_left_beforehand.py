"""Somebody cannot come to the second meeting: they leave their wishes on the phone, are matched, and answer later."""

from server.core.workshop.people_commands import LeaveForGood
from tests.support.hanging import WRITING, hung
from tests.support.situation import SITUATION, Venue

pytestmark = SITUATION

CHOICE = "partner_choice"
LEARNING = "dimensions"


async def test_who_cannot_come_leaves_wishes_and_answers_from_home_while_nobody_waits(venue: Venue) -> None:
    async with venue.day("two_meetings", pack="") as day:
        author, device = await day.by_protocol("Writer", "Writers’ school")
        reader = await day.by_protocol("Reader", "Readers’ school")
        desk = await day.desk()
        await desk.move(WRITING)
        await hung(author, device, "Two lists", reader, "room_named")
        ana, bor, eva = [await day.seated(name, f"{name} school") for name in ("Ana", "Bor", "Eva")]
        await eva.press("Leave my wishes")
        sheet = eva.page.get_by_role("dialog", name="Your wishes for the choice of partners")
        await sheet.get_by_role("radio", name="3: very gladly").first.check()
        await sheet.get_by_label("I shall not be there").check()
        await sheet.get_by_role("button", name="Keep them").click()
        await eva.sees("You have left your wishes")
        await eva.closes_the_tab()
        await day.is_long_gone(eva)
        for who, there in ((author, device), reader):
            await there.submit("", LeaveForGood(who))
        await desk.move(CHOICE)
        console = await day.console()
        for press in ("Work out a proposal", "Show it"):
            await console.get_by_role("button", name=press).click()
        for phone in (ana, bor):
            await phone.press("Yes, with them")
            await phone.sees("You said yes" if phone is ana else "You are partners")
        await ana.sees("Eva school cannot be here")
        await desk.move(LEARNING)
        for phone in (ana, bor):
            await phone.press("Look at it")
            await phone.press("Yes, with them")
        await ana.sits_with("Bor")
        await eva.opens_the_room_again(day.url, day.id)
        await eva.press("Look at it")
        await eva.press("Yes, with them")
        await eva.sits_with("Ana", "Bor")
