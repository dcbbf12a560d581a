"""Short of time: what is cut first, what is never cut, and a delay that all remaining phases share."""

import pytest

from server.core.messages import Actor, PhaseId, Refused, StepId
from server.core.path import Pack
from server.core.view import ROOM
from server.core.workshop import commands as c
from server.core.workshop.progress import kept_minutes
from server.core.workshop.state import PhaseRun
from server.core.workshop.views import RoomView
from server.paths.loading import bundled, parse_pack
from tests.support.example_path import EXAMPLE
from tests.support.hall import Hall

ARRIVAL, INTERVIEWS, WRITE = (PhaseId(one) for one in ("arrival", "interviews", "write_vignette"))
CHOICE, DIMENSIONS = PhaseId("partner_choice"), PhaseId("dimensions")
MINUTE_MS = 60_000


def run_of(hall: Hall, phase: PhaseId) -> PhaseRun:
    run = hall.state.phase(phase)
    assert run is not None
    return run


def steps(hall: Hall, phase: PhaseId) -> list[str]:
    return [step.id for step in hall.state.steps(run_of(hall, phase))]


def test_a_step_that_is_left_out_gives_its_minutes_back_and_nobody_comes_to_it() -> None:
    hall = Hall()
    hall.join("p1", "p2")
    before = run_of(hall, INTERVIEWS).minutes
    hall.wish(c.CutStep(INTERVIEWS, StepId("wall")))
    assert "wall" not in steps(hall, INTERVIEWS)
    assert run_of(hall, INTERVIEWS).minutes == before - 3
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    with pytest.raises(Refused, match="no_such_step"):
        hall.wish(c.MoveStep(INTERVIEWS, 5, 0))
    room = hall.view(ROOM)
    assert isinstance(room, RoomView)
    assert next(one for one in room.phases if one.id == INTERVIEWS).without == ("wall",)
    hall.wish(c.CutStep(INTERVIEWS, StepId("wall"), cut=False))
    assert "wall" in steps(hall, INTERVIEWS)
    assert run_of(hall, INTERVIEWS).minutes == before


def test_a_step_to_which_somebody_has_come_is_not_left_out_under_them() -> None:
    hall = Hall()
    hall.join("p1", "p2", "p3", "p4")
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    hall.wish(c.MoveStep(INTERVIEWS, 1, 0))
    group = run_of(hall, INTERVIEWS).groups["pairs"][0].id
    hall.wish(c.MoveStep(INTERVIEWS, 4, 1, group))
    with pytest.raises(Refused, match="past_is_past"):
        hall.wish(c.CutStep(INTERVIEWS, StepId("pick")))
    hall.wish(c.CutStep(INTERVIEWS, StepId("wall")))


@pytest.mark.parametrize(("phase", "step"), [(INTERVIEWS, "interviews"), (WRITE, "reader"), (CHOICE, "meet")])
def test_reading_back_the_readers_and_the_consent_of_both_are_never_cut(phase: PhaseId, step: str) -> None:
    hall = Hall("full_day")
    with pytest.raises(Refused, match="never_cut"):
        hall.wish(c.CutStep(phase, StepId(step)))
    floor = kept_minutes(hall.state, run_of(hall, phase))
    assert floor > 0
    with pytest.raises(Refused, match="never_cut"):
        hall.wish(c.ShareDelay({phase: floor - 1}))


def test_the_short_form_takes_the_place_of_the_long_one_before_it_begins() -> None:
    hall = Hall("full_day")
    hall.join("p1", "p2")
    hall.wish(c.ChangeVariant(INTERVIEWS, "short"))
    assert (run_of(hall, INTERVIEWS).variant, run_of(hall, INTERVIEWS).minutes) == ("short", 30)
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    with pytest.raises(Refused, match="past_is_past"):
        hall.wish(c.ChangeVariant(INTERVIEWS, "standard"))


def test_a_length_that_lacks_what_is_never_cut_is_refused() -> None:
    short = EXAMPLE.replace("            quiet: true\n", "            never_cut: true\n") + ""
    pack = parse_pack(_with_bare_variant(short), "test")
    hall = Hall("one_hour", pack=pack)
    with pytest.raises(Refused, match="never_cut"):
        hall.wish(c.ChangeVariant(PhaseId("question"), "bare"))
    with pytest.raises(Refused, match="no_such_variant"):
        hall.wish(c.ChangeVariant(PhaseId("question"), "tiny"))


def _with_bare_variant(path: str) -> str:
    bare = """      bare:
        minutes: 5
        steps:
          - { id: round, title: A round, minutes: 5, prompt: One word each. }

schedules:
"""
    return path.replace("\nschedules:\n", bare, 1)


def test_a_delay_is_shared_in_one_act_and_the_clocks_follow() -> None:
    hall = Hall()
    hall.join("p1", "p2")
    acts = len(hall.state.acts)
    hall.wish(c.ShareDelay({INTERVIEWS: 25, PhaseId("grow"): 20}))
    assert len(hall.state.acts) == acts + 1
    assert (run_of(hall, INTERVIEWS).minutes, run_of(hall, PhaseId("grow")).minutes) == (25, 20)
    hall.wish(c.MoveRoom(INTERVIEWS, None))
    minutes = []
    for at, step in enumerate(hall.state.steps(run_of(hall, INTERVIEWS))):
        if at:
            hall.wish(c.MoveStep(INTERVIEWS, at, at - 1))
        timer = hall.state.timers.get("")
        minutes.append(timer.total_ms / MINUTE_MS if timer else 0)
        if step.never_cut:
            assert minutes[-1] == step.minutes
    assert abs(sum(minutes) - 25) <= len(minutes) / 2
    assert sum(minutes) < 30


def test_only_what_is_not_over_can_share_a_delay_and_only_the_moderator_shares_it() -> None:
    hall = Hall()
    hall.join("p1", "p2")
    hall.wish(c.MoveRoom(ARRIVAL, None))
    hall.wish(c.MoveRoom(INTERVIEWS, ARRIVAL))
    with pytest.raises(Refused, match="past_is_past"):
        hall.wish(c.ShareDelay({ARRIVAL: 5}))
    with pytest.raises(Refused, match="not_allowed"):
        hall.wish(c.ShareDelay({INTERVIEWS: 25}), Actor("co_moderator", "s2"))


def marked(pack: Pack) -> dict[str, set[str]]:
    return {
        name: {step.id for variant in phase.variants.values() for step in variant.steps if step.never_cut}
        for name, phase in pack.phases.items()
    }


def test_the_bundled_path_says_what_is_cut_first_and_what_never() -> None:
    never = marked(bundled())
    assert never["interviews"] == {"interviews"}
    assert "reader" in never["write_vignette"]
    assert "meet" in never["partner_choice"]
    cuts = {
        step.cut: step.id
        for phase in bundled().phases.values()
        for variant in phase.variants.values()
        for step in variant.steps
        if step.cut
    }
    assert cuts[2] == "speed_again" or cuts[2] == "speed"
    assert bundled().phases["dimensions"].variants["short"].cut == 3
    for phase in bundled().phases.values():
        for variant in phase.variants.values():
            assert not [step.id for step in variant.steps if step.cut and step.never_cut]


def test_every_length_of_a_bundled_phase_keeps_what_is_never_cut() -> None:
    """Else a short form could not be offered."""
    for name, kept in marked(bundled()).items():
        for length, variant in bundled().phases[name].variants.items():
            assert kept <= {step.id for step in variant.steps}, f"{name}/{length}"
