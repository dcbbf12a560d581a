"""Circles of whole groups go along with the groups: nobody's pair is split, and no circle outgrows the room."""

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from server.core import by_hand
from server.core.dice import Dice
from server.core.following import TOO_BIG, follow
from server.core.forming import form_groups
from server.core.forms import Fixed, Merged, about
from server.core.groups import Group, Groups, Seat, flaws, group_of, numbered
from server.core.late import place_latecomer
from server.core.messages import GroupId, PersonId, PhaseId, Refused
from tests.support.crowds import Room, group, strangers

BASE = PhaseId("pairs")
PAIRS = (group("g1", "ana bor", 1), group("g2", "cve dan", 2), group("g3", "eva fil", 3), group("g4", "gea hub", 4))
CIRCLES = (
    Group(GroupId("c1"), PAIRS[0].members + PAIRS[1].members, 1, (GroupId("g1"), GroupId("g2"))),
    Group(GroupId("c2"), PAIRS[2].members + PAIRS[3].members, 3, (GroupId("g3"), GroupId("g4"))),
)
ALL = frozenset(person for pair in PAIRS for person in pair.members)


def followed(base: Groups, circles: Groups = CIRCLES, here: frozenset[PersonId] = ALL) -> list[set[PersonId]]:
    numbers = count(1)
    found = follow(base, circles, 2, here, lambda: GroupId(f"new{next(numbers)}"))
    assert flaws(found) == ()
    return [set(circle.members) for circle in found]


def people(*names: str) -> set[PersonId]:
    return {PersonId(name) for name in names}


def test_circles_of_groups_that_did_not_change_stay_as_they_are() -> None:
    assert follow(PAIRS, CIRCLES, 2, ALL, lambda: GroupId("new")) == CIRCLES


def test_two_who_change_pairs_change_circles_with_them() -> None:
    swapped = by_hand.swap(PAIRS, PersonId("ana"), PersonId("eva"))
    assert followed(swapped) == [people("eva", "bor", "cve", "dan"), people("ana", "fil", "gea", "hub")]


def test_those_who_stay_keep_their_order_and_who_comes_is_last() -> None:
    swapped = by_hand.swap(PAIRS, PersonId("ana"), PersonId("eva"))
    first = follow(swapped, CIRCLES, 2, ALL, lambda: GroupId("new"))[0]
    assert first.members == ("bor", "cve", "dan", "eva")


def test_a_pair_that_joined_another_sits_where_that_one_sits_and_a_lone_pair_does_not_stay_alone() -> None:
    merged = by_hand.merge(PAIRS, GroupId("g3"), GroupId("g1"))
    assert followed(merged) == [people("cve", "dan", "gea", "hub"), people("eva", "fil", "ana", "bor")]


def test_a_new_pair_comes_to_the_smallest_circle_and_then_makes_a_six() -> None:
    late = (*PAIRS, group("g5", "iva jan", 5))
    assert sorted(map(len, followed(late, here=ALL | people("iva", "jan")))) == [4, 6]


def test_who_is_away_and_was_in_no_circle_is_in_none_and_finds_it_later() -> None:
    late = (*PAIRS[:3], group("g4", "gea hub iva", 4))
    assert PersonId("iva") not in set().union(*followed(late))
    assert PersonId("iva") in set().union(*followed(late, here=ALL | people("iva")))


def test_who_was_not_waited_for_in_the_pair_is_not_waited_for_in_the_circle() -> None:
    kept = by_hand.not_waited_for((*PAIRS[:3], group("g4", "gea hub iva", 4)), GroupId("g4"), [PersonId("hub")])
    circle = follow(kept, CIRCLES, 2, ALL | people("iva"), lambda: GroupId("new"))[1]
    assert circle.absent == ("hub",)
    assert PersonId("iva") in circle.taking_part


def test_circles_that_have_nothing_to_do_with_these_groups_stay() -> None:
    others = (group("x1", "ana bor cve", 1), group("x2", "dan eva fil", 2))
    assert follow(PAIRS, others, 2, ALL, lambda: GroupId("new")) == others


acts = st.lists(
    st.tuples(st.sampled_from(["late", "leave", "swap", "merge", "split"]), st.integers(0, 2**32)), max_size=30
)


@settings(max_examples=120, deadline=None)
@given(st.integers(2, 30), acts)
def test_after_any_changes_every_group_is_whole_in_one_circle(n: int, story: list[tuple[str, int]]) -> None:
    seats, numbers = strangers(70), count(1)
    inside = list(seats[:n])
    pairs = form_groups(Fixed(2), inside, Room(()).rules, Room(()).met, {}, n).groups
    merged = Merged(BASE, 4, together=2)
    circles = form_groups(merged, inside, Room(()).rules, Room(()).met, {BASE: pairs}, n, prefix="c").groups
    for number, (act, dice) in enumerate(story):
        pairs, inside = _changed(act, dice, number, pairs, inside, seats)
        here = [seat.person for seat in inside]
        circles = follow(pairs, circles, 2, here, lambda: GroupId(f"n{next(numbers)}"))
        assert flaws(circles) == ()
        assert sorted(who for one in circles for who in one.members) == sorted(here)
        for pair in pairs:
            homes = {home.id for who in pair.members if (home := group_of(circles, who))}
            assert len(homes) == 1
        if all(len(pair.members) < 4 for pair in pairs):
            assert max(len(one.members) for one in circles) < TOO_BIG
        assert len(circles) == 1 or min(len(one.members) for one in circles) > 2
        assert follow(pairs, circles, 2, here, lambda: GroupId("again")) == circles


def _changed(
    act: str, number: int, new: int, pairs: Groups, inside: list[Seat], seats: tuple[Seat, ...]
) -> tuple[Groups, list[Seat]]:
    room, dice = Room(tuple(inside)), Dice(number)
    if act == "late":
        seat = seats[len(inside) + new] if len(inside) + new < len(seats) else None
        if seat is None or seat in inside:
            return pairs, inside
        everybody = [*room.people, seat.person]
        after, _ = place_latecomer(
            pairs, seat, inside, room.rules, room.met, everybody, numbered("h", new), limits=about(2)
        )
        return after, [*inside, seat]
    try:
        one, other = room.people[dice.below(len(inside))], room.people[dice.below(len(inside))]
        here, there = group_of(pairs, one), group_of(pairs, other)
        assert here is not None
        assert there is not None
        match act:
            case "leave" if len(here.members) > 2:
                return by_hand.remove(pairs, one), [seat for seat in inside if seat.person != one]
            case "swap":
                return by_hand.swap(pairs, one, other), inside
            case "merge":
                return by_hand.merge(pairs, here.id, there.id), inside
            case "split":
                return by_hand.split(pairs, here.id, numbered("h", new)), inside
    except Refused:
        pass
    return pairs, inside
