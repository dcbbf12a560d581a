"""From the board to offers: who may do what, and what stays true when two people do it at once."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from server.activities.similarity import ACTIVITY
from server.activities.similarity.example import EXAMPLE
from server.activities.similarity.messages import (
    CastVotes,
    PlaceCard,
    RateCloseness,
    RevealVotes,
    ShareBoard,
    ShareOffers,
    WithdrawBoard,
    WithdrawOffers,
)
from server.core import view as audiences
from server.core.messages import GroupId, PageId, PersonId
from server.core.products import Comparison, Offers
from server.paths.loading import bundled
from tests.support.gallery import (
    MODERATOR,
    P1,
    P2,
    P3,
    P4,
    P5,
    P6,
    P7,
    P8,
    key_of,
    me,
    products,
    read_by_all,
    two_foursomes,
)
from tests.support.stage import Stage

ONE, TWO = GroupId("fours1"), GroupId("fours2")
BOARD, OFFERS = PageId("here/board/fours1"), PageId("here/offers/p1")


@pytest.fixture
def room() -> Stage:
    return two_foursomes()


def four(room: Stage, which: GroupId = ONE) -> dict[str, Any]:
    return room.shows(audiences.group(which))


def row(room: Stage) -> dict[str, Any]:
    return room.shows(audiences.MODERATORS)["groups"][0]  # type: ignore[no-any-return]


def lies(room: Stage, card: str) -> int | None:
    return next((one.get("cluster") for one in four(room)["cards"] if one["id"] == card), None)


# -- the board -----------------------------------------------------------------------------------------------------


def test_each_names_their_issue_in_turn(room: Stage) -> None:
    room.go_to("name_issue", 1)
    assert (four(room)["speaker"], four(room)["next"]) == ("p2", "p3")


def test_the_first_minutes_of_sorting_are_silent(room: Stage) -> None:
    room.go_to("same")
    assert four(room)["silent_until_ms"] == room.now_ms + 120_000
    room.go_to("different")
    assert "silent_until_ms" not in four(room)


def test_a_short_step_is_silent_as_long_as_its_prompt_says() -> None:
    """The prompt and the clock are one promise: two minutes of seven, one of five."""
    phase = bundled().phases["similarities"]
    for name, minutes, words in (
        ("standard", 2, "two minutes"),
        ("short", 1, "one minute"),
        ("after_reading", 2, "two"),
    ):
        step = next(one for one in phase.variants[name].steps if one.id == "same")
        assert (step.silent, words in step.prompt) == (minutes, True)
        room = Stage(ACTIVITY, dataclasses.replace(EXAMPLE, steps=(step,)), people=8)
        room.go_to("same")
        assert four(room)["silent_until_ms"] == room.now_ms + minutes * 60_000


def test_whoever_shared_no_vignette_still_has_a_card(room: Stage) -> None:
    cards = {one["id"]: one for one in four(room)["cards"]}
    assert cards["p3"] == {"id": "p3", "person": "p3"}
    assert cards[key_of(room, P1)] == {"id": key_of(room, P1), "text": "tp1"}
    assert len(cards) == 4


def test_two_who_move_one_card_at_once_come_out_right(room: Stage) -> None:
    card = key_of(room, P1)
    room.submit(P1, PlaceCard(ONE, card, 1))
    assert room.refusal(P2, PlaceCard(ONE, card, 2)) == "moved_meanwhile"
    assert [one["id"] for one in four(room)["cards"]].count(card) == 1
    assert lies(room, card) == 1
    room.submit(P2, PlaceCard(ONE, card, 2, left=1))
    assert lies(room, card) == 2
    assert room.refusal(P1, PlaceCard(ONE, card, None, left=1)) == "moved_meanwhile"
    room.submit(P1, PlaceCard(ONE, card, None, left=2))
    assert lies(room, card) is None


places = st.one_of(st.none(), st.integers(1, 5))
moves = st.lists(st.tuples(st.sampled_from([P1, P2, P4]), st.integers(0, 3), places, st.booleans()), max_size=20)


@settings(max_examples=40, deadline=None)
@given(moves=moves)
def test_however_late_their_screens_are_no_card_is_lost_or_doubled(
    moves: list[tuple[PersonId, int, int | None, bool]],
) -> None:
    """Who looks sees where the card lies; who does not moves it from where they last saw it."""
    room = Stage(ACTIVITY, EXAMPLE, people=8)
    ids = [one["id"] for one in four(room)["cards"]]
    lying: dict[str, int | None] = dict.fromkeys(ids)
    last_seen = {who: dict(lying) for who in room.people}
    for who, at, to, looks in moves:
        if looks:
            last_seen[who] = dict(lying)
        before = last_seen[who][ids[at]]
        refused = room.refusal(who, PlaceCard(ONE, ids[at], to, before))
        assert (refused == "moved_meanwhile") == (lying[ids[at]] not in (before, to))
        if not refused:
            lying[ids[at]] = last_seen[who][ids[at]] = to
        assert {one["id"]: one.get("cluster") for one in four(room)["cards"]} == lying
        assert [one["id"] for one in four(room)["cards"]] == ids


def test_two_who_move_one_card_to_the_same_place_agree(room: Stage) -> None:
    room.submit(P1, PlaceCard(ONE, "p3", 1))
    assert room.submit(P2, PlaceCard(ONE, "p3", 1)) == []


def test_a_card_of_another_group_and_a_cluster_too_many_are_refused(room: Stage) -> None:
    assert room.refusal(P1, PlaceCard(TWO, "p3", 1)) == "not_your_group"
    assert room.refusal(P1, PlaceCard(ONE, key_of(room, P5), 1)) == "no_such_card"
    assert room.refusal(P1, PlaceCard(GroupId("none"), "p3", 1)) == "no_such_group"
    room.state = ACTIVITY.start(replace(EXAMPLE.config, max_clusters=2))
    assert room.refusal(P1, PlaceCard(ONE, "p3", 3)) == "no_such_cluster"


def test_the_board_is_written_by_its_group_alone(room: Stage) -> None:
    assert room.rights(P1)[BOARD] == "write"
    assert BOARD not in room.rights(P5)
    room.status("closed")
    assert room.rights(P1)[BOARD] == "read"


# -- dots ----------------------------------------------------------------------------------------------------------


def test_more_dots_than_there_are_is_refused(room: Stage) -> None:
    assert room.refusal(P1, CastVotes(ONE, (2, 2))) == "no_votes_left"
    assert room.refusal(P1, CastVotes(ONE, (0,) * 5 + (1,))) == "no_such_cluster"
    assert room.refusal(P1, CastVotes(TWO, (1,))) == "not_your_group"


def test_voting_twice_from_two_devices_replaces_and_never_adds(room: Stage) -> None:
    room.submit(P1, CastVotes(ONE, (3,)))
    room.submit(P1, CastVotes(ONE, (0, 2, 1)))
    assert room.submit(P1, CastVotes(ONE, (0, 2, 1, 0, 0))) == []
    room.submit(P2, CastVotes(ONE, (1,)))
    assert four(room)["voted"] == 2
    room.submit(P2, RevealVotes(ONE))
    assert four(room)["totals"] == [1, 2, 1, 0, 0]
    assert (four(room)["waiting"], row(room)["waiting"]) == (2, 2), "whose dots are not in it is counted, not named"


def test_dots_show_when_they_are_revealed_and_not_before(room: Stage) -> None:
    for one in (P1, P2, P3):
        room.submit(one, CastVotes(ONE, (3,)))
    assert "totals" not in four(room)
    assert (four(room)["voted"], four(room)["waiting"]) == (3, 1)
    room.submit(MODERATOR, RevealVotes(ONE))
    assert four(room)["totals"] == [9, 0, 0, 0, 0]
    assert room.refusal(P4, CastVotes(ONE, (1,))) == "votes_revealed"
    assert room.submit(P1, RevealVotes(ONE)) == []


def test_a_single_ballot_is_not_revealed(room: Stage) -> None:
    assert room.refusal(P1, RevealVotes(ONE)) == "too_few_votes"
    room.submit(P1, CastVotes(ONE, (3,)))
    assert room.refusal(P1, RevealVotes(ONE)) == "too_few_votes"
    assert room.refusal(P5, RevealVotes(ONE)) == "not_your_group"


def test_whoever_moves_leaves_their_dots_behind_and_votes_anew(room: Stage) -> None:
    room.submit(P1, CastVotes(ONE, (3,)))
    room.regroup("fours", (P2, P3, P4), (P1, P5, P6, P7, P8))
    assert "votes" not in me(room, P1)
    assert "voted" not in four(room, room.scene.groups["fours"][1].id)


# -- sharing -------------------------------------------------------------------------------------------------------


def write_board(room: Stage, **fields: str) -> None:
    room.pages[BOARD] = {"cluster1": "Who may say no", "differences": "New team\n\nOld house", **fields}


def test_cluster_names_are_seen_outside_only_when_the_group_shares_them(room: Stage) -> None:
    write_board(room)
    assert "names" not in row(room)
    room.submit(P1, ShareBoard(BOARD))
    assert row(room)["differences"] == 2
    assert room.shows(audiences.ROOM)["names"] == row(room)["names"]
    assert b"Who may say no" in room.seen(audiences.MODERATORS)
    assert b"New team" not in room.seen(audiences.MODERATORS) + room.seen(audiences.ROOM)
    room.status("closed")
    room.submit(P2, WithdrawBoard(ONE))
    assert not [one for one in room.audiences() if b"Who may say no" in room.seen(one)]
    assert room.refusal(P2, WithdrawBoard(ONE)) == "nothing_to_withdraw"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"cluster1": "", "differences": " \n"}, "board_unwritten"),
        ({"cluster2": "x" * 81}, "text_too_long"),
        ({"differences": "x" * 161}, "text_too_long"),
        ({"differences": "a\nb\nc\nd\ne\nf"}, "too_many_lines"),
    ],
)
def test_a_board_that_is_not_fit_to_be_shared_is_refused(room: Stage, fields: dict[str, str], code: str) -> None:
    write_board(room, **fields)
    assert room.refusal(P1, ShareBoard(BOARD)) == code
    assert not room.log


def test_offers_are_shared_by_their_owner_with_tags_that_the_pack_knows(room: Stage) -> None:
    assert me(room, P1)["suggested"] == ["listens"]
    assert room.refusal(P1, ShareOffers(OFFERS)) == "offers_unwritten"
    assert room.refusal(P1, ShareOffers(OFFERS, ("wizardry",))) == "unknown_label"
    assert room.refusal(P2, ShareOffers(OFFERS)) == "not_your_page"
    room.write(P1, OFFERS, offers="A morning\n", needs="Time")
    room.submit(P1, ShareOffers(OFFERS, ("listens", "listens"), ("persists",)))
    shared = four(room)["offers"][0]
    assert (shared["gives"], shared["wants"], len(shared["offers"])) == (["listens"], ["persists"], 1)
    found = next(one for one in products(room) if isinstance(one, Offers))
    assert (found.gives, found.wants) == (("listens",), ("persists",))
    room.status("closed")
    room.submit(P1, WithdrawOffers())
    assert "offers" not in four(room)
    assert room.refusal(P1, WithdrawOffers()) == "nothing_to_withdraw"


def test_more_than_three_lines_or_tags_are_refused(room: Stage) -> None:
    room.write(P1, OFFERS, needs="a\nb\nc\nd")
    assert room.refusal(P1, ShareOffers(OFFERS)) == "too_many_lines"
    room.state = ACTIVITY.start(replace(EXAMPLE.config, max_offers=1))
    assert room.refusal(P1, ShareOffers(OFFERS, ("listens", "persists"))) == "too_many_labels"


def test_the_room_counts_tags_from_five_who_shared(room: Stage) -> None:
    for at, one in enumerate(room.people[:5]):
        assert "tags" not in room.shows(audiences.ROOM)
        room.submit(one, ShareOffers(PageId(f"here/offers/p{at + 1}"), ("listens",), ("persists",)))
    assert room.shows(audiences.ROOM)["tags"] == [{"tag": "listens", "gives": 5}, {"tag": "persists", "wants": 5}]


def test_later_phases_learn_what_a_group_found_alike_and_different(room: Stage) -> None:
    write_board(room)
    room.submit(P1, ShareBoard(BOARD))
    found = next(one for one in products(room) if isinstance(one, Comparison))
    assert found.members == (P1, P2, P3, P4)
    assert [name.partition("#")[2] for name in found.same] == ["cluster1"]
    assert [name.partition("#")[2] for name in found.different] == ["differences#0", "differences#1"]


def test_a_phase_only_for_reading_has_no_offers(room: Stage) -> None:
    room.scene = replace(room.scene, steps=room.scene.steps[:1], groups={})
    assert not room.rights(P1)
    assert "offers" not in me(room, P1)
    assert room.refusal(P1, ShareOffers(OFFERS, ("listens",))) == "not_your_page"
    read_by_all(room)
    assert "close" not in me(room, P1)["own"]
    room.status("closed")
    assert "close" in me(room, P1)["own"]


def test_a_moderator_neither_reads_nor_votes(room: Stage) -> None:
    for command in (RateCloseness("k", 1), CastVotes(ONE, (1,)), PlaceCard(ONE, "p3", 1)):
        assert room.refusal(MODERATOR, command) == "people_only"
