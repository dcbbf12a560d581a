"""The fold: from a workshop and one fact to the workshop after it; it never fails, and destroys nothing."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar, cast

from msgspec.structs import replace

from server.core.activity import AnyActivity, Progress
from server.core.messages import Act, Event, PersonId, PhaseId, Seq
from server.core.path import Pack
from server.core.workshop import events as e
from server.core.workshop import people_folds, plan_folds, tables
from server.core.workshop.history import left_tables, met_in
from server.core.workshop.progress import moved_to_step, moved_to_turn, step_timers, turn_timers
from server.core.workshop.state import (
    Announcement,
    Before,
    HelpCall,
    PhaseRun,
    Signal,
    Signals,
    Workshop,
)
from server.core.workshop.undoing import remembered, undone

KEPT_ACTS = 200
"""The moderators' log shows the newest acts; all of them stay in the workshop log."""

KEPT_ANNOUNCEMENTS = 20


def created(event: e.WorkshopCreated, activities: Mapping[str, AnyActivity], configs: Mapping[str, object]) -> Workshop:
    """The workshop of a log's first fact; every phase's activity starts empty, so that looking ahead is always safe."""
    phases = planned_phases(event.pack, event.schedule)
    return Workshop(
        id=event.workshop,
        title=event.title,
        code=event.code,
        created_ms=event.at_ms,
        date=event.date,
        language=event.language,
        retention_days=event.retention_days,
        schedule=event.schedule,
        pack=event.pack,
        pack_id=event.pack_id,
        seed=event.seed,
        phases=phases,
        activities={
            run.id: activities[event.pack.phases[run.spec].activity].start(configs[run.spec]) for run in phases
        },
    )


def planned_phases(pack: Pack, schedule: str) -> tuple[PhaseRun, ...]:
    return tuple(
        PhaseRun(
            id=PhaseId(stop.key),
            spec=stop.phase,
            variant=stop.variant,
            minutes=stop.minutes,
            meeting=meeting,
            counted=stop.counted,
            between=stop.between,
            ahead=stop.ahead,
        )
        for meeting, stop in pack.schedules[schedule].stops()
    )


def evolve(workshop: Workshop, event: Event) -> Workshop:
    """The workshop after a fact of its own; facts of activities are folded by their activity."""
    fold = _FOLDS.get(type(event))
    return fold(workshop, event) if fold else workshop


# -- phases ----------------------------------------------------------------------------------------------------------


def _entered(run: PhaseRun, at_ms: int) -> PhaseRun:
    status = "reopened" if run.opened_ms else "open"
    first = Progress(since_ms=at_ms) if not run.progress else run.progress.get("", Progress())
    return replace(
        run,
        status=status,
        skipped=False,
        opened_ms=run.opened_ms or at_ms,
        entered_ms=at_ms,
        progress={**run.progress, "": first},
    )


def _exited(run: PhaseRun, at_ms: int) -> PhaseRun:
    spent = run.spent_ms + max(0, at_ms - run.entered_ms) if run.entered_ms else run.spent_ms
    return replace(run, status="closed", spent_ms=spent, entered_ms=0, left_ms=at_ms)


def _room_moved(workshop: Workshop, event: e.RoomMoved) -> Workshop:
    # What undoing goes back to has not met yet: they go on sitting together.
    before = Before(workshop.at, workshop.phases, workshop.timers, event.at_ms, event.mover, workshop.life)
    workshop = left_tables(workshop, event.left)
    phases = tuple(
        _entered(run, event.at_ms)
        if run.id == event.phase
        else _exited(run, event.at_ms)
        if run.id == event.left
        else run
        for run in workshop.phases
    )
    moved = replace(workshop, at=event.phase, phases=phases, before=before, signals=Signals(), timers={}, looking={})
    # Of the next phase nobody has said yet that their partner is gone: often they have another one, or none.
    moved = replace(moved, help=tuple(call for call in workshop.help if call.reason != "partner_gone"))
    run = moved.phase(event.phase)
    return moved if run is None else replace(moved, timers=step_timers(moved, run, event.at_ms))


def _undone(workshop: Workshop, event: e.MoveUndone) -> Workshop:
    before = workshop.before
    if before is None:
        return workshop
    # Groups formed since, and people placed since, stay: only where the room is, and what is open, goes back.
    was = {run.id: run for run in before.phases}
    phases = tuple(
        replace(
            run,
            status=old.status,
            skipped=old.skipped,
            entered_ms=old.entered_ms,
            spent_ms=old.spent_ms,
            sat=old.sat,
        )
        if (old := was.get(run.id))
        else run
        for run in workshop.phases
    )
    away_ms = max(0, event.at_ms - before.moved_ms)
    timers = {
        scope: timer if timer.paused else replace(timer, ends_ms=timer.ends_ms + away_ms)
        for scope, timer in before.timers.items()
    }
    back = replace(workshop, at=before.at, phases=phases, timers=timers, before=None, signals=Signals())
    return replace(back, met=met_in(phases))


