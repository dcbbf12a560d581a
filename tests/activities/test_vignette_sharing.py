"""The author alone decides who sees a vignette, and can take it back from everywhere."""

from typing import Any

import pytest
from msgspec.structs import replace

from server.activities.vignette_writing import ACTIVITY
from server.activities.vignette_writing.example import EXAMPLE, VIGNETTE
from server.activities.vignette_writing.messages import (
    AllowLaterUse,
    ChooseSituation,
    Chosen,
    ShareVignette,
    VignetteShared,
    VignetteSharedAnew,
    WithdrawVignette,
)
from server.core import view as audiences
from server.core.messages import GroupId, PersonId
from server.core.naming import Names, mark
from server.core.products import ShareLevel, Vignette
from tests.support.stage import Stage
from tests.support.vignettes import (
    P1,
    P2,
    P3,
    P5,
    P7,
    P8,
    answer,
    eight_writers,
    everything,
    me,
    page,
    ready,
    share,
    tick,
    wall,
    write,
)


@pytest.fixture
def room() -> Stage:
    return eight_writers()


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
