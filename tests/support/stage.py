"""A stage: one activity in memory, with people, groups and pages, and nothing else of the server."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, cast

import msgspec
from msgspec.structs import replace

from server.core import view as audiences
from server.core.activity import AnyActivity, Progress, Right, Scene, SceneStatus, Tick, right_of
from server.core.attending import Member
from server.core.excerpt import cut, source
from server.core.groups import Group
from server.core.messages import (
    CLOCK,
    Actor,
    Command,
    Context,
    Event,
    Freezing,
    FrozenId,
    GroupId,
    PageId,
    PageText,
    PersonId,
    PhaseId,
    Refused,
    Saying,
    SchoolId,
)
from server.core.naming import Names, marks_of_names
from server.core.path import Grouping
from server.core.products import Partnership, Product
from server.core.rehearsal import DONE, BotView, Dice, Example, Send, Write, named_pages
from server.core.view import Audience

TURN_MS = 60_000
MOST_ROUNDS = 200
"""A bot that still acts after so many rounds in one turn repeats itself."""

SIZES = {"alone": 1, "pairs": 2, "trios": 3, "fours": 4, "fives": 5, "answers": 4, "partnerships": 2}

OTHERS: tuple[Actor, ...] = (Actor("moderator", "m"), Actor("co_moderator", "c"), Actor("observer"), Actor("screen"))
"""Those who have no seat, and therefore no page of their own."""


class Stage:
    """The same rules as the real server: rights before typing, rules before facts, every fact through its bytes."""

    def __init__(self, activity: AnyActivity, example: Example[Any], people: int = 7) -> None:
        self.activity = activity
        self.example = example
        self.people = tuple(PersonId(f"p{number}") for number in range(1, people + 1))
        self.scene = Scene(
            phase=PhaseId("here"),
            status="open",
            steps=example.steps,
            groups=_grouped(example.groups, self.people),
            progress={},
            people={one: Member(one, SchoolId(f"s-{one}")) for one in self.people},
            products=example.before(self.people),
            vocabularies=example.vocabularies,
        )
        self.state: msgspec.Struct = activity.start(example.config)
        self.commits: list[list[Event]] = []
        """The facts of each wish: screens are shown anew after all of them, never in between."""
        self.wishes: list[tuple[PersonId, Command]] = []
        self.pages: dict[PageId, dict[str, str]] = {}
        self.names = Names(())
        """The registered names, of which the rules hear only the marks."""
        self.frozen: dict[FrozenId, PageText] = {key: _earlier(key) for key in _texts(self.scene.products)}
        self.now_ms = 1_000_000

    def __repr__(self) -> str:
        standing = self.scene.standing()
        name, people, facts = self.activity.name, len(self.people), len(self.log)
        return f"<Stage {name} people={people} step={standing.step} turn={standing.turn} facts={facts}>"

    @property
    def log(self) -> list[Event]:
        return [event for commit in self.commits for event in commit]

    # -- what people do -------------------------------------------------------------------------------------------

    def submit(self, who: PersonId | Actor, command: Command) -> list[Event]:
        """The facts of a wish, folded; or `Refused`, with everything as it was."""
        actor = who if isinstance(who, Actor) else Actor("person", who)
        wish = msgspec.msgpack.decode(msgspec.msgpack.encode(command), type=type(command))
        decided = self.activity.decide(self.state, wish, actor, self.scene, self._context(wish))
        facts = [self._through_bytes(event) for event in decided]
        for event in facts:
            self.state = self.activity.evolve(self.state, event)
        self.commits.append(facts)
        if actor.person is not None:
            self.wishes.append((actor.person, command))
        return facts

    def refusal(self, who: PersonId | Actor, command: Command) -> str:
        """The code with which a wish is refused, or "" if it is not."""
        try:
            self.submit(who, command)
        except Refused as no:
            return no.code
        return ""

    def write(self, who: PersonId, page: PageId, **fields: str) -> None:
        if self.rights(who).get(page) != "write":
            raise Refused("page_closed")
        self.pages.setdefault(page, {}).update(fields)

    def rights(self, who: PersonId | Actor) -> Mapping[PageId, Right]:
        actor = who if isinstance(who, Actor) else Actor("person", who)
        granted = self.activity.documents(self.state, actor, self.scene)
        return {page: right for page, grant in granted.items() if (right := right_of(grant))}

    # -- what the room does ---------------------------------------------------------------------------------------

    def status(self, status: SceneStatus) -> None:
        self.scene = replace(self.scene, status=status)

    def go_to(self, step: str, turn: int = 0, *, spent_ms: tuple[int, ...] | None = None) -> None:
        """Everybody goes to a step, and every group to a turn of it."""
        at = next(number for number, one in enumerate(self.scene.steps) if one.id == step)
        spent = (TURN_MS,) * turn if spent_ms is None else spent_ms
        here = Progress(at, turn, self.now_ms, spent)
        groups = {group.id: here for group in self.scene.groups.get(self.scene.steps[at].groups, ())}
        self.scene = replace(self.scene, progress={"": Progress(at), **groups})

    def leave(self, who: PersonId) -> None:
        gone = replace(self.scene.people[who], state="left")
        self.scene = replace(self.scene, people={**self.scene.people, who: gone})

    def regroup(self, grouping: str, *groups: tuple[PersonId, ...]) -> None:
        made = tuple(Group(GroupId(f"{grouping}-by-hand-{at}"), members, at) for at, members in enumerate(groups, 1))
        self.scene = replace(self.scene, groups={**self.scene.groups, grouping: made})

    # -- what everybody sees --------------------------------------------------------------------------------------

    def audiences(self) -> Iterator[Audience]:
        yield from (audiences.ROOM, audiences.SCREEN, audiences.MODERATORS)
        yield from (audiences.person(one) for one in self.people)
        yield from (audiences.group(group.id) for group in self.groups())

    def groups(self) -> tuple[Group, ...]:
        """The groups of the phase, and the partnerships that it has made: groups of their own from then on."""
        made = self.activity.products(self.state, self.scene)
        pairs = [product for product in made if isinstance(product, Partnership)]
        ours = (Group(GroupId(pair.id), pair.members, at) for at, pair in enumerate(pairs, 1))
        return (*(group for groups in self.scene.groups.values() for group in groups), *ours)

    def groups_of(self, who: PersonId) -> tuple[Group, ...]:
        return tuple(group for group in self.groups() if who in group.members)

    def audiences_of(self, who: PersonId) -> list[Audience]:
        """What reaches this person's devices: the room's view, their own and their groups'."""
        return [audiences.ROOM, audiences.person(who), *(audiences.group(group.id) for group in self.groups_of(who))]

    def near(self, who: PersonId) -> set[str]:
        """This person, their groups, and everybody who sits in one of them."""
        groups = self.groups_of(who)
        return {who, *(group.id for group in groups), *(one for group in groups for one in group.members)}

    def seen(self, audience: Audience, state: msgspec.Struct | None = None) -> bytes:
        """Every byte that this audience receives: the view, whose names travel with it, and the texts."""
        shown = self.activity.view(state or self.state, audience, self.scene)
        if shown is None:
            return b""
        texts = {key: self.text(key) for key in sorted(shown.texts)}
        return msgspec.msgpack.encode((shown.body, sorted(shown.people), texts))

    def shows(self, audience: Audience) -> dict[str, Any]:
        """The body of a view as a browser gets it."""
        shown = self.activity.view(self.state, audience, self.scene)
        return {} if shown is None else cast(dict[str, Any], msgspec.msgpack.decode(msgspec.msgpack.encode(shown.body)))

    # -- bots -----------------------------------------------------------------------------------------------------

    def play(self, dice: Dice, until: str = "") -> None:
        """The bots play every step and turn; afterwards each of those who stayed says that it is done."""
        for step in self.scene.steps:
            groups = self.scene.groups.get(step.groups, ())
            turns = max((len(step.turns.of_size(len(group.taking_part))) for group in groups), default=0)
            for turn in range(max(turns, 1)):
                self.go_to(step.id, turn)
                self.settle(dice)
            if step.id == until:
                return
        waiting = [one for one in self._staying() if self.example.script(one, self.bot_view(one), dice) != [DONE]]
        assert not waiting, f"{waiting} of {self} are not done"

    def settle(self, dice: Dice) -> None:
        """The bots act until none of them has anything to do."""
        for _ in range(MOST_ROUNDS):
            if not [one for one in self._staying() if self._act(one, dice)] and not self._moderate():
                return
        raise AssertionError(f"the bots of {self} never rest")

    def _moderate(self) -> bool:
        """The clock looks in, and the moderator does what nobody else may."""
        if Tick in self.activity.commands:
            self.submit(CLOCK, Tick())
        wanted = self.example.moderation(self.shows(audiences.MODERATORS), self.scene.step().id)
        for command in wanted:
            self.submit(OTHERS[0], command)
        return bool(wanted)

    def bot_view(self, who: PersonId) -> BotView:
        group = next((one for one in self.groups_of(who) if one in self.scene.groups.get(self._step_of(one), ())), None)
        room, me = self.shows(audiences.ROOM), self.shows(audiences.person(who))
        ours = self.shows(audiences.group(group.id)) if group else {}
        rights = self.rights(who)
        named = {page for body in (room, me, ours) for page in named_pages(self.scene.phase, body)}
        return BotView(
            person=who,
            phase=self.scene.phase,
            status=self.scene.status,
            step=self.scene.step(group.id if group else "").id,
            turn=self.scene.standing(group.id if group else "").turn,
            group_id=group.id if group else "",
            room=room,
            group=ours,
            me=me,
            pages={page: self.pages.get(page, {}) for page in named if page in rights},
        )

    def _act(self, who: PersonId, dice: Dice) -> bool:
        acted = False
        for act in self.example.script(who, self.bot_view(who), dice):
            match act:
                case Send(command=command):
                    self.submit(who, command)
                    acted = True
                case Write(page=page, field=field, text=text):
                    self.write(who, page, **{field: text})
                    acted = True
                case _:
                    pass
        return acted

    def _staying(self) -> list[PersonId]:
        return [one for one in self.people if self.scene.people[one].state != "left"]

    def _step_of(self, group: Group) -> str:
        return self.scene.step(group.id).groups

    # -- texts ----------------------------------------------------------------------------------------------------

    def _context(self, wish: Command) -> Context:
        self.now_ms += 1_000
        if isinstance(wish, Freezing):
            text = self._freeze(wish.page, self.pages.get(wish.page, {}))
            return Context(self.now_ms, seed=self.now_ms, texts={wish.page: text})
        if isinstance(wish, Saying):
            said = self._freeze(PageId("said"), {"text": wish.text})
            return Context(self.now_ms, seed=self.now_ms, said=said.frozen)
        return Context(self.now_ms, seed=self.now_ms)

    def _freeze(self, page: PageId, fields: Mapping[str, str]) -> PageText:
        name = hashlib.sha256(f"{page} {self.now_ms}".encode()).hexdigest()[:12]
        digest = hashlib.sha256(repr(sorted(fields.items())).encode()).hexdigest()
        text = PageText(page, FrozenId(f"z{name}"), digest, dict(fields), marks_of_names(fields, self.names))
        self.frozen[text.frozen] = text
        return text

    def text(self, key: FrozenId) -> dict[str, str]:
        return cut(key, self.frozen[source(key)].fields)

    def _through_bytes(self, event: Event) -> Event:
        known: Any = self.activity.events[0]
        for one in self.activity.events[1:]:
            known |= one
        return cast(Event, msgspec.msgpack.decode(msgspec.msgpack.encode(event), type=known))


