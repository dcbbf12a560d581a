"""Names for parts of a frozen text, so that a view can show one line of a card and keep the rest unsaid.

A view's `texts` hold `frozen`, `frozen#field` or `frozen#field#2` (its third written line, empty ones not counted);
what travels is only that part.
"""

from collections.abc import Mapping

from server.core.messages import FrozenId


def excerpt(frozen: FrozenId, field: str, line: int | None = None) -> FrozenId:
    """The name of one field of a frozen text, or of one of its written lines, counted from 0."""
    return FrozenId(f"{frozen}#{field}" if line is None else f"{frozen}#{field}#{line}")


def lines(text: str) -> list[str]:
    """The lines that have something in them, trimmed. Everybody who counts lines counts these."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def source(key: FrozenId) -> FrozenId:
    """The frozen text that a name is a part of: what is to be fetched from the store."""
    return FrozenId(key.partition("#")[0])


def cut(key: FrozenId, fields: Mapping[str, str]) -> dict[str, str]:
    """What of `fields`, the whole frozen text, travels under this name; a line that is not there is nothing."""
    _, _, part = key.partition("#")
    if not part:
        return dict(fields)
    field, _, line = part.partition("#")
    text = fields.get(field, "")
    if not line:
        return {field: text}
    written = lines(text)
    return {field: written[int(line)]} if line.isdecimal() and int(line) < len(written) else {}
