"""Twenty-five minutes on eleven lines, and a bot that taps, waits, talks and agrees."""

from collections.abc import Mapping, Sequence
from typing import cast

from server.activities.network_dimensions.messages import (
    ConfirmRules,
    FinishAnswers,
    NameGoal,
    RevealAnyway,
    SetActual,
    SetAnswer,
    SetJoint,
)
from server.activities.network_dimensions.state import DimensionsConfig, FitHint, Indicator
from server.core.messages import GroupId, PageId, PersonId
from server.core.path import Grouping, Step
from server.core.rehearsal import DONE, WAIT, Body, BotAct, BotView, Dice, Example, Send, Write

RULES = "We ring each other on the first Monday\nWe send notes a day before\nWe say at once when it is too much"


def script(me: PersonId, views: BotView, dice: Dice) -> list[BotAct]:
    if not views.is_open:
        return [DONE]
    ids = [str(one["id"]) for one in cast(Sequence[Body], views.room.get("indicators", ()))]
    acts = _answer(views, ids, dice)
    if views.me.get("alone"):
        return acts or [DONE]
    if "page" in views.group:
        acts = acts or _together(me, views, ids, GroupId(views.group_id), dice)
    done = views.group.get("settled") and len(cast(Body, views.me.get("actual", {}))) == len(ids)
    return acts or [DONE if done else WAIT]


def _answer(views: BotView, ids: list[str], dice: Dice) -> list[BotAct]:
    """Some are not finished when the room goes on; then they finish quickly."""
    given = cast(Body, views.me.get("answers", {}))
    if views.me.get("finished") or views.step == "frame":
        return []
    missing = [one for one in ids if one not in given]
    if missing:
        starred = {ids[dice.randrange(len(ids))] for _ in range(2)} if not given else set()
        return [Send(SetAnswer(one, dice.randrange(5) - 2, one in starred)) for one in missing]
    return [] if views.step == "taps" and dice.random() < 0.5 else [Send(FinishAnswers())]


def _together(me: PersonId, views: BotView, ids: list[str], group: GroupId, dice: Dice) -> list[BotAct]:
    if "goal" not in views.group:
        return [Send(NameGoal(group, "exchange", delicate=True))]
    if views.step == "frame":
        return []
    if "revealed" not in views.group:
        return [Send(RevealAnyway(group))] if dice.random() < 0.5 else []
    if views.step in ("settle", "rules"):
        acts = _settle(views, group)
        return acts or (_agree(me, views, ids) if views.step == "rules" else [])
    return []


def _settle(views: BotView, group: GroupId) -> list[BotAct]:
    joint = cast(Body, views.group.get("joint", {}))
    points = [str(one["indicator"]) for one in cast(Sequence[Body], views.group.get("talk_points", ()))]
    page = PageId(str(views.group["page"]))
    acts: list[BotAct] = [Send(SetJoint(group, one, 1)) for one in points if one not in joint]
    whys = [f"why_{one}" for one in points]
    return acts + [Write(page, why, "It has worked before") for why in whys if not views.wrote(page, why)]


def _agree(me: PersonId, views: BotView, ids: list[str]) -> list[BotAct]:
    page = PageId(str(views.group["page"]))
    if not views.wrote(page, "rules"):
        return [Write(page, "rules", RULES)]
    if me not in cast(Sequence[str], views.group.get("confirmed", ())):
        return [Send(ConfirmRules(page))]
    given = cast(Mapping[str, int], views.me.get("actual", {}))
    if not views.group.get("settled"):
        return []
    return [Send(SetActual(one, 0)) for one in ids if one not in given]


EXAMPLE = Example(
    config=DimensionsConfig(
        indicators=(
            Indicator("integrated", "Part of everyday work", "woven into school work", "beside everyday work"),
            Indicator("temporary", "How long it lasts", "a fixed stretch, then done", "keeps going"),
            Indicator("sharing", "What we do with it", "we swap what we have", "we dig deeper", "value_creation"),
            Indicator("value_for", "Who gains", "me and my school", "both schools and beyond", "value_creation"),
            Indicator("identity", "Who we are", "one team", "two schools that help", "collective_identity"),
            Indicator("ties", "How close we are", "close and frequent", "light now and then", "collective_identity"),
            Indicator("tasks", "What we do", "agreed tasks", "we inquire", "collective_identity"),
            Indicator("direction", "Who sets the agenda", "we do", "it comes from outside", "organisation"),
            Indicator("reach", "How far it reaches", "between us", "wider networks", "organisation"),
            Indicator("hierarchy", "Who decides", "one side leads", "side by side", "organisation"),
            Indicator("norms", "Rules between us", "clear common rules", "everyone their own ways", "organisation"),
        ),
        fit_hints=(
            FitHint("machinery", "Is this more machinery than you need?"),
            FitHint("where_new", "Where will the new come from?"),
            FitHint("who_decides", "Only one of you wants one side to lead. Talk about this one first."),
            FitHint("rules_now", "Which rule do you need today?"),
            FitHint("what_stops", "What will you stop doing?"),
        ),
    ),
    steps=(
        Step(id="frame", title="No right side", minutes=2, groups="partners"),
        Step(id="taps", title="Where would you like it?", minutes=5, groups="alone"),
        Step(id="reveal", title="Both pictures", minutes=1, groups="partners"),
        Step(id="talk", title="Talk about three", minutes=10, groups="partners", quiet=True),
        Step(id="settle", title="Settle", minutes=4, groups="partners"),
        Step(id="rules", title="Working rules", minutes=3, groups="partners"),
    ),
    groups={"partners": Grouping(form="partnerships")},
    withdrawals=(SetActual,),
    script=script,
)
