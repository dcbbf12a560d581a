"""The live connection: every frame typed at the door, every refusal answered, no defect ends a connection."""

import secrets
import time
from collections.abc import Awaitable, Callable, Collection, Iterable
from typing import Any, Final, TypeVar

import msgspec
import structlog

from protocol.frames import (
    CLOSE_CODES,
    MAX_FRAME_BYTES,
    REFUSAL_CODES,
    VERSION,
    Accepted,
    Answer,
    Ask,
    Bye,
    CommandFrame,
    Flick,
    FromBrowser,
    FromServer,
    Here,
    HistoryAsked,
    KeepMoment,
    MomentAsked,
    Notice,
    Open,
    PageThen,
    Past,
    RefusedFrame,
    Saved,
    Shut,
    TimeAsked,
    TimeTold,
    Update,
    Welcome,
    You,
)
from server.core.messages import DeviceId, PageId, PersonId, Refused
from server.edge.admission import Pace, Paces, Turned, acting, admitted, closed_seat, read_hello
from server.edge.channel import ChannelServer
from server.edge.outbox import Outbox
from server.edge.packets import RawPacket
from server.runtime.attendance import Connection
from server.runtime.live import LiveWorkshop
from server.runtime.node import Node
from server.runtime.replica import Wish
from server.store.connection import StoreAway
from server.store.document_state import BadUpdate
from server.store.documents import Outcome
from server.store.log import WorkshopGone
from server.store.replies import EntryId

PING_EVERY_S: Final = 20
PING_PATIENCE_S: Final = 20
RETRY_AFTER_MS: Final = 1_000

logger = structlog.get_logger(__name__)
_encoder = msgspec.msgpack.Encoder()

Frame = TypeVar("Frame", bound=FromBrowser)


class Visit(msgspec.Struct):
    """A connection that has been let in."""

    connection: Connection
    live: LiveWorkshop
    pace: Pace


class Rooms:
    """The runtime's way out: Socket.IO rooms mirror the audiences, and the outbox carries the frames."""

    def __init__(self, sio: ChannelServer) -> None:
        self._sio = sio
        self._outbox = Outbox(sio)
        self.workshop_of: dict[str, str] = {}

    def send(self, sids: Iterable[str], event: str, payload: bytes, *, droppable: bool = False) -> None:
        self._outbox.send(sids, event, msgspec.Raw(payload), droppable=droppable)

    def join(self, sid: str, audience: str) -> None:
        self._sio.manager.basic_enter_room(sid, "/", f"{self.workshop_of.get(sid, '')}/{audience}")

    def leave(self, sid: str, audience: str) -> None:
        self._sio.manager.basic_leave_room(sid, "/", f"{self.workshop_of.get(sid, '')}/{audience}")


def socket_server() -> ChannelServer:
    """The Socket.IO server of a node. One client's frames are handled in the order in which they were sent."""
    return ChannelServer(
        async_mode="asgi",
        serializer=RawPacket,
        async_handlers=False,
        always_connect=True,
        cors_allowed_origins=None,
        ping_interval=PING_EVERY_S,
        ping_timeout=PING_PATIENCE_S,
        max_http_buffer_size=4 * MAX_FRAME_BYTES,
        http_compression=False,
    )


