"""One workshop that is live on this node: its replica, its screens, its pages and who is here."""

import contextlib
import secrets
import time
from collections.abc import Iterable, Mapping

import msgspec

from protocol.frames import Here, ViewFrame
from server.core.messages import CLOCK, WORKSHOP, Actor, Context, PageId, PersonId, Refused, StaffId, WorkshopId
from server.core.naming import Names
from server.core.view import MODERATORS
from server.core.workshop.commands import LookInto, WelcomeStaff
from server.core.workshop.rulebook import Fact, Rulebook
from server.core.workshop.state import Workshop
from server.runtime.attendance import Connection
from server.runtime.forgetting import Forgetters, Forgetting
from server.runtime.lookup import Lookup
from server.runtime.outlet import Outlet
from server.runtime.presence import Sign
from server.runtime.replica import Replica
from server.runtime.roll import MESSAGE, Roll
from server.runtime.screens import Screens, frame_array
from server.runtime.writing import Writing
from server.store.opened import Store
from server.store.tail import Tail

PAGES_PART = "~pages"
"""The part in which moderators see how many words stand on which page."""

_encoder = msgspec.msgpack.Encoder()


class PagesView(msgspec.Struct, frozen=True):
    """For the moderators: [page, words, changed_ms]. Never a word of it."""

    pages: tuple[tuple[PageId, int, int], ...]


class LiveWorkshop:
    """Everything that this node holds of one workshop."""

    def __init__(
        self, workshop: WorkshopId, store: Store, tail: Tail, rulebook: Rulebook, outlet: Outlet, forgetters: Forgetters
    ) -> None:
        self.id = workshop
        self.lookup = Lookup(workshop, store.people, store.frozen)
        self.replica = Replica(workshop, store.log, store.frozen, rulebook, self, self._applied)
        self.screens = Screens(self.replica, self.lookup, outlet)
        self.roll = Roll(self.replica, store.flicker, self.screens, outlet)
        self.writing = Writing(workshop, store.documents, tail, store.flicker, self.replica, outlet)
        self.forgetting = Forgetting(self.replica, store.log, store.waking, forgetters)
        self.quiet_since_s = time.monotonic()
        self._outlet = outlet

    def __repr__(self) -> str:
        return f"<LiveWorkshop {self.replica!r} {self.screens.attendance!r}>"

    async def load(self) -> None:
        """Fold the log, and learn who gave a sign of life to other nodes."""
        await self.lookup.load()
        await self.replica.catch_up()
        if self.replica.exists:
            await self.roll.load(self.now_ms())
            await self.writing.count_all()
            self.forgetting.loaded(self.replica.state, time.monotonic())

    # -- what the replica asks ---------------------------------------------------------------------------------------

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def present(self) -> frozenset[PersonId]:
        return self.roll.presence.present(self.now_ms())

    async def page_fields(self, page: PageId) -> Mapping[str, str]:
        return await self.writing.fields(page)

    async def names(self) -> Names:
        return await self.lookup.register(self.replica.state.people)

    def _applied(self, workshop: Workshop, before: Workshop | None, facts: tuple[Fact, ...]) -> None:
        self.screens.applied(workshop, before, facts)
        self.roll.applied(workshop, before)
        self.writing.applied()
        self.forgetting.applied(workshop, facts, time.monotonic())

    def answer(self, body: msgspec.Raw) -> msgspec.Struct:
        """What would happen if: a moderator's question about the workshop. Raises `Refused`."""
        return self.replica.rulebook.answer(
            self.replica.state, body, Context(self.now_ms(), secrets.randbits(48), self.present())
        )

    # -- connections -------------------------------------------------------------------------------------------------

    async def attend(self, connection: Connection) -> None:
        """A connection opens: it gets every view that it may see, and a person who came back gets a place."""
        await self._welcome(connection.actor)
        await self.screens.attend(connection)
        await self.roll.attend(connection, self.now_ms())
        if connection.actor.is_staff:
            self._send_pages((connection.sid,))

    async def depart(self, sid: str) -> None:
        connection = self.screens.depart(sid)
        self.writing.leave(sid)
        if connection is not None and connection.actor.is_staff:
            await self._stop_looking(connection.actor)
        if not self.screens.attendance.connections:
            self.quiet_since_s = time.monotonic()
        if connection is not None:
            self.roll.depart(connection, self.now_ms())

    async def _welcome(self, colleague: Actor) -> None:
        """A co-moderator is here for the first time: from now on tables can be given to them."""
        staff = StaffId(colleague.id)
        if colleague.role != "co_moderator" or staff in self.replica.state.staff:
            return
        with contextlib.suppress(Refused):
            await self.replica.post(CLOCK, WORKSHOP, WelcomeStaff(staff, colleague.role))

    async def _stop_looking(self, colleague: Actor) -> None:
        """A laptop that dies looks at nobody: the group must not be told so for the rest of the day."""
        state, staff = self.replica.state, StaffId(colleague.id)
        elsewhere = (one.actor.id == colleague.id for one in self.screens.attendance.connections.values())
        if any(elsewhere) or not (staff in state.looking or staff in state.viewing):
            return
        with contextlib.suppress(Refused):
            await self.replica.post(colleague, WORKSHOP, LookInto())

    # -- flicker -----------------------------------------------------------------------------------------------------

    async def sign(self, connection: Connection, frame: Here) -> None:
        """A device of this node says that it is there."""
        if (person := connection.actor.person) is not None:
            await self.roll.sign(Sign(person, frame.visible, frame.idle_s, self.now_ms(), connection.device))

    def flickered(self, message: bytes) -> None:
        """Another node (or this one) tells something that may be lost."""
        if message[:1] == MESSAGE:
            self.roll.heard(message[1:], self.now_ms())
        else:
            self.writing.flickered(message)

    async def show_flicker(self) -> None:
        """Once a second: who is here, how much is written where, and what was closed is folded."""
        await self.roll.show(self.now_ms())
        await self.writing.words.count()
        await self.writing.fold()
        if self.writing.words.changed:
            self.writing.words.changed = False
            self._send_pages(self.screens.attendance.sids(MODERATORS))

    def _pages_view(self) -> "PagesView":
        return PagesView(tuple((one.page, one.words, one.at_ms) for one in self.writing.words.known))

    def _send_pages(self, sids: Iterable[str]) -> None:
        body = msgspec.Raw(_encoder.encode(self._pages_view()))
        frame = ViewFrame(str(MODERATORS), PAGES_PART, self.replica.seq, body)
        self._outlet.send(sids, "views", frame_array([_encoder.encode(frame)]))

    async def name(self, actor: Actor) -> str:
        """How an actor is called, for screens that show who looks or types."""
        if actor.person is None:
            return actor.role
        await self.lookup.fetch((actor.person,), ())
        found = self.lookup.names((actor.person,)).get(actor.person)
        return found.name if found else ""
