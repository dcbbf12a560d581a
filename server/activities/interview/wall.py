"""The wall: single lines that a storyteller let go and a foursome picked, with no name beside them."""

from collections import Counter

import msgspec

from server.activities.interview.rules import for_room
from server.activities.interview.state import Interview, Line
from server.core.activity import Scene
from server.core.messages import FrozenId

SMALLEST_AGGREGATE = 5
"""Fewer contributors than this, and a count would point at somebody (domain: small numbers stay hidden)."""


class Wall(msgspec.Struct, frozen=True, omit_defaults=True):
    """Ordered by the random names of the texts, so that the order tells neither whose a line is nor when it came.

    `kinds` counts the people whose shared conditions are of a kind; it is empty below five contributors.
    """

    strengths: tuple[Line, ...] = ()
    conditions: tuple[Line, ...] = ()
    quotes: tuple[FrozenId, ...] = ()
    kinds: dict[str, int] = {}

    def texts(self) -> set[FrozenId]:
        return {line.text for line in self.strengths + self.conditions} | set(self.quotes)


def wall(state: Interview, scene: Scene) -> Wall:
    """In a path without foursomes there is nobody to pick, and every line that was let go is shown."""
    cards = list(state.cards.values())
    strengths, conditions = for_room(cards, "strengths"), for_room(cards, "conditions")
    if scene.groups.get(state.config.fours):
        picked = {text for picks in state.picks.values() for text in picks.strengths + picks.conditions}
        strengths = [line for line in strengths if line.text in picked]
        conditions = [line for line in conditions if line.text in picked]
    return Wall(
        tuple(sorted(strengths, key=lambda line: line.text)),
        tuple(sorted(conditions, key=lambda line: line.text)),
        tuple(sorted(card.quote for card in cards if card.quote is not None)),
        _kinds(state),
    )


def _kinds(state: Interview) -> dict[str, int]:
    contributors = [card for card in state.cards.values() if card.conditions_to == "room" and card.conditions]
    if len(contributors) < SMALLEST_AGGREGATE:
        return {}
    counts = Counter(kind for card in contributors for kind in sorted({line.label for line in card.conditions}) if kind)
    return dict(sorted(counts.items()))
