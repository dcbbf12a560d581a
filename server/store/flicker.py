"""What may be lost: cursors and presence. It is told at most once, is stored nowhere for long and never waited for."""

import asyncio
from collections.abc import Callable, Collection
from typing import Final

from server.core.messages import PersonId, WorkshopId
from server.store import keys
from server.store.connection import Connection, StoreAway
from server.store.replies import Answer, Reply, a_list, bytes_or_none, some_bytes
from server.store.wire import Wire, dial, packed

HERE_FOR_MS: Final = 25_000
"""Twice the heartbeat and a little: one lost beat makes nobody vanish."""
RETRY_S: Final = 0.5

BEATS_GATHER_S: Final = 0.2
"""Beats so close together are one write: a thousand people who come in at once must not cost a thousand writes to the
disk, which their own words then wait behind."""

Heard = Callable[[bytes], None]


class Flicker:
    """`run` belongs into the node's TaskGroup; it listens, and listens again after Redis was away."""

    def __init__(self, redis: Connection) -> None:
        self._redis = redis
        self._heard: dict[bytes, Heard] = {}
        self._wire: Wire | None = None
        self._beats: dict[str, str] = {}

    def publish(self, workshop: WorkshopId, message: bytes) -> None:
        """Tell every node that listens, this one included; dropped when Redis is away."""
        self._redis.call("PUBLISH", keys.flicker(workshop), message).add_done_callback(_dropped)

    def listen(self, workshop: WorkshopId, heard: Heard) -> None:
        channel = keys.flicker(workshop).encode()
        self._heard[channel] = heard
        if self._wire is not None:
            self._wire.write(packed(("SUBSCRIBE", channel)))

    def leave(self, workshop: WorkshopId) -> None:
        channel = keys.flicker(workshop).encode()
        if self._heard.pop(channel, None) is not None and self._wire is not None:
            self._wire.write(packed(("UNSUBSCRIBE", channel)))

    async def run(self) -> None:
        while True:
            lost = asyncio.Event()
            try:
                self._wire = await dial(self._redis.address, self._deliver, lost.set)
            except StoreAway:
                await asyncio.sleep(RETRY_S)
                continue
            try:
                for words in self._redis.address.greeting():
                    self._wire.write(packed(words))
                if self._heard:
                    self._wire.write(packed(("SUBSCRIBE", *self._heard)))
                await lost.wait()
            finally:
                self._wire.drop()
                self._wire = None

    def _deliver(self, reply: Answer) -> None:
        if not isinstance(reply, list) or reply[0] != b"message":
            return
        _, channel, message = reply
        heard = self._heard.get(some_bytes(channel))
        if heard is not None:
            heard(some_bytes(message))

    def beat(self, workshop: WorkshopId, person: PersonId, state: str) -> None:
        """`person` is here, in `state`, for the next 25 seconds. Redis counts them, so no node's clock matters."""
        if not self._beats:
            asyncio.get_running_loop().call_later(BEATS_GATHER_S, self._tell_beats)
        self._beats[keys.here(workshop, person)] = state

    def _tell_beats(self) -> None:
        beats, self._beats = self._beats, {}
        for key, state in beats.items():
            self._redis.call("SET", key, state, "PX", HERE_FOR_MS).add_done_callback(_dropped)

    async def here(self, workshop: WorkshopId, persons: Collection[PersonId]) -> dict[PersonId, str]:
        """Who of these is here, and in which state."""
        asked = list(persons)
        if not asked:
            return {}
        states = a_list(await self._redis.call("MGET", *(keys.here(workshop, person) for person in asked)))
        found = ((person, bytes_or_none(state)) for person, state in zip(asked, states, strict=True))
        return {person: state.decode() for person, state in found if state is not None}


def _dropped(sent: "asyncio.Future[Reply]") -> None:
    if not sent.cancelled() and (error := sent.exception()) is not None and not isinstance(error, StoreAway):
        raise error
