"""Who takes part, who of them is in the room, and that what is remembered is never somebody else's."""

from server.core.attending import Member, here, joined
from server.core.messages import PersonId, SchoolId
from server.core.remembered import Remembered

ANA, BOR, EVA, JAN = (PersonId(name) for name in ("ana", "bor", "eva", "jan"))
SCHOOL = SchoolId("birch")
PEOPLE = {
    ANA: Member(ANA, SCHOOL),
    BOR: Member(BOR, SCHOOL, without_device=True),
    EVA: Member(EVA, SCHOOL, state="expected"),
    JAN: Member(JAN, SCHOOL, state="left"),
}


def test_who_is_expected_or_has_left_takes_no_part() -> None:
    assert joined(PEOPLE) == {ANA, BOR}


def test_while_presence_is_unknown_everybody_who_joined_is_here() -> None:
    assert here(PEOPLE, frozenset()) == {ANA, BOR}
    assert here(PEOPLE, frozenset({JAN})) == {ANA, BOR}


def test_who_has_no_device_is_here_and_who_fell_silent_is_not() -> None:
    cene = PersonId("cene")
    people = {**PEOPLE, cene: Member(cene, SCHOOL)}
    assert here(people, frozenset({ANA})) == {ANA, BOR}
    assert here(people, frozenset({ANA, BOR, cene, EVA})) == {ANA, BOR, cene}


def test_what_was_asked_is_worked_out_once_and_what_only_looks_alike_again() -> None:
    asked: list[tuple[str, ...]] = []

    def counted(names: tuple[str, ...]) -> int:
        asked.append(names)
        return len(names)

    size = Remembered(counted, last=2)
    one, alike, other = (tuple(text.split()) for text in ("ana", "ana", "ana bor"))
    assert [size(one), size(one), size(alike), size(one)] == [1, 1, 1, 1]
    assert len(asked) == 2
    assert size(other) == 2
    assert size(one) == 1
    assert len(asked) == 4, "the one that was asked for first had to go"


def test_an_address_that_is_used_again_is_not_taken_for_the_one_that_was_there() -> None:
    size: Remembered[tuple[int, ...], int] = Remembered(len, last=2)
    for length in range(1, 2_000):
        assert size(tuple(range(length % 7))) == length % 7
