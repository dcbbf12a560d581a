"""Rules of documents as bytes: merging, differences and texts, without a live document."""

import random
import subprocess
import sys
from typing import Any

import pytest
from pycrdt import Doc, Map, Text

from server.store.document_state import (
    EMPTY,
    NOTHING_SEEN,
    BadUpdate,
    check,
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


@pytest.mark.parametrize(
    "forged",
    [
        "0100010100040109736974750474696fc104656e612000",
        "010301000402010609736974756174696f6e0165810162028401020520647661200101010102",
        "01010301020004040109736974756174696f6e04036e612000",
    ],
)
def test_a_forged_update_breaks_neither_the_page_nor_the_node(forged: str) -> None:
    first = "01030100040109736974756174696f6e0165810100028401020520647661200101010102"
    page, update, honest = bytes.fromhex(first), bytes.fromhex(forged), Writer("other").types("še")
    for state in (fold(page, [update, honest]), fold(fold(page, [update]), [honest])):
        assert text_fields(state)["situation"].startswith("e")
        assert text_fields(state)["other"] == "še"
        assert diff(state, NOTHING_SEEN)


def test_an_update_that_no_document_can_take_is_refused_at_the_door() -> None:
    with pytest.raises(BadUpdate):
        check(bytes.fromhex("01010301020004040109736974756174696f6e04036e612000"))


@pytest.mark.parametrize("seed", range(3))
def test_what_passes_the_door_spoils_no_honest_update_it_is_merged_with(seed: int) -> None:
    """Bytes are changed at random; whatever still passes must merge and fold with what others write."""
    dice, writer = random.Random(seed), Writer()
    honest = merge([writer.types("hello "), writer.types("world"), Writer("~comments").types("čš")])
    passed = 0
    for _ in range(4_000):
        forged = bytearray(honest)
        for _ in range(dice.randrange(1, 4)):
            forged[dice.randrange(len(forged))] = dice.randrange(256)
        try:
            update = check(bytes(forged))
        except BadUpdate:
            continue
        passed += 1
        other = Writer("other").types("še")
        assert text_fields(merge([update, other]))["other"] == "še"
        assert text_fields(fold(EMPTY, [update, other]))["other"] == "še"
    assert passed > 100


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


def test_remarks_beside_the_text_are_kept_and_are_no_part_of_what_the_page_says() -> None:
    doc: Doc[Any] = Doc()
    doc.get("situation", type=Text).insert(0, "The bell rings.")
    doc.get("~comments", type=Map)["c1"] = "What bell?"
    state = fold(EMPTY, [doc.get_update()])
    assert text_fields(state) == {"situation": "The bell rings."}
    again: Doc[Any] = Doc()
    again.apply_update(state)
    assert again.get("~comments", type=Map).to_py() == {"c1": "What bell?"}


LOADED_LATE = """
import asyncio, sys
from server.store.document_state import EMPTY, fold, text_fields, warm_up
async def main():
    warm_up()
    before = set(sys.modules)
    text_fields(fold(EMPTY, [EMPTY]))
    print(set(sys.modules) - before)
asyncio.run(main())
"""


def test_the_first_page_that_is_folded_waits_for_nothing_to_be_loaded() -> None:
    assert subprocess.check_output([sys.executable, "-c", LOADED_LATE], text=True).strip() == "set()"
