"""What nobody else may learn: wishes, vetoes, refusals; on no screen as long as they stand, and in no log later."""

import dataclasses
import random
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from server.activities.partnering import ACTIVITY
from server.activities.partnering import messages as m
from server.activities.partnering.example import EXAMPLE
from server.activities.partnering.forgetting import is_nameless, remains
from server.activities.partnering.state import SPENT_FACTS, Partnering, evolve, start
from server.core import consent
from server.core import view as audiences
from server.core.activity import Tick
from server.core.messages import CLOCK, Actor, Event, FrozenId, PersonId, PhaseId
from server.core.products import Closeness, Partnership, Product, ShareLevel, Vignette
from server.core.rehearsal import nothing_before
from server.core.view import Audience
from server.core.wishes import UnitId, Wish
from tests.support.stage import Stage

DESK = Actor("moderator", "m")
PEOPLE = tuple(PersonId(f"p{number}") for number in range(1, 7))
P1, P2 = PEOPLE[:2]
Wishes = dict[PersonId, dict[UnitId, Wish]]

levels: st.SearchStrategy[Wish] = st.sampled_from((0, 1, 2, 3))


def unit(who: PersonId) -> UnitId:
    return UnitId(f"s-{who}")


def wishes_of(who: PersonId, least: int = 0) -> st.SearchStrategy[dict[UnitId, Wish]]:
    some = levels.filter(lambda wish: wish >= least)
    return st.fixed_dictionaries({unit(other): some for other in PEOPLE if other != who})


def wished(wants: dict[UnitId, Wish], *, veto: PersonId | None = None) -> Stage:
    """Everybody has set wishes; the first those given here."""
    room = Stage(ACTIVITY, EXAMPLE, people=len(PEOPLE))
    for who in PEOPLE:
        mine: dict[UnitId, Wish | None] = {unit(other): 2 for other in PEOPLE if other != who}
        room.submit(who, m.SetWishes({**mine, **wants} if who == P1 else mine))
    if veto is not None:
        room.submit(P1, m.SetVeto(unit(veto)))
    return room


def others_see(room: Stage, who: PersonId) -> dict[Audience, bytes]:
    return {one: room.seen(one) for one in room.audiences() if one != audiences.person(who)}


@settings(max_examples=40, deadline=None)
@given(one=wishes_of(P1), other=wishes_of(P1), first=st.sampled_from([None, *PEOPLE[1:]]), second=st.none())
def test_before_the_draft_nobody_sees_a_wish_or_a_veto_of_somebody_else(
    one: dict[UnitId, Wish], other: dict[UnitId, Wish], first: PersonId | None, second: PersonId | None
) -> None:
    assert others_see(wished(one, veto=first), P1) == others_see(wished(other, veto=second), P1)


@settings(max_examples=60, deadline=None)
@given(one=wishes_of(P1, least=2), other=wishes_of(P1, least=2), shown=st.booleans())
def test_where_the_outcome_is_the_same_nobody_sees_whose_wish_was_the_higher(
    one: dict[UnitId, Wish], other: dict[UnitId, Wish], shown: bool
) -> None:
    """All others wish 2, so a 2 and a 3 of the first are the same mutual strength."""
    rooms = [wished(wants) for wants in (one, other)]
    for room in rooms:
        room.now_ms = 5_000_000
        room.submit(DESK, m.ProposeMatching())
        if shown:
            room.submit(DESK, m.ShowProposals())
    drafts = [[event.groups for event in room.log if isinstance(event, m.MatchingProposed)] for room in rooms]
    if drafts[0] == drafts[1] and _quality(rooms[0]) == _quality(rooms[1]):
        assert others_see(rooms[0], P1) == others_see(rooms[1], P1)


def _quality(room: Stage) -> object:
    return next(event.quality for event in room.log if isinstance(event, m.MatchingProposed))


@settings(max_examples=60, deadline=None)
@given(wants=wishes_of(P1), veto=st.sampled_from(PEOPLE[1:]), round_=st.booleans())
def test_a_veto_looks_to_everybody_like_a_wish_of_nothing(
    wants: dict[UnitId, Wish], veto: PersonId, round_: bool
) -> None:
    ruled_out, lukewarm = wished({**wants, unit(veto): 0}, veto=veto), wished({**wants, unit(veto): 0})
    for room in (ruled_out, lukewarm):
        room.now_ms = 5_000_000
        room.submit(DESK, m.ProposeMatching())
        if round_:
            room.submit(DESK, m.ShowProposals())
    drafts = [
        [event.groups for event in room.log if isinstance(event, m.MatchingProposed)] for room in (ruled_out, lukewarm)
    ]
    if drafts[0] == drafts[1] and _quality(ruled_out) == _quality(lukewarm):
        assert others_see(ruled_out, P1) == others_see(lukewarm, P1)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**20), pick=st.integers(0, 2))
