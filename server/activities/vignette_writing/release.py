"""What a vignette needs before a copy of it goes to a reader, a pair, a group or the room, and what it becomes then."""

import unicodedata
from collections.abc import Iterator
from typing import Literal

from server.activities.vignette_writing import messages as m
from server.activities.vignette_writing.config import Limits
from server.activities.vignette_writing.hints import marks_to_confirm
from server.activities.vignette_writing.pages import vignette_page
from server.activities.vignette_writing.readers import Pool, Wanted, anybody, assigned, may_read
from server.activities.vignette_writing.state import Writing
from server.core.activity import Scene
from server.core.dice import Dice
from server.core.groups import Group
from server.core.messages import Context, Event, PageText, PersonId, Refused
from server.core.products import ShareLevel

DeskState = Literal["draft", "ready", "shared", "withdrawn"]

ROOM_LEVELS: frozenset[ShareLevel] = frozenset({"room_anonymous", "room_named"})


def missing(state: Writing, author: PersonId) -> tuple[str, ...]:
    """The publication gate: what still keeps this vignette from the room, as codes.

    A pair or a group may see it before: they talk with the author, and that is where a draft gets better.
    """
    limits, desk = state.config.limits, state.desk(author)
    known = {check.id for check in state.config.checks}
    since = (answer for _, answer in state.answers(author) if answer.version > desk.taken_back)
    cleared = sum(answer.could_identify != "yes" for answer in since)
    return (
        *(("too_few_checks",) if len(desk.checks & known) < min(limits.checks_min, len(known)) else ()),
        *(("no_reader_yet",) if cleared < limits.readers_min else ()),
    )


def stage(state: Writing, author: PersonId) -> DeskState:
    """How far a vignette is. Ready is one that was handed over and has passed the publication gate."""
    desk = state.desk(author)
    if desk.level != "private":
        return "shared"
    if desk.handed_over and not missing(state, author):
        return "ready"
    return "withdrawn" if desk.withdrawn else "draft"


def circle(state: Writing, author: PersonId, level: ShareLevel, scene: Scene) -> Group | None:
    """The group that a level means for this author, here and now."""
    grouping = {"pair": state.config.readers, "group": state.config.circle}.get(level)
    found = scene.group_of(author, grouping) if grouping else None
    return found if found is not None and len(found.members) > 1 else None


def made_ready(
    state: Writing, command: m.MarkReady, author: PersonId, scene: Scene, context: Context
) -> Iterator[Event]:
    text = _checked(state, command, author, scene, context)
    readers = tuple(reader for reader, _ in state.desk(author).read_by)
    yield m.VignetteReady(author, readers, text.frozen, text.sha256)
    if not any(still_here(reader, scene) for reader in readers):
        yield from given(state, (author,), scene, context)


def shared(
    state: Writing, command: m.ShareVignette, author: PersonId, scene: Scene, context: Context
) -> Iterator[Event]:
    text = _checked(state, command, author, scene, context)
    if command.level in ROOM_LEVELS:
        lacking = missing(state, author)
        if lacking:
            raise Refused(lacking[0], "the room sees what is checked, and what a reader could not place")
    audience: tuple[PersonId, ...] = ()
    if command.level in ("pair", "group"):
        group = circle(state, author, command.level, scene)
        if group is None:
            raise Refused(f"no_{command.level}", "you sit with nobody in this phase")
        audience = group.members
    first = state.desk(author).shared is None and scene.status not in ("reopened", "catching_up")
    kind = m.VignetteShared if first else m.VignetteSharedAnew
    yield kind(author, text.frozen, text.sha256, command.level, audience)


def given(state: Writing, authors: tuple[PersonId, ...], scene: Scene, context: Context) -> Iterator[Event]:
    """One more reader for each of these authors, where there is anybody."""
    load = {person: len(desk.readings) for person, desk in state.desks.items() if desk.readings}
    pool = Pool(scene.people, load, context.present)
    dice = Dice(context.seed)
    for author, reader in assigned([_wanted(state, author, scene) for author in authors], pool, dice.throw()):
        yield m.ReaderGiven(reader, author, dice.throw() >> 32)


