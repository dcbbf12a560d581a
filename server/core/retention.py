"""Until when a workshop is kept: the promise that was made to the room, as a day that everybody can read."""

from datetime import UTC, datetime

from server.core.workshop.state import Workshop

DAY_MS = 24 * 3600 * 1000

BETWEEN_MEETINGS_DAYS = 120
"""A series takes twelve weeks, with a holiday in between; as long as a meeting lies ahead nothing is erased."""


def kept_until_ms(workshop: Workshop) -> int:
    """The end of the promise: `retention_days` after the last day on which the room was moved, opened or closed.

    A workshop that was never begun counts from its date, and one with a meeting still ahead waits for that meeting.
    """
    last_ms = workshop.happened_ms or max(workshop.created_ms, day_ms(workshop.date))
    waits_days = BETWEEN_MEETINGS_DAYS if workshop.life == "live" and meets_again(workshop) else 0
    # To the end of a day: a promise to the hour would be a new one with every step that a table takes.
    return (last_ms // DAY_MS + 1 + workshop.retention_days + waits_days) * DAY_MS


def is_over(workshop: Workshop, now_ms: int) -> bool:
    return workshop.life == "erased" or now_ms >= kept_until_ms(workshop)


def meets_again(workshop: Workshop) -> bool:
    """Whether phases of a later meeting are still to come."""
    run = workshop.current
    now = run.meeting if run else 0
    return any(one.meeting > now and not one.skipped and not one.opened_ms for one in workshop.phases)


def day_ms(date: str) -> int:
    """A day written as 2027-03-12; 0 for no day, or for what an earlier version took for one."""
    try:
        return int(datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC).timestamp() * 1000)
    except ValueError:
        return 0
