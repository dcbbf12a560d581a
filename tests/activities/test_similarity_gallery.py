"""The gallery: who is given which vignettes, and what an author learns of its readers."""

import pytest
from msgspec.structs import replace

from server.activities.similarity import ACTIVITY
from server.activities.similarity.example import EXAMPLE
from server.activities.similarity.messages import (
    AskForVignettes,
    RateCloseness,
)
from server.core import view as audiences
from server.core.messages import FrozenId, SchoolId
from server.core.products import Closeness, Product, Vignette
from tests.support.gallery import (
    MODERATOR,
    P1,
    P2,
    P3,
    P4,
    P5,
    P6,
    P7,
    P8,
    key_of,
    me,
    products,
    read_by_all,
    served,
    two_foursomes,
)
from tests.support.stage import Stage


@pytest.fixture
def room() -> Stage:
    return two_foursomes()


def with_products(room: Stage, *products: Product) -> None:
    room.scene = replace(room.scene, products=(*room.scene.products, *products))


def test_who_asks_is_given_five_vignettes_of_others_and_may_ask_for_more(room: Stage) -> None:
    room.submit(P1, AskForVignettes())
    assert len(served(room, P1)) == 5
    assert key_of(room, P1) not in served(room, P1)
    assert me(room, P1)["more"] == 1
    room.submit(P1, AskForVignettes())
    assert "more" not in me(room, P1)


def test_a_moderator_serves_everybody_at_once_and_moves_nobody(room: Stage) -> None:
    room.submit(P1, AskForVignettes())
    before = served(room, P1)
    room.submit(MODERATOR, AskForVignettes())
    assert served(room, P1)[: len(before)] == before
    assert "waiting" not in room.shows(audiences.MODERATORS)
    assert room.submit(MODERATOR, AskForVignettes()) == []


def test_a_vignette_that_its_author_did_not_let_to_the_room_is_given_to_nobody(room: Stage) -> None:
    room.submit(MODERATOR, AskForVignettes())
    assert not [one for one in room.people if key_of(room, P3) in served(room, one)]
    assert not [one for one in room.audiences() if b"told in tp3" in room.seen(one)]


def test_an_author_who_shares_without_a_name_is_not_named_to_readers(room: Stage) -> None:
    room.submit(P8, AskForVignettes())
    named = {one["vignette"]: one.get("author") for one in me(room, P8)["vignettes"]}
    shares = {one.key: one.author if one.share == "room_named" else None for one in room.scene.of(Vignette)}
    assert named == {key: shares[key] for key in named}
    assert {author for author in named.values() if author}


def test_a_late_vignette_finds_its_readers_as_soon_as_its_author_comes_to_read() -> None:
    room = Stage(ACTIVITY, EXAMPLE, people=8)
    for one in room.people[:-1]:
        room.submit(one, AskForVignettes())
    late = Vignette("late", P8, FrozenId("tp3"), "room_anonymous", room.scene.phase)
    others = tuple(one for one in room.scene.products if getattr(one, "author", None) != P8)
    room.scene = replace(room.scene, products=(*others, late))
    before = {one: served(room, one) for one in room.people}
    room.submit(P8, AskForVignettes())
    assert sum("late" in served(room, one) for one in room.people) == 3
    assert all(set(keys) <= set(served(room, one)) for one, keys in before.items())


def test_a_reader_rates_only_what_was_given_to_them_and_may_think_again(room: Stage) -> None:
    assert room.refusal(P1, RateCloseness(key_of(room, P2), 1)) == "not_served"
    room.submit(P1, AskForVignettes())
    key = served(room, P1)[0]
    room.submit(P1, RateCloseness(key, 1, 2, 3))
    room.submit(P1, RateCloseness(key, 3))
    assert me(room, P1)["vignettes"][0]["rated"] == {"closeness": 3}
    assert [one.value for one in products(room) if isinstance(one, Closeness)] == [3]
    assert room.refusal(P1, RateCloseness("nothing", 1)) == "no_such_vignette"


def test_a_withdrawn_vignette_leaves_every_screen_and_takes_its_closeness_with_it(room: Stage) -> None:
    read_by_all(room)
    gone = key_of(room, P1)
    room.scene = replace(room.scene, products=tuple(p for p in room.scene.products if getattr(p, "key", "") != gone))
    assert not [one for one in room.audiences() if gone.encode() in room.seen(one)]
    assert gone not in {one.vignette for one in products(room) if isinstance(one, Closeness)}


def test_an_author_counts_who_finds_it_close_after_the_reading_and_from_five_readers_on(room: Stage) -> None:
    read_by_all(room)
    own = me(room, P1)["own"]
    assert (own["readers"] >= 5, "close" in own) == (True, False)
    room.go_to("find")
    own = me(room, P1)["own"]
    assert own["close"] == own["readers"]
    reader = next(one for one in room.people if key_of(room, P1) in served(room, one))
    room.submit(reader, RateCloseness(key_of(room, P1), 1))
    assert me(room, P1)["own"]["close"] == own["close"] - 1


def test_four_readers_are_too_few_for_a_count() -> None:
    room = Stage(ACTIVITY, EXAMPLE, people=5)
    read_by_all(room)
    room.go_to("find")
    assert me(room, P1)["own"]["readers"] == 4
    assert "close" not in me(room, P1)["own"]


def test_a_gallery_between_two_meetings_goes_on_in_the_meeting(room: Stage) -> None:
    with_products(room, *(Closeness(one, key_of(room, P1), P1, 2) for one in (P5, P6, P7, P8, P4)))
    room.go_to("find")
    assert me(room, P1)["own"]["close"] == 5
    room.submit(P5, AskForVignettes())
    assert key_of(room, P1) not in served(room, P5)


def test_people_of_one_school_do_not_read_each_other(room: Stage) -> None:
    people = {
        one: replace(room.scene.people[one], school=SchoolId(f"s{at // 2}")) for at, one in enumerate(room.people)
    }
    room.scene = replace(room.scene, people=people)
    read_by_all(room)
    assert key_of(room, P2) not in served(room, P1)
    rows = room.shows(audiences.MODERATORS)["vignettes"]
    assert all(one["outside"] == one["readers"] >= 3 for one in rows)
    assert room.shows(audiences.ROOM)["well_read"] == 7
