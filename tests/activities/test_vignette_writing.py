"""Writing a vignette: who may write, choose and type, and what nobody but its author ever sees."""

import pytest
from msgspec.structs import replace

from server.activities.vignette_writing.example import STAKE
from server.activities.vignette_writing.messages import (
    AppointTypist,
    AskModerator,
    ChooseSituation,
    Chosen,
    CloseToModerator,
    InviteCoWriter,
    MarkReady,
    ShareVignette,
    TickCheck,
    UninviteCoWriter,
)
from server.core import view as audiences
from server.core.messages import Actor, PageId, PersonId
from tests.support.stage import Stage
from tests.support.vignettes import MODERATOR, P1, P2, P3, P5, eight_writers, everything, me, page, share, write


@pytest.fixture
def room() -> Stage:
    return eight_writers()


# -- choosing and checking -----------------------------------------------------------------------------------------


def test_the_priority_of_the_wheel_and_the_note_back_home_are_shown_to_their_writer_alone(room: Stage) -> None:
    assert me(room, P1)["priorities"] == [{"segment": "families"}]
    assert me(room, P1)["link_notes"] == ["reading/link/p1"]
    others = [audience for audience in room.audiences() if audience != audiences.person(P1)]
    assert not [audience for audience in others if b"reading/link/p1" in room.seen(audience)]


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (Chosen(topics=("behaviour", "inclusion", "transition", "curriculum")), "too_many_topics"),
        (Chosen(topics=("gossip",)), "unknown_label"),
        (Chosen(boundary=("moon",)), "unknown_label"),
        (Chosen(whose_issue="nobody"), "unknown_label"),
        (Chosen(language="xx"), "unknown_label"),
    ],
)
def test_topics_and_tags_are_entries_of_the_vocabularies(room: Stage, chosen: Chosen, code: str) -> None:
    assert room.refusal(P1, ChooseSituation(chosen)) == code


def test_a_check_that_is_not_on_the_list_cannot_be_ticked(room: Stage) -> None:
    assert room.refusal(P1, TickCheck("is_brilliant")) == "unknown_check"
    room.submit(P1, TickCheck("no_names"))
    room.submit(P1, TickCheck("no_names", ticked=False))
    assert "checks" not in me(room, P1)


# -- writing together ----------------------------------------------------------------------------------------------


def test_a_co_writer_writes_only_while_invited(room: Stage) -> None:
    room.submit(P1, InviteCoWriter(P5))
    assert room.rights(P5)[page(P1)] == "write"
    assert me(room, P5)["writes_on"] == [{"author": P1, "page": page(P1)}]
    room.submit(P1, UninviteCoWriter(P5))
    assert page(P1) not in room.rights(P5)


def test_a_co_writer_neither_shares_nor_invites_nor_sees_the_stake(room: Stage) -> None:
    room.submit(P1, InviteCoWriter(P5))
    write(room, P1)
    assert room.refusal(P5, ShareVignette(page(P1), "pair")) == "not_your_vignette"
    assert room.refusal(P5, MarkReady(page(P1))) == "not_your_vignette"
    assert "here/stake/p1" not in room.rights(P5)


def test_a_co_writer_is_somebody_else_in_the_room(room: Stage) -> None:
    assert room.refusal(P1, InviteCoWriter(P1)) == "same_person"
    assert room.refusal(P1, InviteCoWriter(PersonId("p99"))) == "not_here"


def test_the_stake_is_seen_by_nobody_but_its_author(room: Stage) -> None:
    for who in room.people:
        room.write(who, PageId(f"here/stake/{who}"), my_stake=STAKE)
        share(room, who, "pair")
        room.submit(who, AskModerator())
    stakes = {one for who in room.people for one in room.rights(who) if "/stake/" in one}
    assert stakes == {f"here/stake/{who}" for who in room.people}
    assert all([one for one in room.rights(who) if "/stake/" in one] == [f"here/stake/{who}"] for who in room.people)
    assert not [one for one in room.rights(MODERATOR) if "/stake/" in one]
    assert STAKE.encode() not in everything(room)


def test_a_moderator_reads_only_the_text_whose_author_asks_and_its_writers_see_it(room: Stage) -> None:
    room.submit(P1, InviteCoWriter(P5))
    assert not room.rights(MODERATOR)
    room.submit(P1, AskModerator())
    assert room.rights(MODERATOR) == {page(P1): "read"}
    assert me(room, P1)["open_to_moderator"]
    assert me(room, P5)["writes_on"][0]["open_to_moderator"]
    room.submit(P1, CloseToModerator())
    assert not room.rights(MODERATOR)


# -- typing for somebody -------------------------------------------------------------------------------------------


def without_device(room: Stage, who: PersonId) -> None:
    paper = replace(room.scene.people[who], without_device=True)
    room.scene = replace(room.scene, people={**room.scene.people, who: paper})


def test_an_appointed_partner_types_and_acts_for_somebody_but_never_opens_the_stake(room: Stage) -> None:
    without_device(room, P1)
    for_p1 = Actor("person", P1, typed_by=P2)
    assert room.refusal(for_p1, TickCheck("no_names")) == "not_typist"
    assert not room.rights(for_p1)
    room.submit(MODERATOR, AppointTypist(P1, P2))
    assert room.rights(for_p1) == {page(P1): "write"}
    assert room.rights(P2)[page(P1)] == "write"
    room.submit(for_p1, TickCheck("no_names"))
    assert me(room, P1)["checks"] == ["no_names"]


def test_a_moderator_types_only_for_somebody_without_a_device(room: Stage) -> None:
    for_p1 = Actor("person", P1, typed_by="m")
    assert room.refusal(for_p1, TickCheck("no_names")) == "not_typist"
    without_device(room, P1)
    room.submit(for_p1, TickCheck("no_names"))


def test_nobody_makes_somebody_else_a_typist_of_a_third(room: Stage) -> None:
    assert room.refusal(P3, AppointTypist(P1, P3)) == "not_yours"
    assert room.refusal(MODERATOR, AppointTypist(P1, P3)) == "not_yours"
