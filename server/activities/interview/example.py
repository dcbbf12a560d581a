"""Forty minutes of mutual interviews, and a bot that asks, listens, approves and picks."""

from collections.abc import Mapping, Sequence
from typing import cast

from server.activities.interview.messages import ApproveCard, DiscardNotes, KeepNotes, PickForWall, WithdrawCard
from server.activities.interview.state import InterviewConfig, Question
from server.core.messages import FrozenId, GroupId, PageId, PersonId
from server.core.path import Choice, Grouping, Step, Turn, Turns
from server.core.rehearsal import DONE, WAIT, Body, BotAct, BotView, Dice, Example, Send, Write

CARD = {
    "headline": "The winter when two schools shared a timetable",
    "strengths": "listens before deciding\nconnects people",
    "conditions": "We had one free afternoon a month\nNobody kept the score",
    "quote": "I stopped counting whose pupils they were.",
    "wish": "A neighbour to ring on a Monday",
}
NOTES = "winter, shared timetable, one free afternoon, Mrs K. rang first"


def script(_me: PersonId, views: BotView, dice: Dice) -> list[BotAct]:
    if not views.is_open:
        return [DONE]
    acts = _write_for_others(views)
    if "card" in views.me:
        acts += _own_card(views, PageId(str(views.me["card"])), dice)
    if views.group.get("view") == "four":
        acts += _pick(views)
    return acts or [DONE if "approved" in views.me else WAIT]


def _write_for_others(views: BotView) -> list[BotAct]:
    """The interviewer writes on the page of the one who tells now: key words first, the card at the read-back."""
    if views.me.get("role") != "interviewer":
        return []
    acts: list[BotAct] = []
    for other in cast(Sequence[Body], views.me.get("about", ())):
        if other["person"] == views.group.get("storyteller"):
            notes, card = PageId(str(other["notes"])), PageId(str(other["card"]))
            wanted = [Write(notes, "text", NOTES), *(Write(card, field, text) for field, text in CARD.items())]
            acts += [write for write in wanted if not views.wrote(write.page, write.field)]
    return acts


def _own_card(views: BotView, card: PageId, dice: Dice) -> list[BotAct]:
    if "approved" in views.me:
        return []
    alone = bool(views.me.get("alone"))
    past = views.group.get("view") != "pair" or not views.group.get("storyteller")
    if not views.wrote(card, "strengths"):
        return [Write(card, field, text) for field, text in CARD.items()] if alone or past else []
    if not views.wrote(card, "headline"):
        return []
    quote = dice.random() < 0.5
    keep: list[BotAct] = [] if views.me.get("notes_kept") else [Send(KeepNotes())]
    approve = ApproveCard(card, ("listens", "connects_people"), ("time", "trust"), "room", "room", quote)
    return [*keep, Send(approve)]


def _pick(views: BotView) -> list[BotAct]:
    """The first in the list is the scribe, and picks once everybody's card is there."""
    members = cast(Sequence[str], views.group["members"])
    cards = cast(Sequence[Mapping[str, Sequence[Mapping[str, str]]]], views.group.get("cards", ()))
    picked = views.group.get("picked_strengths") or views.group.get("picked_conditions")
    if picked or len(cards) < len(members) or members[0] != views.person:
        return []
    free = {text for card in cards for text in cast(Sequence[str], card.get("for_room", ()))}
    strengths = [FrozenId(line["text"]) for card in cards for line in card["strengths"] if line["text"] in free]
    conditions = [
        FrozenId(line["text"]) for card in cards for line in card.get("conditions", ()) if line["text"] in free
    ]
    return [Send(PickForWall(GroupId(views.group_id), tuple(strengths[:5]), tuple(conditions[:3])))]


def _both_ways(size: int, telling: float) -> tuple[Turn, ...]:
    return tuple(
        turn
        for speaker in range(size)
        for turn in (
            Turn(kind="tell", minutes=telling, speaker=speaker),
            Turn(kind="read_back", minutes=2 if size == 2 else 1, speaker=speaker),
        )
    )


def _choices(*labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(id=label.lower().replace(" ", "_"), label=label) for label in labels)


EXAMPLE = Example(
    config=InterviewConfig(
        questions=(
            Question(
                "warm_up", "Warm-up", "What made you say yes to leading a school, and what still makes a good day?"
            ),
            Question(
                "high_point",
                "High point",
                "Take me to one moment when working with people outside your own school really worked.",
            ),
            Question(
                "your_part",
                "Your part",
                "Leave modesty aside for a minute: what did you bring that would have been missed?",
            ),
            Question(
                "what_helped",
                "What made it possible",
                "What made it possible? What did others do? What about time, place, rules or timing helped?",
            ),
            Question(
                "what_it_says",
                "What it says",
                "Why does this moment matter to you? What does it say about the leader you want to be?",
            ),
            Question(
                "more_of_it",
                "More of it",
                "If next year held three more moments like this, what would we see in your school, and in a partner's?",
            ),
        ),
        probes=("And then?", "What did you notice?", "Who else saw it?", "How did that feel?"),
    ),
    steps=(
        Step(id="frame", title="Stories, not opinions", minutes=3),
        Step(
            id="interviews",
            title="Two interviews",
            minutes=22,
            groups="pairs",
            turns=Turns(two=_both_ways(2, 9), three=_both_ways(3, 6)),
        ),
        Step(
            id="retelling",
            title="Tell your partner's story",
            minutes=9,
            groups="fours",
            turns=Turns(each=Turn(kind="retell", minutes=2)),
        ),
        Step(id="picking", title="Choose for the wall", minutes=3, groups="fours"),
        Step(id="wall", title="The wall", minutes=2),
    ),
    groups={"pairs": Grouping(form="pairs"), "fours": Grouping(form="merged", of="pairs")},
    script=script,
    withdrawals=(WithdrawCard, DiscardNotes),
    vocabularies={
        "strengths": _choices("Listens", "Connects people", "Persists", "Protects time", "Shares credit"),
        "condition_kinds": _choices("Time", "Trust", "Leadership", "Structure", "Other"),
    },
)
