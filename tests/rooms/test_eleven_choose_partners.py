"""Eleven people of eight schools, and all the mishaps of one choice: everybody ends with a partner and a reason."""

import asyncio
from collections.abc import Callable

from server.activities.partnering import messages as m
from server.core.consent import ProposalId, ProposeThird, SayNotYet, SayYes
from server.core.wishes import UnitId
from server.core.workshop.people_commands import LeaveForGood
from tests.support.choosing import ChoosingRoom, Seat, choosing
from tests.support.eventually import eventually
from tests.support.node import running_node

SCHOOLS = {
    "Ana": "Alder",
    "Alma": "Alder",
    "Bor": "Birch",
    "Boris": "Birch",
    "Cene": "Cedar",
    "Dora": "Damson",
    "Eva": "Elm",
    "Fani": "Fir",
    "Gal": "Gean",
    "Gita": "Gean",
    "Hana": "Hazel",
}
LATE = "Hana"
GONE = "Fani"


def others(room: ChoosingRoom, own: Seat) -> set[UnitId]:
    return {seat.unit for seat in room.seats.values()} - {own.unit}


def stays(room: ChoosingRoom) -> list[Seat]:
    return [seat for name, seat in room.seats.items() if name != GONE]


async def wished(room: ChoosingRoom) -> None:
    """Everybody would work with everybody, and Cene with anybody but Damson."""
    for seat in room.seats.values():
        await seat.does(m.SetWishes(dict.fromkeys(others(room, seat), 2)))
    await room["Cene"].does(m.SetVeto(room["Dora"].unit))


async def proposed(room: ChoosingRoom, number: int) -> None:
    await room.leads(m.ProposeMatching())
    await room.leads(m.ShowProposals())
    await eventually(lambda: room.overview.get("round") == number)


async def answered(seats: list[Seat]) -> None:
    """At once, by everybody who is asked."""
    asked = [(seat, ProposalId(one["proposal"])) for seat in seats for one in seat.proposals if not one.get("answered")]
    await asyncio.gather(*(seat.does(SayYes(proposal)) for seat, proposal in asked))


def asked(seats: list[Seat]) -> Callable[[], bool]:
    return lambda: all(seat.proposals for seat in seats)


def placed(seats: list[Seat]) -> Callable[[], bool]:
    return lambda: all(seat.partnership for seat in seats)


async def test_a_veto_a_latecomer_a_not_yet_and_somebody_gone_leave_nobody_without_a_partner(redis_url: str) -> None:
    async with (
        running_node(redis_url, "n1") as first,
        running_node(redis_url, "n2") as second,
        choosing(first.url, second.url) as room,
    ):
        for name, school in SCHOOLS.items():
            if name != LATE:
                await room.join(name, school)
        await eventually(lambda: all(len(seat.me.get("choices", ())) == 6 for seat in room.seats.values()))
        await wished(room)
        await proposed(room, 1)
        await eventually(asked(list(room.seats.values())))
        # Fani leaves before she has answered; those whom she would have met are free again.
        left_alone = {person for one in room[GONE].proposals for person in one["people"]}
        await room[GONE].device.submit("", LeaveForGood(room[GONE].who))
        reluctant = next(seat for seat in stays(room) if seat.who not in left_alone)
        refused = {person for one in reluctant.proposals for person in one["people"]}
        await reluctant.does(SayNotYet(ProposalId(reluctant.proposals[0]["proposal"])))
        late = await room.join(LATE, SCHOOLS[LATE])
        sure = [seat for seat in stays(room) if seat.who not in left_alone and seat.who not in refused]
        await answered([seat for seat in sure if seat.unit != reluctant.unit])
        # The clock of the node tells the proposals that wait for Fani.
        await eventually(lambda: not room.overview.get("open"), within_s=15)
        await eventually(lambda: len(late.me.get("choices", ())) > 0)
        await proposed(room, 2)
        open_ones = [seat for seat in stays(room) if not seat.partnership]
        assert late in open_ones
        assert reluctant in open_ones
        await eventually(lambda: all(seat.me.get("round") == 2 for seat in open_ones))
        await answered(open_ones)
        await found_a_place(room)
        await eventually(placed(stays(room)))
        await eventually(lambda: explained(room))


async def found_a_place(room: ChoosingRoom) -> None:
    """Whoever two rounds left over joins a pair, which says yes to it; but for Cene, to whom it would bring Damson."""
    await eventually(nobody_is_asked(room))
    for seat in [one for one in stays(room) if not one.partnership]:
        while not seat.partnership:
            await room.leads(m.FindPlace(seat.unit))
            try:
                await eventually(asked([seat]), within_s=3)
            except AssertionError:
                await by_hand(room, seat)
            with_them = {*seat.proposals[0]["units"], seat.unit}
            await eventually(asked([one for one in stays(room) if one.unit in with_them]))
            if {room["Cene"].unit, room["Dora"].unit} <= with_them:
                # A veto is forgotten with the partnership that it has served: the tap is still Cene's.
                await room["Cene"].does(SayNotYet(ProposalId(room["Cene"].proposals[0]["proposal"])))
                await eventually(nobody_is_asked(room))
                continue
            await answered(stays(room))
            # The whole team's screens: else the next of it would look for a place that it has.
            await eventually(placed([one for one in stays(room) if one.unit == seat.unit]))


async def by_hand(room: ChoosingRoom, seat: Seat) -> None:
    """Where no place is left within the rules the moderator asks a pair, as after a talk with them."""
    apart = {room["Cene"].unit, room["Dora"].unit}
    pairs = [one for one in room.overview["partnerships"] if not apart <= {*one["units"], seat.unit}]
    await room.leads(ProposeThird(next(one["partnership"] for one in pairs if len(one["units"]) == 2), seat.unit))
    await eventually(asked([seat]))


def nobody_is_asked(room: ChoosingRoom) -> Callable[[], bool]:
    return lambda: not any(seat.proposals for seat in stays(room))


def explained(room: ChoosingRoom) -> bool:
    """Each in one partnership of two or three schools, the same on every screen of it, with reasons; the veto held."""
    for seat in stays(room):
        assert seat.partnership is not None
        units = seat.partnership["units"]
        assert 2 <= len(units) <= 3
        assert {room["Cene"].unit, room["Dora"].unit} - set(units)
        assert seat.unit in units
        assert seat.partnership["facts"]
        for other in stays(room):
            if other.unit in units:
                assert other.partnership is not None
                assert other.partnership["partnership"] == seat.partnership["partnership"]
                assert sorted(other.partnership["units"]) == sorted(units)
        assert room[GONE].unit not in units
    return True
