"""Getting a seat: by code, from a list, by a personal link, by PIN, or for somebody without a device."""

import hashlib
import secrets
import unicodedata
from collections import Counter
from typing import Annotated

import msgspec
from msgspec import Meta

from server.core.messages import (
    HOST,
    WORKSHOP,
    Actor,
    Command,
    DeviceId,
    PersonId,
    Refused,
    SchoolId,
    StaffId,
    WorkshopId,
)
from server.core.people import PersonRecord
from server.core.workshop.commands import WelcomeStaff
from server.core.workshop.people_commands import AdmitPeople, AdmitPerson, ChangeProfile, Listed, TakeSeat
from server.edge.answers import refuse
from server.edge.lists import BadList, Line, read_list
from server.runtime.live import LiveWorkshop
from server.runtime.replica import Wish
from server.store.opened import Store
from server.store.tokens import Grant, hashed

Words = Annotated[str, Meta(max_length=80)]


class Joining(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody tells when they come in. Nothing else is asked, and no account is made.

    `claim` is a random name of this attempt: one whose answer was lost is sent again, and seats nobody twice.
    """

    name: Words
    school: Words = ""
    position: Words = ""
    languages: tuple[Annotated[str, Meta(min_length=2, max_length=8)], ...] = ()
    schooling: Annotated[str, Meta(max_length=40)] = ""
    agreed: bool = False
    remote: bool = False
    person: Annotated[str, Meta(max_length=40)] = ""
    claim: Annotated[str, Meta(pattern=r"^([A-Za-z0-9_-]{16,40})?$")] = ""


class Joined(msgspec.Struct, frozen=True):
    token: str
    person: str
    workshop: str


def school_id(workshop: WorkshopId, name: str) -> SchoolId:
    """The same for one school however its name is typed: case, accents' form and spaces do not count."""
    plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    if not plain:
        return SchoolId("")
    return SchoolId(hashlib.blake2s(plain.encode(), key=workshop.encode()[:32], digest_size=6).hexdigest())


def record_of(workshop: WorkshopId, told: Joining | Line, agreed_at_ms: int) -> PersonRecord:
    return PersonRecord(
        name=" ".join(told.name.split()),
        school=school_id(workshop, told.school),
        school_name=" ".join(told.school.split()),
        position=told.position.strip(),
        languages=told.languages,
        schooling=told.schooling,
        remote=isinstance(told, Joining) and told.remote,
        agreed_at_ms=agreed_at_ms,
    )


class Reception:
    """Whoever gets a seat. A new seat has its record before it is a fact: one without a name cannot appear.

    A seat that exists already has its record changed only after the fact: whoever is refused changes nothing.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def join(self, live: LiveWorkshop, joining: Joining) -> Joined:
        """A new seat, or the expected one that somebody taps in the list. Raises `Problem`, `Refused`, `StoreAway`."""
        if not joining.agreed:
            raise refuse(422, "not_agreed", "the agreement on confidentiality comes first")
        _named(joining)
        record = record_of(live.id, joining, live.now_ms())
        if joining.person:
            person = PersonId(joining.person)
            await self._take(live, person, record, joining.claim)
        else:
            person = await self._newcomer(live, record, joining.claim)
        return Joined(await self._store.tokens.issue(Grant(live.id, Actor("person", person))), person, live.id)

    async def _take(self, live: LiveWorkshop, person: PersonId, record: PersonRecord, claim: str) -> None:
        """Of two who tap one name the log takes the first; the other is refused, and has left no trace."""
        if person not in live.replica.state.people:
            # The list may have come in through another node a moment ago.
            await live.replica.catch_up()
        if person not in live.replica.state.people:
            raise refuse(404, "no_such_person", "this name is not on the list any more")
        actor = Actor("person", person)
        told = record.school, record.languages, record.schooling, record.remote
        command = TakeSeat(person, *told)
        # Numbered by the claim: sent again because its answer was lost, it finds that it was the first.
        device = DeviceId(f"claim-{hashed(claim)[:32]}" if claim else f"claim-{secrets.token_hex(16)}")
        await live.replica.submit(Wish(actor, device, 1, WORKSHOP, msgspec.Raw(msgspec.msgpack.encode(command))))
        await self._store.people.put(live.id, person, record)
        # Once more, so that every screen hears the name that is there only now.
        await live.replica.post(actor, WORKSHOP, ChangeProfile(person, *told))

    async def _newcomer(self, live: LiveWorkshop, record: PersonRecord, claim: str) -> PersonId:
        person = new_person()
        if claim:
            person = await self._store.people.claimed(live.id, hashed(claim), person)
        if person not in live.replica.state.people:
            try:
                await self._admit(live, Actor("person", person), person, record)
            except Refused as refused:
                if not claim or refused.code != "seat_taken":
                    raise
        return person

    async def _admit(
        self, live: LiveWorkshop, actor: Actor, person: PersonId, record: PersonRecord, *, without_device: bool = False
    ) -> None:
        await self._store.people.put(live.id, person, record)
        command: Command = AdmitPerson(
            person=person,
            school=record.school,
            languages=record.languages,
            schooling=record.schooling,
            remote=record.remote,
            without_device=without_device,
        )
        try:
            await live.replica.post(actor, WORKSHOP, command)
        except Refused:
            await self._forget(live, [person])
            raise

    async def _forget(self, live: LiveWorkshop, people: list[PersonId]) -> None:
        """The records of those who got no seat after all."""
        for person in people:
            if person not in live.replica.state.people:
                await self._store.people.erase(live.id, person)

    async def add(self, live: LiveWorkshop, staff: Actor, joining: Joining) -> PersonId:
        """A seat that the moderator makes for somebody without a device, marked as such."""
        _named(joining)
        person = new_person()
        record = record_of(live.id, joining, live.now_ms() if joining.agreed else 0)
        await self._admit(live, staff, person, record, without_device=True)
        return person

    async def invite(self, live: LiveWorkshop, staff: Actor, content: bytes) -> int:
        """Seats for everybody on a list (CSV), all at once. The same list again adds nobody.

        Raises `Problem` that names each wrong line, and `Refused`; then nobody was added.
        """
        try:
            lines = read_list(content)
        except BadList as bad:
            words = "nobody was added; mend these lines and send the list again"
            raise refuse(422, "bad_list", words, problems=bad.problems) from bad
        known = live.replica.state.people
        listed = {who: line for who, line in zip(listed_ids(live.id, lines), lines, strict=True) if who not in known}
        records = {who: record_of(live.id, line, 0) for who, line in listed.items()}
        await self._store.people.put_all(live.id, records)
        people = tuple(Listed(who, one.school, one.languages, one.schooling) for who, one in records.items())
        try:
            await live.replica.post(staff, WORKSHOP, AdmitPeople(people))
        except Refused:
            await self._forget(live, list(records))
            raise
        return len(people)

    async def change_profile(self, live: LiveWorkshop, actor: Actor, joining: Joining) -> None:
        """Raises `Problem` and `Refused`; then everything is as it was."""
        _named(joining)
        person = PersonId(actor.id)
        before = (await self._store.people.get(live.id, (person,))).get(person)
        record = record_of(live.id, joining, before.agreed_at_ms if before else 0)
        command = ChangeProfile(person, record.school, record.languages, record.schooling, record.remote)
        live.replica.check(actor, WORKSHOP, command)
        await self._store.people.put(live.id, person, record)
        try:
            await live.replica.post(actor, WORKSHOP, command)
        except Refused:
            # The workshop was closed in this very moment.
            if before is not None:
                await self._store.people.put(live.id, person, before)
            raise

    async def welcome(self, live: LiveWorkshop, colleague: Actor, name: str) -> None:
        """A name for somebody who runs the room too; it lies beside those of people, and is erased with them."""
        if not name.strip():
            raise refuse(422, "no_name", "type the name by which others know you")
        record = PersonRecord(name=" ".join(name.split()), school=SchoolId(""), school_name="")
        command = WelcomeStaff(StaffId(colleague.id), colleague.role)
        live.replica.check(HOST, WORKSHOP, command)
        await self._store.people.put(live.id, PersonId(colleague.id), record)
        await live.replica.post(HOST, WORKSHOP, command)


def _named(joining: Joining) -> None:
    if not joining.name.strip():
        raise refuse(422, "no_name", "type the name by which others know you")


def new_person() -> PersonId:
    return PersonId(f"p{secrets.token_hex(5)}")


def listed_ids(workshop: WorkshopId, lines: list[Line]) -> list[PersonId]:
    """A seat's id for each line, the same whenever this list comes: two of one name and school have two."""
    times: Counter[tuple[str, SchoolId]] = Counter()
    ids = []
    for line in lines:
        who = " ".join(unicodedata.normalize("NFKC", line.name).casefold().split()), school_id(workshop, line.school)
        times[who] += 1
        drawn = hashlib.blake2s("\n".join((*who, str(times[who]))).encode(), key=workshop.encode()[:32], digest_size=5)
        ids.append(PersonId(f"p{drawn.hexdigest()}"))
    return ids
