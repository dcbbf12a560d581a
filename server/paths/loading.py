"""A file becomes a learning path, or a list of everything that is wrong with it."""

import functools
import glob
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec

from server.core.activity import AnyActivity
from server.core.path import Pack
from server.paths import schema, sense
from server.paths.problems import Mark, PackError, Place, Problem, Source, Words
from server.paths.reading import MAX_BYTES, read
from server.paths.schema import Flaw
from server.paths.translation import localized, places

__all__ = ["PackError", "Problem", "bundled", "check_path", "load_pack", "localized", "parse_pack", "places"]

BUNDLED = Path(__file__).with_name("boundary-crossing.yaml")

MAX_PROBLEMS = 200
"""More than anybody reads; a megabyte of unknown fields has a hundred thousand."""

Activities = Mapping[str, AnyActivity]

_STAND_INS: dict[str, object] = {"pack": 1, "id": "x", "title": "x", "language": "en", "about": "x"}
_NAMED = ("phases", "schedules", "vocabularies")
"""The fields whose parts are judged one by one: a broken phase does not hide what is wrong with the next."""


def load_pack(file: Path, activities: Activities | None = None) -> Pack:
    """The pack in this file, with the translations beside it: `my.yaml` is translated by `my.de.yaml`, `my.nl.yaml`.

    With `activities`, a phase of an unknown activity is a problem, and so is whatever its activity does not accept in
    `config`. Raises `PackError`, also when the file cannot be read.
    """
    source = _read_file(file)
    for beside in sorted(file.parent.glob(f"{glob.escape(file.stem)}.[a-z][a-z]{file.suffix}")):
        source = _translated(source, beside.suffixes[-2].removeprefix("."), _read_file(beside))
    return _pack(source, activities)


def parse_pack(text: str, name: str, activities: Activities | None = None) -> Pack:
    """The pack in this text; `name` is what its problems call the file."""
    return _pack(read(text, name), activities)


@functools.cache
def bundled() -> Pack:
    """The path that comes with the product."""
    return load_pack(BUNDLED)


def original_of(file: Path) -> Path:
    """The path that this file translates: `my.yaml` for `my.de.yaml`; itself when it translates none."""
    name, dot, language = file.stem.rpartition(".")
    original = file.with_name(f"{name}{file.suffix}")
    is_translation = bool(dot) and len(language) == 2 and language.isalpha() and language.islower()
    return original if is_translation and original.is_file() else file


def check_path(file: Path, activities: Activities | None = None) -> list[str]:
    """One line for each problem; empty when the file is a learning path."""
    try:
        load_pack(file, activities)
    except PackError as error:
        return [str(problem) for problem in error.problems]
    return []


def _read_file(file: Path) -> Source:
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
        return read(content.decode("utf-8-sig"), file.name)
    except OSError as error:
        raise PackError([Problem(file.name, 1, "", error.strerror or "no file", "a file that can be read")]) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PackError([Problem(file.name, line, "", "bytes that are no text", "text in UTF-8")]) from error


def _translated(source: Source, language: str, beside: Source) -> Source:
    """The source with the words of the file beside it, which win over those inside."""
    if not isinstance(source.value, dict):
        return source
    if not isinstance(beside.value, dict):
        raise PackError([beside.problem((), beside.value, "the places of texts, each with its translation")])
    inside = source.value.get("translations") or {}
    words = inside.get(language) if isinstance(inside, dict) else None
    if not isinstance(inside, dict) or not isinstance(words or {}, dict):
        return source
    place: Place = ("translations", language)
    marks: dict[Place, Mark] = {**source.marks, **{(*place, *inner): mark for inner, mark in beside.marks.items()}}
    value = {**source.value, "translations": {**inside, language: {**(words or {}), **beside.value}}}
    return Source(value, marks)


def _pack(source: Source, activities: Activities | None) -> Pack:
    value = source.value
    if not isinstance(value, dict):
        raise PackError([source.problem((), value, schema.allowed(msgspec.inspect.type_info(Pack)))])
    found = schema.flaws(value, Pack)
    unread = {place[:2] if place[0] in _NAMED else place[:1] for place, _, _ in found if place}
    sound = _without(value, unread) if found else value
    try:
        pack = msgspec.convert(sound, Pack)
    except msgspec.ValidationError as error:
        found = found or [((), Words(str(error)), "a learning path")]
    else:
        found = [*found, *sense.flaws(pack, unread, activities)]
        if not found:
            return pack
    raise PackError(_in_order(source, found))


def _without(value: Mapping[str, object], unread: Collection[Place]) -> dict[str, object]:
    """The value without its broken parts, so that the sense of the others can be judged in the same reading."""
    sound: dict[str, object] = {"phases": {}, "schedules": {}}
    for name, inner in value.items():
        if (name,) in unread:
            continue
        parts = inner.items() if name in _NAMED and isinstance(inner, dict) else None
        sound[name] = inner if parts is None else {key: part for key, part in parts if (name, key) not in unread}
    return {**_STAND_INS, **sound}


def _in_order(source: Source, found: Iterable[Flaw]) -> list[Problem]:
    problems = [source.problem(place, what, allowed) for place, what, allowed in found]
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line))[:MAX_PROBLEMS]
