"""The creation key beside the data, so that commands on the same machine may create workshops."""

from pathlib import Path

NAME = "creation-key"


def write_key(data: Path, key: str) -> None:
    """Only the owner of the data folder can read it."""
    data.mkdir(parents=True, exist_ok=True)
    file = data / NAME
    file.touch(mode=0o600)
    file.write_text(key + "\n")


def read_key(data: Path) -> str:
    """Empty when no server has run in this folder."""
    file = data / NAME
    return file.read_text().strip() if file.is_file() else ""
