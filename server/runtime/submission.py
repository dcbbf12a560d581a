"""Exactly-once effect: which numbered commands of which device are already facts."""

from server.core.messages import Actor, Commit, DeviceId, Seq

WINDOW = 64
"""A browser has fewer commands under way than this; older numbers count as done."""

Sender = tuple[str, DeviceId]
"""A device and whose it is: without the second anybody could use up the numbers of another's device."""


def sender(actor: Actor, device: DeviceId) -> Sender:
    return actor.typed_by or actor.id, device


class Accepted:
    """The newest numbers of each device that are in the log, with the commit that they became."""

    def __init__(self) -> None:
        self._seqs: dict[Sender, dict[int, Seq]] = {}
        self._floors: dict[Sender, int] = {}

    def note(self, commit: Commit, seq: Seq) -> None:
        if not commit.device:
            return
        whose = sender(commit.actor, commit.device)
        numbers = self._seqs.setdefault(whose, {})
        numbers[commit.number] = seq
        if len(numbers) > WINDOW:
            oldest = min(numbers)
            del numbers[oldest]
            self._floors[whose] = oldest

    def seq(self, actor: Actor, device: DeviceId, number: int) -> Seq | None:
        """The commit that this command became, or None if it is new; the server's own wishes have no number."""
        if not device:
            return None
        whose = sender(actor, device)
        known = self._seqs.get(whose, {}).get(number)
        if known is None and number <= self._floors.get(whose, 0):
            return Seq(0)
        return known

    def numbers(self, actor: Actor, device: DeviceId) -> tuple[int, ...]:
        return tuple(sorted(self._seqs.get(sender(actor, device), {})))
