"""Writing a vignette: the author alone decides who sees what, and can take it back from everywhere."""

from typing import Any

import pytest
from msgspec.structs import replace

from server.activities.vignette_writing import ACTIVITY
from server.activities.vignette_writing.config import CHECKS
from server.activities.vignette_writing.example import EXAMPLE, STAKE, VIGNETTE
from server.activities.vignette_writing.messages import (
    AllowLaterUse,
    AppointTypist,
    AskModerator,
    AskReader,
    AssignReaders,
    ChooseSituation,
    Chosen,
    CloseToModerator,
    InviteCoWriter,
    MarkReady,
    RateReading,
    ShareVignette,
    TickCheck,
    UninviteCoWriter,
    VignetteShared,
    VignetteSharedAnew,
    WithdrawVignette,
)
from server.core import view as audiences
from server.core.messages import Actor, GroupId, PageId, PersonId, SchoolId
from server.core.naming import Names, mark
from server.core.products import ShareLevel, Vignette
from server.core.view import Audience
from tests.support.stage import Stage

P1, P2, P3, P4, P5, P6, P7, P8 = (PersonId(f"p{number}") for number in range(1, 9))
MODERATOR = Actor("moderator", "m")


@pytest.fixture
def room() -> Stage:
    """Pairs p1 p2, p3 p4, p5 p6, p7 p8; foursomes of two pairs each; eight schools."""
    return Stage(ACTIVITY, EXAMPLE, people=8)


def page(who: PersonId) -> PageId:
    return PageId(f"here/vignette/{who}")


def write(room: Stage, who: PersonId, **fields: str) -> None:
    room.pages[page(who)] = {**VIGNETTE, **fields}


def me(room: Stage, who: PersonId) -> dict[str, Any]:
    return room.shows(audiences.person(who))


def ready(room: Stage, who: PersonId) -> None:
    write(room, who)
    room.submit(who, MarkReady(page(who)))


def tick(room: Stage, who: PersonId, checks: int = 5) -> None:
    for check in CHECKS[:checks]:
        room.submit(who, TickCheck(check.id))


def answer(room: Stage, reader: PersonId, guess: Any = "no", **comments: str) -> None:
    """The reader answers the first vignette that they were given."""
    given = PageId(me(room, reader)["to_read"][0]["page"])
    room.pages[given] = comments
    room.submit(reader, RateReading(given, 3, 4, True, guess))


def share(room: Stage, who: PersonId, level: ShareLevel) -> None:
    """All that it takes to be shared."""
    ready(room, who)
    if level.startswith("room"):
        tick(room, who)
        answer(room, PersonId(me_reader(room, who)))
    room.submit(who, ShareVignette(page(who), level))


def me_reader(room: Stage, author: PersonId) -> str:
    state: Any = room.state
    return str(state.desk(author).read_by[0][0])


def wall(room: Stage, audience: Audience = audiences.ROOM) -> list[dict[str, Any]]:
    return list(room.shows(audience).get("wall", ()))


def everything(room: Stage) -> bytes:
    return b"".join(room.seen(audience) for audience in room.audiences())


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


# -- ready, and read -----------------------------------------------------------------------------------------------


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


# -- sharing -------------------------------------------------------------------------------------------------------


def test_the_room_needs_five_checks_and_a_reader_who_could_not_tell_who(room: Stage) -> None:
    ready(room, P1)
    tick(room, P1, 4)
    assert room.refusal(P1, ShareVignette(page(P1), "room_named")) == "too_few_checks"
    tick(room, P1, 5)
    assert room.refusal(P1, ShareVignette(page(P1), "room_named")) == "no_reader_yet"
    answer(room, P2, "yes")
    assert me(room, P1)["missing"] == ["no_reader_yet"]
    answer(room, P2, "maybe")
    room.submit(P1, ShareVignette(page(P1), "room_named"))
    assert wall(room)[0]["author"] == P1


