"""Whether the vignettes are what writers and readers recognise and find hard (indicator I1), in numbers alone."""

from collections import Counter
from collections.abc import Iterable
from statistics import median

import msgspec

from server.activities.vignette_writing.release import stage
from server.activities.vignette_writing.state import Answer, Desk, Writing
from server.core.activity import Scene
from server.core.messages import PersonId

SMALLEST_AGGREGATE = 5
"""Below five contributors every figure is hidden (domain §0.5, §16)."""
READERS_TO_JUDGE = 3
HIGH = 3
"""Of 0…4: recognised, or challenging."""


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """A share (0…1) or a median, and how many contributed. No `value` means: too few to say."""

    n: int
    value: float | None = None


class Dot(msgspec.Struct, frozen=True):
    """One vignette on the scatter of the room: the means of its readers, without a name."""

    recognise: float
    challenge: float


class Indicators(msgspec.Struct, frozen=True, omit_defaults=True):
    """I1. `topics` and `boundaries` count vignettes; what is missing there is for the pack to list."""

    coverage: Figure
    own_resonance: Figure
    representative: Figure
    dilemma_quality: Figure
    both_voices: Figure
    unsafe: Figure
    topics: dict[str, int] = {}
    boundaries: dict[str, int] = {}
    scatter: tuple[Dot, ...] = ()


def indicators(state: Writing, scene: Scene) -> Indicators:
    written = {person: desk for person, desk in state.desks.items() if desk.handed_over}
    ready = sum(stage(state, person) in ("ready", "shared") for person in written)
    rated = [desk for desk in written.values() if _rates(desk)]
    answers = {person: current(state, person) for person in written}
    judged = [found for author in written if (found := represents(state, author, scene)) is not None]
    voices = [desk.chosen.whose_issue for desk in written.values() if desk.chosen.whose_issue]
    read = [found for found in answers.values() if found]
    return Indicators(
        coverage=_share(ready, len(scene.joined)),
        own_resonance=_share(sum(_resonates(desk) for desk in rated), len(rated)),
        representative=_share(sum(judged), len(judged)),
        dilemma_quality=_median(quality(written[person], found) for person, found in answers.items() if found),
        both_voices=_share(sum(voice in ("teacher", "both") for voice in voices), len(voices)),
        unsafe=_sum(sum(any(one.could_identify == "yes" for one in found) for found in read), len(read)),
        topics=_breadth(written.values(), "topics"),
        boundaries=_breadth(written.values(), "boundary"),
        scatter=_scatter(read),
    )


def represents(state: Writing, author: PersonId, scene: Scene) -> bool | None:
    """Whether at least half of three or more readers from other schools recognise it and are challenged by it."""
    home = scene.people[author].school if author in scene.people else ""
    found = [
        answer
        for reader, answer in state.answers(author)
        if not home or reader not in scene.people or scene.people[reader].school != home
    ]
    if len(found) < READERS_TO_JUDGE:
        return None
    return 2 * sum(answer.recognise >= HIGH and answer.challenge >= HIGH for answer in found) >= len(found)


def quality(desk: Desk, answers: Iterable[Answer]) -> int:
    """0…7: the ticked checks, and one more if most readers find the pulls clear."""
    clear = [answer.pulls_clear for answer in answers]
    return len(desk.checks) + (2 * sum(clear) > len(clear))


def current(state: Writing, author: PersonId) -> list[Answer]:
    """Answers to the copy that is ready now, or to the latest that was answered when none was given out since.

    A `yes, I could tell who` is settled by a later copy that a reader could not place.
    """
    found = [answer for _, answer in state.answers(author) if answer.version > state.desk(author).taken_back]
    newest = max((answer.version for answer in found), default=0)
    return [answer for answer in found if answer.version == newest]


def _rates(desk: Desk) -> bool:
    return desk.chosen.own_recognise is not None and desk.chosen.own_challenge is not None


def _resonates(desk: Desk) -> bool:
    return (desk.chosen.own_recognise or 0) >= HIGH and (desk.chosen.own_challenge or 0) >= HIGH


def _share(part: int, n: int) -> Figure:
    return Figure(n, round(part / n, 2)) if n >= SMALLEST_AGGREGATE else Figure(n)


def _sum(value: int, n: int) -> Figure:
    return Figure(n, float(value)) if n >= SMALLEST_AGGREGATE else Figure(n)


def _median(values: Iterable[int]) -> Figure:
    found = list(values)
    return Figure(len(found), float(median(found))) if len(found) >= SMALLEST_AGGREGATE else Figure(len(found))


def _breadth(desks: Iterable[Desk], field: str) -> dict[str, int]:
    tagged = [tags for desk in desks if (tags := getattr(desk.chosen, field))]
    if len(tagged) < SMALLEST_AGGREGATE:
        return {}
    return dict(sorted(Counter(tag for tags in tagged for tag in tags).items()))


def _scatter(read: list[list[Answer]]) -> tuple[Dot, ...]:
    """Sorted by value, so that the order says nothing about whose dot it is."""
    if len(read) < SMALLEST_AGGREGATE:
        return ()
    means = sorted(
        (
            round(sum(one.recognise for one in found) / len(found), 1),
            round(sum(one.challenge for one in found) / len(found), 1),
        )
        for found in read
    )
    return tuple(Dot(*mean) for mean in means)
