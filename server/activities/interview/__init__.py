"""Mutual interviews about a moment of collaboration that worked: strengths, and what made it possible."""

from server.activities.interview.activity import ACTIVITY

__all__ = ["ACTIVITY"]
