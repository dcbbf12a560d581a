"""Who may choose, tick, invite, release, read, answer and take back: the author alone decides who sees what."""

import unicodedata
from collections.abc import Iterable, Iterator

from server.activities.vignette_writing import messages as m
from server.activities.vignette_writing.config import WritingConfig
from server.activities.vignette_writing.pages import may_speak, reading_page
from server.activities.vignette_writing.release import given, made_ready, shared, still_reading, within
from server.activities.vignette_writing.state import Writing
from server.core.activity import Scene
from server.core.messages import Actor, Command, Context, Event, PersonId, Refused


def decide(state: Writing, command: Command, actor: Actor, scene: Scene, context: Context) -> Iterable[Event]:
    if not scene.is_open_alone and not isinstance(command, m.AT_ANY_TIME):
        raise Refused("phase_closed")
    if isinstance(command, m.AssignReaders):
        return _assigned(state, command, actor, scene, context)
    if isinstance(command, m.AppointTypist):
        return _typist(state, command, actor, scene, context)
    person = actor.person
    if person is None:
        raise Refused("people_only", "a vignette is its author's")
    if not may_speak(state, actor, scene):
        raise Refused("not_typist", "nobody types for somebody unasked")
    return tuple(_of_person(state, command, person, scene, context))


def _of_person(state: Writing, command: Command, person: PersonId, scene: Scene, context: Context) -> Iterable[Event]:
    match command:
        case m.ChooseSituation(chosen=chosen):
            return [m.SituationChosen(person, _known(state.config, chosen, scene))]
        case m.TickCheck():
            return _ticked(state, command, person)
        case m.InviteCoWriter(person=guest):
            return _invited(state, person, guest, scene, context)
        case m.UninviteCoWriter(person=guest):
            if guest not in state.desk(person).co_writers:
                raise Refused("not_invited")
            return [m.CoWriterUninvited(person, guest)]
        case m.AskModerator() | m.CloseToModerator():
            return _opened(state, isinstance(command, m.AskModerator), person)
        case m.AllowLaterUse(allowed=allowed):
            return [m.LaterUseSet(person, allowed)] if allowed != state.desk(person).later_use else []
        case m.AskReader():
            return _asked(state, person, scene, context)
        case m.RateReading():
            return [_rated(state, command, person, scene, context)]
        case _:
            return _released(state, command, person, scene, context)


def _released(state: Writing, command: Command, person: PersonId, scene: Scene, context: Context) -> Iterable[Event]:
    match command:
        case m.MarkReady():
            return made_ready(state, command, person, scene, context)
        case m.ShareVignette():
            return shared(state, command, person, scene, context)
        case m.WithdrawVignette():
            desk = state.desk(person)
            if desk.ready is None and desk.shared is None:
                raise Refused("nothing_to_withdraw")
            return [m.VignetteWithdrawn(person)]
        case _:
            raise Refused("unknown_command")


def _known(config: WritingConfig, chosen: m.Chosen, scene: Scene) -> m.Chosen:
    topics = dict.fromkeys(chosen.topics)
    if len(topics) > config.limits.topics:
        raise Refused("too_many_topics", f"at most {config.limits.topics}")
    for words, vocabulary in (
        (topics, config.topics),
        (chosen.boundary, config.boundaries),
        ((chosen.whose_issue,), config.whose_issue),
        ((chosen.schooling,), config.schooling),
        ((chosen.language,), config.languages),
    ):
        known = {choice.id for choice in scene.vocabularies.get(vocabulary, ())}
        if any(word and word not in known for word in words):
            raise Refused("unknown_label", f"entries of {vocabulary}")
    return m.Chosen(
        tuple(filter(None, topics)),
        tuple(filter(None, dict.fromkeys(chosen.boundary))),
        chosen.whose_issue,
        chosen.schooling,
        chosen.language,
        chosen.own_recognise,
        chosen.own_challenge,
    )


def _ticked(state: Writing, command: m.TickCheck, person: PersonId) -> Iterable[Event]:
    if command.check not in {check.id for check in state.config.checks}:
        raise Refused("unknown_check")
    if command.ticked == (command.check in state.desk(person).checks):
        return []
    return [m.CheckTicked(person, command.check, command.ticked)]


