"""A moderator sees where people are on their screens; what they do there only when they were asked in."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.activities.talk.messages import SaySpoken
from server.core.activity import Right, right_of
from server.core.messages import Actor, GroupId, PageId, PersonId, PhaseId, Refused, StaffId
from server.core.view import Audience, Lens, looking_into, seeing_as
from server.core.workshop import commands as c
from server.core.workshop.views import GroupView, PersonView
from server.paths.loading import parse_pack
from server.runtime.attendance import audiences_of
from tests.support.example_path import EXAMPLE
from tests.support.hall import MODERATOR, Hall, person

INTERVIEWS = PhaseId("interviews")
QUESTION = PhaseId("question")
WITH_NOTES = EXAMPLE.replace(
    "    aim: Two schools", "    config: { note: true, group_note: true }\n    aim: Two schools"
)


def talking(*people: str) -> Hall:
    """Pairs who talk and write a note together."""
    hall = Hall("one_hour", pack=parse_pack(WITH_NOTES, "test"))
    hall.join(*people)
    hall.wish(c.MoveRoom(QUESTION, None))
    return hall


def pair_of(hall: Hall, who: str) -> GroupId:
    run = hall.state.current
    assert run is not None
    return next(group.id for group in run.groups["pairs"] if who in group.members)


def seen(hall: Hall, lens: Lens, part: str) -> bytes:
    """Every byte that the lens lets through, with the people and texts that travel with it."""
    shown = hall.rulebook.view(hall.state, part, lens)
    return b"" if shown is None else msgspec.msgpack.encode((shown.body, sorted(shown.people), sorted(shown.texts)))


def test_without_being_asked_a_moderator_sees_where_a_group_is_and_nothing_that_it_does() -> None:
    hall = talking("p1", "p2", "p3", "p4")
    mine = pair_of(hall, "p1")
    before = seen(hall, looking_into(mine), QUESTION)
    hall.wish(SaySpoken(), person("p1"), QUESTION)
    assert seen(hall, looking_into(mine), QUESTION) == before
    where = hall.view(looking_into(mine))
    assert isinstance(where, GroupView)
    assert (where.id, where.phase, set(where.members)) == (mine, QUESTION, {*where.members})


def audiences(hall: Hall) -> set[str]:
    return {str(one) for one in audiences_of(hall.state, MODERATOR)}


def test_whom_a_group_asked_in_sees_what_it_shares_until_the_call_is_closed() -> None:
    hall = talking("p1", "p2", "p3", "p4")
    mine = pair_of(hall, "p1")
    hall.wish(c.LookInto(mine))
    hall.wish(c.CallHelp(for_group=True), person("p1"))
    assert f"group:{mine}" in audiences(hall)
    hall.wish(c.CancelHelp(PersonId("p1")))
    assert f"group:{mine}" not in audiences(hall)


def test_a_call_for_oneself_or_for_a_missing_partner_invites_nobody_to_what_the_group_shares() -> None:
    for call in (c.CallHelp(), c.CallHelp("partner_gone")):
        hall = talking("p1", "p2", "p3", "p4")
        hall.wish(c.LookInto(pair_of(hall, "p1")))
        hall.wish(call, person("p1"))
        assert not [one for one in audiences(hall) if one.startswith("group:")]


def test_the_page_of_a_group_is_read_by_whom_it_asked_in_while_they_look_and_never_written() -> None:
    hall = talking("p1", "p2", "p3", "p4")
    mine, board = pair_of(hall, "p1"), PageId(f"{QUESTION}/board/{pair_of(hall, 'p1')}")
    other = Actor("moderator", "s9")

    def pages(actor: Actor) -> dict[PageId, Right]:
        granted = hall.rulebook.documents(hall.state, actor, QUESTION)
        return {page: right for page, grant in granted.items() if (right := right_of(grant))}

    hall.wish(c.LookInto(mine))
    assert pages(MODERATOR) == {}
    hall.wish(c.CallHelp(for_group=True), person("p1"))
    assert pages(MODERATOR) == {board: "read"}
    assert pages(other) == {}
    hall.wish(c.LookInto())
    assert pages(MODERATOR) == {}


def test_a_person_is_seen_where_they_are_alone_too_and_sees_who_looks() -> None:
    hall = Hall()
    hall.join("p1", "p2")
    wheel = PhaseId("balance_wheel")
    hall.wish(c.MoveRoom(wheel, None))
    hall.wish(c.WelcomeStaff(StaffId(MODERATOR.id), "moderator"))
    hall.wish(c.LookInto(person=PersonId("p1")))
    ana = PersonId("p1")
    me = hall.view(seeing_as(ana))
    assert isinstance(me, PersonView)
    assert [one.staff for one in me.lookers] == [MODERATOR.id]
    assert hall.rulebook.view(hall.state, wheel, seeing_as(ana)) is not None
    other = hall.view(Audience("person", "p2"))
    assert isinstance(other, PersonView)
    assert other.lookers == ()


def test_a_visitor_sees_the_phase_where_the_room_is_and_no_other() -> None:
    hall = talking("p1", "p2")
    mine = pair_of(hall, "p1")
    hall.wish(c.CallHelp(for_group=True), person("p1"))
    hall.wish(c.MoveRoom(PhaseId("welcome"), QUESTION))
    assert hall.rulebook.view(hall.state, QUESTION, looking_into(mine)) is None


@pytest.mark.parametrize("command", [c.LookInto(GroupId("nowhere")), c.LookInto(person=PersonId("nobody"))])
def test_there_must_be_somebody_to_look_at(command: c.LookInto) -> None:
    hall = talking("p1", "p2")
    with pytest.raises(Refused, match="no_such"):
        hall.wish(command)


PHASES = ("interviews", "balance_wheel", "write_vignette", "similarities", "partner_choice", "dimensions")


@given(st.sampled_from(PHASES), st.integers(0, 6), st.integers(2, 7))
@settings(max_examples=30, deadline=None)
def test_every_screen_can_be_shown_to_a_visitor_and_what_people_did_changes_no_byte_of_it(
    phase: str, step: int, people: int
) -> None:
    """The same place of the same day, once lived through by everybody and once not at all."""
    lived, empty = (Hall("full_day") for _ in range(2))
    for hall in (lived, empty):
        hall.join(*(f"p{number}" for number in range(people)))
        hall.seed = 77
        hall.wish(c.MoveRoom(PhaseId(phase), None))
        run = hall.state.current
        assert run is not None
        target = step % len(hall.state.steps(run))
        if target:
            hall.wish(c.MoveStep(run.id, target, 0))
    _live(lived, PhaseId(phase))
    run = lived.state.current
    assert run is not None
    lenses = [seeing_as(who) for who in lived.state.people]
    lenses += [looking_into(group.id) for groups in run.groups.values() for group in groups]
    for lens in lenses:
        assert seen(lived, lens, phase) == seen(empty, lens, phase), lens


def _live(hall: Hall, phase: PhaseId) -> None:
    """Whatever each person may wish in this phase with values of its type; what is refused is refused."""
    activity = hall.rulebook._activities[hall.state.spec(hall.state.phase(phase)).activity]  # type: ignore[arg-type]
    for number, who in enumerate(hall.state.people):
        # Every other person in the opposite order: what one command did, a later one would undo.
        for command in activity.commands[:: 1 if number % 2 else -1]:
            try:
                wish = msgspec.convert({"type": command.__name__, **_filled(hall, command, who)}, command)
                hall.wish(wish, person(who), phase)
            except (Refused, msgspec.ValidationError, KeyError):
                continue


def _filled(hall: Hall, command: type, who: PersonId) -> dict[str, object]:
    others = [one for one in hall.state.people if one != who]
    guess = {"str": others[0] if others else who, "int": 1, "bool": True}
    found: dict[str, object] = {}
    for field in msgspec.structs.fields(command):
        if field.required:
            found[field.name] = guess.get(getattr(field.type, "__name__", "str"), guess["str"])
    return found
