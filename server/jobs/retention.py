"""What was promised to the room is kept: when its time is over, a workshop is erased with all that belongs to it."""

import asyncio
import time
from collections.abc import Mapping
from typing import Final

import structlog

from server.core.activity import AnyActivity
from server.core.messages import HOST, WORKSHOP, Commit, DeviceId, Seq, WorkshopId
from server.core.retention import is_over, kept_until_ms
from server.core.workshop.events import LifeChanged
from server.core.workshop.rulebook import Rulebook
from server.core.workshop.state import Workshop
from server.store.connection import StoreAway
from server.store.erasure import erase_workshop
from server.store.log import SeqTaken, WorkshopGone
from server.store.opened import Store

LOOKS_EVERY_S: Final = 3600.0
AWAY_S: Final = 30.0
FOLDED_AT_ONCE: Final = 200
"""Commits folded in one turn of the loop: a millisecond or two in which nobody else is served."""

logger = structlog.get_logger(__name__)


class Retention:
    """Every node looks once an hour, and none is chosen to: what two do at once is done once."""

    def __init__(self, store: Store, activities: Mapping[str, AnyActivity]) -> None:
        self._store = store
        self._activities = activities
        self._not_before_ms: dict[WorkshopId, int] = {}
        """Until when each workshop is kept for certain: folding a long log again every hour would be for nothing."""

    def __repr__(self) -> str:
        return f"<Retention knows={len(self._not_before_ms)}>"

    async def run(self) -> None:
        """Belongs into the node's TaskGroup."""
        while True:
            try:
                await self.look(time.time_ns() // 1_000_000)
                await asyncio.sleep(LOOKS_EVERY_S)
            except StoreAway:
                await asyncio.sleep(AWAY_S)

    async def look(self, now_ms: int) -> int:
        """Erase what is over; returns how many workshops that were."""
        erased = 0
        for workshop in await self._store.log.workshops():
            try:
                if self._not_before_ms.get(workshop, 0) <= now_ms:
                    erased += await self._judge(workshop, now_ms)
            except StoreAway:
                raise
            except Exception:
                # One log that cannot be read must not keep the others beyond what was promised.
                logger.exception("retention_failed", workshop=workshop)
        return erased

    async def _judge(self, workshop: WorkshopId, now_ms: int) -> bool:
        try:
            seq, state = await self._fold(workshop)
        except WorkshopGone:
            return False
        if state is None:
            return False
        if not is_over(state, now_ms):
            self._not_before_ms[workshop] = kept_until_ms(state)
            return False
        if state.life != "erased" and not await self._end(workshop, Seq(seq + 1), now_ms):
            # Somebody does something in it at this very moment: its time begins anew, or it is over in an hour.
            return False
        await erase_workshop(self._store.redis, workshop)
        self._not_before_ms.pop(workshop, None)
        logger.info("workshop_erased", workshop=workshop, why="retention", days=state.retention_days)
        return True

    async def _end(self, workshop: WorkshopId, seq: Seq, now_ms: int) -> bool:
        """The last fact of a log, after which every wish is refused: only so is nothing erased that was just made."""
        body = Rulebook(self._activities).encode(LifeChanged("erased", now_ms))
        try:
            await self._store.log.append(workshop, seq, Commit(now_ms, HOST, DeviceId(""), 0, ((WORKSHOP, body),)))
        except (SeqTaken, WorkshopGone):
            return False
        return True

    async def _fold(self, workshop: WorkshopId) -> tuple[Seq, Workshop | None]:
        rulebook = Rulebook(self._activities)
        state: Workshop | None = None
        seq = Seq(0)
        for seq, commit in await self._store.log.read(workshop):
            for scope, body in commit.facts:
                event = rulebook.event(state, scope, body)
                if event is not None:
                    state = rulebook.evolve(state, scope, event)
            if seq % FOLDED_AT_ONCE == 0:
                await asyncio.sleep(0)
        return seq, state
