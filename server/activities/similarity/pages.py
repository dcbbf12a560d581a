"""The board that a group writes together, and the page of what one person could give and would want."""

from collections.abc import Mapping

from server.activities.similarity.state import Similarity, SimilarityConfig
from server.core.activity import Grant, Right, Scene
from server.core.messages import Actor, GroupId, PageId, PersonId, PhaseId


def board_page(phase: PhaseId, group: GroupId) -> PageId:
    """Fields `cluster1` … `cluster5` (80 characters each) and `differences` (one of 160 a line)."""
    return PageId(f"{phase}/board/{group}")


def offers_page(phase: PhaseId, person: PersonId) -> PageId:
    """Fields `offers` and `needs`, each one of 160 characters a line."""
    return PageId(f"{phase}/offers/{person}")


def cluster_field(cluster: int) -> str:
    return f"cluster{cluster}"


def compares(config: SimilarityConfig, scene: Scene) -> bool:
    """A phase that is only for reading has no groups, and nothing to give or want yet."""
    return any(step.groups == config.fours for step in scene.steps)


def documents(state: Similarity, actor: Actor, scene: Scene) -> Mapping[PageId, Grant]:
    me = actor.person
    if scene.status == "planned" or not compares(state.config, scene):
        return {}
    if actor.is_staff:
        boards = (board_page(scene.phase, four.id) for four in scene.groups.get(state.config.fours, ()))
        return dict.fromkeys((*(offers_page(scene.phase, one) for one in scene.people), *boards), "count")
    if me is None:
        return {}
    right: Right = "write" if scene.is_open else "read"
    rights = {offers_page(scene.phase, me): right}
    four = scene.group_of(me, state.config.fours)
    if four is not None:
        rights[board_page(scene.phase, four.id)] = right
    return rights
