"""A choice of partners on a stage, whose people, schools and presence can be set."""

import dataclasses
from collections.abc import Mapping
from typing import Any, Final

from msgspec.structs import replace

from server.activities.partnering import ACTIVITY
from server.activities.partnering import messages as m
from server.activities.partnering.example import EXAMPLE
from server.activities.partnering.state import Partnering
from server.core import consent
from server.core import view as audiences
from server.core.attending import Member
from server.core.messages import Actor, Context, PersonId, SchoolId
from server.core.products import Partnership
from server.core.rehearsal import nothing_before
from server.core.wishes import UnitId, Wish
from tests.support.stage import Stage

DESK: Final = Actor("moderator", "m")
P1, P2, P3, P4 = (PersonId(f"p{number}") for number in range(1, 5))


class Room(Stage):
    """A stage whose people, schools and presence can be set."""

    present: frozenset[PersonId] = frozenset()

    def _context(self, wish: Any) -> Context:
        return replace(super()._context(wish), present=self.present)

    @property
    def now(self) -> Partnering:
        assert isinstance(self.state, Partnering)
        return self.state

    def unit(self, who: PersonId) -> UnitId:
        return UnitId(self.scene.people[who].school)

    def me(self, who: PersonId) -> dict[str, Any]:
        return self.shows(audiences.person(who))

    def schools(self, schools: Mapping[PersonId, str]) -> None:
        people = {who: replace(one, school=SchoolId(schools[who])) for who, one in self.scene.people.items()}
        self.scene = replace(self.scene, people=people)

    def arrive(self, who: PersonId, school: str) -> None:
        self.people = (*self.people, who)
        self.scene = replace(self.scene, people={**self.scene.people, who: Member(who, SchoolId(school))})

    def wish(self, who: PersonId, other: PersonId, wish: Wish) -> None:
        self.submit(who, m.SetWishes({self.unit(other): wish}))

    def all_say_yes(self) -> None:
        for who in self.people:
            for one in self.me(who).get("proposals", ()):
                if not one.get("answered"):
                    self.submit(who, consent.SayYes(one["proposal"]))

    def proposal(self, who: PersonId) -> consent.ProposalId:
        found: consent.ProposalId = self.me(who)["proposals"][0]["proposal"]
        return found

    def round(self) -> None:
        self.submit(DESK, m.ProposeMatching())
        self.submit(DESK, m.ShowProposals())

    def partners(self, who: PersonId) -> set[PersonId]:
        made = [p for p in self.activity.products(self.state, self.scene) if isinstance(p, Partnership)]
        return next(({*pair.members} - {who} for pair in made if who in pair.members), set())


def room(people: int = 4) -> Room:
    return Room(ACTIVITY, dataclasses.replace(EXAMPLE, before=nothing_before), people)


def pair() -> Room:
    made = room(2)
    made.round()
    made.all_say_yes()
    return made
