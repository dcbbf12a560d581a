"""The open pages of one workshop: on disk before anybody else sees it, at once while quiet, merged while busy."""

import asyncio
import functools
from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from protocol.frames import Flicked, Moment, Opened, PageUpdate, Rights
from server.core.messages import Actor, PageId, Refused, WorkshopId
from server.runtime import past
from server.runtime.attendance import Connection
from server.runtime.open_page import Editor, OpenPage
from server.runtime.outlet import Outlet
from server.runtime.page_rights import PageRights
from server.runtime.replica import Replica
from server.runtime.word_counts import WordCounts
from server.store import documents as store
from server.store import keys
from server.store.connection import StoreAway, settle
from server.store.document_snapshot import PageGone, update_of
from server.store.document_state import Checked, check, diff, state_vector, text_fields
from server.store.documents import Documents
from server.store.flicker import Flicker
from server.store.replies import Entry, EntryId, order
from server.store.tail import Tail

RIGHTS_EVERY_S: Final = 0.2

COMPACT_ABOVE: Final = 500
"""Entries after which a page that is read is worth folding into its snapshot."""

COMPACT_CLOSED: Final = 50
"""Entries after which a page that nobody has open any more is folded, so that the next to open it need not wait."""

_encoder = msgspec.msgpack.Encoder()


class Told(msgspec.Struct, frozen=True, array_like=True):
    """Flicker as nodes tell it to each other."""

    kind: Literal["caret", "drag"]
    page: PageId
    person: str
    sid: str
    data: bytes


