"""Once partners are found, the log holds no wish and nobody's yes, and folds to the same partnerships."""

from server.activities.partnering import messages as m
from server.activities.partnering.state import Partnering
from server.app.activities import all_forgetters
from server.core.consent import SayYes
from server.core.messages import Commit, DeviceId, PhaseId
from server.core.products import Partnership
from server.core.wishes import UnitId
from server.core.workshop import commands as c
from server.runtime.forgetting import lessened
from tests.support.hall import MODERATOR, Hall, person

CHOICE = PhaseId("partner_choice")


def commits(hall: Hall) -> list[Commit]:
    """The log as a device of p1 would have made all of it."""
    return [
        Commit(
            hall.now_ms,
            person("p1"),
            DeviceId("device-of-p1"),
            number,
            tuple((scope, hall.rulebook.encode(event)) for scope, event in facts),
        )
        for number, facts in enumerate(hall.log, start=1)
    ]


def choosing(hall: Hall) -> Partnering:
    state = hall.state.activities[CHOICE]
    assert isinstance(state, Partnering)
    return state


def wishing() -> Hall:
    hall = Hall()
    hall.join("p1", "p2")
    hall.wish(c.MoveRoom(CHOICE, None))
    hall.wish(m.SetWishes({UnitId("school-p2"): 3}), person("p1"), CHOICE)
    hall.wish(m.SetWishes({UnitId("school-p1"): 3}), person("p2"), CHOICE)
    return hall


def agreed() -> Hall:
    hall = wishing()
    hall.wish(m.ProposeMatching(), MODERATOR, CHOICE)
    hall.wish(m.ShowProposals(), MODERATOR, CHOICE)
    for who in ("p1", "p2"):
        hall.wish(SayYes(next(iter(choosing(hall).consent.proposals))), person(who), CHOICE)
    return hall


def forgotten(hall: Hall) -> list[Commit | None]:
    forgetter = all_forgetters()["partnering"]
    return [lessened(commit, hall.state, CHOICE, forgetter, hall.rulebook) for commit in commits(hall)]


def test_before_anybody_has_a_partner_nothing_is_forgotten() -> None:
    hall = wishing()
    assert forgotten(hall) == commits(hall)


def test_once_partners_are_found_no_wish_and_no_name_of_a_yes_is_left() -> None:
    hall = agreed()
    words = b"".join(bytes(body) for commit in forgotten(hall) if commit for _, body in commit.facts)
    assert b"WishesSet" not in words
    assert b"YesSaid" not in words
    for commit in forgotten(hall):
        if commit is not None and any(b"ProposalMade" in bytes(body) for _, body in commit.facts):
            assert (commit.actor.role, commit.device) == ("clock", "")


def test_what_is_left_folds_to_the_same_partnerships() -> None:
    hall = agreed()
    rulebook, state = hall.rulebook, None
    for commit in forgotten(hall):
        for scope, body in commit.facts if commit else ():
            event = rulebook.event(state, scope, body)
            assert event is not None
            state = rulebook.evolve(state, scope, event)
    assert state is not None
    later = PhaseId("grow")
    before, after = rulebook.products_before(hall.state, later), rulebook.products_before(state, later)
    pairs = [product for product in before if isinstance(product, Partnership)]
    assert len(pairs) == 1
    assert [product for product in after if isinstance(product, Partnership)] == pairs
