"""Every phase of the bundled path, in each of its lengths, is played to the end by its activity's own bots."""

import importlib
import pkgutil
import random
from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest

import server.activities
from server.core.path import Phase
from server.paths.loading import bundled
from tests.support.stage import SIZES, Stage

PACK = bundled()
NAMES = {module.name for module in pkgutil.iter_modules(server.activities.__path__) if module.ispkg}
FORMS = {*SIZES, "merged", "plenary"}


def lengths() -> Iterator[tuple[str, str]]:
    for name, phase in PACK.phases.items():
        if phase.activity in NAMES and {grouping.form for grouping in phase.groups.values()} <= FORMS:
            for variant in phase.variants:
                yield name, variant


def on_stage(phase: Phase, variant: str, people: int) -> Stage:
    module = f"server.activities.{phase.activity}"
    activity = importlib.import_module(module).ACTIVITY
    example = importlib.import_module(f"{module}.example").EXAMPLE
    ours = replace(
        example,
        config=msgspec.convert(phase.config, activity.config),
        steps=phase.variants[variant].steps,
        groups=phase.groups,
        vocabularies=PACK.vocabularies,
    )
    return Stage(activity, ours, people)


@pytest.mark.parametrize(("name", "variant"), list(lengths()))
@pytest.mark.parametrize("people", [6, 9])
def test_a_phase_of_the_bundled_path_runs_to_its_end(name: str, variant: str, people: int) -> None:
    made = on_stage(PACK.phases[name], variant, people)
    made.play(random.Random(people))
    assert made.log
