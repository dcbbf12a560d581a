"""Rules of documents as bytes: merging, differences and texts, without a live document."""

import pytest
from pycrdt import Doc, Map, Text

from server.store.document_state import (
    EMPTY,
    NOTHING_SEEN,
    BadUpdate,
    diff,
    fold,
    merge,
    seed_update,
    state_vector,
    text_fields,
    word_count,
)
from tests.store.test_documents import Writer


def test_a_device_gets_what_it_lacks_and_no_more() -> None:
    writer = Writer()
    first, second = writer.types("a" * 200), writer.types("b")
    whole = fold(EMPTY, [first, second])
    assert len(diff(whole, state_vector(first))) < 40
    assert text_fields(fold(first, [diff(whole, state_vector(first))])) == {"situation": "a" * 200 + "b"}
    assert diff(whole, state_vector(whole)) == EMPTY
    assert text_fields(diff(whole, NOTHING_SEEN)) == text_fields(whole)


def test_merged_updates_travel_as_one_and_mean_the_same() -> None:
    writer = Writer()
    updates = [writer.types(word) for word in ("ž", "o", "ga")]
    assert merge(updates[:1]) is updates[0]
    assert text_fields(merge(updates)) == {"situation": "žoga"}


@pytest.mark.parametrize("seen", [b"", b"\xff\xff", "text", None, 3])
def test_what_is_no_state_vector_is_refused(seen: object) -> None:
    with pytest.raises(BadUpdate):
        diff(EMPTY, seen)


def test_a_template_is_the_same_bytes_everywhere_and_another_one_is_not() -> None:
    assert seed_update({"b": "2", "a": "1"}) == seed_update({"a": "1", "b": "2"})
    both = fold(EMPTY, [seed_update({"a": "1"}), seed_update({"a": "2"})])
    assert sorted(text_fields(both)["a"]) == ["1", "2"]


def test_a_field_that_is_no_text_is_not_shown() -> None:
    doc: Doc[Map] = Doc()  # type: ignore[type-arg]
    doc["x"] = Map({"a": 1})
    assert text_fields(doc.get_update()) == {}


def test_an_emptied_field_is_missing() -> None:
    writer = Writer()
    updates = [writer.types("word")]
    del writer.text[:]
    assert text_fields(fold(updates[0], [writer._updates[-1]])) == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("  ", 0), ("Well-being", 1), ("l’école d'été", 2), ("Šola – to smo mi!", 4), ("a\nb", 2)],
)
def test_words_are_counted_as_people_count_them(text: str, words: int) -> None:
    assert word_count(text) == words


def test_pycrdt_counts_text_in_letters() -> None:
    doc: Doc[Text] = Doc()
    doc.get("t", type=Text).insert(0, "č😀")
    assert text_fields(doc.get_update()) == {"t": "č😀"}
