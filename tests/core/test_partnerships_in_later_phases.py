"""A partnership in every later phase: its members and nobody else, as it is confirmed now, whatever happens to it."""

import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.activities.partnering import messages as m
from server.core import consent
from server.core.activity import Tick
from server.core.groups import Group, flaws
from server.core.messages import CLOCK, Command, GroupId, PageId, PersonId, PhaseId, Refused
from server.core.path import Grouping
from server.core.workshop import commands as c
from server.core.workshop.people_commands import LeaveForGood, TakePlace
from server.runtime.attendance import audiences_of
from tests.support.hall import MODERATOR, Hall, person
from tests.support.hall_choice import CHOICE, are_partners, choice, choosing, say_yes, unit

DIMENSIONS, GROW, INTENTION = PhaseId("dimensions"), PhaseId("grow"), PhaseId("intention")


def tables(hall: Hall, phase: PhaseId = DIMENSIONS) -> dict[GroupId, set[PersonId]]:
    run = hall.state.phase(phase)
    assert run is not None
    return {group.id: set(group.members) for group in run.groups.get("partners", ())}


def partnership_of(hall: Hall, who: str) -> consent.PartnershipId:
    found = choice(hall).consent.partnership_of(unit(who))
    assert found is not None
    return found


def moves(hall: Hall, phase: PhaseId) -> None:
    hall.wish(c.MoveRoom(phase, hall.state.at))


def test_who_has_no_partner_sits_at_a_table_of_their_own_and_reads_no_partnerships_page() -> None:
    hall = choosing("ana", "bor", "vera")
    are_partners(hall, ("ana", "bor"))
    moves(hall, DIMENSIONS)
    assert sorted(map(sorted, tables(hall).values())) == [["ana", "bor"], ["vera"]]
    assert not [page for page in hall.rulebook.documents(hall.state, person("vera"), DIMENSIONS) if "pair1" in page]


def test_two_without_a_partner_work_together_unless_one_said_not_with_them() -> None:
    for veto in (False, True):
        hall = choosing("ana", "bor", "vera", "vid")
        if veto:
            hall.wish(m.SetVeto(unit("vid")), person("vera"), CHOICE)
        are_partners(hall, ("ana", "bor"))
        moves(hall, DIMENSIONS)
        beside = [sorted(people) for group, people in tables(hall).items() if not group.startswith("partner_choice")]
        assert sorted(beside) == ([["vera"], ["vid"]] if veto else [["vera", "vid"]])


def test_somebody_late_never_sits_down_in_a_partnership() -> None:
    hall = choosing("ana", "bor")
    are_partners(hall, ("ana", "bor"))
    moves(hall, DIMENSIONS)
    for late, company in (("vera", {"vera"}), ("vid", {"vera", "vid"}), ("vlad", {"vera", "vid", "vlad"})):
        hall.join(late)
        assert list(tables(hall).values()) == [{"ana", "bor"}, company]
    hall.join("ves")
    assert list(tables(hall).values())[-1] == {"vera", "vid", "vlad", "ves"}, "rather a fourth than alone"


def test_a_third_partner_who_joins_later_is_in_the_group_of_every_phase_at_once() -> None:
    hall = choosing("ana", "bor", "eva")
    are_partners(hall, ("ana", "bor"))
    moves(hall, DIMENSIONS)
    moves(hall, CHOICE)
    hall.wish(consent.ProposeThird(partnership_of(hall, "ana"), unit("eva")), MODERATOR, CHOICE)
    say_yes(hall, "ana", "bor", "eva")
    assert tables(hall) == {"partner_choice-pair1": {"ana", "bor", "eva"}}
    pages = hall.rulebook.documents(hall.state, person("eva"), DIMENSIONS)
    assert any("pair1" in page for page in pages)


