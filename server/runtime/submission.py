"""Exactly-once effect: which numbered commands of which device are already facts."""

from server.core.messages import Commit, DeviceId, Seq

WINDOW = 64
"""A browser has fewer commands under way than this; older numbers count as done."""


class Accepted:
    """The newest numbers of each device that are in the log, with the commit that they became."""

    def __init__(self) -> None:
        self._seqs: dict[DeviceId, dict[int, Seq]] = {}
        self._floors: dict[DeviceId, int] = {}

    def note(self, commit: Commit, seq: Seq) -> None:
        if not commit.device:
            return
        numbers = self._seqs.setdefault(commit.device, {})
        numbers[commit.number] = seq
        if len(numbers) > WINDOW:
            oldest = min(numbers)
            del numbers[oldest]
            self._floors[commit.device] = oldest

    def seq(self, device: DeviceId, number: int) -> Seq | None:
        """The commit that this command became, or None if it is new; the server's own wishes have no number."""
        if not device:
            return None
        known = self._seqs.get(device, {}).get(number)
        if known is None and number <= self._floors.get(device, 0):
            return Seq(0)
        return known

    def numbers(self, device: DeviceId) -> tuple[int, ...]:
        return tuple(sorted(self._seqs.get(device, {})))
