from hypothesis import given
from hypothesis import strategies as st

from server.core.roles import Turn, roles
from tests.support.crowds import people

A, B, C = people(3)


def test_in_a_pair_each_speaks_and_each_listens() -> None:
    assert roles((A, B)) == (Turn(A, B), Turn(B, A))


def test_in_a_trio_there_is_a_witness_and_everybody_takes_every_role() -> None:
    assert roles((A, B, C)) == (Turn(A, B, C), Turn(B, C, A), Turn(C, A, B))


def test_in_a_round_each_speaks_once_to_all() -> None:
    assert roles((A, B, C), "round") == (Turn(A), Turn(B), Turn(C))


def test_who_is_alone_has_one_turn() -> None:
    assert roles((A,)) == (Turn(A),)
    assert roles(()) == ()


@given(st.integers(2, 12))
def test_everybody_has_every_role_once_and_nobody_two_at_a_time(n: int) -> None:
    turns = roles(people(n))
    assert sorted(turn.speaker for turn in turns) == sorted(turn.listener or "" for turn in turns) == list(people(n))
    for turn in turns:
        taken = [one for one in (turn.speaker, turn.listener, turn.witness) if one]
        assert len(set(taken)) == len(taken) == min(n, 3)
    if n > 2:
        assert sorted(turn.witness or "" for turn in turns) == list(people(n))
