"""The roll of one workshop: signs of life come in, moderators see who is here, and a table who of it is not."""

from collections.abc import Iterable

import msgspec

from protocol.frames import ViewFrame
from server.core.groups import Group
from server.core.messages import CLOCK, WORKSHOP, DeviceId, GroupId, PersonId, Refused
from server.core.view import MODERATORS, Audience
from server.core.view import group as group_audience
from server.core.view import person as person_audience
from server.core.workshop.people_commands import TakePlace
from server.core.workshop.places import lacks_place, places
from server.core.workshop.state import PhaseRun, Workshop
from server.runtime.attendance import Connection
from server.runtime.outlet import Outlet
from server.runtime.presence import UNKNOWN_DEVICE, Presence, PresenceView, Sign
from server.runtime.replica import Replica
from server.runtime.screens import Screens, frame_array
from server.store.flicker import Flicker

PRESENCE_PART = "~here"
"""The part in which moderators see who is here, and a group who of it is not; it is no phase, and not in the log."""

TOLD_AT_ONCE = 200
"""Groups that are told of their own presence in one second; the others are told in the next."""

MESSAGE = b"p"
"""How a sign begins among what nodes tell each other."""

_encoder = msgspec.msgpack.Encoder()


class Roll:
    """Nothing here moves anybody: a sign of life of somebody without a place asks the rules for one."""

    def __init__(self, replica: Replica, flicker: Flicker, screens: Screens, outlet: Outlet) -> None:
        self.presence = Presence()
        self._replica = replica
        self._flicker = flicker
        self._screens = screens
        self._outlet = outlet
        self._stale: dict[GroupId, None] = {}
        """Groups whose own presence may read otherwise than they were told."""
        self._told: dict[GroupId, bytes] = {}
        """What each group was last told; who was told nothing takes everybody to be here."""
        self._tables_changed = False

    def __repr__(self) -> str:
        return f"<Roll {self._replica.id} {self.presence!r} stale={len(self._stale)}>"

    # -- signs -------------------------------------------------------------------------------------------------------

    async def load(self, now_ms: int) -> None:
        """Who gave a sign of life to other nodes."""
        people = self._replica.state.people
        for person, state in (await self._flicker.here(self._replica.id, people)).items():
            self.presence.heard(Sign(person, state == "here", 0, now_ms, UNKNOWN_DEVICE))

    async def attend(self, connection: Connection, now_ms: int) -> None:
        person = connection.actor.person
        if person is None:
            if connection.actor.is_staff:
                self._send((connection.sid,), MODERATORS, self.presence.view())
            return
        for group in self._groups_of(person):
            missing = self._missing(group)
            if missing.people:
                self._send((connection.sid,), group_audience(group.id), missing)
        self._hear(Sign(person, visible=True, at_ms=now_ms, device=connection.device))
        self._beat(person)
        # A page that opens by itself, after a bad minute of the network, is nobody's hand.
        await self._seat(person, touched=False)

    def depart(self, connection: Connection, now_ms: int) -> None:
        """Away until the grace is over, since phones come back by themselves."""
        person = connection.actor.person
        if person is not None and not self._is_connected(person, connection.device):
            self._hear(Sign(person, visible=False, at_ms=now_ms, device=connection.device, open=False))

    async def sign(self, sign: Sign) -> None:
        """A device of this node gave a sign of life: the others hear of it, and nobody is without a place after it."""
        self._hear(sign)
        self._beat(sign.person)
        await self._seat(sign.person, touched=sign.touched)

    def heard(self, message: bytes, now_ms: int) -> None:
        """A sign that was given to another node, or comes back from there."""
        self.presence.heard(msgspec.msgpack.decode(message, type=Sign), now_ms)

    def _hear(self, sign: Sign) -> None:
        self.presence.heard(sign)
        self._flicker.publish(self._replica.id, MESSAGE + _encoder.encode(sign))

    def _beat(self, person: PersonId) -> None:
        self._flicker.beat(self._replica.id, person, self.presence.state(person))

    async def _seat(self, person: PersonId, *, touched: bool) -> None:
        if not lacks_place(self._replica.state, person, touched=touched):
            return
        try:
            await self._replica.post(CLOCK, WORKSHOP, TakePlace(person))
        except Refused:
            # Closed meanwhile, or left for good on another device: then there is no place to take.
            return

    # -- what is shown -----------------------------------------------------------------------------------------------

    def applied(self, workshop: Workshop, before: Workshop | None) -> None:
        """Groups that are new where people work, or have other people, are told anew."""
        if before is None or (workshop.phases is before.phases and workshop.at == before.at):
            return
        worked = {run.id: run.groups for run in _where_people_work(before)}
        for run in _where_people_work(workshop):
            groups = worked.get(run.id, {})
            if run.groups is not groups:
                self._tables_changed = True
                known = {group for each in groups.values() for group in each}
                self._stale.update((one.id, None) for one in _groups_in(run) if not known or one not in known)

    async def show(self, now_ms: int) -> None:
        """Once a second: speak for the quiet, let the silent go, tell each table and the moderators what changed."""
        quiet = self.presence.quiet(now_ms, self._connected())
        for sign in quiet:
            self._hear(sign)
        self.presence.expire(now_ms)
        flipped = self.presence.flipped()
        for person in flipped:
            self._stale.update((group, None) for group in self._tables_of(person))
        if flipped:
            self._send(self._screens.attendance.sids(MODERATORS), MODERATORS, self.presence.view())
        self._tell_who_moved()
        self._tell_groups()
        await self._seat_the_placeless()
        for sign in quiet:
            self._beat(sign.person)

    async def _seat_the_placeless(self) -> None:
        """Groups that were formed on another node may have missed a device that came to this one in that moment."""
        if not self._tables_changed:
            return
        self._tables_changed = False
        for person, _ in sorted(self._connected()):
            await self._seat(person, touched=False)

    def _tell_who_moved(self) -> None:
        """Who sits elsewhere now hears how it is there, also that everybody is here."""
        moved, self._screens.moved = self._screens.moved, []
        now = self._at_work() if moved else {}
        for sid, audience in moved:
            group = now.get(GroupId(audience.id))
            if group is None:
                continue
            missing = self._missing(group)
            # A thousand people who come to new tables, where everybody is, need not be told a thousand times.
            if missing.people or group.id in self._told:
                self._send((sid,), audience, missing)

    def _tell_groups(self) -> None:
        now = self._at_work() if self._stale else {}
        for group in list(self._stale)[:TOLD_AT_ONCE]:
            del self._stale[group]
            if group not in now:
                continue
            view = self._missing(now[group])
            content = _encoder.encode(view.people)
            if content != self._told.get(group, NOBODY):
                # Also when nobody of them is connected here: who comes is shown what is true then, and later changes.
                self._told[group] = content
                audience = group_audience(group)
                self._send(self._screens.attendance.sids(audience), audience, view)

    def _missing(self, group: Group) -> PresenceView:
        """Those of a group who are not here. Who has no device of their own gives no signs, and sits there."""
        people = self._replica.state.people
        members = [person for person in group.members if person in people and not people[person].without_device]
        return PresenceView(tuple(one for one in self.presence.view(members).people if one[1] != "here"))

    def _connected(self) -> set[tuple[PersonId, DeviceId]]:
        return {
            (person, one.device)
            for one in self._screens.attendance.connections.values()
            if (person := one.actor.person) is not None
        }

    def _at_work(self) -> dict[GroupId, Group]:
        return {group.id: group for run in self._runs_at_work() for group in _groups_in(run)}

    def _is_connected(self, person: PersonId, device: DeviceId) -> bool:
        attendance = self._screens.attendance
        return any(attendance.connections[sid].device == device for sid in attendance.sids(person_audience(person)))

    def _runs_at_work(self) -> list[PhaseRun]:
        # The phase where the room is comes last: what is open beside it may have groups of the same name.
        workshop = self._replica.state
        return sorted(_where_people_work(workshop), key=lambda run: run.id == workshop.at)

    def _groups_of(self, person: PersonId) -> list[Group]:
        # Looked up, not picked out of all: a thousand people who come in would go through all tables a thousand times.
        runs = self._runs_at_work()
        return list({group.id: group for run in runs for group in places(run).get(person, {}).values()}.values())

    def _tables_of(self, person: PersonId) -> Iterable[GroupId]:
        for run in _where_people_work(self._replica.state):
            yield from (group.id for group in places(run).get(person, {}).values())

    def _send(self, sids: Iterable[str], audience: Audience, body: PresenceView) -> None:
        frame = ViewFrame(str(audience), PRESENCE_PART, self._replica.seq, msgspec.Raw(_encoder.encode(body)))
        self._outlet.send(sids, "views", frame_array([_encoder.encode(frame)]))


NOBODY = _encoder.encode(())


def _where_people_work(workshop: Workshop) -> list[PhaseRun]:
    return [run for run in workshop.phases if run.id == workshop.at or run.is_open]


def _groups_in(run: PhaseRun) -> Iterable[Group]:
    return (group for groups in run.groups.values() for group in groups)
