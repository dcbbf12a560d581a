"""Rooms of any size, with schools, languages and rules, made from a few numbers that Hypothesis can shrink."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from server.core.dice import Dice
from server.core.forms import ByAnswer, Count, Fixed, Form, Merged, SameAs
from server.core.grouping_rules import Rules
from server.core.groups import Group, Seat
from server.core.meetings import Meetings
from server.core.messages import GroupId, PersonId, PhaseId, SchoolId

ONE_TONGUE = (("en",),)
TONGUES = (("en",), ("en", "sl"), ("sl",), ("de", "en"), ("hu", "sl"), ("nl", "en"), ())


class Room(msgspec.Struct, frozen=True):
    seats: tuple[Seat, ...]
    rules: Rules = Rules()
    met: Meetings = Meetings()

    @property
    def people(self) -> tuple[PersonId, ...]:
        return tuple(seat.person for seat in self.seats)


def people(n: int) -> tuple[PersonId, ...]:
    return tuple(PersonId(f"p{i:03}") for i in range(n))


def strangers(n: int) -> tuple[Seat, ...]:
    """Each from a school of their own."""
    return tuple(Seat(person, SchoolId(f"s-{person}")) for person in people(n))


def group(name: str, members: str, table: int) -> Group:
    return Group(GroupId(name), tuple(PersonId(one) for one in members.split()), table)


def made(n: int, schools: int, tongues: tuple[tuple[str, ...], ...], bonds: int, past: int, seed: int) -> Room:
    """`bonds` sets of people to keep apart and half as many to keep together, `past` rounds of earlier pairs."""
    dice = Dice(seed)
    who = people(n)
    seats = tuple(
        Seat(
            person,
            SchoolId(f"s{dice.below(schools)}" if schools else ""),
            tongues[dice.below(len(tongues))],
            dice.below(8) == 0,
            frozenset(f"t{dice.below(6)}" for _ in range(dice.below(3))),
        )
        for person in who
    )

    def some(count: int) -> tuple[tuple[PersonId, ...], ...]:
        return tuple(tuple(dice.shuffled(who)[: 2 + dice.below(2)]) for _ in range(count))

    met = Meetings()
    for _ in range(past):
        deck = dice.shuffled(who)
        met = met.after(Group(GroupId(f"x{i}"), tuple(deck[i : i + 2]), i + 1) for i in range(0, n - 1, 2))
    return Room(seats, Rules(apart=some(bonds), together=some(bonds // 2)), met)


def rooms(most: int = 200) -> st.SearchStrategy[Room]:
    return st.builds(
        made,
        n=st.integers(1, most),
        schools=st.sampled_from([0, 1, 3, 20, 90]),
        tongues=st.sampled_from([ONE_TONGUE, TONGUES]),
        bonds=st.integers(0, 6),
        past=st.integers(0, 4),
        seed=st.integers(0, 2**32),
    )


def even_forms() -> st.SearchStrategy[Form]:
    """The forms whose groups are made anew, of sizes that differ by at most one."""
    size = st.integers(2, 8)
    return st.one_of(st.builds(Fixed, size), st.builds(Count, st.integers(1, 120)), st.builds(ByAnswer, size))


def returning_forms() -> st.SearchStrategy[Form]:
    """The forms that bring earlier groups back, and let others join them."""
    earlier: Any = PhaseId("earlier")
    return st.one_of(
        st.just(SameAs(earlier)),
        st.builds(Merged, st.just(earlier), st.integers(3, 8)),
    )