def test_nobody_sees_whether_it_was_the_one_or_the_other_or_the_clock_that_said_not_yet(seed: int, pick: int) -> None:
    rooms = [Stage(ACTIVITY, EXAMPLE, people=len(PEOPLE)) for _ in range(3)]
    ends: list[dict[Audience, bytes]] = []
    for room, refuser in zip(rooms, (0, 1, None), strict=True):
        room.now_ms = 1_000_000 + seed
        room.submit(DESK, m.ProposeMatching())
        room.submit(DESK, m.ShowProposals())
        proposals = {key: it.units for key, it in _state(room).consent.proposals.items()}
        key = sorted(proposals)[pick % len(proposals)]
        if refuser is None:
            # The clock releases a proposal without asking anybody.
            room.state = evolve(_state(room), consent.ProposalReleased(key))
        else:
            room.submit(PersonId(proposals[key][refuser].removeprefix("s-")), consent.SayNotYet(key))
        ends.append({one: room.seen(one) for one in room.audiences()})
    assert ends[0] == ends[1] == ends[2]
    assert rooms[0].log[-1] == rooms[1].log[-1]


def _state(room: Stage) -> Partnering:
    assert isinstance(room.state, Partnering)
    return room.state


def eventful(seed: int) -> Stage:
    """A day of bots, with somebody who leaves, one who asks in vain, and one who finds a place."""
    room, dice = Stage(ACTIVITY, EXAMPLE, people=7), random.Random(seed)
    room.play(dice, until="wishes")
    kept_away = _state(room).vetoes.get(P1, frozenset())
    asked = dice.choice([one for one in PEOPLE[1:6] if unit(one) not in kept_away])
    room.submit(P1, consent.ProposePartner(unit(asked)))
    room.play(dice, until="meet")
    room.leave(PEOPLE[dice.randrange(6)])
    room.submit(CLOCK, Tick())
    room.play(dice)
    return room


def folded(log: list[Event]) -> Partnering:
    state = start(EXAMPLE.config)
    for event in log:
        state = evolve(state, event)
    return state


def partnerships(state: Partnering, room: Stage) -> list[Product]:
    return [one for one in ACTIVITY.products(state, room.scene) if isinstance(one, Partnership)]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**20), at=st.floats(0, 1), over=st.booleans())
def test_what_remains_of_a_log_folds_to_the_same_state(seed: int, at: float, over: bool) -> None:
    room = eventful(seed)
    log = room.log
    if over:
        log.insert(round(at * seed) % len(log), m.ChoiceForgotten())
    log = log[: round(at * len(log))]
    state = folded(log)
    kept = [left for event in log if (left := remains(state, event)) is not None]
    again = folded(kept)
    assert partnerships(again, room) == partnerships(state, room)
    assert again == state


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**20))
def test_once_everything_is_over_the_log_holds_no_wish_no_veto_and_nobodys_answer(seed: int) -> None:
    room = eventful(seed)
    room.submit(DESK, consent.CloseConsent())
    state = _state(room)
    kept = [left for event in room.log if (left := remains(state, event)) is not None]
    assert not [one for one in kept if isinstance(one, m.WishesSet | m.VetoSet | m.StrengthsDrawn | consent.YesSaid)]
    assert not [one for one in kept if isinstance(one, consent.ProposalMade) and (one.by or one.silent)]
    told = [one.facts for one in kept if isinstance(one, m.ProposalExplained)]
    told += [group.facts for one in kept if isinstance(one, m.MatchingProposed) for group in one.groups]
    assert not [fact for facts in told for fact in facts if fact.code in SPENT_FACTS]
    assert not [one for one in kept if isinstance(one, m.MatchingProposed) and (one.inputs or one.salt)]
    answers = [one for one in room.log if isinstance(one, consent.ProposalReleased | consent.YesSaid | m.VetoSet)]
    assert all(is_nameless(state, one) for one in answers)


# -- vignettes without a name ------------------------------------------------------------------------------------------

FOUR = PEOPLE[:4]
shares: st.SearchStrategy[ShareLevel] = st.sampled_from(("room_anonymous", "room_named"))


def hanging(share: dict[PersonId, ShareLevel], close: dict[tuple[PersonId, PersonId], int]) -> tuple[Product, ...]:
    """Everybody's vignette about one topic, and how close each found those of the others."""
    hung = [
        Vignette(f"k{who}", who, FrozenId(f"t{who}"), share[who], PhaseId("write"), topics=("inclusion",))
        for who in FOUR
    ]
    return (*hung, *(Closeness(reader, f"k{author}", author, level) for (reader, author), level in close.items()))


def proposed(products: tuple[Product, ...]) -> Stage:
    room = Stage(ACTIVITY, dataclasses.replace(EXAMPLE, before=lambda _people: products), people=len(FOUR))
    for who in FOUR:
        room.submit(who, m.SetWishes({unit(other): 2 for other in FOUR if other != who}))
    room.submit(DESK, m.ProposeMatching())
    room.submit(DESK, m.ShowProposals())
    return room


