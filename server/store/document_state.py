"""Yjs documents as bytes: every function takes bytes and gives bytes or text, so that no live document is ever shared.

A page is a Yjs document whose root types are texts named by field; a list is a text with one entry a line. A root whose
name begins with `~` belongs to the editors (remarks beside the text): kept and passed on, no part of what a page says.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Final, NewType

from pycrdt import Doc, Text, get_state, get_update, merge_updates
from pycrdt._pycrdt import Doc as BareDoc

Checked = NewType("Checked", bytes)
"""An update that decodes and can be applied."""

EMPTY: Final = b"\x00\x00"
"""The state of a page in which nothing was ever written."""
BESIDE: Final = "~"
NOTHING_SEEN: Final = b"\x00"
"""The state vector of a device that has nothing yet."""
MAX_UPDATE_BYTES: Final = 512 * 1024

_WORD: Final = re.compile(r"\w+(?:['’\-]\w+)*")


class BadUpdate(Exception):  # noqa: N818 - an answer to the sender
    """These bytes are not a Yjs update (or state vector), no document can take them, or they are far too many."""


def warm_up() -> None:
    """The first document within an event loop loads what pycrdt needs there: ten milliseconds, before anybody types."""
    Doc()


def check(update: object) -> Checked:
    """The update itself when it decodes and can be applied; BadUpdate otherwise.

    Merged with an honest one into a frame, one that cannot be applied would take the honest one with it.
    pycrdt panics with something that is no `Exception` when handed another type than bytes, which would end the node.
    """
    if not isinstance(update, bytes):
        raise BadUpdate(f"{type(update).__name__}, not bytes")
    if len(update) > MAX_UPDATE_BYTES:
        raise BadUpdate(f"{len(update)} bytes; at most {MAX_UPDATE_BYTES}")
    try:
        # Merging reads what applying passes over; with an empty one it is the cheapest way to have it read.
        merged = merge_updates(update, EMPTY)
    except ValueError as error:
        raise BadUpdate(str(error)) from error
    if not _can_take(merged):
        raise BadUpdate("no document can take this update")
    return Checked(update)


def _can_take(update: bytes) -> bool:
    """Whether an empty document takes it. Asked at every update: through `Doc` the asking costs six times as much."""
    try:
        doc = BareDoc(None, None, None)
        transaction = doc.create_transaction()
        doc.apply_update(transaction, update)
        transaction.commit()
        transaction.drop()
    except (ValueError, RuntimeError):
        return False
    except BaseException as panic:
        # Rust's panic is no Exception: uncaught, one forged update would end the node for everybody.
        if type(panic).__name__ == "PanicException":
            return False
        raise
    return True


def merge(updates: Sequence[bytes]) -> bytes:
    """Several updates as one frame. Quick, but keeps the seams between letters: for sending, not for keeping."""
    return updates[0] if len(updates) == 1 else merge_updates(*updates)


def fold(state: bytes, updates: Sequence[bytes]) -> bytes:
    """The state after `updates`, compact as Yjs keeps it (2 kB where merging 2,000 letters leaves 26 kB).

    An update that decodes but cannot be applied by anybody (forged: no editor writes such) is left out.
    """
    if not updates:
        return state
    whole = _folded(state, updates)
    if whole is not None:
        return whole
    for update in updates:
        # A forged update may lie waiting in the state and break an honest one: then the honest one stays.
        state = _folded(state, [update]) or _folded(_without_waiting(state), [update]) or state
    return state


def _applied(update: bytes) -> "Doc[Text] | None":
    """A throw-away document that took it; None when there is none."""
    try:
        doc: Doc[Text] = Doc()
        doc.apply_update(update)
        return doc
    except (ValueError, RuntimeError):
        return None
    except BaseException as panic:
        # Rust's panic is no Exception: uncaught, one forged update would end the node for everybody.
        if type(panic).__name__ == "PanicException":
            return None
        raise


def _folded(state: bytes, updates: Sequence[bytes]) -> bytes | None:
    try:
        # Merged first: taking in hundreds of letters one by one stops everybody's typing for milliseconds.
        merged = merge_updates(state, *updates)
        doc = _applied(merged)
        if doc is None:
            return None
        # A Doc forgets what waits for an update that has not arrived (the browser resends it later): without the
        # second part compaction would lose acknowledged words.
        waiting = get_update(merged, doc.get_state())
        return merge_updates(doc.get_update(), waiting)
    except (ValueError, RuntimeError):
        return None


def _without_waiting(state: bytes) -> bytes:
    doc: Doc[Text] = Doc()
    doc.apply_update(state)
    return doc.get_update()


def state_vector(state: bytes) -> bytes:
    """What a holder of `state` has seen; BadUpdate when it does not decode."""
    try:
        return get_state(state)
    except ValueError as error:
        raise BadUpdate(str(error)) from error


def diff(state: bytes, seen: object) -> bytes:
    """What a device that has `seen` (a state vector) lacks of `state`."""
    if not isinstance(seen, bytes) or len(seen) > MAX_UPDATE_BYTES:
        raise BadUpdate("not a state vector")
    try:
        return get_update(state, seen)
    except ValueError as error:
        raise BadUpdate(str(error)) from error


def text_fields(state: bytes) -> dict[str, str]:
    """The page as plain text, field by field in alphabetical order; fields that were emptied again are missing."""
    doc: Doc[Text] = Doc()
    doc.apply_update(state)
    texts = {name: str(doc.get(name, type=Text)) for name in sorted(doc.keys()) if not name.startswith(BESIDE)}
    return {name: text for name, text in texts.items() if text}


def word_count(text: str) -> int:
    """Words as people count them: `well-being` and `l’école` are one."""
    return len(_WORD.findall(text))


def seed_update(fields: Mapping[str, str]) -> bytes:
    """The update that writes a template: the same bytes from every node, so that two nodes seeding write it once."""
    ordered = sorted(fields.items())
    digest = hashlib.sha256(repr(ordered).encode()).digest()
    # A fixed client id, but one per text: two texts under one id would tear each other apart.
    doc: Doc[Text] = Doc(client_id=int.from_bytes(digest[:4], "big") >> 1)
    for name, text in ordered:
        doc.get(name, type=Text).insert(0, text)
    return doc.get_update()
