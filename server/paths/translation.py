"""The texts of a path by their place, so that each can be said in another language; what is missing stays as it is."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from server.core.path import Pack
from server.paths.problems import Place

NOT_TEXT = frozenset(
    (
        "id",
        "pack",
        "language",
        "activity",
        "groups",
        "form",
        "of",
        "phase",
        "kind",
        "variant",
        "starts",
        "dimension",
        "lock",
        "strength_tags",
        "boundaries",
        "topics",
        "schooling",
        "translations",
        "judging_words",
        "past_tense_hints",
    )
)
"""Fields whose words are names for the program: translating them would break a path."""
SPOKEN = frozenset(("label", "title", "text", "hint", "low", "high"))
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
NAMED_BY_AUTHOR: frozenset[Place] = frozenset({("phases",), ("schedules",), ("vocabularies",), ("library",)})


class Text(msgspec.Struct, frozen=True):
    """A text of the pack. A step's words may be translated once for all its variants, under `general`."""

    place: Place
    name: str
    general: str
    text: str

    def said_in(self, words: Mapping[str, str]) -> tuple[str, str] | None:
        """The name under which it is translated, and the translation."""
        for name in (self.name, self.general):
            if name and name in words:
                return name, words[name]
        return None


def places(pack: Pack) -> Iterator[tuple[str, str]]:
    """Every text of the pack under the name that `translations` uses: `phases.interviews.title`."""
    for text in texts(msgspec.to_builtins(pack)):
        yield text.name, text.text


def localized(pack: Pack, language: str) -> Pack:
    """The pack in this language; texts without a translation stay in `pack.language`, as does the field itself."""
    words = pack.translations.get(language)
    return msgspec.convert(said_in(msgspec.to_builtins(pack), words), Pack) if words else pack


def said_in(value: object, words: Mapping[str, str]) -> object:
    """A copy of the pack's plain value with every text that has a translation replaced by it."""
    replaced = {text.place: said[1] for text in texts(value) if (said := text.said_in(words))}
    return _with(value, replaced, ())


def texts(value: object) -> Iterator[Text]:
    """Every text of a pack given as plain dicts and lists."""
    for place, name, text in _walk(value, (), ""):
        yield Text(place, name, _general(name), text)


def _general(name: str) -> str:
    """`phases.x.variants.short.steps.y.title` -> `phases.x.steps.y.title`, for the steps of every variant."""
    parts = name.split(".")
    return ".".join([*parts[:2], *parts[4:]]) if parts[2:3] == ["variants"] and parts[4:5] == ["steps"] else ""


def _walk(value: object, place: Place, name: str) -> Iterator[tuple[Place, str, str]]:
    if isinstance(value, str):
        if value.strip() and not _is_setting(value, place):
            yield place, name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            # The author names the phases: one called "kind" is not a field called "kind".
            if key not in NOT_TEXT or place in NAMED_BY_AUTHOR:
                yield from _walk(inner, (*place, key), f"{name}.{key}" if name else str(key))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            own = inner.get("id") if isinstance(inner, dict) else None
            yield from _walk(inner, (*place, number), f"{name}.{own}" if own else f"{name}[{number}]")


def _is_setting(text: str, place: Place) -> bool:
    """A single small word in a phase's `config` names a vocabulary or a grouping, unless its field says it is text."""
    field = next((part for part in reversed(place) if isinstance(part, str)), "")
    return place[2:3] == ("config",) and field not in SPOKEN and _NAME.fullmatch(text) is not None


def _with(value: object, replaced: Mapping[Place, str], place: Place) -> object:
    if isinstance(value, dict):
        return {key: _with(inner, replaced, (*place, key)) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_with(inner, replaced, (*place, number)) for number, inner in enumerate(value)]
    return replaced.get(place, value)
