"""Every frame that crosses the socket, as a typed struct; a frame that is not one of these is refused at the door.

SPEC.md numbers the rules. Structs that travel are maps with short keys; unknown keys are refused from browsers.
Browser to server, each answered by an acknowledgement: `command`, `ask`, `open`, `update`, `shut`, `history`,
`moment`, `keep`, `flick`, `here`, `time`. Server to browser, never answered: `welcome`, `views` (an array of
`ViewFrame`), `update`, `rights`, `flick`, `notice`, `bye`.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

VERSION = 1
MAX_FRAME_BYTES = 262_144
"""A frame above this size is refused and the connection is kept; the longest legal text is far below."""

Token = Annotated[str, Meta(min_length=16, max_length=128, pattern=r"^[A-Za-z0-9_-]+$")]
Device = Annotated[str, Meta(min_length=8, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]
Number = Annotated[int, Meta(ge=1, le=2**53 - 1)]
Scope = Annotated[str, Meta(max_length=40, pattern=r"^[a-z0-9_-]*$")]
Then = Literal["retry", "stop"]
Role = Literal["person", "moderator", "co_moderator", "observer", "screen"]
Right = Literal["write", "read"]
Page = Annotated[str, Meta(min_length=3, max_length=120, pattern=r"^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$")]


class FromBrowser(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A frame that a browser sends."""


class FromServer(msgspec.Struct, frozen=True, omit_defaults=True):
    """A frame that a server sends. Browsers ignore keys that they do not know."""


# -- connecting ------------------------------------------------------------------------------------------------------


class Hello(FromBrowser, frozen=True):
    """The `auth` of the Socket.IO connection: who this is, and which protocol version it speaks."""

    v: int
    token: Token
    device: Device


class You(FromServer, frozen=True):
    """Whom the server takes the other side for. `id` is a person's or a staff member's."""

    role: Role
    id: str


class Welcome(FromServer, frozen=True):
    """The first frame on a connection; the views that follow it are complete."""

    v: int
    you: You
    workshop: str
    seq: int
    now_ms: int
    pack: str
    """The name of the path's texts: `GET /api/path/<workshop>/<pack>/<language>`."""
    accepted: tuple[int, ...] = ()
    """The numbers of this device's commands that are in the log, newest 64."""


# -- wishes ----------------------------------------------------------------------------------------------------------


class CommandFrame(FromBrowser, frozen=True):
    """A numbered wish. `device` is that of the page load that made it: a queue that outlived a reload keeps its own."""

    device: Device
    n: Number
    scope: Scope
    body: msgspec.Raw
    person: str = ""
    """Set by somebody who types for a person without a device."""


class Accepted(FromServer, frozen=True, tag_field="t", tag="ok"):
    """The wish is a fact and on disk as commit `seq`; `repeat` says that it already was.

    `without` names people whom the wish named and who are no longer in the room: groups were formed without them.
    """

    seq: int
    repeat: bool = False
    without: tuple[str, ...] = ()


class RefusedFrame(FromServer, frozen=True, tag_field="t", tag="no"):
    """The wish is no fact. With `then: retry` the browser keeps and resends it, with `stop` it tells the person."""

    code: str
    then: Then = "stop"
    detail: str = ""
    after_ms: int = 0
    ref: str = ""


class Ask(FromBrowser, frozen=True):
    """A question that changes nothing: what would happen if."""

    scope: Scope
    body: msgspec.Raw


class Answer(FromServer, frozen=True, tag_field="t", tag="is"):
    body: msgspec.Raw


# -- views -----------------------------------------------------------------------------------------------------------


class Name(FromServer, frozen=True):
    """How a person is shown: name and school. Erased people have neither."""

    name: str
    school: str = ""
    position: str = ""


class ViewFrame(FromServer, frozen=True):
    """What audience `a` may see of part `p` as of commit `seq`; it replaces what the browser had of that pair.

    `p` is "" for the workshop itself, else a phase. `body` is None when the audience no longer sees anything.
    """

    a: str
    p: str
    seq: int
    # Not `Raw | None`: of such a union msgspec decodes only the None.
    body: Any = None
    names: dict[str, Name] = {}
    texts: dict[str, dict[str, str]] = {}


# -- pages -----------------------------------------------------------------------------------------------------------


class Open(FromBrowser, frozen=True):
    """Open a page. `vector` is the Yjs state vector of what the browser holds."""

    page: Page
    vector: bytes = b"\x00"


class Opened(FromServer, frozen=True, tag_field="t", tag="page"):
    """`update` brings the browser up to `upto`; `vector` is what the server holds: the browser sends what it lacks."""

    page: str
    right: Right
    update: bytes
    vector: bytes
    upto: str


