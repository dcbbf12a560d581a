"""What every activity promises, whatever it is about: each folder of `server/activities` is put on the stage."""

import importlib
import pkgutil
import random
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import server.activities
from server.core import view as audiences
from server.core.activity import AnyActivity
from server.core.excerpt import source
from server.core.messages import Event, Freezing, FrozenId, GroupId, PageId, PersonId
from server.core.rehearsal import Example
from server.core.view import Audience
from tests.support.stage import OTHERS, Stage

NAMES = [module.name for module in pkgutil.iter_modules(server.activities.__path__) if module.ispkg]
SIZES = (2, 3, 5, 7, 8, 13)

every_activity = pytest.mark.parametrize("name", NAMES)


def activity(name: str) -> AnyActivity:
    found: AnyActivity = importlib.import_module(f"server.activities.{name}").ACTIVITY
    return found


def example(name: str) -> Example[Any]:
    found: Example[Any] = importlib.import_module(f"server.activities.{name}.example").EXAMPLE
    return found


def stage(name: str, people: int = 7) -> Stage:
    return Stage(activity(name), example(name), people)


def played(name: str, people: int = 7, seed: int = 1) -> Stage:
    made = stage(name, people)
    made.play(random.Random(seed))
    return made


def strings(body: object) -> Iterator[str]:
    if isinstance(body, str):
        yield body
    elif isinstance(body, dict):
        for key, value in body.items():
            yield from strings(key)
            yield from strings(value)
    elif isinstance(body, list):
        for value in body:
            yield from strings(value)


@every_activity
def test_an_activity_is_named_like_its_folder_and_reads_its_example_as_a_pack_would(name: str) -> None:
    assert activity(name).name == name
    raw = msgspec.to_builtins(example(name).config)
    assert msgspec.convert(raw, activity(name).config) == example(name).config


@every_activity
def test_a_setting_that_nobody_knows_is_an_error(name: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"mis_spelt": 1}, activity(name).config)


@every_activity
@pytest.mark.parametrize("people", SIZES)
def test_the_example_runs_to_the_end_by_its_bots(name: str, people: int) -> None:
    made = played(name, people)
    assert made.log


@every_activity
@pytest.mark.parametrize("step", range(6))
def test_the_example_runs_to_the_end_when_somebody_leaves_on_the_way(name: str, step: int) -> None:
    made, dice = stage(name), random.Random(step)
    steps = [one.id for one in made.scene.steps]
    made.play(dice, until=steps[min(step, len(steps) - 1)])
    made.leave(made.people[step])
    made.play(dice)


@every_activity
def test_the_bots_wish_everything_that_can_be_wished(name: str) -> None:
    sent = {type(command) for seed in range(5) for _, command in played(name, 8, seed).wishes}
    sent |= {type(command) for command in example(name).by_staff}
    rare = {*example(name).withdrawals, *example(name).mishaps}
    assert sent | rare == set(activity(name).commands)


@every_activity
def test_what_only_moderators_wish_is_refused_to_everybody_else(name: str) -> None:
    made = stage(name)
    for command in example(name).by_staff:
        assert made.refusal(made.people[0], command) == "moderators_only"


@every_activity
@pytest.mark.parametrize("status", ["planned", "closed"])
def test_what_was_wished_in_an_open_phase_is_refused_in_one_that_is_not(name: str, status: Any) -> None:
    made = played(name, 8)
    wishes = [wish for wish in made.wishes if not isinstance(wish[1], example(name).withdrawals)]
    made.status(status)
    assert {made.refusal(who, command) for who, command in wishes} == {"phase_closed"}


@every_activity
def test_a_closed_phase_takes_no_writing_but_on_pages_that_are_said_to_last(name: str) -> None:
    made = played(name)
    made.status("closed")
    written = {page for one in made.people for page, right in made.rights(one).items() if right == "write"}
    assert {kind(page) for page in written} <= {*example(name).lasting}


@every_activity
def test_who_catches_up_writes_on_pages_of_their_own_and_on_no_others(name: str) -> None:
    """In a closed phase that one person makes up for, nothing moves under the hands of the others."""
    made = played(name)
    made.status("catching_up")
    for one in made.people:
        written = {page for page, right in made.rights(one).items() if right == "write"}
        assert {owner(page) for page in written if kind(page) not in example(name).lasting} <= {one}


@every_activity
def test_a_page_that_is_not_mine_is_not_mine(name: str) -> None:
    """The last part of a page's name is its owner: me, somebody who shares a group with me, or that group."""
    made = stage(name, 8)
    for step in made.scene.steps:
        made.play(random.Random(2), until=step.id)
        for one in made.people:
            for page in made.rights(one):
                assert page.startswith("here/")
                assert page.rpartition("/")[2] in made.near(one)


