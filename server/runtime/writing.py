"""The open pages of one workshop: on disk before anybody else sees it, at once while quiet, merged while busy."""

import asyncio
import time
from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from protocol.frames import Flicked, Moment, Opened, PageUpdate, Rights
from server.core.activity import Right
from server.core.messages import Actor, PageId, Refused, WorkshopId
from server.runtime import past
from server.runtime.attendance import Attendance, Connection
from server.runtime.outlet import Outlet
from server.runtime.replica import Replica
from server.store import keys
from server.store.document_snapshot import PageGone, update_of
from server.store.document_state import diff, merge, state_vector, text_fields, word_count
from server.store.documents import Documents
from server.store.flicker import Flicker
from server.store.replies import Entry, EntryId, order
from server.store.tail import Tail
from server.store.wire import StoreAway

WINDOW_PER_PAIR_S: Final = 0.000_002_8
"""While a page is busy its updates wait for each other by the square of its editors, as the frames they spare do:
nothing for five, 10 ms for 60, 28 ms for 100."""

LONGEST_WINDOW_S: Final = 0.05

RIGHTS_EVERY_S: Final = 0.2

COMPACT_ABOVE: Final = 500
"""Entries after which a page that is read is worth folding into its snapshot."""

COMPACT_CLOSED: Final = 50
"""Entries after which a page that nobody has open any more is folded, so that the next to open it need not wait."""

COUNT_EVERY_S: Final = 2.0
COUNTS_AT_ONCE: Final = 8

_encoder = msgspec.msgpack.Encoder()


class Counted(msgspec.Struct, frozen=True, array_like=True):
    """What moderators may know of a page: how many words, and when it last changed. Never the words."""

    page: PageId
    words: int
    at_ms: int


class Basis:
    """What the rights of a phase were answered from, unchanged since at least commit `seq`."""

    def __init__(self, seq: int, objects: tuple[object, ...]) -> None:
        self.seq = seq
        self.objects = objects


class OpenPage:
    """One page that somebody here has open."""

    def __init__(self, page: PageId) -> None:
        self.page = page
        self.sids: dict[str, Right] = {}
        self.basis: Basis | None = None
        """For which every editor here was told what they may do; None before the first time."""
        self.pending: list[tuple[EntryId, bytes, str]] = []
        self.own: set[EntryId] = set()
        self.timer: asyncio.TimerHandle | None = None
        self.sent_at = 0.0
        self.unfolded = 0

    def __repr__(self) -> str:
        return f"<OpenPage {self.page} editors={len(self.sids)} pending={len(self.pending)}>"

    @property
    def window_s(self) -> float:
        return min(LONGEST_WINDOW_S, WINDOW_PER_PAIR_S * len(self.sids) ** 2)


