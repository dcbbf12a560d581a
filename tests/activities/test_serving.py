"""Everybody is served as evenly as can be, nobody their own, and whoever comes late moves nobody."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from server.activities.similarity.serving import (
    Paper,
    Portions,
    outside_readers,
    serving,
    topping_up,
)
from server.core.messages import PersonId, SchoolId

PORTIONS = Portions()
Given = dict[PersonId, set[str]]


def people(schools: list[int]) -> dict[PersonId, SchoolId]:
    return {PersonId(f"p{at}"): SchoolId(f"s{school}") for at, school in enumerate(schools)}


def rack_of(room: Mapping[PersonId, SchoolId], writers: int | None = None) -> list[Paper]:
    return [Paper(f"k{who}", who, school) for who, school in list(room.items())[:writers]]


def serve_all(room: Mapping[PersonId, SchoolId], rack: list[Paper], desks: Given | None = None) -> Given:
    desks = {who: set(keys) for who, keys in (desks or {}).items()}
    for reader in room:
        if not desks.get(reader):
            desks[reader] = set(serving(reader, rack, desks, room, PORTIONS))
    for reader, more in topping_up(rack, desks, room, PORTIONS, room).items():
        desks[reader] |= set(more)
    return desks


rooms = st.lists(st.integers(0, 6), min_size=1, max_size=40).map(people)
school_pairs = st.integers(4, 20).map(lambda schools: people([at // 2 for at in range(2 * schools)]))


@given(room=rooms)
def test_nobody_reads_their_own_and_nobody_reads_one_twice_or_too_many(room: dict[PersonId, SchoolId]) -> None:
    rack = rack_of(room)
    for reader, desk in serve_all(room, rack).items():
        assert f"k{reader}" not in desk
        assert len(desk) <= PORTIONS.most
        assert len(set(serving(reader, rack, {}, room, PORTIONS))) == len(serving(reader, rack, {}, room, PORTIONS))


@given(room=rooms)
def test_the_own_school_is_read_only_where_other_schools_give_less_than_three(room: dict[PersonId, SchoolId]) -> None:
    rack = rack_of(room)
    school_of = {paper.key: paper.school for paper in rack}
    for reader, desk in serve_all(room, rack).items():
        own = [key for key in desk if school_of[key] == room[reader]]
        elsewhere = sum(school != room[reader] for school in room.values())
        assert not own or (elsewhere < PORTIONS.floor and len(desk) <= PORTIONS.floor)


@given(room=rooms, writers=st.integers(0, 40))
def test_a_vignette_lacks_readers_only_if_nobody_is_left_who_could_read_it(
    room: dict[PersonId, SchoolId], writers: int
) -> None:
    rack = rack_of(room, writers)
    desks = serve_all(room, rack)
    counts = outside_readers(rack, desks, room)
    for paper in rack:
        able = [
            reader
            for reader, school in room.items()
            if school != paper.school and paper.key not in desks[reader] and len(desks[reader]) < PORTIONS.most
        ]
        assert counts[paper.key] >= PORTIONS.readers or not able


@given(room=school_pairs)
def test_with_two_people_of_each_school_every_vignette_has_three_readers(room: dict[PersonId, SchoolId]) -> None:
    rack = rack_of(room)
    counts = outside_readers(rack, serve_all(room, rack), room)
    assert min(counts[paper.key] for paper in rack) >= PORTIONS.readers


@given(count=st.integers(7, 60))
def test_vignettes_are_read_almost_equally_often_and_people_read_equally_much(count: int) -> None:
    room = people(list(range(count)))
    rack = rack_of(room)
    desks = serve_all(room, rack)
    counts = outside_readers(rack, desks, room)
    read = [counts[paper.key] for paper in rack]
    assert {len(desk) for desk in desks.values()} == {PORTIONS.least}
    assert max(read) - min(read) <= 2


@given(room=rooms, late=st.integers(0, 6))
def test_a_late_reader_is_served_without_moving_others(room: dict[PersonId, SchoolId], late: int) -> None:
    rack = rack_of(room)
    before = serve_all(room, rack)
    newcomer = PersonId("late")
    larger = {**room, newcomer: SchoolId(f"s{late}")}
    after = serve_all(larger, rack, before)
    assert all(before[reader] <= after[reader] for reader in room)
    assert len(after[newcomer]) >= min(PORTIONS.floor, len(rack))


@settings(max_examples=60)
@given(room=school_pairs)
def test_a_late_vignette_finds_three_readers_and_nobody_gives_one_back(room: dict[PersonId, SchoolId]) -> None:
    rack = rack_of(room)
    before = serve_all(room, rack)
    late = Paper("late", PersonId("p0"), room[PersonId("p0")])
    after = serve_all(room, [*rack, late], before)
    assert outside_readers([late], after, room)["late"] == PORTIONS.readers
    assert all(before[reader] <= after[reader] for reader in room)


@given(room=rooms)
def test_the_same_room_is_served_the_same_whatever_the_order_of_the_rack(room: dict[PersonId, SchoolId]) -> None:
    rack = rack_of(room)
    assert serve_all(room, rack) == serve_all(room, rack[::-1])


def test_who_asks_again_is_given_one_more_until_eight() -> None:
    room = people(list(range(20)))
    rack = rack_of(room)
    reader = PersonId("p0")
    desk: set[str] = set()
    for size in (5, 6, 7, 8, 8):
        desk |= set(serving(reader, rack, {reader: desk}, room, PORTIONS))
        assert len(desk) == size


def test_people_whose_school_is_unknown_read_each_other() -> None:
    room = {PersonId(f"p{at}"): SchoolId("") for at in range(6)}
    rack = rack_of(room)
    assert outside_readers(rack, serve_all(room, rack), room)["kp0"] == 5
