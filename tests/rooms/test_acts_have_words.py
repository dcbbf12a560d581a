"""Whatever a moderator may wish, the log of what was done tells in words, and never only that something was changed."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from msgspec import inspect

from server.app.activities import all_activities, all_examples
from server.core.activity import Tick
from server.core.messages import Actor, Command, Refused
from server.core.workshop import commands as c
from server.core.workshop.acts import UNLOGGED
from server.core.workshop.people_commands import AnswerOffer, OpenSeat, TakeSeat
from tests.support.node import ROOT
from tests.support.stage import Stage

WORDS = ROOT / "client_static/src/locales/console.en.ts"
MODERATOR = Actor("moderator", "m")

BY_PEOPLE = {c.SignalDone, c.SignalNeedTime, c.CallHelp, TakeSeat, AnswerOffer, c.CatchUp}
BY_THE_HOUSE = {c.WelcomeStaff, OpenSeat}


def told() -> set[str]:
    return set(re.findall(r'"act\.(\w+)', WORDS.read_text()))


def sample(kind: inspect.Type) -> Any:
    """Something of this type: enough for a rule to look first at who asks."""
    match kind:
        case inspect.LiteralType(values=values):
            return values[0]
        case inspect.IntType() | inspect.FloatType():
            return 1
        case inspect.BoolType():
            return True
        case inspect.CollectionType() | inspect.VarTupleType():
            return []
        case inspect.TupleType(item_types=items):
            return [sample(item) for item in items]
        case inspect.DictType():
            return {}
        case inspect.StructType(fields=fields):
            return {field.encode_name: sample(field.type) for field in fields if field.required}
        case inspect.UnionType(types=types):
            return sample(types[0])
        case inspect.Metadata(type=inner):
            return sample(inner)
        case _:
            return "p1"


def by_moderators(name: str) -> Iterator[type[Command]]:
    """The wishes of an activity that are not refused because a moderator has them."""
    activity = all_activities()[name]
    for kind in activity.commands:
        fields = inspect.type_info(kind)
        assert isinstance(fields, inspect.StructType)
        wished = msgspec.convert({"type": kind.__name__, **sample(fields)}, kind)
        try:
            Stage(activity, all_examples()[name]).submit(MODERATOR, wished)
        except Refused as refused:
            if refused.code in ("people_only", "unknown_command"):
                continue
        yield kind


def test_every_act_upon_the_workshop_has_words() -> None:
    silent = {*UNLOGGED, *BY_PEOPLE, *BY_THE_HOUSE}
    assert {kind.__name__ for kind in c.WORKSHOP_COMMANDS if kind not in silent} <= told()


@pytest.mark.parametrize("name", sorted(all_activities()))
def test_every_act_upon_an_activity_has_words(name: str) -> None:
    assert {kind.__name__ for kind in by_moderators(name) if kind is not Tick} <= told()
