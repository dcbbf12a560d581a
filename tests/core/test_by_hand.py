from collections.abc import Callable

import pytest

from server.core import by_hand
from server.core.groups import Groups
from server.core.messages import GroupId, PersonId, Refused
from tests.support.crowds import group

G1, G2, G3, G9 = (GroupId(f"g{n}") for n in (1, 2, 3, 9))
ANA, BOR, CVE, DAN, EVA, ZOE = (PersonId(name) for name in ("ana", "bor", "cve", "dan", "eva", "zoe"))
ROOM = (group("g1", "ana bor", 1), group("g2", "cve dan eva", 2))
FOUR = (group("g1", "ana bor cve dan", 1), group("g2", "eva fil", 3))


def test_a_moved_person_takes_the_last_turn_of_the_other_group() -> None:
    assert by_hand.move(ROOM, EVA, G1) == (group("g1", "ana bor eva", 1), group("g2", "cve dan", 2))


def test_the_last_one_who_moves_away_ends_the_group() -> None:
    lone = (group("g1", "ana bor", 1), group("g2", "cve", 2))
    assert by_hand.move(lone, CVE, G1) == (group("g1", "ana bor cve", 1),)


def test_two_who_change_places_take_each_others_turn() -> None:
    assert by_hand.swap(ROOM, ANA, DAN) == (group("g1", "dan bor", 1), group("g2", "cve ana eva", 2))


def test_merged_groups_go_on_at_the_table_of_the_first_and_remember_the_other() -> None:
    (merged,) = by_hand.merge(ROOM, G1, G2)
    assert (merged.id, merged.table, merged.parts) == (G1, 1, (G2,))
    assert merged.members == (ANA, BOR, CVE, DAN, EVA)


def test_a_split_sends_the_later_half_to_the_next_free_table() -> None:
    assert by_hand.split(FOUR, G1, G3) == (
        group("g1", "ana bor", 1),
        group("g2", "eva fil", 3),
        group("g3", "cve dan", 2),
    )


def test_a_split_can_name_who_leaves() -> None:
    groups = by_hand.split(FOUR, G1, G3, leaving=[DAN, ANA])
    assert groups[0].members == (BOR, CVE)
    assert groups[-1] == group("g3", "ana dan", 2)


def test_when_somebody_has_left_for_good_the_group_goes_on() -> None:
    assert by_hand.remove(ROOM, BOR) == (group("g1", "ana", 1), ROOM[1])
    assert by_hand.remove(by_hand.remove(ROOM, BOR), ANA) == (ROOM[1],)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: by_hand.move(ROOM, ANA, G2), "somebody_would_be_alone"),
        (lambda: by_hand.move(ROOM, EVA, G2), "already_in_this_group"),
        (lambda: by_hand.move(ROOM, EVA, G9), "no_such_group"),
        (lambda: by_hand.move(ROOM, ZOE, G1), "not_in_a_group"),
        (lambda: by_hand.swap(ROOM, CVE, DAN), "already_in_this_group"),
        (lambda: by_hand.swap(ROOM, ANA, ZOE), "not_in_a_group"),
        (lambda: by_hand.merge(ROOM, G1, G1), "already_in_this_group"),
        (lambda: by_hand.merge(ROOM, G1, G9), "no_such_group"),
        (lambda: by_hand.split(ROOM, G2, G3), "somebody_would_be_alone"),
        (lambda: by_hand.split(FOUR, G1, G2), "group_id_taken"),
        (lambda: by_hand.split(FOUR, G1, G3, leaving=[EVA, ANA]), "not_in_this_group"),
        (lambda: by_hand.split(by_hand.merge(FOUR, G1, G2), G1, G2), "group_id_taken"),
        (lambda: by_hand.remove(ROOM, ZOE), "not_in_a_group"),
        (lambda: by_hand.join(ROOM, ANA, G2), "already_in_a_group"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(act: Callable[[], Groups], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code
