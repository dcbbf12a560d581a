"""Names and frozen texts of one workshop, kept beside its views and fetched when a view first mentions them."""

from collections.abc import Iterable

from protocol.frames import Name
from server.core.excerpt import cut, source
from server.core.messages import FrozenId, PersonId, WorkshopId
from server.core.naming import Names
from server.store.frozen import Frozen
from server.store.people import People


class Lookup:
    """What views name by id. Whoever is erased is missing, here and on every screen."""

    def __init__(self, workshop: WorkshopId, people: People, frozen: Frozen) -> None:
        self._workshop = workshop
        self._people = people
        self._frozen = frozen
        self._names: dict[PersonId, Name] = {}
        self._texts: dict[FrozenId, dict[str, str]] = {}
        self._register: Names | None = None
        self._absent: set[str] = set()
        """Asked for and not there: erased. Without this every view of an erased person would ask the store again."""
        self._forgotten = 0
        self._due: set[PersonId] = set()
        """Who has come or changed since somebody's name was fetched: they are asked for together."""

    async def load(self) -> None:
        for person, record in (await self._people.everybody(self._workshop)).items():
            self._names[person] = Name(record.name, record.school_name, record.position)

    def forget(self, people: Iterable[PersonId]) -> None:
        """Their records have changed: fetched anew when a view mentions them next."""
        for person in people:
            self._forgotten += 1
            self._names.pop(person, None)
            self._absent.discard(person)
            self._due.add(person)
        self._register = None

    async def fetch(self, people: Iterable[PersonId], texts: Iterable[FrozenId]) -> None:
        """Have at hand what these views mention. What was forgotten meanwhile is not taken in: it may be the old."""
        forgotten = self._forgotten
        unknown = {person for person in people if not self._knows(person)}
        if unknown:
            unknown |= self._due
            self._due = set()
        records = await self._people.get(self._workshop, unknown)
        unread = {text for text in map(source, texts) if not self._has_text(text)}
        found = await self._frozen.get(self._workshop, unread)
        if forgotten != self._forgotten:
            return
        for person, record in records.items():
            self._names[person] = Name(record.name, record.school_name, record.position)
        self._texts.update(found)
        if records:
            self._register = None
        self._absent.update(unknown - records.keys(), unread - found.keys())

    async def register(self, people: Iterable[PersonId]) -> Names:
        """The names of these people and their schools, to look for in a text that is about to be frozen."""
        await self.fetch(people, ())
        if self._register is None:
            known = self._names.values()
            self._register = Names(words for one in known for words in (one.name, one.school))
        return self._register

    def has(self, people: Iterable[PersonId], texts: Iterable[FrozenId]) -> bool:
        """Whether there is nothing to fetch."""
        return all(map(self._knows, people)) and all(self._has_text(source(text)) for text in texts)

    def _knows(self, person: PersonId) -> bool:
        return person in self._names or person in self._absent

    def _has_text(self, text: FrozenId) -> bool:
        return text in self._texts or text in self._absent

    def names(self, people: Iterable[PersonId]) -> dict[str, Name]:
        return {person: self._names[person] for person in sorted(people) if person in self._names}

    def texts(self, texts: Iterable[FrozenId]) -> dict[str, dict[str, str]]:
        """Each text, or the one field or line of it that the view names: `id`, `id#field`, `id#field#2`."""
        found: dict[str, dict[str, str]] = {}
        for text in sorted(texts):
            fields = self._texts.get(source(text))
            if fields is not None:
                found[text] = cut(text, fields)
        return found
