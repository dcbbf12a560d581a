"""Sixty devices wish, are matched, are proposed to each other and confirm at once: nobody is left alone."""

from benchmarks.partnering import choose
from tests.support.node import running_node


async def test_sixty_people_who_tap_at_once_all_have_a_partner(redis_url: str) -> None:
    async with running_node(redis_url) as node:
        assert (await choose(node.url, people=60)).alone == 0
