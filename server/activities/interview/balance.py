"""Whether every storyteller of a pair had a fair share of the time."""

from server.activities.interview.roles import turns_of
from server.activities.interview.state import InterviewConfig
from server.core.activity import Scene
from server.core.groups import Group

FAIR_SHARE = 0.6
"""A direction that took less than this part of the longest one is worth a word from the moderator."""


def is_imbalanced(config: InterviewConfig, scene: Scene, pair: Group) -> bool:
    """Compares the telling turns that are over in the step where the pair stands."""
    standing = scene.standing(pair.id)
    told = [
        standing.spent_ms[turn_at]
        for (step_at, turn_at), turn in turns_of(config, scene, pair)
        if step_at == standing.step
        and turn.kind == config.tell
        and turn_at < min(standing.turn, len(standing.spent_ms))
    ]
    return len(told) > 1 and min(told) < FAIR_SHARE * max(told)
