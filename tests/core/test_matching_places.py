"""Nobody is alone for whom there is a place, reasons are true, and no two who are here wait for an absent one."""

import random
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from benchmarks.matching import room as large_room
from server.core import match_rescue
from server.core.match_pairs import best_pairs, solve, total
from server.core.match_prices import doubled_prices, slacks
from server.core.match_weights import table
from server.core.matching import Matching, Unmatched, match
from server.core.messages import SchoolId
from server.core.wishes import MatchInput, MatchUnit, Relation, UnitId, Wish, not_with_limit

LEVELS: tuple[Wish, ...] = (0, 1, 2, 3)
A, B, C, D, E = (UnitId(letter) for letter in "abcde")
Edges = frozenset[tuple[UnitId, UnitId]]


def unit(name: UnitId, wants: dict[UnitId, Wish] | None = None, **more: object) -> MatchUnit:
    fields: dict[str, object] = {"id": name, "school": SchoolId(f"school of {name}"), "wants": wants or {}, **more}
    return MatchUnit(**fields)  # type: ignore[arg-type]


def room(*units: MatchUnit, seed: int = 1, relations: tuple[Relation, ...] = ()) -> MatchInput:
    return MatchInput(units=units, seed=seed, relations=relations)


def ruled(seed: int, people: int) -> MatchInput:
    """A room full of rules: vetoes up to the limit, languages, schools, conflicts."""
    dice = random.Random(seed)
    ids = [UnitId(f"u{n}") for n in range(people)]
    speak, vetoing = dice.random() < 0.5, dice.random()
    schools = dice.choice((people, max(2, people - 2), 5))

    def one(own: UnitId) -> MatchUnit:
        others = [other for other in ids if other != own]
        vetoes = dice.sample(others, min(len(others), dice.randrange(not_with_limit(people) + 1))) if vetoing else []
        return MatchUnit(
            id=own,
            school=SchoolId(f"s{dice.randrange(schools)}"),
            languages=frozenset(dice.sample(("en", "sl", "hu"), dice.choice((1, 1, 2)))) if speak else frozenset(),
            wants={other: dice.choice(LEVELS) for other in others if dice.random() < 0.7},
            not_with=frozenset(vetoes) | {other for other in others if dice.random() < 0.5 * vetoing},
        )

    apart = tuple(Relation(pair, "conflict") for pair in combinations(ids, 2) if dice.random() < 0.08)
    return MatchInput(tuple(one(own) for own in ids), dice.randrange(9), apart)


def may(given_room: MatchInput, least: int = 0) -> Edges:
    """Whom no rule keeps apart, and who wish each other so much at least: written down a second time."""
    apart = {frozenset(one.units) for one in given_room.relations if one.kind == "conflict"}
    return frozenset(
        (a.id, b.id)
        for a, b in combinations(sorted(given_room.units, key=lambda one: one.id), 2)
        if a.school != b.school
        and b.id not in a.not_with
        and a.id not in b.not_with
        and (not a.languages or not b.languages or a.languages & b.languages)
        and {a.id, b.id} not in apart
        and min(a.wants.get(b.id, 1), b.wants.get(a.id, 1)) >= least
    )


def most_placed(units: tuple[UnitId, ...], edges: Edges) -> int:
    """By trying every division into pairs, trios and those alone."""

    @cache
    def best(rest: tuple[UnitId, ...]) -> int:
        if not rest:
            return 0
        first, others = rest[0], rest[1:]
        found = best(others)
        for size in (1, 2):
            for some in combinations(others, size):
                if all(pair in edges for pair in combinations((first, *some), 2)):
                    found = max(found, size + 1 + best(tuple(one for one in others if one not in some)))
        return found

    return best(tuple(sorted(units)))


def placed(result: Matching) -> int:
    return sum(len(one.units) for one in result.partnerships)


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**24), people=st.integers(1, 9))
def test_as_many_people_have_a_place_as_trying_everything_finds(seed: int, people: int) -> None:
    given_room = ruled(seed, people)
    result, edges = match(given_room), may(given_room)
    units = tuple(one.id for one in given_room.units)
    assert placed(result) == most_placed(units, edges)
    for one in result.unmatched:
        blocked = not any(one.unit in pair for pair in edges)
        rule = "blocked_by_a_hard_rule" if blocked else "no_place_within_rules"
        assert one.reason == ("nobody_else_here" if people == 1 else rule)
    if most_placed(units, may(given_room, least=1)) == people:
        assert not any(one.not_a_wish for one in result.partnerships)


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**24), people=st.integers(4, 9))
def test_the_search_of_larger_rooms_leaves_nobody_alone_either(seed: int, people: int) -> None:
    given_room = ruled(seed, people)
    most = most_placed(tuple(one.id for one in given_room.units), may(given_room))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(match_rescue, "EXACT_UP_TO", 0)
        assert placed(match(given_room)) == most