def _invited(state: Writing, person: PersonId, guest: PersonId, scene: Scene, context: Context) -> Iterable[Event]:
    desk = state.desk(person)
    if guest in desk.co_writers:
        return []
    _need_here(guest, person, scene)
    if len(desk.co_writers) >= state.config.limits.co_writers:
        raise Refused("too_many_co_writers", f"at most {state.config.limits.co_writers}")
    return [m.CoWriterInvited(person, guest, context.now_ms)]


def _need_here(other: PersonId, person: PersonId, scene: Scene) -> None:
    if other == person:
        raise Refused("same_person", "name somebody else")
    member = scene.people.get(other)
    if member is None or member.state != "joined":
        raise Refused("not_here", "only somebody with a place in the room")


def _opened(state: Writing, opened: bool, person: PersonId) -> Iterable[Event]:
    desk = state.desk(person)
    if desk.open_to_moderator == opened:
        return []
    told = (*desk.co_writers, *_person_of(desk.typist))
    return [m.OpenedToModerator(person, told) if opened else m.ClosedToModerator(person, told)]


def _typist(state: Writing, command: m.AppointTypist, actor: Actor, scene: Scene, context: Context) -> Iterable[Event]:
    person, typist = command.person, command.typist
    if not actor.is_staff and (actor.person != person or not may_speak(state, actor, scene)):
        raise Refused("not_yours", "only the person or a moderator appoints")
    if person not in scene.people:
        raise Refused("not_here")
    before = state.desk(person).typist
    if typist == before:
        return []
    if typist:
        _need_here(PersonId(typist), person, scene)
        if actor.is_staff and not scene.people[person].without_device:
            raise Refused("not_yours", "who has a device appoints a typist by it")
    return [m.TypistAppointed(person, (*_person_of(before), *_person_of(typist)), typist, context.now_ms)]


def _person_of(typist: str) -> tuple[PersonId, ...]:
    return (PersonId(typist),) if typist else ()


def _asked(state: Writing, person: PersonId, scene: Scene, context: Context) -> Iterable[Event]:
    if state.desk(person).ready is None:
        raise Refused("not_ready", "a reader gets a copy that is marked ready")
    if still_reading(state, person, scene) >= state.config.limits.readers_max:
        raise Refused("enough_readers", f"at most {state.config.limits.readers_max}")
    events = list(given(state, (person,), scene, context))
    if not events:
        raise Refused("no_reader_free", "everybody from another school has it, or wrote it with you")
    return events


def _assigned(
    state: Writing, command: m.AssignReaders, actor: Actor, scene: Scene, context: Context
) -> Iterator[Event]:
    """Readers by rounds, each round even in itself."""
    if not actor.is_staff:
        raise Refused("moderators_only")
    each = min(command.each, state.config.limits.readers_max)
    authors = tuple(
        author
        for author, desk in state.desks.items()
        if desk.ready is not None and still_reading(state, author, scene) < each
    )
    return given(state, authors, scene, context)


def _rated(state: Writing, command: m.RateReading, person: PersonId, scene: Scene, context: Context) -> m.ReadingRated:
    slot = _slot(state, command, person, scene)
    author = state.desk(person).readings[slot].author
    ready = state.desk(author).ready
    if ready is None:
        raise Refused("vignette_withdrawn", "its author took it back")
    text = context.texts.get(command.page)
    fields = {name: unicodedata.normalize("NFC", words.strip()) for name, words in text.fields.items()} if text else {}
    within(fields, state.config.limits)
    said = text is not None and any(fields.get(field) for field in ("comment", "judging_word"))
    return m.ReadingRated(
        person,
        author,
        slot,
        ready.version,
        command.recognise,
        command.challenge,
        command.pulls_clear,
        command.could_identify,
        text.frozen if text is not None and said else None,
    )


def _slot(state: Writing, command: m.RateReading, person: PersonId, scene: Scene) -> int:
    for slot in state.desk(person).readings:
        if command.page == reading_page(scene.phase, person, slot):
            return slot
    raise Refused("not_your_reading", "this text was given to somebody else")
