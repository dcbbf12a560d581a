"""Whose turn it is, and who has spoken in which step."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from server.activities.talk.messages import SaySpoken, SpokenTicked
from server.core.activity import Grant, Right, Scene
from server.core.groups import Group
from server.core.messages import Actor, Command, Context, Event, GroupId, PageId, PersonId, PhaseId, Refused, StepId


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What would lie on the table as a printed sheet: a text to read, points to go through, or both.

    It is open in the steps that `steps` names, and can be opened in the others.
    """

    title: str
    text: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


class TalkConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`note` gives every person a private page for own notes, `group_note` every group a page that all of it write.

    `questions` are small ones below the prompts. `paper` is shown from the path's own words, in everybody's language.
    """

    kind: Literal["round", "break", "plenary"] = "plenary"
    prompts: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    note: bool = False
    group_note: bool = False
    group_note_title: str = ""
    paper: Paper | None = None


class Talk(msgspec.Struct, frozen=True):
    config: TalkConfig
    spoken: frozenset[tuple[StepId, PersonId]] = frozenset()


def note_page(phase: PhaseId, person: PersonId) -> PageId:
    return PageId(f"{phase}/note/{person}")


def board_page(phase: PhaseId, group: GroupId) -> PageId:
    return PageId(f"{phase}/board/{group}")


def group_now(scene: Scene, person: PersonId) -> Group | None:
    """The group in which this person talks now: the one whose own step is a step for its grouping."""
    for grouping in scene.groups:
        group = scene.group_of(person, grouping)
        if group is not None and scene.step(group.id).groups == grouping:
            return group
    return None


def step_now(scene: Scene, person: PersonId) -> StepId:
    group = group_now(scene, person)
    return StepId(scene.step(group.id if group else "").id)


def decide(state: Talk, command: Command, actor: Actor, scene: Scene, _context: Context) -> Iterable[Event]:
    if not scene.is_open:
        raise Refused("phase_closed")
    if actor.person is None:
        raise Refused("people_only", "only a participant speaks")
    match command:
        case SaySpoken(spoken=spoken):
            step = step_now(scene, actor.person)
            known = (step, actor.person) in state.spoken
            return [SpokenTicked(actor.person, step, spoken)] if spoken != known else []
        case _:
            raise Refused("unknown_command")


def evolve(state: Talk, event: Event) -> Talk:
    match event:
        case SpokenTicked(person=person, step=step, spoken=spoken):
            tick = frozenset({(step, person)})
            return msgspec.structs.replace(state, spoken=state.spoken | tick if spoken else state.spoken - tick)
        case _:
            return state


def documents(state: Talk, actor: Actor, scene: Scene) -> Mapping[PageId, Grant]:
    """A note is for nobody but the person who writes it, a group's for nobody but those who sit in that group.

    What a table wrote before it was put together with another stays readable at the table that they are now.
    """
    person = actor.person
    if scene.status == "planned":
        return {}
    if actor.is_staff:
        return dict.fromkeys(_all_pages(state.config, scene), "count")
    if person is None:
        return {}
    right: Right = "write" if scene.is_open else "read"
    pages: dict[PageId, Right] = {}
    if state.config.note:
        pages[note_page(scene.phase, person)] = "write" if scene.is_open_alone else "read"
    if state.config.group_note:
        mine = [found for grouping in scene.groups if (found := scene.group_of(person, grouping)) is not None]
        pages.update({earlier: "read" for group in mine for earlier in earlier_boards(scene, group)})
        pages.update({board_page(scene.phase, group.id): right for group in mine})
    return pages


def _all_pages(config: TalkConfig, scene: Scene) -> Iterator[PageId]:
    if config.note:
        yield from (note_page(scene.phase, person) for person in scene.people)
    if config.group_note:
        yield from (board_page(scene.phase, group.id) for groups in scene.groups.values() for group in groups)


def earlier_boards(scene: Scene, group: Group) -> tuple[PageId, ...]:
    """The pages of the tables that ended in this one; the pairs of a four have not ended and keep theirs."""
    alive = {one.id for groups in scene.groups.values() for one in groups}
    return tuple(board_page(scene.phase, part) for part in group.parts if part not in alive)
