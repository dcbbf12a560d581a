"""Writes what is generated from the structs of the wire: TypeScript, the AsyncAPI document and the golden vectors.

`python -m scripts.generate_types` writes them, `--check` says which of them are not what the structs say.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from protocol.frames import ASKED, CLOSE_CODES, MAX_FRAME_BYTES, REFUSAL_CODES, TOLD, VERSION, RefusedFrame
from scripts import asyncapi, vectors
from scripts.typescript import Struct, Writer, key, literal, table, union
from scripts.wire import FLICKER_VIEWS, WORKSHOP_VIEWS, Wire, camel, gathered, wishes_of
from server.core.path import Pack
from server.core.workshop.commands import WORKSHOP_COMMANDS
from server.core.workshop.preview import QUESTIONS

ROOT = Path(__file__).parent.parent

HEAD = """\
/**
 * Every struct that crosses the wire, generated from the server's own by `python -m scripts.generate_types`.
 * Do not edit: change the struct, and generate.
 */
"""

BODY = """\
/** A command or a question: its `type` is the name of the struct on the server. */
export interface Body {
  type: string;
  [field: string]: unknown;
}
"""


def typescript(wire: Wire) -> str:
    """generated.ts."""
    unions = {frozenset(values): name for name, values in reversed(wire.unions.items())}
    writer = Writer(wire.names, unions)
    return "\n".join([HEAD, *_parts(wire, writer)])


def _parts(wire: Wire, writer: Writer) -> Iterator[str]:
    yield f"export const VERSION = {VERSION};\nexport const MAX_FRAME_BYTES = {_thousands(MAX_FRAME_BYTES)};\n"
    for name, values in sorted(wire.unions.items()):
        yield union(name, [literal(value) for value in values])
    yield rule("Frames")
    yield from (writer.interface(cls) for cls in wire.frames)
    yield from _events(wire)
    yield _codes("CLOSE_CODES", CLOSE_CODES)
    yield _codes("REFUSAL_CODES", REFUSAL_CODES)
    yield rule("The workshop")
    yield from _workshop(wire)
    yield from _structs_of(wire, writer, ("server.core.", "server.runtime."))
    for name, activity in wire.activities.items():
        yield rule(f"The activity {name}")
        yield union(f"{camel(name)}Command", [wire.names[one] for one in wishes_of(activity)])
        yield union(f"{camel(name)}View", [wire.names[one] for one in activity.views])
        yield from _structs_of(wire, writer, (f"server.activities.{name}.",))


def _structs_of(wire: Wire, writer: Writer, modules: tuple[str, ...]) -> Iterator[str]:
    return (writer.interface(cls) for cls in wire.names if f"{cls.__module__}.".startswith(modules))


def _events(wire: Wire) -> Iterator[str]:
    def answer(kind: Struct | None) -> str:
        return f"{wire.names[kind] if kind else 'undefined'} | {wire.names[RefusedFrame]}"

    asked = {
        event: f"{{ frame: {wire.names[frame]}; answer: {answer(kind)} }}" for event, (frame, kind) in ASKED.items()
    }
    yield table("Asked", asked, "What a browser sends, and what it may get back. Any frame can be refused at the door.")
    told = {event: wire.names[frame] + ("[]" if event == "views" else "") for event, frame in TOLD.items()}
    yield table("Told", told, "What a server sends unasked.")
    yield BODY
    yield "export type Refused = RefusedFrame;\n"


def _codes(name: str, codes: Mapping[str, str]) -> str:
    lines = "".join(f"  {key(code)}: {literal(then)},\n" for code, then in codes.items())
    return f"export const {name}: Record<string, Then> = {{\n{lines}}};\n"


def _workshop(wire: Wire) -> Iterator[str]:
    names = wire.names
    yield union("WorkshopCommand", [names[one] for one in WORKSHOP_COMMANDS])
    yield union("Question", [names[one] for one in QUESTIONS], "What `ask` carries.")
    yield union("Preview", [names[one] for one in wire.answers], "What answers a question.")
    shown = {kind: names[cls] for kind, cls in WORKSHOP_VIEWS.items()}
    yield table("WorkshopViews", shown, 'What each kind of audience sees of the part "".')
    flicker = {part: names[cls] for part, cls in FLICKER_VIEWS.items()}
    yield table("FlickerViews", flicker, "What moderators see of the parts that are no phase.")
    yield table("Commands", {name: f"{camel(name)}Command" for name in wire.activities}, "By activity.")
    yield table("Views", {name: f"{camel(name)}View" for name in wire.activities}, "By activity.")
    yield f"export type Path = {names[Pack]};\n"


def rule(title: str) -> str:
    return f"// -- {title} {'-' * (120 - 7 - len(title))}\n"


def _thousands(number: int) -> str:
    return f"{number:_}"


def artefacts() -> dict[Path, str]:
    """Every generated file with what it must hold."""
    wire = gathered()
    return {
        ROOT / "client_static/src/protocol/generated.ts": typescript(wire),
        ROOT / "protocol/asyncapi.yaml": asyncapi.document(wire),
        **{ROOT / "protocol/vectors" / name: text for name, text in vectors.files().items()},
    }


def stale() -> list[Path]:
    """The files that do not hold what they must."""
    return [path for path, text in artefacts().items() if not path.is_file() or path.read_text("utf-8") != text]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is not fresh")
    if parser.parse_args().check:
        found = stale()
        for path in found:
            print(f"{path.relative_to(ROOT)} is not fresh: run python -m scripts.generate_types", file=sys.stderr)
        return 1 if found else 0
    for path, text in artefacts().items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