def test_a_rematch_moves_both_and_leaves_them_the_old_pages_to_read() -> None:
    hall = choosing("ana", "bor", "cene", "dora")
    are_partners(hall, ("ana", "bor"), ("cene", "dora"))
    moves(hall, DIMENSIONS)
    moves(hall, CHOICE)
    hall.wish(consent.LeavePartnership(partnership_of(hall, "ana")), person("ana"), CHOICE)
    moves(hall, DIMENSIONS)
    alone = [people for group, people in tables(hall).items() if group.startswith("dimensions")]
    assert sorted(map(sorted, alone)) == [["ana"], ["bor"]], "who has just left the other is not seated with them"
    moves(hall, CHOICE)
    hall.wish(consent.ProposeThird(partnership_of(hall, "cene"), unit("ana")), MODERATOR, CHOICE)
    say_yes(hall, "ana", "cene", "dora")
    moves(hall, DIMENSIONS)
    assert tables(hall)[GroupId("partner_choice-pair2")] == {"ana", "cene", "dora"}
    for who in ("ana", "bor", "cene", "dora"):
        open_to = hall.rulebook.documents(hall.state, person(who), DIMENSIONS)
        rights = {right for page, right in open_to.items() if "pair1" in page}
        assert rights == ({"read"} if who in ("ana", "bor") else set()), "what two wrote is theirs, and only theirs"


def test_taking_groups_back_takes_no_partnership_back() -> None:
    hall = choosing("ana", "bor", "vera", "vid")
    are_partners(hall, ("ana", "bor"))
    moves(hall, DIMENSIONS)
    hall.wish(c.FormGroups(DIMENSIONS, "partners", how=Grouping("fours")))
    assert list(tables(hall).values()) == [{"ana", "bor", "vera", "vid"}], "a moderator may choose another form"
    taken_back = hall.state.undoable[-1].seq
    moves(hall, CHOICE)
    are_partners(hall, ("vera", "vid"))
    hall.wish(c.UndoAct(taken_back))
    assert tables(hall) == {"partner_choice-pair1": {"ana", "bor"}, "partner_choice-pair2": {"vera", "vid"}}


def test_who_leaves_in_a_later_phase_sits_elsewhere_in_the_same_moment() -> None:
    hall = choosing("ana", "bor", "cene", "dora")
    are_partners(hall, ("ana", "bor"), ("cene", "dora"))
    moves(hall, DIMENSIONS)
    hall.wish(consent.LeavePartnership(partnership_of(hall, "ana")), person("ana"), CHOICE)
    assert sorted(map(sorted, tables(hall).values())) == [["ana"], ["bor"], ["cene", "dora"]]


def test_when_a_partner_has_gone_home_the_other_is_free_and_has_a_table() -> None:
    hall = choosing("ana", "bor", "cene", "dora")
    are_partners(hall, ("ana", "bor"), ("cene", "dora"))
    moves(hall, DIMENSIONS)
    hall.wish(LeaveForGood(PersonId("ana")))
    hall.wish(Tick(), CLOCK, CHOICE)
    assert sorted(map(sorted, tables(hall).values())) == [["bor"], ["cene", "dora"]]
    assert not any("pair1" in group for group in tables(hall))


def test_a_partner_who_is_away_keeps_the_place() -> None:
    hall = choosing("ana", "bor", "cene", "dora")
    are_partners(hall, ("ana", "bor"), ("cene", "dora"))
    hall.present = frozenset(map(PersonId, ("ana", "cene", "dora")))
    moves(hall, DIMENSIONS)
    assert {"ana", "bor"} in tables(hall).values()


def test_partners_who_find_each_other_in_the_middle_of_turns_have_a_clock_like_the_others() -> None:
    hall = choosing("ana", "bor", "cene", "dora")
    are_partners(hall, ("ana", "bor"))
    moves(hall, INTENTION)
    hall.wish(c.OpenPhase(CHOICE))
    hall.wish(c.MoveStep(INTENTION, 2, 0))
    running = hall.state.timers[GroupId("partner_choice-pair1")]
    hall.pass_time(20_000)
    are_partners(hall, ("cene", "dora"))
    theirs = hall.state.timers[GroupId("partner_choice-pair2")]
    assert (theirs.total_ms, theirs.left(hall.now_ms)) == (60_000, 60_000), "their first turn begins now"
    assert hall.state.timers[GroupId("partner_choice-pair1")] == running, "the others go on as they were"
    assert set(hall.state.timers) == {"", "partner_choice-pair1", "partner_choice-pair2"}


