"""One server process: the workshops that are live on it, the tail they hear each other through, and its clock."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

import msgspec
import structlog

from protocol.frames import Notice
from server.core.activity import AnyActivity, Tick
from server.core.messages import CLOCK, HOST, WORKSHOP, Commit, DeviceId, Refused, Seq, WorkshopId
from server.core.workshop.commands import WarnPhase
from server.core.workshop.events import WorkshopCreated
from server.core.workshop.rulebook import Rulebook
from server.core.workshop.state import Workshop
from server.runtime.forgetting import Forgetters
from server.runtime.live import LiveWorkshop
from server.runtime.outlet import Outlet
from server.store import keys
from server.store.connection import RedisRefused, StoreAway
from server.store.log import SeqTaken, WorkshopGone, commit_of
from server.store.opened import Store
from server.store.replies import Entry, EntryId
from server.store.tail import Tail

DEAF_AFTER_S = 10.0
"""The canary sings every second; a node that has not heard it for so long is deaf and must be replaced."""

TAIL_RESTS_S = 0.004
"""What this node writes goes out at once; only other nodes' writing waits so long, and the reads are halved."""

TAIL_RESTS_ALONE_S = 0.05
"""While no other node writes, all that the tail brings is known already; a newcomer's first word waits so long once."""

UNLOAD_AFTER_S = 600.0
WARN_MS = 120_000
TICK_EVERY_S = 5.0
WAKE_EVERY_S = 60.0
"""So often a node asks whether something will end by time in a workshop to which nobody comes back."""

logger = structlog.get_logger(__name__)


