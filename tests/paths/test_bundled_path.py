"""The path that comes with the product is whole: its days add up, and no phase leaves its moderator without words."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import server.activities
from server.core.activity import AnyActivity
from server.core.path import Meeting, Pack, Phase
from server.paths.loading import BUNDLED, bundled, check_path, localized, places

PACK = bundled()
SENTENCE_END = re.compile(r"[.?!][\"”]?(?:\s|$)")


def minutes(meeting: Meeting) -> int:
    return sum(stop.minutes for stop in meeting.stops if stop.counted)


def at(meeting: Meeting, key: str) -> str:
    """The clock at which a stop begins; what happens between meetings takes no time of the day."""
    hours, start = meeting.starts.split(":")
    clock = int(hours) * 60 + int(start)
    for stop in meeting.stops:
        if stop.key == key:
            return f"{clock // 60:02}:{clock % 60:02}"
        clock += 0 if stop.between else stop.minutes
    raise AssertionError(key)


def test_the_bundled_path_has_no_mistake() -> None:
    assert check_path(BUNDLED) == []


@pytest.mark.parametrize(
    ("schedule", "net_minutes"),
    [("half_day", [210]), ("full_day", [360]), ("two_meetings", [180, 210, 90])],
)
def test_the_minutes_of_each_meeting_add_up(schedule: str, net_minutes: list[int]) -> None:
    assert [minutes(meeting) for meeting in PACK.schedules[schedule].meetings] == net_minutes


def test_the_half_day_keeps_the_hours_that_were_promised() -> None:
    (day,) = PACK.schedules["half_day"].meetings
    starts = {key: at(day, key) for key in ("interviews", "break", "partner_choice", "grow", "letter_of_intent")}
    assert starts == {
        "interviews": "09:10",
        "break": "10:25",
        "partner_choice": "11:30",
        "grow": "11:57",
        "letter_of_intent": "12:22",
    }


def test_the_full_day_keeps_the_hours_that_were_promised() -> None:
    (day,) = PACK.schedules["full_day"].meetings
    starts = {key: at(day, key) for key in ("lunch", "write_vignette", "afternoon_break", "agreement", "close")}
    assert starts == {
        "lunch": "11:35",
        "write_vignette": "12:35",
        "afternoon_break": "14:00",
        "agreement": "15:30",
        "close": "15:50",
    }


def test_an_hour_of_writing_and_reading_lies_between_the_two_meetings() -> None:
    first = PACK.schedules["two_meetings"].meetings[0]
    assert [(stop.phase, stop.minutes) for stop in first.stops if stop.between] == [
        ("write_vignette", 40),
        ("gallery", 20),
    ]


def test_what_happens_between_meetings_is_never_counted() -> None:
    for schedule in PACK.schedules.values():
        assert all(not stop.counted for _, stop in schedule.stops() if stop.between)


@pytest.mark.parametrize("name", PACK.phases)
def test_every_phase_gives_its_moderator_a_full_card(name: str) -> None:
    card = PACK.phases[name].card
    assert 1 <= sum(len(SENTENCE_END.findall(line)) for line in card.say) <= 3
    assert card.do
    assert len(card.watch) == 2
    assert card.if_late
    assert card.if_odd
    assert card.paper


@pytest.mark.parametrize("name", PACK.phases)
def test_no_phase_wins_more_minutes_than_it_has(name: str) -> None:
    phase = PACK.phases[name]
    assert phase.card.minutes_won <= max(variant.minutes for variant in phase.variants.values())


@pytest.mark.parametrize("name", PACK.phases)
def test_who_missed_a_phase_is_told_what_the_next_one_needs(name: str) -> None:
    phase = PACK.phases[name]
    assert phase.catch_up.strip()
    assert phase.minimum


def test_a_turn_for_each_member_fits_into_its_step_for_the_usual_group() -> None:
    usual = {"fours": 4, "pairs": 3, "partners": 3, "readers": 2, "trios": 3}
    for phase in PACK.phases.values():
        for step in (step for variant in phase.variants.values() for step in variant.steps if step.turns.each):
            assert step.turns.each
            assert step.turns.each.minutes * usual[step.groups] <= step.minutes, step.id


def test_the_settings_of_each_phase_are_known_to_its_activity() -> None:
    modules = (import_module(f"server.activities.{one.name}") for one in iter_modules(server.activities.__path__))
    activities: dict[str, AnyActivity] = {module.ACTIVITY.name: module.ACTIVITY for module in modules}
    unfit = [one for one in check_path(BUNDLED, activities) if ".config" in one]
    assert {"arrival", "interview", "talk"} <= set(activities)
    assert unfit == []


def test_every_phase_is_used_by_a_schedule() -> None:
    used = {stop.phase for schedule in PACK.schedules.values() for _, stop in schedule.stops()}
    assert used == set(PACK.phases)


def test_every_schedule_says_what_to_cut_and_what_never() -> None:
    for schedule in PACK.schedules.values():
        assert schedule.cut_first
        assert len(schedule.never_cut) == 3


def interview_turns(phase: Phase, variant: str) -> list[tuple[str, int, float]]:
    step = next(step for step in phase.variants[variant].steps if step.id == "interviews")
    return [(turn.kind, turn.speaker, turn.minutes) for turn in step.turns.two]


def test_in_a_pair_both_tell_for_as_long() -> None:
    for variant in PACK.phases["interviews"].variants:
        first, second = (
            [minutes for _, who, minutes in interview_turns(PACK.phases["interviews"], variant) if who == speaker]
            for speaker in (0, 1)
        )
        assert first == second
        assert len(first) == 2


def test_the_vignettes_to_practise_on_have_the_length_of_a_vignette() -> None:
    vignettes = PACK.library["vignettes"]
    assert isinstance(vignettes, list)
    words = {one["id"]: sum(len(paragraph.split()) for paragraph in one["paragraphs"]) for one in vignettes}
    assert set(words) == {"two_lists", "the_door_at_the_end", "open_day"}
    assert all(120 <= count <= 220 for count in words.values())


def test_the_vignettes_are_tagged_with_words_of_the_vocabularies() -> None:
    vignettes = PACK.library["vignettes"]
    assert isinstance(vignettes, list)
    for field in ("topics", "boundaries", "schooling"):
        known = {choice.id for choice in PACK.vocabularies[field]}
        assert all(set(one[field]) <= known for one in vignettes)


def test_there_are_eleven_indicators_in_four_dimensions() -> None:
    indicators = PACK.phases["dimensions"].config["indicators"]
    assert isinstance(indicators, list)
    assert len({one["id"] for one in indicators}) == 11
    assert len({one["dimension"] for one in indicators}) == 4


@pytest.mark.parametrize("language", ["nl", "de", "sl", "hu"])
def test_every_phase_has_a_name_in_every_language(language: str) -> None:
    translated = PACK.translations[language]
    wanted = [f"phases.{name}.{field}" for name in PACK.phases for field in ("title", "short")]
    assert [place for place in wanted if place not in translated] == []


def test_a_text_without_a_translation_stays_in_the_language_of_the_path() -> None:
    dutch = localized(PACK, "nl")
    assert dutch.phases["break"].title == "Pauze"
    assert dutch.phases["break"].card == PACK.phases["break"].card
    assert localized(PACK, "fi") is PACK


def test_a_translation_changes_texts_only() -> None:
    def bare(pack: Pack) -> list[tuple[str, str, int]]:
        return [
            (name, step.id, step.minutes)
            for name, phase in pack.phases.items()
            for variant in phase.variants.values()
            for step in variant.steps
        ]

    assert bare(localized(PACK, "de")) == bare(PACK)


def test_places_name_each_text_once() -> None:
    names = [name for name, _ in places(PACK)]
    assert len(set(names)) == len(names)
    assert {"title", "agreement[0]", "phases.grow.card.say[0]", "vocabularies.topics.inclusion.label"} <= set(names)


def test_settings_are_not_offered_for_translation() -> None:
    spoken = dict(places(PACK))
    assert not [name for name in spoken if name.endswith((".activity", ".groups", ".kind", ".dimension"))]
    assert "library.vignettes.two_lists.topics[0]" not in spoken


def test_the_path_names_no_machine_and_no_address() -> None:
    for file in BUNDLED.parent.glob("*.yaml"):
        assert not re.search(r"https?://|@", Path(file).read_text(encoding="utf-8"))
