"""A workshop on running nodes with devices in it, made through the pages that browsers use."""

from contextlib import AsyncExitStack
from typing import Any

from server.core.messages import PersonId, WorkshopId
from server.core.workshop.commands import MoveRoom
from server.rehearsal.device import Device
from server.rehearsal.web import ask
from server.rehearsal.wire import Tap, Transport


class OpenWorkshop:
    """Enter it as a context; every device that was seated leaves with it."""

    def __init__(self, created: dict[str, Any], base: str) -> None:
        self.id = WorkshopId(created["workshop"])
        self.code: str = created["code"]
        self.base = base
        self.tokens = {role: link.partition("#")[2] for role, link in created["links"].items()}
        self.people: list[PersonId] = []
        self._stack = AsyncExitStack()

    @classmethod
    async def on(cls, base: str, schedule: str = "full_day") -> "OpenWorkshop":
        body = {"title": "A test", "schedule": schedule}
        return cls(await ask("POST", f"{base}/api/workshops", body), base)

    async def __aenter__(self) -> "OpenWorkshop":
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._stack.aclose()

    async def device(self, token: str, base: str = "", **how: Any) -> Device:
        """A device with a seat, its views on the screen."""
        device = Device(base or self.base, token, **how)
        await self._stack.enter_async_context(device)
        await device.ready()
        return device

    async def staff(self, role: str = "moderator", base: str = "") -> Device:
        return await self.device(self.tokens[role], base)

    async def join(self, name: str = "Ana", school: str = "") -> tuple[PersonId, str]:
        """A seat: who, and its token."""
        body = {"name": name, "school": school or name, "agreed": True}
        joined = await ask("POST", f"{self.base}/api/join/{self.code}", body)
        person = PersonId(joined["person"])
        self.people.append(person)
        self.tokens[person] = joined["token"]
        return person, joined["token"]

    async def seat(
        self, name: str = "Ana", base: str = "", transport: Transport = "websocket", tap: Tap | None = None
    ) -> tuple[PersonId, Device]:
        person, token = await self.join(name)
        return person, await self.device(token, base, transport=transport, tap=tap)


def move(moderator: Device, phase: str) -> MoveRoom:
    """The room from where this screen shows it."""
    return MoveRoom(phase, moderator.views[("room", "")].body.get("at"))  # type: ignore[arg-type]
