"""Nobody is ever half a pair, and nobody learns whose no it was."""

from itertools import permutations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from server.core.consent import (
    AdmitUnit,
    CloseConsent,
    Consent,
    ConsentCommand,
    ConsentConfig,
    Here,
    LeavePartnership,
    MarkUnit,
    OpenRound,
    PartnershipConfirmed,
    PartnershipId,
    ProposalId,
    ProposalReleased,
    ProposeByHand,
    ProposePartner,
    ProposeThird,
    ReleaseExpired,
    SayNotYet,
    SayYes,
    TalksOpened,
    ThirdJoined,
    start,
)
from server.core.consent_rules import NOBODY, Barred, Events, decide, folded
from server.core.consent_views import consent_view, consent_view_for_moderator
from server.core.messages import CLOCK, Actor, Context, PersonId, Refused
from server.core.wishes import UnitId

A, B, C, D, E = (UnitId(letter) for letter in "abcde")
P1 = ProposalId("p1")
MODERATOR = Actor("moderator", "m")


def person(unit: UnitId, number: int = 1) -> Actor:
    return Actor("person", f"{unit}{number}")


def room(*units: UnitId, config: ConsentConfig | None = None) -> Consent:
    return start({unit: (PersonId(f"{unit}1"), PersonId(f"{unit}2")) for unit in units}, config)


def at(now_ms: int) -> Context:
    return Context(now_ms, seed=0)


class Room:
    """A consent and what happened in it last."""

    def __init__(self, *units: UnitId, config: ConsentConfig | None = None, barred: Barred = NOBODY) -> None:
        self.state = room(*units, config=config)
        self.barred = barred
        self.now_ms = 0

    def __call__(self, actor: Actor, command: ConsentCommand) -> Events:
        events = decide(self.state, command, actor, at(self.now_ms), self.barred)
        self.state = folded(self.state, events)
        return events

    def refusal(self, actor: Actor, command: ConsentCommand) -> str:
        with pytest.raises(Refused) as caught:
            self(actor, command)
        return caught.value.code


def test_two_yes_confirm_and_one_does_not() -> None:
    ask = Room(A, B)
    ask(MODERATOR, OpenRound(((A, B),)))
    ask(person(A), SayYes(P1))
    assert ask.state.partnerships == {}
    confirmed = ask(person(B), SayYes(P1))[-1]
    assert isinstance(confirmed, PartnershipConfirmed)
    assert ask.state.free() == ()


def test_any_member_speaks_for_a_unit_unless_all_must() -> None:
    ask = Room(A, B, config=ConsentConfig(unit_says_yes="all_members"))
    ask(MODERATOR, ProposeByHand((A, B)))
    for actor in (person(A, 1), person(A, 2), person(B, 1)):
        ask(actor, SayYes(P1))
    assert ask.state.partnerships == {}
    ask(person(B, 2), SayYes(P1))
    assert len(ask.state.partnerships) == 1


def test_a_no_of_either_and_a_silence_are_the_same_fact() -> None:
    outcomes = []
    for actor, command in (
        (person(A), SayNotYet(P1)),
        (person(B), SayNotYet(P1)),
        (CLOCK, ReleaseExpired()),
        (MODERATOR, MarkUnit(C, "present")),
    ):
        ask = Room(A, B, C)
        ask(MODERATOR, OpenRound(((A, B),)))
        ask.now_ms = 300_000
        outcomes.append((ask(actor, command), ask.state))
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert outcomes[0][0] == (ProposalReleased(P1),)
    assert outcomes[3][0] == ()


def test_the_clock_releases_nothing_before_its_time() -> None:
    ask = Room(A, B)
    ask(MODERATOR, OpenRound(((A, B),)))
    ask.now_ms = 299_999
    assert ask(CLOCK, ReleaseExpired()) == ()


def test_proposals_that_cross_are_an_agreement() -> None:
    ask = Room(A, B)
    ask(person(A), ProposePartner(B))
    events = ask(person(B), ProposePartner(A))
    assert isinstance(events[-1], PartnershipConfirmed)
    assert len(ask.state.partnerships) == 1
    assert ask.state.proposals == {}


def test_agreeing_with_one_releases_what_is_open_with_others() -> None:
    ask = Room(A, B, C)
    ask(person(C), ProposePartner(A))
    ask(person(A), ProposePartner(B))
    ask(person(B), ProposePartner(A))
    assert ask.state.proposals == {}
    assert ask.state.free() == (C,)
    assert ask.refusal(person(A), SayYes(P1)) == "proposal_released"