@settings(max_examples=60, deadline=None)
@given(
    share=st.fixed_dictionaries(dict.fromkeys(FOUR, shares)),
    close=st.fixed_dictionaries({pair: st.integers(0, 3) for pair in permutations(FOUR, 2)}),
)
def test_no_explanation_speaks_of_a_vignette_that_carries_no_name(
    share: dict[PersonId, ShareLevel], close: dict[tuple[PersonId, PersonId], int]
) -> None:
    room = proposed(hanging(share, close))
    nameless = {unit(who) for who in FOUR if share[who] == "room_anonymous"}
    for who in FOUR:
        for card in room.shows(audiences.person(who)).get("proposals", ()):
            for fact in card["facts"]:
                if fact["code"] in ("both_close", "shared_topic"):
                    assert nameless.isdisjoint(fact["units"])
                    assert set(fact) <= {"code", "units", "tag"}, "how close each found the other is nobody else's"


def test_with_both_names_on_their_vignettes_two_are_told_that_they_found_them_close() -> None:
    named: dict[PersonId, ShareLevel] = dict.fromkeys(FOUR, "room_named")
    room = proposed(hanging(named, dict.fromkeys(permutations(FOUR, 2), 3)))
    codes = [fact["code"] for fact in room.shows(audiences.person(P1))["proposals"][0]["facts"]]
    assert {"both_close", "shared_topic"} <= set(codes)


def test_of_three_nobody_is_told_what_holds_between_the_other_two() -> None:
    room = Stage(ACTIVITY, dataclasses.replace(EXAMPLE, before=nothing_before), people=3)
    p1, p2, p3 = PEOPLE[:3]
    for one, other in ((p1, p2), (p2, p1)):
        room.submit(one, m.SetWishes({unit(other): 3}))
    room.submit(DESK, m.ProposeMatching())
    room.submit(DESK, m.ShowProposals())
    told = {who: room.shows(audiences.person(who))["proposals"][0]["facts"] for who in (p1, p2, p3)}
    assert "both_wish" in {fact["code"] for fact in told[p1]}
    assert "both_wish" not in {fact["code"] for fact in told[p3]}
    for who in (p1, p2, p3):
        room.submit(who, consent.SayYes(room.shows(audiences.person(who))["proposals"][0]["proposal"]))
    partners = room.groups()[-1]
    assert {len(fact["units"]) for fact in room.shows(audiences.group(partners.id))["partnership"]["facts"]} == {3}
    assert {len(fact["units"]) for fact in room.shows(audiences.person(p3))["partnership"]["facts"]} == {3}


def test_a_teammate_who_wished_nothing_is_not_told_that_they_did() -> None:
    room = Stage(ACTIVITY, dataclasses.replace(EXAMPLE, before=nothing_before), people=4)
    p1, p2, p3 = PEOPLE[:3]
    school = room.scene.people[p1].school
    room.scene = replace(room.scene, people={**room.scene.people, p2: replace(room.scene.people[p2], school=school)})
    room.submit(p1, m.SetWishes({unit(p3): 3}))
    room.submit(p3, m.SetWishes({unit(p1): 3}))
    for both in (False, True):
        if both:
            room.submit(p2, m.SetWishes({unit(p3): 2}))
        room.submit(DESK, m.ProposeMatching())
        draft = _state(room).draft
        assert draft is not None
        facts = {fact.code for group in draft.groups if unit(p1) in group.units for fact in group.facts}
        assert ("both_wish" in facts) == both


def test_a_third_who_joins_and_the_pair_are_told_why_it_fits_and_nothing_about_the_others_only() -> None:
    room = Stage(ACTIVITY, dataclasses.replace(EXAMPLE, before=nothing_before), people=3)
    p1, p2, p3 = PEOPLE[:3]
    for one, other in ((p1, p2), (p2, p1), (p3, p1), (p1, p3)):
        room.submit(one, m.SetWishes({unit(other): 3}))
    room.submit(DESK, consent.MarkUnit(unit(p3), "away"))
    room.submit(DESK, m.ProposeMatching())
    room.submit(DESK, m.ShowProposals())
    for who in (p1, p2):
        room.submit(who, consent.SayYes(room.shows(audiences.person(who))["proposals"][0]["proposal"]))
    room.submit(p3, m.FindPlace(unit(p3)))
    for who in (p1, p2, p3):
        room.submit(who, consent.SayYes(room.shows(audiences.person(who))["proposals"][0]["proposal"]))
    facts = {who: room.shows(audiences.person(who))["partnership"]["facts"] for who in (p1, p2, p3)}
    assert all(facts.values())
    assert "both_wish" in {fact["code"] for fact in facts[p1]}
    assert "both_wish" not in {fact["code"] for fact in facts[p3]}
    state = _state(room)
    again = folded([left for event in room.log if (left := remains(state, event)) is not None])
    assert again == state
