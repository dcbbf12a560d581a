"""Until when a workshop is kept: counted from the last day on which something happened in it."""

from msgspec.structs import replace

from server.core.messages import PhaseId
from server.core.retention import BETWEEN_MEETINGS_DAYS, DAY_MS, is_over, kept_until_ms
from server.core.view import ROOM
from server.core.workshop import commands as c
from server.core.workshop.events import LifeChanged
from server.core.workshop.evolve import evolve
from server.core.workshop.views import RoomView
from tests.support.hall import Hall

BEGUN_LATE_DAYS = 40


def days_kept(hall: Hall) -> int:
    """Whole days from now."""
    return (kept_until_ms(hall.state) - hall.now_ms) // DAY_MS


def moved(hall: Hall) -> Hall:
    hall.join("p1", "p2")
    hall.wish(c.MoveRoom(PhaseId("arrival"), None))
    return hall


def test_what_never_began_is_kept_from_its_date_on_and_without_one_from_its_making() -> None:
    hall = Hall()
    dated = kept_until_ms(replace(hall.state, date="2027-03-12"))
    undated = kept_until_ms(replace(hall.state, date=""))
    assert (dated - undated) // DAY_MS == 56
    assert kept_until_ms(replace(hall.state, date="31.12.2027")) == undated


def test_every_day_on_which_the_room_moves_begins_the_count_anew() -> None:
    hall = moved(Hall())
    assert days_kept(hall) in (365, 366)
    hall.pass_time(BEGUN_LATE_DAYS * DAY_MS)
    assert days_kept(hall) in (325, 326)
    hall.wish(c.MoveRoom(PhaseId("interviews"), PhaseId("arrival")))
    assert days_kept(hall) in (365, 366)


def test_a_series_with_a_meeting_still_ahead_is_kept_until_after_it_however_short_the_promise() -> None:
    hall = moved(Hall("two_meetings"))
    short = replace(hall.state, retention_days=30)
    in_twelve_weeks = hall.now_ms + 12 * 7 * DAY_MS
    assert not is_over(short, in_twelve_weeks)
    assert is_over(short, hall.now_ms + (30 + BETWEEN_MEETINGS_DAYS + 2) * DAY_MS)
    closed = evolve(short, LifeChanged("closed", hall.now_ms))
    assert is_over(closed, in_twelve_weeks)


def test_a_workshop_is_over_at_the_end_of_the_promised_day_and_not_before() -> None:
    hall = moved(Hall())
    until_ms = kept_until_ms(hall.state)
    assert until_ms % DAY_MS == 0
    assert not is_over(hall.state, until_ms - 1)
    assert is_over(hall.state, until_ms)


def test_everybody_reads_the_day_and_steps_of_the_same_day_change_nothing_of_it() -> None:
    hall = moved(Hall())
    room = hall.view(ROOM)
    assert isinstance(room, RoomView)
    assert room.kept_until_ms == kept_until_ms(hall.state)
    hall.pass_time(60_000)
    hall.wish(c.MoveStep(PhaseId("arrival"), 1, 0))
    later = hall.view(ROOM)
    assert isinstance(later, RoomView)
    assert later.kept_until_ms == room.kept_until_ms
