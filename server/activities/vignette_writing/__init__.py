"""Writing a vignette of one's own: chosen, told, written, checked, read by another school, revised, shared or not."""

from server.activities.vignette_writing.activity import ACTIVITY

__all__ = ["ACTIVITY"]
