"""Who may wish, propose, answer, leave and confirm, and when."""

from collections.abc import Iterable, Iterator

from server.activities.partnering import messages as m
from server.activities.partnering import pact, rounds
from server.activities.partnering.concern import with_concern
from server.activities.partnering.inputs import barred
from server.activities.partnering.roll_call import arrivals, back, departures, teammates
from server.activities.partnering.state import Partnering
from server.activities.partnering.units import check_known, may_wish_ahead, own_unit, teams, vetoes_left
from server.core import consent
from server.core.activity import Scene, Tick
from server.core.consent_rules import decide as consented
from server.core.messages import Actor, Command, Context, Event, Refused
from server.core.wishes import UnitId

HOUR_MS = 3_600_000
STAFF_ONLY = (
    m.ChooseUnits,
    m.SetRelation,
    m.MatchByProxy,
    m.ProposeMatching,
    m.ArrangeProposal,
    m.ShowProposals,
    consent.ProposeByHand,
    consent.CloseConsent,
)
AFTERWARDS = (
    Tick,
    m.FindPlace,
    m.ConfirmPact,
    m.ReopenPact,
    m.ShowOnMap,
    m.HideFromMap,
    consent.ProposeByHand,
    consent.ProposeThird,
    consent.SayYes,
    consent.SayNotYet,
    consent.MarkUnit,
    consent.LeavePartnership,
    consent.CloseConsent,
)
"""When the room has moved on: what is open is answered or ends in its time, whoever has no partner can still find one,
and partners find the words of what it is about. Rounds and wishes are of the phase itself."""
BEFOREHAND = (m.SetWishes, m.SetVeto, m.LeaveWishes)
"""As soon as there is something to wish on, where the path shows the choice ahead."""
PEOPLE_ONLY = (
    m.SetWishes,
    m.SetVeto,
    m.LeaveWishes,
    m.ConfirmPact,
    m.ReopenPact,
    m.ShowOnMap,
    m.HideFromMap,
    consent.ProposePartner,
    consent.SayYes,
    consent.SayNotYet,
    consent.LeavePartnership,
)


def decide(state: Partnering, command: Command, actor: Actor, scene: Scene, context: Context) -> Iterable[Event]:
    _check_role(command, actor)
    if not _is_its_time(command, scene):
        raise Refused("phase_closed")
    return list(with_concern(state, scene, _decided(state, command, actor, scene, context)))


def _decided(state: Partnering, command: Command, actor: Actor, scene: Scene, context: Context) -> Iterable[Event]:
    match command:
        case Tick():
            return list(_ticked(state, scene, context))
        case m.SetWishes() | m.SetVeto():
            return _wished(state, command, actor, scene)
        case m.LeaveWishes():
            return _left(state, command, actor, scene)
        case m.ShowOnMap() | m.HideFromMap() | m.ConfirmPact() | m.ReopenPact():
            return _settled(state, command, actor, scene, context)
        case m.ChooseUnits() | m.SetRelation() | m.MatchByProxy():
            return list(_prepared(state, command, scene))
        case _:
            return list(_proposed(state, command, actor, scene, context))


def _is_its_time(command: Command, scene: Scene) -> bool:
    if scene.status == "planned":
        return isinstance(command, Tick) or (isinstance(command, BEFOREHAND) and may_wish_ahead(scene))
    return scene.is_open or isinstance(command, AFTERWARDS)


def _check_role(command: Command, actor: Actor) -> None:
    if isinstance(command, STAFF_ONLY) and not actor.is_staff:
        raise Refused("moderators_only")
    if isinstance(command, Tick) and not (actor.is_staff or actor.role == "clock"):
        raise Refused("moderators_only")
    if isinstance(command, PEOPLE_ONLY) and actor.person is None:
        raise Refused("people_only", "a wish, a yes and a text are a person's own")


