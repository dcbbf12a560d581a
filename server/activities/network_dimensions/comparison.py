"""Where pictures differ: differences, what to talk about first, and how a room is spread; nothing is ever averaged."""

from collections.abc import Mapping, Sequence

import msgspec

from server.activities.network_dimensions.state import Dimensions, Profile
from server.core.activity import Scene
from server.core.groups import Group
from server.core.messages import PersonId

WIDE = 2
"""Half of the line lies between two answers, or more."""
BATCH = 5
"""The room sees profiles in fives: one that came alone would be told by what it changed."""
PLACES = (-2, -1, 0, 1, 2)


class TalkPoint(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something to talk about: how far apart the two outermost are, and how many gave it a star."""

    indicator: str
    difference: int = 0
    stars: int = 0


def profiles(state: Dimensions, group: Group) -> dict[PersonId, Profile]:
    """The profiles that this group may see: of those who sit in it and were revealed in it."""
    seen = state.common(group.id).revealed
    return {member: state.revealed[member] for member in group.members if member in seen and member in state.revealed}


def talk_points(ids: Sequence[str], seen: Sequence[Profile], most: int) -> tuple[TalkPoint, ...]:
    """The widest or starred first, by difference and stars together; what all want alike is not in it."""
    points = [TalkPoint(one, difference(seen, one), _stars(seen, one)) for one in ids]
    points = [point for point in points if point.difference or point.stars]
    return tuple(sorted(points, key=lambda point: -(point.difference + point.stars))[:most])


def difference(seen: Sequence[Profile], indicator: str) -> int:
    """Between the two who are furthest apart."""
    values = [profile[indicator].wanted for profile in seen if indicator in profile]
    return max(values) - min(values) if values else 0


def _stars(seen: Sequence[Profile], indicator: str) -> int:
    return sum(profile[indicator].star for profile in seen if indicator in profile)


def wide_gaps(ids: Sequence[str], seen: Sequence[Profile]) -> int:
    return sum(difference(seen, one) >= WIDE for one in ids)


def spread(state: Dimensions) -> tuple[int, Mapping[str, tuple[int, ...]]]:
    """Of how many people, and how many of them want each of the five places, by indicator."""
    of = len(state.revealed) // BATCH * BATCH
    seen = list(state.revealed.values())[:of]
    if not of:
        return 0, {}
    return of, {
        one: tuple(sum(profile[one].wanted == place for profile in seen if one in profile) for place in PLACES)
        for one in state.config.ids
    }


def staying(scene: Scene, group: Group) -> list[PersonId]:
    return [one for one in group.taking_part if (member := scene.people.get(one)) and member.state != "left"]
