"""The golden vectors of the protocol, as any client reads them."""

import json
from pathlib import Path
from typing import Any

PROTOCOL = Path(__file__).parents[2] / "protocol"


def vectors_of(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((PROTOCOL / "vectors" / name).read_text("utf-8"))
    assert found
    return found


def read(value: Any) -> Any:
    """A value as it is written in JSON, with its bytes."""
    if isinstance(value, list):
        return [read(one) for one in value]
    if isinstance(value, dict):
        if value.keys() == {"$bytes"}:
            return bytes.fromhex(value["$bytes"])
        return {key: read(one) for key, one in value.items()}
    return value
