"""What a schema cannot say of a path: the minutes add up, and whatever is named somewhere is there."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches

import msgspec

from server.core.activity import AnyActivity
from server.core.path import Grouping, Pack, Phase, Schedule, Step, Stop, Turn, Variant
from server.paths import schema
from server.paths.problems import Place, Words, one_of, written
from server.paths.schema import Flaw
from server.paths.translation import said_in, texts

RESERVED = ("room", "alone")
"""Where a step happens when it names no grouping of its phase."""

MAX_HINTS = 5
"""Looking for a similar name among a thousand takes milliseconds; a file of unknown names would take hours."""


def flaws(pack: Pack, unread: Collection[Place], activities: Mapping[str, AnyActivity] | None = None) -> Iterator[Flaw]:
    """Everything in the pack that makes no sense, beside the parts that could not be read and were left out."""
    for name, phase in pack.phases.items():
        for flaw in _phase(pack, phase, ("phases", name), activities):
            # A name that points to an unread phase is no second mistake.
            if not (flaw[0][-1] == "phase" and ("phases", flaw[1]) in unread):
                yield flaw
    for name, schedule in pack.schedules.items():
        yield from _schedule(pack, schedule, ("schedules", name), unread)
    for name, choices in pack.vocabularies.items():
        yield from _twice([choice.id for choice in choices], ("vocabularies", name), "id")
    yield from _translations(pack, tuple(f"{written(place)}." for place in unread))


def _phase(pack: Pack, phase: Phase, place: Place, activities: Mapping[str, AnyActivity] | None) -> Iterator[Flaw]:
    for name, grouping in phase.groups.items():
        yield from _grouping(pack, phase, name, grouping, (*place, "groups", name))
    if not phase.variants:
        yield (*place, "variants"), phase.variants, "at least one variant"
    for name, variant in phase.variants.items():
        yield from _variant(phase, variant, (*place, "variants", name))
    if activities is None:
        return
    if phase.activity not in activities:
        yield (*place, "activity"), phase.activity, one_of(sorted(activities))
        return
    for inner, found, allowed in schema.flaws(phase.config, activities[phase.activity].config):
        yield (*place, "config", *inner), found, allowed


def _grouping(pack: Pack, phase: Phase, name: str, grouping: Grouping, place: Place) -> Iterator[Flaw]:
    if name in RESERVED:
        yield place, Words(f"the name {name}"), f"any name but {' and '.join(RESERVED)}"
    merges_own = grouping.form == "merged" and not grouping.phase
    if merges_own and (grouping.of == name or grouping.of not in phase.groups):
        yield (*place, "of"), grouping.of or None, one_of(other for other in phase.groups if other != name)
    if grouping.form == "same" or (grouping.form == "merged" and grouping.phase):
        yield from _repeated(pack, phase, name, grouping, place)
    elif grouping.phase and grouping.phase not in pack.phases:
        yield (*place, "phase"), grouping.phase, one_of(pack.phases)


def _repeated(pack: Pack, phase: Phase, name: str, grouping: Grouping, place: Place) -> Iterator[Flaw]:
    """`same` takes over a grouping of an earlier phase, its first unless `of` names one; it must have come before."""
    earlier = pack.phases.get(grouping.phase)
    if earlier is None or earlier is phase or not earlier.groups:
        others = [key for key, one in pack.phases.items() if one is not phase and one.groups]
        yield (*place, "phase"), grouping.phase or None, one_of(others)
        return
    if grouping.of and grouping.of not in earlier.groups:
        yield (*place, "of"), grouping.of, one_of(earlier.groups)
    for title, schedule in pack.schedules.items():
        keys = [stop.key for _, stop in schedule.stops()]
        using = [number for number, (_, stop) in enumerate(schedule.stops()) if _uses(pack, stop, phase, name)]
        if using and grouping.phase not in keys[: using[0]]:
            yield (*place, "phase"), grouping.phase, f"a phase that comes before it in schedules.{title}"


def _uses(pack: Pack, stop: Stop, phase: Phase, grouping: str) -> bool:
    variant = phase.variants.get(stop.variant)
    steps = variant.steps if variant and pack.phases.get(stop.phase) is phase else ()
    return any(step.groups == grouping for step in steps)


def _variant(phase: Phase, variant: Variant, place: Place) -> Iterator[Flaw]:
    steps = variant.steps
    if not steps:
        yield (*place, "steps"), steps, "at least one step"
        return
    total = sum(step.minutes for step in steps)
    if total != variant.minutes:
        yield (*place, "minutes"), variant.minutes, f"{total}, the sum of its steps"
    yield from _twice([step.id for step in steps], (*place, "steps"), "id")
    for number, step in enumerate(steps):
        yield from _step(phase, step, (*place, "steps", number))


def _step(phase: Phase, step: Step, place: Place) -> Iterator[Flaw]:
    if step.cut and step.never_cut:
        yield (*place, "cut"), step.cut, "0 in a step that is never cut"
    if step.groups not in (*RESERVED, *phase.groups):
        yield (*place, "groups"), step.groups, one_of((*RESERVED, *phase.groups))
    by_size: tuple[tuple[str, int, Sequence[Turn]], ...] = (("two", 2, step.turns.two), ("three", 3, step.turns.three))
    if step.groups in RESERVED and (step.turns.two or step.turns.three or step.turns.each):
        yield (*place, "turns"), Words(f"turns for {step.groups}"), "turns in a step whose groups are people at a table"
    for name, size, turns in by_size:
        for number, turn in enumerate(turns):
            if turn.speaker >= size:
                at = (*place, "turns", name, number, "speaker")
                yield at, turn.speaker, f"a whole number from 0 to {size - 1}"
        minutes = sum(turn.minutes for turn in turns)
        if minutes > step.minutes:
            yield (*place, "turns", name), Words(f"{minutes:g} minutes"), f"at most {step.minutes}, those of the step"


def _schedule(pack: Pack, schedule: Schedule, place: Place, unread: Collection[Place]) -> Iterator[Flaw]:
    stops = [(number, index, stop) for number, index, stop in _numbered(schedule)]
    if not stops:
        yield (*place, "meetings"), Words("no stops"), "at least one meeting with one stop"
    seen: set[str] = set()
    for number, index, stop in stops:
        at = (*place, "meetings", number, "stops", index)
        if stop.key in seen:
            yield (*at, "id"), stop.key, "an id of its own for a phase that comes twice"
        seen.add(stop.key)
        if stop.phase in pack.phases:
            yield from _stop(pack.phases[stop.phase], stop, at)
        elif ("phases", stop.phase) not in unread:
            yield (*at, "phase"), stop.phase, one_of(pack.phases)


def _numbered(schedule: Schedule) -> Iterator[tuple[int, int, Stop]]:
    for number, meeting in enumerate(schedule.meetings):
        for index, stop in enumerate(meeting.stops):
            yield number, index, stop


def _stop(phase: Phase, stop: Stop, place: Place) -> Iterator[Flaw]:
    variant = phase.variants.get(stop.variant)
    if variant is None:
        yield (*place, "variant"), stop.variant, one_of(phase.variants)
    elif stop.minutes != variant.minutes:
        yield (*place, "minutes"), stop.minutes, f"{variant.minutes}, those of the variant {stop.variant}"


def _twice(ids: Sequence[str], place: Place, field: str) -> Iterator[Flaw]:
    for number, name in enumerate(ids):
        if name in ids[:number]:
            yield (*place, number, field), name, "a name that does not stand in this list yet"


def _translations(pack: Pack, unread: tuple[str, ...]) -> Iterator[Flaw]:
    """Every translated place is there, and every translation is as short as its place asks for."""
    plain = msgspec.to_builtins(pack)
    all_texts = list(texts(plain))
    names = {name for text in all_texts for name in (text.name, text.general) if name}
    for language, words in pack.translations.items():
        place: Place = ("translations", language)
        if language == pack.language or not (len(language) == 2 and language.isascii() and language.islower()):
            yield place, Words(f"the language {language}"), f"another language than {pack.language}, of two letters"
        unknown = [name for name in words if name not in names and not name.startswith(unread)]
        for number, name in enumerate(unknown):
            nearest = get_close_matches(name, names, n=1) if number < MAX_HINTS else []
            hint = f", such as {nearest[0]}" if nearest else ""
            yield (*place, name), Words("a place without text"), f"the place of a text{hint}"
        used = {text.place: said[0] for text in all_texts if (said := text.said_in(words))}
        seen: set[str] = set()
        for inner, found, allowed in schema.flaws(said_in(plain, words), Pack):
            if inner in used and used[inner] not in seen:
                seen.add(used[inner])
                yield (*place, used[inner]), found, allowed
