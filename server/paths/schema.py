"""Every way in which a value differs from a type, in words that name the place and what is allowed there."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec import inspect

from server.paths.problems import Place, Words, one_of

Flaw = tuple[Place, object, str]
"""The place, what was found there, and what is allowed there."""

MISSING = Words("nothing")

PATTERNS = {
    r"^[a-z][a-z0-9_-]{0,39}$": "a short name of at most 40 small letters, digits, - and _, beginning with a letter",
    r"^[a-z]{2}$": "a language of two letters, such as en",
    r"^\d\d:\d\d$": "a time such as 09:00",
}


def flaws(value: object, kind: Any) -> list[Flaw]:
    """What must change in `value` (plain dicts, lists, words and numbers) before it can be read as a `kind`."""
    found = list(_flaws(value, inspect.type_info(kind), ()))
    if found:
        return found
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        return [((), Words(str(error)), "a value that fits")]
    return []


def _flaws(value: object, kind: inspect.Type, place: Place) -> Iterator[Flaw]:
    match kind:
        case inspect.Metadata():
            yield from _flaws(value, kind.type, place)
        case inspect.StructType():
            yield from _struct(value, kind, place)
        case inspect.DictType():
            yield from _mapping(value, kind, place)
        case inspect.ListType() | inspect.VarTupleType() | inspect.SetType() | inspect.FrozenSetType():
            yield from _sequence(value, kind, place)
        case inspect.TupleType():
            yield from _fixed(value, kind.item_types, place)
        case inspect.UnionType():
            yield from _union(value, kind.types, place)
        case inspect.AnyType():
            return
        case _:
            if not _fits(value, kind):
                yield place, value, allowed(kind)


def _struct(value: object, kind: inspect.StructType, place: Place) -> Iterator[Flaw]:
    if not isinstance(value, dict):
        yield place, value, allowed(kind)
        return
    fields = {field.encode_name: field for field in kind.fields}
    for name, field in fields.items():
        if name in value:
            yield from _flaws(value[name], field.type, (*place, name))
        elif field.required:
            yield (*place, name), MISSING, allowed(field.type)
    for name in value:
        if name not in fields and kind.forbid_unknown_fields and name != kind.tag_field:
            yield (*place, name), Words("an unknown field"), one_of(fields)


def _mapping(value: object, kind: inspect.DictType, place: Place) -> Iterator[Flaw]:
    if not isinstance(value, dict):
        yield place, value, allowed(kind)
        return
    for name, inner in value.items():
        # A key may be a number in the type (`Mapping[int, …]`); then msgspec reads it from its text, and so it is left.
        if isinstance(kind.key_type, inspect.StrType | inspect.LiteralType):
            for at, _, words in _flaws(name, kind.key_type, (*place, name)):
                yield at, Words(f'the name "{name}"'), words
        yield from _flaws(inner, kind.value_type, (*place, name))


_Sequence = inspect.ListType | inspect.VarTupleType | inspect.SetType | inspect.FrozenSetType


def _sequence(value: object, kind: _Sequence, place: Place) -> Iterator[Flaw]:
    if not isinstance(value, list | tuple):
        yield place, value, allowed(kind)
        return
    low, high = kind.min_length or 0, kind.max_length
    if len(value) < low or (high is not None and len(value) > high):
        yield place, value, f"a list of {_range(low, high)}"
    for number, inner in enumerate(value):
        yield from _flaws(inner, kind.item_type, (*place, number))


def _fixed(value: object, kinds: Sequence[inspect.Type], place: Place) -> Iterator[Flaw]:
    if not isinstance(value, list | tuple) or len(value) != len(kinds):
        yield place, value, f"a list of {len(kinds)}"
        return
    for number, (inner, kind) in enumerate(zip(value, kinds, strict=True)):
        yield from _flaws(inner, kind, (*place, number))


def _union(value: object, kinds: Sequence[inspect.Type], place: Place) -> Iterator[Flaw]:
    """The flaws of the nearest kind: where only nothing or one shape is allowed, those of that shape."""
    if any(not list(_flaws(value, kind, place)) for kind in kinds):
        return
    shapes = [kind for kind in kinds if not isinstance(kind, inspect.NoneType)]
    if len(shapes) == 1:
        yield from _flaws(value, shapes[0], place)
    else:
        yield place, value, " or ".join(allowed(kind) for kind in shapes)


def _fits(value: object, kind: inspect.Type) -> bool:
    match kind:
        case inspect.StrType():
            return isinstance(value, str) and _reads(value, kind)
        case inspect.BoolType():
            return isinstance(value, bool)
        case inspect.IntType():
            return isinstance(value, int) and not isinstance(value, bool) and _within(value, kind)
        case inspect.FloatType():
            return isinstance(value, int | float) and not isinstance(value, bool) and _within(value, kind)
        case inspect.LiteralType():
            return any(value == one and type(value) is type(one) for one in kind.values)
        case inspect.NoneType():
            return value is None
        case _:
            # Dates, enums and the like: left to the conversion at the end, which knows them.
            return True


def _reads(value: str, kind: inspect.StrType) -> bool:
    return (
        len(value) >= (kind.min_length or 0)
        and (kind.max_length is None or len(value) <= kind.max_length)
        and (kind.pattern is None or re.search(kind.pattern, value) is not None)
    )


def _within(value: float, kind: inspect.IntType | inspect.FloatType) -> bool:
    return (
        (kind.ge is None or value >= kind.ge)
        and (kind.gt is None or value > kind.gt)
        and (kind.le is None or value <= kind.le)
        and (kind.lt is None or value < kind.lt)
    )


def allowed(kind: inspect.Type) -> str:
    """What may stand where this type is asked for, in words for somebody who writes a pack."""
    match kind:
        case inspect.Metadata():
            return allowed(kind.type)
        case inspect.StrType():
            return _text(kind)
        case inspect.IntType():
            return f"a whole number{_bounds(kind)}"
        case inspect.FloatType():
            return f"a number{_bounds(kind)}"
        case inspect.BoolType():
            return "true or false"
        case inspect.LiteralType():
            return one_of(str(one) for one in kind.values)
        case inspect.StructType():
            return "the fields " + ", ".join(field.encode_name for field in kind.fields)
        case inspect.DictType():
            return "names with what each of them means"
        case inspect.ListType() | inspect.VarTupleType() | inspect.SetType() | inspect.FrozenSetType():
            return "a list"
        case inspect.UnionType():
            return " or ".join(allowed(one) for one in kind.types)
        case _:
            return "another value"


def _text(kind: inspect.StrType) -> str:
    if kind.pattern is not None:
        return PATTERNS.get(kind.pattern, f"text like {kind.pattern}")
    bounded = kind.min_length is not None or kind.max_length is not None
    return f"text of {_range(kind.min_length or 0, kind.max_length)} characters" if bounded else "text"


def _range(low: int, high: int | None) -> str:
    if high is None:
        return f"at least {low}"
    return f"{low} to {high}" if low else f"at most {high}"


def _bounds(kind: inspect.IntType | inspect.FloatType) -> str:
    if kind.ge is not None and kind.le is not None:
        return f" from {kind.ge:g} to {kind.le:g}"
    low = f" from {kind.ge:g} up" if kind.ge is not None else f" above {kind.gt:g}" if kind.gt is not None else ""
    high = f" at most {kind.le:g}" if kind.le is not None else f" below {kind.lt:g}" if kind.lt is not None else ""
    return f"{low},{high}" if low and high else f"{low}{high}"
