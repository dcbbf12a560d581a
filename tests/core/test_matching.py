"""The matching is the best there is, breaks no hard rule, and is the same for everybody who asks again."""

import random
from collections.abc import Iterator
from itertools import combinations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.matching import room as large_room
from server.core.match_pairs import best_pairs, solve, total
from server.core.match_stability import blocking_pairs, repaired
from server.core.match_trios import best_trio
from server.core.match_weights import Table, barred_pairs, table
from server.core.matching import Matching, Partnership, Unmatched, best_place, explain, match
from server.core.messages import SchoolId
from server.core.wishes import MatchInput, MatchUnit, Relation, UnitId, Weights, Wish, not_with_limit

LEVELS: tuple[Wish, ...] = (0, 1, 2, 3)
A, B, C, D, E = (UnitId(letter) for letter in "abcde")


def unit(name: UnitId, wants: dict[UnitId, Wish] | None = None, **more: object) -> MatchUnit:
    fields: dict[str, object] = {"id": name, "school": SchoolId(f"school of {name}"), "wants": wants or {}, **more}
    return MatchUnit(**fields)  # type: ignore[arg-type]


def room(*units: MatchUnit, seed: int = 1, relations: tuple[Relation, ...] = ()) -> MatchInput:
    return MatchInput(units=units, seed=seed, relations=relations)


@st.composite
def rooms(draw: st.DrawFn, most: int = 10) -> MatchInput:
    ids = [UnitId(f"u{n}") for n in range(draw(st.integers(1, most)))]
    wishes = st.dictionaries(st.sampled_from(ids), st.sampled_from(LEVELS))
    units = tuple(
        MatchUnit(
            id=name,
            school=SchoolId(draw(st.sampled_from(("s1", "s2", "s3", f"own {name}", f"own {name}")))),
            languages=draw(st.sampled_from((frozenset({"en"}), frozenset({"en", "sl"}), frozenset[str]()))),
            wants=draw(wishes),
            closeness=draw(wishes),
            not_with=frozenset(draw(st.sets(st.sampled_from(ids), max_size=2)) - {name}),
            offers=draw(st.frozensets(st.sampled_from("xyz"), max_size=2)),
            needs=draw(st.frozensets(st.sampled_from("xyz"), max_size=2)),
        )
        for name in ids
    )
    return MatchInput(units=units, seed=draw(st.integers(0, 5)))


def every_pairing(some: tuple[int, ...], room: Table) -> Iterator[tuple[tuple[int, int], ...]]:
    if not some:
        yield ()
        return
    first, rest = some[0], some[1:]
    yield from every_pairing(rest, room)
    for other in rest:
        if room.wished[first, other]:
            left = tuple(unit for unit in rest if unit != other)
            for pairing in every_pairing(left, room):
                yield ((first, other), *pairing)


def weight_of(pairing: tuple[tuple[int, int], ...], room: Table) -> int:
    return sum(int(room.weight[pair]) for pair in pairing)


def best_by_hand(some: tuple[int, ...], room: Table) -> tuple[int, int]:
    """The greatest number of pairs, and the greatest weight with that many, by trying everything."""
    return max((len(pairing), weight_of(pairing, room)) for pairing in every_pairing(some, room))


@given(rooms())
@settings(max_examples=60, deadline=None)
def test_pairs_are_as_many_and_as_heavy_as_trying_everything_finds(given_room: MatchInput) -> None:
    room = table(given_room)
    pairs = best_pairs(room.weight, room.wished)
    found = int((pairs.mate >= 0).sum()) // 2, total(room.weight, pairs.mate)
    assert found == best_by_hand(tuple(range(len(room))), room)


@given(rooms(most=9))
@settings(max_examples=60, deadline=None)
def test_the_trio_of_an_odd_room_leaves_it_best_off(given_room: MatchInput) -> None:
    room = table(given_room)
    mate = best_pairs(room.weight, room.wished).mate
    if (mate < 0).sum() != 1:
        return
    by_hand: list[int] = []
    for trio in combinations(range(len(room)), 3):
        if all(room.wished[pair] for pair in combinations(trio, 2)):
            rest = tuple(unit for unit in range(len(room)) if unit not in trio)
            count, weight = best_by_hand(rest, room)
            if count * 2 == len(rest):
                by_hand.append(weight + room.trio_worth(*trio))
    odd = best_trio(room, mate)
    if odd is None:
        assert by_hand == []
    else:
        assert odd.shortfall == 0
        assert room.trio_worth(*odd.trio) + sum(int(room.weight[pair]) for pair in odd.pairs) == max(by_hand)


