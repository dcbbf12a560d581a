"""Who is connected to this node, and to which audiences each connection belongs."""

from collections.abc import Iterable

import msgspec

from server.core.messages import Actor, DeviceId, PersonId, StaffId
from server.core.view import MODERATORS, ROOM, SCREEN, Audience, group, person
from server.core.workshop.places import places
from server.core.workshop.state import Workshop


class Connection(msgspec.Struct, frozen=True):
    """One socket: `sid` is the edge's name for it."""

    sid: str
    actor: Actor
    device: DeviceId


class Attendance:
    """Connections by audience. An audience nobody here belongs to costs this node nothing."""

    def __init__(self) -> None:
        self.connections: dict[str, Connection] = {}
        self._audiences: dict[str, frozenset[Audience]] = {}
        self._sids: dict[Audience, set[str]] = {}

    def __repr__(self) -> str:
        return f"<Attendance connections={len(self.connections)} audiences={len(self._sids)}>"

    def audiences(self) -> Iterable[Audience]:
        return self._sids.keys()

    def of(self, sid: str) -> frozenset[Audience]:
        return self._audiences.get(sid, frozenset())

    def sids(self, audience: Audience) -> set[str]:
        return self._sids.get(audience, set())

    def people(self) -> frozenset[PersonId]:
        return frozenset(PersonId(one.id) for one in self._sids if one.kind == "person")

    def place(self, connection: Connection, audiences: frozenset[Audience]) -> tuple[set[Audience], set[Audience]]:
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

    def _leave(self, audience: Audience, sid: str) -> None:
        sids = self._sids.get(audience)
        if sids is not None:
            sids.discard(sid)
            if not sids:
                del self._sids[audience]


def audiences_of(workshop: Workshop, actor: Actor) -> frozenset[Audience]:
    """What a connection of this actor sees: the room, their own, and the groups of all phases that they are in.

    A moderator who looks into a group sees what it shares only while the group has asked for somebody to come.
    """
    if actor.is_staff:
        looked = workshop.looking.get(StaffId(actor.id))
        invited = looked is not None and any(call.group == looked for call in workshop.help)
        return frozenset({ROOM, MODERATORS, *((group(looked),) if looked and invited else ())})
    if actor.person is None:
        return frozenset({ROOM, SCREEN})
    who = actor.person
    groups = (group(one.id) for run in workshop.phases for one in places(run).get(who, {}).values())
    return frozenset({ROOM, person(who), *groups})
