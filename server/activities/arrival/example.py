"""Arrival with its settings filled in, and a bot that arrives."""

from server.activities.arrival.messages import ConfirmAgreement, GiveConsent, TapReady, WithdrawConsent
from server.activities.arrival.rules import ArrivalConfig
from server.core.messages import PageId, PersonId
from server.core.path import Step
from server.core.rehearsal import DONE, WAIT, BotAct, BotView, Dice, Example, Send, Write


def script(_me: PersonId, views: BotView, dice: Dice) -> list[BotAct]:
    me = views.me
    if not views.is_open or me.get("ready"):
        return [DONE]
    if "aim" not in me:
        return [WAIT]
    acts: list[BotAct] = []
    aim = PageId(str(me["aim"]))
    if not views.wrote(aim, "text"):
        acts.append(Write(aim, "text", "One school that wants to look at inclusion with us."))
    if not me.get("agreed"):
        acts.append(Send(ConfirmAgreement()))
    if "name_on_screen" not in me:
        acts.append(Send(GiveConsent("name_on_screen")))
    if "quoting" not in me:
        acts.append(Send(GiveConsent("quoting") if dice.random() < 0.5 else WithdrawConsent("quoting")))
    return acts or [Send(TapReady())]


EXAMPLE = Example(
    config=ArrivalConfig(aim_question="What do you hope to take home from today?"),
    steps=(Step(id="welcome", title="Welcome", minutes=5), Step(id="aim", title="Your aim", minutes=5)),
    script=script,
    withdrawals=(WithdrawConsent,),
)
