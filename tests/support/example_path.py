"""The example of docs/path-format.md: a small whole path to change in tests."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs" / "path-format.md"


def example() -> str:
    found = re.search(r"<!-- example -->\n```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


EXAMPLE = example()
