"""Getting a seat: by code, from a list, by a personal link, by PIN, or for somebody without a device."""

import csv
import hashlib
import io
import secrets
import unicodedata
from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from server.core.messages import HOST, WORKSHOP, Actor, Command, PersonId, Refused, SchoolId, StaffId, WorkshopId
from server.core.people import PersonRecord
from server.core.workshop.commands import AdmitPerson, ChangeProfile, TakePlace, WelcomeStaff
from server.edge.answers import refuse
from server.runtime.live import LiveWorkshop
from server.store.opened import Store
from server.store.tokens import Grant

Words = Annotated[str, Meta(max_length=80)]
MOST_LINES = 2_000
LONGEST = {"schooling": 40}
COLUMNS = ("name", "school", "position", "languages", "schooling")


class Joining(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody tells when they come in. Nothing else is asked, and no account is made."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    school: Words = ""
    position: Words = ""
    languages: tuple[Annotated[str, Meta(min_length=2, max_length=8)], ...] = ()
    schooling: Annotated[str, Meta(max_length=40)] = ""
    agreed: bool = False
    remote: bool = False
    person: str = ""


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


def record_of(workshop: WorkshopId, joining: Joining, now_ms: int) -> PersonRecord:
    return PersonRecord(
        name=" ".join(joining.name.split()),
        school=school_id(workshop, joining.school),
        school_name=" ".join(joining.school.split()),
        position=joining.position.strip(),
        languages=joining.languages,
        schooling=joining.schooling,
        remote=joining.remote,
        agreed_at_ms=now_ms if joining.agreed else 0,
    )


class Reception:
    """Writes a person's own data first, then the fact that they have a seat: a seat without a name cannot appear."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def join(self, live: LiveWorkshop, joining: Joining) -> Joined:
        """A new seat, or the expected one that somebody taps in the list. Raises `Problem`, `Refused`, `StoreAway`."""
        if not joining.agreed:
            raise refuse(422, "not_agreed", "the agreement on confidentiality comes first")
        if not joining.name.strip():
            raise refuse(422, "no_name", "type the name by which others know you")
        person = PersonId(joining.person) if joining.person else new_person()
        record = record_of(live.id, joining, live.now_ms())
        if joining.person:
            await self._take_expected(live, person, record)
        else:
            await self._admit(live, Actor("person", person), person, record)
        return Joined(await self.token(live.id, Actor("person", person)), person, live.id)

    async def _take_expected(self, live: LiveWorkshop, person: PersonId, record: PersonRecord) -> None:
        member = live.replica.state.people.get(person)
        if member is None:
            raise refuse(404, "no_such_person", "this name is not on the list any more")
        if member.state == "joined":
            raise refuse(409, "seat_taken", "somebody took this seat; use the personal link or a PIN of it")
        await self._store.people.put(live.id, person, record)
        actor = Actor("person", person)
        await live.replica.post(actor, WORKSHOP, _profile(person, record))
        await live.replica.post(actor, WORKSHOP, TakePlace(person))

    async def _admit(
        self,
        live: LiveWorkshop,
        actor: Actor,
        person: PersonId,
        record: PersonRecord,
        *,
        expected: bool = False,
        without_device: bool = False,
    ) -> None:
        await self._store.people.put(live.id, person, record)
        command: Command = AdmitPerson(
            person=person,
            school=record.school,
            languages=record.languages,
            schooling=record.schooling,
            remote=record.remote,
            without_device=without_device,
            expected=expected,
        )
        try:
            await live.replica.post(actor, WORKSHOP, command)
        except Refused:
            await self._store.people.erase(live.id, person)
            raise

    async def add(self, live: LiveWorkshop, staff: Actor, joining: Joining, *, without_device: bool) -> PersonId:
        """A seat that the moderator makes for somebody, marked when they have no device."""
        person = new_person()
        record = record_of(live.id, joining, live.now_ms())
        await self._admit(live, staff, person, record, without_device=without_device, expected=not without_device)
        return person

    async def invite(self, live: LiveWorkshop, text: str) -> int:
        """Seats for everybody on a list (CSV). Raises `Problem` that names each wrong line; then nobody was added."""
        people, problems = read_list(text)
        if problems:
            raise refuse(
                422, "bad_list", "nobody was added; mend these lines and send the list again", problems=problems
            )
        for joining in people:
            record = record_of(live.id, joining, 0)
            await self._admit(live, HOST, new_person(), record, expected=True)
        return len(people)

    async def change_profile(self, live: LiveWorkshop, person: PersonId, joining: Joining) -> None:
        before = (await self._store.people.get(live.id, (person,))).get(person)
        record = record_of(live.id, joining, before.agreed_at_ms if before else 0)
        await self._store.people.put(live.id, person, record)
        await live.replica.post(Actor("person", person), WORKSHOP, _profile(person, record))

    async def welcome(self, live: LiveWorkshop, colleague: Actor, name: str) -> None:
        """A name for somebody who runs the room too; it lies beside those of people, and is erased with them."""
        if not name.strip():
            raise refuse(422, "no_name", "type the name by which others know you")
        record = PersonRecord(name=" ".join(name.split()), school=SchoolId(""), school_name="")
        await self._store.people.put(live.id, PersonId(colleague.id), record)
        await live.replica.post(HOST, WORKSHOP, WelcomeStaff(StaffId(colleague.id), colleague.role))

    async def token(self, workshop: WorkshopId, actor: Actor) -> str:
        return await self._store.tokens.issue(Grant(workshop, actor))


def _profile(person: PersonId, record: PersonRecord) -> ChangeProfile:
    return ChangeProfile(person, record.school, record.languages, record.schooling, record.remote)


def new_person() -> PersonId:
    return PersonId(f"p{secrets.token_hex(5)}")


def read_list(text: str) -> tuple[list[Joining], tuple[str, ...]]:
    """The people of a CSV list with a header line, and what is wrong with it, line by line.

    Comma, semicolon or tab; `languages` separated by spaces. Only `name` must be there.
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return [], ("line 1: the list is empty; it needs a header line: " + ",".join(COLUMNS),)
    first = text.splitlines()[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    header = [(name or "").strip().casefold() for name in rows.fieldnames or ()]
    if "name" not in header:
        return [], (f"line 1: found the columns {', '.join(header)}; one must be called name",)
    unknown = [name for name in header if name and name not in COLUMNS]
    problems = [f"line 1: unknown column {name}; known are {', '.join(COLUMNS)}" for name in unknown]
    rows.fieldnames = header
    people = []
    for row in rows:
        cells = {key: (value or "").strip() for key, value in row.items() if key and isinstance(value, str | None)}
        if None in row:
            problems.append(f"line {rows.line_num}: more cells than columns")
        elif any(cells.values()):
            joining = _read_row(cells, rows.line_num, problems)
            if joining is not None:
                people.append(joining)
    if len(people) > MOST_LINES:
        problems.append(f"line {rows.line_num}: {len(people)} people; at most {MOST_LINES}")
    return people, tuple(problems)


def _read_row(cells: dict[str, str], line: int, problems: list[str]) -> Joining | None:
    wanted = {name: cells.get(name, "") for name in COLUMNS if name != "languages"}
    languages = tuple(cells.get("languages", "").replace(",", " ").split())
    flaws = list(_flaws(wanted, languages))
    problems += [f"line {line}: {flaw}" for flaw in flaws]
    return None if flaws else msgspec.convert({**wanted, "languages": languages}, type=Joining)


def _flaws(wanted: dict[str, str], languages: tuple[str, ...]) -> Iterator[str]:
    if not wanted["name"]:
        yield "name is empty; write how the person is called"
    for column, words in wanted.items():
        longest = LONGEST.get(column, 80)
        if len(words) > longest:
            yield f"{column} has {len(words)} characters; at most {longest}"
    for language in languages:
        if not 2 <= len(language) <= 8:
            yield f"languages has {language[:20]!r}; write codes such as en or sl, with spaces between them"
