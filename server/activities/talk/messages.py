"""What may be wished and what can happen in a talk: only that somebody has spoken."""

from typing import ClassVar, Literal

from server.core.messages import Command, Event, PersonId, StepId


class SaySpoken(Command, frozen=True):
    """I have spoken in this step; or, with `spoken` false, I have not after all."""

    spoken: bool = True


class SpokenTicked(Event, frozen=True):
    concerns: ClassVar[Literal["everybody", "person", "group"]] = "person"

    person: PersonId
    step: StepId
    spoken: bool = True


COMMANDS = (SaySpoken,)
EVENTS = (SpokenTicked,)
