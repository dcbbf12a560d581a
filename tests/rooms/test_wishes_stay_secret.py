"""On the wire and in the log: nobody else ever hears a wish, a veto, a yes before it counts, or whose no it was."""

import secrets
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

import msgspec
import pytest

from server.activities.partnering import messages as m
from server.core.consent import ProposalId, ProposePartner, SayNotYet, SayYes
from server.core.messages import Actor, Command
from server.core.workshop.commands import Announce
from server.edge.packets import Envelope
from server.rehearsal.device import Device
from server.rehearsal.wire import EVENT
from server.store.opened import open_store
from tests.support.choosing import CHOICE, ChoosingRoom, choosing
from tests.support.eventually import eventually
from tests.support.fold import Fold, shows
from tests.support.node import running_node

SECRETS = ("WishesSet", "VetoSet", "YesSaid")
PEOPLE = ("Ana", "Bor", "Cene", "Dora")
STAFF = ("moderator", "co_moderator", "observer", "screen")
HEAR_MODERATORS = ("moderator", "co_moderator")
OFTEN_S = 0.2


class Overheard:
    """A second device of everybody, and every byte that it received."""

    def __init__(self) -> None:
        self.heard: dict[str, list[bytes]] = {}

    def choice(self, who: str) -> list[tuple[str, Any]]:
        """The views of the choice that reached this seat: audience, body and names."""
        return [
            (frame["a"], (frame.get("body"), frame.get("names"))) for frame in self._frames(who) if frame["p"] == CHOICE
        ]

    def seq(self, who: str) -> int:
        """The number of the workshop that moderators were shown last."""
        return max(int(frame["seq"]) for frame in self._frames(who) if (frame["a"], frame["p"]) == ("moderators", ""))

    def told(self, who: str, words: str) -> bool:
        return any(words.encode() in message for message in self.heard[who])

    def told_everybody(self, words: str) -> bool:
        return all(self.told(who, words) for who in self.heard)

    def count(self) -> dict[str, int]:
        return {who: len(self.choice(who)) for who in self.heard}

    def _frames(self, who: str) -> Iterator[Mapping[str, Any]]:
        for message in self.heard[who]:
            envelope = msgspec.msgpack.decode(message, type=Envelope)
            if envelope.type == EVENT:
                name, *rest = msgspec.msgpack.decode(envelope.data, type=list[Any])
                if name == "views":
                    yield from rest[0]


@asynccontextmanager
async def overheard(room: ChoosingRoom) -> AsyncIterator[Overheard]:
    """Everybody's and every kind of staff's wire, from now on."""
    tapped = Overheard()
    async with AsyncExitStack() as stack:
        tokens = {seat.name: room.workshop.tokens[seat.who] for seat in room.seats.values()}
        tokens |= {role: room.workshop.tokens[role] for role in STAFF}
        for who, token in tokens.items():
            tap = tapped.heard.setdefault(who, []).append
            device = await stack.enter_async_context(Device(room.bases[-1], token, tap=tap))
            await device.ready()
        yield tapped


async def gathered(room: ChoosingRoom) -> None:
    for name in PEOPLE:
        await room.join(name)
    await eventually(lambda: all(len(seat.me.get("choices", ())) == 3 for seat in room.seats.values()))


async def all_wish(room: ChoosingRoom) -> None:
    for seat in room.seats.values():
        await seat.does(m.SetWishes({other.unit: 2 for other in room.seats.values() if other is not seat}))
    await eventually(lambda: all(row.get("wished") for row in room.overview["units"]))


async def quiet(room: ChoosingRoom, tapped: Overheard) -> None:
    """All that was under way has arrived: staff are shown things at most so often, and two marks are further apart."""
    for _ in range(2):
        mark = f"mark {secrets.token_hex(4)}"
        seq = await room.leads(Announce(mark), scope="")
        await eventually(partial(tapped.told_everybody, mark))
        await eventually(lambda: all(tapped.seq(who) >= seq for who in HEAR_MODERATORS))  # noqa: B023


async def whom_it_reaches(room: ChoosingRoom, tapped: Overheard, who: str, command: Command) -> set[str]:
    """Who receives any view of the choice because of this."""
    await quiet(room, tapped)
    before = tapped.count()
    await room[who].does(command)
    await quiet(room, tapped)
    return {one for one, heard in tapped.count().items() if heard > before[one]}


async def test_a_wish_a_veto_and_a_request_against_it_reach_nobody_else(redis_url: str) -> None:
    async with (
        running_node(redis_url, "n1") as first,
        running_node(redis_url, "n2") as second,
        choosing(first.url, second.url) as room,
    ):
        await gathered(room)
        await all_wish(room)
        # Everybody is admitted, which moderators see; what follows must not move any screen but one.
        await room.leads(m.ProposeMatching())
        bor = room["Bor"].unit
        async with overheard(room) as tapped:
            for command in (m.SetWishes({bor: 0}), m.SetVeto(bor), m.SetVeto(bor, on=False), m.SetVeto(bor)):
                assert await whom_it_reaches(room, tapped, "Ana", command) == {"Ana"}
            asking = ProposePartner(room["Ana"].unit)
            assert await whom_it_reaches(room, tapped, "Bor", asking) == {"Bor"}
            for who in tapped.heard:
                assert not any(tapped.told(who, secret) for secret in SECRETS)


