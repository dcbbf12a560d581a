"""What one activity makes and another needs, passed through the core by type, never by import."""

from typing import Literal

import msgspec

from server.core.messages import FrozenId, PageId, PersonId, PhaseId

ShareLevel = Literal["private", "pair", "group", "room_anonymous", "room_named"]


class Product(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that a phase hands to later phases. Prose stays in its page or frozen copy; only its name travels."""


class Strengths(Product, frozen=True):
    """What a person was seen to be good at, as they approved it (feeds offers). `text` holds one label a line."""

    person: PersonId
    text: FrozenId
    tags: tuple[str, ...] = ()


class Conditions(Product, frozen=True):
    """What made collaboration work, as the storyteller approved it. `kinds` are entries of the vocabulary."""

    person: PersonId
    text: FrozenId
    kinds: tuple[str, ...] = ()


class Consents(Product, frozen=True):
    """What a person said yes to on arrival; nobody who said nothing has said yes."""

    person: PersonId
    name_on_screen: bool = False
    quoting: bool = False


class LinkNote(Product, frozen=True):
    """A private note "back home" from the given vignette; only its author may open the page."""

    person: PersonId
    page: PageId


class WheelPriority(Product, frozen=True):
    """The segment that a person chose on the balance wheel; private to that person."""

    person: PersonId
    segment: str
    first_sign: PageId | None = None


class Vignette(Product, frozen=True):
    """A vignette as its author shares it. `text` is the frozen copy that the share level allows others to read."""

    key: str
    author: PersonId
    text: FrozenId
    share: ShareLevel
    phase: PhaseId
    language: str = ""
    topics: tuple[str, ...] = ()
    boundary: tuple[str, ...] = ()
    schooling: str = ""
    whose_issue: str = ""
    own_recognise: int = 0
    own_challenge: int = 0


class Closeness(Product, frozen=True):
    """How close a reader found a vignette: 0 far … 3 this could be mine; the two others are 0–4, None is unanswered."""

    reader: PersonId
    vignette: str
    author: PersonId
    value: int
    recognise: int | None = None
    challenge: int | None = None


class Comparison(Product, frozen=True):
    """What a group found alike and different: names of lines of its board, which its members may read."""

    members: tuple[PersonId, ...]
    same: tuple[FrozenId, ...] = ()
    different: tuple[FrozenId, ...] = ()


class Offers(Product, frozen=True):
    """What somebody could give and would want, as tags that can meet. `text` has the lines `offers` and `needs`."""

    person: PersonId
    gives: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    text: FrozenId | None = None


class Partnership(Product, frozen=True):
    """Two or three who agreed, with everybody's yes. From here on a group of its own for every later phase."""

    id: str
    members: tuple[PersonId, ...]
    units: tuple[str, ...] = ()
    issue: FrozenId | None = None
    confirmed_ms: int = 0


class Company(Product, frozen=True):
    """Who must not be seated together, for a reason that no screen tells, and who is just talking about a partnership.

    Of rules, for rules: no view names it.
    """

    apart: tuple[tuple[PersonId, PersonId], ...] = ()
    together: tuple[tuple[PersonId, ...], ...] = ()


class LearningProfile(Product, frozen=True):
    """What a partnership settled on the dimensions of learning in networks: indicator -> -2…+2, and its rules."""

    partnership: str
    joint: dict[str, int] = {}
    rules: FrozenId | None = None
