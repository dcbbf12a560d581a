"""A change of groups with all that follows from it: turns and clocks go on, and circles of these groups go along."""

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec.structs import replace

from server.core.attending import Member
from server.core.groups import Groups, flaws, group_of, seats_of
from server.core.messages import Context, Event, PersonId, Refused
from server.core.workshop import by_name, events, turns
from server.core.workshop.grounds import Grounds
from server.core.workshop.state import PhaseRun

Why = Literal["formed", "by_hand", "repaired", "left", "late"]


class Seating:
    """The groups of one phase while a wish is decided: each change is told as facts, and the next builds on it."""

    def __init__(self, grounds: Grounds, run: PhaseRun, context: Context, here: frozenset[PersonId]) -> None:
        self.run = run
        self.here = here
        self._grounds = grounds
        self._context = context

    def __repr__(self) -> str:
        sizes = {name: [len(group.members) for group in groups] for name, groups in self.run.groups.items()}
        return f"<Seating {self.run.id} {sizes}>"

    def groups(self, name: str) -> Groups:
        return self.run.groups.get(name, ())

    def seen(self, name: str, groups: Groups) -> Iterator[Event]:
        """Exactly the groups that the moderator saw, with whoever came since and without whoever left."""
        wrong = flaws(groups)
        if wrong:
            raise Refused("impossible_groups", ", ".join(wrong))
        for person in sorted(seats_of(groups)):
            self._grounds.member(person)
        gone = tuple(sorted(seats_of(groups).keys() - self._grounds.workshop.joined()))
        # Somebody may have found a partner meanwhile.
        laid = by_name.as_confirmed(self._grounds, self.run, name, groups)
        settled = self.settled(name, laid, sorted(self.here - seats_of(laid).keys()), gone)
        yield from self.change(name, settled, "formed", without=gone)

    def change(
        self, name: str, groups: Groups, why: Why, *, without: tuple[PersonId, ...] = (), follows: bool = False
    ) -> Iterator[Event]:
        """These are the groups now."""
        anew = why == "formed"
        if not anew:
            groups = turns.in_order(self._grounds, self.run, name, groups)
        at_ms = self._context.now_ms if anew and self.groups(name) else 0
        how = self.run.how.get(name) if anew else None
        yield events.GroupsFormed(self.run.id, name, groups, why, how, at_ms, without, follows)
        yield from self._follows(name, groups, why)

    def circles(self) -> Iterator[Event]:
        """Whatever is merged from other groups is merged from those that there are now."""
        for circle in self.in_turn():
            if by_name.is_split(self._grounds, self.run, circle) and circle not in self.run.by_hand:
                yield from self.change(circle, self._gathered(circle), "by_hand", follows=True)

    def _gathered(self, circle: str) -> Groups:
        """With as few changes as there can be; anew where these groups and the circles know nothing of each other."""
        for anew in (False, True):
            found = by_name.derived(self._grounds, self.run, circle, self.here, self._context.seed, anew=anew)
            run = replace(self.run, groups={**self.run.groups, circle: found})
            if not by_name.is_split(self._grounds, run, circle):
                break
        return found

    def place(self, name: str, member: Member) -> Iterator[Event]:
        """A place for somebody who has none in this grouping, or takes part again."""
        own = group_of(self.groups(name), member.id)
        if own is not None and member.id not in own.absent:
            return
        groups, where = by_name.place(self._grounds, self.run, name, member, self.here | {member.id})
        groups = turns.in_order(self._grounds, self.run, name, groups)
        yield events.PersonPlaced(self.run.id, name, member.id, where, groups)
        yield from self._follows(name, groups, "late")

    def settled(self, name: str, groups: Groups, coming: Sequence[PersonId], going: Sequence[PersonId]) -> Groups:
        """These groups without those who go and with those who come; nobody stays behind alone."""
        rest = by_name.without(groups, going)
        members = {group.id: group.members for group in rest}
        lost = [group.id for group in groups if group.id in members and members[group.id] != group.members]
        run = replace(self.run, groups={**self.run.groups, name: rest})
        for person in coming:
            if run.groups[name]:
                member = self._grounds.member(person)
                found, _ = by_name.place(self._grounds, run, name, member, self.here)
                run = replace(run, groups={**run.groups, name: found}, used=run.used.union(one.id for one in found))
        mended = by_name.repaired(self._grounds, run, name, lost, self.here)
        run = replace(run, groups={**run.groups, name: mended})
        if not coming and not going and not by_name.is_split(self._grounds, run, name):
            return mended
        return by_name.derived(self._grounds, run, name, self.here, self._context.seed, anew=False)

    def in_turn(self) -> list[str]:
        """The groupings that are formed, those that others are merged from first."""
        formed = (name for name, groups in self.run.groups.items() if groups)
        return sorted(formed, key=lambda name: bool(by_name.merged_here(self._grounds, self.run, name)))

    def _follows(self, name: str, groups: Groups, why: Why) -> Iterator[Event]:
        anew = why == "formed"
        before, self.run = self.run, self._with(name, groups)
        if not anew:
            yield from turns.kept(self._grounds, before, name, groups, self._context.now_ms)
        for circle in self.in_turn():
            if by_name.merged_here(self._grounds, self.run, circle) != name:
                continue
            seed = self._context.seed
            found = by_name.derived(self._grounds, self.run, circle, self.here, seed, anew=anew)
            if found != self.groups(circle):
                yield from self.change(circle, found, why, follows=True)

    def _with(self, name: str, groups: Groups) -> PhaseRun:
        used = self.run.used.union(one.id for one in groups)
        return replace(self.run, groups={**self.run.groups, name: groups}, used=used)
