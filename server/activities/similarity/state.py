"""What the comparison has come to: who read what, where the cards lie, and which dots and copies are out."""

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from server.activities.similarity import messages as m
from server.activities.similarity.serving import Portions
from server.core.messages import Event, FrozenId, GroupId, PersonId
from server.core.path import Slug


class SimilarityConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Numbers of the method, and the names by which the path calls its grouping, its steps and its vocabulary."""

    max_clusters: m.Cluster = 5
    votes_each: m.Dots = 3
    reads_min: int = 5
    reads_max: int = 8
    readers_each: int = 3
    max_differences: int = 5
    max_offers: int = 3
    silent_minutes: float = 2
    fours: Slug = "fours"
    gallery: Slug = "gallery"
    same: Slug = "same"
    tags: Slug = "strengths"

    @property
    def portions(self) -> Portions:
        return Portions(self.reads_min, self.reads_max, self.readers_each)


class Reading(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a reader tapped."""

    closeness: int
    recognise: int | None = None
    challenge: int | None = None


class Echo(msgspec.Struct, frozen=True):
    """How many have read a vignette, and to how many of them it is close."""

    readers: int = 0
    close: int = 0


class Ballot(msgspec.Struct, frozen=True):
    """Cast in a group: in another group it counts for nothing."""

    group: GroupId
    votes: tuple[int, ...]


class BoardCopy(msgspec.Struct, frozen=True):
    text: FrozenId
    clusters: tuple[int, ...] = ()
    differences: tuple[int, ...] = ()


class OffersCopy(msgspec.Struct, frozen=True):
    text: FrozenId
    offers: tuple[int, ...] = ()
    needs: tuple[int, ...] = ()
    gives: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()


class Similarity(msgspec.Struct, frozen=True):
    config: SimilarityConfig
    served: Mapping[PersonId, tuple[str, ...]] = {}
    readings: Mapping[PersonId, Mapping[str, Reading]] = {}
    echoes: Mapping[str, Echo] = {}
    places: Mapping[GroupId, Mapping[str, int]] = {}
    ballots: Mapping[PersonId, Ballot] = {}
    totals: Mapping[GroupId, tuple[int, ...]] = {}
    boards: Mapping[GroupId, BoardCopy] = {}
    offers: Mapping[PersonId, OffersCopy] = {}

    def ballot(self, person: PersonId, group: GroupId) -> Ballot | None:
        ballot = self.ballots.get(person)
        return ballot if ballot is not None and ballot.group == group else None


def evolve(state: Similarity, event: Event) -> Similarity:
    match event:
        case m.VignettesServed(person=person, vignettes=more):
            desk = tuple(dict.fromkeys((*state.served.get(person, ()), *more)))
            return replace(state, served={**state.served, person: desk})
        case m.ClosenessRated(person=person):
            reading = Reading(event.closeness, event.recognise, event.challenge)
            readings = {**state.readings.get(person, {}), event.vignette: reading}
            return replace(state, readings={**state.readings, person: readings})
        case m.EchoHeard():
            return replace(state, echoes={**state.echoes, event.vignette: Echo(event.readers, event.close)})
        case m.CardPlaced():
            return _placed(state, event)
        case m.VotesCast(person=person, group=group, votes=votes):
            return replace(state, ballots={**state.ballots, person: Ballot(group, votes)})
        case m.VotesRevealed(group=group, totals=totals):
            return replace(state, totals={**state.totals, group: totals})
        case m.BoardShared(group=group):
            copy = BoardCopy(event.frozen, event.clusters, event.differences)
            return replace(state, boards={**state.boards, group: copy})
        case m.BoardWithdrawn(group=gone):
            return replace(state, boards={group: copy for group, copy in state.boards.items() if group != gone})
        case m.OffersShared(person=person):
            offers = OffersCopy(event.frozen, event.offers, event.needs, event.gives, event.wants)
            return replace(state, offers={**state.offers, person: offers})
        case m.OffersWithdrawn(person=leaver):
            return replace(state, offers={person: copy for person, copy in state.offers.items() if person != leaver})
        case _:
            return state


def _placed(state: Similarity, event: m.CardPlaced) -> Similarity:
    places = dict(state.places.get(event.group, {}))
    if event.cluster is None:
        places.pop(event.card, None)
    else:
        places[event.card] = event.cluster
    return replace(state, places={**state.places, event.group: places})
