"""What may be wished about people: seats, their handing over, and who sits with whom."""

from typing import Annotated

import msgspec
from msgspec import Meta

from server.core.messages import Command, PersonId, SchoolId

Slug = Annotated[str, Meta(max_length=40)]
Languages = tuple[Annotated[str, Meta(min_length=2, max_length=8)], ...]


class AdmitPerson(Command, frozen=True):
    """A seat for somebody: by the door when they join, by the moderator for a list or for someone without a device."""

    person: PersonId
    school: SchoolId
    languages: Languages = ()
    schooling: Slug = ""
    remote: bool = False
    without_device: bool = False
    expected: bool = False


class ChangeProfile(Command, frozen=True):
    person: PersonId
    school: SchoolId
    languages: Languages = ()
    schooling: Slug = ""
    remote: bool = False


class TakePlace(Command, frozen=True):
    """Somebody is here (again): joined, and in a group of every phase that is open."""

    person: PersonId


class TakeSeat(Command, frozen=True):
    """Somebody taps their name on the list: the first who does has the seat, and it is expected no more."""

    person: PersonId
    school: SchoolId
    languages: Languages = ()
    schooling: Slug = ""
    remote: bool = False


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line of a list of people."""

    person: PersonId
    school: SchoolId
    languages: Languages = ()
    schooling: Slug = ""


class AdmitPeople(Command, frozen=True):
    """Seats for everybody on a list, all at once or none; who has one already keeps it."""

    people: tuple[Listed, ...]


class LeaveForGood(Command, frozen=True):
    person: PersonId


Handover = Annotated[str, Meta(min_length=8, max_length=40)]


class OfferSeat(Command, frozen=True):
    """A moderator makes a way to somebody's seat from another device, by the name `handover`."""

    person: PersonId
    handover: Handover


class AnswerOffer(Command, frozen=True):
    """Whose seat it is says yes or no to a device that is at the door."""

    handover: Handover
    allow: bool


class OpenSeat(Command, frozen=True):
    """The door's own: somebody has come with the link or PIN of a handover."""

    handover: Handover


class CloseSeat(Command, frozen=True):
    """The seat is closed on the device to which it was handed."""

    handover: Handover


class KeepApart(Command, frozen=True):
    """Two people whom no grouping shall seat together; `keep: False` lifts it."""

    one: PersonId
    other: PersonId
    keep: bool = True


class KeepTogether(Command, frozen=True):
    one: PersonId
    other: PersonId
    keep: bool = True
