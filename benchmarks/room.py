"""A workshop in memory, without store and sockets: what the rules, the fold and the views cost by themselves."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from server.app.activities import all_activities
from server.core.messages import (
    WORKSHOP,
    Actor,
    Command,
    Commit,
    Context,
    DeviceId,
    Event,
    PersonId,
    PhaseId,
    SchoolId,
    WorkshopId,
)
from server.core.workshop.commands import MoveRoom, SignalDone
from server.core.workshop.events import WorkshopCreated
from server.core.workshop.people_commands import AdmitPerson
from server.core.workshop.rulebook import Rulebook
from server.core.workshop.state import Workshop
from server.paths.loading import parse_pack

PATH: Final = Path(__file__).parent / "load" / "path.yaml"
MODERATOR: Final = Actor("moderator", "s1")
NOW_MS: Final = 1_800_000_000_000
SCHOOLS: Final = 40


class Room:
    """Decides, folds and keeps its log, as a replica does with Redis behind it."""

    def __init__(self, people: int, form: str = "fives") -> None:
        self.rulebook = Rulebook(all_activities())
        self.log: list[Commit] = []
        pack = parse_pack(PATH.read_text().replace("FORM", form), PATH.name, all_activities())
        created = WorkshopCreated(
            WorkshopId("bench"), "Bench", "BENCH", NOW_MS, "", "en", 30, "both", pack, "bench", seed=1
        )
        self.people = [PersonId(f"p{number}") for number in range(people)]
        self.state = self._kept(None, MODERATOR, [(WORKSHOP, created)])
        for number, person in enumerate(self.people):
            self.wish(Actor("person", person), AdmitPerson(person, SchoolId(f"school{number % SCHOOLS}")))

    def wish(self, actor: Actor, command: Command) -> None:
        context = Context(NOW_MS, seed=len(self.log))
        self.state = self._kept(
            self.state, actor, list(self.rulebook.decide(self.state, WORKSHOP, command, actor, context))
        )

    def move(self) -> None:
        """The room goes to the other phase."""
        left = self.state.at
        self.wish(MODERATOR, MoveRoom(PhaseId("second" if left == "first" else "first"), left))

    def _kept(self, state: Workshop | None, actor: Actor, facts: list[tuple[str, Event]]) -> Workshop:
        body = tuple((scope, self.rulebook.encode(event)) for scope, event in facts)
        self.log.append(Commit(NOW_MS, actor, DeviceId("bench"), len(self.log), body))
        for scope, event in facts:
            state = self.rulebook.evolve(state, scope, event)
        assert state is not None
        return state


def folded(rulebook: Rulebook, log: list[Commit]) -> Workshop:
    """What a node does with a log when its first participant comes."""
    state: Workshop | None = None
    for commit in log:
        for scope, body in commit.facts:
            event = rulebook.event(state, scope, body)
            if event is not None:
                state = rulebook.evolve(state, scope, event)
    assert state is not None
    return state


def fold_ms(facts: int, repeats: int = 5) -> float:
    """Milliseconds of CPU for a log of so many facts: a fifth of them people who come, the rest their taps."""
    room = Room(people=facts // 5)
    room.move()
    while len(room.log) < facts:
        number = len(room.log)
        person = room.people[number % len(room.people)]
        done = room.state.signals.of(person) is None
        room.wish(Actor("person", person), SignalDone(done))
    return statistics.median(cpu_ms(lambda: folded(room.rulebook, room.log)) for _ in range(repeats))


def cpu_ms(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1_000
