"""The golden vectors: bytes that every client and every server must read alike, each with what it means."""

import json
import zlib
from collections.abc import Iterator
from typing import Any

import msgspec

from protocol import frames as f

Vector = dict[str, Any]

PAGE = "write/vignette/p7f3"
TOKEN = "kT0x_9sAq2Lw8ZbV"
SOME = b"\x01\x01\x00\xc8\x00\xff\x80"
LARGEST = 2**53 - 1

CONNECT, DISCONNECT, EVENT, ACK = 0, 1, 2, 3

_encode = msgspec.msgpack.Encoder().encode


def files() -> dict[str, str]:
    """The name of each file with what it holds."""
    found = {
        "packets.json": [*_packets()],
        "frames.json": [*_frames()],
        "refused.json": [*_refused()],
        "broken.json": [*_broken()],
        "slices.json": [*_slices()],
        "squeezed.json": [*_squeezed()],
    }
    return {name: json.dumps(vectors, indent=1, ensure_ascii=False) + "\n" for name, vectors in found.items()}


def written(value: object) -> Any:
    """A value in JSON: bytes as {"$bytes": hex}, a struct as the map that travels."""
    match value:
        case bytes():
            return {"$bytes": value.hex()}
        case msgspec.Struct():
            return written(msgspec.msgpack.decode(_encode(value)))
        case dict():
            return {key: written(one) for key, one in value.items()}
        case list() | tuple():
            return [written(one) for one in value]
    return value


# -- Socket.IO packets -------------------------------------------------------------------------------------------------


def _packet(name: str, meaning: str, kind: int, data: object, number: int | None = None) -> Vector:
    packet: dict[str, object] = {"type": kind, "data": data, "nsp": "/"}
    if number is not None:
        packet["id"] = number
    return {"name": name, "meaning": meaning, "hex": _encode(packet).hex(), "packet": written(packet)}


def _packets() -> Iterator[Vector]:
    body = msgspec.Raw(_encode({"type": "ApproveStory"}))
    command = f.CommandFrame("device-1", 1, "interview", body)
    yield _packet("a hello", "asks to be let in", CONNECT, f.Hello(1, TOKEN, "device-1"))
    yield _packet("a connection", "the namespace is open; nobody is let in yet", CONNECT, {"sid": "Yx3nB0aAAAAB"})
    welcome = f.Welcome(1, f.You("person", "p7f3"), "w1", 418, 1_795_459_585_123, "a1b2", (1, 2))
    yield _packet("a welcome", "the first event; now_ms needs 64 bits", EVENT, ["welcome", welcome])
    yield _packet(
        "a command that awaits its answer", "has an id, so it is acknowledged", EVENT, ["command", command], 7
    )
    yield _packet("an acceptance", "acknowledges the event of the same id", ACK, [f.Accepted(419)], 7)
    yield _packet("a refusal", "try again", ACK, [f.RefusedFrame("away", "retry", after_ms=1500)], 8)
    yield _packet("an empty acknowledgement", "here, shut and flick have no answer", ACK, [], 10)
    yield _packet("an update with bytes", "bytes are bin", EVENT, ["update", f.Update(PAGE, SOME)], 9)
    long = bytes(range(256)) * 2
    yield _packet("an update longer than 255 bytes", "bin 16", EVENT, ["update", f.PageUpdate(PAGE, long, "12-0")])
    yield _packet("an empty update", "bin 8 of length 0", EVENT, ["update", f.Update(PAGE, b"")])
    names = {"p1": f.Name("Žiga Őry", "OŠ Šentjur")}
    letters = f.ViewFrame("room", "", 3, msgspec.Raw(_encode({"title": "čšž őű äöüß ëï"})), names)
    yield _packet("letters of five languages", "strings are UTF-8", EVENT, ["views", [letters]])
    gone = {"a": "group:g1", "p": "interview", "seq": 9}
    yield _packet("a view that is gone", "no body", EVENT, ["views", [gone]])
    yield _packet("a view that is nil", "the same", EVENT, ["views", [{**gone, "body": None}]])
    yield _packet("the largest integer", "2^53 - 1, in 64 bits", EVENT, ["time", {"t0_ms": LARGEST}], LARGEST)
    yield _packet("a clock before 1970", "signed", EVENT, ["time", {"t0_ms": -1_795_459_585_123}], 1)
    yield _packet("a goodbye", "the last event of a connection", EVENT, ["bye", f.Bye("leaving", "retry")])
    yield _packet("a disconnection", "data is nil", DISCONNECT, None)


