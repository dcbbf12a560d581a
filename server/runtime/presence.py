"""Who is here, away or gone: it only suggests, and a device that falls silent is gone by itself."""

from typing import Literal

import msgspec

from server.core.messages import PersonId

State = Literal["here", "away", "gone"]

GONE_AFTER_MS = 40_000
"""A browser gives a sign every 15 s; two lost ones are a bad network, three are somebody who left."""

LONG_AWAY_MS = 120_000
"""Somebody whose phone has been in the pocket for so long is not seated in new groups."""

IDLE_AFTER_S = 120

PRESENT_FOR_MS = 1_000
"""Two minutes away are over within a second of it."""


class Sign(msgspec.Struct, frozen=True, array_like=True):
    """A sign of life as nodes tell it to each other."""

    person: PersonId
    visible: bool
    idle_s: int = 0
    at_ms: int = 0


class Seen(msgspec.Struct, frozen=True):
    """`since_ms`: when this state began. `at_ms`: the last sign of life."""

    state: State
    since_ms: int
    at_ms: int


class PresenceView(msgspec.Struct, frozen=True):
    """For the moderators: [person, state, since_ms] of everybody who ever gave a sign on this node."""

    people: tuple[tuple[PersonId, State, int], ...]


class Presence:
    """The last sign of each person, wherever it was given."""

    def __init__(self) -> None:
        self._seen: dict[PersonId, Seen] = {}
        self._present: frozenset[PersonId] = frozenset()
        self._present_until_ms = 0

    def __repr__(self) -> str:
        states = [seen.state for seen in self._seen.values()]
        return f"<Presence here={states.count('here')} away={states.count('away')} gone={states.count('gone')}>"

    def heard(self, sign: Sign) -> bool:
        """Take in a sign; True when it changed the person's state."""
        state: State = "here" if sign.visible and sign.idle_s < IDLE_AFTER_S else "away"
        return self._turn(sign.person, state, sign.at_ms)

    def left(self, person: PersonId, now_ms: int) -> bool:
        """The last connection of a person ended: away until the grace is over, since phones come back by themselves."""
        seen = self._seen.get(person)
        return seen is not None and seen.state == "here" and self._turn(person, "away", now_ms)

    def expire(self, now_ms: int) -> bool:
        """Whoever fell silent is gone; True when that changed anything."""
        silent = [
            person
            for person, seen in self._seen.items()
            if seen.state != "gone" and now_ms - seen.at_ms > GONE_AFTER_MS
        ]
        for person in silent:
            self._seen[person] = Seen("gone", now_ms, self._seen[person].at_ms)
            self._present_until_ms = 0
        return bool(silent)

    def present(self, now_ms: int) -> frozenset[PersonId]:
        """Who counts as in the room: here, or away for less than two minutes."""
        # Every command asks; among a thousand people the answer costs more than most commands.
        if now_ms >= self._present_until_ms:
            self._present = frozenset(
                person
                for person, seen in self._seen.items()
                if seen.state == "here" or (seen.state == "away" and now_ms - seen.since_ms < LONG_AWAY_MS)
            )
            self._present_until_ms = now_ms + PRESENT_FOR_MS
        return self._present

    def view(self) -> PresenceView:
        return PresenceView(tuple((who, seen.state, seen.since_ms) for who, seen in sorted(self._seen.items())))

    def _turn(self, person: PersonId, state: State, at_ms: int) -> bool:
        before = self._seen.get(person)
        if before is not None and before.state == state:
            self._seen[person] = Seen(state, before.since_ms, max(at_ms, before.at_ms))
            return False
        self._seen[person] = Seen(state, at_ms, at_ms)
        self._present_until_ms = 0
        return True
