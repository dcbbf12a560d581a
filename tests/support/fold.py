"""What every screen must show: the log folded anew, and the views of that state with their names and texts."""

from collections.abc import Callable
from typing import Any

import msgspec

from server.app.activities import all_activities
from server.core.activity import Right, right_of
from server.core.messages import Actor, PageId, PersonId, WorkshopId
from server.core.workshop.evolve import with_act
from server.core.workshop.rulebook import Rulebook
from server.core.workshop.state import Workshop
from server.rehearsal.device import Device
from server.rehearsal.play import compared, contents
from server.runtime.attendance import audiences_of
from server.runtime.lookup import Lookup
from server.store.opened import Store, open_store

Contents = dict[tuple[str, str], Any]


class Fold:
    """A workshop read from its log by nobody's node."""

    def __init__(self, state: Workshop, rulebook: Rulebook, lookup: Lookup) -> None:
        self.state = state
        self._rulebook = rulebook
        self._lookup = lookup

    @classmethod
    async def of(cls, redis_url: str, workshop: WorkshopId) -> "Fold":
        async with open_store(redis_url) as store:
            rulebook = Rulebook(all_activities())
            *_, state = await history(store, rulebook, workshop)
            lookup = Lookup(workshop, store.people, store.frozen)
            await lookup.load()
            fold = cls(state, rulebook, lookup)
            everything = [view for actor in fold.actors() for view in fold.views(actor).values()]
            await lookup.fetch((), {text for view in everything for text in view.texts})
        return fold

    def actors(self) -> list[Actor]:
        return [*(Actor("person", who) for who in self.state.people), Actor("moderator", "m"), Actor("screen", "s")]

    def views(self, actor: Actor) -> dict[tuple[str, str], Any]:
        parts = ("", *(run.id for run in self.state.phases if run.opened_ms))
        found = {}
        for audience in audiences_of(self.state, actor):
            for part in parts:
                view = self._rulebook.view(self.state, part, audience)
                if view is not None:
                    found[(str(audience), part)] = view
        return found

    def shown_to(self, actor: Actor) -> Contents:
        """Body, names and texts of every view, as they arrive at a device."""
        return {
            key: msgspec.msgpack.decode(
                msgspec.msgpack.encode(
                    (view.body, self._lookup.names(view.people), self._lookup.texts(view.texts)),
                ),
                type=tuple[Any, Any, Any],
            )
            for key, view in self.views(actor).items()
        }

    def right(self, person: PersonId, page: PageId) -> Right | None:
        actor = Actor("person", person)
        return right_of(self._rulebook.documents(self.state, actor, page.partition("/")[0]).get(page))


async def history(store: Store, rulebook: Rulebook, workshop: WorkshopId) -> list[Workshop]:
    """What the workshop was after each commit of its log."""
    states: list[Workshop] = []
    state: Workshop | None = None
    for seq, commit in await store.log.read(workshop):
        before = state
        for scope, body in commit.facts:
            event = rulebook.event(state, scope, body)
            assert event is not None
            state = rulebook.evolve(state, scope, event)
        assert state is not None
        state = with_act(state, commit.act, before, seq) if commit.act is not None else state
        states.append(state)
    return states


def shows(device: Device, fold: Fold, actor: Actor) -> Callable[[], bool]:
    """For `eventually`: the device shows what the fold would show it, nothing more and nothing less."""

    def check() -> bool:
        wanted = {key: tuple(value) for key, value in fold.shown_to(actor).items()}
        differences = list(compared(str(actor.id), contents(device), wanted))
        assert not differences, differences
        return True

    return check


async def numbers_in_log(redis_url: str, workshop: WorkshopId) -> dict[int, tuple[str, int]]:
    """Of every commit that a device wished, the device and its number."""
    async with open_store(redis_url) as store:
        return {seq: (commit.device, commit.number) for seq, commit in await store.log.read(workshop) if commit.device}