def _texts(products: tuple[Product, ...]) -> Iterator[FrozenId]:
    """The texts that earlier phases froze; whoever made them has seen to it that they may be handed on."""
    for product in products:
        text = getattr(product, "text", None)
        if text is not None:
            yield source(text)


def _earlier(key: FrozenId) -> PageText:
    fields = {"title": f"The title of {key}", "situation": f"What is told in {key}", "strengths": f"Strong in {key}"}
    return PageText(PageId(f"earlier/text/{key}"), key, "", fields)


def _grouped(groupings: Mapping[str, Grouping], people: tuple[PersonId, ...]) -> dict[str, tuple[Group, ...]]:
    made: dict[str, tuple[Group, ...]] = {}
    for name, grouping in groupings.items():
        if grouping.form == "merged":
            made[name] = _merged(name, made[grouping.of])
        else:
            made[name] = _cut(name, people, SIZES.get(grouping.form, len(people)))
    return made


def _cut(name: str, people: tuple[PersonId, ...], size: int) -> tuple[Group, ...]:
    """Groups in the order of the people; who is left over joins the last groups."""
    count = max(len(people) // size, 1)
    members: list[list[PersonId]] = [list(people[at * size : (at + 1) * size]) for at in range(count)]
    for at, one in enumerate(people[count * size :], 1):
        members[-(at % count)].append(one)
    return tuple(Group(GroupId(f"{name}{at}"), tuple(one), at) for at, one in enumerate(members, 1))


def _merged(name: str, parts: tuple[Group, ...]) -> tuple[Group, ...]:
    pairs: list[tuple[Group, ...]] = [parts[at : at + 2] for at in range(0, len(parts), 2)]
    if len(pairs) > 1 and len(pairs[-1]) == 1:
        pairs[-2:] = [pairs[-2] + pairs[-1]]
    return tuple(
        Group(
            GroupId(f"{name}{at}"),
            tuple(member for part in pair for member in part.members),
            at,
            tuple(part.id for part in pair),
        )
        for at, pair in enumerate(pairs, 1)
    )