def _wished(state: Partnering, command: m.SetWishes | m.SetVeto, actor: Actor, scene: Scene) -> list[Event]:
    person, own = own_unit(state, scene, actor)
    if state.consent.closed:
        raise Refused("consent_closed")
    if state.consent.partnership_of(own) is not None:
        raise Refused("unit_has_partner", "wishes are deleted once a partnership is confirmed")
    named = command.wants if isinstance(command, m.SetWishes) else (command.unit,)
    if own in named:
        raise Refused("own_unit")
    check_known(state, scene, named)
    if isinstance(command, m.SetWishes):
        return [m.WishesSet(person, command.wants)]
    if command.on == (command.unit in state.vetoes.get(person, ())):
        return []
    now = teams(state.kind, scene.people)
    if command.on and vetoes_left(state, now, own) <= 0:
        raise Refused("no_vetoes_left", "take one back first")
    team = tuple(one for one in now.get(own, ()) if one != person)
    return [m.VetoSet(person, command.unit, command.on, team)]


def _left(state: Partnering, command: m.LeaveWishes, actor: Actor, scene: Scene) -> list[Event]:
    person, own = own_unit(state, scene, actor)
    if state.consent.closed:
        raise Refused("consent_closed")
    if state.consent.partnership_of(own) is not None:
        raise Refused("unit_has_partner")
    if command.on and not state.wishes.get(person):
        raise Refused("wish_first", "one wish is enough")
    return [m.ProxySet(own, command.on)] if command.on != (own in state.proxies) else []


def _settled(
    state: Partnering,
    command: m.ShowOnMap | m.HideFromMap | m.ConfirmPact | m.ReopenPact,
    actor: Actor,
    scene: Scene,
    context: Context,
) -> Iterable[Event]:
    person, _ = own_unit(state, scene, actor)
    match command:
        case m.ShowOnMap():
            return [m.ShownOnMap(person)] if person not in state.on_map else []
        case m.HideFromMap():
            return [m.HiddenFromMap(person)] if person in state.on_map else []
        case m.ConfirmPact():
            return pact.confirm(state, command, person, scene, context)
        case m.ReopenPact():
            return pact.reopen(state, command, person)


def _prepared(
    state: Partnering, command: m.ChooseUnits | m.SetRelation | m.MatchByProxy, scene: Scene
) -> Iterator[Event]:
    match command:
        case m.ChooseUnits(kind=kind):
            if state.consent.units or state.draft is not None:
                raise Refused("choice_under_way", "decide it before the first proposal")
            if kind != state.kind:
                yield m.UnitsChosen(kind)
        case m.SetRelation(units=units):
            ordered = (min(units), max(units))
            if ordered[0] == ordered[1]:
                raise Refused("two_or_three_units")
            check_known(state, scene, units)
            yield m.RelationSet(ordered, command.kind, command.on)
        case m.MatchByProxy(unit=unit, on=on):
            members = teams(state.kind, scene.people).get(unit, ())
            if on and not any(state.wishes.get(person) for person in members):
                raise Refused("no_wishes_set", "by proxy takes part only who wished beforehand")
            if on != (unit in state.proxies):
                yield m.ProxySet(unit, on)


def _proposed(state: Partnering, command: Command, actor: Actor, scene: Scene, context: Context) -> Iterator[Event]:
    match command:
        case m.ProposeMatching():
            yield from rounds.propose(state, scene, context)
        case m.ArrangeProposal():
            yield from rounds.arrange(state, scene, command)
        case m.ShowProposals():
            yield from rounds.show(state, scene, context)
        case m.FindPlace(unit=unit):
            if not actor.is_staff and own_unit(state, scene, actor)[1] != unit:
                raise Refused("not_yours")
            if state.consent.round == 0 and scene.is_open:
                raise Refused("no_round_yet", "the first proposal comes for everybody")
            yield from rounds.find_place(state, scene, command, context)
        case consent.ProposeByHand():
            yield from rounds.by_hand(state, scene, command, actor, context)
        case consent.ProposeThird() if actor.is_staff:
            yield from rounds.by_hand(state, scene, command, actor, context)
        case consent.MarkUnit():
            yield from _marked(state, command, actor, scene, context)
        case (
            consent.ProposePartner()
            | consent.ProposeThird()
            | consent.SayYes()
            | consent.SayNotYet()
            | consent.LeavePartnership()
            | consent.CloseConsent()
        ):
            yield from _answered(state, command, actor, scene, context)
        case _:
            raise Refused("unknown_command")


