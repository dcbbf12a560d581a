"""What each audience sees of a talk: the prompts, who speaks, who is next."""

import msgspec

from server.activities.talk.rules import Talk, board_page, earlier_boards, note_page, step_now
from server.core.activity import Scene
from server.core.groups import Group
from server.core.messages import GroupId, PageId, PersonId
from server.core.view import Audience, View, shown


class TalkForRoom(msgspec.Struct, frozen=True, omit_defaults=True):
    """The room and the projector. `spoken` counts those who have spoken in the step where the room stands."""

    kind: str
    prompts: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    spoken: int = 0
    here: int = 0


class TalkForGroup(msgspec.Struct, frozen=True, omit_defaults=True):
    """`speaker` and `next` are None in a step without turns, and after the last turn. `board` is the group's page,
    `earlier` those of the tables that were put together into this one."""

    members: tuple[PersonId, ...]
    speaker: PersonId | None = None
    next: PersonId | None = None
    spoken: tuple[PersonId, ...] = ()
    board: PageId | None = None
    earlier: tuple[PageId, ...] = ()


class TalkForPerson(msgspec.Struct, frozen=True, omit_defaults=True):
    spoken: bool = False
    note: PageId | None = None


class TalkForModerators(msgspec.Struct, frozen=True, omit_defaults=True):
    """Counts of those who have spoken, by group; "" stands for the whole room."""

    kind: str
    spoken: dict[str, int]


VIEWS = (TalkForRoom, TalkForGroup, TalkForPerson, TalkForModerators)


def view(state: Talk, audience: Audience, scene: Scene) -> View | None:
    match audience.kind:
        case "person":
            return _for_person(state, PersonId(audience.id), scene)
        case "group":
            group = scene.group(GroupId(audience.id))
            return None if group is None else _for_group(state, group, scene)
        case "room" | "screen":
            config = state.config
            spoken, here = _spoken_in_room(state, scene)
            return shown(TalkForRoom(config.kind, config.prompts, config.questions, spoken, here))
        case "moderators":
            counts = {str(group.id): len(_spoken(state, group, scene)) for group in _talking(scene)}
            return shown(TalkForModerators(state.config.kind, {"": _spoken_in_room(state, scene)[0], **counts}))


def _for_person(state: Talk, person: PersonId, scene: Scene) -> View:
    note = note_page(scene.phase, person) if state.config.note else None
    return shown(TalkForPerson((step_now(scene, person), person) in state.spoken, note))


def _for_group(state: Talk, group: Group, scene: Scene) -> View:
    speaker, following = _speakers(group, scene)
    board = board_page(scene.phase, group.id) if state.config.group_note else None
    earlier = earlier_boards(scene, group) if state.config.group_note else ()
    body = TalkForGroup(group.members, speaker, following, _spoken(state, group, scene), board, earlier)
    return shown(body, people=group.members)


def _speakers(group: Group, scene: Scene) -> tuple[PersonId | None, PersonId | None]:
    if group not in scene.groups.get(scene.step(group.id).groups, ()):
        return None, None
    turns = scene.step(group.id).turns.of_size(len(group.taking_part))
    at = scene.standing(group.id).turn
    now, following = (
        scene.speaker(group, turn) if turn else None
        for turn in (turns[at] if at < len(turns) else None, turns[at + 1] if at + 1 < len(turns) else None)
    )
    return now, following


def _talking(scene: Scene) -> tuple[Group, ...]:
    """The groups whose own step is a step for their grouping."""
    return tuple(
        group for name, groups in scene.groups.items() for group in groups if scene.step(group.id).groups == name
    )


def _spoken(state: Talk, group: Group, scene: Scene) -> tuple[PersonId, ...]:
    step = scene.step(group.id).id
    return tuple(person for person in group.members if (step, person) in state.spoken)


def _spoken_in_room(state: Talk, scene: Scene) -> tuple[int, int]:
    step = scene.step().id
    return sum(at == step and person in scene.joined for at, person in state.spoken), len(scene.joined)
