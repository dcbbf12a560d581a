"""What this node tells Prometheus: counts and times, never a name or a word."""

from collections.abc import Iterable

from prometheus_client import REGISTRY
from prometheus_client.core import GaugeMetricFamily, Metric

from server.runtime.node import Node


class NodeFigures:
    """Read when asked, so that nothing is counted while nobody looks."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def collect(self) -> Iterable[Metric]:
        live = list(self._node.live.values())
        yield GaugeMetricFamily("bc_workshops", "Workshops live on this node", value=len(live))
        connections = sum(len(one.screens.attendance.connections) for one in live)
        yield GaugeMetricFamily("bc_connections", "Connections of this node", value=connections)
        commits = sum(one.replica.seq for one in live)
        yield GaugeMetricFamily("bc_commits", "Commits folded by the live workshops of this node", value=commits)
        deaf = min(self._node.tail.deaf_for_s(), 1e9)
        yield GaugeMetricFamily("bc_canary_age_seconds", "Since this node last heard itself", value=deaf)
        yield GaugeMetricFamily("bc_store_away", "1 while Redis cannot be reached", value=int(self._node.store_away))


_watching: list[NodeFigures] = []


def watch(node: Node) -> None:
    """Show this node's figures; a process has one node, and tests that start several see the last."""
    while _watching:
        REGISTRY.unregister(_watching.pop())
    figures = NodeFigures(node)
    REGISTRY.register(figures)
    _watching.append(figures)
