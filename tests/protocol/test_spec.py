"""Every rule of the protocol is held by a test that names it."""

import re
from pathlib import Path

from protocol.frames import CLOSE_CODES, MAX_FRAME_BYTES, REFUSAL_CODES
from tests.support.vectors import PROTOCOL

ROOT = PROTOCOL.parent
SPEC = (PROTOCOL / "SPEC.md").read_text("utf-8")
RULE = re.compile(r"^- \*\*([A-Z]\d+)\*\* ", re.MULTILINE)
CITED = re.compile(r"\bSPEC ((?:[A-Z]\d+(?:, (?:and )?| and )?)+)")


def rules() -> list[str]:
    found = RULE.findall(SPEC)
    assert found
    return found


def cited() -> set[str]:
    files: list[Path] = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "client_static" / "tests").rglob("*.ts")]
    texts = (path.read_text("utf-8") for path in files)
    return {rule for text in texts for cited in CITED.findall(text) for rule in re.findall(r"[A-Z]\d+", cited)}


def test_every_rule_is_cited_by_a_test() -> None:
    assert sorted(set(rules()) - cited()) == []


def test_no_test_cites_a_rule_that_is_not_there() -> None:
    assert sorted(cited() - set(rules())) == []


def test_rules_are_numbered_once_and_in_order() -> None:
    found = rules()
    letters = list(dict.fromkeys(rule[0] for rule in found))
    assert found == [f"{letter}{n + 1}" for letter in letters for n in range(sum(r[0] == letter for r in found))]


def test_the_tables_list_the_codes_of_the_frames() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (retry|stop) \|", SPEC, re.MULTILINE))
    assert rows == {**REFUSAL_CODES, **CLOSE_CODES}


def test_the_limit_is_the_one_that_holds() -> None:
    assert f"at most {MAX_FRAME_BYTES:,} bytes" in SPEC
