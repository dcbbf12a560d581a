"""Who may do what with which page: asked at every update, answered anew when what the answer rests on has changed."""

from collections.abc import Mapping

from server.core.activity import Grant, Guest, Right, right_of
from server.core.messages import Actor, PageId, PhaseId
from server.runtime.replica import Replica

MODERATORS_EYES = Actor("moderator", "")
"""What any moderator is granted, whoever it is."""


class Basis:
    """What the rights of a phase were answered from, unchanged since at least commit `seq`."""

    def __init__(self, seq: int, objects: tuple[object, ...]) -> None:
        self.seq = seq
        self.objects = objects


class PageRights:
    def __init__(self, replica: Replica) -> None:
        self._replica = replica
        self._bases: dict[str, Basis] = {}
        self._grants: dict[tuple[Actor, str], tuple[Basis, Mapping[PageId, Grant]]] = {}

    def right(self, actor: Actor, page: PageId) -> Right | None:
        """What an actor may do with the words of a page now."""
        return right_of(self._grant(actor, page))

    def since_ms(self, actor: Actor, page: PageId) -> int:
        """From when on an actor may know what the page said; 0 is always."""
        grant = self._grant(actor, page)
        return grant.since_ms if isinstance(grant, Guest) else 0

    def is_counted(self, page: PageId) -> bool:
        """Whether moderators may know how many words stand there."""
        return self._grant(MODERATORS_EYES, page) is not None

    def is_open(self, page: PageId) -> bool:
        """Whether the page's phase is."""
        run = self._replica.state.phase(page.partition("/")[0])
        return run is not None and run.is_open

    def has_ended(self, actor: Actor, page: PageId) -> bool:
        """Whether a phase was closed over the page, or the table at which the actor wrote it is no more.

        A page that is written in later phases has not ended with its own: what else locks it was not the closing.
        """
        state, rulebook = self._replica.state, self._replica.rulebook
        phase = PhaseId(page.partition("/")[0])
        if state.phase(phase) is None:
            return False
        if rulebook.is_closed_over(state, actor, page):
            return True
        return actor.person is not None and page in rulebook.kept(state, phase, actor.person)

    def basis(self, page: PageId) -> Basis:
        """The same object for as long as every right in the page's phase is what it was."""
        phase = page.partition("/")[0]
        known = self._bases.get(phase)
        seq = self._replica.seq
        if known is not None and known.seq == seq:
            return known
        objects = self._replica.rulebook.basis(self._replica.state, phase)
        # A thousand votes touch nobody's rights: asked anew after each, a thousand editors cost a million answers.
        if known is not None and all(one is other for one, other in zip(known.objects, objects, strict=True)):
            known.seq = seq
            return known
        basis = self._bases[phase] = Basis(seq, objects)
        return basis

    def _grant(self, actor: Actor, page: PageId) -> Grant | None:
        phase = page.partition("/")[0]
        basis = self.basis(page)
        known = self._grants.get((actor, phase))
        if known is None or known[0] is not basis:
            known = (basis, self._replica.rulebook.documents(self._replica.state, actor, phase))
            self._grants[(actor, phase)] = known
        return known[1].get(page)
