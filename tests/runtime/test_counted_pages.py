"""Moderators know how far people are with their texts: of those, and only those, that an activity lets be counted."""

from server.activities.vignette_writing.pages import stake_page, vignette_page
from server.core.messages import PageId
from server.rehearsal.device import Device
from tests.support.eventually import eventually
from tests.support.node import running_node
from tests.support.workshop import OpenWorkshop
from tests.support.writers import writing_phase


def counted(staff: Device) -> dict[str, int]:
    seen = staff.views.get(("moderators", "~pages"))
    return {page: words for page, words, _ in seen.body["pages"]} if seen else {}


async def test_the_words_of_a_vignette_are_counted_and_those_of_the_stake_are_nobodys_business(redis_url: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url, "half_day") as workshop:
        staff = await workshop.staff()
        phase = await writing_phase(staff)
        author, ana = await workshop.seat("Ana")
        vignette, stake = PageId(vignette_page(phase, author)), PageId(stake_page(phase, author))
        await ana.write(stake, "my_stake", "five words that nobody counts")
        await ana.write(vignette, "situation", "three words only")
        await eventually(lambda: counted(staff) == {vignette: 3}, within_s=10)
        words = node.parts.node.live[workshop.id].writing.words
        await eventually(lambda: repr(words) == f"<WordCounts {workshop.id} pages=1 due=0>", within_s=10)


async def test_a_node_that_starts_counts_no_page_that_no_activity_names(redis_url: str) -> None:
    async with running_node(redis_url) as node:
        workshop = await OpenWorkshop.on(node.url, "half_day")
        async with workshop:
            phase = await writing_phase(await workshop.staff())
            author, ana = await workshop.seat("Ana")
            await ana.write(stake_page(phase, author), "my_stake", "mine alone")
            await ana.write(vignette_page(phase, author), "title", "Two lists")
    async with running_node(redis_url, "n2") as node, workshop:
        staff = await workshop.device(workshop.tokens["moderator"], node.url)
        await eventually(lambda: counted(staff) == {vignette_page(phase, author): 2}, within_s=10)