def test_a_pair_may_see_a_draft_that_is_not_ready_for_the_room(room: Stage) -> None:
    write(room, P1)
    room.submit(P1, ShareVignette(page(P1), "pair"))
    pair, four = room.groups_of(P2)
    assert room.shows(audiences.group(pair.id))["cards"][0]["author"] == P1
    assert not room.shows(audiences.group(four.id)).get("cards")
    assert not wall(room)


def test_what_is_for_the_group_is_seen_by_the_group_alone(room: Stage) -> None:
    share(room, P1, "group")
    shown = me(room, P1)["shared"]["text"].encode()
    seers = [one for one in room.audiences() if shown in room.seen(one)]
    assert seers == [audiences.person(P1), audiences.group(GroupId("fours1"))]


def test_somebody_who_comes_later_into_the_pair_sees_nothing_until_the_author_shares_again(room: Stage) -> None:
    write(room, P1)
    room.submit(P1, ShareVignette(page(P1), "pair"))
    room.regroup("readers", (P1, P2, P8))
    trio = audiences.group(GroupId("readers-by-hand-1"))
    assert not room.shows(trio).get("cards")
    assert me(room, P1)["shared"]["interrupted"]
    room.submit(P1, ShareVignette(page(P1), "pair"))
    assert room.shows(trio)["cards"]


def test_who_sits_with_nobody_cannot_share_with_a_pair(room: Stage) -> None:
    room.regroup("readers", (P1,), (P2, P3))
    write(room, P1)
    assert room.refusal(P1, ShareVignette(page(P1), "pair")) == "no_pair"
    assert "pair" not in me(room, P1)["levels"]


def test_a_name_of_somebody_in_the_room_must_be_confirmed_before_it_is_shared(room: Stage) -> None:
    room.names = Names(["Ana Novak"])
    write(room, P1, stuck="I have promised it to Novak.")
    assert room.refusal(P1, ShareVignette(page(P1), "pair")) == "names_unconfirmed"
    assert room.refusal(P1, ShareVignette(page(P1), "pair", (mark("Novak"),))) == ""
    write(room, P1, stuck="I have promised it to a colleague.")
    assert room.refusal(P1, ShareVignette(page(P1), "pair")) == ""


def test_sharing_again_freezes_anew_and_the_earlier_copy_is_nowhere(room: Stage) -> None:
    share(room, P1, "room_named")
    first = wall(room)[0]["text"]
    write(room, P1, title="Better said")
    facts = room.submit(P1, ShareVignette(page(P1), "room_named"))
    assert [type(fact) for fact in facts] == [VignetteSharedAnew]
    assert facts[0].concerns == "everybody"
    assert first.encode() not in everything(room)
    assert b"Better said" in room.seen(audiences.SCREEN)
    assert me(room, P1)["version"] == 3


def test_a_first_share_concerns_few(room: Stage) -> None:
    write(room, P1)
    facts = room.submit(P1, ShareVignette(page(P1), "pair"))
    assert [type(fact) for fact in facts] == [VignetteShared]
    assert facts[0].concerns == "person"


@pytest.mark.parametrize("level", ["pair", "group", "room_anonymous", "room_named"])
@pytest.mark.parametrize("status", ["open", "closed"])
def test_a_withdrawn_vignette_is_at_once_on_no_screen_and_in_no_later_phase(
    room: Stage, level: ShareLevel, status: Any
) -> None:
    share(room, P1, level)
    room.status(status)
    room.submit(P1, WithdrawVignette())
    copies = {text.frozen for text in room.frozen.values() if text.page == page(P1)}
    assert copies
    assert not [copy for copy in copies if copy.encode() in everything(room)]
    assert not ACTIVITY.products(room.state, room.scene)  # type: ignore[arg-type]
    assert me(room, P1)["state"] == "withdrawn"


def test_what_a_reader_said_before_a_withdrawal_clears_nothing_written_since(room: Stage) -> None:
    share(room, P1, "room_named")
    room.submit(P1, WithdrawVignette())
    ready(room, P1)
    assert room.refusal(P1, ShareVignette(page(P1), "room_named")) == "no_reader_yet"


