"""What the workshop's rules stand on: the workshop itself, and what its activities have made so far."""

from collections.abc import Callable, Iterable
from typing import Self

import msgspec

from server.core.attending import Member, here
from server.core.forms import PARTNERSHIPS
from server.core.groups import Group, Seat
from server.core.messages import Actor, Context, Event, GroupId, PersonId, PhaseId, Refused
from server.core.products import Closeness, Company, Product, Vignette
from server.core.workshop.partners import partner_groups
from server.core.workshop.state import PhaseRun, Workshop


def source(phase: str, grouping: str) -> str:
    """The key of one grouping of a phase among the earlier groups; of the phase alone, its first."""
    return f"{phase}/{grouping}" if grouping else phase


class Grounds(msgspec.Struct, frozen=True):
    """`products_before` gives what the phases before one made, in the order of the path, `products_of` what it made.

    `evolved` folds a fact of the workshop itself.
    """

    workshop: Workshop
    products_before: Callable[[PhaseId], tuple[Product, ...]]
    products_of: Callable[[PhaseId], tuple[Product, ...]]
    evolved: Callable[[Workshop, Event], Workshop]

    def after(self, event: Event) -> Self:
        """The grounds once this has become fact: what follows from a move builds on where the room is then."""
        return msgspec.structs.replace(self, workshop=self.evolved(self.workshop, event))

    def run(self, phase: PhaseId) -> PhaseRun:
        run = self.workshop.phase(phase)
        if run is None:
            raise Refused("no_such_phase", f"this workshop has no phase {phase}")
        return run

    def member(self, person: PersonId) -> Member:
        member = self.workshop.people.get(person)
        if member is None:
            raise Refused("no_such_person", f"nobody has the seat {person}")
        return member

    def here(self, context: Context) -> frozenset[PersonId]:
        """Who can be seated: joined and present, or without a device; everybody joined while presence is unknown."""
        return here(self.workshop.people, context.present)

    def seats(self, people: Iterable[PersonId], phase: PhaseId) -> list[Seat]:
        answers = self._answers(phase)
        return [
            Seat(
                person=person,
                school=member.school,
                languages=member.languages,
                remote=member.remote,
                answers=answers.get(person, frozenset()),
            )
            for person in sorted(people)
            if (member := self.workshop.people.get(person))
        ]

    def _answers(self, phase: PhaseId) -> dict[PersonId, frozenset[str]]:
        """What people have in common for groups by answer: topics they wrote of, vignettes close to them.

        Also what they answered in this very phase: first the room reads, then its groups form.
        """
        answers: dict[PersonId, set[str]] = {}
        for product in (*self.products_before(phase), *self.products_of(phase)):
            if isinstance(product, Vignette):
                answers.setdefault(product.author, set()).update({*product.topics, f"v:{product.key}"})
            elif isinstance(product, Closeness) and product.value >= 2:
                answers.setdefault(product.reader, set()).add(f"v:{product.vignette}")
        return {person: frozenset(said) for person, said in answers.items()}

    def partnerships(self, phase: PhaseId) -> tuple[Group, ...]:
        """Those of the phases before this one, as they are confirmed now."""
        return partner_groups(self.workshop, self.products_before(phase))

    def company(self, phase: PhaseId) -> Company:
        """Whom the phases before this one want seated apart or together."""
        found = [product for product in self.products_before(phase) if isinstance(product, Company)]
        return Company(
            tuple(pair for one in found for pair in one.apart),
            tuple(people for one in found for people in one.together),
        )

    def earlier(self, run: PhaseRun) -> dict[str, tuple[Group, ...]]:
        """The groups that a grouping of this phase may build on: of this phase by name, of others by phase."""
        earlier: dict[str, tuple[Group, ...]] = {}
        for other in self.workshop.phases:
            if other.id == run.id:
                break
            for name, groups in other.groups.items():
                earlier.setdefault(other.id, groups)
                earlier[source(other.id, name)] = groups
        return {**earlier, **run.groups, PARTNERSHIPS: self.partnerships(run.id)}


def own_group(run: PhaseRun, group: GroupId, actor: Actor) -> Group:
    """The group, if the actor may speak for it: a member of it, or a moderator."""
    found = next((one for groups in run.groups.values() for one in groups if one.id == group), None)
    if found is None:
        raise Refused("no_such_group", f"group {group} is not in this phase")
    if not actor.is_staff and actor.person not in found.members:
        raise Refused("not_your_group")
    return found