def still_reading(state: Writing, author: PersonId, scene: Scene) -> int:
    """How many have answered, or are here to do so."""
    answered = {reader for reader, _ in state.answers(author)}
    return sum(reader in answered or still_here(reader, scene) for reader, _ in state.desk(author).read_by)


def more_readers(state: Writing, author: PersonId, scene: Scene) -> bool:
    """Whether one more reader can be asked for."""
    if state.desk(author).ready is None or still_reading(state, author, scene) >= state.config.limits.readers_max:
        return False
    return anybody(_wanted(state, author, scene), scene.people)


def table_of(state: Writing, person: PersonId, scene: Scene) -> tuple[PersonId, ...]:
    """The others in the pair with whom this person swaps: what passes between them is no secret to them."""
    pair = scene.group_of(person, state.config.readers)
    return () if pair is None else tuple(one for one in pair.members if one != person)


def read_at_table(state: Writing, author: PersonId, scene: Scene) -> tuple[PersonId, ...]:
    """Those at the author's own table of whom one reads it, or will when it is handed over.

    Empty when the reader sits elsewhere, and does not know whose it is. Of two at the table it does not say which.
    """
    table = table_of(state, author, scene)
    given = {reader for reader, _ in state.desk(author).read_by if still_here(reader, scene)}
    if given and not given.intersection(table):
        return ()
    free = may_read(_wanted(state, author, scene), scene.people)
    return tuple(one for one in table if one in given or one in free)


def still_here(person: PersonId, scene: Scene) -> bool:
    member = scene.people.get(person)
    return member is not None and member.state == "joined"


def _wanted(state: Writing, author: PersonId, scene: Scene) -> Wanted:
    desk = state.desk(author)
    typist = (PersonId(desk.typist),) if desk.typist else ()
    known = frozenset({*desk.co_writers, *typist, *(reader for reader, _ in desk.read_by)})
    pair = scene.group_of(author, state.config.readers)
    ring: tuple[PersonId, ...] = ()
    if pair is not None:
        at = pair.members.index(author)
        ring = tuple(one for one in (*pair.members[at + 1 :], *pair.members[:at]) if one not in pair.absent)
    near = scene.group_of(author, state.config.circle)
    return Wanted(author, desk.chosen.language, ring, frozenset(near.members if near else ()), known)


def _checked(
    state: Writing, command: m.MarkReady | m.ShareVignette, author: PersonId, scene: Scene, context: Context
) -> PageText:
    """The text to be frozen. Raises `Refused` for one that is unfinished, too long, or says what it must not say."""
    if command.page != vignette_page(scene.phase, author):
        raise Refused("not_your_vignette", "only the author lets it go")
    text = context.texts.get(command.page)
    fields = {name: _clean(words) for name, words in text.fields.items()} if text else {}
    if text is None or not all(fields.get(field) for field in ("title", "pull_a", "pull_b")):
        raise Refused("vignette_unwritten", "a title and two pulls are the least")
    if fields["pull_a"].casefold() == fields["pull_b"].casefold():
        raise Refused("pulls_alike", "two things that cannot both be had")
    within(fields, state.config.limits)
    unconfirmed = (marks_to_confirm(text.fields) | set(text.names)) - set(command.confirmed)
    if unconfirmed:
        raise Refused("names_unconfirmed", " ".join(sorted(unconfirmed)))
    return text


def within(fields: dict[str, str], limits: Limits) -> None:
    """Refuses what is longer than its field. Counts characters, not bytes."""
    for field in ("title", "situation", "stuck", "pull_a", "pull_b", "question", "topic", "comment", "judging_word"):
        most: int = getattr(limits, field)
        if len(fields.get(field, "")) > most:
            raise Refused("text_too_long", f"{field}: at most {most} characters")
    roles = [role.strip() for role in fields.get("roles", "").split("\n") if role.strip()]
    if len(roles) > limits.roles:
        raise Refused("too_many_roles", f"at most {limits.roles}")
    if any(len(role) > limits.role for role in roles):
        raise Refused("text_too_long", f"roles: at most {limits.role} characters each")


def _clean(words: str) -> str:
    return unicodedata.normalize("NFC", words.strip())
