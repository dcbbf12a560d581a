"""Pages from outside: plain Yjs updates over the wire, and what may be lost beside them."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from pycrdt import Doc, Text

from tests.support.eventually import eventually
from tests.support.house import House
from tests.support.stranger import Stranger, seated

PHASE = "interviews"


@dataclass
class Desk:
    """Ana on two devices, a moderator, and a page that Ana may write."""

    house: House
    staff: Stranger
    phone: Stranger
    laptop: Stranger
    page: str


@pytest.fixture
async def desk(house: House) -> AsyncIterator[Desk]:
    ana, bor = await house.join("Ana"), await house.join("Bor")
    async with (
        seated(house.url, house.links["moderator"]) as staff,
        seated(house.url, ana["token"], "phone-001") as phone,
        seated(house.url, ana["token"], "laptop-01") as laptop,
        seated(house.url, bor["token"], "other-001"),
    ):
        assert (await staff.wish(1, {"type": "MoveRoom", "phase": PHASE, "left": None}))["t"] == "ok"
        page = next(name for name, right in house.pages(ana["person"], PHASE).items() if "/card/" in name)
        yield Desk(house, staff, phone, laptop, page)


def typed(words: str) -> tuple["Doc[Text]", bytes]:
    doc: Doc[Text] = Doc()
    doc["headline"] = text = Text()
    text += words
    return doc, doc.get_update()


def reads(*updates: bytes) -> str:
    doc: Doc[Text] = Doc()
    doc["headline"] = text = Text()
    for update in updates:
        doc.apply_update(update)
    return str(text)


async def test_what_one_writes_the_other_reads_once_it_is_saved(desk: Desk) -> None:
    """SPEC D1, D2, D4, D5."""
    opened = await desk.phone.ask("open", page=desk.page)
    assert (opened["t"], opened["right"], opened["page"]) == ("page", "write", desk.page)
    await desk.laptop.ask("open", page=desk.page, vector=b"\x00")
    _, update = typed("A good day")
    saved = await desk.phone.ask("update", page=desk.page, u=update)
    assert saved["t"] == "saved"
    told = await desk.laptop.hears("update")
    assert told["page"] == desk.page
    assert told["id"] == saved["id"]
    assert reads(told["u"]) == "A good day"
    again = await desk.phone.ask("update", page=desk.page, u=update)
    assert order(again["id"]) > order(saved["id"])


def order(entry: str) -> tuple[int, int]:
    ms, _, counter = entry.partition("-")
    return int(ms), int(counter)


async def test_state_vectors_tell_each_side_what_it_lacks(desk: Desk) -> None:
    """SPEC D2, D3."""
    online, update = typed("Ana. ")
    await desk.phone.ask("update", page=desk.page, u=update)
    offline: Doc[Text] = Doc()
    offline["headline"] = text = Text()
    text += "Bor. "
    opened = await desk.laptop.ask("open", page=desk.page, vector=offline.get_state())
    assert opened["vector"] == online.get_state()
    lacking = offline.get_update(opened["vector"])
    for _ in range(2):
        assert (await desk.laptop.ask("update", page=desk.page, u=lacking))["t"] == "saved"
    whole = await desk.phone.ask("open", page=desk.page)
    assert sorted(reads(whole["update"]).split()) == ["Ana.", "Bor."]
    assert reads(opened["update"]) == "Ana. "


async def test_a_page_that_closes_keeps_its_writers_words_with_them(desk: Desk) -> None:
    """SPEC D6, D7."""
    await desk.phone.ask("open", page=desk.page)
    assert (await desk.staff.wish(2, {"type": "ClosePhase", "phase": PHASE}))["t"] == "ok"
    assert (await desk.phone.hears("rights")) == {"page": desk.page, "right": "read"}
    refused = await desk.phone.ask("update", page=desk.page, u=typed("too late")[1])
    assert refused["code"] == "read_only"
    assert "then" not in refused
    assert (await desk.staff.wish(3, {"type": "OpenPhase", "phase": PHASE}))["t"] == "ok"
    assert (await desk.phone.hears("rights", 2))["right"] == "write"
    assert (await desk.phone.ask("update", page=desk.page, u=typed("in time")[1]))["t"] == "saved"


async def test_letters_that_were_on_their_way_when_the_phase_closed_are_saved(desk: Desk) -> None:
    """SPEC D6."""
    await desk.phone.ask("open", page=desk.page)
    assert (await desk.staff.wish(2, {"type": "ClosePhase", "phase": PHASE}))["t"] == "ok"
    assert not desk.phone.told("rights")
    assert (await desk.phone.ask("update", page=desk.page, u=typed("in the same moment")[1]))["t"] == "saved"
    assert (await desk.phone.hears("rights"))["right"] == "read"


async def test_a_page_of_others_does_not_open(desk: Desk) -> None:
    """SPEC D8."""
    assert (await desk.staff.ask("open", page=desk.page))["code"] == "not_your_page"
    assert (await desk.phone.ask("open", page="no/such/page"))["code"] == "not_your_page"


async def test_writers_look_back_and_name_what_they_see(desk: Desk) -> None:
    """SPEC D10, D11."""
    await desk.phone.ask("update", page=desk.page, u=typed("First words")[1])
    assert (await desk.phone.ask("keep", page=desk.page, label="draft"))["t"] == "saved"
    await desk.phone.ask("update", page=desk.page, u=typed("more")[1])
    past = await desk.laptop.ask("history", page=desk.page)
    assert past["t"] == "past"
    draft = next(moment for moment in past["moments"] if moment.get("label") == "draft")
    then = await desk.laptop.ask("moment", page=desk.page, id=draft["id"])
    assert (then["t"], reads(then["update"])) == ("then", "First words")
    assert (await desk.laptop.ask("moment", page=desk.page, id="1-1"))["code"] == "moment_gone"
    assert (await desk.staff.ask("history", page=desk.page))["code"] == "not_your_page"
    assert (await desk.staff.ask("keep", page=desk.page, label="mine"))["code"] == "read_only"


async def test_bytes_that_are_no_update_are_refused(desk: Desk) -> None:
    """SPEC A4."""
    refused = await desk.phone.ask("update", page=desk.page, u=b"\xff\xff\xff")
    assert refused["code"] == "bad_frame"


async def test_who_shut_a_page_hears_nothing_of_it(desk: Desk) -> None:
    """SPEC D9."""
    await desk.laptop.ask("open", page=desk.page)
    assert await desk.laptop.acknowledged("shut", {"page": desk.page}) == []
    await desk.phone.ask("update", page=desk.page, u=typed("alone")[1])
    await desk.laptop.ask("time", t0_ms=1)
    assert desk.laptop.told("update") == []


async def test_a_caret_reaches_the_others_and_not_its_owner(desk: Desk) -> None:
    """SPEC F1, L4: `tests/edge` shows that it is dropped where much waits."""
    await desk.phone.ask("open", page=desk.page)
    await desk.laptop.ask("open", page=desk.page)
    caret = {"kind": "caret", "page": desk.page, "data": b"\x01\x02"}
    assert await desk.phone.acknowledged("flick", caret) == []
    told = await desk.laptop.hears("flick")
    assert told == {**caret, "person": desk.phone.told("welcome")[0]["you"]["id"]}
    assert desk.phone.told("flick") == []


async def test_the_server_tells_its_time(desk: Desk) -> None:
    """SPEC F3."""
    t0_ms = time.time_ns() // 1_000_000 - 300_000
    told = await desk.phone.ask("time", t0_ms=t0_ms)
    assert told["t0_ms"] == t0_ms
    assert abs(told["now_ms"] - t0_ms - 300_000) < 5_000


async def test_words_are_counted_for_the_moderators(desk: Desk) -> None:
    """SPEC V9."""
    await desk.phone.ask("update", page=desk.page, u=typed("four words of mine")[1])
    await eventually(lambda: _words(desk.staff) == {desk.page: 4}, within_s=10)


def _words(staff: Stranger) -> dict[str, int]:
    frame = staff.views.get(("moderators", "~pages"))
    return {page: words for page, words, _ in frame["body"]["pages"]} if frame else {}
