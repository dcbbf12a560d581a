"""Where the confirmed partnerships sit in each phase: whatever happens to one of them, its groups follow at once."""

from collections.abc import Callable, Iterable
from itertools import takewhile

from server.core import consent, partner_tables
from server.core.groups import Groups
from server.core.messages import Event, PhaseId
from server.core.path import Grouping
from server.core.products import Partnership, Product
from server.core.workshop import events as e
from server.core.workshop.regrouping import with_groups
from server.core.workshop.state import PhaseRun, Workshop

CHANGES_PARTNERSHIPS: frozenset[type[Event]] = frozenset(
    {
        consent.PartnershipConfirmed,
        consent.ThirdJoined,
        consent.UnitLeftPartnership,
        consent.PartnershipDissolved,
        consent.UnitAdmitted,
    }
)
MOVES_PEOPLE: frozenset[type[Event]] = frozenset(
    {
        e.GroupsFormed,
        e.PersonPlaced,
        e.PersonLeft,
        e.PersonAdmitted,
        e.ProfileChanged,
        e.OrderChanged,
        e.ActUndone,
    }
)
MOVES_PARTNERS = CHANGES_PARTNERSHIPS | MOVES_PEOPLE


def is_of_partners(workshop: Workshop, run: PhaseRun, name: str) -> bool:
    """Whether a grouping, as it is put together now, is the partnerships."""
    spec = workshop.grouping(run, name)
    return spec is not None and takes_partners(workshop, run, spec)


def takes_partners(workshop: Workshop, run: PhaseRun, spec: Grouping) -> bool:
    """Whether a form is the partnerships, or takes them over from an earlier phase in which they sit."""
    if spec.form == "partnerships":
        return True
    earlier = takewhile(lambda one: one.id != run.id, workshop.phases)
    source = next((one for one in earlier if one.id == spec.phase), None)
    if spec.form != "same" or source is None:
        return False
    return is_of_partners(workshop, source, spec.of or next(iter(workshop.spec(source).groups), ""))


def groupings(workshop: Workshop, run: PhaseRun) -> tuple[str, ...]:
    """The groupings of a phase that are formed of the partnerships."""
    return tuple(name for name, groups in run.groups.items() if groups and is_of_partners(workshop, run, name))


def prefix(run: PhaseRun, name: str) -> str:
    """What the ids of all groups begin with that a grouping has formed itself."""
    return f"{run.id}-{name}-"


def partner_groups(workshop: Workshop, products: Iterable[Product]) -> Groups:
    return partner_tables.together((one for one in products if isinstance(one, Partnership)), workshop.people)


def followed(workshop: Workshop, products_before: Callable[[Workshop, PhaseId], tuple[Product, ...]]) -> Workshop:
    """The workshop with every group of partners as the partnerships are now. Nothing of it is written in the log: what
    is derived cannot be wrong in it, and cannot outlive a partnership."""
    for run in workshop.phases:
        names = groupings(workshop, run)
        closed = partner_groups(workshop, products_before(workshop, run.id)) if names else ()
        for name in names:
            now = partner_tables.settled(run.groups[name], closed, prefix(run, name))
            if now is not run.groups[name]:
                workshop = with_groups(workshop, run.id, name, now, "partners")
    return workshop
