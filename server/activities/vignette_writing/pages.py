"""Whose pages may be opened by whom: the vignette, the stake that nobody else ever sees, and readers' comments."""

from collections.abc import Mapping

from server.activities.vignette_writing.state import Writing
from server.core.activity import Grant, Guest, Right, Scene
from server.core.messages import Actor, PageId, PersonId, PhaseId

VIGNETTE_FIELDS = ("title", "situation", "stuck", "pull_a", "pull_b", "question", "roles", "topic")
"""`roles` holds one role a line; `topic` is a word of one's own beside those of the vocabulary."""


def vignette_page(phase: PhaseId, author: PersonId) -> PageId:
    return PageId(f"{phase}/vignette/{author}")


def stake_page(phase: PhaseId, author: PersonId) -> PageId:
    """Field `my_stake`."""
    return PageId(f"{phase}/stake/{author}")


def reading_page(phase: PhaseId, reader: PersonId, slot: int) -> PageId:
    """Fields `comment` and `judging_word`. Names no author: its name would tell the reader whose vignette it is."""
    return PageId(f"{phase}/reading-{slot}/{reader}")


def may_speak(state: Writing, actor: Actor, scene: Scene) -> bool:
    """Whether the actor is this person, or somebody who may type for them.

    A person types for another when appointed; a moderator for somebody without a device, or when appointed. That
    `typed_by` is who it says is for the door to know.
    """
    person, typist = actor.person, actor.typed_by
    if person is None:
        return False
    if not typist or state.desk(person).typist == typist:
        return True
    member = scene.people.get(person)
    return typist not in scene.people and member is not None and member.without_device


def documents(state: Writing, actor: Actor, scene: Scene) -> Mapping[PageId, Grant]:
    """What may be opened. A reader opens no page of the author's: a frozen copy travels with the reader's view."""
    if scene.status == "planned":
        return {}
    if actor.is_staff:
        return {
            vignette_page(scene.phase, person): "read" if state.desk(person).open_to_moderator else "count"
            for person in scene.people
        }
    me = actor.person
    if me is None or not may_speak(state, actor, scene):
        return {}
    desk = state.desk(me)
    own: Right = "write" if scene.is_open_alone else "read"
    rights: dict[PageId, Grant] = {vignette_page(scene.phase, me): own}
    rights |= {reading_page(scene.phase, me, slot): own for slot in desk.readings}
    if actor.typed_by:
        # A typist hears the vignette and nothing else: the stake, and what others entrusted to the person, stay shut.
        return rights
    rights[stake_page(scene.phase, me)] = own
    if scene.is_open:
        rights |= {vignette_page(scene.phase, author): Guest(since) for author, since in desk.guest_since.items()}
    return rights
