"""The two pages about a storyteller: key words of the interviewer, and the card that the storyteller approves."""

from collections.abc import Mapping

from server.activities.interview.roles import heard_out, partners
from server.activities.interview.state import Interview
from server.core.activity import Grant, Right, Scene
from server.core.messages import Actor, PageId, PersonId, PhaseId

CARD_FIELDS = ("headline", "strengths", "conditions", "quote", "wish")


def notes_page(phase: PhaseId, storyteller: PersonId) -> PageId:
    """Field `text`, at most 600 characters."""
    return PageId(f"{phase}/notes/{storyteller}")


def card_page(phase: PhaseId, storyteller: PersonId) -> PageId:
    """The fields of `CARD_FIELDS`; strengths and conditions hold one a line."""
    return PageId(f"{phase}/card/{storyteller}")


def documents(state: Interview, actor: Actor, scene: Scene) -> Mapping[PageId, Grant]:
    """What may be opened. Notes that nobody kept are open to nobody once the phase is closed: they are to be erased."""
    me = actor.person
    if scene.status == "planned":
        return {}
    if actor.is_staff:
        return {page(scene.phase, one): "count" for one in scene.people for page in (card_page, notes_page)}
    if me is None:
        return {}
    return {**_about_others(state, me, scene), **_about_me(state, me, scene)}


def interviewed(state: Interview, me: PersonId, scene: Scene) -> tuple[PersonId, ...]:
    """Those about whom this person writes: everybody else in the pair or trio."""
    pair = scene.group_of(me, state.config.pairs)
    return () if pair is None else tuple(other for other in pair.members if other != me)


def _about_others(state: Interview, me: PersonId, scene: Scene) -> dict[PageId, Right]:
    rights: dict[PageId, Right] = {}
    for other in interviewed(state, me, scene):
        rights[card_page(scene.phase, other)] = "write" if scene.is_open else "read"
        if scene.is_open:
            rights[notes_page(scene.phase, other)] = "write"
    return rights


def _about_me(state: Interview, me: PersonId, scene: Scene) -> dict[PageId, Right]:
    if not heard_out(state.config, scene, me):
        return {}
    rights: dict[PageId, Right] = {card_page(scene.phase, me): "write" if scene.is_open_alone else "read"}
    if scene.is_open or me in state.kept:
        rights[notes_page(scene.phase, me)] = "read"
    return rights


def alone(state: Interview, me: PersonId, scene: Scene) -> bool:
    return not partners(scene, scene.group_of(me, state.config.pairs), me)
