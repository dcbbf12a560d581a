"""Who is ready, who agreed and who consented to what."""

from collections.abc import Iterable, Mapping

import msgspec

from server.activities.arrival.messages import (
    AgreementConfirmed,
    ConfirmAgreement,
    Consent,
    ConsentGiven,
    ConsentWithdrawn,
    GiveConsent,
    ReadyTapped,
    TapReady,
    WithdrawConsent,
)
from server.core.activity import Grant, Scene
from server.core.messages import Actor, Command, Context, Event, PageId, PersonId, PhaseId, Refused
from server.core.products import Consents, Product


class ArrivalConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    aim_question: str = "What do you hope to take home from today?"


class Arrival(msgspec.Struct, frozen=True):
    """`answers` holds every consent that was asked: yes or no."""

    config: ArrivalConfig
    ready: frozenset[PersonId] = frozenset()
    agreed: frozenset[PersonId] = frozenset()
    answers: Mapping[PersonId, Mapping[Consent, bool]] = {}

    def consents(self, person: PersonId, to: Consent) -> bool:
        return self.answers.get(person, {}).get(to, False)


def aim_page(phase: PhaseId, person: PersonId) -> PageId:
    return PageId(f"{phase}/aim/{person}")


def decide(state: Arrival, command: Command, actor: Actor, scene: Scene, _context: Context) -> Iterable[Event]:
    person = actor.person
    if not scene.is_open_alone and not isinstance(command, WithdrawConsent):
        raise Refused("phase_closed")
    if person is None:
        raise Refused("people_only", "only a participant arrives")
    match command:
        case TapReady(ready=ready):
            return [ReadyTapped(person, ready)] if ready != (person in state.ready) else []
        case ConfirmAgreement():
            return [AgreementConfirmed(person)] if person not in state.agreed else []
        case GiveConsent(to=to):
            return [ConsentGiven(person, to)]
        case WithdrawConsent(to=to):
            return [ConsentWithdrawn(person, to)]
        case _:
            raise Refused("unknown_command")


def evolve(state: Arrival, event: Event) -> Arrival:
    match event:
        case ReadyTapped(person=person, ready=ready):
            changed = state.ready | {person} if ready else state.ready - {person}
            return msgspec.structs.replace(state, ready=changed)
        case AgreementConfirmed(person=person):
            return msgspec.structs.replace(state, agreed=state.agreed | {person})
        case ConsentGiven(person=person, to=to):
            return _answered(state, person, to, yes=True)
        case ConsentWithdrawn(person=person, to=to):
            return _answered(state, person, to, yes=False)
        case _:
            return state


def _answered(state: Arrival, person: PersonId, to: Consent, *, yes: bool) -> Arrival:
    answers = {**state.answers, person: {**state.answers.get(person, {}), to: yes}}
    return msgspec.structs.replace(state, answers=answers)


def documents(_state: Arrival, actor: Actor, scene: Scene) -> Mapping[PageId, Grant]:
    """The aim belongs to one person, and stays readable to that person alone."""
    if scene.status == "planned":
        return {}
    if actor.is_staff:
        return {aim_page(scene.phase, person): "count" for person in scene.people}
    if actor.person is None:
        return {}
    return {aim_page(scene.phase, actor.person): "write" if scene.is_open_alone else "read"}


def products(state: Arrival, _scene: Scene) -> tuple[Product, ...]:
    return tuple(
        Consents(person, state.consents(person, "name_on_screen"), state.consents(person, "quoting"))
        for person in state.answers
    )
