"""A workshop in memory for tests of its rules: wishes in, facts folded, a clock that stands until it is moved."""

from collections.abc import Iterable

import msgspec

from server.app.activities import all_activities
from server.core.messages import HOST, WORKSHOP, Actor, Command, Context, Event, PersonId, SchoolId, Seq, WorkshopId
from server.core.path import Pack
from server.core.view import Watched
from server.core.workshop.acts import act_of
from server.core.workshop.events import WorkshopCreated
from server.core.workshop.evolve import with_act
from server.core.workshop.people_commands import AdmitPerson
from server.core.workshop.rulebook import Fact, Rulebook
from server.core.workshop.state import Workshop
from server.paths.loading import bundled

MODERATOR = Actor("moderator", "s1")
START_MS = 1_800_000_000_000


class Hall:
    """One workshop without a server. `present` are those who are here; empty means that nobody knows."""

    def __init__(self, schedule: str = "half_day", *, pack: Pack | None = None, seed: int = 7) -> None:
        self.rulebook = Rulebook(all_activities())
        self.now_ms = START_MS
        self.seed = seed
        self.present: frozenset[PersonId] = frozenset()
        self.log: list[tuple[Fact, ...]] = []
        self._state: Workshop | None = None
        self._fold(
            (
                (
                    WORKSHOP,
                    WorkshopCreated(
                        workshop=WorkshopId("w1"),
                        title="A day",
                        code="ABCDEF",
                        at_ms=self.now_ms,
                        date="2027-03-12",
                        language="en",
                        retention_days=365,
                        schedule=schedule,
                        pack=pack or bundled(),
                        pack_id="bundled",
                        seed=seed,
                    ),
                ),
            )
        )

    @property
    def state(self) -> Workshop:
        assert self._state is not None
        return self._state

    def pass_time(self, ms: int) -> None:
        self.now_ms += ms

    def wish(self, command: Command, actor: Actor = MODERATOR, scope: str = WORKSHOP) -> tuple[Event, ...]:
        """Decide, encode, decode and fold, with the line in the log of acts, as a replica does. Raises `Refused`."""
        self.seed += 1
        before = self.state
        context = Context(self.now_ms, self.seed, self.present)
        facts = self.rulebook.decide(before, scope, command, actor, context)
        self._fold(facts)
        act = act_of(before, scope, command, actor, self.now_ms)
        if facts and act is not None:
            self._state = with_act(self.state, act, before, Seq(len(self.log)))
        return tuple(event for _, event in facts)

    def ask(self, question: Command) -> msgspec.Struct:
        """The answer to a moderator's question. Raises `Refused`."""
        self.seed += 1
        context = Context(self.now_ms, self.seed, self.present)
        return self.rulebook.answer(self.state, msgspec.Raw(msgspec.msgpack.encode(question)), context)

    def _fold(self, facts: tuple[Fact, ...]) -> None:
        self.log.append(facts)
        for scope, event in facts:
            heard = self.rulebook.event(self._state, scope, self.rulebook.encode(event))
            assert heard == event
            self._state = self.rulebook.evolve(self._state, scope, heard)

    def join(self, *people: str, schools: Iterable[str] = ()) -> None:
        """Seats for these people, each of a school of their own unless `schools` names them."""
        named = list(schools) or [f"school-{who}" for who in people]
        for who, school in zip(people, named, strict=True):
            self.wish(AdmitPerson(PersonId(who), SchoolId(school), ("en",)), HOST)

    def view(self, audience: Watched, part: str = WORKSHOP) -> msgspec.Struct:
        shown = self.rulebook.view(self.state, part, audience)
        assert shown is not None
        return shown.body


def person(who: str) -> Actor:
    return Actor("person", who)