def _marked(
    state: Partnering, command: consent.MarkUnit, actor: Actor, scene: Scene, context: Context
) -> Iterator[Event]:
    came = arrivals(state, scene)
    yield from came
    yield from consented(rounds.after(state, came).consent, command, actor, context)
    held = command.here != "present"
    if held != (command.unit in state.held):
        yield m.HeldByHand(command.unit, held)


def _answered(
    state: Partnering,
    command: consent.ProposePartner
    | consent.ProposeThird
    | consent.SayYes
    | consent.SayNotYet
    | consent.LeavePartnership
    | consent.CloseConsent,
    actor: Actor,
    scene: Scene,
    context: Context,
) -> Iterator[Event]:
    """What a person says of a proposal. Whoever is late is admitted by it, whoever was away is back."""
    if isinstance(command, consent.SayYes) and _said_together(state, command, actor):
        return
    came: tuple[consent.ConsentEvent, ...] = ()
    hard = frozenset[tuple[UnitId, UnitId]]()
    if isinstance(command, consent.ProposePartner | consent.ProposeThird):
        person, own = own_unit(state, scene, actor)
        if isinstance(command, consent.ProposePartner) and command.unit in state.vetoes.get(person, ()):
            raise Refused("own_veto", 'take your "not with them" back first')
        came = arrivals(state, scene)
        came += back(rounds.after(state, came).consent, own)
        state = rounds.after(state, came)
        hard = barred(state, scene, _named(state, command, own))
    yield from came
    made = consented(state.consent, command, actor, context, hard)
    yield from rounds.introduced(state, made, {}, context)


def _said_together(state: Partnering, command: consent.SayYes, actor: Actor) -> bool:
    """Two of a team tapped at once: what the second says yes to is their partnership already."""
    own = state.consent.unit_of(actor.person)
    agreed = state.consent.partnerships.values()
    return any(own in one.units and command.proposal in one.proposals for one in agreed)


def _named(
    state: Partnering, command: consent.ProposePartner | consent.ProposeThird, own: UnitId
) -> tuple[UnitId, ...]:
    if isinstance(command, consent.ProposePartner):
        return (own, command.unit)
    pair = state.consent.partnerships.get(command.partnership)
    return (*pair.units, command.unit) if pair else ()


def _is_long_over(state: Partnering, scene: Scene, context: Context) -> bool:
    if not state.keeps_secrets:
        return False
    return scene.ended or 0 < scene.left_ms <= context.now_ms - state.config.keep_hours * HOUR_MS


def _ticked(state: Partnering, scene: Scene, context: Context) -> Iterator[Event]:
    """Time, departures and late teammates: proposals without an answer are released, and nobody waits for somebody who
    has left, or stands beside their own team. In the end nothing of what was wished stays."""
    if _is_long_over(state, scene, context):
        yield m.ChoiceForgotten()
        state = rounds.after(state, (m.ChoiceForgotten(),))
    if scene.status == "planned":
        return
    moved = teammates(state, scene)
    moved += departures(rounds.after(state, moved), scene)
    yield from moved
    state = rounds.after(state, moved)
    if any(it.expires_at_ms <= context.now_ms for it in state.consent.proposals.values()):
        released = consented(state.consent, consent.ReleaseExpired(), Actor("clock"), context)
        yield from released
        state = rounds.after(state, released)
    yield from rounds.places_for_the_absent(state, scene, context)
