"""What a moderator does in a phase stands in the log of their own acts, on every moderator's screen, at once."""

from server.activities.partnering.messages import ProposeMatching
from tests.support.choosing import choosing
from tests.support.eventually import eventually
from tests.support.node import running_node


async def test_an_act_within_a_phase_is_shown_to_the_other_moderator(redis_url: str) -> None:
    async with running_node(redis_url) as node, choosing(node.url) as room:
        await room.join("Ana")
        other = await room.workshop.staff("co_moderator")
        await room.leads(ProposeMatching())
        await eventually(
            lambda: other.views[("moderators", "")].body["acts"][-1]["what"] == "ProposeMatching", within_s=2
        )
