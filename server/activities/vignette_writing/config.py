"""The settings of the phase, as a content pack gives them: words, limits, and the names of its groupings."""

from collections.abc import Mapping

import msgspec

from server.core.path import Choice, Slug

CHECKS = (
    Choice(id="no_names", label="No names of people"),
    Choice(id="no_school_or_place", label="No school, no place, no date"),
    Choice(id="two_details_changed", label="Two details are changed"),
    Choice(id="no_sensitive_data", label="Nothing on health, faith, origin or family"),
    Choice(id="no_verdict", label="No verdict, no blame, no solution"),
    Choice(id="ends_open", label="It stops before the decision"),
)


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Characters are Unicode NFC, trimmed. Word counts are advice and never refuse anything."""

    title: int = 80
    situation: int = 2400
    situation_soft: int = 1600
    """After these letters the counter speaks up; there is room for more."""
    situation_words_min: int = 70
    situation_words_max: int = 130
    stuck: int = 600
    stuck_words_min: int = 20
    stuck_words_max: int = 50
    pull_a: int = 160
    pull_b: int = 160
    question: int = 160
    my_stake: int = 280
    comment: int = 280
    judging_word: int = 40
    roles: int = 6
    role: int = 40
    topics: int = 3
    topic: int = 40
    words_min: int = 120
    words_max: int = 220
    readers_min: int = 1
    readers_max: int = 5
    checks_min: int = 5
    co_writers: int = 5
    small_room: int = 12
    """Fewer people than this, and the author is told that the room may guess."""


class WritingConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`readers` is the grouping whose members swap first and are "my pair"; `circle` is "my group"."""

    prompts: Mapping[str, str] = {}
    checks: tuple[Choice, ...] = CHECKS
    limits: Limits = Limits()
    judging_words: Mapping[str, tuple[str, ...]] = {}
    past_tense_hints: Mapping[str, tuple[str, ...]] = {}
    readers: Slug = "readers"
    circle: Slug = "fours"
    topics: Slug = "topics"
    boundaries: Slug = "boundaries"
    schooling: Slug = "schooling"
    whose_issue: Slug = "whose_issue"
    languages: Slug = "languages"
