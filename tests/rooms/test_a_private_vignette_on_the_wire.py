"""A vignette that nobody was shown, and what is at stake for its author: no byte of them reaches anybody else."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from protocol.frames import (
    Accepted,
    Flick,
    HistoryAsked,
    KeepMoment,
    MomentAsked,
    Open,
    Opened,
    PageThen,
    Past,
    RefusedFrame,
    Saved,
    Update,
)
from server.activities.vignette_writing.messages import AskModerator, CloseToModerator, InviteCoWriter, UninviteCoWriter
from server.activities.vignette_writing.pages import stake_page, vignette_page
from server.core.messages import Command, PageId, PersonId, PhaseId
from server.core.workshop.commands import ClosePhase
from server.rehearsal.device import Device
from server.store.document_state import seed_update
from tests.support.eventually import eventually
from tests.support.node import running_node
from tests.support.workshop import OpenWorkshop
from tests.support.writers import writing_phase

TEXT = b"<<words of the vignette>>"
STAKE = b"<<what is at stake>>"
AUTHORS = ("ana", "ana again")
STAFF = ("moderator", "co_moderator", "observer", "screen")


@dataclass
class Seats:
    """Everybody with their connections, on two nodes, and every byte that each of them got."""

    phase: PhaseId
    vignette: PageId
    stake: PageId
    devices: dict[str, Device]
    guest: PersonId
    heard: dict[str, list[bytes]] = field(default_factory=dict)

    def told(self, words: bytes) -> set[str]:
        """Who else than the author."""
        return {who for who in self.heard if who not in AUTHORS and self.has(who, words)}

    def has(self, who: str, words: bytes) -> bool:
        return any(words in message for message in self.heard[who])

    async def wish(self, who: str, command: Command, scope: str | None = None) -> None:
        answer = await self.devices[who].submit(self.phase if scope is None else scope, command)
        assert isinstance(answer, Accepted), answer

    async def everybody_tries(self) -> None:
        """Every frame that could bring a page, from whoever it is not for."""
        for who, device in self.devices.items():
            if who in AUTHORS:
                continue
            for page in (self.vignette, self.stake):
                await device.open(page)
                await device.ask_until("history", HistoryAsked(page), Past)
                await device.ask_until("moment", MomentAsked(page, "1-0"), PageThen)
                await device.ask_until("keep", KeepMoment(page, "mine"), Saved)
                await device.ask_once("flick", Flick("caret", page, b"\x01"))

    async def everybody_comes_again(self) -> None:
        for device in self.devices.values():
            before = device.connections
            await device.cut()
            await eventually(lambda device=device, before=before: device.connections > before)  # type: ignore[misc]
            await device.ready()


@pytest.fixture
async def seats(redis_url: str) -> AsyncIterator[Seats]:
    async with (
        running_node(redis_url, "n1") as one,
        running_node(redis_url, "n2") as two,
        await OpenWorkshop.on(one.url, "half_day") as workshop,
    ):
        heard: dict[str, list[bytes]] = {}
        devices: dict[str, Device] = {}

        async def sit(who: str, token: str, base: str) -> None:
            devices[who] = await workshop.device(token, base, tap=heard.setdefault(who, []).append)

        for number, role in enumerate(STAFF):
            await sit(role, workshop.tokens[role], (one, two)[number % 2].url)
        phase = await writing_phase(devices["moderator"])
        author, token = await workshop.join("Ana")
        await sit("ana", token, one.url)
        await sit("ana again", token, two.url)
        guest, other = await workshop.join("Piet")
        await sit("piet", other, two.url)
        for number, name in enumerate(("Bor", "Mia", "Jan", "Eva")):
            await sit(name.lower(), (await workshop.join(name))[1], (one, two)[number % 2].url)
        yield Seats(phase, vignette_page(phase, author), stake_page(phase, author), devices, guest, heard)


async def both_written(made: Seats) -> None:
    for page in (made.vignette, made.stake):
        for who in AUTHORS:
            await made.devices[who].open(page)
    await made.devices["ana"].write(made.vignette, "situation", TEXT.decode())
    await made.devices["ana"].write(made.stake, "my_stake", STAKE.decode())
    await eventually(lambda: made.has("ana again", TEXT) and made.has("ana again", STAKE))


async def test_a_vignette_and_its_stake_reach_their_author_and_nobody_else(seats: Seats) -> None:
    await both_written(seats)
    await seats.everybody_tries()
    await seats.devices["ana again"].write(seats.stake, "other", STAKE.decode())
    await seats.everybody_comes_again()
    await seats.everybody_tries()
    assert seats.told(TEXT) == seats.told(STAKE) == set()


async def test_who_is_invited_gets_the_vignette_and_never_the_stake(seats: Seats) -> None:
    await both_written(seats)
    await seats.wish("ana", InviteCoWriter(seats.guest))
    await seats.everybody_tries()
    await eventually(lambda: "piet" in seats.told(TEXT))
    await seats.wish("ana", AskModerator())
    await seats.everybody_tries()
    assert seats.told(TEXT) == {"piet", "moderator", "co_moderator"}
    assert seats.told(STAKE) == set()


async def test_who_was_asked_out_hears_no_word_more(seats: Seats) -> None:
    await both_written(seats)
    await seats.wish("ana", InviteCoWriter(seats.guest))
    await seats.wish("ana", AskModerator())
    await seats.everybody_tries()
    await seats.wish("ana", UninviteCoWriter(seats.guest))
    await seats.wish("ana", CloseToModerator())
    later = b"<<and this came later>>"
    await seats.devices["ana"].write(seats.vignette, "stuck", later.decode())
    former = [seats.devices[who] for who in ("piet", "moderator", "co_moderator")]
    await eventually(lambda: all(device.pages[seats.vignette].right == "none" for device in former))
    await seats.everybody_tries()
    await seats.wish("moderator", ClosePhase(seats.phase), "")
    await seats.everybody_comes_again()
    await seats.everybody_tries()
    assert seats.has("ana again", later)
    assert seats.told(later) == set()


async def test_nobody_writes_into_a_text_that_they_may_not_read(seats: Seats) -> None:
    await both_written(seats)
    for who, device in seats.devices.items():
        for page in (seats.vignette, seats.stake):
            if who not in AUTHORS:
                answer = await device.ask_until("update", Update(page, seed_update({"situation": "spoiled"})), Saved)
                assert isinstance(answer, RefusedFrame)
                assert answer.code == "read_only"
    held = await seats.devices["ana"].ask_until("open", Open(seats.vignette), Opened)
    assert isinstance(held, Opened)
    assert TEXT in held.update
    assert b"spoiled" not in held.update