# -- frames ------------------------------------------------------------------------------------------------------------


def _frame(name: str, meaning: str, value: f.FromBrowser | f.FromServer) -> Vector:
    return {
        "name": name,
        "meaning": meaning,
        "struct": type(value).__name__,
        "hex": _encode(value).hex(),
        "value": written(value),
    }


def _frames() -> Iterator[Vector]:
    body = msgspec.Raw(_encode({"type": "SignalDone"}))
    yield _frame("hello", "protocol 1, a seat, a page load", f.Hello(1, TOKEN, "device-1"))
    yield _frame("you", "a person", f.You("person", "p7f3"))
    yield _frame(
        "welcome", "nothing accepted yet", f.Welcome(1, f.You("screen", "s1"), "w1", 1, 1_795_459_585_123, "a")
    )
    yield _frame("command", "the workshop itself: an empty scope", f.CommandFrame("device-1", 1, "", body))
    yield _frame("command for somebody", "typed for p9", f.CommandFrame("device-1", LARGEST, "vote", body, "p9"))
    yield _frame("accepted", "commit 419", f.Accepted(419))
    yield _frame("accepted before", "commit 418, by an earlier try", f.Accepted(418, repeat=True))
    yield _frame("refused for good", "then is left out: stop", f.RefusedFrame("no_votes_left", detail="all are used"))
    yield _frame("refused for now", "again after a second", f.RefusedFrame("away", "retry", after_ms=1000))
    yield _frame("refused by a defect", "ref is for the operator", f.RefusedFrame("defect", ref="0badcafe"))
    yield _frame("ask", "what would happen", f.Ask("", msgspec.Raw(_encode({"type": "PreviewMove", "phase": "vote"}))))
    yield _frame("answer", "this", f.Answer(msgspec.Raw(_encode({"people": 38}))))
    yield _frame("name", "only a name", f.Name("Ana"))
    view = f.ViewFrame(
        "person:p7f3", "vote", 419, body, {"p7f3": f.Name("Ana", "OŠ", "deputy")}, {"t1": {"text": "Hi"}}
    )
    yield _frame("view", "a body, a name, a text", view)
    yield _frame("view withdrawn", "nothing to see any more", f.ViewFrame("group:g1", "", 420))
    yield _frame("open", "an empty state vector is left out", f.Open(PAGE))
    yield _frame("open again", "one client known up to clock 5", f.Open(PAGE, b"\x01\xc8\x01\x05"))
    yield _frame("opened", "nothing was ever written", f.Opened(PAGE, "write", b"\x00\x00", b"\x00", "0-0"))
    yield _frame("update", "one edit", f.Update(PAGE, SOME))
    yield _frame("saved", "on disk", f.Saved("1795459585123-0"))
    yield _frame("shut", "no longer open", f.Shut(PAGE))
    yield _frame("page update", "what others wrote", f.PageUpdate(PAGE, SOME, "1795459585123-1"))
    yield _frame("rights", "closed to this connection", f.Rights(PAGE, "none"))
    yield _frame("history asked", "what did it say before", f.HistoryAsked(PAGE))
    moment = f.Moment("1795459585123-0", 1_795_459_585_123, ("p7f3",), "before lunch")
    yield _frame("moment", "kept by hand", moment)
    yield _frame("past", "one moment, one author", f.Past((moment,), {"p7f3": f.Name("Ana")}))
    yield _frame("moment asked", "as it was then", f.MomentAsked(PAGE, moment.id))
    yield _frame("page then", "builds it", f.PageThen(SOME))
    yield _frame("moment kept", "under a name", f.KeepMoment(PAGE, "before lunch"))
    yield _frame("flick", "a caret", f.Flick("caret", PAGE, SOME))
    yield _frame("flicked", "whose", f.Flicked("caret", PAGE, "p9", SOME))
    yield _frame("here", "visible, not idle", f.Here(visible=True))
    yield _frame("here, idle", "in the pocket", f.Here(visible=False, idle_s=90))
    yield _frame("time asked", "the browser's clock", f.TimeAsked(1_795_459_585_123))
    yield _frame("time told", "both clocks", f.TimeTold(1_795_459_585_123, 1_795_459_285_200))
    yield _frame("notice", "the store is away", f.Notice("away"))
    yield _frame("bye", "come again", f.Bye("leaving", "retry", "the server is restarting"))


