"""What may be wished and what can happen while vignettes are written. Facts name frozen copies, never words."""

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from server.core.messages import Command, Event, Freezing, FrozenId, OfPerson, PersonId
from server.core.products import ShareLevel

Scale5 = Annotated[int, Meta(ge=0, le=4)]
"""0 not at all … 4 very much."""

Guess = Literal["no", "maybe", "yes"]
"""Whether a reader could tell who or where it is."""

Marks = tuple[str, ...]
"""Marks (`server.core.naming.mark`) of the words that the author has looked at and leaves as they are."""


class Chosen(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the author says about the vignette beside its text. Every word is an entry of a vocabulary."""

    topics: tuple[str, ...] = ()
    boundary: tuple[str, ...] = ()
    whose_issue: str = ""
    schooling: str = ""
    language: str = ""
    own_recognise: Scale5 | None = None
    own_challenge: Scale5 | None = None


class ChooseSituation(Command, frozen=True):
    """Replaces what was chosen before."""

    chosen: Chosen


class TickCheck(Command, frozen=True):
    check: str
    ticked: bool = True


class InviteCoWriter(Command, frozen=True):
    """Only the author invites. A co-writer edits the text, and neither shares nor invites."""

    person: PersonId


class UninviteCoWriter(Command, frozen=True):
    """At any time."""

    person: PersonId


class AskModerator(Command, frozen=True):
    """Opens this one text to the moderators, until it is closed again. Everybody who writes on it sees that."""


class CloseToModerator(Command, frozen=True):
    """At any time."""


class AppointTypist(Command, frozen=True):
    """`typist` (a person) writes down what `person` tells; "" ends it. Asked by the person or a moderator."""

    person: PersonId
    typist: str = ""


class MarkReady(Freezing, frozen=True):
    """Hands a copy of the text to a reader from another school. Again after revising: the reader gets the new one."""

    confirmed: Marks = ()


class ShareVignette(Freezing, frozen=True):
    """Lets a copy of the text be seen by these and nobody else. Sharing again replaces what was to be seen before."""

    level: ShareLevel
    confirmed: Marks = ()


class WithdrawVignette(Command, frozen=True):
    """No copy is to be seen any more, on any screen, also not by readers: at any time."""


class AllowLaterUse(Command, frozen=True):
    """Whether the vignette may be asked for again after the event. No, unless said; may be changed at any time."""

    allowed: bool


class AskReader(Command, frozen=True):
    """One more reader for my vignette."""


class AssignReaders(Command, frozen=True):
    """The moderator: every ready vignette gets readers until it has `each` of them."""

    each: Annotated[int, Meta(ge=1, le=5)] = 1


class RateReading(Freezing, frozen=True):
    """What the reader answers; `page` is the reader's comment page. Rating again replaces the answer."""

    recognise: Scale5
    challenge: Scale5
    pulls_clear: bool
    could_identify: Guess


class _OfEverybody(Event, frozen=True):
    person: PersonId


class SituationChosen(OfPerson, frozen=True):
    chosen: Chosen


class CheckTicked(OfPerson, frozen=True):
    check: str
    ticked: bool


class _OfPeople(Event, frozen=True):
    """`others` are those whose own desk shows something of this one, besides its owner."""

    concerns: ClassVar[Literal["everybody", "person", "group", "people"]] = "people"

    person: PersonId

    @property
    def others(self) -> tuple[PersonId, ...]:
        return ()

    @property
    def people(self) -> tuple[PersonId, ...]:
        return (self.person, *self.others)


class _OfCoWriter(_OfPeople, frozen=True):
    co_writer: PersonId

    @property
    def others(self) -> tuple[PersonId, ...]:
        return (self.co_writer,)


class CoWriterInvited(_OfCoWriter, frozen=True):
    at_ms: int = 0
    """What the author crossed out before is not for the co-writer. Not known of older logs."""


class CoWriterUninvited(_OfCoWriter, frozen=True):
    pass


class _OfTold(_OfPeople, frozen=True):
    told: tuple[PersonId, ...] = ()

    @property
    def others(self) -> tuple[PersonId, ...]:
        return self.told


class OpenedToModerator(_OfTold, frozen=True):
    """Co-writers and the typist are told: one writes differently when somebody reads along."""


class ClosedToModerator(_OfTold, frozen=True):
    pass


class TypistAppointed(_OfTold, frozen=True):
    typist: str = ""
    at_ms: int = 0


class VignetteReady(_OfTold, frozen=True):
    """`told` are those who read an earlier copy."""

    frozen: FrozenId = FrozenId("")
    sha256: str = ""


class _Shared(Event, frozen=True):
    """`audience`: the pair or group as it was when its member shared; whoever joins later is not meant."""

    person: PersonId
    frozen: FrozenId
    sha256: str
    level: ShareLevel
    audience: tuple[PersonId, ...] = ()


class VignetteShared(_Shared, frozen=True):
    """For the first time, while the phase is open: only the author's groups and the room can see a difference."""

    concerns: ClassVar[Literal["everybody", "person", "group", "people"]] = "person"


class VignetteSharedAnew(_Shared, frozen=True):
    """In place of an earlier copy, or late: what later phases have made of it changes on every screen too."""


class VignetteWithdrawn(_OfEverybody, frozen=True):
    pass


class LaterUseSet(OfPerson, frozen=True):
    allowed: bool


class ReaderGiven(_OfPeople, frozen=True):
    """`person` reads the vignette of `author`.

    `slot` is drawn, not counted: it must mean the same reading still when somebody's commits are erased.
    """

    author: PersonId
    slot: int

    @property
    def others(self) -> tuple[PersonId, ...]:
        return (self.author,)


class ReadingRated(_OfPeople, frozen=True):
    """`version` is what they read."""

    author: PersonId
    slot: int
    version: int
    recognise: Scale5
    challenge: Scale5
    pulls_clear: bool
    could_identify: Guess
    text: FrozenId | None = None
    """The frozen comment page, when anything was written on it."""

    @property
    def others(self) -> tuple[PersonId, ...]:
        return (self.author,)


COMMANDS = (
    ChooseSituation,
    TickCheck,
    InviteCoWriter,
    UninviteCoWriter,
    AskModerator,
    CloseToModerator,
    AppointTypist,
    MarkReady,
    ShareVignette,
    WithdrawVignette,
    AllowLaterUse,
    AskReader,
    AssignReaders,
    RateReading,
)
EVENTS = (
    SituationChosen,
    CheckTicked,
    CoWriterInvited,
    CoWriterUninvited,
    OpenedToModerator,
    ClosedToModerator,
    TypistAppointed,
    VignetteReady,
    VignetteShared,
    VignetteSharedAnew,
    VignetteWithdrawn,
    LaterUseSet,
    ReaderGiven,
    ReadingRated,
)
AT_ANY_TIME = (WithdrawVignette, CloseToModerator, UninviteCoWriter, AllowLaterUse)
"""What takes something back is never too late; `AllowLaterUse` is asked after the event."""
