"""What of a written field counts: its lines that are not empty, none too long, not too many."""

import unicodedata

from server.core.excerpt import lines
from server.core.messages import Refused

NAME_CHARS = 80
LINE_CHARS = 160


def within(text: str, limit: int) -> bool:
    """Whether something is written; refused if it is longer than `limit` characters (NFC, trimmed)."""
    length = len(unicodedata.normalize("NFC", text.strip()))
    if length > limit:
        raise Refused("text_too_long", f"at most {limit} characters")
    return length > 0


def written(field: str, most: int, limit: int = LINE_CHARS) -> tuple[int, ...]:
    """The places of the written lines, counted as `excerpt.cut` counts them: lines with nothing in them have none."""
    places = tuple(at for at, line in enumerate(lines(field)) if within(line, limit))
    if len(places) > most:
        raise Refused("too_many_lines", f"at most {most}")
    return places
