"""Every key that Redis holds for us is spelled here and nowhere else.

The braces keep all of one workshop in one slot of a Redis Cluster.
"""

from server.core.messages import PageId, PersonId, WorkshopId

INDEX = "ws:index"
"""The set of all workshops of this Redis."""

WAKING = "ws:waking"
"""A sorted set of workshops, by when a node should look in for what ends by time."""

SWEEPING = "ws:sweeping"
"""A counter: something was erased since the append-only file was last rewritten."""

CREATION_KEY = "creation-key"


def log(workshop: WorkshopId) -> str:
    return f"ws:{{{workshop}}}:log"


def people(workshop: WorkshopId) -> str:
    return f"ws:{{{workshop}}}:people"


def claims(workshop: WorkshopId) -> str:
    """Which seat each join that was begun has: one whose answer was lost is repeated, and must not seat twice."""
    return f"ws:{{{workshop}}}:claims"


def frozen(workshop: WorkshopId) -> str:
    return f"ws:{{{workshop}}}:frozen"


def pages(workshop: WorkshopId) -> str:
    """The set of pages that were ever written."""
    return f"ws:{{{workshop}}}:pages"


def page_log(workshop: WorkshopId, page: PageId) -> str:
    return f"ws:{{{workshop}}}:doc:{page}:log"


def page_snapshot(workshop: WorkshopId, page: PageId) -> str:
    return f"ws:{{{workshop}}}:doc:{page}:snap"


def page_versions(workshop: WorkshopId, page: PageId) -> str:
    return f"ws:{{{workshop}}}:doc:{page}:versions"


def here(workshop: WorkshopId, person: PersonId) -> str:
    return f"ws:{{{workshop}}}:here:{person}"


def flicker(workshop: WorkshopId) -> str:
    """A channel, not a key: what is published there is kept nowhere."""
    return f"ws:{{{workshop}}}:flicker"


def doors(workshop: WorkshopId) -> str:
    """A hash of the keys outside the workshop's slot that lead into it, and whom each lets in: erasure needs them."""
    return f"ws:{{{workshop}}}:doors"


def everything_of(workshop: WorkshopId) -> str:
    """A pattern for SCAN."""
    literal = "".join("\\" + letter if letter in "*?[]^\\" else letter for letter in workshop)
    return f"ws:{{{literal}}}:*"


def workshop_of(key: str) -> str:
    """The workshop that a key belongs to, for a log line."""
    return key.partition("{")[2].partition("}")[0]


def seat(token_hash: str) -> str:
    return f"seat:{token_hash}"


JOIN_CODE = "code:"


def join_code(code: str) -> str:
    return f"{JOIN_CODE}{code}"


def is_join_code(key: str) -> bool:
    return key.startswith(JOIN_CODE)


def pin(workshop: WorkshopId, which: str) -> str:
    return f"pin:{workshop}:{which}"


def pin_tries(workshop: WorkshopId, pin_id: str) -> str:
    return f"pin:{workshop}:tries:{pin_id}"


def offer(secret_hash: str) -> str:
    return f"offer:{secret_hash}"


def attempts(of: str) -> str:
    return f"attempts:{of}"


def canary(node: str) -> str:
    """The stream through which a node wakes its own tail and hears that it is not deaf."""
    return f"node:{node}:canary"