def test_a_second_round_and_then_the_moderator() -> None:
    ask = Room(A, B, C)
    ask(MODERATOR, OpenRound(((A, B),)))
    ask(person(B), SayNotYet(P1))
    assert ask.refusal(MODERATOR, OpenRound(((A, B),))) == "already_tried"
    ask(MODERATOR, OpenRound(((A, C),)))
    events = ask(person(C), SayNotYet(ProposalId("p2")))
    assert events[-1] == TalksOpened((A, B, C))
    assert ask.refusal(MODERATOR, OpenRound(((B, C),))) == "no_rounds_left"
    assert consent_view(ask.state, B).stage == "talk"
    ask(MODERATOR, ProposeByHand((A, B)))
    ask(person(A), SayYes(ProposalId("p3")))
    assert ask.state.partnerships == {}
    ask(person(B), SayYes(ProposalId("p3")))
    assert consent_view(ask.state, B).stage == "confirmed"


def test_a_third_needs_the_yes_of_all_three() -> None:
    ask = Room(A, B, C)
    ask(MODERATOR, ProposeByHand((A, B)))
    ask(person(A), SayYes(P1))
    ask(person(B), SayYes(P1))
    pair = PartnershipId("p1")
    ask(person(C), ProposeThird(pair, C))
    ask(person(A), SayYes(ProposalId("p2")))
    assert ask.state.partnerships[pair].units == (A, B)
    assert isinstance(ask(person(B), ProposeThird(pair, C))[-1], ThirdJoined)
    assert ask.state.partnerships[pair].units == (A, B, C)
    assert ask.refusal(MODERATOR, ProposeThird(pair, C)) == "partnership_full"


def test_who_is_left_by_its_partner_is_free_again_and_told_so() -> None:
    ask = Room(A, B, C, D)
    for pair, proposal in (((A, B), "p1"), ((C, D), "p2")):
        ask(MODERATOR, ProposeByHand(pair))
        for unit in pair:
            ask(person(unit), SayYes(ProposalId(proposal)))
    ask(person(A), LeavePartnership(PartnershipId("p1")))
    assert consent_view(ask.state, B).lost_partner
    assert ask.state.free() == (A, B)
    ask(person(B), ProposeThird(PartnershipId("p2"), B))
    for unit in (C, D):
        ask(person(unit), SayYes(ProposalId("p3")))
    assert ask.state.partnerships[PartnershipId("p2")].units == (C, D, B)
    ask(MODERATOR, MarkUnit(C, "left"))
    assert ask.state.partnerships[PartnershipId("p2")].units == (D, B)


def test_the_away_keep_their_partnership_and_lose_their_open_proposals() -> None:
    ask = Room(A, B, C)
    ask(MODERATOR, OpenRound(((A, B),)))
    assert ask(MODERATOR, MarkUnit(A, "away"))[-1] == ProposalReleased(P1)
    assert ask.refusal(MODERATOR, ProposeByHand((A, C))) == "unit_not_here"


def test_who_comes_late_is_admitted_and_can_be_proposed() -> None:
    ask = Room(A)
    ask(MODERATOR, AdmitUnit(B, (PersonId("b1"),)))
    ask(MODERATOR, ProposeByHand((A, B)))
    assert consent_view(ask.state, B).stage == "proposed"
    assert ask.refusal(MODERATOR, AdmitUnit(B, (PersonId("b9"),))) == "unit_known"


def test_a_proposal_against_a_veto_looks_like_one_that_waits_and_reaches_nobody() -> None:
    vetoed, plain = Room(A, B, C, barred=frozenset({(A, B)})), Room(A, B, C)
    untouched = Room(A, B, C)
    for ask in (vetoed, plain):
        ask(person(A), ProposePartner(B))
    assert consent_view(vetoed.state, A) == consent_view(plain.state, A)
    assert consent_view(vetoed.state, B) == consent_view(untouched.state, B)
    assert consent_view_for_moderator(vetoed.state) == consent_view_for_moderator(untouched.state)
    assert vetoed.refusal(person(B), SayYes(P1)) == "proposal_released"
    vetoed(person(B), ProposePartner(A))
    assert vetoed.state.partnerships == {}
    assert vetoed.refusal(MODERATOR, ProposeByHand((A, B))) == "blocked_by_a_hard_rule"
    vetoed.now_ms = plain.now_ms = 300_000
    vetoed(CLOCK, ReleaseExpired())
    plain(CLOCK, ReleaseExpired())
    assert consent_view(vetoed.state, A) == consent_view(plain.state, A)


