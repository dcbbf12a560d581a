"""A list of people is read for certain, or each wrong line is named; a name is never guessed at."""

import pytest

from server.core.messages import WorkshopId
from server.edge.lists import BadList, read_list
from server.edge.seats import listed_ids

WORKSHOP = WorkshopId("w1")


def names(content: bytes) -> list[str]:
    return [line.name for line in read_list(content)]


def problems(content: bytes) -> list[str]:
    with pytest.raises(BadList) as bad:
        read_list(content)
    return list(bad.value.problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_letter_arrives_as_it_was_written(encoding: str) -> None:
    assert names("name,school\nŽiga Črnič,OŠ Šmarje\nFőző Örs,Iskola\n".encode(encoding)) == ["Žiga Črnič", "Főző Örs"]


@pytest.mark.parametrize("encoding", ["cp1252", "cp1250"])
def test_what_old_tables_share_is_read(encoding: str) -> None:
    content = "name;school\r\nJürgen Müller;Schule Köln\r\nŽan Šuštar;Élodie\r\n".encode(encoding)
    assert [(line.name, line.school) for line in read_list(content)] == [
        ("Jürgen Müller", "Schule Köln"),
        ("Žan Šuštar", "Élodie"),
    ]


@pytest.mark.parametrize(("encoding", "name"), [("cp1250", "Črt"), ("cp1252", "Hélène"), ("cp1250", "Győző")])
def test_letters_that_could_be_two_are_refused_with_their_line(encoding: str, name: str) -> None:
    (problem,) = problems(f"name\nJürgen\n{name}\n".encode(encoding))
    assert problem.startswith("line 3:")
    assert "CSV UTF-8" in problem


def test_letters_that_another_program_broke_are_refused_with_their_line() -> None:
    (problem,) = problems("name\nAna\nJ\ufffdrgen\n".encode())
    assert problem.startswith("line 3:")


@pytest.mark.parametrize("content", [b"\x00\x01garbage", b"name\nA\x00b\n", b"\xff\xfe\x00\xd8", b"", b" \n\n"])
def test_what_is_no_list_is_said_to_be_none(content: bytes) -> None:
    assert problems(content)[0].startswith("line ")


def test_a_quotation_mark_without_its_twin_is_named_where_it_stands() -> None:
    assert problems(b'name\nAna\n"Bor\nCene\n')[0].startswith("line 3:")
    (far,) = problems(b'name,school\nAna,A\n"Bor,B\nCene,C\nDrago,"D\n')
    assert far.startswith("line 3:")
    assert names(b'name,school\n"Kos, Ana","A ""1"""\n') == ["Kos, Ana"]


def test_empty_cells_at_the_end_are_nobodys_mistake() -> None:
    assert names(b"name;school;;\nAna;A;;;\n;;;\nBor\n") == ["Ana", "Bor"]


def test_the_same_list_gives_the_same_seats_and_two_of_one_name_have_two() -> None:
    people = read_list(b"name,school\nAna,A\nBor,B\nana ,a\nAna,B\n")
    ids = listed_ids(WORKSHOP, people)
    assert len(set(ids)) == 4
    assert listed_ids(WORKSHOP, people) == ids
    assert listed_ids(WorkshopId("w2"), people) != ids
