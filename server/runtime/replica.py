"""One workshop in memory: wishes go in, facts come out in the one order that every node shares."""

import asyncio
import hashlib
import secrets
from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec
import structlog

from server.core.messages import (
    Actor,
    Command,
    Commit,
    Context,
    DeviceId,
    Event,
    Freezing,
    FrozenId,
    PageId,
    PageText,
    PersonId,
    Refused,
    Saying,
    Seq,
    WorkshopId,
)
from server.core.naming import Names, marks_of_names
from server.core.workshop.acts import act_of
from server.core.workshop.events import GroupsFormed
from server.core.workshop.evolve import with_act
from server.core.workshop.rulebook import Fact, Rulebook
from server.core.workshop.state import Workshop
from server.runtime.submission import Accepted
from server.store.frozen import Frozen
from server.store.log import Log, SeqTaken

LONGEST_SAYING = 600
"""Characters of a moderator's message."""

RACES = 50
"""So many rivals may take the number that a command wanted before this is called a defect."""

logger = structlog.get_logger(__name__)


class Outcome(msgspec.Struct, frozen=True):
    """A wish that is a fact: the commit it became, whether it had been one before, and whom it was done without."""

    seq: Seq
    repeat: bool = False
    without: tuple[PersonId, ...] = ()


class Wish(msgspec.Struct, frozen=True):
    """A numbered command as it came through the door."""

    actor: Actor
    device: DeviceId
    number: int
    scope: str
    body: msgspec.Raw


class Surroundings(Protocol):
    """What a replica asks of its node: the time, who is here, how a page reads now, and which names are known."""

    def now_ms(self) -> int: ...

    def present(self) -> frozenset[PersonId]: ...

    async def page_fields(self, page: PageId) -> Mapping[str, str]: ...

    async def names(self) -> Names: ...


Applied = Callable[[Workshop, Workshop | None, tuple[Fact, ...]], None]


