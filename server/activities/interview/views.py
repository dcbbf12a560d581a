"""What each audience sees of the interviews: the pair its roles, the foursome its cards, the room the wall."""

from collections.abc import Iterable
from itertools import chain

import msgspec

from server.activities.interview.balance import is_imbalanced
from server.activities.interview.messages import Level
from server.activities.interview.pages import alone, card_page, interviewed, notes_page
from server.activities.interview.roles import Role, heard_out, roles_now, story_of
from server.activities.interview.rules import for_room
from server.activities.interview.state import Card, Interview, Line, Picks, Question
from server.activities.interview.wall import Wall, wall
from server.core.activity import Scene
from server.core.groups import Group
from server.core.messages import FrozenId, GroupId, PageId, PersonId
from server.core.view import Audience, View, shown


class Storyteller(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody about whom the person writes, and the two pages to write on."""

    person: PersonId
    notes: PageId
    card: PageId
    without_device: bool = False
    """Nobody but a partner can show them their card, and approve it for them."""


class OwnCard(msgspec.Struct, frozen=True, omit_defaults=True):
    """What I approved, and how far it goes."""

    text: FrozenId
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    strengths: Level = "group"
    conditions: Level = "group"
    quote: bool = False


class InterviewForPerson(msgspec.Struct, frozen=True, omit_defaults=True):
    """`card` and `notes` are the pages about me, named as soon as I may open them."""

    role: Role | None = None
    about: tuple[Storyteller, ...] = ()
    card: PageId | None = None
    notes: PageId | None = None
    notes_kept: bool = False
    approved: OwnCard | None = None
    alone: bool = False
    """Nobody is left to interview me: I write my card myself."""


class InterviewForPair(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="view", tag="pair"):
    """Who has which role in the turn that runs, and whose cards are approved."""

    members: tuple[PersonId, ...]
    storyteller: PersonId | None = None
    interviewer: PersonId | None = None
    witnesses: tuple[PersonId, ...] = ()
    approved: tuple[PersonId, ...] = ()


class SharedCard(msgspec.Struct, frozen=True, omit_defaults=True):
    """A card as the foursome sees it. Lines that may be picked for the wall are in `for_room`."""

    person: PersonId
    headline: FrozenId
    strengths: tuple[Line, ...]
    conditions: tuple[Line, ...] = ()
    quote: FrozenId | None = None
    for_room: tuple[FrozenId, ...] = ()


class InterviewForFour(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="view", tag="four"):
    """`teller` tells the story of `story_of`; then the group picks."""

    members: tuple[PersonId, ...]
    teller: PersonId | None = None
    story_of: PersonId | None = None
    cards: tuple[SharedCard, ...] = ()
    picked_strengths: tuple[FrozenId, ...] = ()
    picked_conditions: tuple[FrozenId, ...] = ()


class InterviewForRoom(msgspec.Struct, frozen=True, omit_defaults=True):
    """The room and the projector: the guide, how many cards are approved, and the wall."""

    questions: tuple[Question, ...] = ()
    probes: tuple[str, ...] = ()
    approved: int = 0
    wall: Wall = Wall()


class PairRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """State only. `turn` is the kind of the turn that runs; `storyteller` counts members from 1, 0 is nobody."""

    group: GroupId
    members: int
    turn: str = ""
    storyteller: int = 0
    approved: int = 0
    imbalanced: bool = False


class FourRow(msgspec.Struct, frozen=True, omit_defaults=True):
    group: GroupId
    members: int
    approved: int = 0
    picked: int = 0


class InterviewForModerators(msgspec.Struct, frozen=True, omit_defaults=True):
    pairs: tuple[PairRow, ...] = ()
    fours: tuple[FourRow, ...] = ()
    approved: int = 0
    shared_strengths: int = 0


VIEWS = (InterviewForPerson, InterviewForPair, InterviewForFour, InterviewForRoom, InterviewForModerators)


def view(state: Interview, audience: Audience, scene: Scene) -> View | None:
    match audience.kind:
        case "person":
            return _for_person(state, PersonId(audience.id), scene)
        case "group":
            return _for_group(state, GroupId(audience.id), scene)
        case "moderators":
            return _for_moderators(state, scene)
        case "room" | "screen":
            on_wall = wall(state, scene)
            config = state.config
            body = InterviewForRoom(config.questions, config.probes, len(state.cards), on_wall)
            return shown(body, texts=on_wall.texts())


def _for_person(state: Interview, me: PersonId, scene: Scene) -> View:
    about = interviewed(state, me, scene) if scene.is_open else ()
    pair = scene.group_of(me, state.config.pairs)
    roles = roles_now(state.config, scene, pair) if pair else None
    may_read = heard_out(state.config, scene, me)
    notes = may_read and (scene.is_open or me in state.kept)
    card = state.cards.get(me)
    body = InterviewForPerson(
        roles.of(me) if roles else None,
        tuple(_storyteller(other, scene) for other in about),
        card_page(scene.phase, me) if may_read else None,
        notes_page(scene.phase, me) if notes else None,
        me in state.kept,
        _own(card) if card else None,
        alone(state, me, scene),
    )
    return shown(body, people=about, texts=(card.frozen,) if card else ())


def _storyteller(other: PersonId, scene: Scene) -> Storyteller:
    member = scene.people.get(other)
    without_device = member is not None and member.without_device
    return Storyteller(other, notes_page(scene.phase, other), card_page(scene.phase, other), without_device)


def _own(card: Card) -> OwnCard:
    tags, kinds = (tuple(line.label for line in lines) for lines in (card.strengths, card.conditions))
    return OwnCard(card.frozen, tags, kinds, card.strengths_to, card.conditions_to, card.quote is not None)


def _for_group(state: Interview, which: GroupId, scene: Scene) -> View | None:
    for group in scene.groups.get(state.config.pairs, ()):
        if group.id == which:
            return _for_pair(state, group, scene)
    for group in scene.groups.get(state.config.fours, ()):
        if group.id == which:
            return _for_four(state, group, scene)
    return None


def _for_pair(state: Interview, pair: Group, scene: Scene) -> View:
    roles = roles_now(state.config, scene, pair)
    body = InterviewForPair(
        pair.members,
        roles.storyteller if roles else None,
        roles.interviewer if roles else None,
        roles.witnesses if roles else (),
        tuple(member for member in pair.members if member in state.cards),
    )
    return shown(body, people=pair.members)


def _for_four(state: Interview, four: Group, scene: Scene) -> View:
    at_work = scene.step(four.id).groups == state.config.fours
    turn = scene.turn(four) if at_work else None
    teller = scene.speaker(four, turn) if turn else None
    story = story_of(state.config, scene, teller) if teller else None
    cards = {member: card for member in four.members if (card := state.cards.get(member))}
    shared = tuple(_shared(member, card) for member, card in cards.items())
    pickable = set(chain.from_iterable(card.for_room for card in shared))
    picks = state.picks.get(four.id, Picks())
    body = InterviewForFour(
        four.members,
        teller,
        story,
        shared,
        tuple(text for text in picks.strengths if text in pickable),
        tuple(text for text in picks.conditions if text in pickable),
    )
    named = {*four.members, story} if story else four.members
    return shown(body, people=named, texts=chain.from_iterable(map(_texts, shared)))


def _shared(person: PersonId, card: Card) -> SharedCard:
    pickable = tuple(line.text for field in ("strengths", "conditions") for line in for_room([card], field))
    return SharedCard(person, card.headline, card.strengths, card.conditions, card.quote, pickable)


def _texts(card: SharedCard) -> Iterable[FrozenId]:
    quote = () if card.quote is None else (card.quote,)
    return (card.headline, *quote, *(line.text for line in card.strengths + card.conditions))


def _for_moderators(state: Interview, scene: Scene) -> View:
    on_wall = wall(state, scene)
    pairs = tuple(_pair_row(state, pair, scene) for pair in scene.groups.get(state.config.pairs, ()))
    fours = tuple(_four_row(state, four) for four in scene.groups.get(state.config.fours, ()))
    return shown(InterviewForModerators(pairs, fours, len(state.cards), len(on_wall.strengths)))


def _pair_row(state: Interview, pair: Group, scene: Scene) -> PairRow:
    here = scene.step(pair.id).groups == state.config.pairs
    turn = scene.turn(pair) if here else None
    roles = roles_now(state.config, scene, pair)
    return PairRow(
        pair.id,
        len(pair.members),
        turn.kind if turn else "",
        pair.taking_part.index(roles.storyteller) + 1 if roles else 0,
        sum(member in state.cards for member in pair.members),
        is_imbalanced(state.config, scene, pair),
    )


def _four_row(state: Interview, four: Group) -> FourRow:
    cards = [state.cards[member] for member in four.members if member in state.cards]
    picks = state.picks.get(four.id, Picks())
    still = {line.text for field in ("strengths", "conditions") for line in for_room(cards, field)}
    return FourRow(four.id, len(four.members), len(cards), len(still.intersection(picks.strengths + picks.conditions)))
