"""Everybody takes every role: who speaks, who listens and who is witness, turn by turn, for two, three or more."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from server.core.messages import PersonId

Kind = Literal["interview", "round"]
"""In an interview somebody asks and, from three on, somebody witnesses; in a round each speaks to all."""


class Turn(msgspec.Struct, frozen=True, omit_defaults=True):
    speaker: PersonId
    listener: PersonId | None = None
    witness: PersonId | None = None


def roles(members: Sequence[PersonId], kind: Kind = "interview") -> tuple[Turn, ...]:
    """As many turns as members, in their order. Of four or more the others listen without a role of their own."""
    n = len(members)
    if kind == "round" or n < 2:
        return tuple(Turn(person) for person in members)
    return tuple(
        Turn(person, members[(i + 1) % n], members[(i + 2) % n] if n > 2 else None) for i, person in enumerate(members)
    )
