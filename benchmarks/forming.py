"""How long it takes to put a whole room into groups with every rule at once, and to show it to the trainer before."""

import random
import statistics
from collections.abc import Iterable
from typing import Final

import msgspec

from benchmarks.room import MODERATOR, NOW_MS, SCHOOLS, Room, cpu_ms
from server.core.messages import WORKSHOP, Context, PhaseId, SchoolId
from server.core.path import FormName, Grouping
from server.core.workshop.commands import FormGroups
from server.core.workshop.people_commands import ChangeProfile, KeepApart, KeepTogether
from server.core.workshop.preview import PreviewGroups

FORMS: Final[tuple[FormName, ...]] = ("pairs", "trios", "fours", "fives")
LATER: Final = PhaseId("second")
GOAL_MS: Final = 50
REPEATS: Final = 5
APART: Final = 20
TOGETHER: Final = 5
SPEAKS: Final = (("en",), ("sl",), ("de",), ("en", "sl"), ("en", "de"), ("en", "sl", "de"))
REMOTE: Final = 12
"""One in so many takes part from elsewhere."""


def ruled(form: FormName) -> Grouping:
    return Grouping(form, mix_schools=True, meet_new=True, common_language=True, remote_together=True)


def crowd(people: int) -> Room:
    """A room in which every rule has something to say, and in which everybody has already met four others."""
    dice = random.Random(people)
    room = Room(people)
    for number, person in enumerate(room.people):
        school = SchoolId(f"school{number % SCHOOLS}")
        room.wish(MODERATOR, ChangeProfile(person, school, dice.choice(SPEAKS), remote=number % REMOTE == 0))
    for at in range(APART + TOGETHER):
        one, other = dice.sample(room.people, 2)
        room.wish(MODERATOR, KeepApart(one, other) if at < APART else KeepTogether(one, other))
    room.move()
    return room


def formed_ms(room: Room, form: FormName) -> float:
    """Milliseconds of CPU for the decision as the server makes it, each time with other dice."""
    command = FormGroups(LATER, "all", how=ruled(form))
    took = []
    for seed in range(REPEATS):
        context = Context(NOW_MS, seed=seed)
        took.append(cpu_ms(lambda context=context: list(decided(room, command, context))))  # type: ignore[misc]
    return statistics.median(took)


def decided(room: Room, command: FormGroups, context: Context) -> Iterable[object]:
    return room.rulebook.decide(room.state, WORKSHOP, command, MODERATOR, context)


def shown_ms(room: Room) -> float:
    """The same for the trainer who asks first: the groups, what could not be kept, and what each rule costs."""
    question = msgspec.Raw(msgspec.msgpack.encode(PreviewGroups(LATER, "all", seed=1, how=ruled("pairs"))))
    answers = [
        cpu_ms(lambda: room.rulebook.answer(room.state, question, Context(NOW_MS, seed=1))) for _ in range(REPEATS)
    ]
    return statistics.median(answers)


def measure(people: int) -> dict[str, float | None]:
    room = crowd(people)
    each = {f"{form}_ms": formed_ms(room, form) for form in FORMS}
    return {**each, "slowest_ms": max(each.values()), "preview_ms": shown_ms(room)}
