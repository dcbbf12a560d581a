"""An interview: what leaves the pair is what its storyteller let go."""

from typing import Any

import pytest
from msgspec.structs import replace

from server.activities.interview import ACTIVITY
from server.activities.interview.example import CARD, EXAMPLE
from server.activities.interview.messages import (
    ApproveCard,
    DiscardNotes,
    KeepNotes,
    Level,
    PickForWall,
    WithdrawCard,
)
from server.core import view as audiences
from server.core.messages import FrozenId, GroupId, PageId, PersonId
from server.core.products import Conditions, Strengths
from tests.support.stage import Stage

P1, P2, P3, P4, P5, P6, P7 = (PersonId(f"p{number}") for number in range(1, 8))
TELL_1, READ_BACK_1, TELL_2, READ_BACK_2 = range(4)


@pytest.fixture
def room() -> Stage:
    """Pairs p1 p2 and p3 p4, trio p5 p6 p7; a foursome, and the trio with them since it is the last."""
    made = Stage(ACTIVITY, EXAMPLE, people=7)
    made.go_to("interviews", TELL_1)
    return made


def card(who: PersonId) -> PageId:
    return PageId(f"here/card/{who}")


def notes(who: PersonId) -> PageId:
    return PageId(f"here/notes/{who}")


def approve(room: Stage, who: PersonId, level: Level = "room", *, quote: bool = False, **fields: str) -> None:
    """The partner writes, the storyteller approves."""
    room.pages[card(who)] = {**CARD, **fields}
    kinds = ("time", "trust")[: len([line for line in room.pages[card(who)]["conditions"].split("\n") if line])]
    room.submit(who, ApproveCard(card(who), (), kinds, level, level, quote))


def four(room: Stage, who: PersonId = P1) -> dict[str, Any]:
    group = room.scene.group_of(who, "fours")
    assert group is not None
    return room.shows(audiences.group(group.id))


def wall(room: Stage) -> dict[str, Any]:
    found: dict[str, Any] = room.shows(audiences.ROOM)["wall"]
    return found


def pick(room: Stage, who: PersonId = P1) -> None:
    lines = [FrozenId(str(text)) for one in four(room, who)["cards"] for text in one.get("for_room", ())]
    group = room.scene.group_of(who, "fours")
    assert group is not None
    strengths = tuple(text for text in lines if "#strengths#" in text)[:5]
    conditions = tuple(text for text in lines if "#conditions#" in text)[:3]
    room.submit(who, PickForWall(group.id, strengths, conditions))


# -- roles ---------------------------------------------------------------------------------------------------------


def test_in_a_pair_the_roles_swap_at_half_time(room: Stage) -> None:
    roles = []
    for turn in (TELL_1, READ_BACK_1, TELL_2):
        room.go_to("interviews", turn)
        roles.append((room.shows(audiences.person(P1))["role"], room.shows(audiences.person(P2))["role"]))
    assert roles == [("storyteller", "interviewer"), ("storyteller", "interviewer"), ("interviewer", "storyteller")]


def test_in_a_trio_everybody_takes_each_role(room: Stage) -> None:
    seen = set()
    for turn in (0, 2, 4):
        room.go_to("interviews", turn)
        seen |= {(one, room.shows(audiences.person(one))["role"]) for one in (P5, P6, P7)}
    assert len(seen) == 9


def test_when_an_interviewer_leaves_a_trio_the_witness_asks(room: Stage) -> None:
    room.leave(P6)
    assert room.shows(audiences.person(P5))["role"] == "storyteller"
    assert room.shows(audiences.person(P7))["role"] == "interviewer"


def test_in_the_foursome_each_tells_the_story_they_heard(room: Stage) -> None:
    room.go_to("retelling", 0)
    assert (four(room)["teller"], four(room)["story_of"]) == ("p1", "p2")
    room.go_to("retelling", 4)
    assert (four(room, P5)["teller"], four(room, P5)["story_of"]) == ("p5", "p7")


# -- notes ---------------------------------------------------------------------------------------------------------


def test_notes_are_the_interviewers_until_the_read_back(room: Stage) -> None:
    assert room.rights(P2)[notes(P1)] == "write"
    assert notes(P1) not in room.rights(P1)
    room.go_to("interviews", READ_BACK_1)
    assert room.rights(P1)[notes(P1)] == "read"
    assert notes(P2) not in room.rights(P2)


def test_who_catches_up_approves_a_card_and_neither_picks_for_the_wall_nor_keeps_notes(room: Stage) -> None:
    room.go_to("wall")
    room.status("catching_up")
    assert room.rights(P1)[card(P1)] == "write"
    assert notes(P2) not in room.rights(P1)
    approve(room, P1)
    mine = room.shows(audiences.person(P1))
    assert mine["approved"]
    assert "about" not in mine
    assert room.refusal(P1, KeepNotes()) == "phase_closed"
    pair = room.scene.group_of(P1, "fours")
    assert pair is not None
    assert room.refusal(P1, PickForWall(pair.id)) == "phase_closed"


