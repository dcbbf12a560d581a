"""Once a choice is made the log forgets what only the choosing needed: wishes, vetoes, and whose no it was."""

from collections.abc import Mapping
from functools import partial
from typing import Final, Protocol

import msgspec
from msgspec.structs import replace

from server.core.messages import CLOCK, Commit, DeviceId, Event, PhaseId
from server.core.workshop.rulebook import Fact, Rulebook
from server.core.workshop.state import Workshop
from server.runtime.replica import Replica
from server.store.log import Log
from server.store.waking import Waking

SETTLED_S: Final = 10.0
"""So long after the last fact of a phase its log is looked through: one rewriting serves a whole round of answers."""

WAKE_S: Final = 3600.0
"""While something is kept that time will end, some node looks in so often, although nobody may have come back."""


class Forgetter(Protocol):
    """What an activity says about its own facts, decided by its current state."""

    def keeps(self, state: msgspec.Struct) -> bool: ...

    def remains(self, state: msgspec.Struct, event: Event) -> Event | None: ...

    def is_nameless(self, state: msgspec.Struct, event: Event) -> bool: ...


Forgetters = Mapping[str, Forgetter]
"""By the name of the activity."""


class Forgetting:
    """Which phases of one workshop have facts to forget, and since when they have been quiet."""

    def __init__(self, replica: Replica, log: Log, waking: Waking, forgetters: Forgetters) -> None:
        self._replica = replica
        self._log = log
        self._waking = waking
        self._forgetters = forgetters
        self._due: dict[PhaseId, float] = {}
        self._wakes_at_s: float | None = None

    def __repr__(self) -> str:
        return f"<Forgetting {self._replica.id} due={sorted(self._due)}>"

    def loaded(self, workshop: Workshop, now_s: float) -> None:
        """The node that should have looked through the log may have ended before it did."""
        self._due = dict.fromkeys(self._phases(workshop), now_s + SETTLED_S)

    def applied(self, workshop: Workshop, facts: tuple[Fact, ...], now_s: float) -> None:
        for scope, _ in facts:
            run = workshop.phase(scope) if scope else None
            if run is not None and workshop.spec(run).activity in self._forgetters:
                self._due[run.id] = now_s + SETTLED_S

    async def tend(self, now_s: float, now_ms: int) -> int:
        """Rewrite what is due; returns how many commits hold less than before. Folding them gives the same state."""
        await self._be_woken(now_s, now_ms)
        due = [phase for phase, at in self._due.items() if at <= now_s]
        changed = 0
        for phase in due:
            del self._due[phase]
            changed += await self._log.replace(self._replica.id, partial(self._less, phase))
        return changed

    async def _be_woken(self, now_s: float, now_ms: int) -> None:
        """What ends by time must end also if nobody opens the workshop again. 0: it rests; None: nothing is known."""
        keeps = any(self._keeps(phase) for phase in self._phases(self._replica.state))
        if keeps and now_s >= (self._wakes_at_s or 0.0) - WAKE_S / 2:
            self._wakes_at_s = now_s + WAKE_S
            await self._waking.wake(self._replica.id, now_ms + int(WAKE_S * 1000))
        elif not keeps and self._wakes_at_s != 0.0:
            self._wakes_at_s = 0.0
            await self._waking.rest(self._replica.id)

    def _phases(self, workshop: Workshop) -> list[PhaseId]:
        return [run.id for run in workshop.phases if workshop.spec(run).activity in self._forgetters]

    def _forgetter(self, phase: PhaseId) -> Forgetter | None:
        workshop = self._replica.state
        run = workshop.phase(phase)
        return self._forgetters.get(workshop.spec(run).activity) if run is not None else None

    def _keeps(self, phase: PhaseId) -> bool:
        forgetter = self._forgetter(phase)
        return forgetter is not None and forgetter.keeps(self._replica.state.activities[phase])

    def _less(self, phase: PhaseId, commit: Commit) -> Commit | None:
        forgetter = self._forgetter(phase)
        if forgetter is None or all(scope != phase for scope, _ in commit.facts):
            return commit
        return lessened(commit, self._replica.state, phase, forgetter, self._replica.rulebook)


def lessened(
    commit: Commit, workshop: Workshop, phase: PhaseId, forgetter: Forgetter, rulebook: Rulebook
) -> Commit | None:
    """The commit as it may stay; itself when nothing is to be forgotten, None when nothing of it is left."""
    state = workshop.activities[phase]
    kept: list[tuple[str, msgspec.Raw]] = []
    less = nameless = False
    for scope, body in commit.facts:
        event = rulebook.event(workshop, scope, body) if scope == phase else None
        if event is None:
            kept.append((scope, body))
            continue
        nameless = nameless or forgetter.is_nameless(state, event)
        remaining = forgetter.remains(state, event)
        less = less or remaining != event
        if remaining is not None:
            kept.append((scope, body if remaining == event else rulebook.encode(remaining)))
    if not less and not (nameless and commit.device):
        return commit
    if not kept:
        return None
    if nameless:
        return replace(commit, actor=CLOCK, device=DeviceId(""), number=0, facts=tuple(kept))
    return replace(commit, facts=tuple(kept))