def _opened(workshop: Workshop, event: e.PhaseOpened) -> Workshop:
    run = workshop.phase(event.phase)
    if run is None:
        return workshop
    status = "reopened" if run.opened_ms else "open"
    # The minutes of the phase where the room is count again; another phase is open beside, and spends none of them.
    entered_ms = (run.entered_ms or event.at_ms) if run.id == workshop.at else run.entered_ms
    opened = replace(run, status=status, opened_ms=run.opened_ms or event.at_ms, skipped=False, entered_ms=entered_ms)
    return workshop.with_run(opened)


def _closed(workshop: Workshop, event: e.PhaseClosed) -> Workshop:
    workshop = left_tables(workshop, event.phase)
    run = workshop.phase(event.phase)
    return workshop if run is None else workshop.with_run(_exited(run, event.at_ms))


def _catch_up(workshop: Workshop, event: e.CatchUpBegun) -> Workshop:
    run = workshop.phase(event.phase)
    if run is None:
        return workshop
    return workshop.with_run(replace(run, catching_up=run.catching_up | {event.person}))


def _warned(workshop: Workshop, event: e.PhaseWarned) -> Workshop:
    run = workshop.phase(event.phase)
    return workshop if run is None or not run.is_open else workshop.with_run(replace(run, status="warning"))


def _step_moved(workshop: Workshop, event: e.StepMoved) -> Workshop:
    workshop = left_tables(workshop, event.phase, event.group, event.step)
    run = workshop.phase(event.phase)
    if run is None:
        return workshop
    moved = moved_to_step(run, event.step, event.at_ms, event.group)
    changed = workshop.with_run(moved)
    if event.phase != workshop.at:
        return changed
    if event.group is None:
        return replace(changed, signals=Signals(), timers=step_timers(changed, moved, event.at_ms))
    return replace(changed, timers=turn_timers(changed, moved, event.at_ms, workshop.timers, event.group))


def _turn_moved(workshop: Workshop, event: e.TurnMoved) -> Workshop:
    run = workshop.phase(event.phase)
    if run is None:
        return workshop
    moved = moved_to_turn(run, event)
    changed = workshop.with_run(moved)
    if event.phase != workshop.at:
        return changed
    return replace(changed, timers=turn_timers(changed, moved, event.at_ms, workshop.timers, event.group))


def _act_undone(workshop: Workshop, event: e.ActUndone) -> Workshop:
    found = next((one for one in workshop.undoable if one.seq == event.act), None)
    return workshop if found is None else undone(workshop, found)


# -- signals and help ------------------------------------------------------------------------------------------------


def _done(workshop: Workshop, event: e.DoneSignalled) -> Workshop:
    return _signalled(workshop, event.person, "done", event.done)


def _need_time(workshop: Workshop, event: e.NeedTimeSignalled) -> Workshop:
    return _signalled(workshop, event.person, "need_time", event.need)


def _signalled(workshop: Workshop, person: PersonId, signal: Signal, up: bool) -> Workshop:
    signals = workshop.signals
    return replace(workshop, signals=signals.said(person, signal) if up else signals.unsaid(person, signal))


def _help_called(workshop: Workshop, event: e.HelpCalled) -> Workshop:
    call = HelpCall(event.person, event.at_ms, event.group, event.reason)
    return replace(workshop, help=(*(c for c in workshop.help if c.person != event.person), call))


def _help_answered(workshop: Workshop, event: e.HelpAnswered) -> Workshop:
    return replace(
        workshop,
        help=tuple(replace(c, coming=event.staff) if c.person == event.person else c for c in workshop.help),
    )


def _help_closed(workshop: Workshop, event: e.HelpClosed) -> Workshop:
    return replace(workshop, help=tuple(c for c in workshop.help if c.person != event.person))


def _announced(workshop: Workshop, event: e.Announced) -> Workshop:
    said = (*workshop.announcements, Announcement(event.text, event.to, event.at_ms))
    return replace(workshop, announcements=said[-KEPT_ANNOUNCEMENTS:])


def _looked(workshop: Workshop, event: e.LookedInto) -> Workshop:
    looking = {staff: group for staff, group in workshop.looking.items() if staff != event.staff}
    viewing = {staff: person for staff, person in workshop.viewing.items() if staff != event.staff}
    if event.group is not None:
        looking[event.staff] = event.group
    if event.person is not None:
        viewing[event.staff] = event.person
    return replace(workshop, looking=looking, viewing=viewing)


def _welcomed(workshop: Workshop, event: e.StaffWelcomed) -> Workshop:
    return replace(workshop, staff={**workshop.staff, event.staff: event.role})