class Writing:
    """Who may write which page is asked at every update; what may not be written stays with its writer."""

    def __init__(
        self,
        workshop: WorkshopId,
        documents: Documents,
        tail: Tail,
        flicker: Flicker,
        replica: Replica,
        outlet: Outlet,
    ) -> None:
        self.rights = PageRights(replica)
        self.words = WordCounts(workshop, flicker, self.rights.is_counted, self.fields)
        self._workshop = workshop
        self._documents = documents
        self._tail = tail
        self._flicker = flicker
        self._outlet = outlet
        self._pages: dict[PageId, OpenPage] = {}
        self._recheck: asyncio.TimerHandle | None = None
        self._unfolded: set[PageId] = set()
        self._opening: set[str] = set()
        """Connections that wait for a page; one waits for one at a time, since its frames are handled in order."""

    def __repr__(self) -> str:
        return f"<Writing {self._workshop} pages={len(self._pages)}>"

    # -- rights ------------------------------------------------------------------------------------------------------

    def applied(self) -> None:
        """A commit may have changed rights; checked a moment later for all open pages at once."""
        if self._pages and self._recheck is None:
            self._recheck = asyncio.get_running_loop().call_later(RIGHTS_EVERY_S, self._tell_rights)

    def _tell_rights(self) -> None:
        self._recheck = None
        for open_page in list(self._pages.values()):
            basis = self.rights.basis(open_page.page)
            if open_page.basis is basis:
                continue
            open_page.basis = basis
            for sid, editor in list(open_page.editors.items()):
                right = self.rights.right(editor.actor, open_page.page)
                if right is None:
                    self._take_from(sid, open_page)
                elif right != editor.right:
                    self._outlet.send((sid,), "rights", _encoder.encode(Rights(open_page.page, right)))
                    editor.right = right

    def _take_from(self, sid: str, open_page: OpenPage) -> None:
        self._outlet.send((sid,), "rights", _encoder.encode(Rights(open_page.page, "none")))
        self.shut(sid, open_page.page)

    def _readers(self, open_page: OpenPage) -> list[str]:
        """Whoever has the page open and may see it now: a moment too late for the others is a word too much."""
        basis = self.rights.basis(open_page.page)
        if open_page.shown_by is not basis:
            open_page.shown_by = basis
            for sid, editor in list(open_page.editors.items()):
                if self.rights.right(editor.actor, open_page.page) is None:
                    self._take_from(sid, open_page)
        return list(open_page.editors)

    # -- opening -----------------------------------------------------------------------------------------------------

    async def open(self, connection: Connection, page: PageId, vector: bytes) -> Opened:
        """Join a page's editors and get what this browser lacks. Raises `Refused`, `BadUpdate`, `StoreAway`."""
        if self.rights.right(connection.actor, page) is None:
            raise not_theirs()
        self._opening.add(connection.sid)
        try:
            opened = await self._read(page)
            open_page = self._join(connection, page, opened)
        finally:
            self._opening.discard(connection.sid)
        if order(self._tail.cursor(self._key(page)) or opened.upto) > order(opened.upto) or open_page.own:
            # Something went out to the other editors between Redis' answer and our joining them.
            opened = await self._read(page)
        editor = open_page.editors.get(connection.sid)
        if editor is None:
            # Taken from them, or left by them, while this waited for Redis.
            raise not_theirs()
        if opened.unfolded > COMPACT_ABOVE:
            open_page.unfolded = 0
            self._unfolded.add(page)
        return Opened(page, editor.right, diff(opened.state, vector), state_vector(opened.state), opened.upto)

    def _hurry(self, page: PageId) -> None:
        """Whoever reads the page now reads what has arrived for it: Redis answers in the order in which it is asked."""
        open_page = self._pages.get(page)
        if open_page is not None:
            open_page.turn()

    async def _read(self, page: PageId) -> store.Opened:
        self._hurry(page)
        try:
            return await self._documents.open(self._workshop, page)
        except PageGone as gone:
            raise Refused("page_gone", "this page was erased") from gone

    def _join(self, connection: Connection, page: PageId, opened: store.Opened) -> OpenPage:
        # Asked once more: what was true before Redis answered may have been taken back meanwhile.
        right = self.rights.right(connection.actor, page)
        if right is None or connection.sid not in self._opening:
            raise not_theirs()
        open_page = self._pages.get(page)
        if open_page is None:
            open_page = self._pages[page] = OpenPage(page, self._send)
            self._follow(page, opened.upto)
        open_page.editors[connection.sid] = Editor(connection.actor, right)
        # This right may be older than what the others were told already.
        open_page.basis = None
        open_page.unfolded = max(open_page.unfolded, opened.unfolded)
        return open_page

    def shut(self, sid: str, page: PageId) -> None:
        open_page = self._pages.get(page)
        if open_page is None:
            return
        open_page.editors.pop(sid, None)
        if not open_page.editors:
            open_page.turn()
            self._tail.unfollow(self._key(page))
            del self._pages[page]
            if open_page.unfolded > COMPACT_CLOSED:
                self._unfolded.add(page)

    def leave(self, sid: str) -> None:
        # An opening under way would join somebody who is not there, and keep the page open for ever.
        self._opening.discard(sid)
        for page in [page for page, open_page in self._pages.items() if sid in open_page.editors]:
            self.shut(sid, page)

    def _follow(self, page: PageId, after: EntryId) -> None:
        self._tail.follow(self._key(page), after, lambda news: self._heard(page, news))

    def _key(self, page: PageId) -> str:
        return keys.page_log(self._workshop, page)

    # -- updates -----------------------------------------------------------------------------------------------------

    async def update(self, connection: Connection, actor: Actor, page: PageId, update: bytes) -> EntryId:
        """Keep an update, then pass it on; the entry's id means: on disk. Else `Refused`, `BadUpdate`, `StoreAway`."""
        kept: asyncio.Future[EntryId] = asyncio.get_running_loop().create_future()
        self.start_update(connection, actor, page, update, functools.partial(settle, kept))
        return await kept

    def start_update(self, connection: Connection, actor: Actor, page: PageId, update: bytes, then: store.Kept) -> None:
        """`update` whose end is told to `then`. Raises `Refused` or `BadUpdate` at once."""
        if self.rights.right(actor, page) != "write" and not self._may_flush(connection, actor, page):
            raise Refused("read_only", "this page cannot be written now; the text stays on the device")
        checked = check(update)
        append = functools.partial(self._append, connection, actor, page, checked, then)
        open_page = self._pages.get(page)
        if open_page is None:
            append()
        else:
            open_page.keep(append)

    def _append(self, connection: Connection, actor: Actor, page: PageId, update: Checked, then: store.Kept) -> None:
        open_page = self._pages.get(page)
        if open_page is not None:
            open_page.under_way[update] = connection.sid
        kept = functools.partial(self._kept, connection.sid, page, update, then)
        self._documents.start_append(self._workshop, page, update, kept, person=actor.id, device=connection.device)

    def _kept(self, sid: str, page: PageId, update: bytes, then: store.Kept, outcome: store.Outcome) -> None:
        try:
            self._pass_on(sid, page, update, outcome)
        except Exception as defect:  # noqa: BLE001 - its writer is told, as of every other end
            outcome = defect
        then(Refused("page_gone", "this page was erased") if isinstance(outcome, PageGone) else outcome)

    def _pass_on(self, sid: str, page: PageId, update: bytes, outcome: store.Outcome) -> None:
        open_page = self._pages.get(page)
        if open_page is not None:
            open_page.under_way.pop(update, None)
        if not isinstance(outcome, Exception):
            told = self._tail.cursor(self._key(page))
            if open_page is not None and (told is None or order(told) < order(outcome)):
                # A tail that was quicker than the answer has passed this on already.
                open_page.own.add(outcome)
                open_page.pass_on(outcome, update, sid)
            self.words.written(page)
        if open_page is not None:
            open_page.kept()

    def _may_flush(self, connection: Connection, actor: Actor, page: PageId) -> bool:
        """Whether a phase was closed, or a table ended, over a sentence whose writer was not told: it was in time."""
        open_page = self._pages.get(page)
        if open_page is None or not self.rights.has_ended(actor, page) or self.rights.right(actor, page) != "read":
            return False
        editor = open_page.editors.get(connection.sid)
        return editor is not None and editor.right == "write"

    def _heard(self, page: PageId, news: list[Entry]) -> None:
        """What other nodes wrote; what this one wrote has gone out already."""
        open_page = self._pages.get(page)
        if open_page is None:
            return
        for entry in news:
            if entry[0] in open_page.own:
                open_page.own.discard(entry[0])
                continue
            try:
                heard = update_of(entry)
            except PageGone:
                self._close(open_page)
                return
            sid = open_page.under_way.get(heard.update)
            if sid is None:
                self._tail.not_alone()
            open_page.pass_on(heard.entry, heard.update, sid or "")

    def _close(self, open_page: OpenPage) -> None:
        self._outlet.send(open_page.editors, "rights", _encoder.encode(Rights(open_page.page, "none")))
        for sid in list(open_page.editors):
            self.shut(sid, open_page.page)

    def _send(self, open_page: OpenPage, frame: bytes, but: str | None = None) -> None:
        self._outlet.send([sid for sid in self._readers(open_page) if sid != but], "update", frame)

    async def reload(self) -> None:
        """The tail was broken: a stream may have been trimmed, erased, or put back to an older state meanwhile.

        Everybody gets the whole page anew and what the server holds of it, and sends what it holds no more.
        """
        for open_page in list(self._pages.values()):
            try:
                opened = await self._documents.open(self._workshop, open_page.page)
            except PageGone:
                self._close(open_page)
                continue
            if self._pages.get(open_page.page) is not open_page:
                continue
            vector = state_vector(opened.state)
            self._send(open_page, _encoder.encode(PageUpdate(open_page.page, opened.state, opened.upto, vector)))
            if self._pages.get(open_page.page) is not open_page:
                continue
            open_page.known_upto(opened.upto)
            self._follow(open_page.page, opened.upto)

    # -- reading -----------------------------------------------------------------------------------------------------

    async def fields(self, page: PageId) -> Mapping[str, str]:
        """The page as plain text, field by field; empty when it was never written."""
        self._hurry(page)
        try:
            opened = await self._documents.open(self._workshop, page)
        except PageGone:
            return {}
        # Read every two seconds while it is written in: without this each reading is longer than the last.
        if opened.unfolded > COMPACT_ABOVE:
            await self._documents.compact(self._workshop, page)
        return text_fields(opened.state)

    async def fold(self) -> None:
        """Fold pages with a long log, one at a time; somebody who has come back is in nobody's way."""
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
        self.words.expect(await self._documents.pages(self._workshop))

    async def history(self, connection: Connection, page: PageId) -> tuple[Moment, ...]:
        """What stood here before, newest first. Raises `Refused`, `StoreAway`."""
        await self._need_past(connection.actor, page)
        since_ms = self.rights.since_ms(connection.actor, page)
        return await past.moments(self._documents, self._workshop, page, since_ms)

    async def moment(self, connection: Connection, page: PageId, moment: EntryId) -> bytes:
        await self._need_past(connection.actor, page)
        since_ms = self.rights.since_ms(connection.actor, page)
        state = await past.state_at(self._documents, self._workshop, page, moment, since_ms)
        if state is None:
            raise Refused("moment_gone", "this state is not kept any more")
        return state

    async def keep(self, connection: Connection, page: PageId, label: str) -> EntryId:
        """Name the page as it is now. Only who may write it may do so."""
        if self.rights.right(connection.actor, page) != "write":
            raise Refused("read_only", "this page cannot be written now")
        self._hurry(page)
        return await self._documents.name_version(self._workshop, page, label, person=connection.actor.id)

    async def _need_past(self, actor: Actor, page: PageId) -> None:
        """Whoever was asked to read a text was not asked to read what its author crossed out."""
        self._hurry(page)
        right = self.rights.right(actor, page)
        if actor.person is not None and right == "write":
            return
        over = actor.person is not None and right == "read" and not self.rights.is_open(page)
        if not over or not await past.has_written(self._documents, self._workshop, page, actor.id):
            raise Refused("not_your_page", "earlier versions are for those who write here")

    # -- flicker -----------------------------------------------------------------------------------------------------

    def flick(self, connection: Connection, kind: Literal["caret", "drag"], page: PageId, data: bytes) -> None:
        """A caret or a dragged card: told to whoever has the page open, here and on other nodes; may be lost."""
        if self.rights.right(connection.actor, page) is None:
            return
        told = Told(kind, page, connection.actor.id, connection.sid, data)
        self._flicker.publish(self._workshop, b"c" + _encoder.encode(told))

    def flickered(self, message: bytes) -> None:
        match message[:1]:
            case b"w":
                self.words.heard(message[1:])
            case b"c":
                self._show(msgspec.msgpack.decode(message[1:], type=Told))

    def _show(self, told: Told) -> None:
        open_page = self._pages.get(told.page)
        if open_page is not None:
            frame = _encoder.encode(Flicked(told.kind, told.page, told.person, told.data))
            sids = [sid for sid in self._readers(open_page) if sid != told.sid]
            self._outlet.send(sids, "flick", frame, droppable=True)


def not_theirs() -> Refused:
    return Refused("not_your_page", "this page is not, or no longer, open to you")