def test_there_is_nothing_to_withdraw_before_something_was_given_out(room: Stage) -> None:
    assert room.refusal(P1, WithdrawVignette()) == "nothing_to_withdraw"


def test_use_after_the_event_is_no_until_said_and_can_be_said_later(room: Stage) -> None:
    assert "later_use" not in me(room, P1)
    room.status("closed")
    room.submit(P1, AllowLaterUse(True))
    assert me(room, P1)["later_use"]


def test_later_phases_get_what_is_shared_and_nothing_private(room: Stage) -> None:
    share(room, P1, "room_named")
    share(room, P3, "pair")
    write(room, P5)
    room.submit(P5, ShareVignette(page(P5), "private"))
    made: Any = ACTIVITY.products(room.state, room.scene)  # type: ignore[arg-type]
    assert {(one.author, one.share) for one in made if isinstance(one, Vignette)} == {
        (P1, "room_named"),
        (P3, "pair"),
    }
    assert not [one for one in made if one.author in one.key]


# -- the wall ------------------------------------------------------------------------------------------------------


def tagged(room: Stage, who: PersonId, schooling: str, *topics: str) -> None:
    room.submit(who, ChooseSituation(Chosen(topics, (), "", schooling, "en")))


def profile(room: Stage, schooling: str, languages: tuple[str, ...], *people: PersonId) -> None:
    changed = {one: replace(room.scene.people[one], schooling=schooling, languages=languages) for one in people}
    room.scene = replace(room.scene, people={**room.scene.people, **changed})


def test_beside_a_nameless_vignette_stands_only_what_several_share(room: Stage) -> None:
    profile(room, "primary", ("en",), P1, P3, P5)
    profile(room, "vocational", ("sl",), P7)
    for who, schooling, topics in (
        (P1, "primary", ("inclusion", "transition")),
        (P3, "primary", ("inclusion",)),
        (P7, "vocational", ("inclusion", "curriculum")),
    ):
        share(room, who, "room_anonymous")
        tagged(room, who, schooling, *topics)
    cards = wall(room)
    assert [card.get("topics") for card in cards] == [["inclusion"]] * 3
    assert sorted(card.get("schooling", "") for card in cards) == ["", "primary", "primary"]
    assert {card.get("language") for card in cards} == {"en"}
    assert not [card for card in cards if "author" in card]
    assert [card["text"] for card in cards] == sorted(card["text"] for card in cards)


def test_a_rare_language_is_not_said(room: Stage) -> None:
    profile(room, "", ("en",), P1, P2)
    share(room, P1, "room_anonymous")
    tagged(room, P1, "")
    assert "language" not in wall(room)[0]


def test_the_projector_shows_titles_and_pulls(room: Stage) -> None:
    share(room, P1, "room_anonymous")
    seen = room.seen(audiences.SCREEN)
    assert VIGNETTE["pull_a"].encode() in seen
    assert VIGNETTE["stuck"].encode() not in seen


def test_the_author_is_warned_in_a_small_room(room: Stage) -> None:
    assert me(room, P1)["small_room"]
    assert "small_room" not in Stage(ACTIVITY, EXAMPLE, people=12).shows(audiences.person(P1))


def test_moderators_see_states_and_counts_and_not_a_word(room: Stage) -> None:
    for one, level in ((P1, "pair"), (P3, "room_anonymous")):
        share(room, one, level)  # type: ignore[arg-type]
    rows = {row["person"]: row for row in room.shows(audiences.MODERATORS)["rows"]}
    assert (rows[P1]["state"], rows[P3]["state"], rows[P5].get("state", "draft")) == ("shared", "shared", "draft")
    assert rows[P3]["checks"] == 5
    view = ACTIVITY.view(room.state, audiences.MODERATORS, room.scene)  # type: ignore[arg-type]
    assert view is not None
    assert not view.texts
