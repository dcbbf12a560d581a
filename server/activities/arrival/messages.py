"""What may be wished and what can happen on arrival."""

from typing import ClassVar, Literal

from server.core.messages import Command, Event, PersonId

Consent = Literal["name_on_screen", "quoting"]
"""May my name appear on the projector? May what I share with the room be quoted, without my name?"""


class TapReady(Command, frozen=True):
    ready: bool = True


class ConfirmAgreement(Command, frozen=True):
    """Learning may leave, names and stories stay: said again, here, together."""


class GiveConsent(Command, frozen=True):
    to: Consent


class WithdrawConsent(Command, frozen=True):
    """A no, or a yes taken back: at any time."""

    to: Consent


class _OfPerson(Event, frozen=True):
    concerns: ClassVar[Literal["everybody", "person", "group"]] = "person"

    person: PersonId


class ReadyTapped(_OfPerson, frozen=True):
    ready: bool = True


class AgreementConfirmed(_OfPerson, frozen=True):
    pass


class ConsentGiven(_OfPerson, frozen=True):
    to: Consent


class ConsentWithdrawn(_OfPerson, frozen=True):
    to: Consent


COMMANDS = (TapReady, ConfirmAgreement, GiveConsent, WithdrawConsent)
EVENTS = (ReadyTapped, AgreementConfirmed, ConsentGiven, ConsentWithdrawn)
