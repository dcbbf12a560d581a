"""The wall of what authors let the room see, with nothing beside a nameless vignette that points at somebody."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from server.activities.vignette_writing.messages import Chosen
from server.activities.vignette_writing.release import ROOM_LEVELS
from server.activities.vignette_writing.state import Writing
from server.core.activity import Scene
from server.core.excerpt import excerpt
from server.core.messages import FrozenId, PersonId

RARE_BELOW = 3
"""A phase of schooling or a language that fewer people of the room have would point at them."""
UNIQUE_BELOW = 2
"""A tag that no other nameless vignette has is a trace."""


class Card(msgspec.Struct, frozen=True, omit_defaults=True):
    """A shared vignette. Without an `author` it is nameless, and only what many others share stands beside it."""

    text: FrozenId
    author: PersonId | None = None
    topics: tuple[str, ...] = ()
    boundary: tuple[str, ...] = ()
    whose_issue: str = ""
    schooling: str = ""
    language: str = ""

    def poster(self) -> "Poster":
        title, pull_a, pull_b, question = (
            excerpt(self.text, field) for field in ("title", "pull_a", "pull_b", "question")
        )
        return Poster(title, pull_a, pull_b, question, self.author, self.topics)


class Poster(msgspec.Struct, frozen=True, omit_defaults=True):
    """What of a card fits on a projector; the whole text is on the phones."""

    title: FrozenId
    pull_a: FrozenId
    pull_b: FrozenId
    question: FrozenId
    author: PersonId | None = None
    topics: tuple[str, ...] = ()

    def texts(self) -> tuple[FrozenId, ...]:
        return (self.title, self.pull_a, self.pull_b, self.question)


def wall(state: Writing, scene: Scene) -> tuple[Card, ...]:
    """Ordered by the random names of the frozen copies, which tell neither whose a text is nor when it came."""
    nameless = [desk.chosen for desk in state.desks.values() if desk.level == "room_anonymous"]
    tags = Counter(tag for chosen in nameless for tag in _tags(chosen))
    schooling, languages = _counts(scene)
    cards = []
    for person, desk in state.desks.items():
        if desk.shared is None or desk.level not in ROOM_LEVELS:
            continue
        if desk.level == "room_named":
            cards.append(card(desk.shared.copy.text, person, desk.chosen))
        else:
            cards.append(_nameless(desk.shared.copy.text, desk.chosen, tags, schooling, languages))
    return tuple(sorted(cards, key=lambda card: card.text))


def card(text: FrozenId, author: PersonId, chosen: Chosen) -> Card:
    return Card(text, author, chosen.topics, chosen.boundary, chosen.whose_issue, chosen.schooling, chosen.language)


def rare_schooling(schooling: str, scene: Scene) -> bool:
    return _counts(scene)[0][schooling] < RARE_BELOW


def _nameless(
    text: FrozenId,
    chosen: Chosen,
    tags: Counter[tuple[str, str]],
    schooling: Counter[str],
    languages: Counter[str],
) -> Card:
    common = {tag for tag in _tags(chosen) if tags[tag] >= UNIQUE_BELOW}
    return Card(
        text,
        None,
        tuple(sorted(word for kind, word in common if kind == "topic")),
        tuple(sorted(word for kind, word in common if kind == "boundary")),
        chosen.whose_issue if ("whose", chosen.whose_issue) in common else "",
        chosen.schooling if schooling[chosen.schooling] >= RARE_BELOW else "",
        chosen.language if languages[chosen.language] >= RARE_BELOW else "",
    )


def _tags(chosen: Chosen) -> Iterator[tuple[str, str]]:
    yield from (("topic", word) for word in chosen.topics)
    yield from (("boundary", word) for word in chosen.boundary)
    if chosen.whose_issue:
        yield "whose", chosen.whose_issue


def _counts(scene: Scene) -> tuple[Counter[str], Counter[str]]:
    """How many people of the room have each phase of schooling, and each language."""
    here = [member for member in scene.people.values() if member.state == "joined"]
    schooling = Counter(member.schooling for member in here if member.schooling)
    return schooling, Counter(language for member in here for language in member.languages)
