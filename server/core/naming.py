"""Finds registered names in a text, and gives what was found a mark that can be confirmed without saying it again."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

LONGEST_NAME_WORDS = 8
SHORTEST_PART = 3
"""Letters of a part of a name that is looked for by itself; shorter ones are mostly initials and particles."""
LONGEST_ENDING = 3
"""Letters that a case ending may add: Novak, Novaka, Novakova; Kovács, Kováccsal."""
SHORTEST_STEM = 4

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_GENERIC = """
school primary secondary high college academy nursery infant junior saint the of and for in
basisschool de het van en voor lyceum
schule grundschule hauptschule realschule gymnasium gesamtschule mittelschule am an der die das und im
osnovna šola srednja gimnazija vrtec pri ob zavod center
iskola általános gimnázium óvoda és technikum
"""
GENERIC = frozenset(_GENERIC.split())
"""Words in the names of very many schools: alone they name none."""


class Found(NamedTuple):
    """Where in a text a name stands."""

    start: int
    end: int


def mark(words: str) -> str:
    """The same for every way to write the same words; the browser knows which words of its text have it."""
    folded = " ".join(unicodedata.normalize("NFC", words).casefold().split())
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


class Names:
    """The registered names of people and schools, whole and in parts."""

    def __init__(self, names: Iterable[str]) -> None:
        self._whole: set[tuple[str, ...]] = set()
        self._parts: set[str] = set()
        for name in names:
            words = tuple(word.group().casefold() for word in WORD.finditer(unicodedata.normalize("NFC", name)))
            if words and not GENERIC.issuperset(words):
                self._whole.add(words)
                self._parts |= {word for word in words if len(word) >= SHORTEST_PART and word not in GENERIC}

    def __repr__(self) -> str:
        return f"<Names {len(self._whole)}>"

    def found(self, text: str) -> Iterator[Found]:
        """Whole names however they are written; a part of one where it is written as a name, with a capital."""
        words = list(WORD.finditer(text))
        folded = [unicodedata.normalize("NFC", word.group()).casefold() for word in words]
        at = 0
        while at < len(words):
            length = self._whole_at(folded, at) or int(self._part_at(words[at].group(), folded[at]))
            if length:
                yield Found(words[at].start(), words[at + length - 1].end())
            at += length or 1

    def _whole_at(self, folded: list[str], at: int) -> int:
        longest = min(LONGEST_NAME_WORDS, len(folded) - at)
        for length in range(longest, 1, -1):
            if tuple(folded[at : at + length]) in self._whole:
                return length
        return 0

    def _part_at(self, word: str, folded: str) -> bool:
        if not word[0].isupper():
            return False
        stems = (folded[: len(folded) - ending] for ending in range(LONGEST_ENDING + 1))
        return any(stem in self._parts and (stem == folded or len(stem) >= SHORTEST_STEM) for stem in stems)


def marks_of_names(fields: Mapping[str, str], names: Names) -> tuple[str, ...]:
    """The marks of every registered name in these fields, each once."""
    found = {mark(text[one.start : one.end]) for text in fields.values() for one in names.found(text)}
    return tuple(sorted(found))
