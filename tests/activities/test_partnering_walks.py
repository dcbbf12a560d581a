"""Whatever people do, in whichever order: nobody has two partners, nobody is half a pair, everybody has a reason."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from server.activities.partnering import ACTIVITY
from server.activities.partnering import messages as m
from server.activities.partnering.example import EXAMPLE
from server.activities.partnering.forgetting import remains
from server.activities.partnering.state import Partnering, evolve, start
from server.core import consent
from server.core import view as audiences
from server.core.activity import PhaseStatus, Tick
from server.core.messages import CLOCK, Actor, Command, Event, PersonId, Refused
from server.core.products import Partnership
from server.core.wishes import UnitId
from tests.support.stage import Stage

DESK = Actor("moderator", "m")
PEOPLE = tuple(PersonId(f"p{number}") for number in range(1, 7))
MISTAKES = {"unknown_command", "people_only", "moderators_only"}

people = st.sampled_from(PEOPLE)
units = people.map(lambda who: UnitId(f"s-{who}"))
keys = st.integers(1, 8).map(lambda number: f"pair{number}")
proposals, partnerships = keys.map(consent.ProposalId), keys.map(consent.PartnershipId)
here: st.SearchStrategy[consent.Here] = st.sampled_from(("present", "away", "left"))

of_people: st.SearchStrategy[Command] = st.one_of(
    st.builds(lambda unit, wish: m.SetWishes({unit: wish}), units, st.sampled_from((None, 0, 1, 2, 3))),
    st.builds(m.SetVeto, units, st.booleans()),
    st.builds(consent.SayYes, proposals),
    st.builds(consent.SayYes, proposals),
    st.builds(consent.SayNotYet, proposals),
    st.builds(consent.ProposePartner, units),
    st.builds(consent.ProposeThird, partnerships, units),
    st.builds(consent.LeavePartnership, partnerships),
    st.builds(m.FindPlace, units),
    st.builds(m.ShowOnMap),
)
of_staff: st.SearchStrategy[Command] = st.one_of(
    st.just(m.ProposeMatching()),
    st.just(m.ShowProposals()),
    st.just(m.ShowProposals()),
    st.builds(lambda one, other: consent.ProposeByHand((one, other)), units, units),
    st.builds(consent.ProposeThird, partnerships, units),
    st.builds(consent.MarkUnit, units, here),
    st.builds(m.MatchByProxy, units, st.booleans()),
    st.builds(m.FindPlace, units),
    st.builds(lambda one, other: m.SetRelation((one, other), "conflict"), units, units),
    st.just(consent.CloseConsent()),
)
statuses: st.SearchStrategy[PhaseStatus] = st.sampled_from(("open", "reopened", "closed", "closed"))
Deed = Callable[[Stage], object]
deeds: st.SearchStrategy[Deed] = st.one_of(
    st.builds(lambda who, wish: lambda room: room.submit(who, wish), people, of_people),
    st.builds(lambda who, wish: lambda room: room.submit(who, wish), people, of_people),
    st.builds(lambda wish: lambda room: room.submit(DESK, wish), of_staff),
    st.builds(lambda wait_ms: lambda room: _wait(room, wait_ms), st.sampled_from((1_000, 301_000))),
    st.builds(lambda who: lambda room: room.leave(who), people),
    st.builds(lambda status: lambda room: room.status(status), statuses),
)


def _wait(room: Stage, wait_ms: int) -> None:
    room.now_ms += wait_ms
    room.submit(CLOCK, Tick())


def done(room: Stage, deed: Deed) -> str:
    try:
        deed(room)
    except Refused as no:
        return no.code
    return ""


@settings(max_examples=150, deadline=None)
@given(day=st.lists(deeds, max_size=30), early=st.booleans())
def test_nobody_is_in_two_partnerships_or_alone_in_one(day: list[Deed], early: bool) -> None:
    room = Stage(ACTIVITY, EXAMPLE, people=len(PEOPLE))
    if early:
        room.submit(DESK, m.ProposeMatching())
        room.submit(DESK, m.ShowProposals())
    for deed in day:
        assert done(room, deed) not in MISTAKES
        made = [one for one in room.activity.products(room.state, room.scene) if isinstance(one, Partnership)]
        placed = [member for pair in made for member in pair.members]
        assert len(placed) == len(set(placed))
        assert all(2 <= len(pair.members) <= 3 for pair in made)
        for who in PEOPLE:
            me = room.shows(audiences.person(who))
            assert "partnership" in me or "proposals" in me or "reason" in me or me["stage"] in ("away", "left")


@settings(max_examples=100, deadline=None)
@given(day=st.lists(deeds, max_size=30))
def test_once_the_room_has_moved_on_time_alone_ends_every_proposal(day: list[Deed]) -> None:
    room = Stage(ACTIVITY, EXAMPLE, people=len(PEOPLE))
    for deed in day:
        done(room, deed)
    room.status("closed")
    _wait(room, EXAMPLE.config.proxy_days * 86_400_000)
    state = room.state
    assert isinstance(state, Partnering)
    assert not state.consent.proposals
    for who in PEOPLE:
        me = room.shows(audiences.person(who))
        assert me["stage"] in ("away", "left", "confirmed") or me["reason"] not in ("wishing", "next_proposal")


def _choose_each_other(room: Stage, one: PersonId, other: PersonId) -> None:
    room.submit(one, consent.ProposePartner(UnitId(f"s-{other}")))
    room.submit(other, consent.ProposePartner(UnitId(f"s-{one}")))


of_two: st.SearchStrategy[Deed] = st.builds(
    lambda one, other: lambda room: _choose_each_other(room, one, other), people, people
)


@settings(max_examples=150, deadline=None)
@given(day=st.lists(st.one_of(deeds, of_two), max_size=25), early=st.booleans())
def test_whose_screen_changes_is_told_so(day: list[Deed], early: bool) -> None:
    """A fact is shown only to those whom it concerns: forget one of them, and their screen is old."""
    room = Stage(ACTIVITY, EXAMPLE, people=len(PEOPLE))
    if early:
        room.submit(DESK, m.ProposeMatching())
        room.submit(DESK, m.ShowProposals())
    for deed in day:
        before, facts, scene = {who: room.seen(audiences.person(who)) for who in PEOPLE}, len(room.log), room.scene
        done(room, deed)
        if room.scene is not scene:
            continue
        concerned = {who for event in room.log[facts:] for who in _whom(event)}
        changed = {who for who in PEOPLE if room.seen(audiences.person(who)) != before[who]}
        assert changed <= concerned, room.log[facts:]


def _whom(event: Event) -> tuple[PersonId, ...]:
    match event.concerns:
        case "person":
            return (event.person,)  # type: ignore[attr-defined]
        case "people":
            return tuple(event.people)  # type: ignore[attr-defined]
        case _:
            return PEOPLE


@settings(max_examples=100, deadline=None)
@given(day=st.lists(deeds, max_size=30))
def test_at_any_time_what_may_be_forgotten_changes_nothing(day: list[Deed]) -> None:
    room = Stage(ACTIVITY, EXAMPLE, people=len(PEOPLE))
    for deed in [
        lambda room: room.submit(DESK, m.ProposeMatching()),
        lambda room: room.submit(DESK, m.ShowProposals()),
        *day,
    ]:
        done(room, deed)
    state = room.state
    assert isinstance(state, Partnering)
    again = start(EXAMPLE.config)
    for event in room.log:
        if (left := remains(state, event)) is not None:
            again = evolve(again, left)
    assert again == state
