import msgspec
import pytest

from server.core.forms import Count, Fixed, Form, Merged, counted, sizes
from server.core.messages import PhaseId


def test_sizes_differ_by_at_most_one_and_nobody_is_alone_for_every_room_up_to_200() -> None:
    for people in range(1, 201):
        for parts in [sizes(people, size) for size in range(2, 13)] + [counted(people, n) for n in range(1, 120)]:
            assert sum(parts) == people
            assert max(parts) - min(parts) <= 1
            assert min(parts) >= 2 or people == 1


def test_an_empty_room_has_no_groups() -> None:
    assert sizes(0, 4) == counted(0, 4) == ()


def test_an_odd_number_gives_one_trio_among_the_pairs() -> None:
    for people in range(3, 201, 2):
        assert sizes(people, 2) == (3, *[2] * ((people - 3) // 2))


def test_an_uneven_room_takes_the_sizes_nearest_to_the_one_asked_for() -> None:
    assert sizes(6, 4) == (3, 3)
    assert sizes(9, 4) == (5, 4)
    assert sizes(11, 4) == (4, 4, 3)
    assert sizes(5, 3) == (3, 2)
    assert sizes(5, 4) == (5,)


def test_more_groups_than_pairs_of_people_become_fewer() -> None:
    assert counted(7, 5) == (3, 2, 2)
    assert counted(20, 6) == (4, 4, 3, 3, 3, 3)


def test_a_form_survives_the_wire() -> None:
    for form in (Fixed(3), Count(4), Merged(PhaseId("interview"))):
        assert msgspec.json.decode(msgspec.json.encode(form), type=Form) == form


def test_a_group_of_one_is_no_form_for_groups() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"form": "fixed", "size": 1}', type=Form)
