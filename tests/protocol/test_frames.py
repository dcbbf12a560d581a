"""Frames survive the wire, and only servers may say more than the other side knows."""

from collections.abc import Mapping
from typing import Any

import msgpack
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect as kinds

from protocol import frames
from protocol.frames import ASKED, CLOSE_CODES, REFUSAL_CODES, TOLD, FromBrowser, FromServer

BROWSERS = sorted(FromBrowser.__subclasses__(), key=lambda kind: kind.__name__)
SERVERS = sorted(FromServer.__subclasses__(), key=lambda kind: kind.__name__)
LARGEST = 2**53 - 1
LETTERS = "abcxyz0123456789_-"


def values_of(kind: kinds.Type) -> st.SearchStrategy[Any]:
    """Everything that a field may hold."""
    match kind:
        case kinds.Metadata():
            return values_of(kind.type)
        case kinds.StrType():
            return written(kind)
        case kinds.IntType():
            return st.integers(kind.ge if kind.ge is not None else -LARGEST, kind.le or LARGEST)
        case kinds.BytesType():
            return st.binary(max_size=40)
        case kinds.BoolType():
            return st.booleans()
        case kinds.LiteralType():
            return st.sampled_from(kind.values)
        case kinds.RawType() | kinds.AnyType():
            return st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=3).map(raw_of)
        case kinds.DictType():
            return st.dictionaries(values_of(kind.key_type), values_of(kind.value_type), max_size=3)
        case kinds.VarTupleType():
            return st.lists(values_of(kind.item_type), max_size=5).map(tuple)
        case kinds.StructType():
            return frames_of(kind.cls)
    raise TypeError(kind)


def written(kind: kinds.StrType) -> st.SearchStrategy[str]:
    """Any text, or letters that every pattern of the protocol allows, with slashes where it wants them."""
    if not kind.pattern:
        return st.text(min_size=kind.min_length or 0, max_size=20)
    if "/" in kind.pattern:
        return st.lists(st.text(LETTERS, min_size=1, max_size=20), min_size=2, max_size=5).map("/".join)
    if kind.pattern.startswith("^v?[0-9]+-"):
        return st.tuples(st.integers(0, 2**48), st.integers(0, 99)).map("{0[0]}-{0[1]}".format)
    return st.text(LETTERS, min_size=kind.min_length or 0, max_size=kind.max_length)


def raw_of(value: Mapping[str, object]) -> msgspec.Raw:
    return msgspec.Raw(msgspec.msgpack.encode({key: _small(one) for key, one in value.items()}))


def _small(value: object) -> object:
    return value % LARGEST if isinstance(value, int) else value


def frames_of(cls: type[msgspec.Struct]) -> st.SearchStrategy[msgspec.Struct]:
    info = kinds.type_info(cls)
    assert isinstance(info, kinds.StructType)
    return st.builds(cls, **{field.name: values_of(field.type) for field in info.fields})


@pytest.mark.parametrize("kind", [*BROWSERS, *SERVERS])
@settings(max_examples=25)
@given(data=st.data())
def test_a_frame_survives_the_wire(kind: type[msgspec.Struct], data: st.DataObject) -> None:
    sent = msgspec.msgpack.encode(data.draw(frames_of(kind)))
    assert msgspec.msgpack.encode(msgspec.msgpack.decode(sent, type=kind)) == sent
    assert msgpack.unpackb(sent) == msgspec.msgpack.decode(sent)


@pytest.mark.parametrize("kind", BROWSERS)
@settings(max_examples=25)
@given(data=st.data())
def test_an_unknown_key_is_refused_from_a_browser(kind: type[msgspec.Struct], data: st.DataObject) -> None:
    """SPEC E1."""
    sent = msgspec.msgpack.decode(msgspec.msgpack.encode(data.draw(frames_of(kind))))
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.msgpack.decode(msgspec.msgpack.encode({**sent, "later": 1}), type=kind)


@pytest.mark.parametrize("kind", SERVERS)
@settings(max_examples=25)
@given(data=st.data())
def test_an_unknown_key_of_a_server_is_passed_over(kind: type[msgspec.Struct], data: st.DataObject) -> None:
    """SPEC E1."""
    sent = msgspec.msgpack.encode(data.draw(frames_of(kind)))
    more = msgspec.msgpack.encode({**msgspec.msgpack.decode(sent), "later": [1]})
    assert msgspec.msgpack.encode(msgspec.msgpack.decode(more, type=kind)) == sent


def test_every_answer_says_what_it_is() -> None:
    """SPEC A1."""
    answers: list[type[msgspec.Struct]] = [answer for _, answer in ASKED.values() if answer]
    answers.append(frames.RefusedFrame)
    tags = [kind.__struct_config__.tag for kind in answers]
    assert {kind.__struct_config__.tag_field for kind in answers} == {"t"}
    assert sorted({*map(str, tags)}) == ["is", "no", "ok", "page", "past", "saved", "then", "time"]


def test_a_refusal_without_then_is_for_good() -> None:
    """SPEC A2."""
    assert (
        msgspec.msgpack.decode(msgpack.packb({"t": "no", "code": "new_code"}), type=frames.RefusedFrame).then == "stop"
    )


def test_every_code_says_whether_trying_again_can_help() -> None:
    """SPEC A3, B1, B2, and E3: a client goes by `then`, never by the words of `detail`."""
    assert {*REFUSAL_CODES.values(), *CLOSE_CODES.values()} == {"retry", "stop"}
    assert [code for code, then in REFUSAL_CODES.items() if then == "retry"] == ["away", "slow_down"]
    assert [code for code, then in CLOSE_CODES.items() if then == "retry"] == ["slow", "leaving", "away"]


def test_no_event_means_two_things_to_one_side() -> None:
    assert {kind for kind, _ in ASKED.values()} == set(BROWSERS) - {frames.Hello}
    assert set(TOLD.values()) <= set(SERVERS)
