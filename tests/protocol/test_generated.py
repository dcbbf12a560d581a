"""What is generated says what the structs say."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from protocol.frames import ASKED
from scripts import generate_types, wire
from server.app.activities import all_activities
from server.edge.socket import Door, Rooms, socket_server
from tests.support.vectors import PROTOCOL


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((PROTOCOL / "asyncapi.yaml").read_text("utf-8"))
    return found


def test_every_generated_file_is_fresh() -> None:
    """Not so? `python -m scripts.generate_types` writes them."""
    assert generate_types.stale() == []


def test_generating_twice_gives_the_same_bytes() -> None:
    wire.gathered.cache_clear()
    once = generate_types.artefacts()
    wire.gathered.cache_clear()
    assert generate_types.artefacts() == once


def test_every_activity_with_a_folder_has_its_types() -> None:
    """SPEC C2: commands are told apart by the activity of their phase."""
    text = generate_types.typescript(wire.gathered())
    for name, activity in all_activities().items():
        if activity.name == name:
            assert f"export type {wire.camel(name)}Command" in text
            assert all(f'type: "{command.__name__}"' in text for command in wire.wishes_of(activity))


def test_every_reference_of_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in references(document):
        found: Any = document
        for word in reference.removeprefix("#/").split("/"):
            found = found[word]
        assert found, reference


def references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, one in node.items():
            if key == "$ref":
                yield one
            else:
                yield from references(one)
    elif isinstance(node, list):
        for one in node:
            yield from references(one)


def test_the_document_has_an_operation_for_every_event(document: dict[str, Any]) -> None:
    assert document["asyncapi"] == "3.0.0"
    actions = {name: operation["action"] for name, operation in document["operations"].items()}
    assert {name.removeprefix("ask_") for name, action in actions.items() if action == "receive"} == set(ASKED)


def test_no_schema_of_the_document_calls_bytes_base64(document: dict[str, Any]) -> None:
    """SPEC P3."""
    assert "base64" not in yaml.safe_dump(document["components"]["schemas"])


class NoNode:
    on_gone: object = None


def test_the_door_answers_exactly_the_events_of_the_protocol() -> None:
    """SPEC A4."""
    sio = socket_server()
    Door(sio, NoNode(), Rooms(sio))  # type: ignore[arg-type]
    assert set(sio.handlers["/"]) - {"connect", "disconnect", "*"} == set(ASKED)
