"""Thirty-five minutes of reading, sorting and offering, and a bot that does all of it."""

from collections.abc import Sequence
from typing import Any, cast

from server.activities.similarity.messages import (
    AskForVignettes,
    CastVotes,
    PlaceCard,
    RateCloseness,
    RevealVotes,
    ShareBoard,
    ShareOffers,
    WithdrawBoard,
    WithdrawOffers,
)
from server.activities.similarity.state import SimilarityConfig
from server.core.messages import FrozenId, GroupId, PageId, PersonId, PhaseId
from server.core.path import Choice, Grouping, Step, Turn, Turns
from server.core.products import Product, Strengths, Vignette
from server.core.rehearsal import DONE, WAIT, Body, BotAct, BotView, Dice, Example, Send, Write

NAMES = {"cluster1": "Who may say no", "cluster2": "Two lists, one school"}
DIFFERENCES = "One of us has a new team\nTwo of us have families who stay away"
OFFERS = {"offers": "A morning in our planning team", "needs": "Somebody who has closed a class"}


def script(_me: PersonId, views: BotView, dice: Dice) -> list[BotAct]:
    if not views.is_open:
        return [DONE]
    acts = _read(views, dice)
    if "board" in views.group:
        page, group = PageId(str(views.group["board"])), GroupId(views.group_id)
        if views.step == "same":
            acts += _sort(views, page, group) or _vote(views, group)
        if views.step == "different":
            acts += _differ(views, page)
        if views.step == "give_want":
            acts += _offer(views)
    return acts or [DONE if "shared" in views.me or "offers" not in views.me else WAIT]


def _read(views: BotView, dice: Dice) -> list[BotAct]:
    served = cast(Sequence[Body], views.me.get("vignettes", ()))
    if not served and views.me.get("more"):
        return [Send(AskForVignettes())]
    return [
        Send(RateCloseness(str(one["vignette"]), dice.randrange(4), dice.randrange(5), dice.randrange(5)))
        for one in served
        if "rated" not in one
    ]


def _sort(views: BotView, page: PageId, group: GroupId) -> list[BotAct]:
    """Every bot would put a card into the same cluster, so that two who move it at once agree."""
    cards = cast(Sequence[Body], views.group.get("cards", ()))
    moves: list[BotAct] = [
        Send(PlaceCard(group, str(card["id"]), 1 + at % 2)) for at, card in enumerate(cards) if "cluster" not in card
    ]
    return moves + [Write(page, field, name) for field, name in NAMES.items() if not views.wrote(page, field)]


def _vote(views: BotView, group: GroupId) -> list[BotAct]:
    if "totals" in views.group:
        return []
    if "votes" not in views.me:
        return [Send(CastVotes(group, (2, 1)))]
    return [] if views.group.get("waiting") else [Send(RevealVotes(group))]


def _differ(views: BotView, page: PageId) -> list[BotAct]:
    if not views.wrote(page, "differences"):
        return [Write(page, "differences", DIFFERENCES)]
    return [] if "shared" in views.group else [Send(ShareBoard(page))]


def _offer(views: BotView) -> list[BotAct]:
    page = PageId(str(views.me["offers"]))
    missing: list[BotAct] = [Write(page, field, text) for field, text in OFFERS.items() if not views.wrote(page, field)]
    if missing or "shared" in views.me:
        return missing
    suggested = cast(Any, views.me.get("suggested", ()))
    return [Send(ShareOffers(page, tuple(suggested[:1]), ("persists",)))]


def vignettes(people: tuple[PersonId, ...]) -> tuple[Product, ...]:
    """Everybody but the third has let the room read a vignette, every second one without a name."""
    return tuple(
        product
        for at, person in enumerate(people)
        for product in (
            Strengths(person, FrozenId(f"s{person}#strengths"), ("listens",)),
            Vignette(
                f"k{97 * (at + 1) % 101}",
                person,
                FrozenId(f"t{person}"),
                "private" if at == 2 else "room_named" if at % 2 else "room_anonymous",
                PhaseId("write"),
            ),
        )
    )


EXAMPLE = Example(
    config=SimilarityConfig(),
    steps=(
        Step(id="gallery", title="Read and tap", minutes=8, groups="alone", quiet=True),
        Step(id="find", title="Find your group", minutes=2, groups="fours"),
        Step(
            id="name_issue",
            title="Name your issue",
            minutes=5,
            groups="fours",
            quiet=True,
            turns=Turns(each=Turn(kind="tell", minutes=1)),
        ),
        Step(id="same", title="What is the same?", minutes=7, groups="fours"),
        Step(id="different", title="What is different?", minutes=8, groups="fours"),
        Step(id="give_want", title="Give and want", minutes=5, groups="fours"),
    ),
    groups={"fours": Grouping(form="answers")},
    script=script,
    withdrawals=(WithdrawBoard, WithdrawOffers),
    before=vignettes,
    vocabularies={
        "strengths": (
            Choice(id="listens", label="Listens"),
            Choice(id="persists", label="Persists"),
            Choice(id="connects_people", label="Connects people"),
        )
    },
)
