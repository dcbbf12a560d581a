"""Thirty-five minutes of writing, and a bot that chooses, writes, checks, swaps, revises and shares."""

from collections.abc import Mapping, Sequence
from typing import cast

from server.activities.vignette_writing.config import CHECKS, WritingConfig
from server.activities.vignette_writing.messages import (
    AT_ANY_TIME,
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
)
from server.core.messages import PageId, PersonId
from server.core.path import Choice, Grouping, Step, Turn, Turns
from server.core.products import LinkNote, Product, ShareLevel, WheelPriority
from server.core.rehearsal import DONE, WAIT, Body, BotAct, BotView, Dice, Example, Send, Write

VIGNETTE = {
    "title": "The list on my desk",
    "situation": (
        "It is half past seven and the corridor still smells of floor polish. A colleague stands in the doorway with "
        "her coat on and asks me to move two of the new children to the parallel class. Next door they are willing, "
        "but then it is their group that tips. The families of the calm class have already written to me. They want "
        "an answer before the bell, and so does she. Nobody raises a voice, and everybody in this building is tired."
    ),
    "stuck": (
        "Each answer that I have given so far has moved the difficulty to the next room. I can say no to anybody in "
        "particular, and never to all of them together."
    ),
    "pull_a": "I want to protect a colleague who is wearing thin.",
    "pull_b": "I also want these children to stay where they have just found a friend.",
    "question": "What do I say when she takes off her coat?",
    "roles": "head\nclass teacher\nparents",
}
STAKE = "Last year I decided the other way, and I have never told anybody why."
REMARKS = ("I know this corridor.", "The second pull could come earlier.", "")
LEVELS: tuple[ShareLevel, ...] = ("pair", "room_anonymous", "room_anonymous", "room_named")


def script(_me: PersonId, views: BotView, dice: Dice) -> list[BotAct]:
    if not views.is_open or "page" not in views.me:
        return [DONE]
    acts = _together(views, dice) or _write(views) or _release(views, dice)
    acts += _read(views, dice)
    if acts:
        return acts
    return [DONE if "shared" in views.me else WAIT]


def _together(views: BotView, dice: Dice) -> list[BotAct]:
    """Some let the neighbour help while they tell, and a moderator look while they write; then they go on alone."""
    others = [PersonId(one) for one in cast(Sequence[str], views.group.get("members", ())) if one != views.person]
    invited = cast(Sequence[str], views.me.get("co_writers", ()))
    if views.step == "tell" and others:
        acts: list[BotAct] = [] if invited or dice.random() < 0.5 else [Send(InviteCoWriter(others[0]))]
        return (
            acts
            if "typist" in views.me or dice.random() < 0.5
            else [*acts, Send(AppointTypist(views.person, others[0]))]
        )
    if views.step == "write":
        acts = [Send(UninviteCoWriter(PersonId(one))) for one in invited]
        if "typist" in views.me:
            acts.append(Send(AppointTypist(views.person)))
        return [*acts, Send(AskModerator())] if not views.me.get("open_to_moderator") and dice.random() < 0.2 else acts
    return [Send(CloseToModerator())] if views.me.get("open_to_moderator") else []


def _write(views: BotView) -> list[BotAct]:
    page, stake = PageId(str(views.me["page"])), PageId(str(views.me["stake"]))
    acts: list[BotAct] = [Write(page, field, text) for field, text in VIGNETTE.items() if not views.wrote(page, field)]
    if not views.wrote(stake, "my_stake"):
        acts.append(Write(stake, "my_stake", STAKE))
    return acts


