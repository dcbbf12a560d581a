"""Who tells, who asks and who listens, by the turn at which a table stands, however many sit there."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from server.activities.interview.state import InterviewConfig
from server.core.activity import Progress, Scene
from server.core.groups import Group
from server.core.messages import PersonId
from server.core.path import Turn

Role = Literal["storyteller", "interviewer", "witness"]


class Roles(msgspec.Struct, frozen=True):
    """One tells, one asks, everybody else at the table listens; `interviewer` is None when nobody else is left."""

    storyteller: PersonId
    interviewer: PersonId | None = None
    witnesses: tuple[PersonId, ...] = ()

    def of(self, person: PersonId) -> Role | None:
        if person == self.storyteller:
            return "storyteller"
        if person == self.interviewer:
            return "interviewer"
        return "witness" if person in self.witnesses else None


def has_left(scene: Scene, person: PersonId) -> bool:
    member = scene.people.get(person)
    return member is None or member.state == "left"


def partners(scene: Scene, pair: Group | None, person: PersonId) -> tuple[PersonId, ...]:
    """Those who interview this person, the interviewer first: the next members round, without those who left or are
    not waited for."""
    if pair is None or person not in pair.members:
        return ()
    at = pair.members.index(person)
    others = pair.members[at + 1 :] + pair.members[:at]
    return tuple(other for other in others if other not in pair.absent and not has_left(scene, other))


def roles_for(scene: Scene, pair: Group, storyteller: PersonId) -> Roles:
    others = partners(scene, pair, storyteller)
    return Roles(storyteller, others[0] if others else None, others[1:])


def roles_now(config: InterviewConfig, scene: Scene, pair: Group) -> Roles | None:
    """The roles of the turn that runs, or None between and after the interviews."""
    if scene.step(pair.id).groups != config.pairs:
        return None
    turn = scene.turn(pair)
    if turn is None or turn.kind not in (config.tell, config.read_back):
        return None
    return roles_for(scene, pair, scene.speaker(pair, turn))


def turns_of(config: InterviewConfig, scene: Scene, pair: Group) -> Iterator[tuple[tuple[int, int], Turn]]:
    """Every turn of the interviews with its place: step and turn."""
    size = len(pair.taking_part)
    for step_at, step in enumerate(scene.steps):
        if step.groups == config.pairs:
            for turn_at, turn in enumerate(step.turns.of_size(size)):
                yield (step_at, turn_at), turn


def reached(scene: Scene, pair: Group) -> tuple[int, int]:
    """How far this pair came, by itself or because the room went on."""
    return max(_place(scene.standing(pair.id)), _place(scene.standing()))


def _place(progress: Progress) -> tuple[int, int]:
    return (progress.step, progress.turn)


def heard_out(config: InterviewConfig, scene: Scene, person: PersonId) -> bool:
    """From here on the storyteller may read the notes, correct the card and approve it.

    That is from the read-back on; in a path without one, from the end of the telling. Whoever has no partner left
    waits for nobody, and neither does who makes up for the interview when it is over.
    """
    pair = scene.group_of(person, config.pairs)
    if pair is None or scene.status == "catching_up" or not partners(scene, pair, person):
        return True
    own = [(place, turn) for place, turn in turns_of(config, scene, pair) if scene.speaker(pair, turn) == person]
    read_backs = [place for place, turn in own if turn.kind == config.read_back]
    told = [(step, turn_at + 1) for (step, turn_at), turn in own if turn.kind == config.tell]
    return reached(scene, pair) >= min(read_backs or told, default=(0, 0))


def story_of(config: InterviewConfig, scene: Scene, teller: PersonId) -> PersonId | None:
    """Whose story this person tells in the foursome: that of the one whom they interviewed."""
    pair = scene.group_of(teller, config.pairs)
    if pair is None:
        return None
    return next((other for other in pair.members if partners(scene, pair, other)[:1] == (teller,)), None)
