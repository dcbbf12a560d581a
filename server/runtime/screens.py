"""Every screen of one workshop: a view is computed once per audience, and sent when its bytes have changed."""

import asyncio
import contextlib
from collections.abc import Iterable

import msgspec
import structlog

from protocol.frames import ViewFrame
from server.core.messages import WORKSHOP, FrozenId, PersonId
from server.core.view import MODERATORS, Audience, View, Watched
from server.core.workshop import events as e
from server.core.workshop.rulebook import Fact
from server.core.workshop.state import Workshop
from server.runtime.attendance import Attendance, Connection, audiences_of
from server.runtime.concern import Spot, touched_by_moving, touched_own, touched_shared
from server.runtime.lookup import Lookup
from server.runtime.outlet import Outlet
from server.runtime.replica import Replica
from server.store.connection import StoreAway

PACE_S: dict[str, float] = {"room": 0.04, "screen": 0.1, "moderators": 0.07}
"""An audience that everything touches is shown at most so often; after a quiet moment it is shown at once."""

SURVEY_S = 0.5
"""Somebody who comes in changes at once what they and their group see, and so long after what everybody else sees:
a thousand people who join at once must not cost a million views."""

SHOWN_AT_ONCE = 100
"""Views computed in one turn of the loop: a few milliseconds, in which nobody else is served."""

PLACED_AT_ONCE = 100
"""Connections whose groups are looked up again in one turn of the loop."""

FIRST: dict[str, int] = {"room": 0, "group": 1, "person": 2, "screen": 3, "moderators": 4, "look": 5, "as": 5}

logger = structlog.get_logger(__name__)
_encoder = msgspec.msgpack.Encoder()


class Shown(msgspec.Struct):
    """The last that a spot showed: the view's own bytes to compare, and the frame to send again."""

    content: bytes
    frame: bytes


class Computed(msgspec.Struct, frozen=True):
    """Views of one moment, not yet shown to anybody."""

    state: Workshop
    seq: int
    views: list[tuple[Spot, View | None]]