class Writing:
    """Who may write which page is asked at every update; what may not be written stays with its writer."""

    def __init__(
        self,
        workshop: WorkshopId,
        documents: Documents,
        tail: Tail,
        flicker: Flicker,
        replica: Replica,
        attendance: Attendance,
        outlet: Outlet,
    ) -> None:
        self._workshop = workshop
        self._documents = documents
        self._tail = tail
        self._flicker = flicker
        self._replica = replica
        self._attendance = attendance
        self._outlet = outlet
        self._pages: dict[PageId, OpenPage] = {}
        self._bases: dict[str, Basis] = {}
        self._rights: dict[tuple[Actor, str], tuple[Basis, Mapping[PageId, Right]]] = {}
        self._recheck: asyncio.TimerHandle | None = None
        self._uncounted: dict[PageId, float] = {}
        self._unfolded: set[PageId] = set()
        self.counts: dict[PageId, Counted] = {}
        self.counts_changed = False

    def __repr__(self) -> str:
        return f"<Writing {self._workshop} pages={len(self._pages)}>"

    # -- rights ------------------------------------------------------------------------------------------------------

    def right(self, actor: Actor, page: PageId) -> Right | None:
        """What an actor may do with a page now; an activity is asked again when what it answered from has changed."""
        phase = page.partition("/")[0]
        basis = self._basis(phase)
        known = self._rights.get((actor, phase))
        if known is None or known[0] is not basis:
            known = (basis, self._replica.rulebook.documents(self._replica.state, actor, phase))
            self._rights[(actor, phase)] = known
        return known[1].get(page)

    def _basis(self, phase: str) -> "Basis":
        known = self._bases.get(phase)
        seq = self._replica.seq
        if known is not None and known.seq == seq:
            return known
        objects = self._replica.rulebook.basis(self._replica.state, phase)
        # A thousand votes touch nobody's rights: asked anew after each, a thousand editors cost a million answers.
        if known is not None and all(one is other for one, other in zip(known.objects, objects, strict=True)):
            known.seq = seq
            return known
        basis = self._bases[phase] = Basis(seq, objects)
        return basis

    def applied(self) -> None:
        """A commit may have changed rights; checked a moment later for all open pages at once."""
        if self._pages and self._recheck is None:
            self._recheck = asyncio.get_running_loop().call_later(RIGHTS_EVERY_S, self._tell_rights)

    def _tell_rights(self) -> None:
        self._recheck = None
        for open_page in list(self._pages.values()):
            basis = self._basis(open_page.page.partition("/")[0])
            if open_page.basis is basis:
                continue
            open_page.basis = basis
            for sid, had in list(open_page.sids.items()):
                connection = self._attendance.connections.get(sid)
                right = self.right(connection.actor, open_page.page) if connection else None
                if right == had:
                    continue
                frame = _encoder.encode(Rights(open_page.page, right or "none"))
                self._outlet.send((sid,), "rights", frame)
                if right is None:
                    self.shut(sid, open_page.page)
                else:
                    open_page.sids[sid] = right

    # -- opening -----------------------------------------------------------------------------------------------------

    async def open(self, connection: Connection, page: PageId, vector: bytes) -> Opened:
        """Join a page's editors and get what this browser lacks. Raises `Refused`, `BadUpdate`, `StoreAway`."""
        right = self.right(connection.actor, page)
        if right is None:
            raise Refused("not_your_page", "this page is not, or no longer, open to you")
        try:
            opened = await self._documents.open(self._workshop, page)
        except PageGone as gone:
            raise Refused("page_gone", "this page was erased") from gone
        open_page = self._pages.get(page)
        if open_page is None:
            open_page = self._pages[page] = OpenPage(page)
            self._follow(page, opened.upto)
        open_page.sids[connection.sid] = right
        # This right may be older than what the others were told already.
        open_page.basis = None
        open_page.unfolded = max(open_page.unfolded, opened.unfolded)
        if order(self._tail.cursor(self._key(page)) or opened.upto) > order(opened.upto) or open_page.own:
            # Something went out to the other editors between Redis' answer and our joining them.
            opened = await self._documents.open(self._workshop, page)
        answer = Opened(page, right, diff(opened.state, vector), state_vector(opened.state), opened.upto)
        if opened.unfolded > COMPACT_ABOVE:
            open_page.unfolded = 0
            await self._documents.compact(self._workshop, page)
        return answer

    def shut(self, sid: str, page: PageId) -> None:
        open_page = self._pages.get(page)
        if open_page is None:
            return
        open_page.sids.pop(sid, None)
        if not open_page.sids:
            self._send(open_page)
            self._tail.unfollow(self._key(page))
            del self._pages[page]
            if open_page.unfolded > COMPACT_CLOSED:
                self._unfolded.add(page)

    def leave(self, sid: str) -> None:
        for page in [page for page, open_page in self._pages.items() if sid in open_page.sids]:
            self.shut(sid, page)

    def _follow(self, page: PageId, after: EntryId) -> None:
        self._tail.follow(self._key(page), after, lambda news: self._heard(page, news))

    def _key(self, page: PageId) -> str:
        return keys.page_log(self._workshop, page)

    # -- updates -----------------------------------------------------------------------------------------------------

    async def update(self, connection: Connection, actor: Actor, page: PageId, update: bytes) -> EntryId:
        """Keep an update, then pass it on. The entry's id means: on disk."""
        if self.right(actor, page) != "write" and not self._may_flush(connection, actor, page):
            raise Refused("read_only", "this page cannot be written now; the text stays on the device")
        try:
            entry = await self._documents.append(
                self._workshop, page, update, person=actor.id, device=connection.device
            )
        except PageGone as gone:
            raise Refused("page_gone", "this page was erased") from gone
        open_page = self._pages.get(page)
        told = self._tail.cursor(self._key(page))
        if open_page is not None and (told is None or order(told) < order(entry)):
            # A tail that was quicker than the answer has passed this on already.
            open_page.own.add(entry)
            self._pass_on(open_page, entry, update, connection.sid)
        self._uncounted.setdefault(page, time.monotonic() + COUNT_EVERY_S)
        return entry

    def _may_flush(self, connection: Connection, actor: Actor, page: PageId) -> bool:
        """Whether a phase was closed, or a table ended, over a sentence whose writer was not told: it was in time."""
        run = self._replica.state.phase(page.partition("/")[0])
        open_page = self._pages.get(page)
        if run is None or open_page is None or self.right(actor, page) != "read":
            return False
        ended = actor.person and page in self._replica.rulebook.kept(self._replica.state, run.id, actor.person)
        return open_page.sids.get(connection.sid) == "write" and (not run.is_open or bool(ended))

    def _heard(self, page: PageId, news: list[Entry]) -> None:
        """What other nodes wrote; what this one wrote has gone out already."""
        open_page = self._pages.get(page)
        if open_page is None:
            return
        for entry in news:
            if entry[0] in open_page.own:
                open_page.own.discard(entry[0])
                continue
            self._tail.not_alone()
            try:
                heard = update_of(entry)
            except PageGone:
                self._close(open_page)
                return
            self._pass_on(open_page, heard.entry, heard.update, "")

    def _close(self, open_page: OpenPage) -> None:
        self._outlet.send(open_page.sids, "rights", _encoder.encode(Rights(open_page.page, "none")))
        for sid in list(open_page.sids):
            self.shut(sid, open_page.page)

    def _pass_on(self, open_page: OpenPage, entry: EntryId, update: bytes, sid: str) -> None:
        open_page.pending.append((entry, update, sid))
        open_page.unfolded += 1
        if open_page.timer is not None:
            return
        loop = asyncio.get_running_loop()
        wait_s = open_page.sent_at + open_page.window_s - loop.time()
        if wait_s <= 0:
            self._send(open_page)
        else:
            open_page.timer = loop.call_later(wait_s, self._send, open_page)

    def _send(self, open_page: OpenPage) -> None:
        if open_page.timer is not None:
            open_page.timer.cancel()
            open_page.timer = None
        pending, open_page.pending = open_page.pending, []
        if not pending:
            return
        open_page.sent_at = asyncio.get_running_loop().time()
        merged = merge([update for _, update, _ in pending])
        writers = {sid for _, _, sid in pending}
        # A frame with one writer's edits is no news to that writer; a merged one goes to all, encoded once.
        only = next(iter(writers)) if len(writers) == 1 else None
        frame = _encoder.encode(PageUpdate(open_page.page, merged, pending[-1][0]))
        self._outlet.send([sid for sid in open_page.sids if sid != only], "update", frame)

    async def reload(self) -> None:
        """The tail was broken, and a stream may have been trimmed meanwhile: everybody gets the whole page anew."""
        for open_page in list(self._pages.values()):
            opened = await self._documents.open(self._workshop, open_page.page)
            frame = _encoder.encode(PageUpdate(open_page.page, opened.state, opened.upto))
            self._outlet.send(list(open_page.sids), "update", frame)
            self._follow(open_page.page, opened.upto)

    # -- reading -----------------------------------------------------------------------------------------------------

    async def fields(self, page: PageId) -> Mapping[str, str]:
        """The page as plain text, field by field; empty when it was never written."""
        try:
            opened = await self._documents.open(self._workshop, page)
        except PageGone:
            return {}
        # Read every two seconds while it is written in: without this each reading is longer than the last.
        if opened.unfolded > COMPACT_ABOVE:
            await self._documents.compact(self._workshop, page)
        return text_fields(opened.state)

    async def count(self) -> None:
        """Count the words of pages that were written a moment ago, a few at a time, for the moderators of all nodes."""
        now = time.monotonic()
        due = [page for page, at in self._uncounted.items() if at <= now][:COUNTS_AT_ONCE]
        for page in due:
            del self._uncounted[page]
            words = sum(word_count(text) for text in (await self.fields(page)).values())
            counted = Counted(page, words, time.time_ns() // 1_000_000)
            self._note(counted)
            self._flicker.publish(self._workshop, b"w" + _encoder.encode(counted))

    async def fold(self) -> None:
        """Fold pages that were closed with a long log, one at a time; somebody who has come back is in nobody's way."""
        while self._unfolded:
            page = self._unfolded.pop()
            try:
                await self._documents.compact(self._workshop, page)
            except PageGone:
                continue
            except StoreAway:
                self._unfolded.add(page)
                raise

    async def count_all(self) -> None:
        """After a start nobody knows how far the pages are."""
        for page in await self._documents.pages(self._workshop):
            self._uncounted.setdefault(page, 0.0)

    def _note(self, counted: Counted) -> None:
        before = self.counts.get(counted.page)
        if before is None or before.words != counted.words:
            self.counts[counted.page] = counted
            self.counts_changed = True

    async def history(self, connection: Connection, page: PageId) -> tuple[Moment, ...]:
        """What stood here before, newest first. Raises `Refused`, `StoreAway`."""
        self._may_look_back(connection.actor, page)
        return await past.moments(self._documents, self._workshop, page)

    async def moment(self, connection: Connection, page: PageId, moment: EntryId) -> bytes:
        self._may_look_back(connection.actor, page)
        state = await past.state_at(self._documents, self._workshop, page, moment)
        if state is None:
            raise Refused("moment_gone", "this state is not kept any more")
        return state

    async def keep(self, connection: Connection, page: PageId, label: str) -> EntryId:
        """Name the page as it is now. Only who may write it may do so."""
        if self.right(connection.actor, page) != "write":
            raise Refused("read_only", "this page cannot be written now")
        return await self._documents.name_version(self._workshop, page, label, person=connection.actor.id)

    def _may_look_back(self, actor: Actor, page: PageId) -> None:
        """Whoever was asked to read a text was not asked to read what its author crossed out."""
        if actor.person is None or self.right(actor, page) is None:
            raise Refused("not_your_page", "earlier versions are for those who write here")

    # -- flicker -----------------------------------------------------------------------------------------------------

    def flick(self, connection: Connection, kind: Literal["caret", "drag"], page: PageId, data: bytes) -> None:
        """A caret or a dragged card: told to whoever has the page open, here and on other nodes; may be lost."""
        if self.right(connection.actor, page) is None:
            return
        told = Told(kind, page, connection.actor.id, connection.sid, data)
        self._flicker.publish(self._workshop, b"c" + _encoder.encode(told))

    def flickered(self, message: bytes) -> None:
        match message[:1]:
            case b"w":
                self._note(msgspec.msgpack.decode(message[1:], type=Counted))
            case b"c":
                self._show(msgspec.msgpack.decode(message[1:], type=Told))

    def _show(self, told: "Told") -> None:
        open_page = self._pages.get(told.page)
        if open_page is not None:
            frame = _encoder.encode(Flicked(told.kind, told.page, told.person, told.data))
            self._outlet.send([sid for sid in open_page.sids if sid != told.sid], "flick", frame, droppable=True)


class Told(msgspec.Struct, frozen=True, array_like=True):
    """Flicker as nodes tell it to each other."""

    kind: Literal["caret", "drag"]
    page: PageId
    person: str
    sid: str
    data: bytes
