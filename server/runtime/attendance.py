"""Who is connected to this node, and to which audiences each connection belongs."""

from collections.abc import Iterable, Iterator

import msgspec

from server.core.messages import Actor, DeviceId, PersonId, StaffId
from server.core.view import MODERATORS, ROOM, SCREEN, Audience, Watched, group, looking_into, person, seeing_as
from server.core.workshop import visits
from server.core.workshop.places import places
from server.core.workshop.state import Workshop


class Connection(msgspec.Struct, frozen=True):
    """One socket: `sid` is the edge's name for it. `handover`: by which of these its seat came here, if by any."""

    sid: str
    actor: Actor
    device: DeviceId
    handover: str = ""


class Attendance:
    """Connections by audience. An audience nobody here belongs to costs this node nothing."""

    def __init__(self) -> None:
        self.connections: dict[str, Connection] = {}
        self._audiences: dict[str, frozenset[Watched]] = {}
        self._sids: dict[Watched, set[str]] = {}

    def __repr__(self) -> str:
        return f"<Attendance connections={len(self.connections)} audiences={len(self._sids)}>"

    def audiences(self) -> Iterable[Watched]:
        return self._sids.keys()

    def of(self, sid: str) -> frozenset[Watched]:
        return self._audiences.get(sid, frozenset())

    def sids(self, audience: Watched) -> set[str]:
        return self._sids.get(audience, set())

    def people(self) -> frozenset[PersonId]:
        return frozenset(PersonId(one.id) for one in self._sids if isinstance(one, Audience) and one.kind == "person")

    def place(self, connection: Connection, audiences: frozenset[Watched]) -> tuple[set[Watched], set[Watched]]:
        """Put a connection where it belongs now; returns the audiences that it joined and left."""
        before = self.of(connection.sid)
        joined, left = set(audiences - before), set(before - audiences)
        self.connections[connection.sid] = connection
        self._audiences[connection.sid] = audiences
        for one in joined:
            self._sids.setdefault(one, set()).add(connection.sid)
        for one in left:
            self._leave(one, connection.sid)
        return joined, left

    def remove(self, sid: str) -> Connection | None:
        for one in self._audiences.pop(sid, frozenset()):
            self._leave(one, sid)
        return self.connections.pop(sid, None)

    def _leave(self, audience: Watched, sid: str) -> None:
        sids = self._sids.get(audience)
        if sids is not None:
            sids.discard(sid)
            if not sids:
                del self._sids[audience]


def audiences_of(workshop: Workshop, actor: Actor) -> frozenset[Watched]:
    """What a connection of this actor sees: the room, their own, and the groups of all phases that they are in.

    A moderator who looks at others sees their screens through a lens, in which nothing is that anybody did, and what a
    group shares only while it has asked for somebody to come.
    """
    if actor.is_staff:
        return frozenset({ROOM, MODERATORS, *_seen_by(workshop, StaffId(actor.id))})
    if actor.person is None:
        return frozenset({ROOM, SCREEN})
    who = actor.person
    groups = (group(one.id) for run in workshop.phases for one in places(run).get(who, {}).values())
    return frozenset({ROOM, person(who), *groups})


def _seen_by(workshop: Workshop, staff: StaffId) -> Iterator[Watched]:
    viewed = workshop.viewing.get(staff)
    if viewed:
        yield seeing_as(viewed)
    for one in visits.groups_seen(workshop, staff):
        yield looking_into(one)
        if visits.is_invited(workshop, one):
            yield group(one)
