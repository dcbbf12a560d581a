"""A room that chooses its partners over the wire: everybody by name, each with a device of their own."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from protocol.frames import Accepted, RefusedFrame
from server.core.messages import Command, PersonId, PhaseId, Seq
from server.core.wishes import UnitId
from server.rehearsal.device import Device
from tests.support.workshop import OpenWorkshop, move

CHOICE: Final = PhaseId("partner_choice")
NOTHING: Final[Mapping[str, Any]] = {}


class Seat:
    """One person, and what their screen shows of the choice."""

    def __init__(self, name: str, who: PersonId, device: Device) -> None:
        self.name = name
        self.who = who
        self.device = device

    def __repr__(self) -> str:
        return f"<Seat {self.name} {self.me.get('stage', 'nowhere')}>"

    @property
    def me(self) -> Mapping[str, Any]:
        seen = self.device.views.get((f"person:{self.who}", CHOICE))
        return seen.body if seen else NOTHING

    @property
    def unit(self) -> UnitId:
        return UnitId(self.me["unit"])

    @property
    def proposals(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(self.me.get("proposals", ()))

    @property
    def partnership(self) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self.me.get("partnership")
        return found

    async def wish(self, command: Command) -> Accepted | RefusedFrame:
        return await self.device.submit(CHOICE, command)

    async def does(self, command: Command) -> None:
        """What must not be refused."""
        answer = await self.wish(command)
        assert isinstance(answer, Accepted), answer


class ChoosingRoom:
    """A workshop in its choice of partners; `bases` are the nodes, taken in turn."""

    def __init__(self, workshop: OpenWorkshop, moderator: Device, screen: Device, bases: tuple[str, ...]) -> None:
        self.workshop = workshop
        self.moderator = moderator
        self.screen = screen
        self.bases = bases
        self.seats: dict[str, Seat] = {}

    def __getitem__(self, name: str) -> Seat:
        return self.seats[name]

    async def join(self, name: str, school: str = "") -> Seat:
        who, token = await self.workshop.join(name, school)
        device = await self.workshop.device(token, self.bases[len(self.seats) % len(self.bases)])
        self.seats[name] = Seat(name, who, device)
        return self.seats[name]

    async def lead(self, command: Command, scope: str = CHOICE) -> Accepted | RefusedFrame:
        return await self.moderator.submit(scope, command)

    async def leads(self, command: Command, scope: str = CHOICE) -> Seq:
        """What must not be refused; the number that it became."""
        answer = await self.lead(command, scope)
        assert isinstance(answer, Accepted), answer
        return Seq(answer.seq)

    @property
    def overview(self) -> Mapping[str, Any]:
        seen = self.moderator.views.get(("moderators", CHOICE))
        return seen.body if seen else NOTHING


@asynccontextmanager
async def choosing(*bases: str) -> AsyncIterator[ChoosingRoom]:
    async with await OpenWorkshop.on(bases[0]) as workshop:
        moderator = await workshop.staff()
        await moderator.submit("", move(moderator, CHOICE))
        yield ChoosingRoom(workshop, moderator, await workshop.staff("screen", bases[-1]), bases)
