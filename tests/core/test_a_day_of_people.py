"""Any order of coming, falling silent, leaving, moving and regrouping leaves a room in which everybody has company."""

from itertools import combinations

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from server.core.following import TOO_BIG
from server.core.forms import Limits
from server.core.groups import Groups, flaws, group_of
from server.core.messages import CLOCK, Command, Context, DeviceId, PersonId, PhaseId, Refused
from server.core.path import Grouping
from server.core.workshop import by_name
from server.core.workshop import commands as c
from server.core.workshop.people_commands import LeaveForGood, TakePlace
from server.core.workshop.places import lacks_place
from server.core.workshop.preview import GroupsPreview, PreviewGroups
from server.core.workshop.progress import standing
from server.core.workshop.state import PhaseRun
from server.runtime.presence import GONE_AFTER_MS, QUIET_AFTER_MS, Presence, Sign
from tests.support.hall import Hall, person

SCHEDULES = ["half_day", "full_day", "two_meetings"]
BY_HAND = ("already_in_this_group", "somebody_would_be_alone", "no_groups_yet", "no_such_group", "not_in_a_group")
INTERVIEWS = PhaseId("interviews")
numbers = st.integers(0, 60)


class Day(RuleBasedStateMachine):
    """The rules of the room, and signs of life as the server takes them in: nothing else ever asks for a place."""

    @initialize(people=st.integers(2, 14), schedule=st.sampled_from(SCHEDULES))
    def open(self, people: int, schedule: str) -> None:
        self.hall = Hall(schedule)
        self.presence = Presence()
        self.connected: set[PersonId] = set()
        self.count = 0
        self.uneven: set[str] = set()
        """Groupings in which somebody fell silent: whoever comes then is not sent to a ghost, and sizes may differ."""
        for _ in range(people):
            self.arrive()

    # -- the world ---------------------------------------------------------------------------------------------------

    def hear(self, who: PersonId, *, visible: bool = True, idle_s: int = 0, open_: bool = True) -> None:
        """What the server does with a sign of life."""
        sign = Sign(who, visible, idle_s, self.hall.now_ms, DeviceId(f"of-{who}"), open_)
        self.presence.heard(sign)
        self.connected = self.connected | {who} if open_ else self.connected - {who}
        self.look()
        if open_ and lacks_place(self.hall.state, who, touched=sign.touched):
            self.hall.wish(TakePlace(who), CLOCK)

    def look(self) -> None:
        now_ms = self.hall.now_ms
        for sign in self.presence.quiet(now_ms, [(who, DeviceId(f"of-{who}")) for who in self.connected]):
            self.presence.heard(sign)
        self.presence.expire(now_ms)
        self.hall.present = self.presence.present(now_ms)

    def pass_time(self, ms: int) -> None:
        for _ in range(ms // QUIET_AFTER_MS):
            self.hall.pass_time(QUIET_AFTER_MS + 1)
            self.look()

    def one_of(self, people: frozenset[PersonId], number: int) -> PersonId:
        return sorted(people)[number % len(people)]

    @property
    def joined(self) -> frozenset[PersonId]:
        return self.hall.state.joined()

    @property
    def here(self) -> frozenset[PersonId]:
        return (self.hall.present & self.joined) or self.joined

    @property
    def run(self) -> PhaseRun:
        run = self.hall.state.current
        assert run is not None
        return run

    def spec(self, run: PhaseRun, name: str) -> Grouping:
        return self.hall.state.spec(run).groups[name]

    def grouping(self, number: int) -> tuple[str, Groups] | None:
        """A formed grouping of people who sit together, where the room is."""
        run = self.run
        formed = [(name, groups) for name, groups in run.groups.items() if self.spec(run, name).form != "alone"]
        return formed[number % len(formed)] if formed else None

    def try_to(self, command: Command, *allowed: str) -> None:
        """A wish that the rules may refuse for these reasons and no others."""
        try:
            self.hall.wish(command)
        except Refused as refused:
            if refused.code not in allowed:
                raise

    # -- people ------------------------------------------------------------------------------------------------------

    @rule()
    def arrive(self) -> None:
        who = PersonId(f"p{self.count:02}")
        self.count += 1
        self.hall.join(who)
        self.hear(who)

    @rule(number=numbers, how=st.sampled_from(["untouched", "face_down"]))
    def lay_the_phone_aside(self, number: int, how: str) -> None:
        who = self.one_of(self.joined, number)
        if who in self.connected:
            self.hear(who, visible=how == "untouched", idle_s=900)
            self.pass_time(5 * GONE_AFTER_MS)

    @precondition(lambda self: len(self.here) > 3)
    @rule(number=numbers)
    def fall_silent(self, number: int) -> None:
        who = self.one_of(self.here, number)
        self.hear(who, open_=False)
        self.pass_time(2 * GONE_AFTER_MS)
        phases = self.hall.state.phases
        self.uneven |= {f"{run.id}/{name}" for run in phases for name in self.hall.state.spec(run).groups}

    @rule(number=numbers)
    def give_a_sign(self, number: int) -> None:
        self.hear(self.one_of(self.joined, number))

    @rule()
    def all_come_back(self) -> None:
        for who in sorted(self.joined - self.here):
            self.hear(who)

    @precondition(lambda self: len(self.joined) > 3)
    @rule(number=numbers)
    def leave(self, number: int) -> None:
        who = self.one_of(self.joined, number)
        self.hall.wish(LeaveForGood(who))
        self.connected.discard(who)

    @precondition(lambda self: self.hall.state.at is not None)
    @rule(number=numbers)
    def say_that_the_partner_is_gone(self, number: int) -> None:
        caller = self.one_of(self.here, number)
        self.hall.wish(c.CallHelp("partner_gone"), person(caller))
        for name in self.run.groups:
            mine = group_of(self.run.groups[name], caller)
            if mine is not None:
                self.try_to(c.RepairGroup(self.run.id, name, mine.id), "nothing_to_repair")
        self.uneven |= {f"{self.run.id}/{name}" for name in self.run.groups}
        self.hall.wish(c.CancelHelp(caller), person(caller))

    # -- the moderator -----------------------------------------------------------------------------------------------

    @rule(number=numbers)
    def move(self, number: int) -> None:
        run = self.hall.state.phases[number % len(self.hall.state.phases)]
        if run.id != self.hall.state.at:
            self.hall.wish(c.MoveRoom(run.id, self.hall.state.at))

    @rule(step=st.integers(1, 4))
    def go_to_the_interviews(self, step: int) -> None:
        """Pairs, turns and circles of pairs: where most can go wrong."""
        if self.hall.state.at != INTERVIEWS:
            self.hall.wish(c.MoveRoom(INTERVIEWS, self.hall.state.at))
        self.step(step)

    @precondition(lambda self: self.hall.state.at is not None)
    @rule(step=st.integers(0, 20))
    def step(self, step: int) -> None:
        target = step % len(self.hall.state.steps(self.run))
        self.hall.wish(c.MoveStep(self.run.id, target, standing(self.run).step))

    @precondition(lambda self: self.hall.state.at is not None)
    @rule(number=numbers, table=numbers)
    def pass_the_turn_on(self, number: int, table: int) -> None:
        found = self.grouping(number)
        if found and found[1]:
            group = found[1][table % len(found[1])]
            turn = standing(self.run, group.id).turn
            self.try_to(c.MoveTurn(self.run.id, group.id, turn + 1, turn), "no_such_turn")

    @precondition(lambda self: self.hall.state.before is not None)
    @rule()
    def undo(self) -> None:
        self.try_to(c.UndoMove(), "too_late_to_undo")

    @precondition(lambda self: self.hall.state.undoable)
    @rule(number=numbers)
    def take_an_act_back(self, number: int) -> None:
        undoable = self.hall.state.undoable
        self.try_to(c.UndoAct(undoable[number % len(undoable)].seq), "too_late_to_undo")

    @rule(number=numbers, shut=st.booleans())
    def open_or_close(self, number: int, shut: bool) -> None:
        run = self.hall.state.phases[number % len(self.hall.state.phases)]
        self.hall.wish(c.ClosePhase(run.id) if shut else c.OpenPhase(run.id))

    @precondition(lambda self: self.hall.state.at is not None)
    @rule(number=numbers, table=numbers, who=numbers, other=numbers, act=st.sampled_from(["move", "swap", "merge"]))
    def change_by_hand(self, number: int, table: int, who: int, other: int, act: str) -> None:
        found = self.grouping(number)
        if not found or not found[1]:
            return
        run, (name, groups) = self.run, found
        one, another = self.one_of(self.joined, who), self.one_of(self.joined, other)
        here, there = groups[table % len(groups)].id, groups[other % len(groups)].id
        match act:
            case "move":
                self.try_to(c.MovePerson(run.id, name, one, there), *BY_HAND)
            case "swap":
                self.try_to(c.SwapPeople(run.id, name, one, another), *BY_HAND)
            case _:
                self.try_to(c.MergeGroups(run.id, name, here, there), *BY_HAND)

    @precondition(lambda self: self.hall.state.at is not None)
    @rule(number=numbers, table=numbers)
    def split(self, number: int, table: int) -> None:
        found = self.grouping(number)
        if found and found[1]:
            name, groups = found
            self.try_to(c.SplitGroup(self.run.id, name, groups[table % len(groups)].id, ()), *BY_HAND)

    @precondition(lambda self: self.hall.state.at is not None)
    @rule(number=numbers)
    def roll_again(self, number: int) -> None:
        found = self.grouping(number)
        if found:
            self.hall.wish(c.FormGroups(self.run.id, found[0]))
            self.uneven.discard(f"{self.run.id}/{found[0]}")

    @precondition(lambda self: self.hall.state.at is not None)
    @rule(number=numbers, seed=st.integers(1, 9), meanwhile=st.sampled_from(["nothing", "comes", "leaves"]))
    def look_first_and_then_form(self, number: int, seed: int, meanwhile: str) -> None:
        found = self.grouping(number)
        if not found:
            return
        run, name = self.run, found[0]
        asked = msgspec.Raw(msgspec.msgpack.encode(PreviewGroups(run.id, name, seed)))
        context = Context(self.hall.now_ms, seed, self.hall.present)
        preview = self.hall.rulebook.answer(self.hall.state, asked, context)
        assert isinstance(preview, GroupsPreview)
        if meanwhile == "comes":
            self.arrive()
        elif meanwhile == "leaves" and len(self.joined) > 3:
            self.leave(number)
        if not preview.groups:
            return
        self.hall.wish(c.FormGroups(run.id, name, preview.groups))
        self.uneven.discard(f"{run.id}/{name}")
        if meanwhile == "nothing" and {who for group in preview.groups for who in group.members} >= self.here:
            assert self.run.groups[name] == preview.groups

    # -- what is always true -----------------------------------------------------------------------------------------

    @invariant()
    def everybody_has_a_place_and_company(self) -> None:
        if not hasattr(self, "hall") or self.hall.state.current is None:
            return
        run = self.run
        steps = self.hall.state.steps(run)
        wanted = steps[min(standing(run).step, len(steps) - 1)].groups
        assert wanted not in self.hall.state.spec(run).groups or run.groups.get(wanted), f"{run.id}/{wanted} not formed"
        for name, groups in run.groups.items():
            where = f"{run.id}/{name}"
            assert not flaws(groups), where
            taking_part = {who for group in groups for who in group.taking_part}
            absent = {who for group in groups for who in group.absent}
            if groups:
                assert self.here <= taking_part | absent, f"{self.here - taking_part} without a place in {where}"
            assert taking_part | absent <= self.joined, f"somebody who left still sits in {where}"
            if self.spec(run, name).form != "alone" and len(taking_part) > 1:
                assert all(len(group.taking_part) > 1 for group in groups), f"somebody alone in {where}: {groups}"

    @invariant()
    def sizes_stay_within_what_the_form_allows(self) -> None:
        if not hasattr(self, "hall") or self.hall.state.current is None:
            return
        run = self.run
        grounds = self.hall.rulebook.grounds(self.hall.state)
        for name, groups in run.groups.items():
            spec = self.spec(run, name)
            if {name, spec.of} & run.by_hand or {f"{run.id}/{name}", f"{run.id}/{spec.of}"} & self.uneven or not groups:
                continue
            sizes = [len(group.taking_part) for group in groups]
            if spec.form == "merged":
                assert len(sizes) == 1 or (min(sizes) >= 3 and max(sizes) < TOO_BIG), f"{run.id}/{name}: {sizes}"
            elif spec.form in ("pairs", "trios", "fours", "fives", "answers"):
                limits = by_name.limits(grounds, run, name)
                if feasible(sum(sizes), limits):
                    assert limits.fewest <= min(sizes), f"{run.id}/{name}: {sizes}"
                    assert limits.has_room(max(sizes), 0), f"{run.id}/{name}: {sizes}"

    @invariant()
    def circles_hold_whole_groups(self) -> None:
        if not hasattr(self, "hall") or self.hall.state.current is None:
            return
        run = self.run
        for name, circles in run.groups.items():
            spec = self.spec(run, name)
            if spec.form != "merged" or name in run.by_hand:
                continue
            for unit in run.groups.get(spec.of, ()):
                homes = {circle.id for who in unit.members if (circle := group_of(circles, who))}
                assert len(homes) <= 1, f"{unit} sits in {homes}"

    @invariant()
    def turns_lead_to_people_and_the_past_is_the_same_from_both_sides(self) -> None:
        if not hasattr(self, "hall") or self.hall.state.current is None:
            return
        run, state = self.run, self.hall.state
        steps = state.steps(run)
        for name, groups in run.groups.items():
            for group in groups:
                at = standing(run, group.id)
                step = steps[min(at.step, len(steps) - 1)]
                turns = step.turns.of_size(len(group.taking_part)) if step.groups == name else ()
                if not turns or run.status == "closed":
                    continue
                assert at.turn <= len(turns)
                assert at.turn == len(turns) or group.id in state.timers, f"{group} tells without a clock"
        assert not {scope for scope in state.timers if scope} - {g.id for gs in run.groups.values() for g in gs}
        for one, other in combinations(sorted(state.people), 2):
            assert state.met.between(one, other) == state.met.between(other, one)


def feasible(people: int, limits: Limits) -> bool:
    """Whether so many can sit at tables that are all within the limits."""
    assert limits.most is not None
    return any(tables * limits.fewest <= people <= tables * limits.most for tables in range(1, people + 1))


TestDay = Day.TestCase
TestDay.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
