"""TypeScript that says what the structs of the wire say, in the layout that Prettier would give it."""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import NODEFAULT
from msgspec import inspect as msgspec_types

from protocol.frames import FromBrowser

WIDTH = 120
"""Prettier's `printWidth` in client_static/package.json."""

WORD = re.compile(r"^[A-Za-z_$][A-Za-z0-9_$]*$")

Struct = type[msgspec.Struct]

PLAIN: Mapping[type[msgspec_types.Type], str] = {
    msgspec_types.AnyType: "unknown",
    msgspec_types.RawType: "unknown",
    msgspec_types.NoneType: "null",
    msgspec_types.BoolType: "boolean",
    msgspec_types.IntType: "number",
    msgspec_types.FloatType: "number",
    msgspec_types.StrType: "string",
    msgspec_types.BytesType: "Uint8Array",
}

Listed = (
    msgspec_types.VarTupleType
    | msgspec_types.ListType
    | msgspec_types.SetType
    | msgspec_types.FrozenSetType
    | msgspec_types.CollectionType
)


@dataclass
class Writer:
    """Turns types into TypeScript; knows the name of every struct and of every union of strings."""

    structs: Mapping[type, str]
    unions: Mapping[frozenset[object], str] = field(default_factory=dict)

    def expression(self, kind: msgspec_types.Type) -> str:
        plain = PLAIN.get(type(kind))
        if plain is not None:
            return plain
        match kind:
            case msgspec_types.Metadata():
                return self.expression(kind.type)
            case msgspec_types.StructType():
                return self.structs[kind.cls]
            case msgspec_types.LiteralType():
                return self.unions.get(frozenset(kind.values)) or " | ".join(literal(one) for one in kind.values)
            case msgspec_types.UnionType():
                return self._union(kind.types)
            case msgspec_types.CustomType() if kind.cls is object:
                return "unknown"
            case msgspec_types.DictType():
                return f"Record<{self.expression(kind.key_type)}, {self.expression(kind.value_type)}>"
            case msgspec_types.TupleType():
                return f"[{', '.join(self.expression(one) for one in kind.item_types)}]"
            case _ if isinstance(kind, Listed):
                item = self.expression(kind.item_type)
                return f"({item})[]" if " | " in item else f"{item}[]"
        raise TypeError(f"no TypeScript for {kind!r}")

    def _union(self, kinds: Iterable[msgspec_types.Type]) -> str:
        found = dict.fromkeys(self.expression(one) for one in kinds)
        if "unknown" in found:
            return "unknown"
        return " | ".join(sorted(found, key=lambda one: one == "null"))

    def interface(self, cls: Struct) -> str:
        kind = msgspec_types.type_info(cls)
        if not isinstance(kind, msgspec_types.StructType):
            raise TypeError(f"{cls!r} is no struct")
        if kind.array_like:
            items = ", ".join(f"{one.encode_name}: {self.expression(one.type)}" for one in kind.fields)
            return comment(doc_of(cls)) + f"export type {self.structs[cls]} = [{items}];\n"
        lines = [f"  {kind.tag_field}: {literal(kind.tag)};\n"] if kind.tag_field else []
        for one in kind.fields:
            lines += self._field(one, optional=omits(cls), wished=issubclass(cls, FromBrowser))
        body = "{\n" + "".join(lines) + "}" if lines else "{}"
        return comment(doc_of(cls)) + f"export interface {self.structs[cls]} {body}\n"

    def _field(self, one: msgspec_types.Field, *, optional: bool, wished: bool) -> Iterator[str]:
        default = default_of(one)
        if optional and default is not None:
            yield f"  /** Left out when {default}. */\n"
        body = "Body" if wished and isinstance(one.type, msgspec_types.RawType) else self.expression(one.type)
        mark = "?" if optional and default is not None else ""
        yield laid_out(f"  {key(one.encode_name)}{mark}: ", body, indent="    ")


def omits(cls: Struct) -> bool:
    return bool(cls.__struct_config__.omit_defaults)


def default_of(one: msgspec_types.Field) -> str | None:
    """How a reader would call a field's default; None where there is none."""
    if one.default_factory is not NODEFAULT:
        return {list: "[]", tuple: "[]", set: "[]", dict: "{}"}.get(one.default_factory, "empty")
    if one.default is NODEFAULT:
        return None
    if isinstance(one.default, bytes):
        return f"0x{one.default.hex()}"
    return msgspec.json.encode(one.default).decode()


def literal(value: object) -> str:
    return msgspec.json.encode(value).decode()


def key(name: str) -> str:
    return name if WORD.match(name) else literal(name)


def doc_of(cls: type) -> str:
    return inspect.cleandoc(cls.__dict__.get("__doc__") or "")


def comment(text: str, indent: str = "") -> str:
    if not text:
        return ""
    lines = text.replace("*/", "* /").split("\n")
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    return f"{indent}/**\n" + "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines) + f"{indent} */\n"


def laid_out(head: str, expression: str, indent: str = "  ") -> str:
    """`head expression;` on one line, else on a line of its own, else a union's members on a line each."""
    if len(head) + len(expression) + 1 <= WIDTH or " | " not in expression:
        return f"{head}{expression};\n"
    if len(indent) + len(expression) + 1 <= WIDTH:
        return f"{head.rstrip()}\n{indent}{expression};\n"
    members = "".join(f"\n{indent}| {one}" for one in expression.split(" | "))
    return f"{head.rstrip()}{members};\n"


def union(name: str, members: Sequence[str], doc: str = "") -> str:
    return comment(doc) + laid_out(f"export type {name} = ", " | ".join(members) or "never")


def table(name: str, entries: Mapping[str, str], doc: str = "") -> str:
    lines = "".join(f"  {key(one)}: {expression};\n" for one, expression in entries.items())
    return comment(doc) + f"export interface {name} {{\n{lines}}}\n"


# -- finding -----------------------------------------------------------------------------------------------------------


def structs_in(types: Iterable[Any]) -> list[Struct]:
    """Every struct that these types are made of, each once, in the order in which a reader meets them."""
    found: dict[Struct, None] = {}
    for kind in msgspec_types.multi_type_info(types):
        _visit(kind, found)
    return list(found)


def _visit(kind: object, found: dict[Struct, None]) -> None:
    if isinstance(kind, msgspec_types.StructType):
        if kind.cls in found:
            return
        found[kind.cls] = None
        for one in kind.fields:
            _visit(one.type, found)
        return
    for name in ("type", "item_type", "key_type", "value_type"):
        _visit_if_there(getattr(kind, name, None), found)
    for name in ("types", "item_types"):
        for one in getattr(kind, name, ()):
            _visit(one, found)


def _visit_if_there(kind: object, found: dict[Struct, None]) -> None:
    if kind is not None:
        _visit(kind, found)


def named_unions(modules: Iterable[ModuleType]) -> dict[str, tuple[object, ...]]:
    """The unions of strings that these modules gave a name to."""
    found: dict[str, tuple[object, ...]] = {}
    for module in modules:
        for name, value in vars(module).items():
            if not name.startswith("_") and get_origin(value) is Literal and len(get_args(value)) > 1:
                found.setdefault(name, get_args(value))
    return found
