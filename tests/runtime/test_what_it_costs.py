"""What a thousand people do at once is not paid for by everybody: nothing is asked anew that cannot have changed."""

from benchmarks.room import Room
from server.core.groups import group_of
from server.core.messages import Actor, PersonId
from server.core.view import ROOM, person
from server.core.workshop.commands import SignalDone
from server.core.workshop.events import DoneSignalled
from server.runtime.concern import touched_own, touched_shared
from server.runtime.presence import GONE_AFTER_MS, PRESENT_FOR_MS, Presence, Sign

P0, P1 = PersonId("p0"), PersonId("p1")


def test_a_signal_touches_no_view_of_a_phase() -> None:
    room = Room(people=6)
    room.move()
    facts = [("", DoneSignalled(P0, done=True))]
    own = set(touched_own(room.state, facts, [ROOM, person(P0), person(P1)]))
    assert (person(P0), "") in own
    assert {audience for audience, _ in own} & {ROOM, person(P1)} == set()
    assert {part for _, part in {*own, *touched_shared(room.state, facts)}} == {""}


def test_a_signal_leaves_the_basis_of_rights_as_it_is_and_a_move_does_not() -> None:
    room = Room(people=6)
    room.move()
    before = room.rulebook.basis(room.state, "first")
    room.wish(Actor("person", P0), SignalDone())
    after = room.rulebook.basis(room.state, "first")
    assert all(one is other for one, other in zip(before, after, strict=True))
    room.move()
    moved = room.rulebook.basis(room.state, "first")
    assert any(one is not other for one, other in zip(before, moved, strict=True))


def test_somebody_who_comes_counts_at_once_and_somebody_who_fell_silent_soon_no_longer() -> None:
    presence = Presence()
    presence.heard(Sign(P0, visible=True, at_ms=1_000))
    assert presence.present(1_000) == {P0}
    presence.heard(Sign(P1, visible=False, at_ms=1_100))
    assert presence.present(1_100) == {P0, P1}
    presence.heard(Sign(P0, visible=True, at_ms=61_000))
    assert presence.present(1_100 + GONE_AFTER_MS + PRESENT_FOR_MS) == {P0}


def test_the_seat_of_a_person_is_that_of_the_groups_asked_about() -> None:
    room = Room(people=10)
    room.move()
    groups = room.state.phases[0].groups["all"]
    for group in groups:
        assert [group_of(groups, one) for one in group.members] == [group] * len(group.members)
    assert group_of(groups[1:], groups[0].members[0]) is None