class Door:
    """Hands each typed frame to the workshop that its connection belongs to."""

    def __init__(self, sio: ChannelServer, node: Node, rooms: Rooms) -> None:
        self._sio = sio
        self._node = node
        self._rooms = rooms
        self._visits: dict[str, Visit] = {}
        self._paces = Paces()
        self._updates = msgspec.msgpack.Decoder(Update)
        node.on_gone = self.erase
        node.on_put_back = self.renew
        node.on_tend = self.close_seats
        sio.on("connect", self._connect)
        sio.on("disconnect", self._disconnect)
        self._on("command", CommandFrame, self._command)
        self._on("ask", Ask, self._ask)
        self._on("open", Open, self._open)
        self._on("update", Update, self._update)
        sio.at_once["update"] = self._update_at_once
        self._on("shut", Shut, self._shut)
        self._on("history", HistoryAsked, self._history)
        self._on("moment", MomentAsked, self._moment)
        self._on("keep", KeepMoment, self._keep)
        self._on("flick", Flick, self._flick)
        self._on("here", Here, self._here)
        self._on("time", TimeAsked, self._time)
        sio.on("*", self._unknown)

    def __repr__(self) -> str:
        return f"<Door visits={len(self._visits)}>"

    @property
    def visitors(self) -> Collection[str]:
        """The connections that have been let in."""
        return self._visits.keys()

    # -- coming and going --------------------------------------------------------------------------------------------

    async def _connect(self, sid: str, _environ: dict[str, Any], auth: object = None) -> None:
        try:
            hello = read_hello(auth)
            connection, live = await admitted(self._node, sid, hello)
        except Turned as turned:
            await self._send_away(sid, Bye(turned.code, CLOSE_CODES[turned.code], turned.detail))
            return
        except StoreAway:
            await self._send_away(sid, Bye("away", "retry", "the store cannot be reached; trying again by itself"))
            return
        if not self._sio.manager.is_connected(sid, "/"):
            # They left while the store was asked who they are: nobody would ever take this visit away again.
            return
        self._visits[sid] = Visit(connection, live, self._paces.of(live.id, connection.actor))
        self._rooms.workshop_of[sid] = live.id
        self._rooms.send((sid,), "welcome", _encoder.encode(self._welcome(connection, live)))
        if self._node.store_away:
            self._rooms.send((sid,), "notice", _encoder.encode(Notice("away")))
        try:
            await live.attend(connection)
        except StoreAway:
            await self._send_away(sid, Bye("away", "retry", "the store cannot be reached; trying again by itself"))
        if sid not in self._visits:
            await live.depart(sid)

    def _welcome(self, connection: Connection, live: LiveWorkshop) -> Welcome:
        role = connection.actor.role
        if role == "clock" or role == "host":
            raise RuntimeError(f"nobody connects as {role}")
        return Welcome(
            v=VERSION,
            you=You(role, connection.actor.id),
            workshop=live.id,
            seq=live.replica.seq,
            now_ms=live.now_ms(),
            pack=live.replica.state.pack_id,
            accepted=live.replica.accepted.numbers(connection.actor, connection.device),
        )

    async def _send_away(self, sid: str, bye: Bye) -> None:
        self._rooms.send((sid,), "bye", _encoder.encode(bye))
        await self._sio.disconnect(sid)

    async def _disconnect(self, sid: str, _reason: str = "") -> None:
        visit = self._visits.pop(sid, None)
        if visit is None:
            return
        try:
            await visit.live.depart(sid)
        except StoreAway:
            logger.warning("store_away", seen_by="disconnect")
        self._rooms.workshop_of.pop(sid, None)

    async def send_all_away(self, bye: Bye) -> None:
        """Before the process ends: everybody is told to come back."""
        frame = _encoder.encode(bye)
        self._rooms.send(list(self._visits), "bye", frame)

    async def erase(self, workshop: str) -> None:
        """The workshop is gone: each of its connections is told so."""
        for sid in [sid for sid, visit in self._visits.items() if visit.live.id == workshop]:
            await self._send_away(sid, Bye("erased", "stop", "this workshop has been erased"))

    async def renew(self, workshop: str) -> None:
        """What was shown of the workshop is no longer true: each of its connections comes back and sees it anew."""
        for sid in [sid for sid, visit in self._visits.items() if visit.live.id == workshop]:
            await self._send_away(sid, Bye("leaving", "retry", "the workshop was put back to an earlier state"))

    async def close_seats(self, live: LiveWorkshop) -> None:
        """Whose seat was closed on this device by its owner is told so, on whichever node they are."""
        for sid, connection in list(live.screens.attendance.connections.items()):
            if sid in self._visits and closed_seat(live, connection.actor, connection.handover):
                await self._send_away(sid, Bye("seat_closed", "stop", "whose seat it is has closed it here"))

    # -- frames ------------------------------------------------------------------------------------------------------

    def _on(
        self, event: str, kind: type[Frame], handle: Callable[[Visit, Frame], Awaitable[FromServer | None]]
    ) -> None:
        decoder = msgspec.msgpack.Decoder(kind)

        async def handler(sid: str, raw: object = None, *_more: object) -> FromServer | None:
            visit = self._visits.get(sid)
            if visit is None:
                return _no("away")
            if not isinstance(raw, msgspec.Raw):
                return _no("bad_frame", f"{event} takes one map")
            if memoryview(raw).nbytes > MAX_FRAME_BYTES:
                return _no("too_big", f"a frame has at most {MAX_FRAME_BYTES} bytes")
            await visit.pace.wait()
            return await self._answered(event, visit, decoder, raw, handle)

        self._sio.on(event, handler)

    async def _answered(
        self,
        event: str,
        visit: Visit,
        decoder: "msgspec.msgpack.Decoder[Frame]",
        raw: msgspec.Raw,
        handle: Callable[[Visit, Frame], Awaitable[FromServer | None]],
    ) -> FromServer | None:
        try:
            return await handle(visit, decoder.decode(raw))
        except Exception as error:  # noqa: BLE001 - whatever it is, its sender is told
            return _refusal(event, visit, error)

    async def _unknown(self, event: str, _sid: str, *_data: object) -> FromServer:
        return _no("unknown_command", f"there is no event {event[:40]}")

    async def _command(self, visit: Visit, frame: CommandFrame) -> FromServer:
        actor = acting(visit.live, visit.connection.actor, frame.person)
        wish = Wish(actor, DeviceId(frame.device), frame.n, frame.scope, frame.body)
        outcome = await visit.live.replica.submit(wish)
        return Accepted(outcome.seq, outcome.repeat, outcome.without)

    async def _ask(self, visit: Visit, frame: Ask) -> FromServer:
        if not visit.connection.actor.is_staff:
            raise Refused("not_allowed", "only moderators ask what would happen")
        return Answer(msgspec.Raw(_encoder.encode(visit.live.answer(frame.body))))

    async def _open(self, visit: Visit, frame: Open) -> FromServer:
        return await visit.live.writing.open(visit.connection, PageId(frame.page), frame.vector)

    async def _update(self, visit: Visit, frame: Update) -> FromServer:
        actor = acting(visit.live, visit.connection.actor, frame.person)
        return Saved(await visit.live.writing.update(visit.connection, actor, PageId(frame.page), frame.u))

    # A word that is typed is most of what a node does: through a task it costs half as much again.
    def _update_at_once(self, sid: str, raw: msgspec.Raw, answer: Callable[..., None]) -> bool:
        visit = self._visits.get(sid)
        if visit is None or memoryview(raw).nbytes > MAX_FRAME_BYTES or not visit.pace.has_some:
            return False

        def kept(outcome: Outcome) -> None:
            answer(_refusal("update", visit, outcome) if isinstance(outcome, Exception) else Saved(outcome))

        try:
            frame = self._updates.decode(raw)
            actor = acting(visit.live, visit.connection.actor, frame.person)
            visit.live.writing.start_update(visit.connection, actor, PageId(frame.page), frame.u, kept)
        except Exception:  # noqa: BLE001 - whatever is wrong with it, the other way says so
            return False
        visit.pace.take()
        return True

    async def _shut(self, visit: Visit, frame: Shut) -> None:
        visit.live.writing.shut(visit.connection.sid, PageId(frame.page))

    async def _history(self, visit: Visit, frame: HistoryAsked) -> FromServer:
        found = await visit.live.writing.history(visit.connection, PageId(frame.page))
        authors = {PersonId(author) for moment in found for author in moment.authors}
        await visit.live.lookup.fetch(authors, ())
        return Past(found, visit.live.lookup.names(authors))

    async def _moment(self, visit: Visit, frame: MomentAsked) -> FromServer:
        return PageThen(await visit.live.writing.moment(visit.connection, PageId(frame.page), EntryId(frame.id)))

    async def _keep(self, visit: Visit, frame: KeepMoment) -> FromServer:
        return Saved(await visit.live.writing.keep(visit.connection, PageId(frame.page), frame.label))

    async def _flick(self, visit: Visit, frame: Flick) -> None:
        visit.live.writing.flick(visit.connection, frame.kind, PageId(frame.page), frame.data)

    async def _here(self, visit: Visit, frame: Here) -> None:
        await visit.live.sign(visit.connection, frame)

    async def _time(self, _visit: Visit, frame: TimeAsked) -> FromServer:
        return TimeTold(frame.t0_ms, time.time_ns() // 1_000_000)


def _no(code: str, detail: str = "") -> RefusedFrame:
    then = REFUSAL_CODES[code]
    return RefusedFrame(code, then, detail, after_ms=RETRY_AFTER_MS if then == "retry" else 0)


def _refusal(event: str, visit: Visit, error: Exception) -> RefusedFrame:
    """What the sender of a frame is told when it came to nothing."""
    match error:
        case msgspec.DecodeError() | BadUpdate():
            return _no("bad_frame", str(error))
        case Refused():
            return RefusedFrame(error.code, REFUSAL_CODES.get(error.code, "stop"), error.detail)
        case PermissionError():
            return _no("not_yours", str(error))
        case StoreAway():
            return _no("away", "the store cannot be reached; the browser keeps this and sends it again")
        case WorkshopGone():
            return RefusedFrame("erased", "stop", "this workshop has been erased")
    reference = secrets.token_hex(4)
    about = {"workshop": visit.live.id, "seq": visit.live.replica.seq, "frame": event, "ref": reference}
    logger.error("defect", exc_info=error, **about)
    return RefusedFrame("defect", "stop", "something is wrong with the server", ref=reference)
