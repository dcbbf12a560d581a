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

SETTLED_S: Final = 10.0
"""So long after the last fact of a phase its log is looked through: one rewriting serves a whole round of answers."""


class Forgetter(Protocol):
    """What an activity says about its own facts, decided by its current state."""

    def remains(self, state: msgspec.Struct, event: Event, *, over: bool = False) -> Event | None: ...

    def is_nameless(self, state: msgspec.Struct, event: Event, *, over: bool = False) -> bool: ...


Forgetters = Mapping[str, Forgetter]
"""By the name of the activity."""


class Forgetting:
    """Which phases of one workshop have facts to forget, and since when they have been quiet."""

    def __init__(self, replica: Replica, log: Log, forgetters: Forgetters) -> None:
        self._replica = replica
        self._log = log
        self._forgetters = forgetters
        self._due: dict[PhaseId, float] = {}

    def __repr__(self) -> str:
        return f"<Forgetting {self._replica.id} due={sorted(self._due)}>"

    def applied(self, workshop: Workshop, facts: tuple[Fact, ...], now_s: float) -> None:
        for scope, _ in facts:
            run = workshop.phase(scope) if scope else None
            if run is not None and workshop.spec(run).activity in self._forgetters:
                self._due[run.id] = now_s + SETTLED_S

    async def tend(self, now_s: float) -> int:
        """Rewrite what is due; returns how many commits hold less than before. Folding them gives the same state."""
        due = [phase for phase, at in self._due.items() if at <= now_s]
        changed = 0
        for phase in due:
            del self._due[phase]
            changed += await self._log.replace(self._replica.id, partial(self._less, phase))
        if changed:
            await self._log.rewrite_file()
        return changed

    def _less(self, phase: PhaseId, commit: Commit) -> Commit | None:
        workshop, rulebook = self._replica.state, self._replica.rulebook
        run = workshop.phase(phase)
        if run is None or all(scope != phase for scope, _ in commit.facts):
            return commit
        forgetter = self._forgetters[workshop.spec(run).activity]
        return lessened(commit, workshop, phase, forgetter, rulebook)


def lessened(
    commit: Commit, workshop: Workshop, phase: PhaseId, forgetter: Forgetter, rulebook: Rulebook
) -> Commit | None:
    """The commit as it may stay; itself when nothing is to be forgotten, None when nothing of it is left."""
    state, over = workshop.activities[phase], workshop.life != "live"
    kept: list[tuple[str, msgspec.Raw]] = []
    less = nameless = False
    for scope, body in commit.facts:
        event = rulebook.event(workshop, scope, body) if scope == phase else None
        if event is None:
            kept.append((scope, body))
            continue
        nameless = nameless or forgetter.is_nameless(state, event, over=over)
        remaining = forgetter.remains(state, event, over=over)
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
