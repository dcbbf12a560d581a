"""What each audience sees: readers their vignettes, groups their board, authors counts, and nobody another's taps."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from server.activities.similarity import board, gallery
from server.activities.similarity.board import Card
from server.activities.similarity.pages import board_page, compares, offers_page
from server.activities.similarity.state import Reading, Similarity
from server.core.activity import Scene
from server.core.excerpt import excerpt
from server.core.groups import Group
from server.core.messages import FrozenId, GroupId, PageId, PersonId
from server.core.products import Strengths, Vignette
from server.core.view import Audience, View, shown

MINUTE_MS = 60_000


class Served(msgspec.Struct, frozen=True, omit_defaults=True):
    """A vignette to read, and what I tapped. `author` only of those who share under their name."""

    vignette: str
    text: FrozenId
    language: str = ""
    topics: tuple[str, ...] = ()
    author: PersonId | None = None
    rated: Reading | None = None


class OwnVignette(msgspec.Struct, frozen=True, omit_defaults=True):
    """How many read mine. `close` is None before the reveal and below five readers."""

    vignette: str
    text: FrozenId
    readers: int = 0
    close: int | None = None


class OwnOffers(msgspec.Struct, frozen=True, omit_defaults=True):
    text: FrozenId
    gives: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()


class SimilarityForPerson(msgspec.Struct, frozen=True, omit_defaults=True):
    """`more` is how many vignettes I may still ask for; `suggested` are tags of my own strengths.

    `votes` are None until I voted in the group where I sit.
    """

    vignettes: tuple[Served, ...] = ()
    more: int = 0
    own: OwnVignette | None = None
    offers: PageId | None = None
    suggested: tuple[str, ...] = ()
    shared: OwnOffers | None = None
    votes: tuple[int, ...] | None = None


class MemberOffers(msgspec.Struct, frozen=True, omit_defaults=True):
    """The lines and the tags of one member."""

    person: PersonId
    offers: tuple[FrozenId, ...] = ()
    needs: tuple[FrozenId, ...] = ()
    gives: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()


class SimilarityForGroup(msgspec.Struct, frozen=True, omit_defaults=True):
    """The board. `speaker` names their issue while the others are silent; until `silent_until_ms` nobody talks.

    `totals` are the dots by cluster, empty until they are revealed; those of who is `waiting` are not in them.
    """

    members: tuple[PersonId, ...]
    board: PageId
    clusters: int
    votes_each: int
    cards: tuple[Card, ...] = ()
    speaker: PersonId | None = None
    next: PersonId | None = None
    silent_until_ms: int = 0
    voted: int = 0
    waiting: int = 0
    totals: tuple[int, ...] = ()
    shared: FrozenId | None = None
    offers: tuple[MemberOffers, ...] = ()


class Tally(msgspec.Struct, frozen=True, omit_defaults=True):
    """How many could give, and how many want, what has this tag."""

    tag: str
    gives: int = 0
    wants: int = 0


class SimilarityForRoom(msgspec.Struct, frozen=True, omit_defaults=True):
    """The room and the projector. `names` are those of shared clusters, in no telling order.

    `tags` is empty while fewer than five people have shared what they give and want.
    """

    vignettes: int = 0
    well_read: int = 0
    names: tuple[FrozenId, ...] = ()
    tags: tuple[Tally, ...] = ()


class VignetteRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """`readers` have tapped, `outside` of them are from other schools."""

    title: FrozenId
    readers: int = 0
    outside: int = 0


class GroupRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """Counts only; `waiting` have not voted, and `names` are there once the group has shared them."""

    group: GroupId
    members: int
    cards: int = 0
    placed: int = 0
    clusters: int = 0
    voted: int = 0
    waiting: int = 0
    revealed: bool = False
    shared: bool = False
    differences: int = 0
    offers: int = 0
    names: tuple[FrozenId, ...] = ()


class SimilarityForModerators(msgspec.Struct, frozen=True, omit_defaults=True):
    """`enough_read` counts the people who have read three, `waiting` those who were given nothing yet."""

    vignettes: tuple[VignetteRow, ...] = ()
    here: int = 0
    waiting: int = 0
    enough_read: int = 0
    groups: tuple[GroupRow, ...] = ()


VIEWS = (SimilarityForPerson, SimilarityForGroup, SimilarityForRoom, SimilarityForModerators)


def view(state: Similarity, audience: Audience, scene: Scene) -> View | None:
    match audience.kind:
        case "person":
            return _for_person(state, PersonId(audience.id), scene)
        case "group":
            fours = scene.groups.get(state.config.fours, ())
            four = next((group for group in fours if group.id == audience.id), None)
            return None if four is None else _for_group(state, four, scene)
        case "room" | "screen":
            return _for_room(state, scene)
        case "moderators":
            return _for_moderators(state, scene)


def _for_person(state: Similarity, me: PersonId, scene: Scene) -> View:
    served = _served(state, me, scene)
    own = _own(state, me, scene)
    four = scene.group_of(me, state.config.fours)
    ballot = state.ballot(me, four.id) if four else None
    copy = state.offers.get(me)
    body = SimilarityForPerson(
        served,
        gallery.left_to_read(state, scene, me) if scene.is_open_alone else 0,
        own,
        offers_page(scene.phase, me) if compares(state.config, scene) else None,
        _suggested(state, me, scene),
        OwnOffers(copy.text, copy.gives, copy.wants) if copy else None,
        ballot.votes if ballot else None,
    )
    texts = {one.text for one in served} | ({own.text} if own else set()) | ({copy.text} if copy else set())
    return shown(body, people=(one.author for one in served if one.author), texts=texts)


def _served(state: Similarity, me: PersonId, scene: Scene) -> tuple[Served, ...]:
    there = gallery.hanging(scene)
    mine = state.readings.get(me, {})
    return tuple(
        Served(
            key,
            one.text,
            one.language,
            one.topics,
            one.author if one.share == "room_named" else None,
            mine.get(key),
        )
        for key in state.served.get(me, ())
        if (one := there.get(key))
    )


def _own(state: Similarity, me: PersonId, scene: Scene) -> OwnVignette | None:
    one = gallery.by_author(scene).get(me)
    if one is None:
        return None
    echo = gallery.echo(state, scene, one.key)
    hidden = echo.readers < gallery.SMALLEST_AGGREGATE or not gallery.is_revealed(state, scene)
    return OwnVignette(one.key, one.text, echo.readers, None if hidden else echo.close)


def _suggested(state: Similarity, me: PersonId, scene: Scene) -> tuple[str, ...]:
    known = {choice.id for choice in scene.vocabularies.get(state.config.tags, ())}
    tags = (tag for one in scene.of(Strengths) if one.person == me for tag in one.tags)
    return tuple(dict.fromkeys(tag for tag in tags if tag in known))


def _for_group(state: Similarity, four: Group, scene: Scene) -> View:
    found = board.cards(state, gallery.by_author(scene), four)
    speaker, following = _speakers(state, four, scene)
    offers = tuple(_offers(state, member) for member in four.members if member in state.offers)
    copy = state.boards.get(four.id)
    config = state.config
    body = SimilarityForGroup(
        four.members,
        board_page(scene.phase, four.id),
        config.max_clusters,
        config.votes_each,
        found,
        speaker,
        following,
        _silent_until(state, four, scene),
        len(board.ballots(state, four)),
        board.waiting(state, scene, four),
        state.totals.get(four.id, ()),
        copy.text if copy else None,
        offers,
    )
    texts = {card.text for card in found if card.text} | {line for one in offers for line in one.offers + one.needs}
    return shown(body, people=four.members, texts=texts | ({copy.text} if copy else set()))


def _offers(state: Similarity, member: PersonId) -> MemberOffers:
    copy = state.offers[member]
    offers = tuple(excerpt(copy.text, "offers", at) for at in copy.offers)
    needs = tuple(excerpt(copy.text, "needs", at) for at in copy.needs)
    return MemberOffers(member, offers, needs, copy.gives, copy.wants)


def _speakers(state: Similarity, four: Group, scene: Scene) -> tuple[PersonId | None, PersonId | None]:
    step = scene.step(four.id)
    if step.groups != state.config.fours:
        return None, None
    turns, at = step.turns.of_size(len(four.taking_part)), scene.standing(four.id).turn
    now, following = (scene.speaker(four, turns[which]) if which < len(turns) else None for which in (at, at + 1))
    return now, following


def _silent_until(state: Similarity, four: Group, scene: Scene) -> int:
    """While a group sorts in silence all move cards on one board: what is forbidden is talking, not seeing."""
    step = scene.step(four.id)
    if step.id != state.config.same:
        return 0
    return scene.standing(four.id).since_ms + round((step.silent or state.config.silent_minutes) * MINUTE_MS)


def _for_room(state: Similarity, scene: Scene) -> View:
    read = gallery.readers(state, scene)
    there = gallery.hanging(scene)
    well_read = sum(gallery.outside(scene, there[key], who) >= state.config.readers_each for key, who in read.items())
    names = {name for four in scene.groups.get(state.config.fours, ()) for name in board.cluster_names(state, four.id)}
    body = SimilarityForRoom(len(there), well_read, tuple(sorted(names)), tuple(_tallies(state)))
    return shown(body, texts=names)


def _tallies(state: Similarity) -> Iterable[Tally]:
    copies = [copy for copy in state.offers.values() if copy.gives or copy.wants]
    if len(copies) < gallery.SMALLEST_AGGREGATE:
        return ()
    gives = Counter(tag for copy in copies for tag in copy.gives)
    wants = Counter(tag for copy in copies for tag in copy.wants)
    return (Tally(tag, gives[tag], wants[tag]) for tag in sorted(gives | wants))


def _for_moderators(state: Similarity, scene: Scene) -> View:
    there = gallery.hanging(scene)
    read = gallery.readers(state, scene)
    rows = (
        VignetteRow(excerpt(one.text, "title"), len(read[key]), gallery.outside(scene, one, read[key]))
        for key, one in there.items()
    )
    vignettes = tuple(sorted(rows, key=lambda row: (row.outside, row.title)))
    counts = Counter(person for who in read.values() for person in who)
    desks = gallery.desks(state, scene)
    authors = gallery.by_author(scene)
    groups = tuple(_group_row(state, scene, authors, four) for four in scene.groups.get(state.config.fours, ()))
    body = SimilarityForModerators(
        vignettes,
        len(scene.joined),
        sum(not desks.get(person) for person in scene.joined),
        sum(counts[person] >= gallery.ENOUGH_READ for person in scene.joined),
        groups,
    )
    return shown(body, texts={row.title for row in vignettes} | {name for row in groups for name in row.names})


def _group_row(state: Similarity, scene: Scene, authors: Mapping[PersonId, Vignette], four: Group) -> GroupRow:
    found = board.cards(state, authors, four)
    used = {card.cluster for card in found if card.cluster is not None}
    return GroupRow(
        four.id,
        len(four.members),
        len(found),
        sum(card.cluster is not None for card in found),
        len(used),
        len(board.ballots(state, four)),
        board.waiting(state, scene, four),
        four.id in state.totals,
        four.id in state.boards,
        len(board.differences(state, four.id)),
        sum(member in state.offers for member in four.members),
        board.cluster_names(state, four.id),
    )
