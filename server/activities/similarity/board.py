"""The board of a group: its cards and where they lie, the dots, and what of its page the room may see."""

from collections.abc import Mapping

import msgspec

from server.activities.similarity import messages as m
from server.activities.similarity.gallery import by_author
from server.activities.similarity.pages import board_page, cluster_field
from server.activities.similarity.state import Similarity
from server.core.activity import Scene
from server.core.excerpt import excerpt
from server.core.groups import Group
from server.core.lines import NAME_CHARS, within, written
from server.core.messages import Actor, Context, Event, FrozenId, GroupId, PersonId, Refused
from server.core.products import Comparison, Vignette

SMALLEST_REVEAL = 2
"""The sum of a single ballot would be that ballot."""


class Card(msgspec.Struct, frozen=True, omit_defaults=True):
    """One issue on the board: a vignette with its `text`, or, of who let none be read, only the `person`.

    The author of a vignette is named only where they share under their name. `cluster` is None beside all clusters.
    """

    id: str
    text: FrozenId | None = None
    person: PersonId | None = None
    cluster: int | None = None


def cards(state: Similarity, there: Mapping[PersonId, Vignette], four: Group) -> tuple[Card, ...]:
    """Ordered by their ids: the order of the members would tell whose an anonymous vignette is."""
    places = state.places.get(four.id, {})
    found = []
    for member in four.members:
        one = there.get(member)
        key = one.key if one else str(member)
        lies = places.get(key)
        named = member if one is None or one.share == "room_named" else None
        found.append(Card(key, one.text if one else None, named, lies))
    return tuple(sorted(found, key=lambda card: card.id))


def own_four(state: Similarity, actor: Actor, which: GroupId, scene: Scene) -> Group:
    """The group, if the actor may act for it: a member, or a moderator."""
    four = next((one for one in scene.groups.get(state.config.fours, ()) if one.id == which), None)
    if four is None:
        raise Refused("no_such_group")
    if not actor.is_staff and actor.person not in four.members:
        raise Refused("not_your_group")
    return four


def placed(state: Similarity, command: m.PlaceCard, scene: Scene, four: Group) -> list[Event]:
    """Two people move one card at once: the first move stands, and the second has seen an older board."""
    card = next((one for one in cards(state, by_author(scene), four) if one.id == command.card), None)
    if card is None:
        raise Refused("no_such_card", "its author has withdrawn it, or sits elsewhere now")
    if command.cluster is not None and command.cluster > state.config.max_clusters:
        raise Refused("no_such_cluster", f"at most {state.config.max_clusters}")
    if card.cluster == command.cluster:
        return []
    if card.cluster != command.left:
        raise Refused("moved_meanwhile", "somebody else moved it; look where it lies now")
    return [m.CardPlaced(four.id, card.id, command.cluster)]


def voted(state: Similarity, command: m.CastVotes, person: PersonId, four: Group) -> list[Event]:
    if four.id in state.totals:
        raise Refused("votes_revealed", "the dots are counted")
    if len(command.votes) > state.config.max_clusters:
        raise Refused("no_such_cluster", f"at most {state.config.max_clusters}")
    if sum(command.votes) > state.config.votes_each:
        raise Refused("no_votes_left", f"{state.config.votes_each} dots in all")
    votes = (*command.votes, *(0,) * (state.config.max_clusters - len(command.votes)))
    ballot = state.ballot(person, four.id)
    return [] if ballot is not None and ballot.votes == votes else [m.VotesCast(person, four.id, votes)]


def ballots(state: Similarity, four: Group) -> list[tuple[int, ...]]:
    return [ballot.votes for member in four.members if (ballot := state.ballot(member, four.id))]


def waiting(state: Similarity, scene: Scene, four: Group) -> int:
    """How many of those who are still in the group have not voted."""
    return sum(state.ballot(member, four.id) is None for member in staying(scene, four))


def staying(scene: Scene, four: Group) -> list[PersonId]:
    return [one for one in four.taking_part if (member := scene.people.get(one)) and member.state != "left"]


def revealed(state: Similarity, scene: Scene, four: Group) -> list[Event]:
    if four.id in state.totals:
        return []
    cast = ballots(state, four)
    if len(cast) < min(SMALLEST_REVEAL, len(staying(scene, four))) or not cast:
        raise Refused("too_few_votes", "fewer than two would show whose dots they are")
    return [m.VotesRevealed(four.id, tuple(sum(column) for column in zip(*cast, strict=True)))]


def board_shared(
    state: Similarity, command: m.ShareBoard, person: PersonId, scene: Scene, context: Context
) -> list[Event]:
    four = scene.group_of(person, state.config.fours)
    if four is None or command.page != board_page(scene.phase, four.id):
        raise Refused("not_your_group")
    text = context.texts.get(command.page)
    fields = text.fields if text else {}
    names = range(1, state.config.max_clusters + 1)
    clusters = tuple(one for one in names if within(fields.get(cluster_field(one), ""), NAME_CHARS))
    differences = written(fields.get("differences", ""), state.config.max_differences)
    if text is None or not (clusters or differences):
        raise Refused("board_unwritten", "name a cluster or a difference first")
    return [m.BoardShared(four.id, text.frozen, text.sha256, clusters, differences)]


def cluster_names(state: Similarity, group: GroupId) -> tuple[FrozenId, ...]:
    """The names of the clusters that a group has shared."""
    copy = state.boards.get(group)
    return () if copy is None else tuple(excerpt(copy.text, cluster_field(one)) for one in copy.clusters)


def differences(state: Similarity, group: GroupId) -> tuple[FrozenId, ...]:
    copy = state.boards.get(group)
    return () if copy is None else tuple(excerpt(copy.text, "differences", at) for at in copy.differences)


def comparisons(state: Similarity, scene: Scene) -> tuple[Comparison, ...]:
    return tuple(
        Comparison(four.members, cluster_names(state, four.id), differences(state, four.id))
        for four in scene.groups.get(state.config.fours, ())
        if four.id in state.boards
    )
