"""What a room wishes before anybody is matched: one frozen input that can be stored and matched again."""

import hashlib
from collections.abc import Mapping
from typing import Literal, NewType

import msgspec

from server.core.messages import PersonId, SchoolId

UnitId = NewType("UnitId", str)
"""What a partnership is made of: a school's team, or a person."""

Wish = Literal[0, 1, 2, 3]
UNRATED_WISH = 1
UNRATED_CLOSENESS = 0
NOT_WITH_PERCENT = 25

Presence = Literal["expected", "present", "away", "left", "by_proxy"]
"""`by_proxy`: absent, but takes part if it set its wishes beforehand."""

RelationKind = Literal["conflict", "same_owner", "competitor", "partner", "too_far"]
"""`conflict` is a moderator's hard rule (appraiser and appraised); the others cost weight."""


class MatchUnit(msgspec.Struct, frozen=True, omit_defaults=True):
    """One seat at the matching table. Wishes and closeness are 0 to 3 towards other units; tags are ids, not prose.

    `topics` are those of vignettes that carry their author's name: of the others it would tell who wrote them.
    """

    id: UnitId
    school: SchoolId
    members: tuple[PersonId, ...] = ()
    presence: Presence = "present"
    remote: bool = False
    owner: str = ""
    languages: frozenset[str] = frozenset()
    """Working languages; empty means that none was asked for, and excludes nobody."""
    wants: Mapping[UnitId, Wish] = {}
    closeness: Mapping[UnitId, Wish] = {}
    gladly: frozenset[UnitId] | None = None
    """With whom all of its people would work gladly: what may be said of wishes. None: whomever `wants` says so of."""
    close_to: frozenset[UnitId] | None = None
    """What may be said of closeness: whose vignette, under its name, all of its people found close."""
    not_with: frozenset[UnitId] = frozenset()
    topics: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()

    @property
    def takes_part(self) -> bool:
        return self.presence == "present" or (self.presence == "by_proxy" and bool(self.wants))


class Relation(msgspec.Struct, frozen=True):
    """What is known of two units apart from their wishes."""

    units: tuple[UnitId, UnitId]
    kind: RelationKind


class Weights(msgspec.Struct, frozen=True):
    """The content pack's weights; the defaults are those of the published learning path."""

    mutual_wish: int = 10
    wish: int = 4
    mutual_closeness: int = 3
    complement: int = 2
    same_owner: int = 4
    competitor: int = 8
    partner: int = 6
    too_far: int = 6


class MatchInput(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything that decides a matching. Stored beside the result, it proves the result."""

    units: tuple[MatchUnit, ...]
    seed: int
    relations: tuple[Relation, ...] = ()
    weights: Weights = Weights()


def not_with_limit(units_in_room: int, percent: int = NOT_WITH_PERCENT) -> int:
    """How many others one unit may rule out in private: that share of the others, and at least one of two."""
    others = max(0, units_in_room - 1)
    return max(others * percent // 100, 1 if others > 1 and percent else 0)


def seated(given: MatchInput) -> tuple[MatchUnit, ...]:
    """The units that take part, in an order that the seed and the ids decide and the order of arrival does not."""
    return tuple(sorted((unit for unit in given.units if unit.takes_part), key=lambda unit: _draw(given.seed, unit.id)))


def _draw(seed: int, unit: UnitId) -> tuple[bytes, UnitId]:
    return hashlib.blake2b(f"{seed}:{unit}".encode(), digest_size=8).digest(), unit
