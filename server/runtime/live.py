"""One workshop that is live on this node: its replica, its screens, its pages and who is here."""

import contextlib
import secrets
import time
from collections.abc import Iterable, Mapping

import msgspec

from protocol.frames import ViewFrame
from server.core.messages import CLOCK, WORKSHOP, Actor, Context, PageId, PersonId, Refused, StaffId, WorkshopId
from server.core.naming import Names
from server.core.view import MODERATORS
from server.core.workshop.commands import LookInto, TakePlace, WelcomeStaff
from server.core.workshop.rulebook import Fact, Rulebook
from server.core.workshop.state import Workshop
from server.runtime.attendance import Connection
from server.runtime.forgetting import Forgetters, Forgetting
from server.runtime.lookup import Lookup
from server.runtime.outlet import Outlet
from server.runtime.presence import Presence, Sign
from server.runtime.replica import Replica
from server.runtime.screens import Screens, frame_array
from server.runtime.writing import Writing
from server.store.opened import Store
from server.store.tail import Tail

PRESENCE_PART = "~here"
"""The part in which moderators see who is here; it is no phase, and not in the log."""

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
        self.presence = Presence()
        self.lookup = Lookup(workshop, store.people, store.frozen)
        self.replica = Replica(workshop, store.log, store.frozen, rulebook, self, self._applied)
        self.screens = Screens(self.replica, self.lookup, outlet)
        self.writing = Writing(workshop, store.documents, tail, store.flicker, self.replica, outlet)
        self.forgetting = Forgetting(self.replica, store.log, store.waking, forgetters)
        self.quiet_since_s = time.monotonic()
        self._store = store
        self._outlet = outlet
        self._presence_changed = False

    def __repr__(self) -> str:
        return f"<LiveWorkshop {self.replica!r} {self.screens.attendance!r}>"

    async def load(self) -> None:
        """Fold the log, and learn who gave a sign of life to other nodes."""
        await self.lookup.load()
        await self.replica.catch_up()
        if self.replica.exists:
            for person, state in (await self._store.flicker.here(self.id, self.replica.state.people)).items():
                self.presence.heard(Sign(person, state == "here", at_ms=self.now_ms()))
            await self.writing.count_all()
            self.forgetting.loaded(self.replica.state, time.monotonic())

    # -- what the replica asks ---------------------------------------------------------------------------------------

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def present(self) -> frozenset[PersonId]:
        return self.presence.present(self.now_ms())

    async def page_fields(self, page: PageId) -> Mapping[str, str]:
        return await self.writing.fields(page)

    async def names(self) -> Names:
        return await self.lookup.register(self.replica.state.people)

    def _applied(self, workshop: Workshop, before: Workshop | None, facts: tuple[Fact, ...]) -> None:
        self.screens.applied(workshop, before, facts)
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
        person = connection.actor.person
        if person is not None:
            await self.sign(Sign(person, visible=True, at_ms=self.now_ms()))
            if self._has_no_place(person):
                await self._seat(person)
        elif connection.actor.is_staff:
            self._send_flicker((connection.sid,), PRESENCE_PART, self.presence.view())
            self._send_flicker((connection.sid,), PAGES_PART, self._pages_view())

    async def depart(self, sid: str) -> None:
        connection = self.screens.depart(sid)
        self.writing.leave(sid)
        if connection is not None and connection.actor.person is not None:
            person = connection.actor.person
            if person not in self.screens.attendance.people() and self.presence.left(person, self.now_ms()):
                self._presence_changed = True
        if connection is not None and connection.actor.is_staff:
            await self._stop_looking(connection.actor)
        if not self.screens.attendance.connections:
            self.quiet_since_s = time.monotonic()

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

    def _has_no_place(self, person: PersonId) -> bool:
        run = self.replica.state.current
        member = self.replica.state.people.get(person)
        if run is None or member is None or member.state != "joined":
            return False
        return any(groups and not any(person in one.members for one in groups) for groups in run.groups.values())

    async def _seat(self, person: PersonId) -> None:
        try:
            await self.replica.post(CLOCK, WORKSHOP, TakePlace(person))
        except Refused:
            # Closed meanwhile, or left for good on another device: then there is no place to take.
            return

    # -- presence ----------------------------------------------------------------------------------------------------

    async def sign(self, sign: Sign) -> None:
        """A device of this node gave a sign of life; the other nodes hear of it when something changed."""
        changed = self.presence.heard(sign)
        self._store.flicker.beat(self.id, sign.person, "here" if sign.visible else "away")
        self._store.flicker.publish(self.id, b"p" + _encoder.encode(sign))
        self._presence_changed = self._presence_changed or changed

    def flickered(self, message: bytes) -> None:
        """Another node (or this one) tells something that may be lost."""
        if message[:1] == b"p":
            sign = msgspec.msgpack.decode(message[1:], type=Sign)
            self._presence_changed = self.presence.heard(sign) or self._presence_changed
        else:
            self.writing.flickered(message)

    async def show_flicker(self) -> None:
        """Once a second: expire the silent, count words, fold what was closed, and tell the moderators what changed."""
        expired = self.presence.expire(self.now_ms())
        await self.writing.words.count()
        await self.writing.fold()
        staff = self.screens.attendance.sids(MODERATORS)
        if self._presence_changed or expired:
            self._presence_changed = False
            self._send_flicker(staff, PRESENCE_PART, self.presence.view())
        if self.writing.words.changed:
            self.writing.words.changed = False
            self._send_flicker(staff, PAGES_PART, self._pages_view())

    def _pages_view(self) -> "PagesView":
        return PagesView(tuple((one.page, one.words, one.at_ms) for one in self.writing.words.known))

    def _send_flicker(self, sids: Iterable[str], part: str, body: msgspec.Struct) -> None:
        frame = ViewFrame(str(MODERATORS), part, self.replica.seq, msgspec.Raw(_encoder.encode(body)))
        self._outlet.send(sids, "views", frame_array([_encoder.encode(frame)]))

    async def name(self, actor: Actor) -> str:
        """How an actor is called, for screens that show who looks or types."""
        if actor.person is None:
            return actor.role
        await self.lookup.fetch((actor.person,), ())
        found = self.lookup.names((actor.person,)).get(actor.person)
        return found.name if found else ""
