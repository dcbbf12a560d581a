"""Looks at a vignette as a careful friend would: advice, and the few things to confirm or change before it goes out."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal

import msgspec

from server.activities.vignette_writing.config import Limits
from server.activities.vignette_writing.pages import VIGNETTE_FIELDS
from server.core.naming import WORD, Names, mark

HintKind = Literal[
    "name",
    "date",
    "postcode",
    "email",
    "phone",
    "too_short",
    "too_long",
    "past_tense",
    "judging_word",
    "pulls_alike",
    "no_question_mark",
    "capitals",
]

ALIKE = 0.8
"""Two pulls that share more than this part of their letters in order (Ratcliff and Metzener, 1988) say one thing."""
PAST_SHARE = 0.04
"""More than every twenty-fifth word a word of the past: the scene is told, not shown. To be tuned in pilots."""
LONG_WORD = 5
"""Letters; shorter capitalised words are mostly I, Mr, or the start of a quotation."""
BODY_FIELDS = ("situation", "stuck", "pull_a", "pull_b", "question")

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w.])(?:\+|00)?\(?\d(?:[\s()/.-]{0,2}\d){7,14}(?!\w)")
DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d{2})?(?!\d)|\d{4}-\d{2}-\d{2}(?!\d))"
    r"|(?<!\d)\d{1,2}\.?\s(?:[^\W\d_]+\s)?(?:19|20)\d{2}(?!\d)"
    r"|(?<!\d)(?:19|20)\d{2}\.\s[^\W\d_]+\s\d{1,2}(?!\d)"
)
POSTCODE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"  # United Kingdom
    r"|\b\d{4}\s?[A-Z]{2}\b"  # Netherlands
    r"|\b(?:SI|D|H|A)[-–]\d{4,5}\b"
    r"|(?<!\d)(?!(?:19|20)\d{2}\s)\d{4,5}\s(?=[A-ZČŠŽÄÖÜÁÉÍÓÚŐŰ][^\W\d_]{2})"  # 1000 Ljubljana, 72074 Tübingen
)
PATTERNS: tuple[tuple[HintKind, re.Pattern[str]], ...] = (
    ("email", EMAIL),
    ("date", DATE),
    ("phone", PHONE),
    ("postcode", POSTCODE),
)
NO_NAMES = Names(())


class Words(msgspec.Struct, frozen=True):
    """What a language pack knows of one language."""

    judging: tuple[str, ...] = ()
    past: tuple[str, ...] = ()


NO_WORDS = Words()
LIMITS = Limits()


class Hint(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something to look at again. With a `mark` it must be confirmed or changed; without, it is advice.

    `start` and `end` count characters of the field; both are 0 for what concerns the field as a whole.
    """

    kind: HintKind
    field: str
    start: int = 0
    end: int = 0
    mark: str = ""


def hints(
    fields: Mapping[str, str], language: str, names: Names = NO_NAMES, words: Words = NO_WORDS, limits: Limits = LIMITS
) -> tuple[Hint, ...]:
    """Everything that this vignette could be asked about, in the order of its fields."""
    found = [*_to_confirm(fields, names), *_lengths(fields, limits), *_pulls(fields), *_past(fields, words)]
    for field in VIGNETTE_FIELDS:
        found += _judging(field, fields.get(field, ""), words)
        if language != "de":
            # German nouns are capitalised: there, the hint would point at every other word.
            found += _capitals(field, fields.get(field, ""))
    order = {field: at for at, field in enumerate(VIGNETTE_FIELDS)}
    return tuple(sorted(found, key=lambda hint: (order.get(hint.field, -1), hint.start, hint.kind)))


def marks_to_confirm(fields: Mapping[str, str]) -> frozenset[str]:
    """The marks of what looks like a date, an address or a number to reach somebody by."""
    return frozenset(hint.mark for hint in _to_confirm(fields, NO_NAMES))


def word_count(text: str) -> int:
    return len(WORD.findall(text))


def _to_confirm(fields: Mapping[str, str], names: Names) -> Iterator[Hint]:
    for field in VIGNETTE_FIELDS:
        text = fields.get(field, "")
        for one in names.found(text):
            yield Hint("name", field, one.start, one.end, mark(text[one.start : one.end]))
        taken: list[tuple[int, int]] = []
        for kind, pattern in PATTERNS:
            for match in pattern.finditer(text):
                start, end = match.start(), match.start() + len(match.group().rstrip())
                if all(end <= begun or start >= done for begun, done in taken):
                    taken.append((start, end))
                    yield Hint(kind, field, start, end, mark(text[start:end]))


def _lengths(fields: Mapping[str, str], limits: Limits) -> Iterator[Hint]:
    whole = " ".join(fields.get(field, "") for field in BODY_FIELDS)
    for field, text, least, most in (
        ("", whole, limits.words_min, limits.words_max),
        ("situation", fields.get("situation", ""), limits.situation_words_min, limits.situation_words_max),
        ("stuck", fields.get("stuck", ""), limits.stuck_words_min, limits.stuck_words_max),
    ):
        count = word_count(text)
        if 0 < count < least:
            yield Hint("too_short", field)
        elif count > most:
            yield Hint("too_long", field)


def _pulls(fields: Mapping[str, str]) -> Iterator[Hint]:
    pulls = [_folded(fields.get(field, "")) for field in ("pull_a", "pull_b")]
    if all(pulls) and SequenceMatcher(None, pulls[0], pulls[1], autojunk=False).ratio() > ALIKE:
        yield Hint("pulls_alike", "pull_b")
    question = fields.get("question", "").strip()
    if question and not question.endswith("?"):
        yield Hint("no_question_mark", "question")


def _past(fields: Mapping[str, str], words: Words) -> Iterator[Hint]:
    text = fields.get("situation", "")
    said = [word.group().casefold() for word in WORD.finditer(text)]
    past = sum(word in words.past for word in said)
    if past > 1 and past > PAST_SHARE * len(said):
        yield Hint("past_tense", "situation")


def _judging(field: str, text: str, words: Words) -> Iterator[Hint]:
    judging = {word.casefold() for word in words.judging}
    for word in WORD.finditer(text):
        if word.group().casefold() in judging:
            yield Hint("judging_word", field, word.start(), word.end())


def _capitals(field: str, text: str) -> Iterator[Hint]:
    """Long words with a capital inside a sentence: often a name of somebody who is not in the room."""
    for word in WORD.finditer(text):
        before = text[: word.start()].rstrip(" \t\"'“”„‘’«»(–-")
        inside = bool(before) and before[-1] not in ".!?:…\n"
        if inside and len(word.group()) >= LONG_WORD and word.group()[0].isupper():
            yield Hint("capitals", field, word.start(), word.end())


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def words_of(language: str, judging: Mapping[str, Sequence[str]], past: Mapping[str, Iterable[str]]) -> Words:
    return Words(tuple(judging.get(language, ())), tuple(past.get(language, ())))
