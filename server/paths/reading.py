"""YAML without its surprises: plain words stay words, a name stands once, and nothing in a file can run or grow."""

import re
from collections.abc import Iterator

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from server.paths.problems import Mark, PackError, Place, Problem, Source, Words

MAX_BYTES = 1_000_000
MAX_DEPTH = 24
"""Deeper than any pack; without it a file of brackets exhausts the stack."""

_INT = re.compile(r"[-+]?(0|[1-9]\d{0,14})")
_FLOAT = re.compile(r"[-+]?\d{1,15}\.\d{1,15}")
_WORDS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(text: str, name: str) -> Source:
    """What the text says. Raises `PackError` when it is no YAML, names a field twice, or uses anchors or tags."""
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise _refused(name, line, "half a character", "text in UTF-8") from error
    if size > MAX_BYTES:
        raise _refused(name, 1, f"{size} bytes", f"at most {MAX_BYTES} bytes")
    try:
        reader = _Reader(iter(yaml.parse(text, Loader=Loader)), name)
        value = reader.document()
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        line = at.line + 1 if at else 1
        raise _refused(name, line, _unreadable(error, text, line), "YAML") from error
    except yaml.YAMLError as error:
        raise _refused(name, 1, " ".join(str(error).split()), "YAML") from error
    if reader.problems:
        raise PackError(reader.problems)
    return Source(value, reader.marks)


def _unreadable(error: yaml.MarkedYAMLError, text: str, line: int) -> str:
    """What the parser met, so that it can be read after "found"."""
    lines = text.splitlines()
    written = lines[line - 1] if line <= len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return "a tab where only spaces may stand"
    problem = error.problem or "something unreadable"
    return problem.removeprefix("found ") if problem.startswith("found ") else f"a line that cannot be read ({problem})"


def _refused(name: str, line: int, found: str, allowed: str, place: str = "") -> PackError:
    return PackError([Problem(name, line, place, found, allowed)])


def plain(text: str) -> object:
    """The value of a word without quotes. Never a date, a `no` that means false, or a 09:00 that means 540."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


class _Reader:
    """Builds values from parser events; one reading of one file."""

    def __init__(self, events: Iterator[Event], name: str) -> None:
        self.events = events
        self.name = name
        self.marks: dict[Place, Mark] = {(): Mark(name, 1)}
        self.problems: list[Problem] = []

    def document(self) -> object:
        documents = 0
        value: object = None
        for event in self.events:
            if isinstance(event, ScalarEvent | CollectionStartEvent | AliasEvent):
                documents += 1
                if documents > 1:
                    raise _refused(self.name, _line(event), "a second document", "one document in a file")
                value = self.value(event, ())
        return value

    def value(self, event: Event, place: Place) -> object:
        line = _line(event)
        self.marks[place] = Mark(self.name, line)
        if len(place) > MAX_DEPTH:
            raise _refused(self.name, line, f"more than {MAX_DEPTH} levels", "fewer levels")
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            raise _refused(self.name, line, f"the anchor {anchor}", "the text itself, written out")
        tag = getattr(event, "tag", None)
        if tag:
            raise _refused(self.name, line, f"the tag {tag}", "plain values")
        if isinstance(event, MappingStartEvent):
            return self.mapping(place)
        if isinstance(event, CollectionStartEvent):
            return self.sequence(place)
        assert isinstance(event, ScalarEvent)
        return plain(event.value) if event.implicit[0] and event.style in (None, "") else event.value

    def sequence(self, place: Place) -> list[object]:
        values: list[object] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            values.append(self.value(event, (*place, len(values))))
        return values

    def mapping(self, place: Place) -> dict[str, object]:
        values: dict[str, object] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                raise _refused(self.name, _line(event), "a list or fields as a name", "a word as a name")
            name = event.value
            if name in values:
                source = Source(None, {(*place, name): Mark(self.name, _line(event))})
                self.problems.append(source.problem((*place, name), Words("the same name again"), "each name once"))
            value = self.value(next(self.events), (*place, name))
            self.marks[(*place, name)] = Mark(self.name, _line(event))
            values[name] = value
        return values


def _line(event: Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1
