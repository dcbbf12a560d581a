"""Readers: somebody from another school for every vignette, as evenly as it can be."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from server.activities.vignette_writing.readers import Pool, Wanted, assigned
from server.core.attending import Member
from server.core.messages import PersonId, SchoolId


def people(schools: list[int]) -> dict[PersonId, Member]:
    names = [PersonId(f"p{at:03}") for at in range(len(schools))]
    return {one: Member(one, SchoolId(f"s{school}")) for one, school in zip(names, schools, strict=True)}


rooms = st.lists(st.integers(0, 6), min_size=2, max_size=40)


@settings(max_examples=80, deadline=None)
@given(schools=rooms, seed=st.integers(0, 2**32), rounds=st.integers(1, 3))
def test_nobody_reads_their_own_or_their_schools_or_the_same_twice(schools: list[int], seed: int, rounds: int) -> None:
    room = people(schools)
    given_out: set[tuple[PersonId, PersonId]] = set()
    for at in range(rounds):
        load = Counter(reader for _, reader in given_out)
        wanted = [Wanted(one, known=frozenset(reader for author, reader in given_out if author == one)) for one in room]
        for author, reader in assigned(wanted, Pool(room, load), seed + at):
            assert author != reader
            assert (author, reader) not in given_out
            assert room[author].school != room[reader].school or len(set(schools)) == 1
            given_out.add((author, reader))


@settings(max_examples=80, deadline=None)
@given(schools=rooms, seed=st.integers(0, 2**32))
def test_everybody_for_whom_there_is_somebody_gets_a_reader(schools: list[int], seed: int) -> None:
    room = people(schools)
    found = dict(assigned([Wanted(one) for one in room], Pool(room), seed))
    assert set(found) == set(room)


@settings(max_examples=80, deadline=None)
@given(schools=rooms, seed=st.integers(0, 2**32))
def test_where_no_school_has_more_than_half_of_the_room_everybody_reads_one(schools: list[int], seed: int) -> None:
    room = people(schools)
    largest = max(Counter(schools).values())
    load = Counter(reader for _, reader in assigned([Wanted(one) for one in room], Pool(room), seed))
    if 2 * largest <= len(schools) or len(set(schools)) == 1:
        assert set(load.values()) == {1}
    else:
        # The rest must read what the largest school wrote.
        assert max(load.values()) == -(-largest // (len(schools) - largest))


def test_pairs_swap_before_others_are_asked() -> None:
    room = people([0, 1, 2, 3])
    a, b, c, d = room
    wanted = [Wanted(a, partners=(b,)), Wanted(b, partners=(a,)), Wanted(c, partners=(d,)), Wanted(d, partners=(c,))]
    assert dict(assigned(wanted, Pool(room), 1)) == {a: b, b: a, c: d, d: c}


def test_who_is_here_and_reads_the_language_comes_first() -> None:
    room = people([0, 1, 2, 3])
    a, b, c, d = room
    tongues = {b: ("sl",), c: ("en",), d: ("en",)}
    room |= {one: Member(one, SchoolId(one), tongue) for one, tongue in tongues.items()}
    assert assigned([Wanted(a, "en")], Pool(room, present=frozenset({b, d})), 1) == ((a, d),)


def test_who_left_reads_nothing() -> None:
    room = people([0, 1])
    a, b = room
    room[b] = Member(b, SchoolId("s1"), state="left")
    assert assigned([Wanted(a)], Pool(room), 1) == ()


def test_the_same_seed_gives_the_same_readers() -> None:
    room = people([at % 7 for at in range(30)])
    wanted = [Wanted(one) for one in room]
    assert assigned(wanted, Pool(room), 5) == assigned(wanted, Pool(room), 5)
    assert assigned(wanted, Pool(room), 5) != assigned(wanted, Pool(room), 6)