@every_activity
def test_nobody_without_a_seat_opens_a_page(name: str) -> None:
    made = played(name)
    assert not [actor for actor in OTHERS if made.rights(actor)]


@every_activity
def test_nobody_freezes_what_they_may_not_open(name: str) -> None:
    made = played(name, 8)
    for _, command in list(made.wishes):
        if isinstance(command, Freezing):
            strangers = [one for one in made.people if command.page not in made.rights(one)]
            assert all(made.refusal(one, command) for one in strangers)


@every_activity
def test_every_name_and_text_that_a_view_mentions_travels_with_it(name: str) -> None:
    made = stage(name, 8)
    for step in made.scene.steps:
        made.play(random.Random(3), until=step.id)
        for audience in made.audiences():
            shown = made.activity.view(made.state, audience, made.scene)
            if shown is not None:
                mentioned = set(strings(made.shows(audience)))
                assert type(shown.body) in made.activity.views
                assert mentioned & set(made.people) <= shown.people
                assert {one for one in mentioned if source(FrozenId(one)) in made.frozen} <= shown.texts
                assert shown.people <= set(made.people)


@every_activity
def test_strangers_see_no_text_that_the_room_does_not_see(name: str) -> None:
    """Except texts of earlier phases: how far those go was decided there, and each activity tests that it holds."""
    made = played(name, 8)
    room = made.activity.view(made.state, audiences.ROOM, made.scene)
    public = room.texts if room else frozenset()
    for one in made.people:
        for audience in made.audiences_of(one):
            shown = made.activity.view(made.state, audience, made.scene)
            texts = {made.frozen[source(key)].page for key in (shown.texts if shown else frozenset()) - public}
            assert not [page for page in texts if page.startswith("here/") and owner(page) not in made.near(one)]


def owner(page: PageId) -> str:
    return page.rpartition("/")[2]


def kind(page: PageId) -> str:
    return page.split("/")[1]


def concerned(made: Stage, event: Event) -> set[Audience]:
    everywhere = {audiences.ROOM, audiences.SCREEN, audiences.MODERATORS}
    if event.concerns == "everybody":
        return set(made.audiences())
    if event.concerns == "person":
        who: PersonId = event.person  # type: ignore[attr-defined]
        return everywhere | set(made.audiences_of(who))
    if event.concerns == "people":
        few: tuple[PersonId, ...] = event.people  # type: ignore[attr-defined]
        return everywhere | {audience for one in few for audience in made.audiences_of(one)}
    which: GroupId = event.group  # type: ignore[attr-defined]
    group = made.scene.group(which)
    members = group.members if group else ()
    return everywhere | {audiences.group(which)} | {audiences.person(member) for member in members}


@every_activity
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**16), people=st.sampled_from(SIZES))
def test_a_commit_changes_no_view_of_those_whom_no_fact_of_it_concerns(name: str, seed: int, people: int) -> None:
    made = stage(name, people)
    made.play(random.Random(seed))
    made.go_to(random.Random(seed).choice([one.id for one in made.scene.steps]))
    state: msgspec.Struct = made.activity.start(made.example.config)
    before = {audience: made.seen(audience, state) for audience in made.audiences()}
    for commit in made.commits:
        for event in commit:
            state = made.activity.evolve(state, event)
        after = {audience: made.seen(audience, state) for audience in made.audiences()}
        told = {audience for event in commit for audience in concerned(made, event)}
        assert {one for one in after if after[one] != before[one]} <= told
        before = after


@every_activity
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_part_of_a_true_log_still_folds_and_shows(name: str, data: st.DataObject) -> None:
    made = played(name, 7)
    kept = data.draw(st.lists(st.booleans(), min_size=len(made.log), max_size=len(made.log)))
    state: msgspec.Struct = made.activity.start(made.example.config)
    for event, stays in zip(made.log, kept, strict=True):
        state = made.activity.evolve(state, event) if stays else state
    for audience in made.audiences():
        made.seen(audience, state)
    msgspec.msgpack.encode(made.activity.products(state, made.scene))


@every_activity
def test_folding_leaves_the_state_before_as_it_was(name: str) -> None:
    made = played(name)
    state: msgspec.Struct = made.activity.start(made.example.config)
    for event in made.log:
        before = repr(state)
        after = made.activity.evolve(state, event)
        assert repr(state) == before
        state = after
