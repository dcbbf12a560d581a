"""Who a person is, kept apart from the log so that it can be erased on its own."""

import msgspec

from server.core.messages import SchoolId


class PersonRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a person told about themselves on arrival."""

    name: str
    school: SchoolId
    school_name: str
    position: str = ""
    """For example principal or deputy; a person's own words."""
    languages: tuple[str, ...] = ()
    """Spoken, as BCP 47 tags, the preferred one first."""
    reads: tuple[str, ...] = ()
    schooling: str = ""
    """The phase of schooling the school teaches."""
    remote: bool = False
    agreed_at_ms: int = 0
    """When the confidentiality agreement was accepted; 0 means not yet."""
