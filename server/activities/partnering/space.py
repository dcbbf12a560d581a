"""The space of a partnership: what its members write down for each other, and where they meet, while it lasts."""

from collections.abc import Mapping

from server.activities.partnering.pact import former_partnerships, group_of, own_partnership
from server.activities.partnering.state import Partnering
from server.core.activity import Grant, Scene
from server.core.consent import PartnershipId
from server.core.messages import Actor, PageId, PhaseId


def space_page(phase: PhaseId, partnership: PartnershipId) -> PageId:
    """Its fields are `notes`, and `meet_at`: a link or a place, in one line."""
    return PageId(f"{phase}/space/{group_of(phase, partnership)}")


def documents(state: Partnering, actor: Actor, scene: Scene) -> Mapping[PageId, Grant]:
    """Written wherever the room is: partners who work on for a year do not wait for a phase.

    No moderator counts its words: whether two have written since the meeting is nobody's to watch. Whoever sat in it to
    its end reads on; whoever left two that go on does not, since what they write from then on is not theirs.
    """
    if scene.status == "planned":
        return {}
    pages: dict[PageId, Grant] = {
        space_page(scene.phase, key): "read" for key, _ in former_partnerships(state, actor.person)
    }
    own = own_partnership(state, actor.person)
    return pages if own is None else {**pages, space_page(scene.phase, own[1]): "write"}
