"""People of two nodes answer, cross, leave and come late at once: nobody has two partners, and nobody half of one."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from itertools import combinations
from typing import Any, Final, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from protocol.frames import RefusedFrame
from server.activities.partnering import messages as m
from server.activities.partnering.state import Partnering
from server.app.activities import all_activities
from server.core import consent as c
from server.core.activity import Tick
from server.core.consent import Consent, PartnershipId, ProposalId
from server.core.messages import CLOCK, Actor, Command, PhaseId
from server.core.wishes import UnitId, Wish
from server.core.workshop.commands import ClosePhase, MoveRoom, OpenPhase
from server.core.workshop.people_commands import LeaveForGood
from server.core.workshop.rulebook import Rulebook
from server.core.workshop.state import Workshop
from server.runtime.live import LiveWorkshop
from server.store.opened import open_store
from tests.support.choosing import CHOICE, ChoosingRoom, Seat, choosing
from tests.support.eventually import eventually
from tests.support.fold import Fold, history, shows
from tests.support.node import RunningNode, running_node

pytestmark = pytest.mark.slow

SCHOOLS: Final = ("Alder", "Alder", "Birch", "Cedar", "Damson", "Elm")
LATECOMERS: Final = ("Fir", "Birch")
LEVELS: Final[tuple[Wish, ...]] = (0, 1, 2, 3)
LATER: Final = PhaseId("dimensions")
PATIENCE_MS: Final = 600_000
"""Longer than any proposal waits."""
ENDS: Final = ("talk_with_the_moderator", "nobody_else_here", "partner_left")
"""What somebody is told who is not waiting for anything but the moderator."""

T = TypeVar("T")


class Nodes:
    """Two nodes on one Redis, in a loop of their own, which goes on while a test thinks."""

    def __init__(self, redis_url: str) -> None:
        self.redis_url = redis_url
        self.both: tuple[RunningNode, RunningNode]
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Nodes":
        self._thread.start()
        assert self._ready.wait(20)
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def live(self, room: ChoosingRoom) -> list[LiveWorkshop]:
        return [node.parts.node.live[room.workshop.id] for node in self.both]

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        async with running_node(self.redis_url, "n1") as first, running_node(self.redis_url, "n2") as second:
            self.both = (first, second)
            self._ready.set()
            await self._stop.wait()


# -- what people and moderators may wish, by two numbers ---------------------------------------------------------------


def _one(some: tuple[Any, ...], which: int) -> Any:
    return some[which % len(some)] if some else None


def _proposal(seat: Seat, which: int) -> ProposalId:
    found = _one(seat.proposals, which)
    return ProposalId(found["proposal"] if found else f"pair{which}")


def _pair(seat: Seat) -> PartnershipId:
    return PartnershipId(seat.partnership["partnership"] if seat.partnership else "pair1")


Wishing = Callable[[Seat, UnitId, int], Command]
PERSON: Final[dict[str, Wishing]] = {
    "yes": lambda seat, _, which: c.SayYes(_proposal(seat, which)),
    "yes again": lambda seat, _, which: c.SayYes(_proposal(seat, which)),
    "not yet": lambda seat, _, which: c.SayNotYet(_proposal(seat, which)),
    "ask": lambda _, other, __: c.ProposePartner(other),
    "ask a third": lambda seat, other, _: c.ProposeThird(_pair(seat), other),
    "leave": lambda seat, _, __: c.LeavePartnership(_pair(seat)),
    "wish": lambda _, other, which: m.SetWishes({other: _one(LEVELS, which)}),
    "veto": lambda _, other, which: m.SetVeto(other, on=which % 3 > 0),
    "find": lambda seat, _, __: m.FindPlace(seat.unit),
    "away": lambda seat, _, which: c.MarkUnit(seat.unit, "away" if which % 2 else "present"),
}
BURST: Final = st.lists(
    st.tuples(st.sampled_from(sorted(PERSON)), st.integers(0, 7), st.integers(0, 7)), min_size=2, max_size=8
)


class ConsentOnTwoNodes(RuleBasedStateMachine):
    """Each rule is a moment in which several wish at once; the rules of the consent hold after every commit."""

    def __init__(self, nodes: Nodes) -> None:
        super().__init__()
        self.nodes = nodes
        self.stack = AsyncExitStack()
        self.room: ChoosingRoom
        self.gone: set[str] = set()

    @initialize()
    def everybody_comes(self) -> None:
        self.nodes.do(self._open())

    async def _open(self) -> None:
        first, second = self.nodes.both
        self.room = await self.stack.enter_async_context(choosing(first.url, second.url))
        for number, school in enumerate(SCHOOLS):
            await self.room.join(f"p{number}", school)
        await eventually(lambda: all(seat.me for seat in self.here))

    @property
    def here(self) -> list[Seat]:
        return [seat for name, seat in self.room.seats.items() if name not in self.gone]

    # -- moments -----------------------------------------------------------------------------------------------------

    @rule(wished=BURST, round_too=st.booleans())
    def many_at_once(self, wished: list[tuple[str, int, int]], *, round_too: bool) -> None:
        acts: list[Awaitable[object]] = [self._wishes(*one) for one in wished]
        self.nodes.do(_together([*acts, self._round()] if round_too else acts))

    @rule()
    def a_round_is_shown(self) -> None:
        self.nodes.do(self._round())

    @rule(first=st.integers(0, 7), second=st.integers(0, 7), crossing=st.booleans())
    def two_ask_each_other(self, first: int, second: int, *, crossing: bool) -> None:
        one, other = self.here[first % len(self.here)], self.here[second % len(self.here)]
        asks = [self._submit(one, c.ProposePartner(other.unit))]
        asks += [self._submit(other, c.ProposePartner(one.unit))] if crossing else []
        self.nodes.do(_together([*asks, self._by_hand(first, second)]))

    @rule(reluctant=st.sampled_from(("", "", "p2", "p3")), free=st.booleans())
    def everybody_answers_at_once(self, reluctant: str, *, free: bool) -> None:
        self.nodes.do(self._asked(by_hand=free))
        wished = [("not yet" if seat.name == reluctant else "yes", who, 0) for who, seat in enumerate(self.here)]
        self.nodes.do(_together([self._wishes(*one) for one in wished]))

    @rule(who=st.integers(0, 7))
    def a_third_is_asked_while_a_pair_parts(self, who: int) -> None:
        self.nodes.do(_together([self._thirds(), self._wishes("leave", who, 0)]))

    @rule(node=st.integers(0, 1))
    def nobody_answers_in_time(self, node: int) -> None:
        answering: list[Awaitable[object]] = [self._wishes("yes", who, 0) for who in range(2)]
        self.nodes.do(_together([*answering, self._tick_late(node)]))

    @rule()
    def somebody_is_late(self) -> None:
        if (number := len(self.room.seats) - len(SCHOOLS)) < len(LATECOMERS):
            self.nodes.do(self.room.join(f"late{number}", LATECOMERS[number]))
            self.nodes.do(eventually(lambda: all(seat.me for seat in self.here)))

    @rule(who=st.integers(0, 7))
    def somebody_goes_home(self, who: int) -> None:
        if len(self.here) > len(SCHOOLS) - 2:
            seat = self.here[who % len(self.here)]
            self.nodes.do(_together([self._leave_for_good(seat), self._wishes("yes", who + 1, 0)]))

    @rule(answering=st.booleans())
    def the_room_moves_on_while_people_answer(self, *, answering: bool) -> None:
        answers = [self._wishes("yes", who, 0) for who in range(4)] if answering else []
        self.nodes.do(_together([self._move(LATER), *answers]))

    @rule(who=st.integers(0, 7), far=st.booleans())
    def the_room_comes_back(self, who: int, *, far: bool) -> None:
        self.nodes.do(_together([self._move(CHOICE), self._wishes("find", who, 0), *([self._round()] if far else [])]))

    @rule(closing=st.booleans())
    def the_choice_is_closed_or_opened_beside_the_phase_where_the_room_is(self, *, closing: bool) -> None:
        act = ClosePhase(CHOICE) if closing else OpenPhase(CHOICE)
        self.nodes.do(_together([self._lead(act), self._wishes("yes", 0, 0), self._wishes("not yet", 1, 0)]))

    @rule(who=st.integers(0, 7))
    def somebody_without_a_partner_is_found_a_place_wherever_the_room_is(self, who: int) -> None:
        unit = self.here[who % len(self.here)].unit
        self.nodes.do(_together([self._lead(m.FindPlace(unit), CHOICE), self._wishes("yes", who, 0)]))

    @rule(who=st.integers(0, 7))
    def somebody_comes_back_on_the_other_node(self, who: int) -> None:
        self.nodes.do(self._drop(self.here[who % len(self.here)]))

    # -- how ---------------------------------------------------------------------------------------------------------

    async def _wishes(self, act: str, who: int, which: int) -> None:
        seat = self.here[who % len(self.here)]
        other = _one(tuple(one.unit for one in self.here if one.unit != seat.unit), which)
        await self._submit(seat, PERSON[act](seat, other, which))

    async def _submit(self, seat: Seat, command: Command) -> None:
        answered(await seat.wish(command))

    async def _round(self) -> None:
        answered(await self.room.lead(m.ProposeMatching()))
        answered(await self.room.lead(m.ShowProposals()))

    async def _by_hand(self, first: int, second: int) -> None:
        units = tuple(self.here[which % len(self.here)].unit for which in (first, second + 1))
        answered(await self.room.lead(c.ProposeByHand(units)))

    async def _lead(self, command: Command, scope: str = "") -> None:
        answered(await self.room.lead(command, scope))

    async def _move(self, to: PhaseId) -> None:
        await self._lead(MoveRoom(to, self.nodes.live(self.room)[0].replica.state.at))

    async def _asked(self, *, by_hand: bool) -> None:
        """A round, or two whom a moderator brings together; their screens have it."""
        if not by_hand:
            await self._round()
        free = [seat for seat in self.here if not seat.partnership and not seat.proposals]
        if by_hand and len(free) > 1:
            answered(await self.room.lead(c.ProposeByHand((free[0].unit, free[-1].unit))))
        await self._level()

    async def _thirds(self) -> None:
        free = [seat.unit for seat in self.here if not seat.partnership]
        pairs = {_pair(seat) for seat in self.here if seat.partnership}
        for key, unit in zip(sorted(pairs), free, strict=False):
            answered(await self.room.lead(c.ProposeThird(key, unit)))

    async def _level(self) -> None:
        first, second = self.nodes.live(self.room)
        await eventually(lambda: first.replica.seq == second.replica.seq)

    async def _leave_for_good(self, seat: Seat) -> None:
        self.gone.add(seat.name)
        answered(await seat.device.submit("", LeaveForGood(seat.who)))

    async def _drop(self, seat: Seat) -> None:
        bases = [node.url for node in self.nodes.both]
        seat.device.base = bases[seat.device.base == bases[0]]
        await seat.device.cut()
        await seat.device.ready()

    async def _tick_late(self, node: int) -> None:
        """A clock of one node that is far ahead."""
        live = self.nodes.live(self.room)[node]
        live.now_ms = lambda: time.time_ns() // 1_000_000 + PATIENCE_MS  # type: ignore[method-assign]
        try:
            await live.replica.post(CLOCK, CHOICE, Tick())
        finally:
            del live.now_ms

    # -- the end -----------------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        try:
            self.nodes.do(self._end())
        finally:
            self.nodes.do(self.stack.aclose())

    async def _end(self) -> None:
        """Nobody tidies up: the room goes on, and time alone ends what is open."""
        await self._level()
        await self._move(LATER)
        await self._lead(ClosePhase(CHOICE))
        await self._level()
        await self._tick_late(0)
        await self._same_everywhere()
        states = await self._history()
        for state in states:
            assert_sound(choice(state).consent)
        assert [live.replica.state for live in self.nodes.live(self.room)] == [states[-1]] * 2
        assert not choice(states[-1]).consent.proposals
        assert_seated(states[-1])
        for seat in self.here:
            told = seat.me.get("reason") in ENDS or seat.me["stage"] in ("away", "left", "confirmed")
            assert told, f"{seat} waits for ever"

    async def _history(self) -> list[Workshop]:
        async with open_store(self.nodes.redis_url) as store:
            states = await history(store, Rulebook(all_activities()), self.room.workshop.id)
        return [state for state in states if CHOICE in state.activities]

    async def _same_everywhere(self) -> None:
        """Both nodes have the same number, and every screen shows the log folded anew."""
        await self._level()
        fold = await Fold.of(self.nodes.redis_url, self.room.workshop.id)
        for seat in self.here:
            await eventually(shows(seat.device, fold, Actor("person", seat.who)))
        await eventually(shows(self.room.moderator, fold, Actor("moderator", "m")))
        await eventually(shows(self.room.screen, fold, Actor("screen", "s")))


async def _together(acts: list[Any]) -> None:
    await asyncio.gather(*acts)


def answered(answer: object) -> None:
    """A refusal is an answer; a defect has a reference."""
    assert not isinstance(answer, RefusedFrame) or not answer.ref, answer


def choice(state: Workshop) -> Partnering:
    found = state.activities[CHOICE]
    assert isinstance(found, Partnering)
    return found


def assert_sound(state: Consent) -> None:
    for one, other in combinations(state.partnerships.values(), 2):
        assert not set(one.units) & set(other.units), "two partners"
    for agreed in state.partnerships.values():
        assert 2 <= len(set(agreed.units)) == len(agreed.units) <= 3, "half a pair"
        assert all(state.units[unit].here != "left" for unit in agreed.units)
    for proposal in state.proposals.values():
        placed = [unit for unit in proposal.units if state.partnership_of(unit) is not None]
        assert not placed or proposal.joins is not None, "somebody with a partner is asked for another"


def assert_seated(state: Workshop) -> None:
    """In the next phase partners share a table with nobody else, and everybody who is still here has one."""
    found = choice(state).consent
    members = {
        f"{CHOICE}-{key}": {who for unit in it.units for who in found.units[unit].members}
        for key, it in found.partnerships.items()
    }
    run = state.phase(LATER)
    assert run is not None
    for group in run.groups["partners"]:
        if group.id in members:
            assert set(group.members) == {who for who in members[group.id] if state.people[who].state != "left"}
        else:
            assert not set(group.members) & set().union(*members.values())


def test_never_two_partners_never_half_a_pair_and_every_path_ends(redis_url: str) -> None:
    with Nodes(redis_url) as nodes:
        run_state_machine_as_test(
            lambda: ConsentOnTwoNodes(nodes),  # type: ignore[arg-type]
            settings=settings(
                max_examples=25,
                stateful_step_count=12,
                deadline=None,
                # What races once need not race again: a failure is printed as it came, not made smaller.
                phases=(Phase.explicit, Phase.reuse, Phase.generate),
                suppress_health_check=tuple(HealthCheck),
            ),
        )
