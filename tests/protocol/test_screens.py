"""What is shown, to whom, and how it is replaced."""

import asyncio
from contextlib import AsyncExitStack

from tests.support.eventually import eventually
from tests.support.house import House
from tests.support.stranger import Stranger, seated

PHASE = "interviews"


async def moved(staff: Stranger, n: int, phase: str, left: str | None) -> None:
    answer = await staff.wish(n, {"type": "MoveRoom", "phase": phase, "left": left})
    assert answer["t"] == "ok", answer


async def invited(staff: Stranger, member: Stranger, group: str) -> None:
    """The room is at work in groups, a group calls for help, and a moderator looks in."""
    step = {"type": "MoveStep", "phase": PHASE, "step": 1, "left": 0}
    assert (await staff.wish(2, step))["t"] == "ok"
    assert (await member.wish(1, {"type": "CallHelp", "for_group": True}))["t"] == "ok"
    assert (await staff.wish(3, {"type": "LookInto", "group": group}))["t"] == "ok"


async def test_everybody_sees_their_own_audiences(house: House) -> None:
    """SPEC V1, V3, V7."""
    ana, bor = await house.join("Ana"), await house.join("Bor")
    async with (
        seated(house.url, house.links["moderator"]) as staff,
        seated(house.url, ana["token"]) as one,
        seated(house.url, bor["token"]) as other,
    ):
        assert {audience for audience, _ in one.views} == {"room", f"person:{ana['person']}"}
        await moved(staff, 1, PHASE, None)
        group = await eventually(lambda: next((a for a, p in one.views if a.startswith("group:") and p == PHASE), ""))
        await eventually(lambda: (group, PHASE) in other.views)
        assert {audience for audience, _ in staff.views} == {"room", "moderators"}
        lens = group.replace("group:", "look:")
        assert (await staff.wish(9, {"type": "LookInto", "group": group.removeprefix("group:")}))["t"] == "ok"
        await eventually(lambda: (lens, PHASE) in staff.views)
        assert {audience for audience, _ in staff.views} == {"room", "moderators", lens}
        assert (await staff.wish(10, {"type": "LookInto", "person": ana["person"]}))["t"] == "ok"
        await eventually(lambda: (f"as:{ana['person']}", "") in staff.views)
        assert not [audience for audience, _ in staff.views if audience.startswith(("group:", "person:"))]
        await invited(staff, one, group.removeprefix("group:"))
        await eventually(lambda: (group, PHASE) in staff.views)


async def test_the_first_views_of_a_connection_are_complete(house: House) -> None:
    """SPEC V3, D9."""
    ana = await house.join("Ana")
    await house.join("Bor")
    async with seated(house.url, house.links["moderator"]) as staff, seated(house.url, ana["token"]) as before:
        await moved(staff, 1, PHASE, None)
        await eventually(lambda: (f"person:{ana['person']}", PHASE) in before.views)
        await eventually(lambda: any(audience.startswith("group:") for audience, _ in before.views))
        async with seated(house.url, ana["token"], "stranger-2") as after:
            assert {spot: frame["body"] for spot, frame in after.views.items()} == {
                spot: frame["body"] for spot, frame in before.views.items()
            }


async def test_the_first_views_are_complete_also_when_a_whole_room_comes_back_at_once(house: House) -> None:
    """SPEC V3."""
    seats = [await house.join(f"Person {number}") for number in range(24)]
    async with seated(house.url, house.links["moderator"]) as staff:
        await moved(staff, 1, PHASE, None)
        async with AsyncExitStack() as stack:
            # While they come, seats change, and names have to be fetched.
            coming = [stack.enter_async_context(seated(house.url, seat["token"])) for seat in seats]
            changing = [house.join(f"Late {number}") for number in range(12)]
            room, _ = await asyncio.gather(asyncio.gather(*coming), asyncio.gather(*changing))
            for seat, one in zip(seats, room, strict=True):
                first = {(frame["a"], frame["p"]) for frame in one.told("views")[0]}
                mine = f"person:{seat['person']}"
                assert first >= {("room", ""), ("room", PHASE), (mine, ""), (mine, PHASE)}, f"{mine} saw {first}"
                assert any(audience.startswith("group:") for audience, _ in first)


async def test_a_frame_replaces_and_never_goes_back(house: House) -> None:
    """SPEC V2, V5, V8."""
    async with seated(house.url, house.links["moderator"]) as staff:
        for n in range(1, 30):
            assert (await staff.wish(n, {"type": "RenameWorkshop", "title": f"Day {n}"}))["t"] == "ok"
        await eventually(lambda: staff.views["room", ""]["body"]["title"] == "Day 29")
        shown = [
            frame for frames in staff.told("views") for frame in frames if (frame["a"], frame["p"]) == ("room", "")
        ]
        seqs = [frame["seq"] for frame in shown]
        assert seqs == sorted(seqs)
        assert len(shown) < 30
        assert all(frame["body"].keys() >= {"title", "phases", "life"} for frame in shown)


async def test_who_leaves_a_group_is_told_that_it_is_gone(house: House) -> None:
    """SPEC V4."""
    ana, _ = await house.join("Ana"), await house.join("Bor")
    async with seated(house.url, house.links["moderator"]) as staff, seated(house.url, ana["token"]) as person:
        await moved(staff, 1, PHASE, None)
        groups = await eventually(lambda: staff.views["moderators", ""]["body"]["groups"].get(PHASE))
        group = next(iter(groups.values()))[0]["id"]
        await invited(staff, person, group)
        await eventually(lambda: (f"group:{group}", "") in staff.views)
        assert (await staff.wish(4, {"type": "LookInto"}))["t"] == "ok"
        await eventually(lambda: not any(audience == f"group:{group}" for audience, _ in staff.views))


async def test_names_and_texts_travel_beside_the_view(house: House) -> None:
    """SPEC V6."""
    ana = await house.join("Ana", school="OŠ Šentjur")
    async with seated(house.url, house.links["moderator"]) as staff, seated(house.url, ana["token"]) as person:
        assert staff.views["moderators", ""]["names"] == {ana["person"]: {"name": "Ana", "school": "OŠ Šentjur"}}
        assert (await staff.wish(1, {"type": "Announce", "text": "Ten more minutes"}))["t"] == "ok"
        await eventually(lambda: "texts" in person.views["room", ""])
        shown = person.views["room", ""]
        assert shown["texts"][shown["body"]["messages"][0]["text"]] == {"text": "Ten more minutes"}
        assert "Ten more minutes" not in str(shown["body"])


async def test_moderators_see_who_is_here_and_how_long_pages_are(house: House) -> None:
    """SPEC V9, F2."""
    ana = await house.join("Ana")
    async with seated(house.url, house.links["moderator"]) as staff, seated(house.url, ana["token"]) as person:
        await eventually(lambda: _states(staff).get(ana["person"]) == "here")
        assert await person.acknowledged("here", {"visible": False}) == []
        await eventually(lambda: _states(staff).get(ana["person"]) == "away")
        assert staff.views["moderators", "~pages"]["body"] == {"pages": []}


def _states(staff: Stranger) -> dict[str, str]:
    frame = staff.views.get(("moderators", "~here"))
    return {person: state for person, state, _ in frame["body"]["people"]} if frame else {}
