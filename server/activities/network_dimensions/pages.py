"""One's own notes beside the lines, and the page on which the partners give reasons and write their rules."""

from collections.abc import Mapping

from server.activities.network_dimensions.state import Dimensions
from server.core.activity import Grant, Right, Scene
from server.core.messages import Actor, GroupId, PageId, PersonId, PhaseId


def notes_page(phase: PhaseId, person: PersonId) -> PageId:
    """One field for each indicator, by its id (160 characters). Nobody else ever reads it."""
    return PageId(f"{phase}/notes/{person}")


def rules_page(phase: PhaseId, group: GroupId) -> PageId:
    """Fields `goal` (160 characters), `rules` (one of 160 a line) and, for each indicator, `why_ID` (160)."""
    return PageId(f"{phase}/rules/{group}")


def why_field(indicator: str) -> str:
    return f"why_{indicator}"


def documents(state: Dimensions, actor: Actor, scene: Scene) -> Mapping[PageId, Grant]:
    me = actor.person
    if scene.status == "planned":
        return {}
    if actor.is_staff:
        together = (rules_page(scene.phase, one.id) for one in scene.groups.get(state.config.partners, ()))
        return dict.fromkeys((*(notes_page(scene.phase, one) for one in scene.people), *together), "count")
    if me is None:
        return {}
    right: Right = "write" if scene.is_open else "read"
    rights = {notes_page(scene.phase, me): right}
    ours = scene.group_of(me, state.config.partners)
    if ours is not None:
        rights[rules_page(scene.phase, ours.id)] = right
    return rights
