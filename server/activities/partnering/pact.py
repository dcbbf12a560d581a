"""What a partnership writes down of itself: its issue, what is alike and what is different, confirmed by every side."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from server.activities.partnering.messages import ConfirmPact, PactConfirmed, PactReopened, ReopenPact
from server.activities.partnering.state import Pact, Partnering
from server.activities.partnering.units import people_of
from server.core.activity import Grant, Scene
from server.core.consent import PartnershipId
from server.core.excerpt import lines
from server.core.messages import Actor, Context, Event, GroupId, PageId, PersonId, PhaseId, Refused
from server.core.wishes import UnitId

TITLE_CHARS: Final = 80
LINE_CHARS: Final = 160
MOST_LINES: Final = 5
PACT_FIELDS: Final = ("issue_title", "same", "different")


def group_of(phase: PhaseId, partnership: PartnershipId) -> GroupId:
    """The partnership as a group of every later phase: two choices of partners in one path must not share a name."""
    return GroupId(f"{phase}-{partnership}")


def pact_page(phase: PhaseId, partnership: PartnershipId) -> PageId:
    """The fields of `PACT_FIELDS`; `same` and `different` hold one a line."""
    return PageId(f"{phase}/pact/{group_of(phase, partnership)}")


def own_partnership(state: Partnering, person: PersonId | None) -> tuple[UnitId, PartnershipId] | None:
    unit = state.consent.unit_of(person)
    key = state.consent.partnership_of(unit) if unit else None
    return None if unit is None or key is None else (unit, key)


def is_agreed(state: Partnering, partnership: PartnershipId) -> bool:
    """Every side has confirmed the text as it is; a third who joins has not."""
    pact, standing = state.pacts.get(partnership), state.consent.partnerships.get(partnership)
    if pact is None or standing is None or pact.agreed is None:
        return False
    return all(pact.said.get(unit) == pact.sha256 for unit in standing.units)


def documents(state: Partnering, actor: Actor, scene: Scene) -> Mapping[PageId, Grant]:
    if scene.status == "planned":
        return {}
    if actor.is_staff:
        return {pact_page(scene.phase, partnership): "count" for partnership in state.consent.partnerships}
    pages: dict[PageId, Grant] = {
        pact_page(scene.phase, key): "read" for key, _ in former_partnerships(state, actor.person)
    }
    own = own_partnership(state, actor.person)
    if own is None:
        return pages
    # Also when the room has gone on: whoever had too little time finds the words with their partner later.
    return {**pages, pact_page(scene.phase, own[1]): "read" if is_agreed(state, own[1]) else "write"}


def former_partnerships(
    state: Partnering, person: PersonId | None
) -> Iterator[tuple[PartnershipId, tuple[PersonId, ...]]]:
    """The partnerships that ended for somebody, and with whom."""
    for key, people in state.former.items():
        if person in people and key not in state.consent.partnerships:
            yield key, tuple(one for one in people if one != person)


def confirm(
    state: Partnering, command: ConfirmPact, person: PersonId, scene: Scene, context: Context
) -> Iterable[Event]:
    own = own_partnership(state, person)
    if own is None or command.page != pact_page(scene.phase, own[1]):
        raise Refused("not_your_partnership")
    unit, key = own
    text = context.texts.get(command.page)
    if text is None:
        raise Refused("pact_unwritten")
    _check_text(text.fields)
    pact = state.pacts.get(key, Pact())
    if pact.said.get(unit) == text.sha256:
        return []
    others = [other for other in state.consent.partnerships[key].units if other != unit]
    agreed = all(pact.said.get(other) == text.sha256 for other in others)
    return [PactConfirmed(key, unit, text.frozen, text.sha256, people_of(state, (unit, *others)), agreed)]


def reopen(state: Partnering, command: ReopenPact, person: PersonId) -> Iterable[Event]:
    own = own_partnership(state, person)
    if own is None or own[1] != command.partnership:
        raise Refused("not_your_partnership")
    if not state.pacts.get(command.partnership, Pact()).said:
        return []
    return [PactReopened(command.partnership, people_of(state, state.consent.partnerships[command.partnership].units))]


def _check_text(fields: Mapping[str, str]) -> None:
    if not fields.get("issue_title", "").strip():
        raise Refused("pact_unwritten", "your issue needs a title")
    _within(fields["issue_title"], TITLE_CHARS)
    for field, code in (("same", "nothing_alike"), ("different", "nothing_different")):
        written = lines(fields.get(field, ""))
        if not written:
            raise Refused(code, "write at least one line")
        if len(written) > MOST_LINES:
            raise Refused("too_many_lines", f"at most {MOST_LINES}")
        for line in written:
            _within(line, LINE_CHARS)


def _within(text: str, limit: int) -> None:
    if len(unicodedata.normalize("NFC", text.strip())) > limit:
        raise Refused("text_too_long", f"at most {limit} characters")