class Screens:
    """Knows what each audience has seen, and shows it what changed."""

    def __init__(self, replica: Replica, lookup: Lookup, outlet: Outlet) -> None:
        self.attendance = Attendance()
        self._replica = replica
        self._lookup = lookup
        self._outlet = outlet
        self._shown: dict[Spot, Shown] = {}
        self._dirty: dict[Spot, None] = {}
        self._untold: list[tuple[Workshop, tuple[Fact, ...]]] = []
        """Commits whose people and groups have not been marked yet."""
        self._seats_moved = False
        self.moved: list[tuple[str, Audience]] = []
        """Connections that came to another group since this was last read, and the group."""
        self._not_before: dict[Spot, float] = {}
        self._flushing: asyncio.Task[None] | None = None
        self._survey: asyncio.TimerHandle | None = None
        # Two that render at once could show an older state after a newer one.
        self._showing = asyncio.Lock()
        self._news = asyncio.Event()

    def __repr__(self) -> str:
        return f"<Screens {self._replica.id} shown={len(self._shown)} dirty={len(self._dirty)}>"

    # -- connections -------------------------------------------------------------------------------------------------

    async def attend(self, connection: Connection) -> None:
        """A connection is here: everything that it may see, complete, in one frame, and nothing before that."""
        async with self._showing:
            await self._spread()
            audiences, spots, computed = await self._prospect(connection)
            # Nothing waits from here to the frame: whatever came in between would be taken for all that there is.
            joined, _ = self.attendance.place(connection, audiences)
            for one in joined:
                self._outlet.join(connection.sid, str(one))
            for audience, news in self._noted(computed):
                self._outlet.send(self.attendance.sids(audience) - {connection.sid}, "views", frame_array(news))
            frames = [shown.frame for spot in spots if (shown := self._shown.get(spot)) if shown.content]
            self._outlet.send((connection.sid,), "views", frame_array(frames))
            if computed.state is not self._replica.state:
                self._dirty.update(dict.fromkeys(spots))
                self.flush_soon()

    async def _prospect(self, connection: Connection) -> tuple[frozenset[Watched], list[Spot], Computed]:
        """Where this connection belongs, its spots, and what of them nobody here has been shown as it is now."""
        audiences, spots = self._seen_by(connection)
        while True:
            computed = await self._compute([spot for spot in spots if spot not in self._shown or spot in self._dirty])
            # While names were fetched a seat may have moved, a phase opened, or the last who had seen a view left.
            seen = {spot for spot, _ in computed.views}
            before = audiences
            if computed.state is not self._replica.state:
                audiences, spots = self._seen_by(connection)
            if audiences == before and all(spot in self._shown or spot in seen for spot in spots):
                return audiences, spots, computed

    def _seen_by(self, connection: Connection) -> tuple[frozenset[Watched], list[Spot]]:
        audiences = audiences_of(self._replica.state, connection.actor)
        return audiences, self._spots(audiences)

    def depart(self, sid: str) -> Connection | None:
        seen = self.attendance.of(sid)
        connection = self.attendance.remove(sid)
        for audience in seen:
            if not self.attendance.sids(audience):
                self._forget(audience)
        return connection

    def _spots(self, audiences: Iterable[Watched]) -> list[Spot]:
        parts = self._parts()
        return [(audience, part) for audience in sorted(audiences, key=_order) for part in parts]

    def _parts(self) -> tuple[str, ...]:
        return (WORKSHOP, *(run.id for run in self._replica.state.phases if run.is_shown))

    def _forget(self, audience: Watched) -> None:
        """Nobody here sees this any more: whoever does next is shown it as it is then."""
        for part in (WORKSHOP, *(run.id for run in self._replica.state.phases)):
            self._shown.pop((audience, part), None)

    def _forget_unseen(self) -> None:
        here = set(self.attendance.audiences())
        for spot in [spot for spot in self._shown if spot[0] not in here]:
            del self._shown[spot]

    # -- what changed ------------------------------------------------------------------------------------------------

    def applied(self, workshop: Workshop, before: Workshop | None, facts: tuple[Fact, ...]) -> None:
        """Mark what a commit can have changed for all together, and keep in mind that single screens follow."""
        for spot in touched_shared(workshop, facts):
            if self.attendance.sids(spot[0]):
                self._dirty[spot] = None
        self._untold.append((workshop, facts))
        if before is not None and workshop.acts is not before.acts and self.attendance.sids(MODERATORS):
            # The log of their own acts stands in the workshop's part, whichever phase the act was about.
            self._dirty[(MODERATORS, WORKSHOP)] = None
        renamed = {event.person for _, event in facts if isinstance(event, e.ProfileChanged | e.PersonAdmitted)}
        renamed |= {PersonId(event.staff) for _, event in facts if isinstance(event, e.StaffWelcomed)}
        if renamed:
            self._lookup.forget(renamed)
            if self._survey is None:
                self._survey = asyncio.get_running_loop().call_later(SURVEY_S, self._show_everybody)
        if before is not None and seats_differ(workshop, before):
            self._seats_moved = True
            for spot in touched_by_moving(workshop, before):
                if self.attendance.sids(spot[0]):
                    self._dirty[spot] = None
        self.flush_soon()

    async def _spread(self) -> None:
        """Mark the people and groups that commits can have changed, once everybody hears the groups they are in now.

        A thousand seats and three thousand spots take a tenth of a second: what all see together does not wait for it.
        """
        while self._untold or self._seats_moved:
            if self._seats_moved:
                self._seats_moved = False
                await self._regroup()
            untold, self._untold = self._untold, []
            for workshop, facts in untold:
                for spot in touched_own(workshop, facts, self.attendance.audiences()):
                    if self.attendance.sids(spot[0]):
                        self._dirty[spot] = None

    def _show_everybody(self) -> None:
        """Whoever came or changed may be named, or counted, on any screen."""
        self._survey = None
        for audience in self.attendance.audiences():
            for part in self._parts():
                self._dirty[(audience, part)] = None
        self.flush_soon()

    async def _regroup(self) -> None:
        """Somebody sits elsewhere now: their connections hear the new group, and no longer the old one."""
        for number, connection in enumerate(list(self.attendance.connections.values()), 1):
            if connection.sid in self.attendance.connections:
                self._place_again(connection)
            if number % PLACED_AT_ONCE == 0:
                await asyncio.sleep(0)
        self._forget_unseen()

    def _place_again(self, connection: Connection) -> None:
        audiences = audiences_of(self._replica.state, connection.actor)
        joined, left = self.attendance.place(connection, audiences)
        for one in left:
            self._outlet.leave(connection.sid, str(one))
            gone = [self._gone(one, part) for part in self._parts()]
            self._outlet.send((connection.sid,), "views", frame_array(gone))
        self.moved += [(connection.sid, one) for one in joined if isinstance(one, Audience) and one.kind == "group"]
        for one in joined:
            self._outlet.join(connection.sid, str(one))
            for part in self._parts():
                self._shown.pop((one, part), None)
                self._dirty[(one, part)] = None

    def _gone(self, audience: Watched, part: str) -> bytes:
        return _encoder.encode(ViewFrame(a=str(audience), p=part, seq=self._replica.seq, body=None))

    # -- showing -----------------------------------------------------------------------------------------------------

    def flush_soon(self) -> None:
        self._news.set()
        if (self._dirty or self._untold) and (self._flushing is None or self._flushing.done()):
            self._flushing = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        try:
            while self._dirty or self._untold:
                if shared := self._due(rooms=True):
                    # What the whole room sees comes first and by itself: no view of one person delays it.
                    await self._show(shared)
                else:
                    await self._show_others()
                # A phase change in a room of a thousand computes for a tenth of a second: others come in between.
                await asyncio.sleep(0)
        except StoreAway:
            # Names or texts cannot be fetched now; what is due is shown when the store is back.
            return

    def _due(self, *, rooms: bool) -> list[Spot]:
        """What may be shown now, of the room or of all others, in the order in which it is shown."""
        now = asyncio.get_running_loop().time()
        due = [
            spot for spot in self._dirty if (spot[0].kind == "room") is rooms and self._not_before.get(spot, 0.0) <= now
        ]
        return due if rooms else sorted(due, key=lambda spot: _order(spot[0]))

    async def _show_others(self) -> None:
        if self._untold:
            async with self._showing:
                await self._spread()
        due = self._due(rooms=False)
        for start in range(0, len(due), SHOWN_AT_ONCE):
            await self._show(due[start : start + SHOWN_AT_ONCE])
            await asyncio.sleep(0)
            if self._untold:
                # Something new, and perhaps for the room: what is left here stays due.
                return
        if not due and self._dirty:
            # Something new for a person or a group does not wait for an audience that has just been shown.
            soon = min(self._not_before.get(spot, 0.0) for spot in self._dirty) - asyncio.get_running_loop().time()
            await self._news_within(max(0.001, soon))

    async def _show(self, due: list[Spot]) -> None:
        async with self._showing:
            computed = await self._compute([spot for spot in due if spot in self._dirty])
            for audience, frames in self._noted(computed):
                self._outlet.send(self.attendance.sids(audience), "views", frame_array(frames))

    async def _news_within(self, seconds: float) -> None:
        self._news.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    def _view(self, workshop: Workshop, spot: Spot) -> View | None:
        """A view that cannot be computed is a defect of that view: the other screens must not go dark with it."""
        try:
            return self._replica.rulebook.view(workshop, spot[1], spot[0])
        except Exception:
            logger.exception("view_failed", workshop=workshop.id, audience=spot[0].kind, part=spot[1])
            return None

    async def _compute(self, spots: list[Spot]) -> Computed:
        """These spots as they are now, with every name and text at hand that they mention."""
        due = [spot for spot in spots if spot in self._dirty]
        for spot in due:
            del self._dirty[spot]
        state, seq = self._replica.state, self._replica.seq
        views = [(spot, self._view(state, spot)) for spot in spots]
        people: set[PersonId] = {who for _, view in views if view for who in view.people}
        texts: set[FrozenId] = {text for _, view in views if view for text in view.texts}
        if not self._lookup.has(people, texts):
            try:
                await self._lookup.fetch(people, texts)
            except (StoreAway, asyncio.CancelledError):
                # Nobody has been shown them: they stay due, or a screen would lack this change until the next.
                self._dirty.update(dict.fromkeys(due))
                raise
        return Computed(state, seq, views)

    def _noted(self, computed: Computed) -> list[tuple[Watched, list[bytes]]]:
        """The frames of those whose bytes changed, in order, by audience; they count as shown."""
        changed: dict[Watched, list[bytes]] = {}
        later = asyncio.get_running_loop().time()
        for spot, view in computed.views:
            pace = PACE_S.get(spot[0].kind)
            if pace:
                self._not_before[spot] = later + pace
            frame = self._changed(spot, view, computed.seq)
            if frame is not None:
                changed.setdefault(spot[0], []).append(frame)
        return list(changed.items())

    def _changed(self, spot: Spot, view: View | None, seq: int) -> bytes | None:
        audience, part = spot
        old = self._shown.get(spot)
        if view is None:
            if old is None or not old.content:
                self._shown[spot] = Shown(b"", b"")
                return None
            frame = _encoder.encode(ViewFrame(a=str(audience), p=part, seq=seq, body=None))
            self._shown[spot] = Shown(b"", frame)
            return frame
        body = _encoder.encode(view.body)
        names, texts = self._lookup.names(view.people), self._lookup.texts(view.texts)
        content = body + _encoder.encode((names, texts)) if names or texts else body
        if old is not None and old.content == content:
            return None
        frame = _encoder.encode(
            ViewFrame(a=str(audience), p=part, seq=seq, body=msgspec.Raw(body), names=names, texts=texts)
        )
        self._shown[spot] = Shown(content, frame)
        return frame


def frame_array(frames: list[bytes]) -> bytes:
    """A msgpack array of frames that are encoded already."""
    count = len(frames)
    head = bytes((0x90 | count,)) if count < 16 else b"\xdc" + count.to_bytes(2, "big")
    return head + b"".join(frames)


def _order(audience: Watched) -> int:
    return FIRST[audience.kind]


def seats_differ(workshop: Workshop, before: Workshop) -> bool:
    if workshop.looking is not before.looking or workshop.viewing is not before.viewing:
        return True
    if (workshop.looking or workshop.viewing) and (workshop.help is not before.help or workshop.at != before.at):
        return True
    if workshop.phases is before.phases:
        return False
    was = {run.id: run.groups for run in before.phases}
    return any(run.groups is not was.get(run.id) for run in workshop.phases)