@pytest.mark.parametrize("seed", range(6))
def test_no_unit_left_out_in_turn_gives_a_better_room_than_the_fast_search(seed: int) -> None:
    """The rule as published, solved again for each of 31 units: leave one out, match the rest, insert it."""
    room = table(large_room(31, "dense", seed))
    mate = best_pairs(room.weight, room.wished).mate
    odd = best_trio(room, mate)
    assert odd is not None
    assert odd.shortfall == 0
    best = room.trio_worth(*odd.trio) + sum(int(room.weight[pair]) for pair in odd.pairs)
    compared: list[int] = []
    for k in range(31):
        rest = [unit for unit in range(31) if unit != k]
        others = solve(room.weight[rest][:, rest], room.wished[rest][:, rest])
        pairs = [(rest[i], rest[int(j)]) for i, j in enumerate(others) if i < j]
        weakest = {
            (i, j): min(int(room.mutual[pair]) for pair in ((i, j), (i, k), (j, k)))
            for i, j in pairs
            if room.wished[i, k] and room.wished[j, k]
        }
        if weakest:
            i, j = max(weakest, key=weakest.__getitem__)
            compared.append(weight_of(tuple(p for p in pairs if p != (i, j)), room) + room.trio_worth(i, j, k))
    assert compared
    assert max(compared) <= best


@pytest.mark.parametrize(("size", "seed"), [(150, 0), (151, 1), (200, 2), (201, 3)])
def test_a_large_room_solved_in_part_weighs_what_the_whole_graph_does(size: int, seed: int) -> None:
    for kind in ("dense", "few"):
        room = table(large_room(size, kind, seed))
        pairs = best_pairs(room.weight, room.wished)
        whole = total(room.weight, solve(room.weight, room.wished))
        assert whole - pairs.shortfall <= total(room.weight, pairs.mate) <= whole
        assert pairs.shortfall == 0


def test_a_room_of_a_thousand_and_one_is_proven_best() -> None:
    result = match(large_room(1_001, "dense", 1))
    assert len(result.partnerships) == 500
    assert result.unmatched == ()
    assert result.quality.shortfall == 0


@given(rooms())
@settings(max_examples=80, deadline=None)
def test_no_hard_rule_is_broken_and_nobody_is_left_without_place_or_reason(given_room: MatchInput) -> None:
    result = match(given_room)
    by_id = {unit.id: unit for unit in given_room.units}
    placed = [name for pair in result.partnerships for name in pair.units]
    assert sorted([*placed, *(one.unit for one in result.unmatched)]) == sorted(by_id)
    for pair in result.partnerships:
        assert 2 <= len(pair.units) <= 3
        for a, b in combinations((by_id[name] for name in pair.units), 2):
            assert a.school != b.school
            assert a.id not in b.not_with
            assert b.id not in a.not_with
            assert not a.languages or not b.languages or a.languages & b.languages


