"""Who sees what: an audience is a Socket.IO room, and an audience has one view."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from server.core.messages import FrozenId, GroupId, PersonId

AudienceKind = Literal["room", "group", "person", "moderators", "screen"]


class Audience(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everybody who sees the same: the room, one group, one person's devices, the moderators, or the projector.

    Observers see what the projector sees.
    """

    kind: AudienceKind
    id: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind


ROOM = Audience("room")
MODERATORS = Audience("moderators")
SCREEN = Audience("screen")


def person(who: PersonId) -> Audience:
    return Audience("person", who)


def group(which: GroupId) -> Audience:
    return Audience("group", which)


class Lens(msgspec.Struct, frozen=True):
    """What a moderator sees of others' screens: `look` into a group, or `as` a person does.

    It shows where they are and what there is to do, and nothing that anybody did.
    """

    kind: Literal["look", "as"]
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


Watched = Audience | Lens
"""Whatever a connection may belong to."""


def looking_into(which: GroupId) -> Lens:
    return Lens("look", which)


def seeing_as(who: PersonId) -> Lens:
    return Lens("as", who)


class View(msgspec.Struct, frozen=True):
    """What an audience may see of one part of the workshop.

    `people` are those whose names travel with it, `texts` the frozen texts that travel with it: the view itself holds
    neither names nor prose, so that what must stay secret is decided in one pure function and erased in one place.
    """

    body: msgspec.Struct
    people: frozenset[PersonId] = frozenset()
    texts: frozenset[FrozenId] = frozenset()


def shown(body: msgspec.Struct, *, people: Iterable[PersonId] = (), texts: Iterable[FrozenId] = ()) -> View:
    return View(body, frozenset(people), frozenset(texts))