def test_nobody_sees_whether_the_other_has_answered_and_the_moderator_not_who() -> None:
    by_a, by_b, by_none = Room(A, B), Room(A, B), Room(A, B)
    for ask in (by_a, by_b, by_none):
        ask(MODERATOR, OpenRound(((A, B),)))
    by_a(person(A), SayYes(P1))
    by_b(person(B), SayYes(P1))
    assert consent_view(by_a.state, B) == consent_view(by_none.state, B)
    assert consent_view_for_moderator(by_a.state) == consent_view_for_moderator(by_b.state)


def test_closing_ends_every_proposal_and_leaves_everybody_a_next_step() -> None:
    ask = Room(A, B, C)
    ask(person(A), ProposePartner(B))
    ask(MODERATOR, CloseConsent())
    assert ask.state.proposals == {}
    assert {consent_view(ask.state, unit).stage for unit in (A, B, C)} == {"talk"}
    assert ask.refusal(person(A), ProposePartner(B)) == "consent_closed"


@pytest.mark.parametrize(
    ("actor", "command", "code"),
    [
        (person(A), OpenRound(((A, B),)), "only_moderators"),
        (MODERATOR, OpenRound(((A, B), (B, C))), "unit_proposed_twice"),
        (MODERATOR, ProposeByHand((A,)), "two_or_three_units"),
        (MODERATOR, ProposeByHand((A, A)), "two_or_three_units"),
        (MODERATOR, ProposeByHand((A, E)), "unit_unknown"),
        (person(E), ProposePartner(A), "no_unit"),
        (person(A), MarkUnit(B, "left"), "not_yours"),
        (person(A), SayYes(P1), "proposal_released"),
        (person(A), LeavePartnership(PartnershipId("p1")), "not_your_partnership"),
        (person(A), ProposeThird(PartnershipId("p1"), A), "no_such_partnership"),
    ],
)
def test_what_may_not_be_is_refused_with_a_fact(actor: Actor, command: ConsentCommand, code: str) -> None:
    assert Room(A, B, C).refusal(actor, command) == code


def test_a_unit_waits_for_its_answer_before_it_asks_another() -> None:
    ask = Room(A, B, C)
    ask(person(A), ProposePartner(B))
    assert ask.refusal(person(A), ProposePartner(C)) == "too_many_proposals"
    ask(person(A), SayNotYet(P1))
    ask(person(A), ProposePartner(C))
    assert consent_view(ask.state, C).stage == "proposed"


UNITS = tuple(UnitId(f"u{n}") for n in range(6))
LATE = UnitId("late")
units = st.sampled_from((*UNITS, LATE))
persons = st.builds(person, units, st.sampled_from((1, 2)))