def _release(views: BotView, dice: Dice) -> list[BotAct]:
    page = PageId(str(views.me["page"]))
    if "own_challenge" not in cast(Body, views.me.get("chosen", {})):
        topics = ("inclusion", "working_with_colleagues") if dice.random() < 0.6 else ("behaviour",)
        chosen = Chosen(topics, ("other_school",), "both", "primary", "en", 2 + dice.randrange(3), 3)
        return [Send(ChooseSituation(chosen))]
    ticked = cast(Sequence[str], views.me.get("checks", ()))
    unticked = [check for check in cast(Sequence[str], views.room["checks"]) if check not in ticked]
    if len(unticked) > 1:
        return [Send(TickCheck(check)) for check in unticked[: len(unticked) - dice.randrange(2)]]
    if not views.me.get("ready"):
        return [Send(MarkReady(page))]
    readers, missing = cast(int, views.me.get("readers", 0)), cast(Sequence[str], views.me.get("missing", ()))
    if (readers == 0 and "no_reader_yet" in missing) or (
        readers == 1 and views.step == "revise" and dice.random() < 0.3
    ):
        return [Send(AskReader())] if views.me.get("more_readers") else []
    allowed = cast(Sequence[ShareLevel], views.me.get("levels", ()))
    if "shared" in views.me or "room_named" not in allowed:
        return []
    wished = LEVELS[dice.randrange(len(LEVELS))]
    return [Send(ShareVignette(page, wished if wished in allowed else "room_anonymous"))]


def _read(views: BotView, dice: Dice) -> list[BotAct]:
    """Answers what it was given; the first comment of a reader is always written, so that somebody hears something."""
    acts: list[BotAct] = []
    for one in cast(Sequence[Mapping[str, object]], views.me.get("to_read", ())):
        page = PageId(str(one["page"]))
        if "text" not in one or "answered" in one:
            continue
        comment = REMARKS[dice.randrange(len(REMARKS))]
        if comment and not views.wrote(page, "comment"):
            acts.append(Write(page, "comment", comment))
        acts.append(Send(RateReading(page, 1 + dice.randrange(4), 1 + dice.randrange(4), True, "no")))
    return acts


def before(people: tuple[PersonId, ...]) -> tuple[Product, ...]:
    """A priority on the wheel for everybody, and a note "back home" that only its writer can open."""
    notes = [LinkNote(person, PageId(f"reading/link/{person}")) for person in people]
    return (*(WheelPriority(person, "families") for person in people), *notes)


def _choices(*ids: str) -> tuple[Choice, ...]:
    return tuple(Choice(id=one, label=one.replace("_", " ").capitalize()) for one in ids)


EXAMPLE = Example(
    config=WritingConfig(
        prompts={
            "situation": "Begin in the middle. Who is there, what is said, what do you see?",
            "stuck": "What keeps this stuck?",
            "pulls": "I want … and I also want … . I can't have both, because … .",
            "question": "My question is …?",
        },
        checks=CHECKS,
    ),
    steps=(
        Step(id="choose", title="Choose a situation", minutes=3, groups="alone", quiet=True),
        Step(
            id="tell",
            title="Tell it once",
            minutes=3,
            groups="readers",
            turns=Turns(each=Turn(kind="tell", minutes=1.5)),
        ),
        Step(id="write", title="Write", minutes=14, groups="alone"),
        Step(id="check", title="Check", minutes=3, groups="alone"),
        Step(id="reader", title="Swap with a reader", minutes=7, groups="readers"),
        Step(id="revise", title="Revise", minutes=4, groups="alone"),
        Step(id="share", title="Who may see it?", minutes=1, groups="alone"),
    ),
    groups={"readers": Grouping(form="pairs"), "fours": Grouping(form="merged", of="readers")},
    script=script,
    before=before,
    withdrawals=AT_ANY_TIME,
    by_staff=(AssignReaders(),),
    vocabularies={
        "topics": _choices("behaviour", "inclusion", "transition", "curriculum", "working_with_colleagues"),
        "boundaries": _choices("other_school", "families", "own_staff"),
        "whose_issue": _choices("leader", "teacher", "both"),
        "schooling": _choices("early_years", "primary", "lower_secondary", "vocational"),
        "languages": _choices("en", "nl", "de", "sl", "hu"),
    },
)
