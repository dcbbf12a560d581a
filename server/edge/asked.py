"""What is asked over HTTP and what is answered, as typed structs."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

StaffRole = Literal["moderator", "co_moderator", "observer", "screen"]
"""Whoever is no participant and has a link of their own."""


class NewWorkshop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What creating takes. `pack` is the text of a path of one's own; without it the bundled one is used."""

    title: Annotated[str, Meta(min_length=1, max_length=108)]
    schedule: Annotated[str, Meta(max_length=40)]
    date: Annotated[str, Meta(max_length=10)] = ""
    language: Annotated[str, Meta(pattern=r"^[a-z]{2}$")] = "en"
    retention_days: Annotated[int, Meta(ge=1, le=730)] = 365
    key: Annotated[str, Meta(max_length=200)] = ""
    pack: str = ""


class PathText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A path of one's own as its file reads."""

    pack: Annotated[str, Meta(min_length=1)]


class Created(msgspec.Struct, frozen=True):
    workshop: str
    code: str
    join: str
    links: dict[str, str]


class SeatProof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A personal link's secret, or the join code and a PIN."""

    token: str = ""
    code: str = ""
    pin: str = ""


class Taken(msgspec.Struct, frozen=True):
    role: str
    workshop: str
    token: str
    person: str = ""


class LinkWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    role: StaffRole | Literal["person"]
    person: str = ""
    name: Annotated[str, Meta(max_length=80)] = ""
    """Of the colleague who gets the link: then tables can be given to them before they come."""
