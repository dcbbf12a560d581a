"""Whoever writes a path of their own is told where each mistake stands, what it is, and what would be right."""

import pytest

from server.paths.loading import PackError, parse_pack
from server.paths.problems import Problem
from tests.support.example_path import EXAMPLE


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(PackError) as raised:
        parse_pack(text, "my.yaml")
    return raised.value.problems


def changed(old: str, new: str) -> tuple[str, int]:
    """The example with one change, and the line on which it was made."""
    assert EXAMPLE.count(old) >= 1, old
    before = EXAMPLE.split(old, 1)[0]
    return EXAMPLE.replace(old, new, 1), before.count("\n") + 1


WELCOME = "phases.welcome"
QUESTION = "phases.question"
STEP = f"{QUESTION}.variants.standard.steps[0]"
STOP = "schedules.one_hour.meetings[0].stops[1]"
MINUTES = "minutes: 10\n        steps"
SECOND_TURN = "minutes: 25, speaker: 1"
SECOND_STOP = "phase: question, minutes: 50"
NAME = "a short name of at most 40 small letters, digits, - and _, beginning with a letter"
PHASE_FIELDS = "one of activity, title, short, aim, card, variants, groups, config, catch_up, minimum"
FORMS = "one of alone, answers, count, fives, fours, merged, pairs, partnerships, plenary, same, trios"
WHOLE = "a whole number from 0 to 600"
LONG_TITLE = "text of 1 to 108 characters"

MISTAKES = [
    (MINUTES, "minutes: ten\n        steps", f"{WELCOME}.variants.standard.minutes", '"ten"', WHOLE),
    (MINUTES, "minutes: 12\n        steps", f"{WELCOME}.variants.standard.minutes", "12", "10, the sum of its steps"),
    (MINUTES, "minutes: true\n        steps", f"{WELCOME}.variants.standard.minutes", "true", WHOLE),
    ("pack: 1", "pack: 2", "pack", "2", "one of 1"),
    ("language: en", "language: eng", "language", '"eng"', "a language of two letters, such as en"),
    ("id: an-hour-together", "id: An Hour", "id", '"An Hour"', NAME),
    ("activity: talk", "aktivity: talk", "phases.welcome.aktivity", "an unknown field", PHASE_FIELDS),
    ("short: Welcome", f"short: {'W' * 55}", "phases.welcome.short", f'"{"W" * 55}"', "text of 1 to 54 characters"),
    (
        'say: ["Good morning.",',
        "say: [One., Two., Three.,",
        "phases.welcome.card.say",
        "a list of 4",
        "a list of at most 3",
    ),
    ("if_late: Leave", "if_late: [Leave", "", "a line that cannot be read (did not find expected ',' or ']')", "YAML"),
    ("id: an-hour-together", "\tid: an-hour-together", "", "a tab where only spaces may stand", "YAML"),
    ("id: an-hour-together", "id: @an-hour-together", "", "character that cannot start any token", "YAML"),
    ("groups: pairs", "groups: fours", f"{STEP}.groups", '"fours"', "one of room, alone, pairs"),
    ("form: pairs", "form: duos", f"{QUESTION}.groups.pairs.form", '"duos"', FORMS),
    ("form: pairs", "form: merged, of: pairs", f"{QUESTION}.groups.pairs.of", '"pairs"', "nothing"),
    ("form: pairs", "form: same, phase: welcome", f"{QUESTION}.groups.pairs.phase", '"welcome"', "nothing"),
    ("form: pairs", "form: same", f"{QUESTION}.groups.pairs.phase", "nothing", "nothing"),
    (SECOND_TURN, "minutes: 25, speaker: 2", f"{STEP}.turns.two[1].speaker", "2", "a whole number from 0 to 1"),
    (SECOND_TURN, "minutes: 61, speaker: 1", f"{STEP}.turns.two[1].minutes", "61", "a number above 0, at most 60"),
    (
        "{ kind: tell, minutes: 25, speaker: 1 }",
        "{ kind: tell, minutes: 26.5, speaker: 1 }",
        f"{STEP}.turns.two",
        "51.5 minutes",
        "at most 50, those of the step",
    ),
    ("phase: question", "phase: questions", f"{STOP}.phase", '"questions"', "one of welcome, question"),
    (SECOND_STOP, "phase: question, variant: short, minutes: 50", f"{STOP}.variant", '"short"', "one of standard"),
    (SECOND_STOP, "phase: question, minutes: 45", f"{STOP}.minutes", "45", "50, those of the variant standard"),
    (
        SECOND_STOP,
        "phase: welcome, minutes: 10",
        f"{STOP}.id",
        '"welcome"',
        "an id of its own for a phase that comes twice",
    ),
    ('starts: "09:00"', "starts: 9", "schedules.one_hour.meetings[0].starts", "9", "a time such as 09:00"),
    (
        "id: transition",
        "id: inclusion",
        "vocabularies.topics[1].id",
        '"inclusion"',
        "a name that does not stand in this list yet",
    ),
    (
        "phases.welcome.title: Welkom",
        "phases.welcome.titel: Welkom",
        'translations.nl["phases.welcome.titel"]',
        "a place without text",
        "the place of a text, such as phases.welcome.title",
    ),
    (
        "phases.welcome.title: Welkom",
        f"phases.welcome.title: {'W' * 120}",
        'translations.nl["phases.welcome.title"]',
        f'"{"W" * 60}…"',
        LONG_TITLE,
    ),
    ("  nl:", "  dut:", "translations.dut", "the language dut", "another language than en, of two letters"),
    ("  nl:", "  en:", "translations.en", "the language en", "another language than en, of two letters"),
    (
        "title: One question",
        "title: One question\n    title: Two",
        "phases.question.title",
        "the same name again",
        "each name once",
    ),
    ("title: One question", "title: &a One question", "", "the anchor a", "the text itself, written out"),
    (
        "title: One question",
        "title: !!python/name:os.system One",
        "",
        "the tag tag:yaml.org,2002:python/name:os.system",
        "plain values",
    ),
    ("title: One question", "title: 2026", "phases.question.title", "2026", LONG_TITLE),
    ("title: One question", "title:", "phases.question.title", "nothing", LONG_TITLE),
    ("quiet: true", "cut: 12", f"{STEP}.cut", "12", "a whole number from 0 to 9"),
    (
        "quiet: true",
        "cut: 1\n            never_cut: true",
        f"{STEP}.cut",
        "1",
        "0 in a step that is never cut",
    ),
    ("form: pairs", "form: count, count: 0", "phases.question.groups.pairs.count", "0", "a whole number from 1 to 200"),
]


