"""Signs of life over real sockets and two nodes: they only suggest, and whoever gives one has a place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from protocol.frames import Accepted, Here
from server.core.messages import Command, PersonId, PhaseId
from server.core.workshop import commands as c
from server.core.workshop.state import Workshop
from server.rehearsal.device import Device
from server.runtime import presence
from tests.support.eventually import eventually
from tests.support.node import RunningNode, running_node
from tests.support.workshop import OpenWorkshop, move

INTERVIEWS = PhaseId("interviews")


class Room:
    """Two nodes with a workshop on both; the moderator sits at the first."""

    def __init__(self, nodes: tuple[RunningNode, RunningNode], house: OpenWorkshop, staff: Device) -> None:
        self.nodes = nodes
        self.house = house
        self.staff = staff

    @property
    def state(self) -> Workshop:
        return self.nodes[0].parts.node.live[self.house.id].replica.state

    async def wish(self, command: Command) -> None:
        told = await self.staff.submit("", command)
        assert isinstance(told, Accepted), told

    async def seat(self, name: str, node: int = 0) -> tuple[PersonId, Device]:
        return await self.house.seat(name, self.nodes[node].url)

    def seen(self) -> dict[str, str]:
        shown = self.staff.views.get(("moderators", "~here"))
        return {person: state for person, state, _ in shown.body["people"]} if shown else {}

    def tables(self) -> list[set[str]]:
        run = self.state.phase(INTERVIEWS)
        return [set(group.members) for group in run.groups.get("pairs", ())] if run else []

    def table_of(self, person: str) -> str:
        run = self.state.phase(INTERVIEWS)
        assert run is not None
        return next(group.id for group in run.groups["pairs"] if person in group.members)


@asynccontextmanager
async def room(redis_url: str) -> AsyncIterator[Room]:
    async with (
        running_node(redis_url, "n1") as first,
        running_node(redis_url, "n2") as second,
        await OpenWorkshop.on(first.url, "half_day") as house,
    ):
        yield Room((first, second), house, await house.staff())


def missing_at(device: Device, table: str) -> dict[str, str]:
    """Whom this device's table is told to be without."""
    shown = device.views.get((f"group:{table}", "~here"))
    people: list[tuple[str, str, Any]] = shown.body["people"] if shown else []
    return {person: state for person, state, _ in people}


async def lies_face_down(device: Device, idle_s: int = 600) -> None:
    await device.ask_once("here", Here(False, idle_s))


