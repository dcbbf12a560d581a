"""A list of people as schools have it (CSV): read for certain, or every line that is wrong named in words."""

import csv
import io
from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

MOST_LINES = 2_000
LONGEST = {"schooling": 40}
COLUMNS = ("name", "school", "position", "languages", "schooling")
BROKEN = "\ufffd"
"""What a program leaves where it could not read a letter."""


class Line(msgspec.Struct, frozen=True):
    """One person of a list."""

    name: str
    school: str = ""
    position: str = ""
    languages: tuple[Annotated[str, Meta(min_length=2, max_length=8)], ...] = ()
    schooling: str = ""


class BadList(Exception):  # noqa: N818 - an answer
    """Nobody can be taken from this list: each problem names its line."""

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_list(content: bytes) -> list[Line]:
    """The people of a list with a header line. Comma, semicolon or tab; `languages` separated by spaces.

    Only `name` must be there. Raises `BadList`.
    """
    text = _decoded(content)
    if not text.strip():
        raise BadList("line 1: the list is empty; it needs a header line: " + ",".join(COLUMNS))
    rows = list(_rows(text))
    header = [cell.casefold() for cell in rows[0][1]]
    if "name" not in header:
        raise BadList(f"line 1: found the columns {', '.join(header)}; one must be called name")
    unknown = [name for name in header if name and name not in COLUMNS]
    problems = [f"line 1: unknown column {name}; known are {', '.join(COLUMNS)}" for name in unknown]
    people = []
    for number, cells in rows[1:]:
        if len(cells) > len(header):
            problems.append(f"line {number}: more cells than columns")
        else:
            line, flaws = _read(dict(zip(header, cells, strict=False)))
            problems += [f"line {number}: {flaw}" for flaw in flaws]
            people.append(line)
    if len(people) > MOST_LINES:
        problems.append(f"line {rows[-1][0]}: {len(people)} people; at most {MOST_LINES}")
    if problems:
        raise BadList(*problems)
    return [line for line in people if line is not None]


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with one, or what spreadsheets of old wrote when there is no doubt.

    Western and central European tables share ä, é or ž, but one's è is the other's č. Guessing would change names.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise BadList("line 1: these are no letters; save the list as CSV UTF-8") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        lines = content.splitlines()
        unclear = [number for number, line in enumerate(lines, 1) if _western(line) is None]
        if unclear:
            raise BadList(
                *(f"line {n}: its letters are unclear; save the list as CSV UTF-8" for n in unclear)
            ) from None
        return "\n".join(str(_western(line)) for line in lines)
    broken = [number for number, line in enumerate(text.splitlines(), 1) if BROKEN in line or "\0" in line]
    if broken:
        raise BadList(*(f"line {number}: a letter in it is broken; save the list as CSV UTF-8" for number in broken))
    return text


def _western(line: bytes) -> str | None:
    """The line as both Windows-1252 and Windows-1250 read it; None where they differ."""
    try:
        west, centre = line.decode("cp1252"), line.decode("cp1250")
    except UnicodeDecodeError:
        return None
    return west if west == centre and "\0" not in west else None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line on which it begins. Raises `BadList` for a quotation mark left alone."""
    first = next(line for line in text.splitlines() if line.strip())
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count), strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadList(f'line {begins}: a quotation mark (") in it has no twin') from error
        if any("\n" in cell or "\r" in cell for cell in cells):
            raise BadList(f'line {begins}: a quotation mark (") in it has its twin only in line {reader.line_num}')
        stripped = [cell.strip() for cell in cells]
        while stripped and not stripped[-1]:
            stripped.pop()
        if stripped:
            yield begins, stripped
        begins = reader.line_num + 1


def _read(cells: dict[str, str]) -> tuple[Line | None, list[str]]:
    wanted = {name: cells.get(name, "") for name in COLUMNS if name != "languages"}
    languages = tuple(cells.get("languages", "").replace(",", " ").split())
    flaws = list(_flaws(wanted, languages))
    return (None if flaws else Line(languages=languages, **wanted)), flaws


def _flaws(wanted: dict[str, str], languages: tuple[str, ...]) -> Iterator[str]:
    if not wanted["name"]:
        yield "name is empty; write how the person is called"
    for column, words in wanted.items():
        longest = LONGEST.get(column, 80)
        if len(words) > longest:
            yield f"{column} has {len(words)} characters; at most {longest}"
    for language in languages:
        if not 2 <= len(language) <= 8:
            yield f"languages has {language[:20]!r}; write codes such as en or sl, with spaces between them"