@pytest.mark.parametrize(("old", "new", "place", "found", "allowed"), MISTAKES)
def test_a_mistake_names_its_file_its_place_what_was_found_and_what_is_allowed(
    old: str, new: str, place: str, found: str, allowed: str
) -> None:
    text, line = changed(old, new)
    (problem,) = [one for one in problems(text) if one.place == place]
    assert (problem.file, problem.found, problem.allowed) == ("my.yaml", found, allowed)
    assert -2 <= problem.line - line <= 1


def test_a_problem_reads_as_one_line() -> None:
    text, line = changed(MINUTES, "minutes: ten\n        steps")
    with pytest.raises(PackError) as raised:
        parse_pack(text, "my.yaml")
    place = f"{WELCOME}.variants.standard.minutes"
    assert str(raised.value) == f'my.yaml:{line}: {place}: found "ten", allowed: a whole number from 0 to 600'


def test_a_missing_field_is_named() -> None:
    text, _ = changed("    aim: Everybody has spoken once.\n", "")
    (problem,) = problems(text)
    assert (problem.place, problem.found, problem.allowed) == (
        "phases.welcome.aim",
        "nothing",
        "text of 1 to 900 characters",
    )


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    text = EXAMPLE.replace(MINUTES, "minutes: ten\n        steps")
    text = text.replace("language: en", "language: eng").replace("groups: pairs", "groups: fours")
    assert [problem.place for problem in problems(text)] == [
        "language",
        f"{WELCOME}.variants.standard.minutes",
        f"{STEP}.groups",
    ]


def test_groups_are_repeated_only_from_a_phase_that_came_before() -> None:
    text = EXAMPLE.replace(
        "    variants:\n", "    groups:\n      again: { form: same, phase: question }\n    variants:\n", 1
    )
    text = text.replace("            minutes: 10\n", "            minutes: 10\n            groups: again\n", 1)
    (problem,) = problems(text)
    assert problem.place == "phases.welcome.groups.again.phase"
    assert problem.allowed == "a phase that comes before it in schedules.one_hour"


def test_turns_need_people_at_a_table() -> None:
    text, _ = changed("            groups: pairs\n", "")
    assert [problem.place for problem in problems(text)] == [f"{STEP}.turns"]
