"""Wishes end with the choice, whoever presses what; until then a matching can be computed again from what is stored."""

from msgspec.structs import replace

from server.activities.partnering import messages as m
from server.activities.partnering.forgetting import keeps, remains
from server.activities.partnering.state import Partnering, evolve, start
from server.core import consent
from server.core import view as audiences
from server.core.activity import Tick
from server.core.match_record import digest, unpacked
from server.core.messages import CLOCK, Context, Event
from tests.support.choice import DESK, P1, P2, P3, P4, Room, room

HOUR_MS = 3_600_000
SALT = "nobody can guess this"


class SaltedRoom(Room):
    def _context(self, wish: object) -> Context:
        return replace(super()._context(wish), salt=SALT)


def wished() -> Room:
    made = room()
    made.__class__ = SaltedRoom
    for who in made.people:
        for other in made.people:
            if other != who:
                made.wish(who, other, 2)
    made.submit(P4, m.SetVeto(made.unit(P1)))
    return made


def kept(made: Room) -> list[Event]:
    return [left for event in made.log if (left := remains(made.now, event)) is not None]


def folded(events: list[Event], config: Partnering) -> Partnering:
    state = start(config.config)
    for event in events:
        state = evolve(state, event)
    return state


def secrets(made: Room) -> list[str]:
    return sorted({type(one).__name__ for one in kept(made) if isinstance(one, m.WishesSet | m.VetoSet)})


def has_left(made: Room, hours: float) -> None:
    """The room has gone on so many hours ago."""
    made.status("closed")
    made.scene = replace(made.scene, left_ms=made.now_ms)
    made.now_ms += int(hours * HOUR_MS)
    made.submit(CLOCK, Tick())


def test_when_nobody_presses_anything_wishes_end_some_hours_after_the_room_has_gone_on() -> None:
    made = wished()
    has_left(made, hours=3)
    assert secrets(made) == ["VetoSet", "WishesSet"]
    assert keeps(made.now)
    has_left(made, hours=12)
    assert secrets(made) == []
    assert not keeps(made.now)
    assert made.me(P1).get("wishes", {}) == {}


def test_a_moderator_who_comes_back_after_lunch_finds_wishes_and_vetoes_as_they_were() -> None:
    made = wished()
    has_left(made, hours=2)
    made.status("reopened")
    made.scene = replace(made.scene, left_ms=0)
    made.now_ms += 20 * HOUR_MS
    made.submit(CLOCK, Tick())
    made.round()
    assert not any({made.unit(P1), made.unit(P4)} <= set(it.units) for it in made.now.consent.proposals.values())


def test_when_the_workshop_ends_wishes_end_at_once_also_those_left_for_a_choice_that_never_came() -> None:
    for status in ("open", "planned"):
        made = wished()
        made.scene = replace(made.scene, status=status, ended=True)
        made.submit(CLOCK, Tick())
        assert secrets(made) == []


def test_what_is_wished_after_that_is_kept_and_only_that() -> None:
    made = wished()
    has_left(made, hours=12)
    made.status("reopened")
    made.scene = replace(made.scene, left_ms=0)
    made.wish(P1, P2, 3)
    made.submit(P2, m.SetVeto(made.unit(P3)))
    assert [one.wants for one in kept(made) if isinstance(one, m.WishesSet)] == [{made.unit(P2): 3}]
    assert [(one.person, one.unit) for one in kept(made) if isinstance(one, m.VetoSet)] == [(P2, made.unit(P3))]
    assert folded(kept(made), made.now) == made.now


def test_the_end_of_the_choice_leaves_open_proposals_to_their_own_time() -> None:
    made = wished()
    made.round()
    made.now_ms += 1
    has_left(made, hours=0)
    assert made.now.consent.proposals
    made.scene = replace(made.scene, ended=True)
    made.submit(CLOCK, Tick())
    assert made.now.consent.proposals
    made.submit(P1, consent.SayYes(made.proposal(P1)))


# -- computed again ----------------------------------------------------------------------------------------------------


def proposed(made: Room) -> m.MatchingProposed:
    return next(one for one in made.log if isinstance(one, m.MatchingProposed))


def test_a_round_is_computed_again_from_what_is_stored_before_it_is_shown_and_moderators_read_that_it_held() -> None:
    made = wished()
    made.submit(DESK, m.ProposeMatching())
    stored = proposed(made)
    assert stored.inputs_sha256 == digest(SALT, stored.inputs)
    assert unpacked(stored.inputs).seed == stored.seed
    made.submit(DESK, m.ShowProposals())
    assert made.shows(audiences.MODERATORS)["checks"] == [{"round": 1, "holds": True}]


def test_a_result_that_does_not_follow_from_its_input_is_found_out() -> None:
    made = wished()
    made.submit(DESK, m.ProposeMatching())
    record = made.now.record
    assert record is not None
    made.state = replace(made.now, record=replace(record, groups=record.groups[::-1]))
    made.submit(DESK, m.ShowProposals())
    assert made.shows(audiences.MODERATORS)["checks"] == [{"round": 1}]


def test_input_and_salt_are_gone_with_the_first_partnership_and_seed_figures_and_digest_stay() -> None:
    made = wished()
    made.round()
    assert any(isinstance(one, m.MatchingProposed) and one.inputs for one in kept(made))
    pair = next(iter(made.now.consent.proposals.values())).units
    for who in made.people:
        if made.unit(who) in pair:
            made.submit(who, consent.SayYes(made.proposal(who)))
    (left,) = [one for one in kept(made) if isinstance(one, m.MatchingProposed)]
    assert (left.inputs, left.salt) == (b"", "")
    assert left.seed == proposed(made).seed
    assert left.quality == proposed(made).quality
    assert left.inputs_sha256 == proposed(made).inputs_sha256
    assert folded(kept(made), made.now) == made.now


def test_a_digest_without_a_salt_which_earlier_versions_wrote_is_blanked() -> None:
    made = wished()
    made.submit(DESK, m.ProposeMatching())
    old = replace(proposed(made), inputs_sha256="ab" * 32, inputs=b"", salt="")
    made.commits = [[old if event == proposed(made) else event for event in facts] for facts in made.commits]
    made.state = folded(made.log, made.now)
    made.submit(DESK, m.ShowProposals())
    (left,) = [one for one in kept(made) if isinstance(one, m.MatchingProposed)]
    assert left.inputs_sha256 == ""
    assert "checks" not in made.shows(audiences.MODERATORS)
