"""The rules of the workshop itself: a wish becomes facts, or is refused with what to do about it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from server.core.messages import Actor, Command, Context, Event, Refused
from server.core.workshop import (
    assignments,
    door_rules,
    group_rules,
    people_rules,
    phase_rules,
    plan_rules,
    signal_rules,
    timer_rules,
    undo_rules,
)
from server.core.workshop import commands as c
from server.core.workshop.grounds import Grounds
from server.core.workshop.people_commands import (
    AdmitPeople,
    AdmitPerson,
    AnswerOffer,
    ChangeProfile,
    CloseSeat,
    KeepApart,
    KeepTogether,
    LeaveForGood,
    OfferSeat,
    OpenSeat,
    TakePlace,
    TakeSeat,
)

Rule = Callable[[Any, Command, Actor, Context], Iterable[Event]]

_RULES: Mapping[type[Command], Callable[..., Iterable[Event]]] = {
    AdmitPerson: people_rules.admit,
    ChangeProfile: people_rules.change_profile,
    AdmitPeople: people_rules.admit_all,
    TakePlace: people_rules.take_place,
    TakeSeat: people_rules.take_seat,
    LeaveForGood: people_rules.leave,
    OfferSeat: door_rules.offer,
    AnswerOffer: door_rules.answer,
    OpenSeat: door_rules.open_,
    CloseSeat: door_rules.close,
    KeepApart: people_rules.keep_apart,
    KeepTogether: people_rules.keep_together,
    c.MoveRoom: phase_rules.move_room,
    c.UndoMove: phase_rules.undo_move,
    c.UndoAct: undo_rules.undo_act,
    c.OpenPhase: phase_rules.open_phase,
    c.ClosePhase: phase_rules.close_phase,
    c.SkipPhase: phase_rules.skip_phase,
    c.MoveStep: phase_rules.move_step,
    c.MoveTurn: phase_rules.move_turn,
    c.ChangeMinutes: phase_rules.change_minutes,
    c.ChangeOrder: phase_rules.change_order,
    c.ChangeVariant: plan_rules.change_variant,
    c.CutStep: plan_rules.cut_step,
    c.ShareDelay: plan_rules.share_delay,
    c.WarnPhase: phase_rules.warn,
    c.CatchUp: people_rules.catch_up,
    c.FormGroups: group_rules.form,
    c.MovePerson: group_rules.move_person,
    c.SwapPeople: group_rules.swap_people,
    c.MergeGroups: group_rules.merge_groups,
    c.SplitGroup: group_rules.split_group,
    c.RepairGroup: group_rules.repair_group,
    c.StartTimer: timer_rules.start,
    c.PauseTimer: timer_rules.pause,
    c.ResumeTimer: timer_rules.resume,
    c.AddTime: timer_rules.add,
    c.StopTimer: timer_rules.stop,
    c.SignalDone: signal_rules.done,
    c.SignalNeedTime: signal_rules.need_time,
    c.CallHelp: signal_rules.call_help,
    c.CancelHelp: signal_rules.cancel_help,
    c.AnswerHelp: signal_rules.answer_help,
    c.Announce: signal_rules.announce,
    c.LookInto: signal_rules.look_into,
    c.WelcomeStaff: assignments.welcome,
    c.AssignTables: assignments.assign,
    c.ChangeLife: phase_rules.change_life,
    c.RenameWorkshop: phase_rules.rename,
}

FOR_ALL: frozenset[type[Command]] = frozenset(
    {
        AdmitPerson,
        ChangeProfile,
        TakePlace,
        TakeSeat,
        LeaveForGood,
        AnswerOffer,
        CloseSeat,
        c.SignalDone,
        c.SignalNeedTime,
        c.CallHelp,
        c.CancelHelp,
        c.MoveTurn,
        c.MoveStep,
        c.CatchUp,
    }
)
"""What participants may wish too, each for themselves or their own group; everything else is the moderators'."""

FOR_THE_CLOCK: frozenset[type[Command]] = frozenset({c.WarnPhase, TakePlace, c.WelcomeStaff, OpenSeat})

FOR_THE_CLOCK_ALONE: frozenset[type[Command]] = frozenset({OpenSeat})
"""The door wishes it for whoever stands before it; nobody who is in already may."""

FOR_THE_MODERATOR: frozenset[type[Command]] = frozenset(
    {
        c.MoveRoom,
        c.UndoMove,
        c.OpenPhase,
        c.ClosePhase,
        c.SkipPhase,
        c.ChangeMinutes,
        c.ChangeOrder,
        c.ChangeVariant,
        c.CutStep,
        c.ShareDelay,
        c.ChangeLife,
        c.RenameWorkshop,
        c.WelcomeStaff,
        c.AssignTables,
    }
)
"""What moves the whole room is not a co-moderator's, who looks after groups."""

WHILE_CLOSED: frozenset[type[Command]] = frozenset({c.ChangeLife, OfferSeat, AnswerOffer, OpenSeat, CloseSeat})
"""What was made can be read afterwards, also on another device."""


def decide(grounds: Grounds, command: Command, actor: Actor, context: Context) -> tuple[Event, ...]:
    """The facts of one command. Raises `Refused` with the rule that says no."""
    kind = type(command)
    rule = _RULES.get(kind)
    if rule is None:
        raise Refused("unknown_command", f"the workshop has no {kind.__name__}")
    _may(kind, actor)
    if actor.role == "co_moderator":
        _may_help(grounds, command, actor)
    life = grounds.workshop.life
    if life == "erased" or (life == "closed" and kind not in WHILE_CLOSED):
        raise Refused("workshop_closed", "the moderator can open it again for follow-up")
    return tuple(rule(grounds, command, actor, context))


def _may(kind: type[Command], actor: Actor) -> None:
    if kind in FOR_THE_CLOCK_ALONE and actor.role != "clock":
        raise Refused("not_allowed", f"{kind.__name__} is the server's own")
    if actor.is_staff or actor.role == "host":
        return
    if actor.role == "person" and kind in FOR_ALL:
        return
    if actor.role == "clock" and kind in FOR_THE_CLOCK:
        return
    raise Refused("not_allowed", f"{kind.__name__} is the moderators'")


def _may_help(grounds: Grounds, command: Command, actor: Actor) -> None:
    """A co-moderator with tables of their own acts for these; one without any helps wherever it is needed."""
    if type(command) in FOR_THE_MODERATOR or (isinstance(command, c.MoveStep) and command.group is None):
        raise Refused("not_allowed", "this moves the whole room; ask the moderator")
    assignments.check(grounds.workshop, command, actor)