def test_the_witness_of_a_trio_writes_too(room: Stage) -> None:
    assert room.rights(P6)[card(P5)] == room.rights(P7)[card(P5)] == "write"


def test_a_partner_is_told_who_has_no_device(room: Stage) -> None:
    assert "without_device" not in room.shows(audiences.person(P2))["about"][0]
    paper = replace(room.scene.people[P1], without_device=True)
    room.scene = replace(room.scene, people={**room.scene.people, P1: paper})
    (about,) = room.shows(audiences.person(P2))["about"]
    assert about["without_device"] is True
    assert about["person"] == P1


def test_notes_are_nobodys_after_the_phase_unless_the_storyteller_keeps_them(room: Stage) -> None:
    room.go_to("interviews", READ_BACK_2)
    room.submit(P1, KeepNotes())
    room.status("closed")
    assert room.rights(P1)[notes(P1)] == "read"
    assert notes(P1) not in room.rights(P2)
    assert not [one for one in room.people if notes(P2) in room.rights(one)]
    room.submit(P1, DiscardNotes())
    assert notes(P1) not in room.rights(P1)


# -- approving -----------------------------------------------------------------------------------------------------


def test_a_card_is_corrected_and_approved_from_the_read_back_on(room: Stage) -> None:
    room.write(P2, card(P1), **CARD)
    assert card(P1) not in room.rights(P1)
    assert room.refusal(P1, ApproveCard(card(P1))) == "not_read_back"
    room.go_to("interviews", READ_BACK_1)
    room.write(P1, card(P1), headline="My winter")
    room.submit(P1, ApproveCard(card(P1)))
    assert room.shows(audiences.person(P1))["approved"]


def test_only_the_storyteller_approves(room: Stage) -> None:
    room.go_to("interviews", READ_BACK_2)
    room.write(P2, card(P1), **CARD)
    assert room.refusal(P2, ApproveCard(card(P1))) == "not_your_card"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"headline": " "}, "card_unwritten"),
        ({"strengths": "\n \n"}, "card_unwritten"),
        ({"headline": "x" * 81}, "text_too_long"),
        ({"strengths": "x" * 41}, "text_too_long"),
        ({"strengths": "a\nb\nc\nd\ne\nf"}, "too_many_lines"),
        ({"conditions": "a\nb\nc\nd"}, "too_many_lines"),
        ({"conditions": "x" * 161}, "text_too_long"),
        ({"quote": "x" * 281}, "text_too_long"),
        ({"wish": "x" * 161}, "text_too_long"),
    ],
)
def test_a_card_that_is_not_fit_to_leave_the_pair_is_refused(room: Stage, fields: dict[str, str], code: str) -> None:
    room.go_to("interviews", READ_BACK_2)
    room.pages[card(P1)] = {**CARD, **fields}
    assert room.refusal(P1, ApproveCard(card(P1))) == code
    assert not room.log


def test_length_counts_letters_and_not_their_parts(room: Stage) -> None:
    room.go_to("interviews", READ_BACK_2)
    room.pages[card(P1)] = {**CARD, "strengths": "é" * 40}
    assert room.refusal(P1, ApproveCard(card(P1))) == ""


def test_a_tag_that_the_pack_does_not_know_is_refused(room: Stage) -> None:
    room.go_to("interviews", READ_BACK_2)
    room.pages[card(P1)] = dict(CARD)
    assert room.refusal(P1, ApproveCard(card(P1), tags=("wizardry",))) == "unknown_label"
    assert room.refusal(P1, ApproveCard(card(P1), kinds=("time", "time", "time"))) == "unknown_label"
    assert room.refusal(P1, ApproveCard(card(P1), tags=("", "listens"))) == ""


def test_whose_partner_is_gone_writes_and_approves_alone(room: Stage) -> None:
    room.leave(P2)
    assert room.shows(audiences.person(P1))["alone"]
    room.write(P1, card(P1), **CARD)
    assert room.refusal(P1, ApproveCard(card(P1))) == ""


def test_a_moved_person_keeps_the_own_card_and_writes_for_the_new_partner(room: Stage) -> None:
    room.go_to("interviews", READ_BACK_2)
    approve(room, P1, "group")
    room.regroup("pairs", (P3, P1), (P2, P4), (P5, P6, P7))
    room.go_to("interviews", READ_BACK_2)
    assert room.shows(audiences.person(P1))["approved"]
    assert room.rights(P3)[card(P1)] == room.rights(P1)[card(P3)] == "write"
    assert card(P1) not in room.rights(P2)


