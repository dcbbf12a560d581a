"""Who is this, and how fast may they go: seats by token, guesses slowed, and nobody judged by their address."""

import asyncio
import time
from typing import Final

import msgspec
import structlog

from protocol.frames import VERSION, Hello
from server.core.messages import Actor, DeviceId, PersonId, WorkshopId
from server.runtime.attendance import Connection
from server.runtime.live import LiveWorkshop
from server.runtime.node import Node
from server.store.log import WorkshopGone
from server.store.tokens import Grant

FRAMES_PER_S: Final = 40.0
FRAMES_AT_ONCE: Final = 200
"""One seat's share, on all its devices. Beyond it frames wait their turn; nobody is disconnected for typing fast."""
TIDY_EVERY_S: Final = 60.0

logger = structlog.get_logger(__name__)


class Turned(Exception):  # noqa: N818 - an answer at the door
    """This connection cannot be let in, for the reason `code` of `protocol.frames.CLOSE_CODES`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class Pace:
    """A seat's share of frames: a bucket that fills with time, and a wait when it is empty."""

    def __repr__(self) -> str:
        return f"<Pace left={self._left:.0f}>"

    def __init__(self) -> None:
        self._left = float(FRAMES_AT_ONCE)
        self._at = time.monotonic()

    def take(self) -> float:
        """Take one frame's share; returns for how many seconds it must wait."""
        now = time.monotonic()
        self._left = min(float(FRAMES_AT_ONCE), self._left + (now - self._at) * FRAMES_PER_S) - 1.0
        self._at = now
        return 0.0 if self._left >= 0 else -self._left / FRAMES_PER_S

    @property
    def has_some(self) -> bool:
        """Whether a frame may go on at once."""
        return self._left + (time.monotonic() - self._at) * FRAMES_PER_S >= 1.0

    async def wait(self) -> None:
        seconds = self.take()
        if seconds > 0:
            await asyncio.sleep(seconds)

    @property
    def is_full(self) -> bool:
        """Whether it has refilled: one that is made anew is the same."""
        return self._left + (time.monotonic() - self._at) * FRAMES_PER_S >= FRAMES_AT_ONCE


class Paces:
    """One pace for each seat, whatever device or connection its frames come by: a reconnection refills nothing."""

    def __init__(self) -> None:
        self._of: dict[tuple[WorkshopId, str, str], Pace] = {}
        self._tidied_at = time.monotonic()

    def __repr__(self) -> str:
        return f"<Paces seats={len(self._of)}>"

    def of(self, workshop: WorkshopId, actor: Actor) -> Pace:
        self._tidy()
        return self._of.setdefault((workshop, actor.role, actor.id), Pace())

    def _tidy(self) -> None:
        if time.monotonic() - self._tidied_at > TIDY_EVERY_S:
            self._tidied_at = time.monotonic()
            self._of = {seat: pace for seat, pace in self._of.items() if not pace.is_full}


def read_hello(auth: object) -> Hello:
    """The greeting of a browser. Raises `Turned` with what is wrong with it."""
    try:
        hello = (
            msgspec.msgpack.decode(auth, type=Hello)
            if isinstance(auth, msgspec.Raw)
            else msgspec.convert(auth, type=Hello)
        )
    except (msgspec.DecodeError, TypeError) as error:
        raise Turned("bad_hello", f"the greeting is not one of this protocol: {error}") from error
    if hello.v < VERSION:
        raise Turned("too_old", "this page is older than the server; load it again")
    return hello


def closed_seat(live: LiveWorkshop, actor: Actor, handover: str) -> bool:
    """Whether a seat was closed on this device: by its owner, or because who was typed for has a device by now."""
    state = live.replica.state
    if handover:
        known = state.handovers.get(handover)
        return known is None or known.state != "opened"
    member = state.people.get(actor.person) if actor.person else None
    return bool(actor.typed_by) and member is not None and not member.without_device


async def holds(live: LiveWorkshop, grant: Grant) -> bool:
    """Whether what was granted still stands."""
    if closed_seat(live, grant.actor, grant.handover):
        # Another node may have opened the seat a moment ago, and its fact is still on the way to this one.
        await live.replica.catch_up()
    return not closed_seat(live, grant.actor, grant.handover)


async def admitted(node: Node, sid: str, hello: Hello) -> tuple[Connection, LiveWorkshop]:
    """The connection behind a seat's token. Raises `Turned` or `StoreAway`."""
    try:
        grant = await node.store.tokens.open(hello.token)
    except WorkshopGone as gone:
        raise Turned("erased", "this workshop has been erased") from gone
    if grant is None:
        raise Turned("unknown_seat", "this link is not, or no longer, valid; join again with the code")
    live = await node.workshop(grant.workshop)
    if live is None or live.replica.state.life == "erased":
        raise Turned("erased", "this workshop has been erased")
    if grant.actor.person is not None and grant.actor.person not in live.replica.state.people:
        # Another node may have admitted them a moment ago, and its fact is still on the way to this one.
        await live.replica.catch_up()
    if grant.actor.person is not None and grant.actor.person not in live.replica.state.people:
        raise Turned("unknown_seat", "this seat has been erased; join again with the code")
    if not await holds(live, grant):
        raise Turned("seat_closed", "whose seat it is has closed it here")
    return Connection(sid, grant.actor, DeviceId(hello.device), grant.handover), live


def acting(live: LiveWorkshop, actor: Actor, person: str) -> Actor:
    """The actor of a frame: oneself, or somebody without a device for whom staff or a partner types.

    Raises `PermissionError` when the person has a device of their own, or shares no group with the typist.
    """
    if not person or person == actor.id:
        return actor
    member = live.replica.state.people.get(PersonId(person))
    if member is None or not member.without_device:
        raise PermissionError("only for somebody without a device can another person type")
    if not actor.is_staff and not _shares_group(live, actor, PersonId(person)):
        raise PermissionError("only a moderator or somebody of the same group can type for a person")
    return Actor("person", person, typed_by=actor.id)


def _shares_group(live: LiveWorkshop, actor: Actor, person: PersonId) -> bool:
    return any(
        actor.person in group.members and person in group.members
        for run in live.replica.state.phases
        for groups in run.groups.values()
        for group in groups
    )
