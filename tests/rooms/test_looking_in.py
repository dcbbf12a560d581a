"""A moderator looks in over real sockets: nothing that anybody did is on the wire until a group asks them in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from protocol.frames import Accepted, RefusedFrame
from server.core.messages import Command, GroupId, PageId, PersonId, PhaseId
from server.core.path import Grouping
from server.core.workshop import commands as c
from server.core.workshop.state import PhaseRun
from server.rehearsal.device import Device, HeldPage
from server.rehearsal.web import ask
from tests.support.eventually import eventually
from tests.support.node import RunningNode, running_node
from tests.support.situation import QUESTION, SHORT_DAY
from tests.support.workshop import OpenWorkshop

SECRET = "Between the two of us"


class Room:
    """Four people in two pairs who write a note together, and a moderator whose every byte is heard."""

    def __init__(self, node: RunningNode, workshop: OpenWorkshop) -> None:
        self.node = node
        self.workshop = workshop
        self.heard: list[bytes] = []
        self.people: dict[PersonId, Device] = {}

    async def begin(self) -> None:
        self.moderator = await self.workshop.device(self.workshop.tokens["moderator"], tap=self.heard.append)
        for name in ("Ana", "Bor", "Eva", "Jan"):
            person, device = await self.workshop.seat(name)
            self.people[person] = device
        await self.leads(c.MoveRoom(QUESTION, None))
        await eventually(lambda: all(("room", QUESTION) in one.views for one in self.people.values()))

    async def leads(self, command: Command) -> None:
        told = await self.moderator.submit("", command)
        assert isinstance(told, Accepted), told

    @property
    def run(self) -> PhaseRun:
        run = self.node.parts.node.live[self.workshop.id].replica.state.phase(QUESTION)
        assert run is not None
        return run

    @property
    def ana(self) -> PersonId:
        return next(iter(self.people))

    def table_of(self, person: PersonId) -> GroupId:
        return next(group.id for group in self.run.groups["pairs"] if person in group.members)

    def board_of(self, person: PersonId) -> PageId:
        return PageId(f"{QUESTION}/board/{self.table_of(person)}")

    async def writes(self, person: PersonId, text: str) -> None:
        device, board = self.people[person], self.board_of(person)
        await device.open(board)
        await device.write(board, "text", text)

    def told(self, words: str) -> bool:
        return any(words.encode() in message for message in self.heard)

    def audiences(self) -> set[str]:
        return {audience for audience, _ in self.moderator.views}


@asynccontextmanager
async def room(redis_url: str) -> AsyncIterator[Room]:
    async with running_node(redis_url) as node:
        wanted = {"title": "A day", "schedule": "one_hour", "pack": SHORT_DAY}
        made = OpenWorkshop(await ask("POST", f"{node.url}/api/workshops", wanted), node.url)
        async with made as workshop:
            found = Room(node, workshop)
            await found.begin()
            yield found


async def test_where_a_group_is_travels_and_what_it_writes_does_not(redis_url: str) -> None:
    async with room(redis_url) as day:
        await day.writes(day.ana, SECRET)
        mine = day.table_of(day.ana)
        await day.leads(c.LookInto(mine))
        await eventually(lambda: (f"look:{mine}", QUESTION) in day.moderator.views)
        where = day.moderator.views[f"look:{mine}", ""].body
        assert (where["id"], where["phase"], len(where["members"])) == (mine, QUESTION, 2)
        refused = await day.moderator.open(day.board_of(day.ana))
        assert isinstance(refused, RefusedFrame)
        assert refused.code == "not_your_page"
        assert not day.told(SECRET)
        assert f"group:{mine}" not in day.audiences()


async def test_whom_the_group_asks_in_reads_its_page_until_the_call_is_closed(redis_url: str) -> None:
    async with room(redis_url) as day:
        await day.writes(day.ana, SECRET)
        mine, board = day.table_of(day.ana), day.board_of(day.ana)
        await day.people[day.ana].submit("", c.CallHelp(for_group=True))
        await day.leads(c.LookInto(mine))
        await eventually(lambda: (f"group:{mine}", QUESTION) in day.moderator.views)
        held = await day.moderator.open(board)
        assert isinstance(held, HeldPage)
        assert (held.fields, held.right) == ({"text": SECRET}, "read")
        await day.people[day.ana].submit("", c.CancelHelp(day.ana))
        await eventually(lambda: held.right == "none" and f"group:{mine}" not in day.audiences())


async def test_the_group_sees_who_looks_and_a_laptop_that_dies_looks_at_nobody(redis_url: str) -> None:
    async with room(redis_url) as day:
        mine = day.table_of(day.ana)
        link = {"role": "co_moderator", "name": "Mia Kos"}
        token = day.workshop.tokens["moderator"]
        made = await ask("POST", f"{day.node.url}/api/workshops/{day.workshop.id}/links", link, token=token)
        async with Device(day.node.url, made["link"].partition("#")[2]) as helper:
            await helper.ready()
            told = await helper.submit("", c.LookInto(mine))
            assert isinstance(told, Accepted), told

            def lookers() -> list[str]:
                seen = day.people[day.ana].views[f"group:{mine}", ""]
                return [seen.names[one["staff"]]["name"] for one in seen.body.get("lookers", ())]

            await eventually(lambda: lookers() == ["Mia Kos"])
        await eventually(lambda: lookers() == [])


async def test_a_colleague_with_a_name_can_be_given_tables_before_they_come(redis_url: str) -> None:
    async with room(redis_url) as day:
        link = {"role": "co_moderator", "name": "Mia Kos"}
        token = day.workshop.tokens["moderator"]
        await ask("POST", f"{day.node.url}/api/workshops/{day.workshop.id}/links", link, token=token)
        await eventually(lambda: day.moderator.views["moderators", ""].body.get("staff"))
        (helper,) = day.moderator.views["moderators", ""].body["staff"]
        await day.leads(c.AssignTables(helper, (1,)))
        seen = day.moderator.views["moderators", ""]
        await eventually(lambda: day.moderator.views["moderators", ""].body.get("tables") == {helper: [1]})
        assert seen.names[helper]["name"] == "Mia Kos"


async def test_a_co_moderator_without_a_name_is_there_once_they_came_and_can_give_themselves_one(
    redis_url: str,
) -> None:
    async with room(redis_url) as day:
        helper = await day.workshop.staff("co_moderator")
        me = helper.welcome.you.id if helper.welcome else ""
        await eventually(lambda: day.moderator.views["moderators", ""].body.get("staff") == {me: "co_moderator"})
        token = day.workshop.tokens["co_moderator"]
        await ask("POST", f"{day.node.url}/api/profile", {"name": "Rok Novak"}, token=token)
        await eventually(lambda: day.moderator.views["moderators", ""].names.get(me, {}).get("name") == "Rok Novak")


async def test_what_a_table_wrote_is_read_by_its_people_after_new_groups_also_the_last_letters(redis_url: str) -> None:
    async with room(redis_url) as day:
        ana = day.people[day.ana]
        old = day.board_of(day.ana)
        await day.writes(day.ana, SECRET)
        ours = next(group.members for group in day.run.groups["pairs"] if day.ana in group.members)
        before = {who: day.table_of(who) for who in day.people}
        await day.leads(c.FormGroups(QUESTION, "pairs", how=Grouping("fours")))
        # On its way when the groups changed: the writer had not been told.
        told = await ana.write(old, "late", "and one more word")
        assert not isinstance(told, RefusedFrame), told
        for who, device in day.people.items():
            held = await device.open(old)
            if who in ours:
                assert isinstance(held, HeldPage)
                assert (held.fields["text"], held.right) == (SECRET, "read")
            else:
                assert isinstance(held, RefusedFrame)
        kept = ana.views[f"person:{day.ana}", ""].body["kept"]
        assert [table["pages"] for table in kept] == [[old]]
        acts = await eventually(lambda: day.moderator.views["moderators", ""].body.get("undoable"))
        assert acts
        await day.leads(c.UndoAct(acts[-1]))
        await eventually(lambda: {who: day.table_of(who) for who in day.people} == before)
        held = await ana.open(old)
        assert isinstance(held, HeldPage)
        assert held.right == "write"


async def test_a_person_is_shown_to_a_visitor_in_a_step_for_the_room_too(redis_url: str) -> None:
    async with room(redis_url) as day:
        await day.leads(c.LookInto(person=day.ana))
        await day.leads(c.MoveRoom(PhaseId("welcome"), QUESTION))
        await eventually(lambda: (f"as:{day.ana}", "welcome") in day.moderator.views)
        seen = day.moderator.views[f"as:{day.ana}", ""].body
        assert seen["me"]["id"] == day.ana
        await eventually(lambda: day.people[day.ana].views[f"person:{day.ana}", ""].body.get("lookers"))
        await day.leads(c.LookInto())
        await eventually(lambda: day.audiences() == {"room", "moderators"})
