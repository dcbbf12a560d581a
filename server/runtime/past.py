"""What a page said before and who wrote it: kept versions first, then each stretch of writing of the last minutes."""

import asyncio
from typing import Final

from protocol.frames import Moment
from server.core.messages import PageId, WorkshopId
from server.store.document_snapshot import Update
from server.store.document_versions import Version
from server.store.documents import Documents
from server.store.replies import EntryId, order

STRETCH_MS: Final = 20_000
"""Writing goes on while no more than this passes between two edits."""
LONGEST_STRETCH_MS: Final = 60_000
"""Somebody who never pauses can still go back minute by minute."""
MOMENTS: Final = 120
VERSION: Final = "v"
"""Versions and updates are numbered by two streams, which may give out one number in one millisecond."""


async def moments(documents: Documents, workshop: WorkshopId, page: PageId, since_ms: int = 0) -> tuple[Moment, ...]:
    """Newest first; only states that were still there after `since_ms`. Raises `StoreAway`."""
    versions, recent = await asyncio.gather(documents.versions(workshop, page), documents.recent(workshop, page))
    known = {version.upto for version in versions}
    found = [(order(version.upto), order(version.id), _kept(version)) for version in versions]
    # By the entry a state ends with: a name given in the millisecond of the next letter is still the earlier state.
    found += [(order(EntryId(one.id)), (0, 0), one) for one in map(_stretch, _stretches(recent)) if one.id not in known]
    found = sorted((one for one in found if one[0][0] > since_ms), key=lambda one: one[:2], reverse=True)
    return tuple(moment for _, _, moment in found[:MOMENTS])


async def state_at(
    documents: Documents, workshop: WorkshopId, page: PageId, moment: EntryId, since_ms: int = 0
) -> bytes | None:
    """The page as it was then, whether a version or one of the last entries is meant.

    None when it is kept no more, or was over by `since_ms`.
    """
    if moment.startswith(VERSION):
        known = await documents.versions(workshop, page)
        meant = next((one for one in known if f"{VERSION}{one.id}" == moment), None)
        if meant is None or order(meant.upto)[0] <= since_ms:
            return None
        return await documents.version_state(workshop, page, meant.id)
    return None if order(moment)[0] <= since_ms else await documents.state_at(workshop, page, moment)


async def has_written(documents: Documents, workshop: WorkshopId, page: PageId, person: str) -> bool:
    """Whether any of what is still known of a page's past is this person's."""
    versions, recent = await asyncio.gather(documents.versions(workshop, page), documents.recent(workshop, page))
    return any(update.person == person for update in recent) or any(person in one.authors for one in versions)


def _kept(version: Version) -> Moment:
    return Moment(
        f"{VERSION}{version.id}", version.at_ms, tuple(author for author in version.authors if author), version.label
    )


def _stretches(recent: list[Update]) -> list[list[Update]]:
    """Entries close in time, whoever wrote them, with all their authors; named by the last."""
    found: list[list[Update]] = []
    for update in recent:
        last = found[-1] if found else None
        near = last is not None and update.at_ms - last[-1].at_ms <= STRETCH_MS
        if last is not None and near and update.at_ms - last[0].at_ms <= LONGEST_STRETCH_MS:
            last.append(update)
        else:
            found.append([update])
    return found


def _stretch(updates: list[Update]) -> Moment:
    authors = tuple(sorted({update.person for update in updates if update.person}))
    return Moment(updates[-1].entry, order(updates[-1].entry)[0], authors)
