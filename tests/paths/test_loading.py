"""A file is read without surprises and ends as a path or as a list of problems, never in anything else."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from server.core.activity import AnyActivity
from server.paths import reading
from server.paths.loading import (
    BUNDLED,
    MAX_PROBLEMS,
    PackError,
    bundled,
    check_path,
    load_pack,
    localized,
    original_of,
    parse_pack,
)
from server.paths.problems import Problem
from tests.support.example_path import EXAMPLE


def found(text: str) -> tuple[Problem, ...]:
    """The problems of this text, or none if it is a path. Anything else than these two fails the test."""
    try:
        parse_pack(text, "my.yaml")
    except PackError as error:
        return error.problems
    return ()


def test_the_example_of_the_documentation_is_a_path() -> None:
    pack = parse_pack(EXAMPLE, "my.yaml")
    assert [stop.phase for _, stop in pack.schedules["one_hour"].stops()] == ["welcome", "question"]


def test_the_bundled_path_reads_the_same_without_the_fast_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "Loader", yaml.SafeLoader)
    assert load_pack(BUNDLED) == bundled()


def test_a_file_full_of_mistakes_is_answered_with_no_more_than_anybody_reads() -> None:
    text = EXAMPLE + "".join(f"    phases.welcome.titel{number}: x\n" for number in range(5_000))
    assert len(found(text)) == MAX_PROBLEMS
    assert all("\n" not in str(problem) for problem in found('"' + "a\\n" * 50 + '"'))


class Wheel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    segments: tuple[str, ...] = ()
    highest: int = 10


WHEEL = {"wheel": cast("AnyActivity", SimpleNamespace(config=Wheel))}


def test_an_activity_that_nobody_knows_is_a_mistake() -> None:
    with pytest.raises(PackError) as raised:
        parse_pack(EXAMPLE, "my.yaml", WHEEL)
    assert [problem.allowed for problem in raised.value.problems] == ["one of wheel", "one of wheel"]


def test_settings_that_the_activity_does_not_know_are_mistakes_with_a_line() -> None:
    text = EXAMPLE.replace("activity: talk", "activity: wheel")
    text = text.replace(
        "    title: Welcome\n", "    title: Welcome\n    config:\n      segments: [Trust, 7]\n      hights: 3\n"
    )
    with pytest.raises(PackError) as raised:
        parse_pack(text, "my.yaml", WHEEL)
    line = text.split("segments", 1)[0].count("\n") + 1
    assert [(one.line, one.place, one.found, one.allowed) for one in raised.value.problems] == [
        (line, "phases.welcome.config.segments[1]", "7", "text"),
        (line + 1, "phases.welcome.config.hights", "an unknown field", "one of segments, highest"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n- b\n",
        "just words",
        "[" * 50_000,
        "{a: " * 200,
        "a: &a [x]\nb: *a\n",
        "? [a]\n: b\n",
        "--- {}\n--- {}\n",
        "a: \x00",
        "a: \ud800",
        "\t- x",
        "a: 'open",
        "x" * 1_100_000,
        "pack: 1\nphases: 3\nschedules: []\n",
        "pack: 99999999999999999999999999\n",
        "translations: []\n",
    ],
)
def test_whatever_a_file_holds_the_answer_is_a_problem_with_a_line(text: str) -> None:
    assert found(text)
    assert all(problem.file == "my.yaml" and problem.line >= 1 for problem in found(text))


def test_words_that_other_yaml_takes_for_something_else_stay_words() -> None:
    text = EXAMPLE.replace("title: One question", "title: no").replace('starts: "09:00"', "starts: 09:00")
    pack = parse_pack(text.replace("label: Inclusion", "label: 2026-03-01"), "my.yaml")
    assert pack.phases["question"].title == "no"
    assert pack.schedules["one_hour"].meetings[0].starts == "09:00"
    assert pack.vocabularies["topics"][0].label == "2026-03-01"


def test_a_file_that_is_not_there_or_is_no_text_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "bytes.yaml").write_bytes(b"title: caf\xe9\n")
    assert check_path(tmp_path / "none.yaml") == [
        "none.yaml:1: found No such file or directory, allowed: a file that can be read"
    ]
    assert check_path(tmp_path / "bytes.yaml") == ["bytes.yaml:1: found bytes that are no text, allowed: text in UTF-8"]


def test_translations_may_lie_beside_the_file(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_text(EXAMPLE, encoding="utf-8")
    (tmp_path / "my.de.yaml").write_text("title: Eine gemeinsame Stunde\n", encoding="utf-8")
    pack = load_pack(file)
    assert localized(pack, "de").title == "Eine gemeinsame Stunde"
    assert localized(pack, "de").phases == pack.phases
    assert localized(pack, "nl").phases["welcome"].title == "Welkom"


def test_a_translation_is_checked_with_the_path_that_it_belongs_to(tmp_path: Path) -> None:
    path, german, lonely, version = (tmp_path / name for name in ("my.yaml", "my.de.yaml", "no.de.yaml", "my.v2.yaml"))
    for file in (path, german, lonely, version):
        file.write_text("")
    assert original_of(german) == original_of(path) == path
    assert (original_of(lonely), original_of(version)) == (lonely, version)


def test_a_mistake_in_a_translation_names_the_file_of_the_translation(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_text(EXAMPLE, encoding="utf-8")
    (tmp_path / "my.de.yaml").write_text("title: Eine Stunde\nabout: 7\n", encoding="utf-8")
    assert check_path(file) == ["my.de.yaml:2: translations.de.about: found 7, allowed: text"]


def test_a_translated_step_is_translated_in_every_variant_unless_one_has_words_of_its_own() -> None:
    second = EXAMPLE.replace("  question:\n", "  question:\n", 1)
    general = second + "    phases.question.variants.standard.steps.talk.title: Alleen hier\n"
    assert localized(parse_pack(second, "my.yaml"), "nl").phases["question"].variants["standard"].steps[0].title == (
        "Vertellen en vragen"
    )
    assert localized(parse_pack(general, "my.yaml"), "nl").phases["question"].variants["standard"].steps[0].title == (
        "Alleen hier"
    )


def leaves(value: object, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        return [place]
    return [leaf for key, one in inner for leaf in leaves(one, (*place, key))]


PLAIN = yaml.safe_load(EXAMPLE)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60) | st.lists(st.text(), max_size=2)
)


def with_leaf(value: object, place: tuple[str | int, ...], new: object) -> object:
    if not place:
        return new
    if isinstance(value, dict):
        return {key: with_leaf(one, place[1:], new) if key == place[0] else one for key, one in value.items()}
    assert isinstance(value, list)
    return [with_leaf(one, place[1:], new) if number == place[0] else one for number, one in enumerate(value)]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(leaves(PLAIN)), SCALARS), min_size=1, max_size=4))
def test_a_path_with_anything_anywhere_is_a_path_or_a_list_of_problems(
    changes: list[tuple[tuple[str | int, ...], object]],
) -> None:
    value: object = PLAIN
    for place, new in changes:
        if place in leaves(value):
            value = with_leaf(value, place, new)
    assert all(problem.line >= 1 and problem.allowed for problem in found(yaml.safe_dump(value, allow_unicode=True)))


@settings(deadline=None)
@given(st.integers(0, len(EXAMPLE)), st.integers(0, 30), st.text(max_size=8))
def test_a_damaged_file_is_a_path_or_a_list_of_problems(start: int, length: int, new: str) -> None:
    text = EXAMPLE[:start] + new + EXAMPLE[start + length :]
    assert all(problem.file == "my.yaml" for problem in found(text))
