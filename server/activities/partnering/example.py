"""A quarter of an hour in which everybody wishes, most say yes, and each pair writes down what it is about."""

from collections.abc import Sequence
from typing import cast

from server.activities.partnering import messages as m
from server.activities.partnering.state import PartneringConfig
from server.core import consent
from server.core.activity import Tick
from server.core.messages import Command, FrozenId, PageId, PersonId, PhaseId
from server.core.path import Grouping, Step
from server.core.products import Closeness, Offers, Product, ShareLevel, Vignette
from server.core.rehearsal import DONE, WAIT, Body, BotAct, BotView, Dice, Example, Send, Write
from server.core.wishes import UnitId, Wish

PACT = {
    "issue_title": "Who may say no to a child",
    "same": "Both of us have two lists\nNobody asks the parents",
    "different": "One team is new, the other has known each other for years",
}
NOTES = "Bring both lists next time. Who asks the parents?"
NOT_YET_ONCE_IN = 8


def script(_me: PersonId, views: BotView, dice: Dice) -> list[BotAct]:
    if not views.is_open:
        return [DONE]
    me = views.me
    if "partnership" in me:
        welcome = _answer(me, dice) if me.get("proposals") else []
        return welcome or _settle(views, cast(Body, me["partnership"])) or [DONE]
    if me.get("proposals"):
        return _answer(me, dice) or [WAIT]
    if not me.get("round"):
        return _wish(me, dice) or [DONE]
    lost = me.get("reason") == "partner_left" and bool(me.get("choices"))
    return [Send(m.FindPlace(UnitId(str(me["unit"]))))] if lost and not me.get("closed") else [DONE]


def _wish(me: Body, dice: Dice) -> list[BotAct]:
    """As close as their vignette is, so glad; and one in a while is ruled out."""
    choices = cast(Sequence[Body], me.get("choices", ()))
    if not choices or me.get("wishes"):
        return []
    levels: tuple[Wish, ...] = (0, 1, 2, 3)
    wants: dict[UnitId, Wish | None] = {
        UnitId(str(one["unit"])): levels[cast(int, one.get("close", 1 + dice.randrange(3)))] for one in choices
    }
    acts: list[BotAct] = [Send(m.SetWishes(wants))]
    if me.get("vetoes_left") and dice.randrange(NOT_YET_ONCE_IN) == 0:
        acts.append(Send(m.SetVeto(UnitId(str(choices[dice.randrange(len(choices))]["unit"])))))
    return acts


def _answer(me: Body, dice: Dice) -> list[BotAct]:
    open_ones = [one for one in cast(Sequence[Body], me["proposals"]) if not one.get("answered")]
    if not open_ones:
        return []
    proposal = consent.ProposalId(str(open_ones[0]["proposal"]))
    reluctant = me.get("round") == 1 and dice.randrange(NOT_YET_ONCE_IN) == 0
    return [Send(consent.SayNotYet(proposal) if reluctant else consent.SayYes(proposal))]


def _settle(views: BotView, ours: Body) -> list[BotAct]:
    pact = cast(Body, ours["pact"])
    page, space = PageId(str(pact["page"])), PageId(str(ours["space"]))
    acts: list[BotAct] = [] if views.me.get("on_map") else [Send(m.ShowOnMap())]
    if not views.wrote(space, "notes"):
        acts.append(Write(space, "notes", NOTES))
    if pact.get("agreed"):
        return acts
    missing = [Write(page, field, text) for field, text in PACT.items() if not views.wrote(page, field)]
    if missing:
        return [*acts, *missing]
    return acts if pact.get("ours") else [*acts, Send(m.ConfirmPact(page))]


def moderation(seen: Body, step: str) -> list[Command]:
    """A draft is looked at and shown; who is left after the second round is talked with."""
    if step not in ("proposal", "second_round") or seen.get("closed"):
        return []
    if "draft" in seen:
        return [m.ShowProposals()]
    due = not seen.get("round") if step == "proposal" else bool(seen.get("rounds_left"))
    waiting = len(cast(Sequence[str], seen.get("without_partner", ())))
    return [m.ProposeMatching()] if due and waiting > 1 and not seen.get("open") else []


def before(people: tuple[PersonId, ...]) -> tuple[Product, ...]:
    """Everybody has written, read their neighbours, and said what they could give and want."""
    tags = ("listens", "persists", "connects_people")
    made: list[Product] = []
    for at, person in enumerate(people):
        share: ShareLevel = "room_named" if at % 3 else "room_anonymous"
        topic = ("inclusion", "transition")[at % 2]
        made.append(Vignette(f"k{at}", person, FrozenId(f"t{at}"), share, PhaseId("write"), topics=(topic,)))
        made.append(Offers(person, (tags[at % 3],), (tags[(at + 1) % 3],)))
        for step in (1, 2, 3):
            other = (at + step) % len(people)
            if other != at:
                made.append(Closeness(person, f"k{other}", people[other], (at * 2 + step) % 4))
    return tuple(made)


SOMEBODY = UnitId("s-p2")

EXAMPLE = Example(
    config=PartneringConfig(),
    steps=(
        Step(id="speed", title="A short meeting", minutes=2, groups="speed", quiet=True),
        Step(id="wishes", title="Your wishes", minutes=3, groups="alone"),
        Step(id="proposal", title="A proposal", minutes=1),
        Step(id="meet", title="Does it make sense for both?", minutes=5),
        Step(id="second_round", title="Second round", minutes=2),
    ),
    groups={"speed": Grouping(form="pairs")},
    script=script,
    before=before,
    moderation=moderation,
    withdrawals=(
        m.FindPlace,
        m.ConfirmPact,
        m.HideFromMap,
        m.ReopenPact,
        m.ShowOnMap,
        consent.LeavePartnership,
        consent.MarkUnit,
        consent.ProposeThird,
        consent.SayNotYet,
        consent.SayYes,
        m.LeaveWishes,
    ),
    by_staff=(
        m.ChooseUnits("person"),
        m.SetRelation((SOMEBODY, UnitId("s-p1")), "conflict"),
        m.MatchByProxy(SOMEBODY),
        m.ProposeMatching(),
        m.ArrangeProposal(()),
        m.ShowProposals(),
        consent.ProposeByHand(()),
        consent.CloseConsent(),
        Tick(),
    ),
    mishaps=(m.ReopenPact, m.SetVeto, consent.ProposePartner),
    lasting=("pact", "space"),
)