def _groups_assigned(workshop: Workshop, event: e.GroupsAssigned) -> Workshop:
    found = {
        group.table
        for run in workshop.phases
        for groups in run.groups.values()
        for group in groups
        if group.id in event.groups
    }
    return replace(workshop, tables={**workshop.tables, event.staff: tuple(sorted(found))})


def _tables_assigned(workshop: Workshop, event: e.TablesAssigned) -> Workshop:
    return replace(workshop, tables={**workshop.tables, event.staff: event.tables})


# -- the workshop ----------------------------------------------------------------------------------------------------


def _life(workshop: Workshop, event: e.LifeChanged) -> Workshop:
    """No clock runs in a workshop that has ended; opened again, its phase goes on from where its time stood."""
    turned = replace(workshop, life=event.life)
    run = workshop.current
    if (event.life == "live") == (workshop.life == "live"):
        return turned
    if event.life == "live":
        return turned if run is None else turned.with_run(replace(run, entered_ms=event.at_ms))
    turned = replace(turned, timers={})
    if run is None or not run.entered_ms:
        return turned
    spent_ms = run.spent_ms + max(0, event.at_ms - run.entered_ms)
    return turned.with_run(replace(run, spent_ms=spent_ms, entered_ms=0))


def _renamed(workshop: Workshop, event: e.WorkshopRenamed) -> Workshop:
    return replace(workshop, title=event.title)


def with_act(workshop: Workshop, act: Act, before: Workshop | None, seq: Seq) -> Workshop:
    """The workshop after a commit with an act: its line in the log, and for a minute the way back."""
    told = replace(workshop, acts=(*workshop.acts, replace(act, seq=seq))[-KEPT_ACTS:])
    return told if before is None else remembered(told, before, act, seq)


E = TypeVar("E", bound=Event)


def _fold(event: type[E], fold: Callable[[Workshop, E], Workshop]) -> tuple[type[Event], Callable[..., Workshop]]:
    return event, fold


class _Dated(Protocol):
    @property
    def at_ms(self) -> int: ...


D = TypeVar("D", bound=_Dated)


def _goes_on(event: type[D], fold: Callable[[Workshop, D], Workshop]) -> tuple[type[Event], Callable[..., Workshop]]:
    """A fact that tells that the workshop goes on: how long it is kept is counted from the last of these."""

    def dated(workshop: Workshop, fact: D) -> Workshop:
        return replace(fold(workshop, fact), happened_ms=max(workshop.happened_ms, fact.at_ms))

    return cast(type[Event], event), dated


_FOLDS: Mapping[type[Event], Callable[..., Workshop]] = dict(
    [
        _fold(e.PersonAdmitted, people_folds.admitted),
        _fold(e.ProfileChanged, people_folds.profile),
        _fold(e.PersonLeft, people_folds.left),
        _fold(e.SeatOffered, people_folds.seat_offered),
        _fold(e.OfferAnswered, people_folds.offer_answered),
        _fold(e.SeatOpened, people_folds.seat_opened),
        _fold(e.SeatClosed, people_folds.seat_closed),
        _fold(e.PersonPlaced, tables.placed),
        _fold(e.PairKept, people_folds.pair_kept),
        _goes_on(e.RoomMoved, _room_moved),
        _goes_on(e.MoveUndone, _undone),
        _fold(e.ActUndone, _act_undone),
        _goes_on(e.PhaseOpened, _opened),
        _goes_on(e.PhaseClosed, _closed),
        _fold(e.PhaseSkipped, plan_folds.skipped),
        _fold(e.PhaseWarned, _warned),
        _fold(e.CatchUpBegun, _catch_up),
        _goes_on(e.StepMoved, _step_moved),
        _fold(e.TurnMoved, _turn_moved),
        _fold(e.TurnsKept, tables.turns_kept),
        _fold(e.MinutesChanged, plan_folds.minutes),
        _fold(e.OrderChanged, plan_folds.order),
        _fold(e.VariantChanged, plan_folds.variant),
        _fold(e.StepCut, plan_folds.step_cut),
        _fold(e.GroupsFormed, tables.groups_formed),
        _fold(e.TimerSet, tables.timer_set),
        _fold(e.TimeAdded, tables.time_added),
        _fold(e.TimersPaused, tables.timers_paused),
        _fold(e.DoneSignalled, _done),
        _fold(e.NeedTimeSignalled, _need_time),
        _fold(e.HelpCalled, _help_called),
        _fold(e.HelpAnswered, _help_answered),
        _fold(e.HelpClosed, _help_closed),
        _fold(e.Announced, _announced),
        _fold(e.LookedInto, _looked),
        _fold(e.StaffWelcomed, _welcomed),
        _fold(e.GroupsAssigned, _groups_assigned),
        _fold(e.TablesAssigned, _tables_assigned),
        _goes_on(e.LifeChanged, _life),
        _fold(e.WorkshopRenamed, _renamed),
    ]
)