class Update(FromBrowser, frozen=True):
    """A Yjs update (v1) of one page; it may merge many edits."""

    page: Page
    u: bytes
    person: str = ""


class Saved(FromServer, frozen=True, tag_field="t", tag="saved"):
    """The update is on disk as entry `id` of the page."""

    id: str


class Shut(FromBrowser, frozen=True):
    page: Page


class PageUpdate(FromServer, frozen=True):
    """What others wrote; `id` is the newest entry that it contains.

    With a `vector`, `u` is the whole page, and this what the server holds of it: the browser sends what it lacks.
    """

    page: str
    u: bytes
    id: str
    vector: bytes = b""


class Rights(FromServer, frozen=True):
    """What this connection may do with a page from now on. With `none` the browser keeps unsent text as a draft."""

    page: str
    right: Literal["write", "read", "none"]


class HistoryAsked(FromBrowser, frozen=True):
    """What this page said before: answered with `Past`, to people who may open it and to nobody else."""

    page: Page


class Moment(FromServer, frozen=True):
    """A state of the page that can be looked at; `authors` wrote what is new in it."""

    id: str
    at_ms: int
    authors: tuple[str, ...] = ()
    label: str = ""


class Past(FromServer, frozen=True, tag_field="t", tag="past"):
    """Newest first."""

    moments: tuple[Moment, ...] = ()
    names: dict[str, Name] = {}


class MomentAsked(FromBrowser, frozen=True):
    page: Page
    id: Annotated[str, Meta(max_length=40, pattern=r"^v?[0-9]+-[0-9]+$")]


class PageThen(FromServer, frozen=True, tag_field="t", tag="then"):
    """A Yjs update that builds the page as it was. Bringing it back is writing: the browser types the old words."""

    update: bytes


class KeepMoment(FromBrowser, frozen=True):
    """Keep the page as it is now, under a name. Answered with `Saved`."""

    page: Page
    label: Annotated[str, Meta(min_length=1, max_length=80)]


# -- flicker ---------------------------------------------------------------------------------------------------------


class Flick(FromBrowser, frozen=True):
    """Something that may be lost: a caret (`page` and Yjs awareness bytes), a card under a finger."""

    kind: Literal["caret", "drag"]
    page: Page
    data: bytes


class Flicked(FromServer, frozen=True):
    kind: Literal["caret", "drag"]
    page: str
    person: str
    data: bytes


class Here(FromBrowser, frozen=True):
    """A sign of life every 15 s and on every change of visibility."""

    visible: bool
    idle_s: Annotated[int, Meta(ge=0, le=86_400)] = 0


class TimeAsked(FromBrowser, frozen=True):
    t0_ms: int


class TimeTold(FromServer, frozen=True, tag_field="t", tag="time"):
    t0_ms: int
    now_ms: int


class Notice(FromServer, frozen=True):
    """The server's own state: `away` while its store cannot be reached, `back` afterwards."""

    code: Literal["away", "back"]


class Bye(FromServer, frozen=True):
    """The last frame before the server closes a connection."""

    code: str
    then: Then
    detail: str = ""


CLOSE_CODES: dict[str, Then] = {
    "bad_hello": "stop",
    "too_old": "stop",
    "unknown_seat": "stop",
    "seat_closed": "stop",
    "erased": "stop",
    "closed": "stop",
    "slow": "retry",
    "leaving": "retry",
    "away": "retry",
}
"""Why a server ends or refuses a connection, and whether trying again can help."""

REFUSAL_CODES: dict[str, Then] = {
    "bad_frame": "stop",
    "too_big": "stop",
    "unknown_command": "stop",
    "not_allowed": "stop",
    "not_yours": "stop",
    "away": "retry",
    "slow_down": "retry",
    "defect": "stop",
}
"""Refusals of the door itself. The rules of workshop and activities add their own codes; those are always `stop`."""

ASKED: dict[str, tuple[type[FromBrowser], type[FromServer] | None]] = {
    "command": (CommandFrame, Accepted),
    "ask": (Ask, Answer),
    "open": (Open, Opened),
    "update": (Update, Saved),
    "shut": (Shut, None),
    "history": (HistoryAsked, Past),
    "moment": (MomentAsked, PageThen),
    "keep": (KeepMoment, Saved),
    "flick": (Flick, None),
    "here": (Here, None),
    "time": (TimeAsked, TimeTold),
}
"""The events of a browser, with what acknowledges each when it is not refused; None is an empty acknowledgement."""

TOLD: dict[str, type[FromServer]] = {
    "welcome": Welcome,
    "views": ViewFrame,
    "update": PageUpdate,
    "rights": Rights,
    "flick": Flicked,
    "notice": Notice,
    "bye": Bye,
}
"""The events of a server. `views` carries an array of its frames, every other event one."""
