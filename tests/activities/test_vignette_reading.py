"""A vignette is read before it is shared, by somebody who could not tell whose it is."""

import pytest
from msgspec.structs import replace

from server.activities.vignette_writing.example import VIGNETTE
from server.activities.vignette_writing.messages import (
    AskReader,
    AssignReaders,
    InviteCoWriter,
    MarkReady,
    RateReading,
    WithdrawVignette,
)
from server.core import view as audiences
from server.core.messages import PageId, PersonId, SchoolId
from server.core.naming import mark
from tests.support.stage import Stage
from tests.support.vignettes import (
    MODERATOR,
    P1,
    P2,
    P3,
    answer,
    eight_writers,
    everything,
    me,
    me_reader,
    page,
    ready,
    tick,
    write,
)


@pytest.fixture
def room() -> Stage:
    return eight_writers()


@pytest.mark.parametrize("empty", ["title", "pull_a", "pull_b"])
def test_a_title_and_two_pulls_are_the_least(room: Stage, empty: str) -> None:
    write(room, P1, **{empty: "  "})
    assert room.refusal(P1, MarkReady(page(P1))) == "vignette_unwritten"


def test_the_least_is_enough(room: Stage) -> None:
    write(room, P1, situation="", stuck="", question="", roles="")
    room.submit(P1, MarkReady(page(P1)))
    assert me(room, P1)["ready"] == 1


def test_ready_is_what_is_checked_and_what_a_reader_could_not_place(room: Stage) -> None:
    def states() -> tuple[str, str]:
        rows = {row["person"]: row for row in room.shows(audiences.MODERATORS)["rows"]}
        return me(room, P1).get("state", "draft"), rows[P1].get("state", "draft")

    ready(room, P1)
    assert states() == ("draft", "draft")
    reader = PersonId(me_reader(room, P1))
    answer(room, reader, "yes")
    tick(room, P1)
    assert states() == ("draft", "draft")
    answer(room, reader, "maybe")
    assert states() == ("ready", "ready")
    room.submit(P1, WithdrawVignette())
    assert states() == ("withdrawn", "withdrawn")


def test_a_topic_of_ones_own_passes_the_same_gate_as_the_text(room: Stage) -> None:
    write(room, P1, topic="t" * 41)
    assert room.refusal(P1, MarkReady(page(P1))) == "text_too_long"
    write(room, P1, topic="Call 01 234 56 78")
    assert room.refusal(P1, MarkReady(page(P1))) == "names_unconfirmed"
    write(room, P1, topic="The corridor at noon")
    room.submit(P1, MarkReady(page(P1)))
    assert b"The corridor at noon" in room.seen(audiences.person(PersonId(me_reader(room, P1))))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"pull_b": VIGNETTE["pull_a"].upper()}, "pulls_alike"),
        ({"title": "x" * 81}, "text_too_long"),
        ({"situation": "x" * 2401}, "text_too_long"),
        ({"roles": "\n".join("abcdefg")}, "too_many_roles"),
        ({"roles": "x" * 41}, "text_too_long"),
    ],
)
def test_a_text_that_breaks_its_form_is_refused(room: Stage, fields: dict[str, str], code: str) -> None:
    write(room, P1, **fields)
    assert room.refusal(P1, MarkReady(page(P1))) == code


def test_characters_are_counted_and_not_bytes(room: Stage) -> None:
    write(room, P1, title="č" * 80)
    room.submit(P1, MarkReady(page(P1)))


def test_an_address_must_be_confirmed_or_changed(room: Stage) -> None:
    write(room, P1, stuck="Write to head@hill.example and see.")
    assert room.refusal(P1, MarkReady(page(P1))) == "names_unconfirmed"
    room.submit(P1, MarkReady(page(P1), (mark("head@hill.example"),)))


def test_partners_swap_first(room: Stage) -> None:
    ready(room, P1)
    given = me(room, P2)["to_read"]
    assert [one["text"] in room.frozen for one in given] == [True]
    assert given[0]["page"] in room.rights(P2)


def test_whoever_swaps_at_one_table_is_told_that_it_is_no_secret(room: Stage) -> None:
    assert me(room, P1)["read_at_table"] == [P2]
    ready(room, P1)
    (given,) = me(room, P2)["to_read"]
    assert given["table"] == [P1]
    assert me(room, P1)["read_at_table"] == [P2]
    room.submit(P2, RateReading(given["page"], 3, 2, True, "no"))
    assert [one["at_table"] for one in me(room, P1)["remarks"]] == [True]