def test_a_trio_is_taken_apart_for_somebody_who_may_sit_with_one_of_it_only() -> None:
    """A, B and C are three; D may sit only with C."""
    apart = (Relation((A, D), "conflict"), Relation((B, D), "conflict"))
    result = match(room(unit(A, {B: 3, C: 3}), unit(B, {A: 3, C: 3}), unit(C, {A: 3, B: 3}), unit(D), relations=apart))
    assert [one.units for one in result.partnerships] == [(A, B), (C, D)]


def test_two_parts_of_a_room_that_share_no_language_each_have_their_trio() -> None:
    english, slovene = frozenset({"en"}), frozenset({"sl"})
    units = [unit(UnitId(f"e{n}"), languages=english) for n in range(5)]
    units += [unit(UnitId(f"s{n}"), languages=slovene) for n in range(3)]
    result = match(room(*units))
    assert sorted(len(one.units) for one in result.partnerships) == [2, 3, 3]
    assert not [fact for one in result.partnerships for fact in one.facts if fact.code == "odd_number"]


def test_in_a_large_room_one_whom_everybody_rules_out_does_not_spoil_the_proof_for_the_others() -> None:
    crowd = large_room(201, "dense", 4)
    strange = MatchUnit(UnitId("strange"), SchoolId("far"), languages=frozenset({"xx"}))
    result = match(MatchInput((*crowd.units, strange), crowd.seed))
    assert result.unmatched == (Unmatched(UnitId("strange"), "blocked_by_a_hard_rule"),)
    assert result.quality.shortfall == 0
    assert result.quality.weight == match(crowd).quality.weight


@pytest.mark.parametrize(("size", "seed"), [(90, 1), (151, 2), (200, 3), (301, 4)])
@pytest.mark.parametrize("kind", ["dense", "few"])
def test_prices_are_true_and_leave_next_to_nothing_open(size: int, seed: int, kind: str) -> None:
    crowd = table(large_room(size, kind, seed))  # type: ignore[arg-type]
    mate = best_pairs(crowd.weight, crowd.wished).mate
    prices, gap = doubled_prices(crowd.weight, crowd.wished, mate)
    assert (slacks(crowd.weight, prices)[crowd.wished] >= 0).all()
    assert 0 <= gap <= size // 10
    assert total(crowd.weight, mate) == total(crowd.weight, solve(crowd.weight, crowd.wished))


# -- who is absent and has left wishes ---------------------------------------------------------------------------------


def test_the_absent_are_not_matched_unless_they_left_wishes() -> None:
    away, silent = unit(C, {A: 3}, presence="away"), unit(E, presence="by_proxy")
    result = match(room(unit(A), unit(B, {C: 3}), away, silent))
    assert [one.units for one in result.partnerships] == [(A, B)]
    assert result.unmatched == (Unmatched(C, "away"), Unmatched(E, "expected"))


def test_two_who_are_here_never_wait_for_somebody_absent_who_joins_them_later() -> None:
    result = match(room(unit(A, {D: 3}), unit(B, {D: 3}), unit(D, {A: 3, B: 3}, presence="by_proxy")))
    assert [one.units for one in result.partnerships] == [(A, B)]
    assert result.unmatched == (Unmatched(D, "joins_later"),)


def test_somebody_absent_is_the_partner_of_one_who_would_be_alone() -> None:
    apart = (Relation((A, B), "conflict"),)
    result = match(room(unit(A), unit(B), unit(D, {A: 2}, presence="by_proxy"), relations=apart))
    assert [one.units for one in result.partnerships] == [(A, D)]
    assert [one.unit for one in result.unmatched] == [B]


def test_two_absent_ones_may_be_partners_of_each_other() -> None:
    away = (unit(C, {D: 2}, presence="by_proxy"), unit(D, {C: 2}, presence="by_proxy"))
    assert [one.units for one in match(room(*away)).partnerships] == [(C, D)]


def test_where_there_is_only_a_trio_one_of_it_is_the_partner_of_the_absent_one() -> None:
    result = match(room(unit(A), unit(B), unit(C, {D: 3}), unit(D, {C: 3}, presence="by_proxy")))
    assert [one.units for one in result.partnerships] == [(A, B), (C, D)]


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**24), people=st.integers(2, 9), absent=st.integers(1, 3))
def test_whoever_is_absent_takes_no_place_from_anybody_here_and_at_most_one_waits_for_them(
    seed: int, people: int, absent: int
) -> None:
    given_room = ruled(seed, people)
    away = {one.id for one in given_room.units[:absent] if one.wants}
    units = tuple(replace(one, presence="by_proxy") if one.id in away else one for one in given_room.units)
    result = match(MatchInput(units, given_room.seed, given_room.relations))
    here = {one.id for one in units} - away
    edges = may(given_room)
    among_them = most_placed(tuple(here), frozenset(pair for pair in edges if set(pair) <= here))
    assert sum(len(here & set(one.units)) for one in result.partnerships) >= among_them
    for one in result.partnerships:
        assert away.isdisjoint(one.units) or len(one.units) == 2