class Node:
    """Loads workshops when somebody comes, and forgets them when all have gone; the log remembers."""

    def __init__(
        self, name: str, store: Store, activities: Mapping[str, AnyActivity], outlet: Outlet, forgetters: Forgetters
    ) -> None:
        self.name = name
        self.store = store
        self.tail = Tail(store.redis, name, self._gap, rest_s=TAIL_RESTS_S, rest_alone_s=TAIL_RESTS_ALONE_S)
        self.store_away = False
        self.on_gone: Callable[[WorkshopId], Awaitable[None]] = _nobody
        """Told of a workshop that was erased, by whichever node, so that its connections hear it."""
        self.on_put_back: Callable[[WorkshopId], Awaitable[None]] = _nobody
        """Told of a workshop whose log is older than what this node has shown, so that its connections come anew."""
        self.on_tend: Callable[[LiveWorkshop], Awaitable[None]] = _nothing
        """Asked once a second about each live workshop: the door sends away whose seat was closed there."""
        self._activities = activities
        self._outlet = outlet
        self._forgetters = forgetters
        self._live: dict[WorkshopId, LiveWorkshop] = {}
        self._loading: dict[WorkshopId, asyncio.Lock] = {}
        self._ticked_at = 0.0

    def __repr__(self) -> str:
        return f"<Node {self.name} workshops={len(self._live)} {self.tail!r}>"

    @property
    def activities(self) -> Mapping[str, AnyActivity]:
        return self._activities

    @property
    def live(self) -> Mapping[WorkshopId, LiveWorkshop]:
        return self._live

    @property
    def is_deaf(self) -> bool:
        return self.tail.deaf_for_s() > DEAF_AFTER_S

    def rulebook(self) -> Rulebook:
        return Rulebook(self._activities)

    # -- workshops ---------------------------------------------------------------------------------------------------

    async def found(self, created: WorkshopCreated) -> None:
        """Write the first fact of a new workshop. Raises `StoreAway`; a name that is taken cannot happen by chance."""
        body = self.rulebook().encode(created)
        commit = Commit(created.at_ms, HOST, DeviceId(""), 0, ((WORKSHOP, body),))
        try:
            await self.store.log.append(created.workshop, Seq(1), commit)
        except SeqTaken as taken:
            raise Refused("workshop_exists", created.workshop) from taken

    async def workshop(self, workshop: WorkshopId) -> LiveWorkshop | None:
        """The workshop, folded and followed; None when there is none of that name."""
        found = self._live.get(workshop)
        if found is not None:
            return found
        async with self._loading.setdefault(workshop, asyncio.Lock()):
            found = self._live.get(workshop)
            if found is None:
                found = await self._load(workshop)
        self._loading.pop(workshop, None)
        return found

    async def _load(self, workshop: WorkshopId) -> LiveWorkshop | None:
        live = LiveWorkshop(workshop, self.store, self.tail, self.rulebook(), self._outlet, self._forgetters)
        try:
            await live.load()
        except WorkshopGone:
            return None
        if not live.replica.exists:
            return None
        self._live[workshop] = live
        self.tail.follow(keys.log(workshop), EntryId(f"{live.replica.seq}-0"), lambda news: self._heard(live, news))
        self.store.flicker.listen(workshop, live.flickered)
        return live

    async def _heard(self, live: LiveWorkshop, news: list[Entry]) -> None:
        for entry in news:
            try:
                seq, commit = commit_of(entry)
            except WorkshopGone:
                await self._gone(live)
                return
            if seq > live.replica.seq and seq != live.replica.appending:
                self.tail.not_alone()
            if seq > live.replica.seq + 1:
                await live.replica.catch_up()
            live.replica.apply(seq, commit)

    def forget(self, workshop: WorkshopId) -> None:
        """Let go of a workshop that is empty or erased."""
        self.tail.unfollow(keys.log(workshop))
        self.store.flicker.leave(workshop)
        self._live.pop(workshop, None)

    async def _gone(self, live: LiveWorkshop) -> None:
        self.forget(live.id)
        await self.on_gone(live.id)

    async def _gap(self) -> None:
        """Redis was away: read what was missed, and show it. What became of one workshop holds up no other."""
        for live in list(self._live.values()):
            try:
                await self._catch_up(live)
            except WorkshopGone:
                await self._gone(live)
            except StoreAway:
                raise
            except Exception as error:  # noqa: BLE001 - one workshop's defect must not end the node for the others
                logger.error("gap_failed", workshop=live.id, error=type(error).__name__)

    async def _catch_up(self, live: LiveWorkshop) -> None:
        if not await live.replica.is_true():
            # Redis came back with an older log: what was folded of it since then never was.
            logger.error("log_put_back", workshop=live.id, seq=live.replica.seq)
            self.forget(live.id)
            await self.on_put_back(live.id)
            return
        await live.replica.catch_up()
        await live.writing.reload()
        live.screens.flush_soon()

    # -- the clock ---------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Everything that goes on by itself, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.tail.run())
            tasks.create_task(self.store.flicker.run())
            tasks.create_task(self._every(1.0, self._clock))
            tasks.create_task(self._every(0.5, self._watch))
            tasks.create_task(self._every(TICK_EVERY_S, self._sweep))
            tasks.create_task(self._every(WAKE_EVERY_S, self._wake))

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            await work()

    async def _watch(self) -> None:
        """Tell every browser when the store cannot be reached, and when it is back."""
        try:
            await self.store.redis.ping()
            away = False
        except StoreAway:
            away = True
        if away == self.store_away:
            return
        self.store_away = away
        logger.warning("store_away" if away else "store_back", node=self.name)
        notice = msgspec.msgpack.encode(Notice("away" if away else "back"))
        for live in self._live.values():
            self._outlet.send(list(live.screens.attendance.connections), "notice", notice)

    async def _sweep(self) -> None:
        """What was erased leaves the append-only file, however long a rewriting takes: no other clock waits for it."""
        try:
            await self.store.sweeping.sweep()
        except StoreAway:
            return
        except RedisRefused as refused:
            logger.warning("file_not_rewritten", node=self.name, reason=str(refused))

    async def _wake(self) -> None:
        """A workshop that is live is tended by itself; one that is not is loaded, and let go when it stays empty."""
        try:
            for workshop in await self.store.waking.due(time.time_ns() // 1_000_000):
                if await self.workshop(workshop) is None:
                    await self.store.waking.rest(workshop)
        except StoreAway:
            return
        except Exception:
            # One workshop's defect must not keep the others asleep for ever, nor end the node.
            logger.exception("waking_failed", node=self.name)

    async def _clock(self) -> None:
        ticking = time.monotonic() - self._ticked_at >= TICK_EVERY_S
        if ticking:
            self._ticked_at = time.monotonic()
        for live in list(self._live.values()):
            try:
                await self._tend(live, ticking)
            except StoreAway:
                return
            except Exception:
                # One workshop's defect must not stop the clocks of the others.
                logger.exception("clock_failed", workshop=live.id)

    async def _tend(self, live: LiveWorkshop, ticking: bool) -> None:
        await live.show_flicker()
        await self.on_tend(live)
        state = live.replica.state
        if due_warning(state, live.now_ms()) and state.at:
            await self._post(live, WORKSHOP, WarnPhase(state.at))
        if ticking:
            await live.forgetting.tend(time.monotonic(), live.now_ms())
            for phase in live.replica.rulebook.ticking(state):
                await self._post(live, phase, Tick())
            idle_s = time.monotonic() - live.quiet_since_s
            if not live.screens.attendance.connections and idle_s > UNLOAD_AFTER_S:
                self.forget(live.id)

    async def _post(self, live: LiveWorkshop, scope: str, command: WarnPhase | Tick) -> None:
        try:
            await live.replica.post(CLOCK, scope, command)
        except Refused as refused:
            logger.debug("clock_refused", workshop=live.id, code=refused.code)


async def _nobody(_workshop: WorkshopId) -> None:
    return


async def _nothing(_live: LiveWorkshop) -> None:
    return


def due_warning(workshop: Workshop, now_ms: int) -> bool:
    """Whether the planned time of the current phase is nearly over: two minutes, or a fifth of a short phase."""
    run = workshop.current
    if run is None or run.status not in ("open", "reopened") or not run.minutes or not run.entered_ms:
        return False
    planned_ms = run.minutes * 60_000
    left_ms = planned_ms - run.spent_ms - (now_ms - run.entered_ms)
    return left_ms <= min(WARN_MS, planned_ms // 5)