@pytest.mark.parametrize("by_merging", [False, True])
def test_no_hand_puts_somebody_into_a_partnership_or_takes_somebody_out(by_merging: bool) -> None:
    hall = choosing("ana", "bor", "vera", "vid")
    are_partners(hall, ("ana", "bor"))
    moves(hall, DIMENSIONS)
    closed, beside = tables(hall)
    acts: list[Command] = [c.MergeGroups(DIMENSIONS, "partners", closed, beside)]
    if not by_merging:
        acts = [
            c.MovePerson(DIMENSIONS, "partners", PersonId("vera"), closed),
            c.SwapPeople(DIMENSIONS, "partners", PersonId("ana"), PersonId("vera")),
        ]
    for act in acts:
        with pytest.raises(Refused, match=r"partnership_closed|somebody_would_be_alone"):
            hall.wish(act)
    assert {"ana", "bor"} in tables(hall).values()


def test_groups_laid_by_hand_leave_every_partnership_as_it_is() -> None:
    hall = choosing("ana", "bor", "vera")
    are_partners(hall, ("ana", "bor"))
    moves(hall, DIMENSIONS)
    everybody = tuple(map(PersonId, ("ana", "bor", "vera")))
    laid = Group(GroupId("partner_choice-pair1"), everybody, 1)
    hall.wish(c.FormGroups(DIMENSIONS, "partners", (laid,)))
    assert sorted(map(sorted, tables(hall).values())) == [["ana", "bor"], ["vera"]]


def test_those_who_still_talk_about_a_proposal_stay_together_when_the_room_moves_on() -> None:
    hall = choosing("ana", "bor", "cene", "dora", "eva", "fani")
    are_partners(hall, ("ana", "bor"))
    for two in (("cene", "dora"), ("eva", "fani")):
        hall.wish(consent.ProposeByHand(tuple(map(unit, two))), MODERATOR, CHOICE)
    moves(hall, DIMENSIONS)
    assert sorted(map(sorted, tables(hall).values())) == [["ana", "bor"], ["cene", "dora"], ["eva", "fani"]]


