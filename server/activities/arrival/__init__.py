"""Arrival: the aim, the agreement, the consents, and "I am here and ready"."""

from server.activities.arrival.activity import ACTIVITY

__all__ = ["ACTIVITY"]
