"""The activities of this server, by the name that a path calls them."""

import importlib
import importlib.util
import pkgutil
from collections.abc import Mapping
from functools import cache

import server.activities
from server.core.activity import AnyActivity
from server.core.rehearsal import AnyExample
from server.runtime.forgetting import Forgetters


@cache
def all_activities() -> Mapping[str, AnyActivity]:
    """Every folder of `server.activities`: a new activity is a new folder, and nothing else knows its name."""
    return {name: importlib.import_module(f"server.activities.{name}").ACTIVITY for name in _names()}


@cache
def all_examples() -> Mapping[str, AnyExample]:
    return {name: importlib.import_module(f"server.activities.{name}.example").EXAMPLE for name in _names()}


@cache
def all_forgetters() -> Forgetters:
    """Of the activities that have something to forget: those with a module of that name."""
    found = {}
    for name in _names():
        if importlib.util.find_spec(f"server.activities.{name}.forgetting") is not None:
            found[name] = importlib.import_module(f"server.activities.{name}.forgetting")
    return found


def _names() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(server.activities.__path__) if module.ispkg)
