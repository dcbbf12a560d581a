"""Private wishes, a proposal, two taps, and a partnership: nobody present is left without a place or a reason."""

from server.activities.partnering.activity import ACTIVITY

__all__ = ["ACTIVITY"]
