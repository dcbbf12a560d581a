"""Who may approve, withdraw and pick, and what a card needs before it may leave its pair."""

import unicodedata
from collections.abc import Iterable

from server.activities.interview.messages import (
    ApproveCard,
    CardApproved,
    CardWithdrawn,
    DiscardNotes,
    KeepNotes,
    NotesDiscarded,
    NotesKept,
    PickForWall,
    WallPicked,
    WithdrawCard,
)
from server.activities.interview.pages import card_page
from server.activities.interview.roles import heard_out
from server.activities.interview.state import Card, Interview, Line
from server.core.activity import Scene
from server.core.excerpt import lines
from server.core.messages import Actor, Command, Context, Event, FrozenId, PersonId, Refused

HEADLINE_CHARS = 80
STRENGTH_CHARS = 40
CONDITION_CHARS = 160
QUOTE_CHARS = 280
WISH_CHARS = 160


def decide(state: Interview, command: Command, actor: Actor, scene: Scene, context: Context) -> Iterable[Event]:
    person = actor.person
    if not scene.is_open and not _at_any_time(command, scene):
        raise Refused("phase_closed")
    if person is None:
        raise Refused("people_only", "a card is its storyteller's")
    match command:
        case KeepNotes():
            return [NotesKept(person)] if person not in state.kept else []
        case DiscardNotes():
            return [NotesDiscarded(person)] if person in state.kept else []
        case ApproveCard():
            return [_approved(state, command, person, scene, context)]
        case WithdrawCard():
            if person not in state.cards:
                raise Refused("nothing_to_withdraw")
            return [CardWithdrawn(person)]
        case PickForWall():
            return [_picked(state, command, person, scene)]
        case _:
            raise Refused("unknown_command")


def _at_any_time(command: Command, scene: Scene) -> bool:
    """What is one's own can be taken back always; who catches up approves a card that nobody else waits for."""
    if isinstance(command, ApproveCard):
        return scene.is_open_alone
    return isinstance(command, WithdrawCard | DiscardNotes)


def _approved(state: Interview, command: ApproveCard, person: PersonId, scene: Scene, context: Context) -> CardApproved:
    if command.page != card_page(scene.phase, person):
        raise Refused("not_your_card", "only the storyteller approves")
    if not heard_out(state.config, scene, person):
        raise Refused("not_read_back", "a card is approved once it was read back")
    text = context.texts.get(command.page)
    if text is None:
        raise Refused("card_unwritten")
    for field, limit in (("headline", HEADLINE_CHARS), ("quote", QUOTE_CHARS), ("wish", WISH_CHARS)):
        _within(text.fields.get(field, ""), limit)
    config = state.config
    strengths = _written(text.fields.get("strengths", ""), config.max_strengths, STRENGTH_CHARS)
    conditions = _written(text.fields.get("conditions", ""), config.max_conditions, CONDITION_CHARS)
    if not text.fields.get("headline", "").strip() or not strengths:
        raise Refused("card_unwritten", "a card needs a headline and at least one strength")
    _check_labels(command.tags, strengths, config.strength_tags or _ids(scene, "strengths"))
    _check_labels(command.kinds, conditions, config.condition_kinds or _ids(scene, "condition_kinds"))
    return CardApproved(
        person,
        text.frozen,
        text.sha256,
        strengths,
        command.tags,
        conditions,
        command.kinds,
        command.strengths,
        command.conditions,
        command.quote and bool(text.fields.get("quote", "").strip()),
    )


def _within(text: str, limit: int) -> None:
    if len(unicodedata.normalize("NFC", text.strip())) > limit:
        raise Refused("text_too_long", f"at most {limit} characters")


def _written(field: str, most: int, limit: int) -> int:
    """How many lines have something in them."""
    written = lines(field)
    if len(written) > most:
        raise Refused("too_many_lines", f"at most {most}")
    for line in written:
        _within(line, limit)
    return len(written)


def _ids(scene: Scene, vocabulary: str) -> tuple[str, ...]:
    return tuple(choice.id for choice in scene.vocabularies.get(vocabulary, ()))


def _check_labels(labels: tuple[str, ...], count: int, known: tuple[str, ...]) -> None:
    if len(labels) > count or any(label and label not in known for label in labels):
        raise Refused("unknown_label", "one for each line, or none")


def _picked(state: Interview, command: PickForWall, person: PersonId, scene: Scene) -> WallPicked:
    four = scene.group_of(person, state.config.fours)
    if four is None or four.id != command.group:
        raise Refused("not_your_group")
    config = state.config
    if len(command.strengths) > config.wall_strengths or len(command.conditions) > config.wall_conditions:
        raise Refused("too_many_picks", f"at most {config.wall_strengths} and {config.wall_conditions}")
    cards = [card for member in four.members if (card := state.cards.get(member))]
    _check_picks(command.strengths, for_room(cards, "strengths"))
    _check_picks(command.conditions, for_room(cards, "conditions"))
    return WallPicked(four.id, tuple(dict.fromkeys(command.strengths)), tuple(dict.fromkeys(command.conditions)))


def _check_picks(picks: tuple[FrozenId, ...], allowed: Iterable[Line]) -> None:
    if not {line.text for line in allowed}.issuperset(picks):
        raise Refused("not_shared", "only lines that their storyteller shared with the room")


def for_room(cards: Iterable[Card], field: str) -> list[Line]:
    """The lines that their storytellers let go to the room."""
    if field == "strengths":
        return [line for card in cards if card.strengths_to == "room" for line in card.strengths]
    return [line for card in cards if card.conditions_to == "room" for line in card.conditions]
