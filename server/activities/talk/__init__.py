"""Talk: a prompt, a turn and a clock, and nothing to fill in."""

from server.activities.talk.activity import ACTIVITY

__all__ = ["ACTIVITY"]
