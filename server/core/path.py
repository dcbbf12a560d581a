"""A learning path as data: what a content pack may say, in its own words and numbers.

A pack is one YAML file. Every text stands in the pack's own language; `translations` gives other languages by the place
of the text (`phases.interview.steps.frame.prompt`), and what is not translated is shown in the pack's language.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Slug = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Minutes = Annotated[int, Meta(ge=0, le=600)]
CutAt = Annotated[int, Meta(ge=0, le=9)]
Label = Annotated[str, Meta(min_length=1, max_length=54)]
Title = Annotated[str, Meta(min_length=1, max_length=108)]
Prompt = Annotated[str, Meta(min_length=1, max_length=900)]

FormName = Literal[
    "alone", "pairs", "trios", "fours", "fives", "count", "plenary", "partnerships", "merged", "answers", "same"
]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a pack. A field that nobody knows is an error: it is most often a misspelt one."""


class Choice(_Part, frozen=True):
    """One entry of a vocabulary: topics, strengths, boundaries, kinds of partner."""

    id: Slug
    label: Label
    hint: str = ""


class Grouping(_Part, frozen=True):
    """How the people of a phase are put together, by the path or by the moderator's choice on the day.

    `of` names the grouping to merge, `phase` the one to repeat; together, a grouping of an earlier phase. `count` is
    how many groups there are, `size` how large groups by answers and merged ones are. The rest switches rules off.
    """

    form: FormName
    of: Slug = ""
    phase: Slug = ""
    count: Annotated[int, Meta(ge=1, le=200)] = 2
    size: Annotated[int, Meta(ge=2, le=12)] = 4
    mix_schools: bool = True
    meet_new: bool = True
    common_language: bool = True
    remote_together: bool = True


class Turn(_Part, frozen=True):
    """One turn inside a step: somebody tells, reads back, asks, listens. `speaker` counts members from 0."""

    kind: Slug
    minutes: Annotated[float, Meta(gt=0, le=60)]
    speaker: Annotated[int, Meta(ge=0, le=9)] = 0
    prompt: str = ""


class Turns(_Part, frozen=True):
    """The turns of a step by the size of the group; `each` is one turn for every member, whatever the size."""

    two: tuple[Turn, ...] = ()
    three: tuple[Turn, ...] = ()
    each: Turn | None = None

    def of_size(self, size: int) -> tuple[Turn, ...]:
        """The turns of so many who take part.

        A table that is larger than what is written takes the written turns in a row, one speaker after the other, in
        as many minutes together: nobody stands without a turn because two tables were put together.
        """
        written = {2: self.two, 3: self.three}.get(size, ())
        if written:
            return written
        if self.each is not None:
            return tuple(msgspec.structs.replace(self.each, speaker=speaker) for speaker in range(size))
        return () if size < 2 else _in_a_row(self.three or self.two, size)


SHORTEST_TURN = 0.5
"""Minutes: below half a minute a turn is over before anybody has spoken."""


def _in_a_row(written: tuple[Turn, ...], size: int) -> tuple[Turn, ...]:
    """What the first speaker's turns are, for each of `size` speakers, to the quarter of a minute."""
    speakers = 1 + max((turn.speaker for turn in written), default=0)
    first = [turn for turn in written if turn.speaker == 0]
    return tuple(
        msgspec.structs.replace(turn, speaker=speaker, minutes=_shared_out(turn.minutes * speakers / size))
        for speaker in range(size)
        for turn in first
    )


def _shared_out(minutes: float) -> float:
    return max(SHORTEST_TURN, int(minutes * 4 + 0.5) / 4)


class Step(_Part, frozen=True):
    """One thing to do inside a phase. `groups` names a grouping of the phase, or `room`, or `alone`."""

    id: Slug
    title: Title
    minutes: Minutes
    prompt: Prompt = " "
    groups: Slug = "room"
    turns: Turns = Turns()
    probes: tuple[str, ...] = ()
    quiet: bool = False
    """The phones go face down: a talking step with one large prompt."""
    silent: Annotated[float, Meta(ge=0, le=60)] = 0
    """So many minutes at its beginning nobody talks, where the activity has such a time; 0: as many as it says."""
    cut: CutAt = 0
    """When time is short: 1 is left out first, 0 not by itself."""
    never_cut: bool = False
    """Without it the phase harms more than it helps: never left out, never shortened."""


class Card(_Part, frozen=True):
    """The moderator's card of a phase (domain: script card)."""

    say: Annotated[tuple[Prompt, ...], Meta(max_length=3)] = ()
    do: tuple[Prompt, ...] = ()
    watch: tuple[Prompt, ...] = ()
    if_late: str = ""
    minutes_won: Minutes = 0
    if_odd: str = ""
    paper: str = ""


class Variant(_Part, frozen=True):
    """One length of a phase: `standard`, `short` or `long`."""

    minutes: Minutes
    steps: tuple[Step, ...]
    cut: CutAt = 0
    """When time is short, this length takes the place of a longer one as the first, second … thing."""

    def steps_without(self, left_out: Collection[str]) -> tuple[Step, ...]:
        """The steps that a room goes through when some are left out."""
        return tuple(step for step in self.steps if step.id not in left_out) if left_out else self.steps


class Phase(_Part, frozen=True):
    """One phase of the path: an activity with its words, steps, groups and settings."""

    activity: Slug
    title: Title
    short: Label
    aim: Prompt
    card: Card
    variants: Mapping[Slug, Variant]
    groups: Mapping[Slug, Grouping] = {}
    config: Mapping[str, object] = {}
    catch_up: Prompt = " "
    minimum: str = ""


class Stop(_Part, frozen=True):
    """One entry of a schedule. `phase` may occur twice; then each needs an `id` of its own."""

    phase: Slug
    minutes: Minutes
    variant: Slug = "standard"
    id: Slug = ""
    counted: bool = True
    """False for lunch, and for what happens between two meetings."""
    between: bool = False
    """Open to everybody on their own time between two meetings, or before the first."""
    ahead: bool = False
    """Shown before it begins: whoever cannot be there leaves beforehand what it asks of each alone."""

    @property
    def key(self) -> str:
        return self.id or self.phase


class Meeting(_Part, frozen=True):
    title: Title
    starts: Annotated[str, Meta(pattern=r"^\d\d:\d\d$")]
    stops: tuple[Stop, ...]


class Schedule(_Part, frozen=True):
    """The path in one of its lengths; `cut_first` and `never_cut` are words for the moderator who runs late."""

    title: Title
    summary: Prompt
    meetings: tuple[Meeting, ...]
    cut_first: tuple[Prompt, ...] = ()
    never_cut: tuple[Prompt, ...] = ()

    def stops(self) -> Iterator[tuple[int, Stop]]:
        for number, meeting in enumerate(self.meetings):
            for stop in meeting.stops:
                yield number, stop


class Pack(_Part, frozen=True):
    """A whole learning path: what the bundled file holds, and what a moderator may load from a file of their own."""

    pack: Literal[1]
    id: Slug
    title: Title
    language: Annotated[str, Meta(pattern=r"^[a-z]{2}$")]
    about: Prompt
    phases: Mapping[Slug, Phase]
    schedules: Mapping[Slug, Schedule]
    vocabularies: Mapping[Slug, tuple[Choice, ...]] = {}
    agreement: tuple[Prompt, ...] = ()
    """The confidentiality agreement that everybody accepts on joining, in plain words."""
    library: Mapping[Slug, object] = {}
    """What methods need beside their prompts: segments, question sheets, templates, vignettes to practise on."""
    translations: Mapping[str, Mapping[str, str]] = {}
