"""What may be wished and what can happen between the first reading and the last offer. Facts hold no prose."""

from typing import Annotated

from msgspec import Meta

from server.core.messages import Command, Freezing, FrozenId, GroupId, OfGroup, OfPerson

Scale4 = Annotated[int, Meta(ge=0, le=3)]
"""0 far … 3 this could be mine."""
Scale5 = Annotated[int, Meta(ge=0, le=4)]
"""0 not at all … 4 very much."""
Cluster = Annotated[int, Meta(ge=1, le=5)]
Dots = Annotated[int, Meta(ge=0, le=9)]


class AskForVignettes(Command, frozen=True):
    """A person wants to read: a first handful, later one more. From a moderator: everybody here gets theirs."""


class RateCloseness(Command, frozen=True):
    """How a vignette sits with its reader. Rating again replaces the answer."""

    vignette: str
    closeness: Scale4
    recognise: Scale5 | None = None
    challenge: Scale5 | None = None


class PlaceCard(Command, frozen=True):
    """Moves a card of the board from where it was seen (`left`) into a cluster; None is beside all clusters."""

    group: GroupId
    card: str
    cluster: Cluster | None = None
    left: Cluster | None = None


class CastVotes(Command, frozen=True):
    """All dots of one person, by cluster from the first. Voting again replaces every dot that was there."""

    group: GroupId
    votes: tuple[Dots, ...]


class RevealVotes(Command, frozen=True):
    """A member for the group, or a moderator: show the sums, and let nobody vote any more."""

    group: GroupId


class ShareBoard(Freezing, frozen=True):
    """Lets the room see the names of the clusters; the differences stay in the group. Again replaces the copy."""


class WithdrawBoard(Command, frozen=True):
    """At any time."""

    group: GroupId


class ShareOffers(Freezing, frozen=True):
    """What I could give and would want: the lines of my page, and tags of the vocabulary that can meet."""

    gives: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()


class WithdrawOffers(Command, frozen=True):
    """At any time."""


class VignettesServed(OfPerson, frozen=True):
    vignettes: tuple[str, ...]


class ClosenessRated(OfPerson, frozen=True):
    vignette: str
    closeness: int
    recognise: int | None = None
    challenge: int | None = None


class EchoHeard(OfPerson, frozen=True):
    """How many have read a vignette of `person` in this phase, and to how many of them it is close.

    A fact of its own: a reading concerns its reader, and the author only by these counts.
    """

    vignette: str
    readers: int
    close: int


class CardPlaced(OfGroup, frozen=True):
    card: str
    cluster: int | None = None


class VotesCast(OfPerson, frozen=True):
    group: GroupId
    votes: tuple[int, ...]


class VotesRevealed(OfGroup, frozen=True):
    """`totals` by cluster: whoever leaves or moves later does not take their dots away."""

    totals: tuple[int, ...]


class BoardShared(OfGroup, frozen=True):
    """`clusters` are those that have a name, `differences` the places of the written lines."""

    frozen: FrozenId
    sha256: str
    clusters: tuple[int, ...] = ()
    differences: tuple[int, ...] = ()


class BoardWithdrawn(OfGroup, frozen=True):
    pass


class OffersShared(OfPerson, frozen=True):
    """`offers` and `needs` are the places of the written lines."""

    frozen: FrozenId
    sha256: str
    offers: tuple[int, ...] = ()
    needs: tuple[int, ...] = ()
    gives: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()


class OffersWithdrawn(OfPerson, frozen=True):
    pass


COMMANDS = (
    AskForVignettes,
    RateCloseness,
    PlaceCard,
    CastVotes,
    RevealVotes,
    ShareBoard,
    WithdrawBoard,
    ShareOffers,
    WithdrawOffers,
)
EVENTS = (
    VignettesServed,
    ClosenessRated,
    EchoHeard,
    CardPlaced,
    VotesCast,
    VotesRevealed,
    BoardShared,
    BoardWithdrawn,
    OffersShared,
    OffersWithdrawn,
)