class RandomDay:
    """Everything that can happen to partnerships, in any order, with the room in any phase."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.people = [f"p{number}" for number in range(1, self.dice.randrange(4, 9))]
        self.hall = choosing(*self.people)
        self.ever: dict[str, set[str]] = {}
        """Who was ever in each partnership: what they wrote in it stays theirs to read."""
        self.acts = (
            self.somebody_is_late,
            self.a_hand_proposes,
            self.a_hand_proposes,
            self.all_answer,
            self.all_answer,
            self.a_third_is_asked,
            self.somebody_leaves_a_partnership,
            self.somebody_vetoes,
            self.somebody_goes_home,
            self.somebody_is_back,
            self.the_room_moves,
            self.the_room_moves,
            self.the_moderator_moves_somebody,
            self.groups_are_formed_anew,
            self.the_clock_ticks,
        )

    def happens(self) -> None:
        with suppress(Refused):
            self.dice.choice(self.acts)()
        for group, people in self.partnerships().items():
            self.ever[group] = self.ever.get(group, set()) | people

    def _one(self) -> str:
        return self.dice.choice(self.people)

    def somebody_is_late(self) -> None:
        if len(self.people) < 12:
            self.people.append(f"p{len(self.people) + 1}")
            self.hall.join(self.people[-1])

    def a_hand_proposes(self) -> None:
        units = tuple(map(unit, self.dice.sample(self.people, self.dice.choice((2, 2, 3)))))
        self.hall.wish(consent.ProposeByHand(units), MODERATOR, CHOICE)

    def all_answer(self) -> None:
        for who in self.people:
            with suppress(Refused):
                say_yes(self.hall, who)

    def a_third_is_asked(self) -> None:
        keys = list(choice(self.hall).consent.partnerships)
        if keys:
            command = consent.ProposeThird(self.dice.choice(keys), unit(self._one()))
            self.hall.wish(command, MODERATOR, CHOICE)

    def somebody_leaves_a_partnership(self) -> None:
        who = self._one()
        if (key := choice(self.hall).consent.partnership_of(unit(who))) is not None:
            self.hall.wish(consent.LeavePartnership(key), person(who), CHOICE)

    def somebody_vetoes(self) -> None:
        self.hall.wish(m.SetVeto(unit(self._one())), person(self._one()), CHOICE)

    def somebody_goes_home(self) -> None:
        if len(self.hall.state.joined()) > 3:
            self.hall.wish(LeaveForGood(PersonId(self._one())))

    def somebody_is_back(self) -> None:
        self.hall.wish(TakePlace(PersonId(self._one())))

    def the_room_moves(self) -> None:
        moves(self.hall, self.dice.choice((CHOICE, DIMENSIONS, GROW)))

    def the_moderator_moves_somebody(self) -> None:
        groups = list(tables(self.hall))
        if groups:
            to = self.dice.choice(groups)
            self.hall.wish(c.MovePerson(DIMENSIONS, "partners", PersonId(self._one()), to))

    def groups_are_formed_anew(self) -> None:
        self.hall.wish(c.FormGroups(self.dice.choice((DIMENSIONS, GROW)), "partners"))

    def the_clock_ticks(self) -> None:
        self.hall.wish(Tick(), CLOCK, CHOICE)

    def partnerships(self) -> dict[str, set[str]]:
        found = choice(self.hall).consent
        return {
            f"partner_choice-{key}": {who for one in it.units if one in found.units for who in found.units[one].members}
            for key, it in found.partnerships.items()
        }

    def assert_closed(self) -> None:
        """No page and no view of a partnership, past or present, is anybody's but its members'."""
        members = self.partnerships()
        for who in map(PersonId, self.people):
            mine = {group for group, people in members.items() if who in people}
            former = {group for group, people in self.ever.items() if who in people}
            for phase in (CHOICE, DIMENSIONS, GROW):
                for page, right in self.hall.rulebook.documents(self.hall.state, person(who), phase).items():
                    readable = former if right == "read" else mine
                    assert _partnership_in(page) in (None, *readable), (who, page)
            for one in audiences_of(self.hall.state, person(who)):
                if one.kind == "group":
                    assert _partnership_in(one.id) in (None, *mine), (who, one)

    def assert_seated(self) -> None:
        """Everybody who is here has one place, and partners share it."""
        state = self.hall.state
        for phase in (DIMENSIONS, GROW):
            run = state.phase(phase)
            assert run is not None
            groups = run.groups.get("partners", ())
            assert flaws(groups) == ()
            if groups and run.id == state.at:
                seated = {who for group in groups for who in group.members}
                assert state.joined() <= seated
            for group in groups:
                expected = self.partnerships().get(group.id)
                if expected is not None:
                    assert set(group.members) == {
                        who for who in expected if state.people[PersonId(who)].state != "left"
                    }


def _partnership_in(name: PageId | str) -> str | None:
    last = name.rpartition("/")[2]
    return last if last.startswith("partner_choice-pair") else None


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**20))
def test_in_any_phase_only_members_ever_get_a_partnerships_pages_and_views(seed: int) -> None:
    day = RandomDay(seed)
    for _ in range(40):
        day.happens()
        day.assert_closed()
        day.assert_seated()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**20), without=st.integers(0, 40))
def test_any_part_of_a_log_seats_nobody_in_a_partnership_that_is_not_theirs(seed: int, without: int) -> None:
    """Erasing a person takes their commits out of the log: what is derived is right all the same."""
    day = RandomDay(seed)
    for _ in range(30):
        day.happens()
    log = day.hall.log
    gone = 1 + without % max(1, len(log) - 1)
    state = None
    for number, facts in enumerate(log):
        for scope, event in facts if number != gone else ():
            state = day.hall.rulebook.evolve(state, scope, event)
    day.hall._state = state
    day.assert_closed()
