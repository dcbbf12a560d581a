"""What each audience sees: authors their own, readers a nameless copy, everybody else what was let go to them."""

from collections.abc import Iterable

import msgspec

from server.activities.vignette_writing import messages as m
from server.activities.vignette_writing.config import Limits
from server.activities.vignette_writing.indicators import Indicators, indicators, represents
from server.activities.vignette_writing.pages import reading_page, stake_page, vignette_page
from server.activities.vignette_writing.release import (
    DeskState,
    circle,
    missing,
    more_readers,
    read_at_table,
    stage,
    still_here,
    still_reading,
    table_of,
)
from server.activities.vignette_writing.state import Answer, Desk, Writing
from server.activities.vignette_writing.wall import Card, Poster, card, wall
from server.core.activity import Scene
from server.core.groups import Group
from server.core.messages import FrozenId, GroupId, PageId, PersonId
from server.core.products import LinkNote, ShareLevel, WheelPriority
from server.core.view import Audience, View, shown

LEVELS: tuple[ShareLevel, ...] = ("private", "pair", "group", "room_anonymous", "room_named")


class OwnShare(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is out. `interrupted`: somebody new sits here, so nobody here sees it until the author shares again."""

    text: FrozenId
    level: ShareLevel
    version: int
    interrupted: bool = False


class Remark(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one reader answered, without who. `text` holds the fields `comment` and `judging_word`."""

    version: int
    recognise: int
    challenge: int
    pulls_clear: bool
    could_identify: m.Guess
    text: FrozenId | None = None
    at_table: bool = False
    """It comes from the author's own table, where everybody knows who reads whose."""


class ToRead(msgspec.Struct, frozen=True, omit_defaults=True):
    """A vignette that I was given. No `text`: its author took it back, or the phase is over.

    It does not say whose it is, but to somebody who swaps with the author: `table` are those of whom one wrote it.
    """

    page: PageId
    text: FrozenId | None = None
    version: int = 0
    answered: Remark | None = None
    table: tuple[PersonId, ...] = ()


class Shared(msgspec.Struct, frozen=True, omit_defaults=True):
    """A vignette on which I write with its author, or which I type for somebody."""

    author: PersonId
    page: PageId
    typing: bool = False
    open_to_moderator: bool = False


class Priority(msgspec.Struct, frozen=True, omit_defaults=True):
    segment: str
    first_sign: PageId | None = None


class WritingForPerson(msgspec.Struct, frozen=True, omit_defaults=True):
    """My own desk. `missing` is what keeps the vignette from the room, `levels` to whom I could show it now."""

    page: PageId
    stake: PageId
    state: DeskState = "draft"
    version: int = 0
    chosen: m.Chosen = m.Chosen()
    checks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    levels: tuple[ShareLevel, ...] = ()
    ready: int = 0
    """The version that readers have."""
    ready_text: FrozenId | None = None
    shared: OwnShare | None = None
    later_use: bool = False
    co_writers: tuple[PersonId, ...] = ()
    typist: str = ""
    open_to_moderator: bool = False
    small_room: bool = False
    readers: int = 0
    """How many have answered, or are here to do so."""
    read_at_table: tuple[PersonId, ...] = ()
    """Those at my table of whom one reads it, or will; empty: somebody who does not know whose it is."""
    more_readers: bool = False
    """Somebody from another school is left to ask."""
    remarks: tuple[Remark, ...] = ()
    represents: bool | None = None
    to_read: tuple[ToRead, ...] = ()
    writes_on: tuple[Shared, ...] = ()
    priorities: tuple[Priority, ...] = ()
    link_notes: tuple[PageId, ...] = ()


class WritingForGroup(msgspec.Struct, frozen=True, omit_defaults=True):
    """A pair or a group: who is in it, and what its members let it see."""

    members: tuple[PersonId, ...]
    cards: tuple[Card, ...] = ()


class WritingForRoom(msgspec.Struct, frozen=True, omit_defaults=True):
    """The wall, and how many texts are ready or shared."""

    checks: tuple[str, ...] = ()
    limits: Limits = Limits()
    written: int = 0
    wall: tuple[Card, ...] = ()


class WritingForScreen(msgspec.Struct, frozen=True, omit_defaults=True):
    """The projector, and whoever observes."""

    written: int = 0
    wall: tuple[Poster, ...] = ()


class DeskRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """State only; `page` is named while its author asks for help."""

    person: PersonId
    state: DeskState = "draft"
    version: int = 0
    checks: int = 0
    readers: int = 0
    answers: int = 0
    reads: int = 0
    typist: str = ""
    page: PageId | None = None


class WritingForModerators(msgspec.Struct, frozen=True, omit_defaults=True):
    """Counts and states, never a word. `unread` are handed over and nobody reads them: `AssignReaders` helps."""

    rows: tuple[DeskRow, ...]
    figures: Indicators
    written: int = 0
    unread: int = 0


VIEWS = (WritingForPerson, WritingForGroup, WritingForRoom, WritingForScreen, WritingForModerators)


def view(state: Writing, audience: Audience, scene: Scene) -> View | None:
    match audience.kind:
        case "person":
            return _for_person(state, PersonId(audience.id), scene)
        case "group":
            return _for_group(state, GroupId(audience.id), scene)
        case "moderators":
            return _for_moderators(state, scene)
        case "room":
            return _for_room(state, scene)
        case "screen":
            return _for_screen(state, scene)


def _for_person(state: Writing, me: PersonId, scene: Scene) -> View:
    desk, phase = state.desk(me), scene.phase
    lacking = missing(state, me)
    remarks = _remarks(state, me, scene)
    to_read = _to_read(state, me, scene)
    writes_on = _writes_on(state, desk, scene)
    body = WritingForPerson(
        vignette_page(phase, me),
        stake_page(phase, me),
        stage(state, me),
        desk.version,
        desk.chosen,
        tuple(sorted(desk.checks)),
        lacking,
        _levels(state, me, scene, lacking),
        desk.ready.version if desk.ready else 0,
        desk.ready.text if desk.ready else None,
        _own_share(state, me, scene),
        desk.later_use,
        desk.co_writers,
        desk.typist,
        desk.open_to_moderator,
        _is_small(scene, state.config.limits.small_room),
        still_reading(state, me, scene),
        read_at_table(state, me, scene),
        more_readers(state, me, scene),
        remarks,
        represents(state, me, scene),
        to_read,
        writes_on,
        tuple(Priority(one.segment, one.first_sign) for one in scene.of(WheelPriority) if one.person == me),
        tuple(note.page for note in scene.of(LinkNote) if note.person == me),
    )
    named = {*desk.co_writers, *desk.co_writes, *desk.types_for, *((PersonId(desk.typist),) if desk.typist else ())}
    named |= {*body.read_at_table, *(one for reading in to_read for one in reading.table)}
    texts = [remark.text for remark in remarks] + [one.text for one in to_read]
    texts += [one.answered.text for one in to_read if one.answered] + [desk.shared.copy.text if desk.shared else None]
    texts += [desk.ready.text if desk.ready else None]
    return shown(body, people=named, texts=(text for text in texts if text is not None))


def _is_small(scene: Scene, few: int) -> bool:
    return len(scene.joined) < few


def _levels(state: Writing, me: PersonId, scene: Scene, lacking: tuple[str, ...]) -> tuple[ShareLevel, ...]:
    if not scene.is_open_alone:
        return ()
    closed = {level for level in ("pair", "group") if circle(state, me, level, scene) is None}
    if lacking:
        closed |= {"room_anonymous", "room_named"}
    return tuple(level for level in LEVELS if level not in closed)


def _own_share(state: Writing, me: PersonId, scene: Scene) -> OwnShare | None:
    share = state.desk(me).shared
    if share is None:
        return None
    group = circle(state, me, share.level, scene)
    interrupted = share.level in ("pair", "group") and (group is None or not share.audience.issuperset(group.members))
    return OwnShare(share.copy.text, share.level, share.copy.version, interrupted)


def _remark(answer: Answer, *, at_table: bool = False) -> Remark:
    return Remark(
        answer.version,
        answer.recognise,
        answer.challenge,
        answer.pulls_clear,
        answer.could_identify,
        answer.text,
        at_table,
    )


def _remarks(state: Writing, me: PersonId, scene: Scene) -> tuple[Remark, ...]:
    """In an order that says nothing about who answered first."""
    table = table_of(state, me, scene)
    remarks = [_remark(answer, at_table=reader in table) for reader, answer in state.answers(me)]
    return tuple(sorted(remarks, key=lambda one: (-one.version, one.text or "", *msgspec.structs.astuple(one)[1:5])))


def _to_read(state: Writing, me: PersonId, scene: Scene) -> tuple[ToRead, ...]:
    found = []
    for slot, reading in state.desk(me).readings.items():
        ready = state.desk(reading.author).ready if scene.is_open else None
        answered = _remark(reading.answer) if reading.answer else None
        page = reading_page(scene.phase, me, slot)
        table = table_of(state, me, scene)
        known = table if reading.author in table else ()
        found.append(ToRead(page, ready.text if ready else None, ready.version if ready else 0, answered, known))
    return tuple(found)


def _writes_on(state: Writing, desk: Desk, scene: Scene) -> tuple[Shared, ...]:
    if not scene.is_open:
        return ()
    return tuple(
        Shared(author, vignette_page(scene.phase, author), typing, state.desk(author).open_to_moderator)
        for authors, typing in ((desk.co_writes, False), (desk.types_for, True))
        for author in authors
    )


def _for_group(state: Writing, which: GroupId, scene: Scene) -> View | None:
    levels: tuple[tuple[str, ShareLevel], ...] = ((state.config.readers, "pair"), (state.config.circle, "group"))
    for grouping, level in levels:
        for group in scene.groups.get(grouping, ()):
            if group.id == which:
                cards = _cards(state, group, level)
                here = tuple(one for one in group.members if still_here(one, scene))
                people = {*here, *_named(cards)}
                return shown(WritingForGroup(here, cards), people=people, texts=(one.text for one in cards))
    return None


def _cards(state: Writing, group: Group, level: ShareLevel) -> tuple[Card, ...]:
    """Only while nobody sits here whom the author did not mean: widening is always the author's own act."""
    found = []
    for author in group.members:
        share = state.desk(author).shared
        if share is not None and share.level == level and share.audience.issuperset(group.members):
            found.append(card(share.copy.text, author, state.desk(author).chosen))
    return tuple(found)


def _for_room(state: Writing, scene: Scene) -> View:
    on_wall = wall(state, scene)
    checks = tuple(check.id for check in state.config.checks)
    body = WritingForRoom(checks, state.config.limits, _written(state), on_wall)
    return shown(body, people=_named(on_wall), texts=(one.text for one in on_wall))


def _for_screen(state: Writing, scene: Scene) -> View:
    posters = tuple(card.poster() for card in wall(state, scene))
    texts = (text for poster in posters for text in poster.texts())
    return shown(WritingForScreen(_written(state), posters), people=_named(posters), texts=texts)


def _written(state: Writing) -> int:
    return sum(desk.handed_over for desk in state.desks.values())


def _named(cards: Iterable[Card | Poster]) -> list[PersonId]:
    return [one.author for one in cards if one.author is not None]


def _for_moderators(state: Writing, scene: Scene) -> View:
    rows = tuple(_row(state, person, scene) for person in sorted(scene.people) if scene.people[person].state != "left")
    out = [row for row in rows if state.desk(row.person).handed_over]
    body = WritingForModerators(rows, indicators(state, scene), len(out), sum(not row.readers for row in out))
    return shown(body, people=(row.person for row in rows))


def _row(state: Writing, person: PersonId, scene: Scene) -> DeskRow:
    desk = state.desk(person)
    return DeskRow(
        person,
        stage(state, person),
        desk.version,
        len(desk.checks),
        len(desk.read_by),
        sum(1 for _ in state.answers(person)),
        len(desk.readings),
        desk.typist,
        vignette_page(scene.phase, person) if desk.open_to_moderator else None,
    )
