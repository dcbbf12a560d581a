"""Everybody's own answers, what of them is revealed, and what each group has settled."""

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from server.activities.network_dimensions import messages as m
from server.core.messages import Event, FrozenId, GroupId, PersonId
from server.core.path import Label, Prompt, Slug, Title


class Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line of the profile, with the words of its two poles (Vrieling, Van den Beemt and De Laat, 2016)."""

    id: Slug
    label: Label
    low: Title
    high: Title
    dimension: Slug = "practice"


class FitHint(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A question for a profile that may not fit its goal; `id` is one of the codes in `hints`."""

    id: Slug
    text: Prompt


class DimensionsConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The lines, the numbers of the method, and the name by which the path calls the grouping of the partners."""

    indicators: tuple[Indicator, ...] = ()
    stars: int = 3
    rules_min: int = 3
    rules_max: int = 5
    fit_hints: tuple[FitHint, ...] = ()
    partners: Slug = "partners"
    talk_points: int = 3

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(indicator.id for indicator in self.indicators)


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    wanted: int
    star: bool = False


Profile = Mapping[str, Answer]
"""The answers of one person, by indicator."""


class Agreed(msgspec.Struct, frozen=True):
    """A frozen copy of the group's page, and who has confirmed exactly these words."""

    text: FrozenId
    sha256: str
    rules: tuple[int, ...]
    reasons: tuple[str, ...] = ()
    by: tuple[PersonId, ...] = ()


class Common(msgspec.Struct, frozen=True):
    """What a group has in common. `revealed` are the members whose profile it may see."""

    revealed: tuple[PersonId, ...] = ()
    goal: m.Goal | None = None
    delicate: bool = False
    busy: bool = False
    joint: Mapping[str, int] = {}
    agreed: Agreed | None = None


NOTHING = Common()


class Dimensions(msgspec.Struct, frozen=True):
    """`revealed` holds profiles as they were when they were revealed, in the order in which that happened.

    Whoever changes partners may think again: the new answers are private until they are revealed in their turn.
    """

    config: DimensionsConfig
    answers: Mapping[PersonId, Profile] = {}
    finished: frozenset[PersonId] = frozenset()
    revealed: Mapping[PersonId, Profile] = {}
    groups: Mapping[GroupId, Common] = {}
    actual: Mapping[PersonId, Mapping[str, int]] = {}

    def common(self, group: GroupId) -> Common:
        return self.groups.get(group, NOTHING)

    def has_answered_all(self, person: PersonId) -> bool:
        return self.answers.get(person, {}).keys() >= set(self.config.ids)


def evolve(state: Dimensions, event: Event) -> Dimensions:
    match event:
        case m.AnswerSet(person=person):
            profile = {**state.answers.get(person, {}), event.indicator: Answer(event.wanted, event.star)}
            return replace(state, answers={**state.answers, person: profile})
        case m.AnswersFinished(person=person):
            return replace(state, finished=state.finished | {person})
        case m.ProfilesRevealed():
            return _revealed(state, event)
        case m.GoalNamed(group=group, goal=goal, delicate=delicate, busy=busy):
            return _with(state, group, replace(state.common(group), goal=goal, delicate=delicate, busy=busy))
        case m.JointSet():
            return _joint(state, event)
        case m.RulesConfirmed():
            return _confirmed(state, event)
        case m.ActualSet(person=person):
            actual = {**state.actual.get(person, {}), event.indicator: event.value}
            return replace(state, actual={**state.actual, person: actual})
        case _:
            return state


def _with(state: Dimensions, group: GroupId, common: Common) -> Dimensions:
    return replace(state, groups={**state.groups, group: common})


def _revealed(state: Dimensions, event: m.ProfilesRevealed) -> Dimensions:
    profiles = {member: state.answers.get(member, {}) for member in event.members}
    common = state.common(event.group)
    seen = tuple(dict.fromkeys((*common.revealed, *event.members)))
    return _with(replace(state, revealed={**state.revealed, **profiles}), event.group, replace(common, revealed=seen))


def _joint(state: Dimensions, event: m.JointSet) -> Dimensions:
    """Whoever has confirmed has confirmed something else now."""
    common = state.common(event.group)
    joint = dict(common.joint)
    if event.value is None:
        joint.pop(event.indicator, None)
    else:
        joint[event.indicator] = event.value
    return _with(state, event.group, replace(common, joint=joint, agreed=None))


def _confirmed(state: Dimensions, event: m.RulesConfirmed) -> Dimensions:
    common = state.common(event.group)
    before = common.agreed
    if before is not None and before.sha256 == event.sha256:
        agreed = replace(before, by=tuple(dict.fromkeys((*before.by, event.person))))
    else:
        agreed = Agreed(event.frozen, event.sha256, event.rules, event.reasons, (event.person,))
    return _with(state, event.group, replace(common, agreed=agreed))
