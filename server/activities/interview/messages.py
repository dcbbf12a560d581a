"""What may be wished and what can happen in an interview. Words stand in pages; facts name lines of frozen cards."""

from typing import Literal

from server.core.messages import Command, Freezing, FrozenId, GroupId, OfGroup, OfPerson

Level = Literal["group", "room"]
"""How far the storyteller lets something go: to the foursome, or to the room (without a name)."""


class KeepNotes(Command, frozen=True):
    """The storyteller wants the interviewer's key words; else they go when the phase ends."""


class DiscardNotes(Command, frozen=True):
    """The storyteller no longer wants them: at any time."""


class ApproveCard(Freezing, frozen=True):
    """The storyteller: this is what may leave our pair. Approving again replaces what was approved before.

    `tags` go with the strengths and `kinds` with the conditions, by the order of the written lines; "" is none.
    """

    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    strengths: Level = "group"
    conditions: Level = "group"
    quote: bool = False
    """This may be shown: the quote travels with the card, and to the wall."""


class WithdrawCard(Command, frozen=True):
    """Nothing of it is to be seen any more, on any screen: at any time."""


class PickForWall(Command, frozen=True):
    """The foursome's choice for the room, as excerpts of its members' cards: `frozen#strengths#2`."""

    group: GroupId
    strengths: tuple[FrozenId, ...] = ()
    conditions: tuple[FrozenId, ...] = ()


class NotesKept(OfPerson, frozen=True):
    pass


class NotesDiscarded(OfPerson, frozen=True):
    pass


class CardApproved(OfPerson, frozen=True):
    """`strength_lines` and `condition_lines` count the written lines; `tags` and `kinds` go with them in order."""

    frozen: FrozenId
    sha256: str
    strength_lines: int
    tags: tuple[str, ...] = ()
    condition_lines: int = 0
    kinds: tuple[str, ...] = ()
    strengths: Level = "group"
    conditions: Level = "group"
    quote: bool = False


class CardWithdrawn(OfPerson, frozen=True):
    pass


class WallPicked(OfGroup, frozen=True):
    """Says which group, and not who of it."""

    strengths: tuple[FrozenId, ...] = ()
    conditions: tuple[FrozenId, ...] = ()


COMMANDS = (KeepNotes, DiscardNotes, ApproveCard, WithdrawCard, PickForWall)
EVENTS = (NotesKept, NotesDiscarded, CardApproved, CardWithdrawn, WallPicked)
