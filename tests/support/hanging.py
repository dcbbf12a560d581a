"""Vignettes on the wall, by protocol: written, checked, read by somebody else, and shared with the room by name."""

from collections.abc import Mapping
from typing import Any, Final

from protocol.frames import Accepted
from server.activities.vignette_writing.messages import AskReader, MarkReady, RateReading, ShareVignette, TickCheck
from server.core.messages import Command, PageId, PersonId, PhaseId
from server.core.products import ShareLevel
from server.rehearsal.device import Device
from tests.support.eventually import eventually

WRITING: Final = PhaseId("write_vignette")
TEXT: Final = {
    "situation": "A teacher asks for a second list, and nobody has told the parents of the first one.",
    "pull_a": "being fair",
    "pull_b": "being quick",
}


async def hung(who: PersonId, device: Device, title: str, reader: tuple[PersonId, Device], share: ShareLevel) -> None:
    """The room is in the phase of writing, and the reader is from another school."""

    async def does(one: Device, command: Command) -> None:
        answer = await one.submit(WRITING, command)
        assert isinstance(answer, Accepted), answer

    def seen(person: PersonId, one: Device) -> Mapping[str, Any]:
        shown = one.views.get((f"person:{person}", WRITING))
        return shown.body if shown else {}

    await eventually(lambda: "page" in seen(who, device))
    page = PageId(seen(who, device)["page"])
    await device.open(page)
    for field, words in {"title": title, **TEXT}.items():
        await device.write(page, field, words)
    room = device.views[("room", WRITING)].body
    for check in room["checks"]:
        await does(device, TickCheck(check))
    await does(device, MarkReady(page))
    if not seen(who, device).get("readers"):
        await device.submit(WRITING, AskReader())
    other, desk = reader
    await eventually(lambda: any("text" in one for one in seen(other, desk).get("to_read", ())))
    for one in seen(other, desk)["to_read"]:
        if "answered" not in one:
            await desk.open(PageId(one["page"]))
            await does(desk, RateReading(PageId(one["page"]), 3, 3, pulls_clear=True, could_identify="no"))
    await eventually(lambda: "no_reader_yet" not in seen(who, device).get("missing", ()))
    await does(device, ShareVignette(page, share))
