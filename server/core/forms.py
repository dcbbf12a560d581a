"""The forms in which a room works, and into how many groups of which size a number of people falls."""

from typing import Annotated

import msgspec

from server.core.messages import PhaseId

PARTNERSHIPS = "partnerships"
"""The key of the partnerships among the earlier groups; every other key is a phase."""


class _Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="form"):
    pass


Size = Annotated[int, msgspec.Meta(ge=2, le=12)]


class Alone(_Form, frozen=True, tag="alone"):
    """Each for themselves."""


class Fixed(_Form, frozen=True, tag="fixed"):
    """Pairs, trios, fours, fives; a size that does not come out even is one more or one less."""

    size: Size = 2


class Count(_Form, frozen=True, tag="count"):
    """So many groups, but never so many that somebody is alone."""

    groups: Annotated[int, msgspec.Meta(ge=1, le=200)]


class Plenary(_Form, frozen=True, tag="plenary"):
    """All in one circle."""


class Partnerships(_Form, frozen=True, tag="partnerships"):
    """The partnerships that are confirmed, and nobody else in them; who has none sits with others who have none."""


class Merged(_Form, frozen=True, tag="merged"):
    """The groups of the phase `of`, whole, several to a table: pairs into fours, and a six when they are odd.

    `together`: how many of them, also where some have grown since they were formed; 0: as many as come nearest.
    """

    of: PhaseId
    into: Size = 4
    closed: bool = False
    """What is merged are partnerships, which nobody joins: the table that they share is a group of its own."""
    together: Annotated[int, msgspec.Meta(ge=0, le=6)] = 0


class ByAnswer(_Form, frozen=True, tag="by_answer"):
    """Groups of people who gave an answer, or chose a topic, in common."""

    size: Size = 4


class SameAs(_Form, frozen=True, tag="same_as"):
    """The groups of an earlier phase again, under the same ids and at the same tables."""

    phase: PhaseId


Form = Alone | Fixed | Count | Plenary | Partnerships | Merged | ByAnswer | SameAs


class Limits(msgspec.Struct, frozen=True):
    """How many people a group of a form may have once somebody comes or goes; `most` None: as many as come."""

    fewest: int = 2
    most: int | None = None

    def has_room(self, size: int, more: int = 1) -> bool:
        return self.most is None or size + more <= self.most


def about(size: int) -> Limits:
    """One more or one less than asked for: pairs are two or three, fours three to five."""
    return Limits(max(2, size - 1), size + 1)


def spread(people: int, groups: int) -> tuple[int, ...]:
    """That many sizes, the larger first, which differ by at most one."""
    size, more = divmod(people, groups)
    return (size + 1,) * more + (size,) * (groups - more)


def sizes(people: int, size: int) -> tuple[int, ...]:
    """The sizes nearest to `size` that leave nobody alone; of two that are as near, the fewer groups."""
    if people < 4:
        return (people,) if people else ()
    fewest = max(1, people // size)
    options = [spread(people, groups) for groups in (fewest, fewest + 1) if groups * 2 <= people]
    return min(
        options, key=lambda parts: (max(abs(n - size) for n in parts), sum(abs(n - size) for n in parts), len(parts))
    )


def counted(people: int, groups: int) -> tuple[int, ...]:
    """At most `groups` sizes, fewer when somebody would be alone otherwise."""
    return spread(people, max(1, min(groups, people // 2))) if people else ()
