"""What may be wished and what can happen on arrival."""

from typing import Literal

from server.core.messages import Command, OfPerson

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


class ReadyTapped(OfPerson, frozen=True):
    ready: bool = True


class AgreementConfirmed(OfPerson, frozen=True):
    pass


class ConsentGiven(OfPerson, frozen=True):
    to: Consent


class ConsentWithdrawn(OfPerson, frozen=True):
    to: Consent


COMMANDS = (TapReady, ConfirmAgreement, GiveConsent, WithdrawConsent)
EVENTS = (ReadyTapped, AgreementConfirmed, ConsentGiven, ConsentWithdrawn)