@given(rooms(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_arrival_changes_nothing(given_room: MatchInput, dice: random.Random) -> None:
    units = list(given_room.units)
    dice.shuffle(units)
    assert match(msgspec.structs.replace(given_room, units=tuple(units))) == match(given_room)


@given(rooms(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_new_ids_and_another_seed_change_neither_the_number_nor_the_weight(
    given_room: MatchInput, dice: random.Random
) -> None:
    names = [unit.id for unit in given_room.units]
    renamed = dict(zip(names, dice.sample([UnitId(f"z{n}") for n in range(50)], len(names)), strict=True))
    other = MatchInput(
        units=tuple(
            msgspec.structs.replace(
                unit,
                id=renamed[unit.id],
                wants={renamed[to]: wish for to, wish in unit.wants.items()},
                closeness={renamed[to]: near for to, near in unit.closeness.items()},
                not_with=frozenset(renamed[to] for to in unit.not_with),
            )
            for unit in given_room.units
        ),
        seed=given_room.seed + 1,
    )
    first, second = table(given_room), table(other)
    pairs, same = best_pairs(first.weight, first.wished), best_pairs(second.weight, second.wished)
    assert (pairs.mate < 0).sum() == (same.mate < 0).sum()
    assert total(first.weight, pairs.mate) == total(second.weight, same.mate)
    if (pairs.mate < 0).sum() <= 1:
        ours, theirs = match(given_room), match(other)
        if not ours.quality.not_a_wish and not ours.unmatched:
            assert ours.quality.weight == theirs.quality.weight


def test_the_weight_is_the_published_formula() -> None:
    a = unit(A, {B: 3}, closeness={B: 2}, offers=frozenset({"visits"}), owner="city")
    b = unit(B, {A: 2}, closeness={A: 3}, needs=frozenset({"visits"}), owner="city")
    weights = Weights()
    result = match(room(a, b))
    assert result.partnerships[0].weight == 10 * 2 + 4 * (3 + 2) + 3 * 2 + 2 * 1 - weights.same_owner


def test_unrated_counts_as_a_small_wish_and_as_far() -> None:
    assert match(room(unit(A), unit(B))).partnerships[0].weight == 10 + 8


def test_a_moderators_conflict_keeps_two_apart() -> None:
    result = match(room(unit(A, {B: 3}), unit(B, {A: 3}), relations=(Relation((A, B), "conflict"),)))
    assert result.partnerships == ()
    assert {one.reason for one in result.unmatched} == {"blocked_by_a_hard_rule"}


def test_every_hard_rule_bars_a_pair_and_none_is_named() -> None:
    same, foreign = unit(C, school=SchoolId("school of a"), languages=frozenset({"sl"})), frozenset({"en"})
    units = (unit(A), unit(B, not_with=frozenset({A}), languages=foreign), same, unit(D))
    barred = barred_pairs(room(*units, relations=(Relation((D, A), "conflict"),)))
    assert barred == {(A, B), (A, C), (B, C), (A, D)}


def test_somebody_alone_in_the_room_is_told_so() -> None:
    assert match(room(unit(A))).unmatched == (Unmatched(A, "nobody_else_here"),)


def test_an_empty_room_has_an_empty_matching() -> None:
    assert match(room()).partnerships == ()


def test_a_pair_that_one_of_them_did_not_wish_is_made_last_and_flagged_for_both() -> None:
    result = match(room(unit(A, {B: 0}), unit(B, {A: 3})))
    assert result.partnerships[0].not_a_wish
    assert [(fact.code, fact.units) for fact in result.partnerships[0].facts[:1]] == [("not_a_wish", (A, B))]


def test_three_become_a_trio_that_knows_why() -> None:
    result = match(room(unit(A), unit(B), unit(C)))
    assert result.partnerships[0].units == (A, B, C)
    assert "odd_number" in {fact.code for fact in explain(result, (C, A, B))}


def test_wishes_give_way_when_somebody_would_be_left_alone() -> None:
    """A and B wish each other; C may work only with A, D only with B."""
    far = (Relation((C, D), "conflict"), Relation((C, B), "conflict"), Relation((D, A), "conflict"))
    units = (unit(A, {B: 3, C: 0}), unit(B, {A: 3, D: 0}), unit(C), unit(D))
    result = match(room(*units, relations=far))
    assert [pair.units for pair in result.partnerships] == [(A, C), (B, D)]


@given(rooms())
@settings(max_examples=60, deadline=None)
def test_no_explanation_tells_a_low_wish_or_what_is_not_so(given_room: MatchInput) -> None:
    by_id = {unit.id: unit for unit in given_room.units}
    for pair in match(given_room).partnerships:
        assert pair.facts[-1].code == "best_for_the_room"
        for fact in pair.facts:
            assert set(fact.units) <= set(pair.units)
            if fact.code == "both_wish":
                a, b = fact.units
                assert min(by_id[a].wants.get(b, 1), by_id[b].wants.get(a, 1)) >= 2
            if fact.code == "both_close":
                a, b = fact.units
                assert min(by_id[a].closeness[b], by_id[b].closeness[a]) >= 2
            if fact.code == "offer_meets_need":
                assert fact.tag in by_id[fact.units[0]].offers & by_id[fact.units[1]].needs


def test_what_one_wished_and_the_other_did_not_leaves_no_trace_in_the_explanation() -> None:
    lukewarm = match(room(unit(A, {B: 3}), unit(B, {A: 1})))
    reluctant = match(room(unit(A, {B: 1}), unit(B, {A: 3})))
    assert explain(lukewarm, (A, B)) == explain(reluctant, (A, B))


@given(rooms())
@settings(max_examples=60, deadline=None)
def test_swaps_lower_the_blocking_pairs_and_nothing_else(given_room: MatchInput) -> None:
    room = table(given_room)
    groups = tuple((i, int(j)) for i, j in enumerate(best_pairs(room.weight, room.wished).mate) if i < j)
    after, swaps = repaired(room, groups)
    assert len(after) == len(groups)
    assert weight_of(after, room) >= weight_of(groups, room)  # type: ignore[arg-type]
    assert all(room.wished[pair] for pair in after)
    assert blocking_pairs(room, after) <= blocking_pairs(room, groups) - swaps


def test_two_who_both_wish_each_other_more_are_swapped_together_when_it_costs_nothing() -> None:
    wants: dict[UnitId, dict[UnitId, Wish]] = {A: {B: 2, C: 1, D: 1}, B: {A: 2}, C: {A: 1}, D: {B: 1}}
    near: dict[UnitId, dict[UnitId, Wish]] = {A: {C: 3, D: 0}, C: {A: 3}, B: {D: 3}, D: {B: 3}}
    closeness_gain = room(*(unit(name, wants[name], closeness=near[name]) for name in (A, B, C, D)))
    given_table = table(closeness_gain)
    place = {member.id: n for n, member in enumerate(given_table.units)}
    apart = ((place[A], place[C]), (place[B], place[D]))
    assert blocking_pairs(given_table, apart) == 1
    after, swaps = repaired(given_table, apart)
    gains = given_table.weight[place[A], place[B]] + given_table.weight[place[C], place[D]]
    costs = given_table.weight[place[A], place[C]] + given_table.weight[place[B], place[D]]
    assert (swaps == 1) == bool(gains >= costs)
    assert blocking_pairs(given_table, after) == 1 - swaps


def test_a_latecomer_joins_the_pair_that_wishes_it_most() -> None:
    late = unit(E, {A: 1, B: 1, C: 3, D: 3})
    units = (unit(A), unit(B), unit(C, {E: 3}), unit(D, {E: 3}), late)
    place = best_place(room(*units), E, pairs=((A, B), (C, D)))
    assert isinstance(place, Partnership)
    assert place.units == (C, D, E)


def test_a_latecomer_meets_somebody_free_before_it_becomes_a_third() -> None:
    place = best_place(room(*(unit(name) for name in (A, B, C, D, E))), E, pairs=((A, B),), free=(C,))
    assert isinstance(place, Partnership)
    assert place.units == (C, E)


def test_a_latecomer_that_nobody_may_join_learns_that_a_rule_stands_in_the_way() -> None:
    late = unit(E, not_with=frozenset({A, B}))
    assert best_place(room(unit(A), unit(B), late), E, pairs=((A, B),)) == Unmatched(E, "blocked_by_a_hard_rule")


@pytest.mark.parametrize(("units", "limit"), [(1, 0), (2, 0), (3, 1), (5, 1), (9, 2), (41, 10)])
def test_a_quarter_of_the_room_may_be_ruled_out(units: int, limit: int) -> None:
    assert not_with_limit(units) == limit


def test_input_and_result_survive_storage() -> None:
    given_room = large_room(12, "dense", 3)
    stored = msgspec.msgpack.decode(msgspec.msgpack.encode(given_room), type=MatchInput)
    result = match(stored)
    assert result == match(given_room)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(result), type=Matching) == result
