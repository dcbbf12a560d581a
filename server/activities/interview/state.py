"""What an interview has come to: approved cards, picks for the wall, and whose notes are kept."""

from collections.abc import Iterator, Mapping

import msgspec

from server.activities.interview.messages import (
    CardApproved,
    CardWithdrawn,
    Level,
    NotesDiscarded,
    NotesKept,
    WallPicked,
)
from server.core.excerpt import excerpt
from server.core.messages import Event, FrozenId, GroupId, PersonId
from server.core.path import Slug


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One question of the guide. All may be skipped."""

    id: Slug
    title: str
    text: str


class InterviewConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The guide, and the names by which the path calls its groupings and turns.

    `strength_tags` and `condition_kinds` narrow the vocabularies of the pack; empty means all of `strengths` and of
    `condition_kinds`. In a turn of kind `tell` or `read_back` the turn's `speaker` is the storyteller,
    also while others read back.
    """

    questions: tuple[Question, ...] = ()
    probes: tuple[str, ...] = ()
    pairs: Slug = "pairs"
    fours: Slug = "fours"
    tell: Slug = "tell"
    read_back: Slug = "read_back"
    strength_tags: tuple[Slug, ...] = ()
    condition_kinds: tuple[Slug, ...] = ()
    max_strengths: int = 5
    max_conditions: int = 3
    wall_strengths: int = 5
    wall_conditions: int = 3


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of an approved card: `text` names the excerpt, `label` is its tag or kind."""

    text: FrozenId
    label: str = ""


class Card(msgspec.Struct, frozen=True, omit_defaults=True):
    """An approved card. What it does not name here stays in the pair: the wish, and an unreleased quote."""

    frozen: FrozenId
    sha256: str
    strengths: tuple[Line, ...]
    conditions: tuple[Line, ...]
    strengths_to: Level
    conditions_to: Level
    quote: FrozenId | None = None

    @property
    def headline(self) -> FrozenId:
        return excerpt(self.frozen, "headline")


class Picks(msgspec.Struct, frozen=True):
    strengths: tuple[FrozenId, ...] = ()
    conditions: tuple[FrozenId, ...] = ()


class Interview(msgspec.Struct, frozen=True):
    config: InterviewConfig
    cards: Mapping[PersonId, Card] = {}
    picks: Mapping[GroupId, Picks] = {}
    kept: frozenset[PersonId] = frozenset()


def evolve(state: Interview, event: Event) -> Interview:
    match event:
        case NotesKept(person=person):
            return msgspec.structs.replace(state, kept=state.kept | {person})
        case NotesDiscarded(person=person):
            return msgspec.structs.replace(state, kept=state.kept - {person})
        case CardApproved():
            return msgspec.structs.replace(state, cards={**state.cards, event.person: _card(event)})
        case CardWithdrawn(person=gone):
            cards = {person: card for person, card in state.cards.items() if person != gone}
            return msgspec.structs.replace(state, cards=cards)
        case WallPicked(group=group, strengths=strengths, conditions=conditions):
            return msgspec.structs.replace(state, picks={**state.picks, group: Picks(strengths, conditions)})
        case _:
            return state


def _card(event: CardApproved) -> Card:
    return Card(
        event.frozen,
        event.sha256,
        tuple(_lines(event.frozen, "strengths", event.strength_lines, event.tags)),
        tuple(_lines(event.frozen, "conditions", event.condition_lines, event.kinds)),
        event.strengths,
        event.conditions,
        excerpt(event.frozen, "quote") if event.quote else None,
    )


def _lines(frozen: FrozenId, field: str, count: int, labels: tuple[str, ...]) -> Iterator[Line]:
    for at in range(count):
        yield Line(excerpt(frozen, field, at), labels[at] if at < len(labels) else "")