def test_empty_lines_between_strengths_do_not_count(room: Stage) -> None:
    room.go_to("picking")
    approve(room, P1, "room", strengths="\nlistens\n\n persists\n")
    pick(room)
    shown = ACTIVITY.view(room.state, audiences.ROOM, room.scene)  # type: ignore[arg-type]
    assert shown is not None
    texts = sorted(room.text(key)["strengths"] for key in shown.texts if "#strengths#" in key)
    assert texts == ["listens", "persists"]


# -- the wall ------------------------------------------------------------------------------------------------------


def test_the_wall_shows_what_was_let_go_and_picked(room: Stage) -> None:
    room.go_to("picking")
    approve(room, P1, "room")
    approve(room, P2, "group")
    assert wall(room) == {}
    pick(room)
    assert {line["text"].partition("#")[2] for line in wall(room)["strengths"]} == {"strengths#0", "strengths#1"}
    assert [line["label"] for line in wall(room)["conditions"]] == ["time", "trust"]


def test_a_line_for_the_group_only_cannot_be_picked(room: Stage) -> None:
    room.go_to("picking")
    approve(room, P1, "group")
    line = FrozenId(str(four(room)["cards"][0]["strengths"][0]["text"]))
    assert room.refusal(P2, PickForWall(GroupId("fours1"), (line,))) == "not_shared"


def test_nobody_picks_for_another_group_or_more_than_there_is_room_for() -> None:
    small = Stage(ACTIVITY, EXAMPLE, people=8)
    small.go_to("picking")
    assert small.refusal(P1, PickForWall(GroupId("fours2"))) == "not_your_group"
    assert small.refusal(P1, PickForWall(GroupId("fours1"), (FrozenId("x"),) * 6)) == "too_many_picks"


def test_withdrawing_clears_every_screen_also_after_the_phase(room: Stage) -> None:
    room.go_to("picking")
    approve(room, P1, "room", quote=True)
    pick(room)
    room.status("closed")
    room.submit(P1, WithdrawCard())
    frozen = next(iter(room.frozen))
    assert not [one for one in room.audiences() if frozen.encode() in room.seen(one)]
    assert ACTIVITY.products(room.state, room.scene) == ()  # type: ignore[arg-type]
    assert room.refusal(P1, WithdrawCard()) == "nothing_to_withdraw"


def test_approving_again_replaces_the_card_and_takes_its_lines_off_the_wall(room: Stage) -> None:
    room.go_to("picking")
    approve(room, P1, "room")
    pick(room)
    approve(room, P1, "room", headline="Once more")
    assert wall(room) == {}
    pick(room)
    assert len(wall(room)["strengths"]) == 2


def test_without_foursomes_what_was_let_go_is_on_the_wall_at_once(room: Stage) -> None:
    room.regroup("fours")
    room.go_to("picking")
    approve(room, P1, "room")
    assert len(wall(room)["strengths"]) == 2


def test_kinds_are_counted_from_five_contributors_on(room: Stage) -> None:
    room.go_to("picking")
    for one in (P1, P2, P3, P4):
        approve(room, one, "room")
    approve(room, P6, "group")
    assert "kinds" not in wall(room)
    approve(room, P5, "room", conditions="We had time")
    assert wall(room)["kinds"] == {"time": 5, "trust": 4}


# -- the moderators, and later phases ------------------------------------------------------------------------------


def test_one_direction_much_shorter_than_the_other_is_flagged(room: Stage) -> None:
    def flagged(*spent_ms: int) -> bool:
        room.go_to("interviews", len(spent_ms), spent_ms=spent_ms)
        return bool(room.shows(audiences.MODERATORS)["pairs"][0].get("imbalanced"))

    assert flagged(540_000, 60_000, 300_000, 60_000)
    assert not flagged(540_000, 60_000, 330_000, 60_000)
    assert not flagged(540_000, 60_000)


def test_the_moderators_see_where_each_pair_stands_and_no_text(room: Stage) -> None:
    room.go_to("interviews", READ_BACK_2)
    approve(room, P1, "room", quote=True)
    row = room.shows(audiences.MODERATORS)["pairs"][0]
    assert row == {"group": "pairs1", "members": 2, "turn": "read_back", "storyteller": 2, "approved": 1}
    shown = ACTIVITY.view(room.state, audiences.MODERATORS, room.scene)  # type: ignore[arg-type]
    assert shown is not None
    assert not shown.texts


def test_later_phases_get_strengths_and_the_conditions_that_were_let_go(room: Stage) -> None:
    room.go_to("picking")
    approve(room, P1, "room")
    approve(room, P2, "group")
    made = ACTIVITY.products(room.state, room.scene)  # type: ignore[arg-type]
    assert [type(one) for one in made] == [Strengths, Strengths, Conditions]
    assert isinstance(made[2], Conditions)
    assert (made[2].person, made[2].kinds) == (P1, ("time", "trust"))
    assert made[2].text.endswith("#conditions")
