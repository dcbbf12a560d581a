"""A wish has its effect once, whatever becomes of its answer."""

import asyncio
from collections.abc import Callable

from protocol.frames import Accepted, RefusedFrame
from server.activities.arrival.messages import ConfirmAgreement, TapReady
from server.core.messages import PhaseId
from server.core.workshop.commands import Announce, MoveRoom
from server.rehearsal.device import Device
from server.rehearsal.wire import Broken
from tests.support.eventually import eventually
from tests.support.fold import numbers_in_log
from tests.support.node import running_node
from tests.support.workshop import OpenWorkshop, move

ARRIVAL, INTERVIEWS = PhaseId("arrival"), PhaseId("interviews")


def announcements(device: Device) -> int:
    return len(device.views[("room", "")].body.get("messages", ()))


def at(device: Device, phase: PhaseId) -> Callable[[], bool]:
    return lambda: device.views[("room", "")].body["at"] == phase


async def test_a_command_whose_answer_was_lost_counts_once(redis_url: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        moderator = await workshop.staff()
        frame = moderator.wish("", Announce("Coffee is ready."))
        asking = asyncio.create_task(moderator.ask_once("command", frame))
        await eventually(lambda: announcements(moderator) == 1)
        await moderator.cut()
        await asyncio.gather(asking, return_exceptions=True)
        again = await moderator.ask_until("command", frame, Accepted)
        assert isinstance(again, Accepted)
        assert again.repeat
        assert announcements(moderator) == 1
        log = await numbers_in_log(redis_url, workshop.id)
        assert log[again.seq] == (moderator.name, 1)


async def test_a_command_that_another_node_took_in_is_known_here(redis_url: str) -> None:
    async with (
        running_node(redis_url, "n1") as first,
        running_node(redis_url, "n2") as second,
        await OpenWorkshop.on(first.url) as workshop,
    ):
        moderator = await workshop.staff(base=first.url)
        frame = moderator.wish("", Announce("Coffee is ready."))
        before = await moderator.ask_until("command", frame, Accepted)
        moderator.base = second.url
        await moderator.cut()
        after = await moderator.ask_until("command", frame, Accepted)
        assert isinstance(before, Accepted)
        assert after == Accepted(before.seq, repeat=True)


async def test_a_device_that_was_reloaded_sends_its_old_numbers_and_counts_once(redis_url: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        before = await workshop.staff()
        frames = [before.wish("", Announce(f"Message {number}.")) for number in range(3)]
        await before.ask_until("command", frames[0], Accepted)
        await before.ask_until("command", frames[1], Accepted)
        after = await workshop.staff()
        answers = [await after.ask_until("command", frame, Accepted) for frame in frames]
        assert [isinstance(one, Accepted) and one.repeat for one in answers] == [True, True, False]
        await eventually(lambda: announcements(after) == 3)


async def test_a_welcome_names_what_of_this_device_is_already_a_fact(redis_url: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        moderator = await workshop.staff()
        await moderator.submit("", Announce("One."))
        await moderator.submit("", Announce("Two."))
        await moderator.cut()
        await eventually(lambda: moderator.welcome is not None and moderator.connections == 2)
        assert moderator.welcome is not None
        assert moderator.welcome.accepted == (1, 2)


async def test_two_moderators_who_press_at_once_move_the_room_once(redis_url: str) -> None:
    async with (
        running_node(redis_url, "n1") as first,
        running_node(redis_url, "n2") as second,
        await OpenWorkshop.on(first.url) as workshop,
    ):
        one = await workshop.staff("moderator", first.url)
        other = await workshop.staff("moderator", second.url)
        answers = await asyncio.gather(
            one.submit("", MoveRoom(ARRIVAL, None)), other.submit("", MoveRoom(INTERVIEWS, None))
        )
        refused = [answer.code for answer in answers if isinstance(answer, RefusedFrame)]
        assert refused == ["moved_meanwhile"]
        await eventually(lambda: one.views[("room", "")].body == other.views[("room", "")].body)
        wanted = ARRIVAL if isinstance(answers[0], Accepted) else INTERVIEWS
        await eventually(lambda: other.views[("room", "")].body["at"] == wanted)


async def test_a_wish_that_raced_the_phase_change_is_refused_and_one_that_won_is_kept(redis_url: str) -> None:
    async with (
        running_node(redis_url, "n1") as first,
        running_node(redis_url, "n2") as second,
        await OpenWorkshop.on(first.url) as workshop,
    ):
        moderator = await workshop.staff(base=first.url)
        await moderator.submit("", move(moderator, ARRIVAL))
        people = [await workshop.seat(f"P{number}", second.url) for number in range(8)]
        moving = asyncio.create_task(moderator.submit("", MoveRoom(INTERVIEWS, ARRIVAL)))
        answers = await asyncio.gather(*(device.submit(ARRIVAL, TapReady(True)) for _, device in people))
        assert isinstance(await moving, Accepted)
        moved = (await moving).seq  # type: ignore[union-attr]
        for (who, device), answer in zip(people, answers, strict=True):
            await eventually(at(device, INTERVIEWS))
            ready = device.views[(f"person:{who}", ARRIVAL)].body.get("ready", False)
            if isinstance(answer, Accepted):
                assert answer.seq < moved
                assert ready
            else:
                assert answer.code == "phase_closed"
                assert not ready


async def test_nobody_can_use_up_the_numbers_of_anothers_device(redis_url: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        moderator = await workshop.staff()
        await moderator.submit("", move(moderator, ARRIVAL))
        (_, rude), (who, ana) = await workshop.seat("Rude"), await workshop.seat("Ana")
        rude.name = ana.name
        await rude.submit(ARRIVAL, ConfirmAgreement())
        answer = await ana.submit(ARRIVAL, ConfirmAgreement())
        assert isinstance(answer, Accepted)
        assert not answer.repeat
        await eventually(lambda: ana.views[(f"person:{who}", ARRIVAL)].body.get("agreed"))


async def test_what_was_under_way_when_the_network_fell_is_told_to_its_sender(redis_url: str) -> None:
    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        moderator = await workshop.staff()
        asking = asyncio.create_task(moderator.ask_once("command", moderator.wish("", Announce("Hello."))))
        await asyncio.sleep(0)
        await moderator.cut()
        outcome = (await asyncio.gather(asking, return_exceptions=True))[0]
        assert isinstance(outcome, Broken) or moderator.welcome is not None