class Replica:
    """Folds the log of one workshop, and appends to it what the rules answer to a wish.

    A loser of a race for a number reads what it missed and decides again: a vote that raced a phase change is refused,
    correctly. `applied` is called once for every commit, in order, whichever node it came from.
    """

    def __init__(
        self,
        workshop: WorkshopId,
        log: Log,
        frozen: Frozen,
        rulebook: Rulebook,
        surroundings: Surroundings,
        applied: Applied,
    ) -> None:
        self.id = workshop
        self.seq = Seq(0)
        self.rulebook = rulebook
        self.accepted = Accepted()
        self.appending: Seq | None = None
        """The number of the commit that is being written: the tail may bring it before its acknowledgement."""
        self._log = log
        self._frozen = frozen
        self._surroundings = surroundings
        self._applied = applied
        self._state: Workshop | None = None
        self._turn = asyncio.Lock()

    def __repr__(self) -> str:
        state = self._state
        at = f"phase={state.at or '-'} people={len(state.people)}" if state else "empty"
        return f"<Replica {self.id} seq={self.seq} {at}>"

    @property
    def state(self) -> Workshop:
        if self._state is None:
            raise LookupError(f"workshop {self.id} has no commits")
        return self._state

    @property
    def exists(self) -> bool:
        return self._state is not None

    async def catch_up(self) -> None:
        """Read what the log has beyond what is folded."""
        for seq, commit in await self._log.read(self.id, self.seq):
            if seq > self.seq:
                # Read in order from the log itself, so a number that is missing is missing for good.
                self._fold(seq, commit)

    async def is_true(self) -> bool:
        """Whether the log still holds the last commit that was folded: not when a backup was put back."""
        return self.seq == 0 or await self._log.holds(self.id, self.seq)

    def apply(self, seq: Seq, commit: Commit) -> None:
        """Fold one commit. One that is folded already is passed over; one beyond a gap waits for `catch_up`."""
        if seq == self.seq + 1:
            self._fold(seq, commit)

    def _fold(self, seq: Seq, commit: Commit) -> None:
        before = self._state
        facts: list[Fact] = []
        state = before
        for scope, body in commit.facts:
            event = self.rulebook.event(state, scope, body)
            if event is not None:
                state = self.rulebook.evolve(state, scope, event)
                facts.append((scope, event))
        self.seq = seq
        self.accepted.note(commit, seq)
        if state is None:
            return
        if commit.act is not None:
            state = with_act(state, commit.act, before, seq)
        self._state = state
        self._applied(state, before, tuple(facts))

    async def submit(self, wish: Wish) -> Outcome:
        """Make a wish a fact. Raises `Refused`, `StoreAway`, and whatever a defect raises."""
        async with self._turn:
            # One at a time: two that decide side by side on this node would race for one number for nothing.
            known = self.accepted.seq(wish.actor, wish.device, wish.number)
            if known is not None:
                return Outcome(known, repeat=True)
            try:
                return await self._understood(wish)
            except Refused:
                # Another node may have made it right a moment ago, and its fact is still on the way to this one.
                if not await self._had_missed_something():
                    raise
                return await self._understood(wish)

    async def _understood(self, wish: Wish) -> Outcome:
        return await self._decide(wish, self.rulebook.command(self.state, wish.scope, wish.body))

    async def _had_missed_something(self) -> bool:
        before = self.seq
        await self.catch_up()
        return self.seq > before

    async def post(self, actor: Actor, scope: str, command: Command) -> Outcome:
        """A wish of the server itself (the clock, the door): not numbered, since nobody resends it."""
        wish = Wish(actor, DeviceId(""), 0, scope, msgspec.Raw(b""))
        async with self._turn:
            return await self._decide(wish, command)

    def check(self, actor: Actor, scope: str, command: Command) -> None:
        """Raises `Refused` as `post` would at this moment; nothing becomes a fact."""
        context = Context(self._surroundings.now_ms(), secrets.randbits(48), self._surroundings.present())
        self.rulebook.decide(self.state, scope, command, actor, context)

    async def _decide(self, wish: Wish, command: Command) -> Outcome:
        texts = await self._texts(command)
        said = await self._said(command)
        for _ in range(RACES):
            known = self.accepted.seq(wish.actor, wish.device, wish.number)
            if known is not None:
                return Outcome(known, repeat=True)
            seq = Seq(self.seq + 1)
            facts, context = self._facts(wish, command, texts, said)
            if not facts:
                return Outcome(self.seq)
            commit = self._commit(wish, command, facts, context.now_ms)
            self.appending = seq
            try:
                await self._log.append(self.id, seq, commit)
            except SeqTaken:
                await self.catch_up()
                continue
            finally:
                self.appending = None
            self.apply(seq, commit)
            return Outcome(seq, without=tuple(who for _, fact in facts for who in _without(fact)))
        raise RuntimeError(f"{self!r} lost {RACES} races for a number")

    def _facts(
        self, wish: Wish, command: Command, texts: Mapping[PageId, PageText], said: FrozenId | None
    ) -> tuple[tuple[Fact, ...], Context]:
        context = Context(
            now_ms=self._surroundings.now_ms(),
            seed=secrets.randbits(48),
            present=self._surroundings.present(),
            texts=texts,
            said=said,
            salt=secrets.token_hex(16),
        )
        return self.rulebook.decide(self.state, wish.scope, command, wish.actor, context), context

    def _commit(self, wish: Wish, command: Command, facts: tuple[Fact, ...], now_ms: int) -> Commit:
        return Commit(
            at_ms=now_ms,
            actor=wish.actor,
            device=wish.device,
            number=wish.number,
            facts=tuple((scope, self.rulebook.encode(event)) for scope, event in facts),
            act=act_of(self.state, wish.scope, command, wish.actor, now_ms),
        )

    async def _texts(self, command: Command) -> Mapping[PageId, PageText]:
        """The frozen copy is on disk before the fact that names it; one that no fact names is harmless."""
        if not isinstance(command, Freezing):
            return {}
        fields = {name: text.strip() for name, text in (await self._surroundings.page_fields(command.page)).items()}
        canonical = msgspec.json.encode(dict(sorted(fields.items())))
        text = PageText(
            page=command.page,
            frozen=FrozenId(secrets.token_urlsafe(9)),
            sha256=hashlib.sha256(canonical).hexdigest(),
            fields=fields,
            names=marks_of_names(fields, await self._surroundings.names()),
        )
        await self._frozen.put(self.id, text.frozen, fields)
        return {command.page: text}

    async def _said(self, command: Command) -> FrozenId | None:
        if not isinstance(command, Saying):
            return None
        words = command.text.strip()
        if len(words) > LONGEST_SAYING:
            raise Refused("too_long", f"at most {LONGEST_SAYING} characters")
        name = FrozenId(secrets.token_urlsafe(9))
        await self._frozen.put(self.id, name, {"text": words})
        return name


def _without(fact: Event) -> tuple[PersonId, ...]:
    return fact.without if isinstance(fact, GroupsFormed) else ()
