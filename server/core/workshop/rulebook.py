"""The whole game in one place: workshop and activities decided, folded and shown by their scope."""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias, Union, cast

import msgspec
from msgspec.structs import replace

from server.core.activity import AnyActivity, Grant, Scene, Tick
from server.core.messages import (
    WORKSHOP,
    Actor,
    Command,
    Context,
    Event,
    GroupId,
    PageId,
    PersonId,
    PhaseId,
    Refused,
    StaffId,
)
from server.core.path import Pack
from server.core.products import Consents, Product
from server.core.view import SCREEN, Audience, Lens, View, Watched
from server.core.workshop import assignments, turns, views, visits
from server.core.workshop.commands import WORKSHOP_COMMANDS
from server.core.workshop.decide import decide
from server.core.workshop.events import WORKSHOP_EVENTS, WorkshopCreated
from server.core.workshop.evolve import created, evolve
from server.core.workshop.grounds import Grounds
from server.core.workshop.partners import CHANGES_PARTNERSHIPS, MOVES_PARTNERS, followed
from server.core.workshop.people_rules import seats_for_the_unpartnered
from server.core.workshop.preview import QUESTIONS, answer
from server.core.workshop.state import PhaseRun, Workshop
from server.core.workshop.views import KeptTable

Fact = tuple[str, Event]
"""A scope and what became fact in it."""

FORESEEN = 8
"""Facts of one decision that are kept until they are folded; a larger one is worked out twice, and is the same."""

_Decoder: TypeAlias = "msgspec.msgpack.Decoder[Any]"

_encoder = msgspec.msgpack.Encoder()


class _Shelf(msgspec.Struct):
    """What one phase handed on, and of which state and products before it that is true."""

    state: msgspec.Struct
    run: PhaseRun
    before: tuple[Product, ...]
    after: tuple[Product, ...]


