"""Who may answer, reveal, agree and look back, and when."""

from collections.abc import Iterable

from server.activities.network_dimensions import messages as m
from server.activities.network_dimensions.comparison import staying
from server.activities.network_dimensions.pages import rules_page, why_field
from server.activities.network_dimensions.state import Agreed, Answer, Dimensions
from server.core.activity import Scene
from server.core.groups import Group
from server.core.lines import LINE_CHARS, within, written
from server.core.messages import Actor, Command, Context, Event, GroupId, PersonId, Refused


def decide(state: Dimensions, command: Command, actor: Actor, scene: Scene, context: Context) -> Iterable[Event]:
    # How it has become is asked weeks later, while the room is in another phase.
    if not scene.is_open and (scene.status == "planned" or not isinstance(command, m.SetActual)):
        raise Refused("phase_closed")
    if isinstance(command, m.RevealAnyway):
        return _revealed_anyway(state, actor, _own_group(state, actor, command.group, scene), scene)
    person = actor.person
    if person is None:
        raise Refused("people_only", "a profile is its owner's, and rules are their partners'")
    match command:
        case m.SetAnswer():
            return _answered(state, command, person, scene)
        case m.FinishAnswers():
            return _finished(state, person, scene)
        case m.NameGoal(group=group, goal=goal, delicate=delicate, busy=busy):
            ours, common = _own_group(state, actor, group, scene), state.common(group)
            same = (common.goal, common.delicate, common.busy) == (goal, delicate, busy)
            return [] if same else [m.GoalNamed(ours.id, goal, delicate, busy)]
        case m.SetJoint():
            return _joined(state, command, _own_group(state, actor, command.group, scene))
        case m.ConfirmRules():
            return _confirmed(state, command, person, scene, context)
        case m.SetActual():
            return _looked_back(state, command, person, scene)
        case _:
            raise Refused("unknown_command")


def _known(state: Dimensions, indicator: str) -> None:
    if indicator not in state.config.ids:
        raise Refused("no_such_indicator")


def _own_group(state: Dimensions, actor: Actor, which: GroupId, scene: Scene) -> Group:
    """The group, if the actor may act for it. Alone there is nobody to agree with."""
    ours = next((one for one in scene.groups.get(state.config.partners, ()) if one.id == which), None)
    if ours is None:
        raise Refused("no_such_group")
    if not actor.is_staff and actor.person not in ours.members:
        raise Refused("not_your_group")
    if len(ours.members) < 2:
        raise Refused("alone", "a profile of one's own is all there is without a partner")
    return ours


def _answered(state: Dimensions, command: m.SetAnswer, person: PersonId, scene: Scene) -> list[Event]:
    _known(state, command.indicator)
    ours = scene.group_of(person, state.config.partners)
    if ours is not None and person in state.common(ours.id).revealed:
        raise Refused("already_revealed", "what you agree on together is the joint position")
    profile = state.answers.get(person, {})
    if profile.get(command.indicator) == Answer(command.wanted, command.star):
        return []
    starred = sum(answer.star for indicator, answer in profile.items() if indicator != command.indicator)
    if command.star and starred >= state.config.stars:
        raise Refused("no_stars_left", f"{state.config.stars} in all")
    return [m.AnswerSet(person, command.indicator, command.wanted, command.star)]


def _finished(state: Dimensions, person: PersonId, scene: Scene) -> list[Event]:
    """The last who finishes reveals; who is merely away is waited for, since unfinished answers are nobody's."""
    if not state.has_answered_all(person):
        raise Refused("unanswered", "one tap on every line")
    facts: list[Event] = [] if person in state.finished else [m.AnswersFinished(person)]
    ours = scene.group_of(person, state.config.partners)
    if ours is None:
        return facts
    finished = state.finished | {person}
    here = staying(scene, ours)
    seen = state.common(ours.id).revealed
    if seen:
        return facts if person in seen else [*facts, m.ProfilesRevealed(ours.id, (person,))]
    if len(here) > 1 and finished.issuperset(here):
        facts.append(m.ProfilesRevealed(ours.id, tuple(here)))
    return facts


def _revealed_anyway(state: Dimensions, actor: Actor, ours: Group, scene: Scene) -> list[Event]:
    if actor.person is not None and actor.person not in state.finished:
        raise Refused("finish_first", "your own profile before theirs")
    seen = state.common(ours.id).revealed
    fresh = tuple(one for one in staying(scene, ours) if one in state.finished and one not in seen)
    if not fresh and not seen:
        raise Refused("nobody_finished")
    return [m.ProfilesRevealed(ours.id, fresh)] if fresh else []


def _joined(state: Dimensions, command: m.SetJoint, ours: Group) -> list[Event]:
    _known(state, command.indicator)
    common = state.common(ours.id)
    if not common.revealed:
        raise Refused("not_revealed", "first both profiles, then a joint position")
    if common.joint.get(command.indicator) == command.value:
        return []
    return [m.JointSet(ours.id, command.indicator, command.value)]


def _confirmed(
    state: Dimensions, command: m.ConfirmRules, person: PersonId, scene: Scene, context: Context
) -> list[Event]:
    ours = scene.group_of(person, state.config.partners)
    if ours is None or command.page != rules_page(scene.phase, ours.id):
        raise Refused("not_your_group")
    if len(ours.members) < 2:
        raise Refused("alone")
    text = context.texts.get(command.page)
    fields = text.fields if text else {}
    config = state.config
    within(fields.get("goal", ""), LINE_CHARS)
    reasons = tuple(one for one in config.ids if within(fields.get(why_field(one), ""), LINE_CHARS))
    rules = written(fields.get("rules", ""), config.rules_max)
    if text is None or len(rules) < config.rules_min:
        raise Refused("too_few_rules", f"at least {config.rules_min}, as something one could see you do")
    common = state.common(ours.id)
    agreed = common.agreed
    if agreed is not None and agreed.sha256 == text.sha256 and person in agreed.by:
        return []
    joint = tuple(one for one in reasons if one in common.joint)
    return [m.RulesConfirmed(ours.id, person, text.frozen, text.sha256, rules, joint)]


def settled(state: Dimensions, group: Group, scene: Scene) -> Agreed | None:
    """The copy that everybody who is still in the group has confirmed, word for word."""
    agreed = state.common(group.id).agreed
    here = staying(scene, group)
    return agreed if agreed is not None and here and set(agreed.by).issuperset(here) else None


def _looked_back(state: Dimensions, command: m.SetActual, person: PersonId, scene: Scene) -> list[Event]:
    _known(state, command.indicator)
    ours = scene.group_of(person, state.config.partners)
    if ours is None or settled(state, ours, scene) is None:
        raise Refused("not_settled", "first the rules of both, then how it has become")
    if state.actual.get(person, {}).get(command.indicator) == command.value:
        return []
    return [m.ActualSet(person, command.indicator, command.value)]