# -- what is refused ---------------------------------------------------------------------------------------------------


def _refusal(name: str, event: str, value: object, meaning: str) -> Vector:
    return {"name": name, "meaning": meaning, "event": event, "hex": _encode(value).hex(), "code": "bad_frame"}


def _refused() -> Iterator[Vector]:
    command = {"device": "device-1", "n": 1, "scope": "", "body": {"type": "SignalDone"}}
    yield _refusal(
        "an unknown key", "here", {"visible": True, "mood": "good"}, "unknown keys are refused from browsers"
    )
    yield _refusal("a missing key", "update", {"page": PAGE}, "u has no default")
    yield _refusal("a number as a float", "command", {**command, "n": 1.0}, "integers are msgpack integers")
    yield _refusal("number zero", "command", {**command, "n": 0}, "numbers begin at 1")
    yield _refusal("a number too large", "command", {**command, "n": LARGEST + 1}, "at most 2^53 - 1")
    yield _refusal("a short device", "command", {**command, "device": "d"}, "8 to 40 letters")
    yield _refusal("a scope in capitals", "command", {**command, "scope": "VOTE"}, "lower case, digits, _ and -")
    yield _refusal("bytes as a string", "update", {"page": PAGE, "u": "AQE="}, "no base64 inside msgpack")
    extension = msgspec.msgpack.Ext(18, SOME)
    yield _refusal("bytes as an extension", "update", {"page": PAGE, "u": extension}, "a typed array is bin, not ext")
    yield _refusal("a page of one word", "open", {"page": "vignette"}, "a page has at least two parts")
    yield _refusal("a boolean as a number", "here", {"visible": 1}, "no type stands for another")
    yield _refusal("a day and a second idle", "here", {"visible": False, "idle_s": 86_401}, "at most a day")
    yield _refusal("a list", "shut", [PAGE], "a frame is a map")
    yield _refusal("nothing", "shut", None, "a frame is a map")


def _broken() -> Iterator[Vector]:
    def broken(name: str, data: bytes, meaning: str) -> Vector:
        return {"name": name, "meaning": meaning, "hex": data.hex()}

    yield broken("nil", b"\xc0", "a packet is a map")
    yield broken("an array", _encode([2, ["here"]]), "a packet is a map")
    yield broken("no type", _encode({"nsp": "/", "data": []}), "type has no default")
    yield broken("a type in words", _encode({"type": "event", "nsp": "/", "data": []}), "type is an integer")
    yield broken("an id in words", _encode({"type": 2, "nsp": "/", "data": ["here"], "id": "7"}), "id is an integer")
    yield broken("half a packet", _encode({"type": 2, "nsp": "/", "data": ["here"]})[:-1], "all of it or nothing")


def _slices() -> Iterator[Vector]:
    def cut(name: str, whole: bytes, start: int, length: int, meaning: str) -> Vector:
        packet = {"type": EVENT, "data": ["update", whole[start : start + length]], "nsp": "/"}
        return {
            "name": name,
            "meaning": meaning,
            "buffer": whole.hex(),
            "start": start,
            "length": length,
            "hex": _encode(packet).hex(),
        }

    whole = bytes.fromhex("0909010203090909")
    yield cut("the middle of a buffer", whole, 2, 3, "what a view shows travels, not the buffer behind it")
    yield cut("an odd beginning", whole, 1, 5, "no alignment")
    yield cut("nothing of a buffer", whole, 4, 0, "an empty view is empty bytes")
    yield cut("a whole buffer", whole, 0, 8, "all of it")


def _squeezed() -> Iterator[Vector]:
    def squeezed(name: str, packet: bytes, meaning: str) -> Vector:
        # Not compressed: that is a zlib stream too, and the same one by whichever implementation of zlib.
        return {"name": name, "meaning": meaning, "hex": zlib.compress(packet, 0).hex(), "packet": packet.hex()}

    goodbye = _encode({"type": EVENT, "data": ["bye", f.Bye("leaving", "retry")], "nsp": "/"})
    yield squeezed("a goodbye", goodbye, "a packet of any length may come squeezed")
    answer = _encode(
        {"type": ACK, "data": [f.Opened(PAGE, "write", b"\x00\x00" * 300, b"\x00", "0-0")], "nsp": "/", "id": 7}
    )
    yield squeezed("an acknowledgement", answer, "and of any type that servers send")
