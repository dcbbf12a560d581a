"""A participant without a body: it looks at its screen, asks its activity's script what to do, and does it."""

import random
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from protocol.frames import RefusedFrame
from server.core.messages import Command, PageId, PersonId, PhaseId
from server.core.path import Pack, Step
from server.core.rehearsal import AnyExample, BotView, Send, Wait, Write, named_pages
from server.core.workshop.commands import MoveTurn
from server.rehearsal.device import Device, HeldPage

_encode: Final = msgspec.msgpack.Encoder(order="deterministic").encode

NOTHING: Final[Mapping[str, Any]] = {}


class Bot:
    """One seat in the room, played by the script of whichever activity the room is in."""

    def __init__(
        self, device: Device, person: PersonId, pack: Pack, examples: Mapping[str, AnyExample], seed: int
    ) -> None:
        self.device = device
        self.person = person
        self.left = False
        self.acts = 0
        self.written = 0
        self.refusals: list[str] = []
        self.waits = False
        self.last = ""
        self._pack = pack
        self._examples = examples
        self._seed = seed
        self._accepted: set[bytes] = set()
        self._tried: set[PageId] = set()

    def __repr__(self) -> str:
        return f"<Bot {self.person} acts={self.acts} {'gone' if self.left else 'here'}>"

    # -- what it sees ------------------------------------------------------------------------------------------------

    def body(self, audience: str, part: str) -> Mapping[str, Any]:
        seen = self.device.views.get((audience, part))
        return seen.body if seen else NOTHING

    @property
    def room(self) -> Mapping[str, Any]:
        return self.body("room", "")

    @property
    def phase(self) -> Mapping[str, Any]:
        """The stop of the day where the room is, as this screen shows it."""
        at = self.room.get("at")
        return next((one for one in self.room.get("phases", ()) if one["id"] == at), NOTHING)

    @property
    def steps(self) -> tuple[Step, ...]:
        phase = self.phase
        if not phase:
            return ()
        return self._pack.phases[phase["spec"]].variants[phase["variant"]].steps_without(phase.get("without", ()))

    @property
    def places(self) -> Mapping[str, str]:
        """Its group in each grouping of this phase."""
        groups: Mapping[str, Mapping[str, str]] = self.body(f"person:{self.person}", "").get("groups", {})
        return groups.get(str(self.room.get("at")), NOTHING)

    def group_now(self) -> tuple[str, Mapping[str, Any]]:
        """The group in which it works now, if its step has one: its id, and how the workshop shows it."""
        for grouping, group in self.places.items():
            view = self.body(f"group:{group}", "")
            standing = view.get("standing", NOTHING)
            if view and self._step(standing.get("step", 0)).groups == grouping:
                return group, view
        return "", NOTHING

    def lacks_place(self, step: int) -> bool:
        """Whether this step works in groups and this screen shows none for it."""
        grouping = self._step(step).groups
        if grouping not in self._pack.phases[self.phase["spec"]].groups:
            return False
        group = self.places.get(grouping, "")
        return self.person not in self.body(f"group:{group}", "").get("members", ())

    def _step(self, number: int) -> Step:
        return self.steps[min(number, len(self.steps) - 1)]

    def bot_view(self) -> BotView:
        phase = PhaseId(str(self.phase["id"]))
        group, around = self.group_now()
        standing = around.get("standing", NOTHING) if group else {"step": self.room.get("step", 0)}
        bodies = (
            self.body("room", phase),
            self.body(f"group:{group}", phase) if group else NOTHING,
            self.body(f"person:{self.person}", phase),
        )
        pages = {page: self.device.pages[page] for body in bodies for page in self._opened(phase, body)}
        return BotView(
            person=self.person,
            phase=phase,
            status=str(self.phase["status"]),
            step=self._step(standing.get("step", 0)).id,
            turn=standing.get("turn", 0),
            group_id=group,
            room=bodies[0],
            group=bodies[1],
            me=bodies[2],
            pages={page: held.fields for page, held in pages.items()},
        )

    def _opened(self, phase: PhaseId, body: object) -> Iterable[PageId]:
        for page in named_pages(phase, body):
            held = self.device.pages.get(page)
            if held is not None and held.right != "none":
                yield page

    # -- what it does ------------------------------------------------------------------------------------------------

    async def act(self) -> bool:
        """One look at the screen, and what follows from it; True when it did anything."""
        phase = self.phase
        if self.left or not phase:
            return False
        opened = await self._open_pages(PhaseId(phase["id"]))
        example = self._examples.get(phase["activity"]) or self._examples["talk"]
        dice = random.Random(f"{self._seed} {self.person} {phase['id']}")
        did = False
        self.waits = False
        view = self.bot_view()
        for act in example.script(self.person, view, dice):
            match act:
                case Send(command=command):
                    did |= await self._send(phase["id"], command, view)
                case Write(page=page, field=field, text=text):
                    self.written += 1
                    self.last = f"writing {field} of {page.split('/')[1]}"
                    did |= self._took(await self.device.write(page, field, text))
                case Wait():
                    self.waits = True
                case _:
                    pass
        return did or opened

    async def _send(self, phase: str, command: Command, view: BotView) -> bool:
        # On an unchanged screen the script wishes the same again; what was accepted and changed nothing is done.
        wish = _encode((view, command))
        if wish in self._accepted:
            return False
        self.last = type(command).__name__
        if not self._took(await self.device.submit(phase, command)):
            return False
        self._accepted.add(wish)
        return True

    async def next_turn(self) -> bool:
        """The first of a group moves it to its next turn; False when there is none."""
        group, view = self.group_now()
        members = [one for one in view.get("members", ()) if one not in view.get("absent", ())]
        if self.left or not group or not members or members[0] != self.person:
            return False
        standing = view["standing"]
        turn = standing.get("turn", 0)
        if turn >= len(self._step(standing.get("step", 0)).turns.of_size(len(members))):
            return False
        return self._took(await self.device.submit("", MoveTurn(self.phase["id"], view["id"], turn + 1, turn)))

    def _took(self, answer: object) -> bool:
        if isinstance(answer, RefusedFrame):
            self.refusals.append(answer.code)
            return False
        self.acts += 1
        return True

    async def _open_pages(self, phase: PhaseId) -> bool:
        """Open what its views name and what it has not tried yet; True when there was any."""
        bodies = [seen.body for (_, part), seen in list(self.device.views.items()) if part == phase]
        new = {page for body in bodies for page in named_pages(phase, body)} - self._tried
        found = False
        for page in sorted(new):
            self._tried.add(page)
            found |= isinstance(await self.device.open(page), HeldPage)
        return found
