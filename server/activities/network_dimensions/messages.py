"""What may be wished and what can happen between the first tap and the last rule."""

from typing import Annotated, Literal

from msgspec import Meta

from server.core.messages import Command, Freezing, FrozenId, GroupId, OfGroup, OfPerson, PersonId

Bipolar = Annotated[int, Meta(ge=-2, le=2)]
"""A place on a line between two poles, of which neither is the better one."""
Goal = Literal["exchange", "new"]
"""What the partnership is for: to exchange practice, or to develop something new."""


class SetAnswer(Command, frozen=True):
    """Where I would like it, and whether it matters to me. Mine alone until the profiles are revealed."""

    indicator: str
    wanted: Bipolar
    star: bool = False


class FinishAnswers(Command, frozen=True):
    """My partners may see my profile once theirs are finished too."""


class RevealAnyway(Command, frozen=True):
    """A member who has finished, or a moderator: we go on without whoever has not finished.

    Only finished profiles show; the others stay private until they are finished.
    """

    group: GroupId


class NameGoal(Command, frozen=True):
    """What kind of goal it is, whether the topic is delicate, and whether all are busy: for the hints."""

    group: GroupId
    goal: Goal
    delicate: bool = False
    busy: bool = False


class SetJoint(Command, frozen=True):
    """Where we want it together; None takes it back. The reason stands on the group's page."""

    group: GroupId
    indicator: str
    value: Bipolar | None = None


class ConfirmRules(Freezing, frozen=True):
    """These rules, reasons and joint positions, as they stand. What is changed afterwards is confirmed again."""


class SetActual(Command, frozen=True):
    """How it has become, weeks later. My partners see it once all of us have answered everything."""

    indicator: str
    value: Bipolar


class AnswerSet(OfPerson, frozen=True):
    indicator: str
    wanted: int
    star: bool = False


class AnswersFinished(OfPerson, frozen=True):
    pass


class ProfilesRevealed(OfGroup, frozen=True):
    """From now on these members' answers, as they are now, are their group's."""

    members: tuple[PersonId, ...]


class GoalNamed(OfGroup, frozen=True):
    goal: Goal
    delicate: bool = False
    busy: bool = False


class JointSet(OfGroup, frozen=True):
    indicator: str
    value: int | None = None


class RulesConfirmed(OfGroup, frozen=True):
    """`rules` are the places of the written lines, `reasons` the indicators that have one."""

    person: PersonId
    frozen: FrozenId
    sha256: str
    rules: tuple[int, ...]
    reasons: tuple[str, ...] = ()


class ActualSet(OfPerson, frozen=True):
    indicator: str
    value: int


COMMANDS = (SetAnswer, FinishAnswers, RevealAnyway, NameGoal, SetJoint, ConfirmRules, SetActual)
EVENTS = (AnswerSet, AnswersFinished, ProfilesRevealed, GoalNamed, JointSet, RulesConfirmed, ActualSet)
