"""A round in trios and then in the room, and a bot that takes its turn."""

from server.activities.talk.messages import SaySpoken
from server.activities.talk.rules import TalkConfig
from server.core.messages import PageId, PersonId
from server.core.path import Grouping, Step, Turn, Turns
from server.core.rehearsal import DONE, WAIT, BotAct, BotView, Dice, Example, Send, Write


def script(me: PersonId, views: BotView, _dice: Dice) -> list[BotAct]:
    if not views.is_open or views.me.get("spoken"):
        return [DONE]
    note = views.me.get("note")
    if note is not None and not views.wrote(PageId(str(note)), "text"):
        return [Write(PageId(str(note)), "text", "Ask Eva how they started.")]
    board = views.group.get("board")
    if board is not None and not views.wrote(PageId(str(board)), "text"):
        return [Write(PageId(str(board)), "text", "Three of us visit each other's schools.")]
    if views.group.get("speaker", me) == me:
        return [Send(SaySpoken())]
    return [WAIT]


EXAMPLE = Example(
    config=TalkConfig(
        kind="round",
        prompts=("What did you see this morning that you want to keep?",),
        questions=("What surprised you?",),
        note=True,
        group_note=True,
    ),
    steps=(
        Step(
            id="round",
            title="A round in threes",
            minutes=9,
            groups="trios",
            turns=Turns(each=Turn(kind="speak", minutes=3)),
        ),
        Step(id="echo", title="Two voices in the room", minutes=3),
    ),
    groups={"trios": Grouping(form="trios")},
    script=script,
)
