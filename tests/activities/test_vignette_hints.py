"""Hints: what a careful friend would ask about a vignette, in five languages."""

import pytest

from server.activities.vignette_writing.example import VIGNETTE
from server.activities.vignette_writing.hints import NO_WORDS, Hint, Words, hints, marks_to_confirm, word_count
from server.core.naming import Names, mark
from server.paths.loading import bundled

CONFIG = bundled().phases["write_vignette"].config


def kinds(text: str, language: str = "en", names: tuple[str, ...] = (), words: Words = NO_WORDS) -> set[str]:
    found = hints({**VIGNETTE, "stuck": f"{VIGNETTE['stuck']} {text}"}, language, Names(names), words)
    return {hint.kind for hint in found}


def test_a_vignette_as_it_should_be_is_asked_about_nothing() -> None:
    assert hints(VIGNETTE, "en", Names(["Ana Novak", "Hill Primary School"])) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("on 12.3.2024 again", "date"),
        ("on 3 March 2024 again", "date"),
        ("am 3. März 2024 wieder", "date"),
        ("2024-03-12", "date"),
        ("2024. március 12", "date"),
        ("in LS6 3QN", "postcode"),
        ("te 5611 AB", "postcode"),
        ("v SI-1000", "postcode"),
        ("in 1000 Ljubljana", "postcode"),
        ("in 72074 Tübingen", "postcode"),
        ("ask head@hill.example about it", "email"),
        ("ring +386 41 123 456 now", "phone"),
        ("ring 0113 496 0000 now", "phone"),
    ],
)
def test_what_leads_to_a_person_or_a_place_must_be_confirmed(text: str, kind: str) -> None:
    found = [hint for hint in hints({**VIGNETTE, "stuck": f"We wait, {text}"}, "sl") if hint.kind == kind and hint.mark]
    assert len(found) == 1
    assert marks_to_confirm({"stuck": f"We wait, {text}"}) == {found[0].mark}


@pytest.mark.parametrize("text", ["26 children, 11 parents and 3 rooms", "at half past 7", "in 2024", "120 of 1500"])
def test_plain_numbers_are_not_asked_about(text: str) -> None:
    assert not marks_to_confirm({"stuck": text})


def test_a_hint_says_where_it_is() -> None:
    found = hints({**VIGNETTE, "title": "For Ana"}, "en", Names(["Ana Novak"]))
    assert found == (Hint("name", "title", 4, 7, mark("ana")),)


def test_capitals_are_asked_about_outside_german_only() -> None:
    assert "capitals" in kinds("and then Kowalski comes in")
    assert "capitals" not in kinds("und dann kommt der Hausmeister", "de")
    assert "capitals" not in kinds("and waits. Everybody knows it.")


def test_advice_on_the_form_of_a_dilemma() -> None:
    alike = {**VIGNETTE, "pull_b": "I want to protect a colleague who is wearing out."}
    assert "pulls_alike" in {hint.kind for hint in hints(alike, "en")}
    assert "no_question_mark" in {hint.kind for hint in hints({**VIGNETTE, "question": "What now."}, "en")}
    assert {hint.field for hint in hints({**VIGNETTE, "situation": "Too short."}, "en")} == {"", "situation"}


@pytest.mark.parametrize("language", ["en", "nl", "de", "sl", "hu"])
def test_every_language_has_its_judging_words_and_its_past(language: str) -> None:
    judging: dict[str, list[str]] = CONFIG["judging_words"]  # type: ignore[assignment]
    past: dict[str, list[str]] = CONFIG["past_tense_hints"]  # type: ignore[assignment]
    words = Words(tuple(judging[language]), tuple(past[language]))
    assert "judging_word" in kinds(judging[language][0], language, words=words)
    told = {**VIGNETTE, "situation": " ".join([*past[language][:8]] * 10)}
    assert "past_tense" in {hint.kind for hint in hints(told, language, words=words)}


def test_words_are_counted_as_people_count_them() -> None:
    assert word_count("It's half-past seven – a head's day.") == 7


# -- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Ana Novak", "then ana novak says", ["ana novak"]),
        ("Ana Novak", "then Novak says", ["Novak"]),
        ("Ana Novak", "z gospo Novakovo", ["Novakovo"]),
        ("Kovács Éva", "Kováccsal beszélek, Kovácsnak írok", ["Kovácsnak"]),
        ("Rose Mark", "a rose and a mark", []),
        ("Osnovna šola Prule", "na šoli pri mostu, osnovna šola", []),
        ("Osnovna šola Prule", "na osnovna šola prule", ["osnovna šola prule"]),
        ("Primary School", "every primary school does", []),
        ("Jo Li", "Jo and Li and Jolene", []),
    ],
)
def test_names_are_found_whole_in_parts_and_with_their_endings(name: str, text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in Names([name]).found(text)] == found


def test_a_mark_is_the_same_however_a_name_is_written() -> None:
    assert mark("Ana  NOVAK") == mark("ana novak")
    assert mark("Žiga") == mark("Z\u030ciga")
    assert mark("Ana") != mark("Anna")
