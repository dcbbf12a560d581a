"""No byte of a private page, and no view of anybody else, ever reaches a socket that must not have it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from server.app.activities import all_examples
from server.core.messages import PageId, PersonId, PhaseId
from server.core.rehearsal import AnyExample, BotAct, BotView, Dice, Write
from server.edge.packets import Envelope
from server.rehearsal.device import Device
from server.rehearsal.play import Plan, rehearse
from server.rehearsal.wire import EVENT, Tap
from tests.support.node import running_node
from tests.support.workshop import OpenWorkshop, move

pytestmark = pytest.mark.slow

PRIVATE = ("aim", "note")
"""Kinds of pages that nobody but their owner may ever read."""

BETWEEN_TWO = ("notes",)
"""Kinds that only those who work with the owner may read."""


def mark(page: PageId) -> str:
    return f"<<{page}>>"


def marking(example: AnyExample) -> AnyExample:
    """The same bot, but every text that it types says on which page it stands."""

    def script(me: PersonId, views: BotView, dice: Dice) -> list[BotAct]:
        acts = example.script(me, views, dice)
        return [
            msgspec.structs.replace(act, text=f"{act.text} {mark(act.page)}") if isinstance(act, Write) else act
            for act in acts
        ]

    return replace(example, script=script)


class Wiretap:
    """Everything that every seat received, byte for byte."""

    def __init__(self) -> None:
        self.heard: dict[str, list[bytes]] = {}

    def on(self, who: str) -> Tap:
        return self.heard.setdefault(who, []).append

    def views(self, who: str) -> set[str]:
        audiences: set[str] = set()
        for message in self.heard[who]:
            envelope = msgspec.msgpack.decode(message, type=Envelope)
            if envelope.type != EVENT:
                continue
            name, body = msgspec.msgpack.decode(envelope.data, type=tuple[str, Any])
            if name == "views":
                audiences |= {frame["a"] for frame in body}
        return audiences

    def told(self, who: str, words: str) -> bool:
        return any(words.encode() in message for message in self.heard[who])


def pages_of(examples: Mapping[str, AnyExample]) -> tuple[Mapping[str, AnyExample], set[PageId]]:
    """The examples with marks, and the pages that were written, filled in while they are played."""
    written: set[PageId] = set()

    def noting(example: AnyExample) -> AnyExample:
        def script(me: PersonId, views: BotView, dice: Dice) -> list[BotAct]:
            acts = example.script(me, views, dice)
            written.update(act.page for act in acts if isinstance(act, Write))
            return acts

        return replace(example, script=script)

    return {name: noting(marking(example)) for name, example in examples.items()}, written


async def test_no_private_word_and_no_view_of_anybody_else_reaches_a_socket(redis_url: str) -> None:
    wiretap = Wiretap()
    examples, written = pages_of(all_examples())
    async with running_node(redis_url, "n1") as first, running_node(redis_url, "n2") as second:
        plan = Plan(
            first.url, "", people=6, latecomers=1, leavers=1, schedule="full_day", bases=(first.url, second.url)
        )
        verdict = await rehearse(plan, examples, taps=wiretap.on)
    assert verdict.fine
    people = [who for who in wiretap.heard if who not in ("moderator", "screen")]
    for who in people:
        others = {f"person:{other}" for other in people if other != who}
        assert not wiretap.views(who) & (others | {"moderators", "screen"})
    assert not [audience for audience in wiretap.views("screen") if audience not in ("room", "screen")]
    private = [page for page in written if page.split("/")[1] in PRIVATE]
    assert len({page.split("/")[1] for page in private}) == len(PRIVATE)
    for page in private:
        owner = page.rpartition("/")[2]
        assert [who for who in wiretap.heard if who != owner and wiretap.told(who, mark(page))] == []
    for page in [page for page in written if page.split("/")[1] in BETWEEN_TWO]:
        assert not wiretap.told("moderator", mark(page))
        assert not wiretap.told("screen", mark(page))
        assert len([who for who in people if wiretap.told(who, mark(page))]) <= 3


async def test_the_wiretap_hears_what_its_owner_reads(redis_url: str) -> None:

    async with running_node(redis_url) as node, await OpenWorkshop.on(node.url) as workshop:
        moderator = await workshop.staff()
        await moderator.submit("", move(moderator, PhaseId("arrival")))
        who, ana = await workshop.seat()
        page = PageId(f"arrival/aim/{who}")
        await ana.write(page, "text", f"Mine. {mark(page)}")
        wiretap = Wiretap()
        async with Device(node.url, workshop.tokens[who], tap=wiretap.on(who)) as again:
            await again.ready()
            await again.open(page)
            assert wiretap.told(who, mark(page))
            assert wiretap.views(who) == {"room", f"person:{who}"}
