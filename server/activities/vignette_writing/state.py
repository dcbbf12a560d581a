"""Everybody's desk: what they chose and ticked, who writes and reads with them, and which copies are out."""

from collections.abc import Iterator, Mapping

import msgspec
from msgspec.structs import replace

from server.activities.vignette_writing import messages as m
from server.activities.vignette_writing.config import WritingConfig
from server.core.messages import Event, FrozenId, PersonId
from server.core.products import ShareLevel


class Copy(msgspec.Struct, frozen=True):
    """A frozen text; every freezing of a vignette has the next version."""

    text: FrozenId
    sha256: str
    version: int


class Share(msgspec.Struct, frozen=True):
    copy: Copy
    level: ShareLevel
    audience: frozenset[PersonId] = frozenset()


class Answer(msgspec.Struct, frozen=True):
    """What a reader answered. `text` is the frozen comment page, if anything stands on it."""

    version: int
    recognise: int
    challenge: int
    pulls_clear: bool
    could_identify: m.Guess
    text: FrozenId | None = None


class Reading(msgspec.Struct, frozen=True):
    """A vignette that was given to somebody to read."""

    author: PersonId
    answer: Answer | None = None


class Desk(msgspec.Struct, frozen=True):
    """One person as an author, and what others have put on the same desk: texts to read, to write, to type.

    `key` names the vignette for later phases; it is the name of a first frozen copy, so that it tells nobody whose.
    """

    chosen: m.Chosen = m.Chosen()
    checks: frozenset[str] = frozenset()
    co_writers: tuple[PersonId, ...] = ()
    typist: str = ""
    open_to_moderator: bool = False
    version: int = 0
    key: str = ""
    ready: Copy | None = None
    shared: Share | None = None
    withdrawn: bool = False
    taken_back: int = 0
    """The version at the last withdrawal: what readers said up to there clears nothing written since."""
    later_use: bool = False
    read_by: tuple[tuple[PersonId, int], ...] = ()
    readings: Mapping[int, Reading] = {}
    co_writes: tuple[PersonId, ...] = ()
    types_for: tuple[PersonId, ...] = ()
    guest_since: Mapping[PersonId, int] = {}
    """From when on this person has been writing on others' texts, in ms; 0 where an older log does not say."""

    @property
    def level(self) -> ShareLevel:
        return self.shared.level if self.shared else "private"

    @property
    def handed_over(self) -> bool:
        """Whether a copy of it is with a reader, or was chosen to be seen by somebody."""
        return self.ready is not None or self.shared is not None


EMPTY = Desk()


class Writing(msgspec.Struct, frozen=True):
    config: WritingConfig
    desks: Mapping[PersonId, Desk] = {}

    def desk(self, person: PersonId) -> Desk:
        return self.desks.get(person, EMPTY)

    def answers(self, author: PersonId) -> Iterator[tuple[PersonId, Answer]]:
        """Who answered what to this author's vignette: for the rules and the figures, never for a view as it is."""
        for reader, slot in self.desk(author).read_by:
            reading = self.desk(reader).readings.get(slot)
            if reading is not None and reading.answer is not None:
                yield reader, reading.answer


def evolve(state: Writing, event: Event) -> Writing:
    match event:
        case m.SituationChosen(person=person, chosen=chosen):
            return _with(state, person, chosen=chosen)
        case m.CheckTicked():
            checks = state.desk(event.person).checks
            checks = checks | {event.check} if event.ticked else checks - {event.check}
            return _with(state, event.person, checks=checks)
        case m.CoWriterInvited(person=author, co_writer=guest):
            state = _with(state, author, co_writers=_plus(state.desk(author).co_writers, guest))
            state = _with(state, guest, co_writes=_plus(state.desk(guest).co_writes, author))
            return _guest(state, guest, author, event.at_ms)
        case m.CoWriterUninvited(person=author, co_writer=guest):
            state = _with(state, author, co_writers=_minus(state.desk(author).co_writers, guest))
            state = _with(state, guest, co_writes=_minus(state.desk(guest).co_writes, author))
            return _guest(state, guest, author)
        case m.OpenedToModerator(person=person):
            return _with(state, person, open_to_moderator=True)
        case m.ClosedToModerator(person=person):
            return _with(state, person, open_to_moderator=False)
        case m.TypistAppointed():
            return _typist(state, event)
        case m.LaterUseSet(person=person, allowed=allowed):
            return _with(state, person, later_use=allowed)
        case m.ReaderGiven() | m.ReadingRated():
            return _read(state, event)
        case m.VignetteReady() | m.VignetteShared() | m.VignetteSharedAnew() | m.VignetteWithdrawn():
            return _released(state, event)
        case _:
            return state


def _released(
    state: Writing, event: m.VignetteReady | m.VignetteShared | m.VignetteSharedAnew | m.VignetteWithdrawn
) -> Writing:
    desk = state.desk(event.person)
    if isinstance(event, m.VignetteWithdrawn):
        return _with(state, event.person, ready=None, shared=None, key="", withdrawn=True, taken_back=desk.version)
    copy = Copy(event.frozen, event.sha256, desk.version + 1)
    desk = replace(desk, version=copy.version, key=desk.key or event.frozen, withdrawn=False)
    if isinstance(event, m.VignetteReady):
        desk = replace(desk, ready=copy)
    else:
        desk = replace(desk, shared=Share(copy, event.level, frozenset(event.audience)))
    return replace(state, desks={**state.desks, event.person: desk})


def _read(state: Writing, event: m.ReaderGiven | m.ReadingRated) -> Writing:
    reader, desk = event.person, state.desk(event.person)
    if isinstance(event, m.ReaderGiven):
        state = _with(state, reader, readings={**desk.readings, event.slot: Reading(event.author)})
        return _with(state, event.author, read_by=(*state.desk(event.author).read_by, (reader, event.slot)))
    reading = desk.readings.get(event.slot)
    if reading is None:
        return state
    answer = Answer(
        event.version, event.recognise, event.challenge, event.pulls_clear, event.could_identify, event.text
    )
    return _with(state, reader, readings={**desk.readings, event.slot: replace(reading, answer=answer)})


def _typist(state: Writing, event: m.TypistAppointed) -> Writing:
    person, before, after = event.person, PersonId(state.desk(event.person).typist), PersonId(event.typist)
    if before:
        state = _with(state, before, types_for=_minus(state.desk(before).types_for, person))
        state = _guest(state, before, person)
    if after:
        state = _with(state, after, types_for=_plus(state.desk(after).types_for, person))
        state = _guest(state, after, person, event.at_ms)
    return _with(state, person, typist=after)


def _guest(state: Writing, guest: PersonId, author: PersonId, at_ms: int = 0) -> Writing:
    """Whoever writes and types for one author has been a guest since the first of the two."""
    desk = state.desk(guest)
    since = {one: ms for one, ms in desk.guest_since.items() if one != author}
    if author in desk.co_writes or author in desk.types_for:
        since[author] = desk.guest_since.get(author, at_ms)
    return _with(state, guest, guest_since=since)


def _with(state: Writing, person: PersonId, **changes: object) -> Writing:
    return replace(state, desks={**state.desks, person: replace(state.desk(person), **changes)})


def _plus(people: tuple[PersonId, ...], one: PersonId) -> tuple[PersonId, ...]:
    return people if one in people else (*people, one)


def _minus(people: tuple[PersonId, ...], one: PersonId) -> tuple[PersonId, ...]:
    return tuple(person for person in people if person != one)
