"""Who is here, away or gone: it only suggests, and a device that falls silent is gone by itself."""

from collections.abc import Collection
from typing import Literal

import msgspec

from server.core.messages import DeviceId, PersonId

State = Literal["here", "away", "gone"]

GONE_AFTER_MS = 90_000
"""A browser gives a sign every 15 s, and its node gives one for it while it only stays connected. A phone whose screen
went dark in the hand is woken within a minute and a half; who is silent for longer is not waited for."""

IDLE_AFTER_S = 120

TOUCHED_WITHIN_S = 15
"""One heartbeat: somebody has touched the device since its last sign."""

QUIET_AFTER_MS = 20_000
"""A connected device that gave no sign for so long is spoken for: browsers slow the clocks of what nobody looks at."""

LATE_BY_MS = 30_000
"""No sign is under way for longer. One that seems older still comes from a server whose clock is behind."""

PRESENT_FOR_MS = 1_000
"""Who fell silent is no longer counted within a second of it."""

UNKNOWN_DEVICE = DeviceId("")


class Sign(msgspec.Struct, frozen=True, array_like=True):
    """A sign of life as nodes tell it to each other; `open` False: the connection of this device has ended."""

    person: PersonId
    visible: bool
    idle_s: int = 0
    at_ms: int = 0
    device: DeviceId = UNKNOWN_DEVICE
    open: bool = True

    @property
    def touched(self) -> bool:
        """Somebody holds the device: it does not only lie on a table."""
        return self.open and self.visible and self.idle_s <= TOUCHED_WITHIN_S


class Seen(msgspec.Struct, frozen=True):
    """`since_ms`: when this state began, by the clock of this node."""

    state: State
    since_ms: int


class PresenceView(msgspec.Struct, frozen=True):
    """[person, state, since_ms]: for the moderators of everybody who ever gave a sign on this node, for a group of its
    members."""

    people: tuple[tuple[PersonId, State, int], ...]


class _Device(msgspec.Struct, frozen=True):
    """The last sign of one device, and when it was heard here: expiry must not depend on another server's clock."""

    sign: Sign
    heard_ms: int

    @property
    def state(self) -> State:
        sign = self.sign
        return "here" if sign.open and sign.visible and sign.idle_s < IDLE_AFTER_S else "away"


class Presence:
    """The last sign of each device of each person, wherever it was given. A person is where their best device is."""

    def __init__(self) -> None:
        self._devices: dict[PersonId, dict[DeviceId, _Device]] = {}
        self._seen: dict[PersonId, Seen] = {}
        self._present: frozenset[PersonId] = frozenset()
        self._expired_ms = 0
        self._flipped: set[PersonId] = set()

    def __repr__(self) -> str:
        states = [seen.state for seen in self._seen.values()]
        return f"<Presence here={states.count('here')} away={states.count('away')} gone={states.count('gone')}>"

    def heard(self, sign: Sign, now_ms: int | None = None) -> None:
        """Take in a sign. One that was overtaken by a newer sign of its device changes nothing."""
        now_ms = sign.at_ms if now_ms is None else now_ms
        devices = self._devices.setdefault(sign.person, {})
        before = devices.get(sign.device)
        if before is not None and 0 < before.sign.at_ms - sign.at_ms <= LATE_BY_MS:
            return
        if sign.device != UNKNOWN_DEVICE:
            devices.pop(UNKNOWN_DEVICE, None)
        devices[sign.device] = _Device(sign, now_ms)
        self._turn(sign.person, now_ms)

    def expire(self, now_ms: int) -> None:
        """Whoever fell silent is gone."""
        self._expired_ms = now_ms
        for person, devices in self._devices.items():
            silent = [name for name, device in devices.items() if now_ms - device.heard_ms > GONE_AFTER_MS]
            for name in silent:
                del devices[name]
            if silent:
                self._turn(person, now_ms)

    def quiet(self, now_ms: int, connected: Collection[tuple[PersonId, DeviceId]]) -> list[Sign]:
        """What to say for devices that are connected and say nothing themselves: as they were, untouched for longer."""
        signs = []
        for person, name in connected:
            device = self._devices.get(person, {}).get(name)
            if device is not None and now_ms - device.heard_ms > QUIET_AFTER_MS:
                idle_s = device.sign.idle_s + (now_ms - device.heard_ms) // 1_000
                signs.append(msgspec.structs.replace(device.sign, idle_s=idle_s, at_ms=now_ms))
        return signs

    def present(self, now_ms: int) -> frozenset[PersonId]:
        """Who counts as in the room: everybody but the silent. An untouched phone and a dark one have an owner here."""
        if now_ms - self._expired_ms >= PRESENT_FOR_MS:
            self.expire(now_ms)
        return self._present

    def devices(self, person: PersonId) -> tuple[DeviceId, ...]:
        """Those of which a sign was heard, and that are not gone yet."""
        return tuple(self._devices.get(person, {}))

    def state(self, person: PersonId) -> State:
        seen = self._seen.get(person)
        return seen.state if seen is not None else "gone"

    def flipped(self) -> frozenset[PersonId]:
        """Whose state has changed since this was last asked."""
        flipped, self._flipped = frozenset(self._flipped), set()
        return flipped

    def view(self, of: Collection[PersonId] | None = None) -> PresenceView:
        people = self._seen.keys() if of is None else (person for person in of if person in self._seen)
        return PresenceView(
            tuple((person, self._seen[person].state, self._seen[person].since_ms) for person in sorted(people))
        )

    def _turn(self, person: PersonId, now_ms: int) -> None:
        states = {device.state for device in self._devices[person].values()}
        state: State = "here" if "here" in states else "away" if states else "gone"
        before = self._seen.get(person)
        if before is not None and before.state == state:
            return
        self._seen[person] = Seen(state, now_ms)
        self._flipped.add(person)
        if state == "gone":
            self._present -= {person}
        elif person not in self._present:
            self._present |= {person}