async def test_a_yes_reaches_the_other_side_only_when_all_have_said_it(redis_url: str) -> None:
    async with running_node(redis_url) as node, choosing(node.url) as room:
        await gathered(room)
        await all_wish(room)
        await shown(room)
        async with overheard(room) as tapped:
            ana = room["Ana"]
            reached = await whom_it_reaches(room, tapped, "Ana", SayYes(ProposalId(ana.proposals[0]["proposal"])))
            assert reached == {"Ana", *HEAR_MODERATORS}
            told = [row for row in room.overview["open"] if row.get("agreed")]
            assert [sorted(row) for row in told] == [["agreed", "expires_at_ms", "of_round", "units"]]


async def shown(room: ChoosingRoom) -> None:
    await room.leads(m.ProposeMatching())
    await room.leads(m.ShowProposals())
    await eventually(lambda: all(seat.proposals for seat in room.seats.values()))


async def after_a_not_yet(url: str, who: str) -> dict[str, Any]:
    """What each screen shows of the choice once one of two has said so, with everybody called by name."""
    async with choosing(url) as room:
        await room.join("Ana")
        await room.join("Bor")
        await eventually(lambda: all(seat.me.get("choices") for seat in room.seats.values()))
        await shown(room)
        await eventually(lambda: bool(room.overview.get("open")))
        await room[who].does(SayNotYet(ProposalId(room[who].proposals[0]["proposal"])))
        await eventually(
            lambda: not any(seat.proposals for seat in room.seats.values()) and not room.overview.get("open")
        )
        names = {str(key): seat.name for seat in room.seats.values() for key in (seat.who, seat.unit)}
        screens = {seat.name: seat.me for seat in room.seats.values()}
        return {key: renamed(body, names) for key, body in {**screens, "moderator": room.overview}.items()}


def renamed(body: Any, names: Mapping[str, str]) -> Any:
    """With names in place of random ids, and in an order that does not depend on these."""
    if isinstance(body, Mapping):
        return {renamed(key, names): renamed(value, names) for key, value in body.items()}
    if isinstance(body, list | tuple):
        return sorted((renamed(one, names) for one in body), key=repr)
    return names.get(body, body) if isinstance(body, str) else body


async def test_nobody_can_tell_whose_not_yet_it_was(redis_url: str) -> None:
    async with running_node(redis_url) as node:
        assert await after_a_not_yet(node.url, "Ana") == await after_a_not_yet(node.url, "Bor")


async def test_after_the_confirmation_no_wish_is_left_in_redis_and_a_restart_has_the_same_partnerships(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.runtime.forgetting.SETTLED_S", OFTEN_S)
    monkeypatch.setattr("server.runtime.node.TICK_EVERY_S", OFTEN_S)
    async with running_node(redis_url, "n1") as node, choosing(node.url) as room:
        await gathered(room)
        await all_wish(room)
        await room["Ana"].does(m.SetVeto(room["Dora"].unit))
        assert await in_log(redis_url, room, SECRETS[:2])
        await shown(room)
        for seat in room.seats.values():
            await seat.does(SayYes(ProposalId(seat.proposals[0]["proposal"])))
        await eventually(lambda: all(seat.partnership for seat in room.seats.values()))

        async def forgotten() -> bool:
            return not await in_log(redis_url, room, SECRETS)

        await eventually(forgotten, within_s=10)
        fold = await Fold.of(redis_url, room.workshop.id)
        async with running_node(redis_url, "n2") as restarted:
            for seat in room.seats.values():
                again = await room.workshop.device(room.workshop.tokens[seat.who], restarted.url)
                assert again.views[(f"person:{seat.who}", CHOICE)].body == seat.me
                await eventually(shows(again, fold, Actor("person", seat.who)))
            live = [one.parts.node.live[room.workshop.id].replica.state for one in (node, restarted)]
            partnerships = [state.activities[CHOICE].consent.partnerships for state in live]  # type: ignore[attr-defined]
            assert len(partnerships[0]) == 2
            assert partnerships[0] == partnerships[1]


async def in_log(redis_url: str, room: ChoosingRoom, secret: tuple[str, ...]) -> list[str]:
    """Which of these words stand in the log as Redis holds it."""
    async with open_store(redis_url) as store:
        facts = [bytes(body) for _, commit in await store.log.read(room.workshop.id) for _, body in commit.facts]
    return [word for word in secret if any(word.encode() in body for body in facts)]
