"""The activities of this server, by the name that a path calls them."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

import msgspec

import server.activities
from server.core.activity import AnyActivity
from server.core.rehearsal import AnyExample


@cache
def all_activities() -> Mapping[str, AnyActivity]:
    """Every folder of `server.activities`: a new activity is a new folder, and nothing else knows its name."""
    found = {name: importlib.import_module(f"server.activities.{name}").ACTIVITY for name in _names()}
    for name in ("partnering",):
        found.setdefault(name, dataclasses.replace(found["talk"], config=Anything, start=_talk))
    return found


class Anything(msgspec.Struct, frozen=True):
    """Until its own activity is there, a phase of it is a talk without settings."""


def _talk(_config: msgspec.Struct) -> msgspec.Struct:
    talk = importlib.import_module("server.activities.talk").ACTIVITY
    return talk.start(talk.config())


@cache
def all_examples() -> Mapping[str, AnyExample]:
    return {name: importlib.import_module(f"server.activities.{name}.example").EXAMPLE for name in _names()}


def _names() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(server.activities.__path__) if module.ispkg)