class Rulebook:
    """The rules of one workshop with the activities that `app` gives them. Remembers products, knows no state."""

    def __init__(self, activities: Mapping[str, AnyActivity]) -> None:
        self._activities = activities
        self._shelves: dict[PhaseId, _Shelf] = {}
        self._foreseen: deque[tuple[Workshop, Event, Workshop]] = deque(maxlen=FORESEEN)
        self._beginnings: dict[str, msgspec.Struct] = {}
        # One object as long as it says the same, so that a call for help asks nobody's rights anew but those of staff.
        self._invited: frozenset[tuple[StaffId, GroupId]] = frozenset()
        self._commands: dict[str, _Decoder] = {WORKSHOP: _decoder(WORKSHOP_COMMANDS)}
        self._events: dict[str, _Decoder] = {WORKSHOP: _decoder(WORKSHOP_EVENTS)}
        self._questions = _decoder(QUESTIONS)
        for name, activity in activities.items():
            self._commands[f":{name}"] = _decoder(activity.commands)
            self._events[f":{name}"] = _decoder(activity.events)

    def __repr__(self) -> str:
        return f"<Rulebook {' '.join(sorted(self._activities))}>"

    def configs(self, pack: Pack) -> Mapping[str, msgspec.Struct]:
        """The settings of every phase, in its activity's own type. Raises `msgspec.ValidationError`."""
        return {
            name: msgspec.convert(dict(phase.config), self._activities[phase.activity].config)
            for name, phase in pack.phases.items()
        }

    # -- commands ----------------------------------------------------------------------------------------------------

    def command(self, workshop: Workshop, scope: str, body: msgspec.Raw) -> Command:
        """The wish in its own type. Raises `Refused` for what nobody understands."""
        decoder = self._commands.get(self._family(workshop, scope))
        if decoder is None:
            raise Refused("no_such_phase", f"this workshop has no phase {scope}")
        try:
            return cast(Command, decoder.decode(body))
        except msgspec.DecodeError as error:
            raise Refused("unknown_command", str(error)) from error

    def decide(
        self, workshop: Workshop, scope: str, command: Command, actor: Actor, context: Context
    ) -> tuple[Fact, ...]:
        """The facts of a wish, each with its scope. Raises `Refused`."""
        if scope == WORKSHOP:
            grounds = self.grounds(workshop)
            return tuple((WORKSHOP, event) for event in decide(grounds, command, actor, context))
        self._may_act(workshop, actor)
        if actor.role == "co_moderator":
            assignments.check(workshop, command, actor, scope)
        if isinstance(command, Tick) and actor.role != "clock":
            raise Refused("not_allowed", "only the server's clock ticks")
        activity = self._activity(workshop, scope)
        phase = PhaseId(scope)
        scene = self.scene(workshop, phase, actor.person)
        found = activity.decide(workshop.activities[phase], command, actor, scene, context)
        facts = tuple((scope, event) for event in found)
        return (*facts, *self._seated_anew(workshop, facts, context))

    def _seated_anew(self, workshop: Workshop, facts: tuple[Fact, ...], context: Context) -> tuple[Fact, ...]:
        """Who loses a partnership loses its group with it, and in the same moment gets another place; where a step has
        turns, the tables of partners that are new or changed have a clock like all others."""
        if not any(type(event) in CHANGES_PARTNERSHIPS for _, event in facts):
            return ()
        after = self._after(workshop, facts)
        kept = turns.kept_by_partners(self.grounds(workshop), after, context.now_ms)
        clocks = tuple((WORKSHOP, event) for event in kept)
        seats = seats_for_the_unpartnered(self.grounds(self._after(after, clocks)), context)
        return (*clocks, *((WORKSHOP, event) for event in seats))

    def _after(self, workshop: Workshop, facts: tuple[Fact, ...]) -> Workshop:
        after: Workshop | None = workshop
        for scope, event in facts:
            after = self.evolve(after, scope, event)
        assert after is not None
        return after

    def _may_act(self, workshop: Workshop, actor: Actor) -> None:
        if workshop.life in ("closed", "erased") and actor.role != "clock":
            raise Refused("workshop_closed", "the moderator can open it again for follow-up")
        if actor.is_staff or actor.role in ("clock", "host"):
            return
        member = workshop.people.get(actor.person) if actor.person else None
        if member is None or member.state != "joined":
            raise Refused("not_joined", "take your place first")

    def answer(self, workshop: Workshop, body: msgspec.Raw, context: Context) -> msgspec.Struct:
        """The answer to a moderator's question about the workshop. Raises `Refused`."""
        try:
            question = cast(Command, self._questions.decode(body))
        except msgspec.DecodeError as error:
            raise Refused("unknown_question", str(error)) from error
        return answer(self.grounds(workshop), question, context)

    def ticking(self, workshop: Workshop) -> tuple[PhaseId, ...]:
        """The phases whose activity wants to be asked by the clock."""
        return tuple(
            run.id for run in workshop.phases if run.is_shown and Tick in self._activity(workshop, run.id).commands
        )

    def grounds(self, workshop: Workshop) -> Grounds:
        return Grounds(
            workshop,
            lambda phase: self.products_before(workshop, phase),
            lambda phase: self._made(workshop, phase, self.products_before(workshop, phase)),
            self._ahead,
        )

    # -- facts -------------------------------------------------------------------------------------------------------

    def encode(self, event: Event) -> msgspec.Raw:
        return msgspec.Raw(_encoder.encode(event))

    def event(self, workshop: Workshop | None, scope: str, body: msgspec.Raw) -> Event | None:
        """The fact in its own type; None for a fact that this version does not know, so that any log still folds."""
        decoder = self._events.get(self._family(workshop, scope))
        if decoder is None:
            return None
        try:
            event: Event = decoder.decode(body)
        except msgspec.ValidationError:
            return None
        return event

    def evolve(self, workshop: Workshop | None, scope: str, event: Event) -> Workshop | None:
        if workshop is None:
            if isinstance(event, WorkshopCreated):
                return created(event, self._activities, self.configs(event.pack))
            return None
        if scope == WORKSHOP:
            return self._evolved(workshop, event)
        phase = PhaseId(scope)
        state = workshop.activities.get(phase)
        if state is None:
            return workshop
        changed = self._activity(workshop, scope).evolve(state, event)
        after = replace(workshop, activities={**workshop.activities, phase: changed})
        return followed(after, self.products_before) if type(event) in MOVES_PARTNERS else after

    def _evolved(self, workshop: Workshop, event: Event) -> Workshop:
        for before, foreseen, after in self._foreseen:
            if before is workshop and foreseen == event:
                return after
        after = evolve(workshop, event)
        return followed(after, self.products_before) if type(event) in MOVES_PARTNERS else after

    def _ahead(self, workshop: Workshop, event: Event) -> Workshop:
        """The workshop after a fact that is being decided on: a moment later it is folded, and not worked out again."""
        after = self._evolved(workshop, event)
        self._foreseen.append((workshop, event, after))
        return after

    # -- what surrounds an activity ----------------------------------------------------------------------------------

    def scene(self, workshop: Workshop, phase: PhaseId, person: PersonId | None = None) -> Scene:
        """What surrounds the activity of a phase; to one `person` it may be open when it is closed to the others."""
        return self._scene(workshop, phase, self.products_before(workshop, phase), person)

    def _scene(
        self, workshop: Workshop, phase: PhaseId, products: tuple[Product, ...], person: PersonId | None = None
    ) -> Scene:
        run = workshop.phase(phase)
        if run is None:
            raise Refused("no_such_phase", f"this workshop has no phase {phase}")
        return Scene(
            phase=phase,
            status="catching_up" if person in run.catching_up and not run.is_open else run.status,
            steps=workshop.steps(run),
            groups=run.groups,
            progress=run.progress,
            people=workshop.people,
            products=products,
            vocabularies=workshop.pack.vocabularies,
            apart=workshop.keeping.apart,
            left_ms=0 if run.is_open else run.left_ms,
            ahead=run.ahead,
            ended=workshop.life != "live",
        )

    def products_before(self, workshop: Workshop, phase: PhaseId) -> tuple[Product, ...]:
        """What the phases before this one made. Kept per phase: a vote must not gather a thousand vignettes anew."""
        products: tuple[Product, ...] = ()
        for run in workshop.phases:
            if run.id == phase:
                break
            state = workshop.activities[run.id]
            shelf = self._shelves.get(run.id)
            if shelf is None or not (shelf.state is state and shelf.run is run and shelf.before is products):
                made = self._made(workshop, run.id, products)
                shelf = _Shelf(state, run, products, (*products, *made) if made else products)
                self._shelves[run.id] = shelf
            products = shelf.after
        return products

    def _made(self, workshop: Workshop, phase: PhaseId, before: tuple[Product, ...]) -> tuple[Product, ...]:
        return self._activity(workshop, phase).products(
            workshop.activities[phase], self._scene(workshop, phase, before)
        )

    # -- what is shown -----------------------------------------------------------------------------------------------

    def view(self, workshop: Workshop, part: str, audience: Watched) -> View | None:
        """What an audience sees of a part: "" for the workshop itself, else a phase."""
        if isinstance(audience, Lens):
            return self._through(workshop, part, audience)
        if part == WORKSHOP:
            on_screen = self._on_screen(workshop) if audience == SCREEN else frozenset()
            kept = self._kept_tables(workshop, PersonId(audience.id)) if audience.kind == "person" else ()
            return views.view(workshop, audience, on_screen, kept)
        phase = PhaseId(part)
        state = workshop.activities.get(phase)
        if state is None:
            return None
        person = PersonId(audience.id) if audience.kind == "person" else None
        return self._activity(workshop, part).view(state, audience, self.scene(workshop, phase, person))

    def _through(self, workshop: Workshop, part: str, lens: Lens) -> View | None:
        """What a moderator sees of a screen: where it is, and its activity as it is before anybody did anything in it.

        What people do there does not enter the computation at all, so that no field can be forgotten. Whom a group
        asked in belongs to its own audience as well.
        """
        audience = Audience("group" if lens.kind == "look" else "person", lens.id)
        if part == WORKSHOP:
            return views.view(workshop, audience)
        run = workshop.current
        if run is None or run.id != part:
            return None
        scene = self._scene(workshop, run.id, visits.known_to_staff(self.products_before(workshop, run.id)))
        return self._activity(workshop, part).view(self._untouched(workshop, run), audience, scene)

    def _untouched(self, workshop: Workshop, run: PhaseRun) -> msgspec.Struct:
        found = self._beginnings.get(run.spec)
        if found is None:
            phase = workshop.pack.phases[run.spec]
            activity = self._activities[phase.activity]
            found = activity.start(msgspec.convert(dict(phase.config), activity.config))
            self._beginnings[run.spec] = found
        return found

    def _on_screen(self, workshop: Workshop) -> frozenset[PersonId]:
        """Whose names may stand on the projector, by what they last said."""
        last = workshop.phases[-1].id
        said = {
            one.person: one.name_on_screen for one in self.products_before(workshop, last) if isinstance(one, Consents)
        }
        return frozenset(person for person, yes in said.items() if yes)

    def documents(self, workshop: Workshop, actor: Actor, part: str) -> Mapping[PageId, Grant]:
        """The pages of a phase that an actor may open, and how. In a closed workshop nothing is written any more."""
        phase = PhaseId(part)
        state = workshop.activities.get(phase)
        if state is None or workshop.life == "erased":
            return {}
        activity, scene = self._activity(workshop, part), self.scene(workshop, phase, actor.person)
        pages = {**activity.documents(state, actor, scene)}
        if actor.person is not None and not actor.typed_by:
            for page in self.kept(workshop, phase, actor.person):
                pages.setdefault(page, "read")
        elif phase == workshop.at and (run := workshop.current):
            for staff, which in visits.invitations(workshop):
                group = visits.group_in(run, which) if staff == actor.id else None
                pages |= visits.shared_pages(activity, state, scene, group) if group else {}
        if workshop.life != "closed":
            return pages
        return {page: grant if grant == "count" else "read" for page, grant in pages.items()}

    def is_closed_over(self, workshop: Workshop, actor: Actor, page: PageId) -> bool:
        """Whether it is the end of the phase or of the workshop that keeps an actor from writing this page."""
        run = workshop.phase(page.partition("/")[0])
        if run is None or run.is_open:
            return False
        before = replace(workshop.with_run(replace(run, status="reopened")), life="live")
        return self.documents(before, actor, run.id).get(page) == "write"

    def kept(self, workshop: Workshop, phase: PhaseId, person: PersonId) -> tuple[PageId, ...]:
        """What a person may still read of tables that ended while the phase ran."""
        return tuple(page for table in self._kept_in(workshop, phase, person) for page in table.pages)

    def _kept_tables(self, workshop: Workshop, person: PersonId) -> tuple[KeptTable, ...]:
        """Those that no activity shows by itself."""
        return tuple(table for run in workshop.phases for table in self._kept_in(workshop, run.id, person))

    def _kept_in(self, workshop: Workshop, phase: PhaseId, person: PersonId) -> Iterator[KeptTable]:
        run = workshop.phase(phase)
        tables = tuple(visits.former_tables(run, person)) if run else ()
        if run is None or not tables:
            return
        activity, state, scene = (
            self._activity(workshop, phase),
            workshop.activities[phase],
            self.scene(workshop, phase),
        )
        own = activity.documents(state, Actor("person", person), scene)
        for name, group in tables:
            found = visits.pages_at(activity, state, scene, name, group, person)
            pages = tuple(page for page in found if page not in own)
            if pages:
                yield KeptTable(phase, group.table, group.members, pages)

    def basis(self, workshop: Workshop, part: str) -> tuple[object, ...]:
        """What `documents` answers from: while these are the same objects, it answers the same to everybody."""
        phase = PhaseId(part)
        run = workshop.phase(phase)
        products = self.products_before(workshop, phase) if run is not None else ()
        invited = visits.invitations(workshop)
        if invited != self._invited:
            self._invited = invited
        return (workshop.activities.get(phase), run, products, workshop.people, workshop.life, self._invited)

    # -- lookups -----------------------------------------------------------------------------------------------------

    def _family(self, workshop: Workshop | None, scope: str) -> str:
        if scope == WORKSHOP:
            return WORKSHOP
        run = workshop.phase(scope) if workshop else None
        return f":{workshop.spec(run).activity}" if workshop and run else "?"

    def _activity(self, workshop: Workshop, scope: str) -> AnyActivity:
        run = workshop.phase(scope)
        if run is None:
            raise Refused("no_such_phase", f"this workshop has no phase {scope}")
        return self._activities[workshop.spec(run).activity]


def _decoder(members: tuple[type[msgspec.Struct], ...]) -> _Decoder:
    # A union of the members of a tuple can only be written with Union.
    return msgspec.msgpack.Decoder(Union[members] if members else Event)  # noqa: UP007
