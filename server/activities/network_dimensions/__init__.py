"""How each partner wants to learn together, where the pictures differ, and what they agree on: never a score."""

from server.activities.network_dimensions.activity import ACTIVITY

__all__ = ["ACTIVITY"]