@pytest.fixture
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four seconds where the product waits ninety, six untouched where it takes two minutes."""
    monkeypatch.setattr(presence, "GONE_AFTER_MS", 4_000)
    monkeypatch.setattr(presence, "QUIET_AFTER_MS", 500)
    monkeypatch.setattr(presence, "IDLE_AFTER_S", 6)


@pytest.mark.usefixtures("short_grace")
async def test_phones_that_lie_untouched_or_face_down_have_owners_who_are_seated(redis_url: str) -> None:
    async with room(redis_url) as here:
        people = [await here.seat(name, at % 2) for at, name in enumerate(("Ana", "Bor", "Eva", "Jan"))]
        for _, device in people[:2]:
            await lies_face_down(device)
        # Longer than the grace without a sign of their own: the connection is one, and says that nobody touches them.
        await eventually(lambda: [here.seen().get(who) for who, _ in people] == ["away"] * 4, within_s=16)
        await here.wish(move(here.staff, INTERVIEWS))
        assert sorted(map(len, here.tables())) == [2, 2]


@pytest.mark.usefixtures("short_grace")
async def test_who_was_silent_when_groups_were_formed_has_a_place_with_the_next_sign(redis_url: str) -> None:
    async with room(redis_url) as here:
        for name in ("Ana", "Bor", "Eva"):
            await here.seat(name)
        late, token = await here.house.join("Jan")
        device = Device(here.nodes[1].url, token)
        async with device:
            await device.ready()
            await eventually(lambda: here.seen().get(late) == "here")
        await eventually(lambda: here.seen().get(late) == "gone", within_s=12)
        await here.wish(move(here.staff, INTERVIEWS))
        assert [len(table) for table in here.tables()] == [3]
        await here.house.device(token, here.nodes[1].url)
        await eventually(lambda: sorted(map(len, here.tables())) == [2, 2])


async def test_a_connected_phone_that_the_groups_missed_has_a_place_although_nobody_touches_it(redis_url: str) -> None:
    async with room(redis_url) as here:
        seats = [await here.seat(name) for name in ("Ana", "Bor", "Eva", "Jan")]
        live = here.nodes[0].parts.node.live[here.house.id]
        missed, device = seats[3]
        # As on a node that has not yet heard of a device which came to the other one.
        live.roll.presence = presence.Presence()
        for who, _ in seats[:3]:
            live.roll.presence.heard(presence.Sign(who, True, 0, live.now_ms()))
        await here.wish(move(here.staff, INTERVIEWS))
        await eventually(lambda: any(missed in table for table in here.tables()), within_s=3)
        formed, placed = [commit.facts for _, commit in await here.nodes[0].parts.node.store.log.read(here.house.id)][
            -2:
        ]
        assert any(b"GroupsFormed" in bytes(body) for _, body in formed)
        assert any(b"PersonPlaced" in bytes(body) for _, body in placed)
        assert device.connections == 1


async def test_two_devices_of_one_person_on_two_nodes_do_not_flap(redis_url: str) -> None:
    async with room(redis_url) as here:
        who, phone = await here.seat("Ana", 0)
        laptop = await here.house.device(here.house.tokens[who], here.nodes[1].url)
        await eventually(lambda: here.seen().get(who) == "here")
        for _ in range(6):
            await laptop.ask_once("here", Here(False))
            await phone.ask_once("here", Here(True))
        bor, _ = await here.seat("Bor")
        await eventually(lambda: here.seen().get(bor) == "here")
        assert here.seen()[who] == "here"
        second = here.nodes[1].parts.node.live[here.house.id]
        assert second.roll.presence.state(who) == "here"


@pytest.mark.usefixtures("short_grace")
async def test_a_table_hears_who_of_it_is_away_and_no_other_table_does(redis_url: str) -> None:
    """SPEC V10."""
    async with room(redis_url) as here:
        seats = dict([await here.seat(name, 1) for name in ("Ana", "Bor", "Eva")])
        going, token = await here.house.join("Jan")
        device = Device(here.nodes[0].url, token)
        async with device:
            await device.ready()
            await here.wish(move(here.staff, INTERVIEWS))
            await eventually(lambda: len(here.tables()) == 2)
            table = here.table_of(going)
        (partner,) = (set(seats) & next(one for one in here.tables() if going in one)) or {PersonId("")}
        await eventually(lambda: missing_at(seats[partner], table) == {going: "away"})
        await eventually(lambda: missing_at(seats[partner], table) == {going: "gone"}, within_s=12)
        others = set(seats) - {partner}
        assert not [one for one in others if (f"group:{here.table_of(one)}", "~here") in seats[one].views]
        await here.house.device(token, here.nodes[1].url)
        await eventually(lambda: missing_at(seats[partner], table) == {})


async def test_who_was_not_waited_for_takes_part_again_when_a_hand_is_on_the_phone(redis_url: str) -> None:
    async with room(redis_url) as here:
        seats = dict([await here.seat(name) for name in ("Ana", "Bor", "Eva", "Jan")])
        await here.wish(move(here.staff, INTERVIEWS))
        await here.wish(c.MoveStep(INTERVIEWS, 1, 0))
        pair = here.state.phases[2].groups["pairs"][0]
        stays, gone = pair.members
        told = await seats[stays].submit("", c.CallHelp("partner_gone"))
        assert isinstance(told, Accepted)
        await here.wish(c.RepairGroup(INTERVIEWS, "pairs", pair.id))

        def absent() -> set[str]:
            return {who for group in here.state.phases[2].groups["pairs"] for who in group.absent}

        assert absent() == {gone}
        # The phone lies on the table, its screen on, and says so every fifteen seconds.
        await seats[gone].ask_once("here", Here(True, 240))
        await seats[gone].cut()
        await seats[gone].ready()
        assert absent() == {gone}
        await seats[gone].ask_once("here", Here(True, 2))
        assert absent() == set()
        assert sorted(map(len, here.tables())) in ([2, 2], [4])
