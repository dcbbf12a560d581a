"""A problem names the file, the line, the field, what was found there and what is allowed there."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

Place = tuple[str | int, ...]
"""Where something stands in a file: `("phases", "interviews", "variants", "short", "steps", 2, "minutes")`."""

FOUND_LENGTH = 60


class Mark(msgspec.Struct, frozen=True):
    file: str
    line: int


class Problem(msgspec.Struct, frozen=True):
    file: str
    line: int
    place: str
    found: str
    allowed: str

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{self.file}:{self.line}: {place}found {self.found}, allowed: {self.allowed}"


class PackError(Exception):
    """A file is no learning path. `problems` holds everything that could be found in one reading."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class Source(msgspec.Struct, frozen=True):
    """What a file says, in plain Python, and the line on which each of its parts stands."""

    value: object
    marks: Mapping[Place, Mark]

    def mark(self, place: Place) -> Mark:
        """The mark of this place, or of the nearest part around it."""
        while place and place not in self.marks:
            place = place[:-1]
        return self.marks.get(place, Mark("", 1))

    def problem(self, place: Place, found: object, allowed: str) -> Problem:
        mark = self.mark(place)
        return Problem(mark.file, mark.line, written(place), shown(found), allowed)


class Words(str):
    """A `found` that is said as it stands, without quotes."""

    __slots__ = ()


def written(place: Place) -> str:
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part}]"
        elif "." in part or "[" in part:
            text += f'["{part}"]'
        else:
            text += f".{part}" if text else part
    return text


def shown(found: object) -> str:
    match found:
        case Words():
            return " ".join(found.split())
        case str():
            line = " ".join(found[: FOUND_LENGTH * 2].split())
            return f'"{line}"' if len(line) <= FOUND_LENGTH else f'"{line[:FOUND_LENGTH]}…"'
        case bool():
            return "true" if found else "false"
        case None:
            return "nothing"
        case list() | tuple():
            return f"a list of {len(found)}"
        case dict():
            return "named fields"
        case _:
            return str(found)


def one_of(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"one of {listed}" if listed else "nothing"
