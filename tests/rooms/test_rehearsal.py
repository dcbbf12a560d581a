"""The bundled path, from its first phase to its last, in each schedule, by each way through the network."""

from contextlib import AsyncExitStack

import pytest

from server.app.activities import all_examples
from server.paths.loading import bundled
from server.rehearsal.play import Plan, Verdict, rehearse
from tests.support.eventually import eventually
from tests.support.node import node_processes, running_node
from tests.support.proxy import proxy

pytestmark = pytest.mark.slow


async def played(plan: Plan) -> Verdict:
    verdict = await rehearse(plan, all_examples())
    homeless = {report.phase: report.people - report.placed for report in verdict.phases if not report.fine}
    assert not homeless
    assert not verdict.differences
    assert verdict.fine
    return verdict


@pytest.mark.parametrize("schedule", sorted(bundled().schedules))
async def test_everybody_has_a_place_in_every_phase_and_all_screens_agree(redis_url: str, schedule: str) -> None:
    async with running_node(redis_url) as node:
        verdict = await played(Plan(node.url, "", people=6, latecomers=1, leavers=1, schedule=schedule, seed=3))
        stops = sum(len(meeting.stops) for meeting in bundled().schedules[schedule].meetings)
        assert len(verdict.phases) == stops
        assert verdict.screens == 6 + 2
        await eventually(lambda: not node.parts.node.live)


async def test_a_school_that_refuses_websockets_plays_the_whole_path(redis_url: str) -> None:
    async with running_node(redis_url) as node:
        await played(Plan(node.url, "", people=5, latecomers=1, leavers=0, only_polling=True, seed=5))


async def test_two_nodes_behind_the_proxy_are_one_room(redis_url: str) -> None:
    async with AsyncExitStack() as stack:
        first, second = stack.enter_context(node_processes(redis_url, "n1", "n2"))
        port = stack.enter_context(proxy(first.port, second.port))
        await played(Plan(f"http://127.0.0.1:{port}", "", people=5, latecomers=1, leavers=1, polling=3, seed=7))
