"""What may be wished and what can happen in a talk: only that somebody has spoken."""

from server.core.messages import Command, OfPerson, StepId


class SaySpoken(Command, frozen=True):
    """I have spoken in this step; or, with `spoken` false, I have not after all."""

    spoken: bool = True


class SpokenTicked(OfPerson, frozen=True):
    step: StepId
    spoken: bool = True


COMMANDS = (SaySpoken,)
EVENTS = (SpokenTicked,)