class Everybody(RuleBasedStateMachine):
    """All of them at once, in any order, with vetoes, some of them late, away or gone."""

    def __init__(self) -> None:
        super().__init__()
        self.barred: Barred = frozenset({(UNITS[0], UNITS[1]), (UNITS[2], UNITS[5])})
        self.ask = Room(*UNITS, barred=self.barred)
        self.yes: dict[ProposalId, set[str]] = {}

    def wish(self, actor: Actor, command: ConsentCommand) -> Events:
        before = self.ask.state
        try:
            events = self.ask(actor, command)
        except Refused:
            assert self.ask.state == before
            return ()
        for event in events:
            if isinstance(event, ProposalReleased):
                assert set(ProposalReleased.__struct_fields__) == {"proposal"}
            if isinstance(event, PartnershipConfirmed):
                members = before.proposals.get(event.proposal)
                asked_now = members.yes if members else frozenset()
                assert all(any(f"{unit}{n}" in {*asked_now, actor.id} for n in (1, 2)) for unit in event.units), (
                    "confirmed without a yes of every unit"
                )
        return events

    @rule(data=st.data())
    def the_moderator_opens_a_round(self, data: st.DataObject) -> None:
        free = data.draw(st.permutations(self.ask.state.free()))
        pairs = zip(free[::2], free[1::2], strict=False)
        open_pairs = [(a, b) for a, b in pairs if (min(a, b), max(a, b)) not in self.barred | self.ask.state.tried]
        self.wish(MODERATOR, OpenRound(tuple(open_pairs)))

    @rule(some=st.lists(units, min_size=2, max_size=3))
    def the_moderator_proposes_by_hand(self, some: list[UnitId]) -> None:
        self.wish(MODERATOR, ProposeByHand(tuple(some)))

    @rule(actor=persons, other=units)
    def somebody_asks_another(self, actor: Actor, other: UnitId) -> None:
        self.wish(actor, ProposePartner(other))

    @rule(a=units, b=units)
    def two_ask_each_other_at_once(self, a: UnitId, b: UnitId) -> None:
        self.wish(person(a), ProposePartner(b))
        if any(set(it.units) == {a, b} and not it.silent for it in self.ask.state.proposals.values()):
            self.wish(person(b), ProposePartner(a))
            assert self.ask.state.partnership_of(a) is not None
            assert self.ask.state.partnership_of(a) == self.ask.state.partnership_of(b)

    @precondition(lambda self: self.ask.state.partnerships)
    @rule(actor=st.one_of(persons, st.just(MODERATOR)), third=units, data=st.data())
    def a_third_is_proposed(self, actor: Actor, third: UnitId, data: st.DataObject) -> None:
        pair = data.draw(st.sampled_from(sorted(self.ask.state.partnerships)))
        self.wish(actor, ProposeThird(pair, third))

    @precondition(lambda self: self.ask.state.proposals)
    @rule(data=st.data(), yes=st.integers(0, 4))
    def somebody_answers(self, data: st.DataObject, yes: int) -> None:
        key = data.draw(st.sampled_from(sorted(self.ask.state.proposals)))
        unit = data.draw(st.sampled_from(self.ask.state.proposals[key].units))
        self.wish(person(unit, data.draw(st.sampled_from((1, 2)))), SayYes(key) if yes else SayNotYet(key))

    @rule(unit=units, here=st.sampled_from(("present", "present", "away", "left")))
    def somebody_comes_or_goes(self, unit: UnitId, here: Here) -> None:
        self.wish(MODERATOR, MarkUnit(unit, here))

    @rule()
    def somebody_is_late(self) -> None:
        self.wish(MODERATOR, AdmitUnit(LATE, (PersonId("late1"), PersonId("late2"))))

    @precondition(lambda self: self.ask.state.partnerships)
    @rule(actor=persons, data=st.data())
    def somebody_leaves_a_partnership(self, actor: Actor, data: st.DataObject) -> None:
        self.wish(actor, LeavePartnership(data.draw(st.sampled_from(sorted(self.ask.state.partnerships)))))

    @rule(ms=st.integers(1, 200_000))
    def time_passes(self, ms: int) -> None:
        self.ask.now_ms += ms
        self.wish(CLOCK, ReleaseExpired())
        assert all(it.expires_at_ms > self.ask.now_ms for it in self.ask.state.proposals.values())

    @invariant()
    def nobody_has_two_partnerships_and_none_is_half(self) -> None:
        members = [unit for agreed in self.ask.state.partnerships.values() for unit in agreed.units]
        assert len(members) == len(set(members))
        assert all(2 <= len(agreed.units) <= 3 for agreed in self.ask.state.partnerships.values())

    @invariant()
    def both_sides_see_the_same_partnership(self) -> None:
        for agreed in self.ask.state.partnerships.values():
            for unit, other in permutations(agreed.units, 2):
                assert other in consent_view(self.ask.state, unit).partners

    @invariant()
    def no_veto_is_overruled(self) -> None:
        for agreed in self.ask.state.partnerships.values():
            assert not any((min(pair), max(pair)) in self.barred for pair in permutations(agreed.units, 2))

    @invariant()
    def whoever_has_a_partnership_is_asked_only_about_a_third(self) -> None:
        for proposal in self.ask.state.proposals.values():
            if proposal.joins is None:
                assert all(self.ask.state.partnership_of(unit) is None for unit in proposal.units)
            else:
                assert self.ask.state.partnerships[proposal.joins].units == proposal.units[:2]

    @invariant()
    def after_the_rounds_nobody_present_is_without_a_next_step(self) -> None:
        state = self.ask.state
        pending = any(it.origin == "matching" for it in state.proposals.values())
        if state.round == state.config.automatic_rounds and not pending:
            assert all(consent_view(state, unit).stage in {"talk", "proposed"} for unit in state.free())

    def teardown(self) -> None:
        """Every path ends: time alone empties the table."""
        self.ask.now_ms += self.ask.state.config.timeout_ms
        self.ask(CLOCK, ReleaseExpired())
        assert self.ask.state.proposals == {}


TestEverybody = Everybody.TestCase
TestEverybody.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
