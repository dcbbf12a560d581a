"""The room from above: the moderators' board, and the projector that everybody sees. Never a text."""

from collections.abc import Mapping

import msgspec

from server.core.activity import Progress
from server.core.attending import Member
from server.core.groups import Group
from server.core.messages import Act, GroupId, PersonId, PhaseId, Role, Seq, StaffId
from server.core.path import Grouping
from server.core.workshop.progress import standing
from server.core.workshop.state import UNDO_MS, HelpCall, Keeping, Timer, Workshop, grouping_at

SHOWN_ACTS = 60


class ModeratorsView(msgspec.Struct, frozen=True, omit_defaults=True):
    """The board: who is here, who sits where, who signals. Counts and states, never what people wrote."""

    code: str
    people: tuple[Member, ...]
    groups: dict[str, dict[str, tuple[Group, ...]]]
    progress: dict[str, dict[str, Progress]]
    timers: Mapping[str, Timer]
    done: tuple[PersonId, ...]
    need_time: tuple[PersonId, ...]
    help: tuple[HelpCall, ...]
    acts: tuple[Act, ...]
    keeping: Keeping
    undo_until_ms: int = 0
    undoable: tuple[Seq, ...] = ()
    """The acts that can be taken back, each for a minute."""
    how: Mapping[PhaseId, Mapping[str, Grouping]] = {}
    """Where the moderator chose another form than the path's."""
    looking: Mapping[StaffId, GroupId] = {}
    viewing: Mapping[StaffId, PersonId] = {}
    staff: Mapping[StaffId, Role] = {}
    tables: Mapping[StaffId, tuple[int, ...]] = {}


class TableView(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who sits at a table: those who said that their name may stand on the projector, and how many others."""

    table: int
    members: tuple[PersonId, ...] = ()
    others: int = 0


class ScreenView(msgspec.Struct, frozen=True, omit_defaults=True):
    """The projector: code, phase, instruction, clock, and who sits at which table while people are finding places."""

    code: str
    joined: int
    at: PhaseId | None = None
    step: int = 0
    """The step whose tables these are. What all see says it too, but the two may come one after the other."""
    tables: tuple[TableView, ...] = ()


def board_view(workshop: Workshop) -> ModeratorsView:
    return ModeratorsView(
        code=workshop.code,
        people=tuple(workshop.people.values()),
        groups={run.id: dict(run.groups) for run in workshop.phases if run.groups},
        progress={run.id: dict(run.progress) for run in workshop.phases if run.progress},
        timers=workshop.timers,
        done=tuple(sorted(workshop.signals.saying("done"))),
        need_time=tuple(sorted(workshop.signals.saying("need_time"))),
        help=workshop.help,
        acts=workshop.acts[-SHOWN_ACTS:],
        keeping=workshop.keeping,
        undo_until_ms=workshop.before.moved_ms + UNDO_MS if workshop.before else 0,
        undoable=tuple(one.seq for one in workshop.undoable),
        how={run.id: run.how for run in workshop.phases if run.how},
        looking=workshop.looking,
        viewing=workshop.viewing,
        staff=workshop.staff,
        tables=workshop.tables,
    )


def screen_view(workshop: Workshop, on_screen: frozenset[PersonId]) -> ScreenView:
    """`on_screen`: whose names may stand on the projector."""
    run = workshop.current
    steps = workshop.steps(run) if run else ()
    number = standing(run).step if run and steps else 0
    groups = grouping_at(run, steps[number]) if run and steps else ()
    tables = tuple(_table(group, on_screen) for group in sorted(groups, key=lambda one: one.table))
    return ScreenView(workshop.code, len(workshop.joined()), workshop.at, number, tables)


def _table(group: Group, on_screen: frozenset[PersonId]) -> TableView:
    """Who is absent is not called to a table in front of everybody."""
    named = tuple(person for person in group.taking_part if person in on_screen)
    return TableView(group.table, named, len(group.taking_part) - len(named))