def test_a_reader_who_sits_elsewhere_is_never_named(room: Stage) -> None:
    room.submit(P1, InviteCoWriter(P2))
    assert "read_at_table" not in me(room, P1), "who writes along does not read, and nobody else sits here"
    ready(room, P1)
    reader = PersonId(me_reader(room, P1))
    assert reader not in (P1, P2)
    (given,) = me(room, reader)["to_read"]
    assert "table" not in given
    assert P1 not in str(given)
    room.submit(reader, RateReading(given["page"], 3, 2, True, "no"))
    assert all("at_table" not in one for one in me(room, P1)["remarks"])


def test_a_trio_swaps_in_a_ring(room: Stage) -> None:
    room.regroup("readers", (P1, P2, P3))
    for one in (P1, P2, P3):
        ready(room, one)
    assert [me_reader(room, one) for one in (P1, P2, P3)] == [P2, P3, P1]


def test_a_partner_from_the_same_school_is_not_the_reader(room: Stage) -> None:
    same = replace(room.scene.people[P2], school=SchoolId("s-p1"))
    room.scene = replace(room.scene, people={**room.scene.people, P2: same})
    ready(room, P1)
    assert me_reader(room, P1) not in (P1, P2)


def test_a_revised_copy_reaches_its_reader_and_the_earlier_one_is_gone(room: Stage) -> None:
    ready(room, P1)
    first = me(room, P2)["to_read"][0]["text"]
    write(room, P1, title="Another title")
    room.submit(P1, MarkReady(page(P1)))
    assert first.encode() not in everything(room)
    assert me(room, P2)["to_read"][0]["version"] == 2


def test_a_reading_ends_with_the_phase(room: Stage) -> None:
    ready(room, P1)
    room.status("closed")
    assert "text" not in me(room, P2)["to_read"][0]


def test_what_a_reader_says_goes_to_the_author_without_a_name(room: Stage) -> None:
    ready(room, P1)
    answer(room, P2, "maybe", comment="Seen it too often.", judging_word="calm")
    remark = me(room, P1)["remarks"][0]
    assert (remark["recognise"], remark["challenge"], remark["could_identify"]) == (3, 4, "maybe")
    assert P2 not in str(remark)
    seers = [one for one in room.audiences() if b"Seen it too often." in room.seen(one)]
    assert seers == [audiences.person(P1), audiences.person(P2)]


def test_nobody_answers_a_reading_that_was_given_to_somebody_else(room: Stage) -> None:
    ready(room, P1)
    given = PageId(me(room, P2)["to_read"][0]["page"])
    assert room.refusal(P3, RateReading(given, 1, 1, True, "no")) == "not_your_reading"


def test_a_comment_has_a_limit(room: Stage) -> None:
    ready(room, P1)
    given = PageId(me(room, P2)["to_read"][0]["page"])
    room.pages[given] = {"comment": "x" * 281}
    assert room.refusal(P2, RateReading(given, 1, 1, True, "no")) == "text_too_long"


def test_a_taken_back_vignette_can_no_longer_be_answered(room: Stage) -> None:
    ready(room, P1)
    given = PageId(me(room, P2)["to_read"][0]["page"])
    room.submit(P1, WithdrawVignette())
    assert "text" not in me(room, P2)["to_read"][0]
    assert room.refusal(P2, RateReading(given, 1, 1, True, "no")) == "vignette_withdrawn"


def test_more_readers_may_be_asked_up_to_a_limit(room: Stage) -> None:
    assert room.refusal(P1, AskReader()) == "not_ready"
    ready(room, P1)
    for _ in range(4):
        room.submit(P1, AskReader())
    assert room.refusal(P1, AskReader()) == "enough_readers"
    assert me(room, P1)["readers"] == 5


def test_a_reader_who_left_is_replaced_when_asked(room: Stage) -> None:
    ready(room, P1)
    room.leave(P2)
    assert "readers" not in me(room, P1)
    room.submit(P1, AskReader())
    assert me(room, P1)["readers"] == 1


def test_the_moderator_gives_every_ready_vignette_its_readers(room: Stage) -> None:
    for one in room.people[:4]:
        ready(room, one)
    room.submit(MODERATOR, AssignReaders(2))
    rows = room.shows(audiences.MODERATORS)["rows"]
    assert [row.get("readers", 0) for row in rows] == [2, 2, 2, 2, 0, 0, 0, 0]
